//! Numbers, days and codes as a reader of English expects them.

use std::fmt::Write as _;

use jiff::civil::Date;
use sijil_claims::accounts::Account;
use sijil_claims::{Act, Qualifier, Quantity, Victims, Window};

use crate::model::{Dimension, Population, population_label};

/// Digits in groups of three: `1,383`.
pub(super) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with its noun: `1 person`, `12 persons`.
pub(super) fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// A quantity in English words, whatever language the source used.
pub(super) fn quantity(q: Quantity) -> String {
    let low = number(q.low);
    match (q.qualifier, q.high) {
        (Qualifier::UpTo, high) => format!("up to {}", number(high.unwrap_or(q.low))),
        // "Over a dozen" is no number that anybody gave: say what it is at least.
        (Qualifier::MoreThan, None) if q.low < 20 => format!("{} or more", number(q.low)),
        (Qualifier::MoreThan, None) => format!("more than {}", number(q.low.saturating_sub(1))),
        (Qualifier::AtLeast, None) => format!("at least {low}"),
        (_, None) => format!("{low} or more"),
        (_, Some(high)) if high != q.low => format!("{low} to {}", number(high)),
        (Qualifier::About, _) => format!("about {low}"),
        (Qualifier::Nearly, _) => format!("nearly {low}"),
        _ => low,
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];

pub(super) fn month(day: Date) -> &'static str {
    let nth = usize::from(day.month().unsigned_abs()).saturating_sub(1);
    MONTHS.get(nth).copied().unwrap_or_default()
}

/// A day: `8 Mar 2025`.
pub(super) fn day(day: Date) -> String {
    format!("{} {} {}", day.day(), month(day), day.year())
}

/// A window of days: `6–10 Mar 2025`, `since 6 Mar 2025`.
pub(super) fn window(window: Window) -> String {
    match (window.start, window.end) {
        (None, None) => String::new(),
        (Some(start), None) => format!("since {}", day(start)),
        (None, Some(end)) => format!("until {}", day(end)),
        (Some(start), Some(end)) if start == end => day(start),
        (Some(start), Some(end)) if (start.year(), start.month()) == (end.year(), end.month()) => {
            format!("{}–{}", start.day(), day(end))
        }
        (Some(start), Some(end)) if start.year() == end.year() => {
            format!("{} {} – {}", start.day(), month(start), day(end))
        }
        (Some(start), Some(end)) => format!("{} – {}", day(start), day(end)),
    }
}

/// A part of a whole in per cent: `0 %`, `under 1 %`, `43 %`.
pub(super) fn percent(part: u64, whole: u64) -> String {
    let hundredths = part.saturating_mul(100);
    match hundredths.checked_div(whole) {
        None => "–".to_owned(),
        Some(0) if part > 0 => "under 1 %".to_owned(),
        Some(n) => format!("{n} %"),
    }
}

/// A code of the contract in plain words: `extrajudicial_killing` is extrajudicial killing.
pub(super) fn plain(code: &str) -> String {
    code.replace('_', " ")
}

/// Codes in plain words, joined by commas.
pub(super) fn plain_list<'c>(codes: impl IntoIterator<Item = &'c str>) -> String {
    let mut out = String::new();
    for code in codes {
        let comma = if out.is_empty() { "" } else { ", " };
        let _ = write!(out, "{comma}{}", plain(code));
    }
    out
}

/// Whom an account counts, after a word that says what was done: killed *people*.
pub(super) fn whom(account: &Account) -> String {
    let population = &account.population;
    let anybody = population.group.is_none()
        && population.victims.iter().all(|kind| *kind == Victims::Unspecified);
    if anybody { "people".to_owned() } else { population_label(population) }
}

/// Whom an account counts, on its own: *all killed*.
pub(super) fn of_whom(account: &Account) -> String {
    match whom(account) {
        people if people == "people" && account.act == Act::Killed => "all killed".to_owned(),
        whom => whom,
    }
}

