//! A statement with what grouping needs to know of it.
//!
//! Read off its parts: its origin, population, sides and area, the total that it is a part of, and
//! whether it is a running toll, a figure of one day or incident, or a part of either.

use jiff::civil::Date;

use super::area::Width;
use super::meanings::Meanings;
use super::population::Sides;
use super::saying::Form;
use super::{NEAR_DAYS, StatementRef};
use crate::{Modality, Quantity, Scope, Window};

/// A statement with what grouping needs to know of it: what it says, and what its words mean by
/// the codes of [`Meanings`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Its index among the statements.
    pub(super) nth: usize,
    pub(super) at: StatementRef,
    pub(super) published: Option<Date>,
    /// The days that it speaks of.
    pub(super) window: Option<Window>,
    pub(super) quantity: Quantity,
    pub(super) form: Form,
    pub(super) kind: Kind,
    /// Name of its origin.
    pub(super) source: u32,
    pub(super) population: u32,
    pub(super) sides: Sides,
    pub(super) area: u32,
    /// Code of what it is a part of; says of most that it is a part of nothing.
    pub(super) belongs: u32,
}

/// What kind of series a statement belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl Entry {
    /// The statement with this index.
    pub(super) fn of(meanings: &Meanings<'_>, nth: usize) -> Self {
        let said = meanings.sayings;
        let mut entry = Self {
            nth,
            at: said.at[nth],
            published: *said.published.of(nth),
            window: *said.window.of(nth),
            quantity: *said.quantity.of(nth),
            form: *said.form.of(nth),
            kind: Kind::Unclear,
            source: meanings.origin(said.speaking.codes[nth]).source,
            population: meanings.population_of(said.whom.codes[nth]),
            sides: meanings.blame(said.blamed.codes[nth]).sides,
            area: meanings.area_of(said.places.codes[nth]),
            belongs: said.belongs.codes[nth],
        };
        entry.kind = kind(&entry, meanings);
        entry
    }

    /// The low end of its number.
    pub(super) fn low(&self) -> u64 {
        self.quantity.low
    }

    /// The first of the days that it speaks of.
    pub(super) fn start(&self) -> Option<Date> {
        self.window.and_then(|window| window.start)
    }

    /// Whether it says that something happened: a denied or expected toll is another thing.
    pub(super) fn is_said(&self) -> bool {
        !matches!(self.form.modality, Modality::Denied | Modality::Expected)
    }

    /// Published within three days of another, as far as the days are known.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        match (self.published, other.published) {
            (Some(a), Some(b)) => days_between(a, b).abs() <= NEAR_DAYS,
            _ => true,
        }
    }

    /// Its place among all: in order of publication (undated first), then of the numbers, because
    /// on one day a running toll rises.
    pub(super) fn order(&self) -> impl Ord + use<> {
        let q = self.quantity;
        (self.published, q.low, q.high.is_none(), q.high, self.at)
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
    if a == b {
        return 0;
    }
    // By hours: `until` would balance its answer over calendar units first.
    i32::try_from(a.duration_until(b).as_hours() / 24).unwrap_or(i32::MAX)
}

fn kind(entry: &Entry, meanings: &Meanings<'_>) -> Kind {
    let whole = meanings.whole(entry.belongs);
    let scope = entry.form.scope;
    let width = meanings.width(entry.area);
    if whole.is_some() || scope == Scope::Breakdown {
        let top = whole.map_or((scope, entry.window, width), |whole| whole.top);
        let runs = match top.0 {
            Scope::Cumulative | Scope::Breakdown => !is_one_day(top.1),
            _ => is_running(top.0, top.1, top.2),
        };
        return if runs && !is_one_day(entry.window) {
            Kind::RunningPart
        } else {
            Kind::SinglePart
        };
    }
    if is_running(scope, entry.window, width) {
        Kind::Running
    } else if scope == Scope::Unknown && entry.window.is_none() {
        Kind::Unclear
    } else {
        Kind::Single
    }
}
