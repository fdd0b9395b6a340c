//! Statements grouped into series: one origin, one thing, over days of publication.
//!
//! The rule. A *running toll* of one origin is one series over the days as long as act, kinds of
//! victims and sides agree, the areas are one wording apart ([`Area::same_toll`]) and the windows
//! begin within a week of each other; where several series would take a statement, the one with
//! the same wording does, then the one whose last figure is nearest. A figure of one day or one
//! incident, and a part of another figure, are series of their own: a part runs along only with
//! the same part of the same running total. A figure that does not say whether it is a running
//! toll joins one only where it fits between the figures before and after it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::area::{Area, Width};
use super::origin::Origin;
use super::population::{Side, classes, population, same_toll, sides};
use super::{Population, Statement, StatementRef};
use crate::{Act, Claim, Modality, PartyClass, Scope, Window};

/// Days that the beginnings of two windows of one running toll may lie apart.
const WINDOW_SLACK: i32 = 7;

/// A statement with what grouping needs to know of it.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    pub(super) statement: Statement<'a>,
    pub(super) origin: Origin,
    pub(super) population: Population,
    pub(super) classes: BTreeSet<PartyClass>,
    pub(super) sides: BTreeSet<Side>,
    pub(super) area: Area,
    whole: Option<Whole>,
    kind: Kind,
}

/// The total that a part belongs to.
#[derive(Clone, Debug)]
struct Whole {
    population: Population,
    sides: BTreeSet<Side>,
    area: Area,
}

/// What kind of series a statement belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Running,
    Single,
    Unclear,
    RunningPart,
    SinglePart,
}

/// One series; `entries` in order of publication.
#[derive(Clone, Debug)]
pub(super) struct Series<'a> {
    pub(super) entries: Vec<Entry<'a>>,
    kind: Kind,
}

/// Whether a window is one single day.
pub(super) fn is_one_day(window: Option<Window>) -> bool {
    window.is_some_and(|w| w.start.is_some() && w.start == w.end)
}

/// Whether a figure that is no part counts as a running toll: one that says so and is not of one
/// day, or one that says nothing and spans several days or governorates.
pub(super) fn is_running(scope: Scope, window: Option<Window>, width: Option<Width>) -> bool {
    match scope {
        Scope::Cumulative => !is_one_day(window),
        Scope::Unknown => {
            let days = window.is_some_and(|w| w.start.is_some()) && !is_one_day(window);
            days || (width >= Some(Width::Region) && !is_one_day(window))
        }
        Scope::Incident | Scope::Breakdown => false,
    }
}

/// Whole days from `a` to `b`, negative where `b` is earlier.
pub(super) fn days_between(a: Date, b: Date) -> i32 {
    // By hours: `until` would balance its answer over calendar units first.
    i32::try_from(a.duration_until(b).as_hours() / 24).unwrap_or(i32::MAX)
}

/// All statements as entries, in order of publication (undated first), then of their numbers: on
/// one day a running toll rises.
pub(super) fn entries<'a>(statements: &[Statement<'a>]) -> Vec<Entry<'a>> {
    let by_ref: BTreeMap<StatementRef, &Statement<'a>> =
        statements.iter().map(|s| (s.at, s)).collect();
    let mut entries: Vec<Entry<'a>> = by_ref.values().map(|s| entry(s, &by_ref)).collect();
    entries.sort_by_key(|e| {
        let q = e.statement.claim.quantity;
        (e.statement.published, q.low, q.high.is_none(), q.high, e.statement.at)
    });
    entries
}

fn entry<'a>(s: &Statement<'a>, all: &BTreeMap<StatementRef, &Statement<'a>>) -> Entry<'a> {
    let claim = s.claim;
    let classes = classes(claim);
    let parent = parent_of(s, all);
    let mut entry = Entry {
        statement: *s,
        origin: Origin::of(s),
        population: population(claim),
        sides: sides(&classes),
        classes,
        area: Area::of(&claim.places),
        whole: parent.map(|p| Whole {
            population: population(p.claim),
            sides: sides(&self::classes(p.claim)),
            area: Area::of(&p.claim.places),
        }),
        kind: Kind::Unclear,
    };
    entry.kind = kind(&entry, parent.map(|_| root_of(s, all)));
    entry
}

