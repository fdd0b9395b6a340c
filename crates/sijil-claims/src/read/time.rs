//! Days and windows of days, resolved against the day of publication.
//!
//! A weekday is the last one up to the day of publication; a day without a year lies in the year
//! of publication unless that would be more than a month ahead. Where the day of publication is
//! not known such words give no window, yet their numbers are known to be no amounts.

use std::ops::Range;

use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan};

use super::quantity::number;
use crate::Window;
use crate::text::{Cut, Shape};

/// A day or a window of days named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DayMention {
    /// Its tokens, with the preposition where it belongs to it.
    pub(super) tokens: Range<usize>,
    /// The days, where they resolve.
    pub(super) window: Option<Window>,
    /// How it is put.
    pub(super) kind: DayKind,
}

/// How days are put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayKind {
    /// "On Friday", "in March".
    On,
    /// "Since 6 March".
    Since,
    /// "Between 6 and 10 March", "over the past 72 hours".
    Over,
}

const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "jan.", "يناير"],
    &["february", "feb", "feb.", "شباط", "فبراير"],
    &["march", "mar", "mar.", "اذار", "مارس"],
    &["april", "apr", "apr.", "نيسان", "ابريل"],
    &["may", "ايار", "مايو"],
    &["june", "jun", "حزيران", "يونيو"],
    &["july", "jul", "تموز", "يوليو"],
    &["august", "aug", "aug.", "اب", "اغسطس"],
    &["september", "sept", "sep", "sept.", "ايلول", "سبتمبر"],
    &["october", "oct", "oct.", "اكتوبر"],
    &["november", "nov", "nov.", "نوفمبر"],
    &["december", "dec", "dec.", "ديسمبر"],
];