/// What a table is broken down by.
pub(super) fn dimension(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Dataset => "Dataset",
        Dimension::Party => "Party held responsible",
        Dimension::Place => "Place",
        Dimension::Governorate => "Governorate",
        Dimension::Day => "Day",
        Dimension::Group => "Group of victims",
        Dimension::Sex => "Sex",
        Dimension::Age => "Age",
        Dimension::Cause => "Cause of death",
        Dimension::Unit => "Party, rolled up",
        Dimension::Grade => "Grade of proof",
    }
}

/// Who is counted.
pub(super) fn population(population: Population) -> &'static str {
    match population {
        Population::All => "all killed",
        Population::Civilians => "civilians",
        Population::SecurityForces => "security forces",
        Population::Fighters => "fighters",
    }
}

/// The code of a population in files.
pub(super) fn population_code(population: Population) -> &'static str {
    match population {
        Population::All => "all",
        Population::Civilians => "civilians",
        Population::SecurityForces => "security_forces",
        Population::Fighters => "fighters",
    }
}

/// Language of a text that is quoted, by its letters: what a page needs to choose a font.
pub(super) fn language(text: &str) -> Option<&'static str> {
    let arabic = |c: char| matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}');
    text.chars().any(arabic).then_some("ar")
}

/// Text with each stretch of Arabic isolated, for a line that runs from the left: without that,
/// a number or a date that follows an Arabic name is drawn on the name's other side.
pub(super) fn isolated(text: &str) -> String {
    const START: char = '\u{2068}';
    const END: char = '\u{2069}';
    let arabic = |c: char| matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}');
    let mut out = String::with_capacity(text.len());
    // In a stretch: where it ends, unless another Arabic letter follows.
    let mut end: Option<usize> = None;
    for c in text.chars() {
        if arabic(c) {
            if end.is_none() {
                out.push(START);
            }
            out.push(c);
            end = Some(out.len());
            continue;
        }
        if let Some(at) = end.filter(|_| !c.is_whitespace()) {
            out.insert(at, END);
            end = None;
        }
        out.push(c);
    }
    if let Some(at) = end {
        out.insert(at, END);
    }
    out
}

/// The first letter raised.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn quantities_are_worded_as_they_are_meant() {
        let said = |low, high, qualifier| quantity(Quantity { low, high, qualifier });
        assert_eq!(said(1_383, Some(1_383), Qualifier::Exact), "1,383");
        assert_eq!(said(41, None, Qualifier::MoreThan), "more than 40");
        assert_eq!(said(803, None, Qualifier::AtLeast), "at least 803");
        assert_eq!(said(0, Some(30), Qualifier::UpTo), "up to 30");
        assert_eq!(said(24, None, Qualifier::Vague), "24 or more");
        assert_eq!(said(1_400, Some(1_400), Qualifier::About), "about 1,400");
        assert_eq!(said(40, Some(60), Qualifier::Exact), "40 to 60");
    }

    #[test]
    fn arabic_in_a_line_is_isolated() {
        assert_eq!(isolated("plain, 5"), "plain, 5");
        let said = isolated("lowest: مكتب رصد, 711, published");
        assert_eq!(said, "lowest: \u{2068}مكتب رصد\u{2069}, 711, published");
        assert_eq!(isolated("by رصد "), "by \u{2068}رصد\u{2069} ");
    }

    #[test]
    fn windows_are_as_short_as_they_can_be() {
        let said = |start, end| window(Window { start, end });
        let (a, b, c) = (date(2031, 5, 6), date(2031, 5, 10), date(2031, 6, 2));
        assert_eq!(said(Some(a), Some(a)), "6 May 2031");
        assert_eq!(said(Some(a), Some(b)), "6–10 May 2031");
        assert_eq!(said(Some(a), Some(c)), "6 May – 2 June 2031");
        assert_eq!(said(Some(a), None), "since 6 May 2031");
        assert_eq!(said(None, Some(b)), "until 10 May 2031");
        assert_eq!(percent(4, 18), "22 %");
        assert_eq!(percent(1, 1_000), "under 1 %");
    }
}
