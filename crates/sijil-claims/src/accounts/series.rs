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

use jiff::civil::Date;

use super::area::{Area, Token};
use super::entry::{Entry, Kind, days_between};
use super::meanings::Meanings;
use super::population::Sides;

/// Days that the beginnings of two windows of one running toll may lie apart.
pub(super) const WINDOW_SLACK: i32 = 7;

/// One series; `entries` in order of publication, by their index.
#[derive(Clone, Debug)]
pub(super) struct Series {
    pub(super) entries: Vec<usize>,
    pub(super) kind: Kind,
    /// All places that its statements name: the code of the only wording, or what several make.
    area: u32,
    joined: Option<Box<Area>>,
    /// What its statements say beside number and place, each wording once: a toll of years has few.
    wordings: Vec<Wording>,
}

/// Of whom, by whom and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wording {
    population: u32,
    sides: Sides,
    start: Option<Date>,
}

/// Entries with what their words mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<'t> {
    pub(super) meanings: &'t Meanings<'t>,
    pub(super) entries: &'t [Entry],
}

impl<'t> Told<'t> {
    /// The entries with these indices.
    pub(super) fn all(self, indices: &'t [usize]) -> impl DoubleEndedIterator<Item = &'t Entry> {
        indices.iter().map(move |nth| &self.entries[*nth])
    }
}

impl Series {
    pub(super) fn new(kind: Kind, area: u32) -> Self {
        Self { entries: Vec::new(), kind, area, joined: None, wordings: Vec::new() }
    }

    /// Takes a statement in, and says whether it names places that none did before.
    pub(super) fn insert(&mut self, told: Told<'_>, nth: usize) -> bool {
        let e = &told.entries[nth];
        let order = |x: &Entry| (x.published, x.low(), x.at);
        let at = self.entries.partition_point(|x| order(&told.entries[*x]) <= order(e));
        self.entries.insert(at, nth);
        let wording = Wording { population: e.population, sides: e.sides, start: e.start() };
        if !self.wordings.contains(&wording) {
            self.wordings.push(wording);
        }
        self.join(told.meanings, e.area)
    }

    fn join(&mut self, meanings: &Meanings<'_>, area: u32) -> bool {
        if area == self.area {
            return self.entries.len() == 1;
        }
        let before = self.area(meanings);
        let mut after = before.clone();
        after.join(meanings.area(area));
        let wider = after != *before;
        self.joined = Some(Box::new(after));
        wider
    }

    /// All places that its statements name.
    fn area<'a>(&'a self, meanings: &'a Meanings<'_>) -> &'a Area {
        self.joined.as_deref().unwrap_or_else(|| meanings.area(self.area))
    }

    /// What its area shares with whatever may be one toll with it.
    pub(super) fn tokens(&self, meanings: &Meanings<'_>) -> Vec<Token> {
        self.area(meanings).tokens()
    }

    /// Whether a statement belongs to it.
    pub(super) fn takes(&self, told: Told<'_>, e: &Entry) -> bool {
        let mut all = told.all(&self.entries);
        match (self.kind, e.kind) {
            (Kind::Running, Kind::Running) => self.takes_wording(told.meanings, e),
            (Kind::Running, Kind::Unclear) => {
                self.takes_wording(told.meanings, e) && all.all(|x| fits(x, e))
            }
            (Kind::Single, Kind::Single) | (Kind::Unclear, Kind::Unclear) => {
                self.takes_wording(told.meanings, e)
                    && all.all(|x| same_incident(told.meanings, x, e))
            }
            (Kind::RunningPart, Kind::RunningPart) => all.all(|x| same_part(told.meanings, x, e)),
            (Kind::SinglePart, Kind::SinglePart) => all.all(|x| {
                same_part(told.meanings, x, e)
                    && x.window == e.window
                    && x.low() == e.low()
                    && x.is_near(e)
            }),
            _ => false,
        }
    }

    fn takes_wording(&self, meanings: &Meanings<'_>, e: &Entry) -> bool {
        let agrees = |wording: &Wording| {
            same_sides(wording.sides, e.sides)
                && same_beginning(wording.start, e.start())
                && meanings.same_toll(wording.population, e.population)
        };
        let area = || match &self.joined {
            None => meanings.same_area(self.area, e.area),
            Some(joined) => meanings.area(e.area).same_toll(joined),
        };
        self.wordings.iter().all(agrees) && area()
    }

    /// Same wording first, then the nearest last figure (as a ratio, in thousandths).
    pub(super) fn distance(&self, told: Told<'_>, e: &Entry) -> (usize, u64) {
        let Some(last) = told.all(&self.entries).next_back() else {
            return (usize::MAX, u64::MAX);
        };
        let is_nowhere = |x: &Entry| told.meanings.width(x.area).is_none();
        let wording = usize::from(last.population != e.population)
            + usize::from(last.sides != e.sides)
            + usize::from(is_nowhere(last) != is_nowhere(e));
        let (a, b) = (last.low().max(e.low()), last.low().min(e.low()).max(1));
        (wording, a.saturating_mul(1000) / b)
    }
}

/// Not below an earlier figure `x` and not above a later one.
fn fits(x: &Entry, e: &Entry) -> bool {
    if x.published <= e.published { x.low() <= e.low() } else { x.low() >= e.low() }
}

/// The same sides, or one text names none.
fn same_sides(a: Sides, b: Sides) -> bool {
    a.is_empty() || b.is_empty() || a == b
}

fn same_beginning(a: Option<Date>, b: Option<Date>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => days_between(a, b).abs() <= WINDOW_SLACK,
        _ => true,
    }
}

/// Whether a figure says both when and where: then its days are its incident's.
pub(super) fn is_placed(meanings: &Meanings<'_>, e: &Entry) -> bool {
    e.window.is_some() && meanings.width(e.area).is_some()
}

/// One incident or one day: the same window; where a window or a place is missing, the same
/// number on near days. Two numbers in one document are two incidents: a report that corrects a
/// figure is another document.
fn same_incident(meanings: &Meanings<'_>, a: &Entry, b: &Entry) -> bool {
    if a.at.document == b.at.document && a.low() != b.low() {
        return false;
    }
    let (x, y) = (a.window, b.window);
    if is_placed(meanings, a) && is_placed(meanings, b) {
        x == y
    } else {
        (x == y || x.is_none() || y.is_none()) && a.low() == b.low() && a.is_near(b)
    }
}

/// The same part of the same total: population, sides and area word for word, the own ones where
/// they are given, else the total's.
fn same_part(meanings: &Meanings<'_>, a: &Entry, b: &Entry) -> bool {
    // The cheap and rare agreements first: most pairs end here.
    if a.population != b.population || a.sides != b.sides || a.area != b.area {
        return false;
    }
    let wholes = match (meanings.whole(a.belongs), meanings.whole(b.belongs)) {
        (Some(x), Some(y)) => {
            meanings.same_toll(x.population, y.population)
                && same_sides(x.sides, y.sides)
                && meanings.same_area(x.area, y.area)
        }
        (None, None) => true,
        _ => false,
    };
    wholes && same_beginning(a.start(), b.start())
}
