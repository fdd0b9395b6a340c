//! Days as lists and heads of documents write them, in English and Arabic.

use jiff::civil::{Date, date};
use sijil_text::letters::fold;

/// Names of the months in folded form: English, and both sets of Arabic names.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "يناير", "كانون الثاني"],
    &["february", "feb", "فبراير", "شباط"],
    &["march", "mar", "مارس", "اذار"],
    &["april", "apr", "ابريل", "نيسان"],
    &["may", "مايو", "ايار"],
    &["june", "jun", "يونيو", "حزيران"],
    &["july", "jul", "يوليو", "تموز"],
    &["august", "aug", "اغسطس", "اب"],
    &["september", "sep", "sept", "سبتمبر", "ايلول"],
    &["october", "oct", "اكتوبر", "تشرين الاول"],
    &["november", "nov", "نوفمبر", "تشرين الثاني"],
    &["december", "dec", "ديسمبر", "كانون الاول"],
];

/// Which of two numbers of a day stands first, where both could be a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// 7/3 is the seventh of March, as most of the world writes.
    #[default]
    DayFirst,
    /// 7/3 is the third of July.
    MonthFirst,
}

/// What the cells of one column prove about their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Proofs {
    /// Cells whose first number can be no month.
    day_first: usize,
    /// Cells whose second number can be no month.
    month_first: usize,
}

impl Proofs {
    /// Looks at each cell.
    pub(super) fn of<'c>(cells: impl Iterator<Item = &'c str>) -> Self {
        let mut proofs = Self::default();
        for cell in cells {
            let parts = Parts::of(cell);
            match (parts.month, parts.numbers.as_slice()) {
                (None, [13..=31, 1..=12, _, ..]) => proofs.day_first += 1,
                (None, [1..=12, 13..=31, _, ..]) => proofs.month_first += 1,
                _ => {}
            }
        }
        proofs
    }

    /// The order of the column; `None` where no cell proves one. Where cells prove both, the one
    /// of more cells.
    pub(super) fn order(self) -> Option<Order> {
        match (self.day_first, self.month_first) {
            (0, 0) => None,
            (day, month) if month > day => Some(Order::MonthFirst),
            _ => Some(Order::DayFirst),
        }
    }

    /// Whether some cells prove the one order and some the other.
    pub(super) fn are_mixed(self) -> bool {
        self.day_first > 0 && self.month_first > 0
    }
}

/// The day that `text` gives: `2025-03-07` (a time after it is passed over), `7/3/2025` (the day
/// first unless that cannot be), `7 March 2025`, `March 7, 2025`, `٧ آذار ٢٠٢٥`. `None` for
/// anything else and for days that no calendar has.
pub(super) fn day_of(text: &str) -> Option<Date> {
    day_in_order(text, Order::DayFirst)
}

/// As [`day_of`], where the column tells which number stands first.
pub(super) fn day_in_order(text: &str, order: Order) -> Option<Date> {
    let parts = Parts::of(text);
    match (parts.month, parts.numbers.as_slice()) {
        // 20250307, as databases write it.
        (None, [day]) if *day >= 10_000_000 => day_from(day / 10_000, day / 100 % 100, day % 100),
        (None, [year, month, day, ..]) if *year >= 1000 => day_from(*year, *month, *day),
        (None, [first, second, year, ..]) => {
            let year = full_year(*year);
            let month_first = match order {
                Order::DayFirst => *second > 12 && *first <= 12,
                Order::MonthFirst => *first <= 12,
            };
            if month_first {
                day_from(year, *first, *second)
            } else {
                day_from(year, *second, *first)
            }
        }
        (Some(month), [first, second, ..]) => {
            let (day, year) = if *first > 31 { (*second, *first) } else { (*first, *second) };
            day_from(full_year(year), month, day)
        }
        _ => None,
    }
}

/// The day that a line gives that is a date and little else (a weekday, "Published").
pub(super) fn day_in(line: &str) -> Option<Date> {
    let parts = Parts::of(line);
    let is_short = parts.other_words <= 2 && parts.numbers.len() <= 6;
    if is_short { day_of(line) } else { None }
}

/// The day in ISO form that a file's name begins with or holds (`2025-03-12-coast.txt`).
pub(super) fn day_in_name(name: &str) -> Option<Date> {
    let bytes = name.as_bytes();
    (0..bytes.len().saturating_sub(9)).find_map(|at| {
        let text = name.get(at..at + 10)?;
        let free = at == 0 || !bytes[at - 1].is_ascii_digit();
        let shaped = text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
        if free && shaped { text.parse().ok() } else { None }
    })
}

/// Numbers and month of a text; all other words are only counted.
struct Parts {
    numbers: Vec<i32>,
    month: Option<i32>,
    other_words: usize,
}