fn parent_of<'s, 'a>(
    s: &Statement<'a>,
    all: &BTreeMap<StatementRef, &'s Statement<'a>>,
) -> Option<&'s Statement<'a>> {
    let at = StatementRef { document: s.at.document, claim: s.claim.parent? };
    if at == s.at { None } else { all.get(&at).copied() }
}

/// The claim at the top of the parts; a circle of parents ends where it closes.
fn root_of<'a>(s: &Statement<'a>, all: &BTreeMap<StatementRef, &Statement<'a>>) -> &'a Claim {
    let mut seen = BTreeSet::from([s.at]);
    let mut top = *s;
    while let Some(p) = parent_of(&top, all) {
        if !seen.insert(p.at) {
            break;
        }
        top = *p;
    }
    top.claim
}

fn kind(entry: &Entry<'_>, root: Option<&Claim>) -> Kind {
    let claim = entry.statement.claim;
    if root.is_some() || claim.scope == Scope::Breakdown {
        let top = root.unwrap_or(claim);
        let runs = match top.scope {
            Scope::Cumulative | Scope::Breakdown => !is_one_day(top.window),
            _ => is_running(top.scope, top.window, Area::of(&top.places).width()),
        };
        return if runs && !is_one_day(claim.window) {
            Kind::RunningPart
        } else {
            Kind::SinglePart
        };
    }
    if is_running(claim.scope, claim.window, entry.area.width()) {
        Kind::Running
    } else if claim.scope == Scope::Unknown && claim.window.is_none() {
        Kind::Unclear
    } else {
        Kind::Single
    }
}

/// What two entries of one series agree in at least, so that only few series are looked at: origin,
/// act, whether it is said to have happened, and for a part whose it is and where.
type Heap = (String, Act, bool, Option<(Kind, Population, BTreeSet<Side>, Area)>);

fn heap(e: &Entry<'_>) -> Heap {
    let part = matches!(e.kind, Kind::RunningPart | Kind::SinglePart)
        .then(|| (e.kind, e.population.clone(), e.sides.clone(), e.area.clone()));
    (e.origin.name.clone(), e.statement.claim.act, is_said(e), part)
}

/// Groups entries, which must be in the order of [`entries`], into series.
pub(super) fn group<'a>(entries: &[Entry<'a>]) -> Vec<Series<'a>> {
    let mut all: BTreeMap<Heap, Vec<Series<'a>>> = BTreeMap::new();
    let (stated, read): (Vec<_>, Vec<_>) =
        entries.iter().cloned().partition(|e| e.statement.claim.stated.is_some());
    // Unclear figures last: they may only join what stands without them.
    let (unclear, clear): (Vec<_>, Vec<_>) =
        read.into_iter().partition(|e| e.kind == Kind::Unclear);
    for e in clear.into_iter().chain(unclear) {
        let series = all.entry(heap(&e));
        let series = series.or_default();
        let best = series
            .iter()
            .enumerate()
            .filter(|(_, s)| s.takes(&e))
            .min_by(|(i, a), (j, b)| a.distance(&e).cmp(&b.distance(&e)).then(i.cmp(j)))
            .map(|(i, _)| i);
        match best.and_then(|i| series.get_mut(i)) {
            Some(s) => s.insert(e),
            None => series.push(Series { kind: e.kind, entries: vec![e] }),
        }
    }
    all.into_values().flatten().chain(chains(&stated)).collect()
}

/// Statements of tables, which say themselves whose place they take: one series a chain of one
/// origin. A statement that takes the place of another origin's begins a chain of its own.
fn chains<'a>(stated: &[Entry<'a>]) -> Vec<Series<'a>> {
    let by_ref: BTreeMap<StatementRef, &Entry<'a>> =
        stated.iter().map(|e| (e.statement.at, e)).collect();
    let before = |e: &Entry<'a>| {
        let claim = e.statement.claim.stated.as_ref()?.supersedes?;
        let at = StatementRef { document: e.statement.at.document, claim };
        by_ref.get(&at).copied().filter(|b| b.origin.name == e.origin.name)
    };
    let mut chains: BTreeMap<StatementRef, Series<'a>> = BTreeMap::new();
    for e in stated {
        let mut first = e;
        // A chain cannot be longer than the table: a circle ends here.
        for _ in 0..stated.len() {
            let Some(earlier) = before(first) else { break };
            first = earlier;
        }
        let new = || Series { kind: first.kind, entries: Vec::new() };
        chains.entry(first.statement.at).or_insert_with(new).insert(e.clone());
    }
    chains.into_values().collect()
}