const WEEKDAYS: [(&str, Weekday); 14] = [
    ("monday", Weekday::Monday),
    ("الاثنين", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("الثلاثاء", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("الاربعاء", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("الخميس", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("الجمعه", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("السبت", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
    ("الاحد", Weekday::Sunday),
];

/// The first days of a month in Arabic words: "السابع من أكتوبر".
const ORDINALS: [&str; 10] = [
    "الاول",
    "الثاني",
    "الثالث",
    "الرابع",
    "الخامس",
    "السادس",
    "السابع",
    "الثامن",
    "التاسع",
    "العاشر",
];

/// Whether a word is the name of a month or a weekday.
pub(super) fn is_calendar_word(word: &str) -> bool {
    MONTHS.iter().any(|names| names.contains(&word))
        || WEEKDAYS.iter().any(|(name, _)| *name == word)
        || matches!(
            word,
            "ramadan" | "صباح" | "مساء" | "فجر" | "ليل" | "ليله" | "ظهر" | "عصر" | "امس"
        )
}

/// A day of which the year may be missing.
#[derive(Clone, Copy, Debug)]
struct Partial {
    day: Option<i8>,
    month: i8,
    year: Option<i16>,
}

/// Reads days out of the tokens of a text.
struct Days<'p, 'a> {
    cut: &'p Cut<'a>,
    published: Option<Date>,
}

/// All days that a text names, in order.
pub(super) fn days(page: &super::Page<'_>, published: Option<Date>) -> Vec<DayMention> {
    let days = Days { cut: &page.cut, published };
    let mut out = Vec::new();
    let mut at = 0;
    while at < page.cut.tokens.len() {
        match days.mention(page, at) {
            Some(mention) => {
                at = mention.tokens.end;
                out.push(mention);
            }
            None => at += 1,
        }
    }
    out
}

impl Days<'_, '_> {
    fn mention(&self, page: &super::Page<'_>, at: usize) -> Option<DayMention> {
        let word = self.cut.word(at);
        match word {
            "since" | "from" => self.since(at),
            "between" => self.between(at),
            "past" | "last" | "previous" => self.past(page, at),
            _ => self.plain(at),
        }
    }

    /// "Since 6 March", "from 6 to 10 March".
    fn since(&self, at: usize) -> Option<DayMention> {
        let mut skip = at + 1;
        while skip < at + 5
            && matches!(
                self.cut.word(skip),
                "the" | "last" | "start" | "beginning" | "of" | "early" | "late" | "end"
            )
        {
            skip += 1;
        }
        let begun = self.plain(skip);
        let kind = if self.cut.word(at) == "since" { DayKind::Since } else { DayKind::Over };
        if kind == DayKind::Over {
            return self.range(at, at + 1, &["to", "until", "till", "through"]).or_else(|| {
                let begun = begun?;
                let (end, last) = self.until(begun.tokens.end)?;
                let start = begun.window?.start;
                Some(found(at..end, Some(Window { start, end: last.end }), DayKind::Over))
            });
        }
        let begun = begun?;
        // "Since Thursday until Sunday".
        if let Some((end, last)) = self.until(begun.tokens.end) {
            let start = begun.window.and_then(|w| w.start);
            return Some(found(at..end, Some(Window { start, end: last.end }), DayKind::Over));
        }
        let window = begun.window.map(|w| Window { start: w.start, end: self.published });
        Some(found(at..begun.tokens.end, window, kind))
    }

    fn until(&self, at: usize) -> Option<(usize, Window)> {
        if !matches!(self.cut.word(at), "to" | "until" | "till" | "through") {
            return None;
        }
        let last = self.plain(at + 1)?;
        Some((last.tokens.end, last.window?))
    }

    fn between(&self, at: usize) -> Option<DayMention> {
        self.range(at, at + 1, &["and"]).or_else(|| {
            let first = self.plain(at + 1)?;
            let last = (self.cut.word(first.tokens.end) == "and")
                .then(|| self.plain(first.tokens.end + 1))??;
            let window = match (first.window, last.window) {
                (Some(a), Some(b)) => Some(Window { start: a.start, end: b.end }),
                _ => None,
            };
            Some(found(at..last.tokens.end, window, DayKind::Over))
        })
    }

    /// "6 and 10 March", "March 6 to 10", "6–10 March": two days of one month.
    fn range(&self, start: usize, at: usize, joints: &[&str]) -> Option<DayMention> {
        let joins = |at: usize| joints.contains(&self.cut.word(at));
        if let (Some(first), true) = (self.day(at), joins(at + 1))
            && let Some(last) = self.day(at + 2)
            && let Some(month) = self.month(at + 3)
        {
            let (end, year) = self.year(at + 4);
            return self.span(start..end, first, last, month, year);
        }
        let month = self.month(at)?;
        let (first, last) = (self.day(at + 1)?, joins(at + 2).then(|| self.day(at + 3))??);
        let (end, year) = self.year(at + 4);
        self.span(start..end, first, last, month, year)
    }

    fn span(
        &self,
        tokens: Range<usize>,
        first: i8,
        last: i8,
        month: i8,
        year: Option<i16>,
    ) -> Option<DayMention> {
        let on = |day| self.resolve(Partial { day: Some(day), month, year });
        let window = match (on(first), on(last)) {
            (Some(a), Some(b)) => Some(Window { start: a.start, end: b.end }),
            _ => None,
        };
        (first < last).then(|| found(tokens, window, DayKind::Over))
    }

    /// "The past 72 hours", "the last week".
    fn past(&self, page: &super::Page<'_>, at: usize) -> Option<DayMention> {
        let (unit_at, count) = match number(page, at + 1) {
            Some((end, count)) => (end, count),
            None if self.cut.word(at + 1) == "few" => (at + 2, 3),
            None => (at + 1, 1),
        };
        let unit_at = unit_at + usize::from(self.cut.word(unit_at) == "-");
        let count = i64::try_from(count).ok().filter(|count| (1..1000).contains(count))?;
        let length: Length = match self.cut.word(unit_at) {
            // An hour counts as part of its day: 72 hours reach back three days.
            "hours" | "hour" => ((count + 23) / 24).days(),
            "day" | "days" => count.days(),
            "week" | "weeks" => count.weeks(),
            "month" | "months" => count.months(),
            _ => return None,
        };
        let end = self.published;
        let start = end.and_then(|day| day.checked_sub(length).ok());
        let window = start.map(|start| Window { start: Some(start), end });
        Some(found(at..unit_at + 1, window, DayKind::Over))
    }

    /// A day, a month, a weekday, "yesterday".
    fn plain(&self, at: usize) -> Option<DayMention> {
        self.range(at, at, &["-", "\u{2013}", "and", "to"])
            .or_else(|| self.beginning(at))
            .or_else(|| self.calendar(at))
            .or_else(|| self.relative(at))
    }

    fn calendar(&self, at: usize) -> Option<DayMention> {
        if let Some((end, window)) = self.iso(at) {
            return Some(found(at..end, Some(window), DayKind::On));
        }
        let (end, partial) = match (self.day(at), self.month(at)) {
            (Some(day), _) => {
                let month_at = at + 1 + usize::from(self.cut.word(at + 1) == "of");
                let month = self.month(month_at)?;
                let (end, year) = self.year(self.behind_month(month_at));
                (end, Partial { day: Some(day), month, year })
            }
            (None, Some(month)) => match self.day(at + 1).filter(|_| !self.is_arabic(at)) {
                Some(day) => {
                    let (end, year) = self.year(at + 2);
                    (end, Partial { day: Some(day), month, year })
                }
                None => {
                    let (end, year) = self.year(self.behind_month(at));
                    (end, Partial { day: None, month, year })
                }
            },
            (None, None) => return self.year_alone(at).or_else(|| self.past_arabic(at)),
        };
        let bare = partial.day.is_none() && partial.year.is_none();
        // "March" needs "in" before it, else it may be a walk; so does "May".
        let named = at.checked_sub(1).is_some_and(|b| names_month(self.cut.word(b)));
        if bare && !named && !self.is_arabic(at) {
            return None;
        }
        Some(found(at..end, self.resolve(partial), DayKind::On))
    }

    fn iso(&self, at: usize) -> Option<(usize, Window)> {
        let dash = |n: usize| self.cut.word(at + n) == "-";
        let text = |n: usize| self.cut.tokens.get(at + n).map(|t| t.text);
        if !(dash(1) && dash(3)) || text(0)?.len() != 4 {
            return None;
        }
        let day: Date = format!("{}-{:0>2}-{:0>2}", text(0)?, text(2)?, text(4)?).parse().ok()?;
        Some((at + 5, one(day)))
    }

    fn is_arabic(&self, at: usize) -> bool {
        !self.cut.word(at).is_ascii()
    }

    /// "الساعات الـ72 الماضية", "الأسبوع الماضي", "هذا العام": what is past stands behind.
    fn past_arabic(&self, at: usize) -> Option<DayMention> {
        let (unit, count) = match self.cut.word(at) {
            "الساعات" | "ساعات" => ("hours", None),
            "الايام" => ("days", None),
            "الاسابيع" => ("weeks", None),
            "الاسبوع" => ("weeks", Some(1)),
            "الاسبوعين" => ("weeks", Some(2)),
            "الشهر" => ("months", Some(1)),
            "الشهرين" => ("months", Some(2)),
            "الاشهر" => ("months", None),
            _ => return None,
        };
        let said = (at + 1..at + 4).find(|t| {
            matches!(self.cut.word(*t), "الماضي" | "الماضيه" | "الماضيين" | "الاخيره" | "الاخير")
        })?;
        let digits = |t: usize| {
            let text: String = self.cut.word(t).chars().filter(char::is_ascii_digit).collect();
            text.parse::<i64>().ok()
        };
        let count = count.or_else(|| (at + 1..said).find_map(digits))?;
        let length: Length = match unit {
            "hours" => ((count.checked_add(23)?) / 24).days(),
            "days" => count.days(),
            "weeks" => count.weeks(),
            _ => count.months(),
        };
        let start = self.published.filter(|_| (1..1000).contains(&count));
        let start = start.and_then(|day| day.checked_sub(length).ok());
        let window = start.map(|start| Window { start: Some(start), end: self.published });
        Some(found(at..said + 1, window, DayKind::Over))
    }

    /// "مطلع الشهر", "بداية العام": the first day of the month or year of publication.
    fn beginning(&self, at: usize) -> Option<DayMention> {
        let begins = matches!(self.cut.word(at), "مطلع" | "بدايه" | "اول");
        let published = self.published.filter(|_| begins)?;
        let first = match self.cut.word(at + 1) {
            "الشهر" => published.first_of_month(),
            "العام" | "السنه" => published.first_of_year(),
            _ => return None,
        };
        Some(found(at..at + 2, Some(one(first)), DayKind::On))
    }

    /// "In 2024".
    fn year_alone(&self, at: usize) -> Option<DayMention> {
        let preceded = at.checked_sub(1).is_some_and(|b| {
            matches!(self.cut.word(b), "in" | "since" | "of" | "during" | "late" | "early")
        });
        let (end, year) = self.year(at);
        let year = year.filter(|_| preceded && end > at)?;
        let window =
            Window { start: Date::new(year, 1, 1).ok(), end: Date::new(year, 12, 31).ok() };
        Some(found(at..end, Some(window), DayKind::On))
    }

    fn relative(&self, at: usize) -> Option<DayMention> {
        let word = self.cut.word(at);
        let back = match word {
            "today" | "اليوم" => Some(0),
            "yesterday" | "امس" => Some(1),
            _ => None,
        };
        if let Some(back) = back {
            let day = self.published.and_then(|day| day.checked_sub(back.days()).ok());
            return Some(found(at..at + 1, day.map(one), DayKind::On));
        }
        let weekday = WEEKDAYS.iter().find(|(name, _)| *name == word).map(|(_, day)| *day)?;
        let window = self.published.and_then(|published| {
            let back = published.weekday().since(weekday);
            published.checked_sub(i64::from(back).days()).ok()
        });
        Some(found(at..at + 1, window.map(one), DayKind::On))
    }

    fn resolve(&self, partial: Partial) -> Option<Window> {
        let year = match (partial.year, self.published) {
            (Some(year), _) => year,
            (None, Some(published)) => {
                let this =
                    Date::new(published.year(), partial.month, partial.day.unwrap_or(1)).ok()?;
                let ahead = published.checked_add(31.days()).is_ok_and(|limit| this > limit);
                published.year() - i16::from(ahead)
            }
            (None, None) => return None,
        };
        match partial.day {
            Some(day) => Date::new(year, partial.month, day).ok().map(one),
            None => {
                let first = Date::new(year, partial.month, 1).ok()?;
                Some(Window { start: Some(first), end: Some(first.last_of_month()) })
            }
        }
    }

    /// A day of a month in digits, "7th" included.
    fn day(&self, at: usize) -> Option<i8> {
        if let Some(day) = ORDINALS.iter().position(|name| *name == self.cut.word(at)) {
            return i8::try_from(day + 1).ok().filter(|_| self.cut.word(at + 1) == "of");
        }
        let text = self.cut.tokens.get(at).filter(|t| t.shape == Shape::Number)?.folded.as_str();
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &text[digits.len()..];
        let day: i8 = digits.parse().ok()?;
        (matches!(suffix, "" | "st" | "nd" | "rd" | "th") && (1..=31).contains(&day)).then_some(day)
    }

    fn month(&self, at: usize) -> Option<i8> {
        let token = self.cut.tokens.get(at)?;
        let written = token.shape == Shape::Capital || !token.folded.is_ascii();
        let word = token.folded.as_str();
        let number = MONTHS.iter().position(|names| names.contains(&word)).filter(|_| written);
        // "كانون الأول": two months share a name each, and tell themselves apart by a number.
        let pair = match (word, self.cut.word(at + 1)) {
            ("كانون", "الثاني") => Some(0),
            ("تشرين", "الاول") => Some(9),
            ("تشرين", "الثاني") => Some(10),
            ("كانون", "الاول") => Some(11),
            _ => None,
        };
        i8::try_from(number.or(pair)? + 1).ok()
    }

    /// The token behind a month at `at` and behind its other name: "آذار/مارس".
    fn behind_month(&self, at: usize) -> usize {
        let two = matches!(self.cut.word(at), "كانون" | "تشرين");
        let end = at + 1 + usize::from(two);
        let again = self.cut.word(end) == "/" && self.month(end + 1).is_some();
        if again { end + 2 } else { end }
    }

    /// The token after a year at `at`, a comma before it passed over, and the year.
    fn year(&self, at: usize) -> (usize, Option<i16>) {
        let digits = at + usize::from(self.cut.word(at) == ",");
        let year = self.cut.tokens.get(digits).filter(|t| t.text.len() == 4);
        let year =
            year.and_then(|t| t.text.parse::<i16>().ok()).filter(|y| (1900..2200).contains(y));
        match year {
            Some(year) => (digits + 1, Some(year)),
            None => (at, None),
        }
    }
}

fn names_month(before: &str) -> bool {
    matches!(
        before,
        "in" | "during"
            | "of"
            | "since"
            | "throughout"
            | "for"
            | "until"
            | "early"
            | "late"
            | "last"
            | "from"
            | "to"
            | "and"
    )
}

fn one(day: Date) -> Window {
    Window { start: Some(day), end: Some(day) }
}

fn found(tokens: Range<usize>, window: Option<Window>, kind: DayKind) -> DayMention {
    DayMention { tokens, window, kind }
}
