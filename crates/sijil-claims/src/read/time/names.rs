//! Names of months and weekdays, and the days, months and years that tokens name.

use jiff::civil::Weekday;

use super::Days;
use crate::text::Shape;

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

pub(super) const WEEKDAYS: [(&str, Weekday); 14] = [
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
pub(in crate::read) fn is_calendar_word(word: &str) -> bool {
    MONTHS.iter().any(|names| names.contains(&word))
        || WEEKDAYS.iter().any(|(name, _)| *name == word)
        || matches!(
            word,
            "ramadan" | "صباح" | "مساء" | "فجر" | "ليل" | "ليله" | "ظهر" | "عصر" | "امس"
        )
}

impl Days<'_, '_> {
    /// A day of a month in digits, "7th" included.
    pub(super) fn day(&self, at: usize) -> Option<i8> {
        if let Some(day) = ORDINALS.iter().position(|name| *name == self.cut.word(at)) {
            return i8::try_from(day + 1).ok().filter(|_| self.cut.word(at + 1) == "of");
        }
        let text = self.cut.tokens.get(at).filter(|t| t.shape == Shape::Number)?.folded.as_str();
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &text[digits.len()..];
        let day: i8 = digits.parse().ok()?;
        (matches!(suffix, "" | "st" | "nd" | "rd" | "th") && (1..=31).contains(&day)).then_some(day)
    }

    pub(super) fn month(&self, at: usize) -> Option<i8> {
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
    pub(super) fn behind_month(&self, at: usize) -> usize {
        let two = matches!(self.cut.word(at), "كانون" | "تشرين");
        let end = at + 1 + usize::from(two);
        let again = self.cut.word(end) == "/" && self.month(end + 1).is_some();
        if again { end + 2 } else { end }
    }

    /// The token after a year at `at`, a comma before it passed over, and the year.
    pub(super) fn year(&self, at: usize) -> (usize, Option<i16>) {
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

/// Whether a word leads to the name of a month.
pub(super) fn names_month(before: &str) -> bool {
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
            | "between"
            | "and"
    )
}