/// Whether the claim says that something happened: a denied or expected toll is another thing.
fn is_said(e: &Entry<'_>) -> bool {
    !matches!(e.statement.claim.modality, Modality::Denied | Modality::Expected)
}

fn low(e: &Entry<'_>) -> u64 {
    e.statement.claim.quantity.low
}

impl Series<'_> {
    fn takes(&self, e: &Entry<'_>) -> bool {
        match (self.kind, e.kind) {
            (Kind::Running, Kind::Running) => self.takes_wording(e),
            (Kind::Running, Kind::Unclear) => self.takes_wording(e) && self.fits(e),
            (Kind::Single, Kind::Single) | (Kind::Unclear, Kind::Unclear) => {
                self.takes_wording(e) && self.entries.iter().all(|x| same_incident(x, e))
            }
            (Kind::RunningPart, Kind::RunningPart) => self.entries.iter().all(|x| same_part(x, e)),
            (Kind::SinglePart, Kind::SinglePart) => self.entries.iter().all(|x| {
                same_part(x, e)
                    && x.statement.claim.window == e.statement.claim.window
                    && low(x) == low(e)
                    && is_near(x, e)
            }),
            _ => false,
        }
    }

    fn takes_wording(&self, e: &Entry<'_>) -> bool {
        self.entries.iter().all(|x| {
            same_toll(&x.population, &e.population)
                && same_sides(&x.sides, &e.sides)
                && same_beginning(x.statement.claim.window, e.statement.claim.window)
        }) && e.area.same_toll(&self.area())
    }

    /// Not below an earlier figure of the series and not above a later one.
    fn fits(&self, e: &Entry<'_>) -> bool {
        self.entries.iter().all(|x| {
            if x.statement.published <= e.statement.published {
                low(x) <= low(e)
            } else {
                low(x) >= low(e)
            }
        })
    }

    pub(super) fn area(&self) -> Area {
        let mut area = Area::default();
        for e in &self.entries {
            area.join(&e.area);
        }
        area
    }

    /// Same wording first, then the nearest last figure (as a ratio, in thousandths).
    fn distance(&self, e: &Entry<'_>) -> (usize, u64) {
        let Some(last) = self.entries.last() else { return (usize::MAX, u64::MAX) };
        let wording = usize::from(last.population != e.population)
            + usize::from(last.sides != e.sides)
            + usize::from(last.area.is_empty() != e.area.is_empty());
        let (a, b) = (low(last).max(low(e)), low(last).min(low(e)).max(1));
        (wording, a.saturating_mul(1000) / b)
    }
}

impl<'a> Series<'a> {
    fn insert(&mut self, e: Entry<'a>) {
        let order = |x: &Entry<'_>| (x.statement.published, low(x), x.statement.at);
        let at = self.entries.partition_point(|x| order(x) <= order(&e));
        self.entries.insert(at, e);
    }
}

/// The same sides, or one text names none.
fn same_sides(a: &BTreeSet<Side>, b: &BTreeSet<Side>) -> bool {
    a.is_empty() || b.is_empty() || a == b
}

fn same_beginning(a: Option<Window>, b: Option<Window>) -> bool {
    match (a.and_then(|w| w.start), b.and_then(|w| w.start)) {
        (Some(a), Some(b)) => days_between(a, b).abs() <= WINDOW_SLACK,
        _ => true,
    }
}

/// One incident or one day: the same window; where a window or a place is missing, the same
/// number on near days. Two numbers in one document are two incidents: a report that corrects a
/// figure is another document.
fn same_incident(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    if a.statement.at.document == b.statement.at.document && low(a) != low(b) {
        return false;
    }
    let (x, y) = (a.statement.claim.window, b.statement.claim.window);
    let known = x.is_some() && y.is_some() && !a.area.is_empty() && !b.area.is_empty();
    if known {
        x == y
    } else {
        (x == y || x.is_none() || y.is_none()) && low(a) == low(b) && is_near(a, b)
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
    wholes && same_beginning(a.statement.claim.window, b.statement.claim.window)
}

/// Published within three days of each other, as far as the days are known.
pub(super) fn is_near(a: &Entry<'_>, b: &Entry<'_>) -> bool {
    match (a.statement.published, b.statement.published) {
        (Some(a), Some(b)) => days_between(a, b).abs() <= super::NEAR_DAYS,
        _ => true,
    }
}