impl Parts {
    fn of(text: &str) -> Self {
        let folded = fold(text);
        let mut parts = Self { numbers: Vec::new(), month: None, other_words: 0 };
        let words: Vec<&str> =
            folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let mut at = 0;
        while at < words.len() {
            let pair = words[at..].iter().take(2).copied().collect::<Vec<_>>().join(" ");
            if let Some(month) = month_of(&pair).filter(|_| pair.contains(' ')) {
                parts.month.get_or_insert(month);
                at += 2;
                continue;
            }
            parts.take(words[at]);
            at += 1;
        }
        parts
    }

    fn take(&mut self, word: &str) {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        let rest = &word[digits.len()..];
        // "7th", and the T of an ISO time.
        let number = matches!(rest, "" | "st" | "nd" | "rd" | "th") || rest.starts_with('t');
        match (digits.parse(), month_of(word)) {
            (Ok(value), _) if number => self.numbers.push(value),
            (_, Some(month)) => {
                self.month.get_or_insert(month);
            }
            _ => self.other_words += 1,
        }
    }
}

fn month_of(word: &str) -> Option<i32> {
    let number = MONTHS.iter().position(|names| names.contains(&word))?;
    i32::try_from(number + 1).ok()
}

/// Two digits are a year of this century: nobody lists the killed of the last one so.
fn full_year(year: i32) -> i32 {
    if year < 100 { 2000 + year } else { year }
}

fn day_from(year: i32, month: i32, day: i32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| (1900..2200).contains(year))?;
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day).ok()
}

/// Whole years between two days.
pub(super) fn years_between(born: Date, died: Date) -> Option<u32> {
    let had_birthday = (died.month(), died.day()) >= (born.month(), born.day());
    let years = i32::from(died.year()) - i32::from(born.year()) - i32::from(!had_birthday);
    let sound = born >= date(1880, 1, 1) && (0..=120).contains(&years);
    u32::try_from(years).ok().filter(|_| sound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_the_forms_of_the_field() {
        let day = Some(date(2025, 3, 7));
        for text in [
            "2025-03-07",
            "2025/3/7",
            "20250307",
            "2025-03-07T10:30:00Z",
            "2025-03-07 10:30",
            "7/3/2025",
            "07.03.2025",
            "7-Mar-2025",
            "7 March 2025",
            "March 7, 2025",
            "Friday, 7th March 2025",
            "٧ آذار ٢٠٢٥",
            "7 مارس 2025",
            "٧/٣/٢٠٢٥",
            "7/3/25",
        ] {
            assert_eq!(day_of(text), day, "{text}");
        }
        assert_eq!(day_of("3/17/2025"), Some(date(2025, 3, 17)), "no month 17: the month is first");
        assert_eq!(day_of("5 تشرين الثاني 2025"), Some(date(2025, 11, 5)));
        for text in ["31/2/2025", "2025", "", "unknown", "March 2025", "40/40/2025"] {
            assert_eq!(day_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_column_tells_the_order_of_its_cells() {
        let order = |cells: &[&str]| Proofs::of(cells.iter().copied()).order();
        assert_eq!(order(&["3/7/2025", "3/17/2025"]), Some(Order::MonthFirst));
        assert_eq!(order(&["3/7/2025", "17/3/2025"]), Some(Order::DayFirst));
        assert_eq!(order(&["3/7/2025", "2025-03-17", "7 March 2025", "x"]), None);
        assert!(Proofs::of(["3/17/2025", "17/3/2025"].into_iter()).are_mixed());
        let month_first = |text| day_in_order(text, Order::MonthFirst);
        assert_eq!(month_first("3/7/2025"), Some(date(2025, 3, 7)));
        assert_eq!(month_first("17/3/2025"), Some(date(2025, 3, 17)));
        assert_eq!(month_first("2025-07-03"), Some(date(2025, 7, 3)));
    }

    #[test]
    fn a_date_line_is_told_from_a_sentence() {
        assert_eq!(day_in("Published: Friday 7 March 2025"), Some(date(2025, 3, 7)));
        assert_eq!(day_in("The killings that began on 7 March 2025 went on"), None);
        assert_eq!(day_in_name("2025-03-12-coast.txt"), Some(date(2025, 3, 12)));
        assert_eq!(day_in_name("report-12.txt"), None);
    }

    #[test]
    fn ages_follow_from_two_days() {
        assert_eq!(years_between(date(2000, 3, 8), date(2025, 3, 7)), Some(24));
        assert_eq!(years_between(date(2000, 3, 7), date(2025, 3, 7)), Some(25));
        assert_eq!(years_between(date(2030, 3, 7), date(2025, 3, 7)), None);
    }
}
