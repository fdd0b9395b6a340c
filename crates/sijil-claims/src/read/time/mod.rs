//! Days and windows of days, resolved against the day of publication.
//!
//! A weekday is the last one up to the day of publication; a day without a year lies in the year
//! of publication unless that would be more than a month ahead. Where the day of publication is
//! not known such words give no window, yet their numbers are known to be no amounts.

mod names;
mod relative;

use std::ops::Range;

pub(super) use names::is_calendar_word;
use names::names_month;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::Window;
use crate::text::{Cut, DASH, Shape};

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

/// Words between "since" and the day on which what it names began.
const FARTHEST_BEGIN: usize = 7;

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
    /// The last single day named.
    last: Option<Date>,
}

/// All days that a text names, in order.
pub(super) fn days(page: &super::Page<'_>, published: Option<Date>) -> Vec<DayMention> {
    let mut days = Days { cut: &page.cut, published, last: None };
    let mut out = Vec::new();
    let mut at = 0;
    while at < page.cut.tokens.len() {
        match days.mention(page, at) {
            Some(mention) => {
                at = mention.tokens.end;
                let single =
                    mention.window.filter(|w| mention.kind == DayKind::On && w.start == w.end);
                days.last = single.and_then(|w| w.start).or(days.last);
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
            "past" | "last" | "previous" | "preceding" => {
                self.whole(at).or_else(|| self.past(page, at)).or_else(|| self.plain(at))
            }
            "this" => self.whole(at),
            "the" | "that" => self.beside_last(at),
            "in" | "within" | "over" | "for" | "during" => self.lasting(page, at),
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
        // "Since the offensive began on 1 December", "since the coup of February 2021".
        let since = self.cut.word(at) == "since";
        let begun = self.plain(skip).or_else(|| {
            let far = (skip..skip + FARTHEST_BEGIN)
                .find(|t| matches!(self.cut.word(*t), "on" | "of" | "in"));
            let plain = |end: usize| (skip..end).all(|t| self.cut.shape(t) != Shape::Mark);
            far.filter(|joint| since && plain(*joint)).and_then(|joint| self.plain(joint + 1))
        });
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

    /// A day, a month, a weekday, "yesterday".
    fn plain(&self, at: usize) -> Option<DayMention> {
        self.range(at, at, &["-", DASH, "and", "to"])
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
}

fn one(day: Date) -> Window {
    Window { start: Some(day), end: Some(day) }
}

fn found(tokens: Range<usize>, window: Option<Window>, kind: DayKind) -> DayMention {
    DayMention { tokens, window, kind }
}
