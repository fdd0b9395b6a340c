//! A series: statements of one origin about one thing, over days of publication.
//!
//! The rule. A *running toll* of one origin is one series over the days as long as act, kinds of
//! victims and sides agree, the areas are one wording apart ([`Area::same_toll`]) and the windows
//! begin within a week of each other; where several series would take a statement, the one with
//! the same wording does, then the one whose last figure is nearest. A figure of one day or one
//! incident, and a part of another figure, are series of their own: a part runs along only with
//! the same part of the same running total. A figure that does not say whether it is a running
//! toll joins one only where it fits between the figures before and after it.
//!
//! Which series are asked whether they take a statement is the matter of [`super::heap`].

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Population;
use super::area::Area;
use super::entry::{Entry, Kind, days_between};
use super::population::{Side, same_toll};

/// Days that the beginnings of two windows of one running toll may lie apart.
pub(super) const WINDOW_SLACK: i32 = 7;

/// One series; `entries` in order of publication.
#[derive(Clone, Debug)]
pub(super) struct Series<'e, 'a> {
    pub(super) entries: Vec<&'e Entry<'a>>,
    pub(super) kind: Kind,
    /// All places that its statements name.
    pub(super) area: Area,
    /// What its statements say beside number and place, each wording once: a toll of years has few.
    wordings: BTreeSet<Wording<'e>>,
}

/// Of whom, by whom and since when.
type Wording<'e> = (&'e Population, &'e BTreeSet<Side>, Option<Date>);

impl<'e, 'a> Series<'e, 'a> {
    pub(super) fn new(kind: Kind) -> Self {
        Self { entries: Vec::new(), kind, area: Area::default(), wordings: BTreeSet::new() }
    }

    pub(super) fn insert(&mut self, e: &'e Entry<'a>) {
        let order = |x: &Entry<'_>| (x.statement.published, x.low(), x.statement.at);
        let at = self.entries.partition_point(|x| order(x) <= order(e));
        self.entries.insert(at, e);
        self.area.join(&e.area);
        self.wordings.insert((&e.population, &e.sides, e.start()));
    }

    /// Whether a statement belongs to it.
    pub(super) fn takes(&self, e: &Entry<'_>) -> bool {
        match (self.kind, e.kind) {
            (Kind::Running, Kind::Running) => self.takes_wording(e),
            (Kind::Running, Kind::Unclear) => self.takes_wording(e) && self.fits(e),
            (Kind::Single, Kind::Single) | (Kind::Unclear, Kind::Unclear) => {
                self.takes_wording(e) && self.entries.iter().all(|x| same_incident(x, e))
            }
            (Kind::RunningPart, Kind::RunningPart) => self.entries.iter().all(|x| same_part(x, e)),
            (Kind::SinglePart, Kind::SinglePart) => self.entries.iter().all(|x| {
                same_part(x, e) && x.window() == e.window() && x.low() == e.low() && x.is_near(e)
            }),
            _ => false,
        }
    }

    fn takes_wording(&self, e: &Entry<'_>) -> bool {
        self.wordings.iter().all(|(population, sides, start)| {
            same_toll(population, &e.population)
                && same_sides(sides, &e.sides)
                && same_beginning(*start, e.start())
        }) && e.area.same_toll(&self.area)
    }

    /// Not below an earlier figure of the series and not above a later one.
    fn fits(&self, e: &Entry<'_>) -> bool {
        self.entries.iter().all(|x| {
            if x.statement.published <= e.statement.published {
                x.low() <= e.low()
            } else {
                x.low() >= e.low()
            }
        })
    }

    /// Same wording first, then the nearest last figure (as a ratio, in thousandths).
    pub(super) fn distance(&self, e: &Entry<'_>) -> (usize, u64) {
        let Some(last) = self.entries.last() else { return (usize::MAX, u64::MAX) };
        let wording = usize::from(last.population != e.population)
            + usize::from(last.sides != e.sides)
            + usize::from(last.area.is_empty() != e.area.is_empty());
        let (a, b) = (last.low().max(e.low()), last.low().min(e.low()).max(1));
        (wording, a.saturating_mul(1000) / b)
    }
}

/// The same sides, or one text names none.
fn same_sides(a: &BTreeSet<Side>, b: &BTreeSet<Side>) -> bool {
    a.is_empty() || b.is_empty() || a == b
}

fn same_beginning(a: Option<Date>, b: Option<Date>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => days_between(a, b).abs() <= WINDOW_SLACK,
        _ => true,
    }
}

/// Whether a figure says both when and where: then its days are its incident's.
pub(super) fn is_placed(e: &Entry<'_>) -> bool {
    e.window().is_some() && !e.area.is_empty()
}

/// One incident or one day: the same window; where a window or a place is missing, the same
/// number on near days. Two numbers in one document are two incidents: a report that corrects a
/// figure is another document.
fn same_incident(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    if a.statement.at.document == b.statement.at.document && a.low() != b.low() {
        return false;
    }
    let (x, y) = (a.window(), b.window());
    if is_placed(a) && is_placed(b) {
        x == y
    } else {
        (x == y || x.is_none() || y.is_none()) && a.low() == b.low() && a.is_near(b)
    }
}

/// The same part of the same total: population, sides and area word for word, the own ones where
/// they are given, else the total's.
fn same_part(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    // The cheap and rare agreements first: most pairs end here.
    if a.population != b.population || a.sides != b.sides || a.area != b.area {
        return false;
    }
    let wholes = match (&a.whole, &b.whole) {
        (Some(x), Some(y)) => {
            same_toll(&x.population, &y.population)
                && same_sides(&x.sides, &y.sides)
                && x.area.same_toll(&y.area)
        }
        (None, None) => true,
        _ => false,
    };
    wholes && same_beginning(a.start(), b.start())
}
