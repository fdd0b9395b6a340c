//! What a range compares: figures of one kind, one population, one area and one window.
//!
//! The frame is read off the figures themselves. *Kind*: running tolls where there are any, else
//! figures of a day, of unclear scope, of an incident; a part stands for its origin only where
//! that origin gives no whole. *Population*: the widest one named. *Area* and *window*: those that
//! most origins speak of, the wider one in a tie. What does not fit is left out with a reason.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::StatementRef;
use super::area::Width;
use super::entry::{is_one_day, is_running};
use super::meanings::Terms;
use super::population::{is_narrower, words};
use crate::{Modality, Quantity, Scope, Window};

/// A latest figure of an account with what the frame needs to know of it, words by the codes of
/// [`Terms`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// The caller's number of it.
    pub(super) nth: usize,
    pub(super) source: u32,
    pub(super) depends_on: Option<u32>,
    pub(super) population: u32,
    pub(super) area: u32,
    /// Classes of parties that it blames.
    pub(super) parties: usize,
    pub(super) class: Class,
    pub(super) modality: Modality,
    pub(super) published: Option<Date>,
    pub(super) window: Option<Window>,
    pub(super) quantity: Quantity,
    pub(super) first: StatementRef,
}

/// Kinds of figures, the one that a range prefers first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Running,
    Day,
    Unclear,
    Incident,
    Part,
}

impl Class {
    /// The kind of a figure in an account of such a width, with the scopes and windows of all its
    /// points: a figure of unclear scope that stands in a running series runs along.
    pub(super) fn of(
        scope: Scope,
        window: Option<Window>,
        width: Option<Width>,
        mut points: impl Iterator<Item = (Scope, Option<Window>)>,
    ) -> Self {
        let mut runs = || {
            is_running(scope, window, width)
                || (scope == Scope::Unknown && points.any(|(s, w)| is_running(s, w, width)))
        };
        match scope {
            Scope::Breakdown => Self::Part,
            Scope::Incident => Self::Incident,
            _ if runs() => Self::Running,
            Scope::Cumulative => Self::Day,
            Scope::Unknown => Self::Unclear,
        }
    }
}

/// The comparable figures, and the others with the reason why they are not.
#[derive(Clone, Debug)]
pub(super) struct Framed<'t> {
    pub(super) items: Vec<Item>,
    pub(super) left_out: Vec<(StatementRef, Reason)>,
    terms: &'t Terms,
}

/// Why a figure is not compared.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reason {
    Plain(&'static str),
    /// Another population than the one counted.
    Population {
        own: u32,
        counted: u32,
    },
    /// Another area than the one counted.
    Area {
        own: u32,
        counted: u32,
    },
    /// It repeats another origin.
    Repeats {
        origin: u32,
        used: bool,
    },
}

impl Reason {
    /// The reason in words.
    pub(super) fn words(self, terms: &Terms) -> String {
        match self {
            Self::Plain(words) => words.to_owned(),
            Self::Population { own, counted } => {
                let (own, counted) = (terms.populations.get(own), terms.populations.get(counted));
                let only = if is_narrower(own, counted) { "only " } else { "" };
                format!("counts {only}{}, this range counts {}", words(own), words(counted))
            }
            Self::Area { own, counted } => {
                let (own, counted) = (terms.width(own), terms.width(counted));
                let (wide, of) = (words_of(own), words_of(counted));
                match own.cmp(&counted) {
                    Ordering::Less => format!("covers only {wide}, this range {of}"),
                    Ordering::Equal => "covers another area of the same width".to_owned(),
                    Ordering::Greater => format!("covers {wide}, this range {of}"),
                }
            }
            Self::Repeats { origin, used: false } => {
                format!("repeats {}, whose own figure is used", terms.names.get(origin))
            }
            Self::Repeats { origin, used: true } => {
                format!("repeats {}: not used for the best figure", terms.names.get(origin))
            }
        }
    }
}

impl<'t> Framed<'t> {
    /// Sorts out what can be compared among `items`.
    pub(super) fn of(terms: &'t Terms, mut items: Vec<Item>) -> Self {
        // The order of figures in all results, whatever order they came in.
        items.sort_by_key(|i| (i.source, i.first, i.population));
        let mut framed = Self { items, left_out: Vec::new(), terms };
        framed.drop_unsaid();
        framed.keep_class();
        framed.keep_population();
        framed.keep_area();
        framed.keep_window();
        framed.keep_one_an_origin();
        framed
    }

    /// Keeps the items for which `reason` gives none.
    fn retain(&mut self, mut reason: impl FnMut(&Item) -> Option<Reason>) {
        let left_out = &mut self.left_out;
        self.items.retain(|item| match reason(item) {
            Some(reason) => {
                left_out.push((item.first, reason));
                false
            }
            None => true,
        });
    }

    /// Whether all items have one value: then there is nothing to choose.
    fn agree<K: PartialEq>(&self, value: impl Fn(&Item) -> K) -> bool {
        self.items.windows(2).all(|two| value(&two[0]) == value(&two[1]))
    }

    fn drop_unsaid(&mut self) {
        self.retain(|i| match i.modality {
            Modality::Denied => Some(Reason::Plain("denied by the source")),
            Modality::Expected => {
                Some(Reason::Plain("feared or expected, not said to have happened"))
            }
            _ => None,
        });
    }

