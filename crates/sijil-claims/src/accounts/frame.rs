//! What a range compares: figures of one kind, one population, one area and one window.
//!
//! The frame is read off the figures themselves. *Kind*: running tolls where there are any, else
//! figures of a day, of unclear scope, of an incident; a part stands for its origin only where
//! that origin gives no whole. *Population*: the widest one named. *Area* and *window*: those that
//! most origins speak of, the wider one in a tie. What does not fit is left out with a reason.

use std::collections::{BTreeMap, BTreeSet};

use super::area::{Area, Width};
use super::entry::{is_one_day, is_running};
use super::population::{is_narrower, words};
use super::{Account, Point, Population, StatementRef};
use crate::{Modality, Scope, Window};

/// A figure with what the frame needs to know of it.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    pub(super) account: &'a Account,
    pub(super) point: &'a Point,
    area: Area,
    class: Class,
}

/// Kinds of figures, the one that a range prefers first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Running,
    Day,
    Unclear,
    Incident,
    Part,
}

/// The comparable figures, and the others with the reason why they are not.
#[derive(Clone, Debug, Default)]
pub(super) struct Framed<'a> {
    pub(super) items: Vec<Item<'a>>,
    pub(super) left_out: Vec<(StatementRef, String)>,
}

impl<'a> Item<'a> {
    fn new(account: &'a Account, point: &'a Point) -> Self {
        let area = Area::of_names(&account.area);
        let class = match point.scope {
            Scope::Breakdown => Class::Part,
            Scope::Incident => Class::Incident,
            _ if runs(account, point, &area) => Class::Running,
            Scope::Cumulative => Class::Day,
            Scope::Unknown => Class::Unclear,
        };
        Self { account, point, area, class }
    }

    fn source(&self) -> &'a str {
        &self.account.source
    }
}

/// A figure of unclear scope that stands in a running series runs along.
fn runs(account: &Account, point: &Point, area: &Area) -> bool {
    is_running(point.scope, point.window, area.width())
        || (point.scope == Scope::Unknown
            && account.points.iter().any(|p| is_running(p.scope, p.window, area.width())))
}

impl<'a> Framed<'a> {
    /// Sorts out what can be compared among the latest figures of `points`.
    pub(super) fn of(points: &[(&'a Account, &'a Point)]) -> Self {
        let mut items: Vec<Item<'a>> = points
            .iter()
            .filter(|(_, p)| !p.superseded && !p.statements.is_empty())
            .map(|(a, p)| Item::new(a, p))
            .collect();
        items.sort_by(|a, b| order(a).cmp(&order(b)));
        let mut framed = Self { items, left_out: Vec::new() };
        framed.drop_unsaid();
        framed.keep_class();
        framed.keep_population();
        framed.keep_area();
        framed.keep_window();
        framed.keep_one_an_origin();
        framed.left_out.sort();
        framed
    }

