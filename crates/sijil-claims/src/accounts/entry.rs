//! A statement with what grouping needs to know of it.
//!
//! Read off the claim once: its origin, population, sides and area, the total that it is a part of,
//! and whether it is a running toll, a figure of one day or incident, or a part of either.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::area::{Area, Width};
use super::origin::Origin;
use super::population::{Side, classes, population, sides};
use super::{NEAR_DAYS, Population, Statement, StatementRef};
use crate::{Claim, Modality, PartyClass, Scope, Window};

/// A statement with what grouping needs to know of it.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    pub(super) statement: Statement<'a>,
    pub(super) origin: Origin,
    pub(super) population: Population,
    pub(super) classes: BTreeSet<PartyClass>,
    pub(super) sides: BTreeSet<Side>,
    pub(super) area: Area,
    pub(super) whole: Option<Whole>,
    pub(super) kind: Kind,
}

/// The total that a part belongs to.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    pub(super) population: Population,
    pub(super) sides: BTreeSet<Side>,
    pub(super) area: Area,
}

/// What kind of series a statement belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A toll that runs along over days.
    Running,
    /// A figure of one day or one incident.
    Single,
    /// A figure that does not say which of the two it is.
    Unclear,
    /// A part of a running toll.
    RunningPart,
    /// A part of a figure of one day or one incident.
    SinglePart,
}

impl Kind {
    /// Whether it is a part of another figure.
    pub(super) fn is_part(self) -> bool {
        matches!(self, Self::RunningPart | Self::SinglePart)
    }
}

impl Entry<'_> {
    /// The low end of its number.
    pub(super) fn low(&self) -> u64 {
        self.statement.claim.quantity.low
    }

    /// The days that it speaks of.
    pub(super) fn window(&self) -> Option<Window> {
        self.statement.claim.window
    }

    /// The first of them.
    pub(super) fn start(&self) -> Option<Date> {
        self.window().and_then(|window| window.start)
    }

    /// Whether the claim says that something happened: a denied or expected toll is another thing.
    pub(super) fn is_said(&self) -> bool {
        !matches!(self.statement.claim.modality, Modality::Denied | Modality::Expected)
    }

    /// Published within three days of another, as far as the days are known.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        match (self.statement.published, other.statement.published) {
            (Some(a), Some(b)) => days_between(a, b).abs() <= NEAR_DAYS,
            _ => true,
        }
    }
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