    fn keep_class(&mut self) {
        if self.agree(|i| i.class) {
            return;
        }
        let Some(best) = self.items.iter().map(|i| i.class).min() else { return };
        let whole: BTreeSet<u32> =
            self.items.iter().filter(|i| i.class == best).map(|i| i.source).collect();
        self.retain(|i| match i.class {
            c if c == best => None,
            Class::Part if !whole.contains(&i.source) => None,
            Class::Part => Some(Reason::Plain("part of a figure of the same source")),
            Class::Incident => Some(Reason::Plain("one incident, not a running toll")),
            Class::Day => Some(Reason::Plain("figure of one day, not a running toll")),
            _ => Some(Reason::Plain("does not say whether it is a running toll")),
        });
    }

    fn keep_population(&mut self) {
        if self.agree(|i| i.population) {
            return;
        }
        // Parts do not decide who is counted where a whole figure does.
        let wholes = self.items.iter().map(|i| i.class).min();
        let named = self.items.iter().filter(|i| Some(i.class) == wholes).map(|i| i.population);
        let named = distinct(named);
        let all = &self.terms.populations;
        let is_narrow = |p: u32| named.iter().any(|q| is_narrower(all.get(p), all.get(*q)));
        let widest = named.iter().copied().filter(|p| !is_narrow(*p));
        let origins = self.origins_by(|i| i.population);
        let counted = most(widest, |p| origins.get(p).map_or(0, BTreeSet::len));
        let Some(counted) = counted else { return };
        self.retain(|i| {
            let own = i.population;
            (own != counted).then_some(Reason::Population { own, counted })
        });
    }

    fn keep_area(&mut self) {
        if self.agree(|i| i.area) {
            return;
        }
        let terms = self.terms;
        let named = self.items.iter().map(|i| i.area).filter(|a| terms.width(*a).is_some());
        let mut areas = distinct(named);
        areas.sort_by_key(|a| std::cmp::Reverse(terms.width(*a)));
        let origins = self.origins_by(|i| i.area);
        let speaking =
            |area: &u32| together(origins.iter().filter(|(a, _)| terms.same_area(**a, *area)));
        let Some(counted) = most(areas.into_iter(), speaking) else { return };
        self.retain(|i| {
            let own = i.area;
            (!terms.same_area(own, counted)).then_some(Reason::Area { own, counted })
        });
    }

    fn keep_window(&mut self) {
        if self.agree(|i| i.window) && self.items.first().is_none_or(|i| is_one_day(i.window)) {
            return;
        }
        let windows = distinct(self.items.iter().filter_map(|i| i.window));
        let origins = self.origins_by(|i| i.window);
        let speaking = |window: &Window| {
            // One day agrees with itself and with what names none: no need to look at the others,
            // of which years have thousands.
            if is_one_day(Some(*window)) {
                let keys = [None, Some(*window)];
                return together(keys.iter().filter_map(|key| origins.get_key_value(key)));
            }
            together(origins.iter().filter(|(w, _)| windows_agree(**w, Some(*window))))
        };
        let Some(cell) = most(windows.into_iter(), speaking) else { return };
        self.retain(|i| {
            (!windows_agree(i.window, Some(cell)))
                .then_some(Reason::Plain("speaks of other days than this range"))
        });
    }

    /// Of several figures of one origin the one that names most sides or none, then the latest.
    fn keep_one_an_origin(&mut self) {
        // Items of one origin follow each other.
        let groups = self.items.chunk_by(|a, b| a.source == b.source);
        let widest = groups.filter_map(|group| {
            group.iter().rev().max_by_key(|item| width(item)).map(|item| item.first)
        });
        let chosen: BTreeSet<StatementRef> = widest.collect();
        self.retain(|i| {
            (!chosen.contains(&i.first))
                .then_some(Reason::Plain("a wider or later figure of the same source is used"))
        });
    }

    /// The independent origins behind each value that figures have.
    fn origins_by<K: Ord>(&self, value: impl Fn(&Item) -> K) -> BTreeMap<K, BTreeSet<u32>> {
        let mut origins: BTreeMap<K, BTreeSet<u32>> = BTreeMap::new();
        for item in self.items.iter().filter(|i| i.depends_on.is_none()) {
            origins.entry(value(item)).or_default().insert(item.source);
        }
        origins
    }
}

/// How many origins stand behind several values together.
fn together<'o, K: 'o>(values: impl Iterator<Item = (K, &'o BTreeSet<u32>)>) -> usize {
    values.flat_map(|(_, origins)| origins).collect::<BTreeSet<_>>().len()
}

/// The value with most origins; the first of several.
fn most<T>(values: impl Iterator<Item = T>, origins: impl Fn(&T) -> usize) -> Option<T> {
    let mut best: Option<(usize, T)> = None;
    for value in values {
        let count = origins(&value);
        if best.as_ref().is_none_or(|(n, _)| count > *n) {
            best = Some((count, value));
        }
    }
    best.map(|(_, value)| value)
}

/// Each value once, where it comes first.
fn distinct<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    values.filter(|value| seen.insert(*value)).collect()
}

/// A figure that names no side counts what any side did.
fn width(i: &Item) -> impl Ord + use<> {
    let sides = match i.parties {
        0 => usize::MAX,
        n => n,
    };
    (std::cmp::Reverse(i.class), sides, i.published, i.quantity.low)
}

fn words_of(width: Option<Width>) -> &'static str {
    width.map_or("an area that it does not name", Width::words)
}

/// One day is only itself; longer windows agree where they overlap; unknown ones agree with all.
fn windows_agree(a: Option<Window>, b: Option<Window>) -> bool {
    let (Some(x), Some(y)) = (a, b) else { return true };
    if is_one_day(a) || is_one_day(b) {
        return x == y;
    }
    let before = |end: Option<_>, start: Option<_>| end.zip(start).is_some_and(|(e, s)| e < s);
    !before(x.end, y.start) && !before(y.end, x.start)
}