    /// Keeps the items for which `reason` gives none.
    fn retain(&mut self, reason: impl Fn(&Item<'a>) -> Option<String>) {
        let mut kept = Vec::with_capacity(self.items.len());
        for item in std::mem::take(&mut self.items) {
            match (reason(&item), item.point.statements.first()) {
                (Some(r), Some(at)) => self.left_out.push((*at, r)),
                _ => kept.push(item),
            }
        }
        self.items = kept;
    }

    fn drop_unsaid(&mut self) {
        self.retain(|i| match i.point.modality {
            Modality::Denied => Some("denied by the source".to_owned()),
            Modality::Expected => Some("feared or expected, not said to have happened".to_owned()),
            _ => None,
        });
    }

    fn keep_class(&mut self) {
        let Some(best) = self.items.iter().map(|i| i.class).min() else { return };
        let whole: BTreeSet<&str> =
            self.items.iter().filter(|i| i.class == best).map(Item::source).collect();
        self.retain(|i| match i.class {
            c if c == best => None,
            Class::Part if !whole.contains(i.source()) => None,
            Class::Part => Some("part of a figure of the same source".to_owned()),
            Class::Incident => Some("one incident, not a running toll".to_owned()),
            Class::Day => Some("figure of one day, not a running toll".to_owned()),
            _ => Some("does not say whether it is a running toll".to_owned()),
        });
    }

    fn keep_population(&mut self) {
        // Parts do not decide who is counted where a whole figure does.
        let wholes = self.items.iter().map(|i| i.class).min();
        let named: Vec<&Population> = self
            .items
            .iter()
            .filter(|i| Some(i.class) == wholes)
            .map(|i| &i.account.population)
            .collect();
        let named = distinct(named);
        let widest = named.iter().copied().filter(|p| !named.iter().any(|q| is_narrower(p, q)));
        let origins = self.origins_by(|i| &i.account.population);
        let counted = most(widest, |p| origins.get(p).map_or(0, BTreeSet::len));
        let Some(cell) = counted.cloned() else { return };
        self.retain(|i| {
            let p = &i.account.population;
            if *p == cell {
                None
            } else if is_narrower(p, &cell) {
                Some(format!("counts only {}, this range counts {}", words(p), words(&cell)))
            } else {
                Some(format!("counts {}, this range counts {}", words(p), words(&cell)))
            }
        });
    }

    fn keep_area(&mut self) {
        let named = self.items.iter().map(|i| &i.area).filter(|a| !a.is_empty());
        let mut areas = distinct(named.collect());
        areas.sort_by_key(|a| std::cmp::Reverse(a.width()));
        let origins = self.origins_by(|i| &i.area);
        let speaking = |area: &&Area| together(origins.iter().filter(|(a, _)| a.same_toll(area)));
        let Some(cell) = most(areas.into_iter(), speaking).cloned() else { return };
        self.retain(|i| {
            if i.area.same_toll(&cell) {
                return None;
            }
            let (own, of) = (words_of(&i.area), words_of(&cell));
            Some(match i.area.width().cmp(&cell.width()) {
                std::cmp::Ordering::Less => format!("covers only {own}, this range {of}"),
                std::cmp::Ordering::Equal => "covers another area of the same width".to_owned(),
                std::cmp::Ordering::Greater => format!("covers {own}, this range {of}"),
            })
        });
    }

    fn keep_window(&mut self) {
        let windows = distinct(self.items.iter().filter_map(|i| i.point.window).collect());
        let origins = self.origins_by(|i| i.point.window);
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
            (!windows_agree(i.point.window, Some(cell)))
                .then(|| "speaks of other days than this range".to_owned())
        });
    }

    /// Of several figures of one origin the one that names most sides or none, then the latest.
    fn keep_one_an_origin(&mut self) {
        let mut chosen: BTreeMap<&str, &Item<'a>> = BTreeMap::new();
        for item in &self.items {
            let better = chosen.get(item.source()).is_none_or(|c| width(c) < width(item));
            if better {
                chosen.insert(item.source(), item);
            }
        }
        let chosen: BTreeSet<StatementRef> =
            chosen.values().filter_map(|i| i.point.statements.first().copied()).collect();
        self.retain(|i| {
            let kept = i.point.statements.first().is_some_and(|s| chosen.contains(s));
            (!kept).then(|| "a wider or later figure of the same source is used".to_owned())
        });
    }

    /// The independent origins behind each value that figures have.
    fn origins_by<'i, K: Ord>(&'i self, value: impl Fn(&'i Item<'a>) -> K) -> Origins<'a, K> {
        let mut origins: BTreeMap<K, BTreeSet<&'a str>> = BTreeMap::new();
        for item in self.items.iter().filter(|i| i.account.depends_on.is_none()) {
            origins.entry(value(item)).or_default().insert(item.source());
        }
        origins
    }
}

/// Origins by a value of their figures.
type Origins<'a, K> = BTreeMap<K, BTreeSet<&'a str>>;

/// How many origins stand behind several values together.
fn together<'o, K: 'o>(values: impl Iterator<Item = (K, &'o BTreeSet<&'o str>)>) -> usize {
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
fn distinct<T: Ord + Copy>(values: Vec<T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    values.into_iter().filter(|value| seen.insert(*value)).collect()
}

/// The order of figures in all results, whatever order they came in.
fn order<'i>(i: &'i Item<'_>) -> impl Ord + 'i {
    (i.source(), i.point.statements.first().copied(), &i.account.population)
}

/// A figure that names no side counts what any side did.
fn width(i: &Item<'_>) -> impl Ord + use<> {
    let sides = match i.account.parties.len() {
        0 => usize::MAX,
        n => n,
    };
    (std::cmp::Reverse(i.class), sides, i.point.published, i.point.quantity.low)
}

fn words_of(area: &Area) -> &'static str {
    area.width().map_or("an area that it does not name", Width::words)
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
