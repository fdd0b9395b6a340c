//! Days told from another day: "yesterday", "the past 72 hours", "this year", "the next day".
//!
//! The other day is that of publication, or the last one named before.

use jiff::civil::Date;
use jiff::{Span as Length, ToSpan};

use super::names::WEEKDAYS;
use super::{DayKind, DayMention, Days, found, one};
use crate::Window;
use crate::read::Page;
use crate::read::quantity::number;

impl Days<'_, '_> {
    /// "The past 72 hours", "the last week".
    pub(super) fn past(&self, page: &Page<'_>, at: usize) -> Option<DayMention> {
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

    /// "الساعات الـ72 الماضية", "الأسبوع الماضي", "هذا العام": what is past stands behind.
    pub(super) fn past_arabic(&self, at: usize) -> Option<DayMention> {
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
    pub(super) fn beginning(&self, at: usize) -> Option<DayMention> {
        let begins = matches!(self.cut.word(at), "مطلع" | "بدايه" | "اول");
        let published = self.published.filter(|_| begins)?;
        let first = match self.cut.word(at + 1) {
            "الشهر" => published.first_of_month(),
            "العام" | "السنه" => published.first_of_year(),
            _ => return None,
        };
        Some(found(at..at + 2, Some(one(first)), DayKind::On))
    }

    pub(super) fn relative(&self, at: usize) -> Option<DayMention> {
        let word = self.cut.word(at);
        let back = match word {
            "today" | "tonight" | "اليوم" => Some(0),
            "yesterday" | "امس" => Some(1),
            _ => None,
        };
        if word == "overnight" {
            let end = self.published;
            let start = end.and_then(|day| day.checked_sub(1.days()).ok());
            let window = start.map(|start| Window { start: Some(start), end });
            return Some(found(at..at + 1, window, DayKind::On));
        }
        if let Some(back) = back {
            let day = self.published.and_then(|day| day.checked_sub(back.days()).ok());
            return Some(found(at..at + 1, day.map(one), DayKind::On));
        }
        let weekday = WEEKDAYS.iter().find(|(name, _)| *name == word).map(|(_, day)| *day)?;
        let back = self.published.map(|day| i64::from(day.weekday().since(weekday)));
        // "On Monday last week": not the last Monday.
        let week = self.cut.word(at + 1) == "last" && self.cut.word(at + 2) == "week";
        let since_monday =
            self.published.map(|day| i64::from(day.weekday().to_monday_zero_offset()));
        let again = week && back.zip(since_monday).is_some_and(|(back, monday)| back <= monday);
        let back = back.map(|back| if again { back + 7 } else { back });
        let day =
            self.published.zip(back).and_then(|(day, back)| day.checked_sub(back.days()).ok());
        let end = at + if week { 3 } else { 1 };
        Some(found(at..end, day.map(one), DayKind::On))
    }

    /// "This year", "last month": calendar years, months and weeks, the running one up to the day of
    /// publication.
    pub(super) fn whole(&self, at: usize) -> Option<DayMention> {
        let this = self.cut.word(at) == "this";
        let last = self.cut.word(at) == "last";
        let unit = self.cut.word(at + 1);
        if !(this || last) {
            return None;
        }
        let (first, before) = match unit {
            "year" => (Date::first_of_year as fn(Date) -> Date, 1.year()),
            "month" => (Date::first_of_month as fn(Date) -> Date, 1.month()),
            "week" if this => (monday as fn(Date) -> Date, 7.days()),
            "morning" | "afternoon" | "evening" if this => (same as fn(Date) -> Date, 0.days()),
            "night" if last => {
                let day = self.published.and_then(|day| day.checked_sub(1.days()).ok());
                return Some(found(at..at + 2, day.map(one), DayKind::On));
            }
            _ => return None,
        };
        let window = self.published.map(|published| {
            let begin = first(published);
            if this {
                return Window { start: Some(begin), end: Some(published) };
            }
            let end = begin.checked_sub(1.days()).ok();
            Window { start: begin.checked_sub(before).ok(), end }
        });
        let kind = if unit == "year" || unit == "month" { DayKind::Over } else { DayKind::On };
        Some(found(at..at + 2, window, kind))
    }

    /// "The same day", "the next morning", "the night before": counted from the last day named.
    pub(super) fn beside_last(&self, at: usize) -> Option<DayMention> {
        let part =
            |word: &str| matches!(word, "day" | "night" | "evening" | "morning" | "afternoon");
        let (first, second) = (self.cut.word(at + 1), self.cut.word(at + 2));
        let that = self.cut.word(at) == "that" && part(first);
        let (end, ahead) = match first {
            "same" if part(second) => (at + 3, 0),
            "next" | "following" if part(second) => (at + 3, 1),
            "previous" | "preceding" if part(second) => (at + 3, -1),
            _ if part(first) && second == "before" && self.cut.word(at + 3) != "the" => {
                (at + 3, -1)
            }
            _ if part(first) && second == "after" && self.cut.word(at + 3) == "," => (at + 3, 1),
            _ if that => (at + 2, 0),
            _ => return None,
        };
        let day = self.last.and_then(|last| last.checked_add(i64::from(ahead).days()).ok())?;
        Some(found(at..end, Some(one(day)), DayKind::On))
    }

    /// "In two days of fighting", "in less than a week", "over three weeks": up to the day of
    /// publication.
    pub(super) fn lasting(&self, page: &Page<'_>, at: usize) -> Option<DayMention> {
        let mut from = at + 1;
        while from < at + 5
            && matches!(self.cut.word(from), "the" | "just" | "less" | "than" | "only")
        {
            from += 1;
        }
        let (unit_at, count) = match number(page, from) {
            Some((end, count)) => (end, count),
            None if self.cut.word(from) == "a" => (from + 1, 1),
            None => return None,
        };
        let length: Length = match self.cut.word(unit_at) {
            "days" | "day" => i64::try_from(count).ok()?.days(),
            "weeks" | "week" => i64::try_from(count).ok()?.weeks(),
            _ => return None,
        };
        let ahead = matches!(self.cut.word(unit_at + 1), "later" | "time" | "'" | "\u{2019}");
        if ahead || !(1..100).contains(&count) {
            return None;
        }
        let start = self.published.and_then(|day| day.checked_sub(length).ok());
        let window = start.map(|start| Window { start: Some(start), end: self.published });
        Some(found(at..unit_at + 1, window, DayKind::Over))
    }
}

fn monday(day: Date) -> Date {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day)
}

fn same(day: Date) -> Date {
    day
}
