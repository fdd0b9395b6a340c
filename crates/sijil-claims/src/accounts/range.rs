//! A lowest, a best and a highest over what sources say, each with the source it stands on.
//!
//! Nothing is averaged or added: each of the three numbers is one that a source gives. They
//! describe how far the sources are apart, not how likely a number is.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::area::Area;
use super::frame::{Class, Framed, Item, Reason};
use super::meanings::{Kept, Terms};
use super::{Account, Accounts, Point, StatementRef};
use crate::{Qualifier, Quantity};

/// How far the latest figures of comparable accounts are apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// The lowest low end that any source's latest figure gives.
    pub low: Bound,
    /// The (lower) middle of the independent origins' latest figures.
    pub best: Bound,
    /// The highest high end; open where the highest figure is and no closed one exceeds it.
    pub high: Bound,
    /// Every statement that the range rests on.
    pub statements: Vec<StatementRef>,
    /// Figures that were not compared, by their first statement, each with the reason.
    pub left_out: Vec<(StatementRef, String)>,
}

/// One end of a range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    /// The number; `None` where it is open.
    pub value: Option<u64>,
    /// Whose number it is and when it was published, in one phrase.
    pub reason: String,
    /// The statements that give it.
    pub statements: Vec<StatementRef>,
}

/// The range of one cell of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RangeCell {
    /// The caller's key.
    pub key: String,
    /// The range.
    pub range: Range,
}

/// The range over the latest figures of comparable accounts; `None` where nothing can be compared.
///
/// Superseded points are ignored. Incidents, parts, and figures of another population, area or
/// window than most are left out with a reason (see the frame's rules in
/// `docs/methods/accounts.md`). A figure that repeats another origin is left out where that origin
/// is in the range itself, and else only of `best`.
#[must_use]
pub fn range(points: &[(&Account, &Point)]) -> Option<Range> {
    let accounts = || points.iter().map(|(account, _)| *account);
    let both = |a: &Account| [Some(a.source.clone()), a.depends_on.clone()];
    let terms = Terms::of(
        Kept::of(accounts().flat_map(both).flatten()),
        Kept::of(accounts().map(|a| a.population.clone())),
        accounts().map(|a| Area::of_names(&a.area)),
    );
    let latest = points.iter().enumerate().filter(|(_, (_, p))| !p.superseded);
    let items = latest.filter_map(|(nth, (account, point))| item(&terms, nth, account, point));
    let compared = Compared::of(&terms, items.collect());
    let bound = |end: &Bounding| {
        let (account, point) = points[end.item.nth];
        Bound {
            value: end.value,
            reason: end.words(&account.source, &point.surface),
            statements: point.statements.clone(),
        }
    };
    let [low, best, high] = compared.ends()?;
    let mut left_out: Vec<(StatementRef, String)> =
        compared.left_out.iter().map(|(at, reason)| (*at, reason.words(&terms))).collect();
    left_out.sort();
    let behind = compared.used.iter().flat_map(|i| &points[i.nth].1.statements);
    let mut statements: Vec<StatementRef> = behind.copied().collect();
    statements.sort_unstable();
    Some(Range { low: bound(&low), best: bound(&best), high: bound(&high), statements, left_out })
}

fn item(terms: &Terms, nth: usize, account: &Account, point: &Point) -> Option<Item> {
    let area = terms.area(&account.area);
    let others = account.points.iter().map(|p| (p.scope, p.window));
    Some(Item {
        nth,
        source: terms.names.code(&account.source),
        depends_on: account.depends_on.as_ref().map(|name| terms.names.code(name)),
        population: terms.populations.code(&account.population),
        area,
        parties: account.parties.len(),
        class: Class::of(point.scope, point.window, terms.width(area), others),
        modality: point.modality,
        published: point.published,
        window: point.window,
        quantity: point.quantity,
        first: *point.statements.first()?,
    })
}

/// Figures that are compared, and those that are not.
#[derive(Clone, Debug)]
pub(super) struct Compared {
    pub(super) used: Vec<Item>,
    left_out: Vec<(StatementRef, Reason)>,
}

/// One end of a range: the figure that gives it, and how.
#[derive(Clone, Debug)]
pub(super) struct Bounding {
    what: String,
    pub(super) item: Item,
    pub(super) value: Option<u64>,
}

impl Compared {
    /// What can be compared of `items`.
    pub(super) fn of(terms: &Terms, items: Vec<Item>) -> Self {
        let Framed { items, mut left_out, .. } = Framed::of(terms, items);
        let present: BTreeSet<u32> = items.iter().map(|i| i.source).collect();
        let mut used = Vec::with_capacity(items.len());
        for item in &items {
            let Some(origin) = item.depends_on else {
                used.push(*item);
                continue;
            };
            // An origin that repeats itself would leave itself out.
            let is_used = item.source == origin || !present.contains(&origin);
            left_out.push((item.first, Reason::Repeats { origin, used: is_used }));
            used.extend(is_used.then_some(*item));
        }
        // Origins that repeat each other in a circle would leave nothing.
        if used.is_empty() {
            used = items;
        }
        Self { used, left_out }
    }

    /// Lowest, best and highest; `None` where nothing can be compared.
    pub(super) fn ends(&self) -> Option<[Bounding; 3]> {
        Some([low(&self.used)?, best(&self.used)?, high(&self.used)?])
    }
}

/// The ranges of all cells that `keys` sorts the latest points into, in the order of the keys.
///
/// A point may have several keys, or none; a cell in which nothing can be compared is not there.
pub fn breakdown(
    accounts: &Accounts,
    keys: &dyn Fn(&Account, &Point) -> Vec<String>,
) -> Vec<RangeCell> {
    let mut cells: BTreeMap<String, Vec<(&Account, &Point)>> = BTreeMap::new();
    for account in &accounts.accounts {
        for point in account.points.iter().filter(|p| !p.superseded) {
            let keys: BTreeSet<String> = keys(account, point).into_iter().collect();
            for key in keys {
                cells.entry(key).or_default().push((account, point));
            }
        }
    }
    cells
        .into_iter()
        .filter_map(|(key, points)| Some(RangeCell { key, range: range(&points)? }))
        .collect()
}

/// The number that a figure states: its low end, but "up to N" states N.
fn stated(q: Quantity) -> u64 {
    if q.qualifier == Qualifier::UpTo { q.high.unwrap_or(q.low) } else { q.low }
}

fn low(items: &[Item]) -> Option<Bounding> {
    let item = items.iter().min_by_key(|i| i.quantity.low)?;
    Some(bounding("lowest", item, Some(item.quantity.low)))
}

fn high(items: &[Item]) -> Option<Bounding> {
    // The first of several equal ones, as for the lowest: `max_by_key` would take the last.
    let closed = items.iter().rev().filter_map(|i| Some((i.quantity.high?, i)));
    let closed = closed.max_by_key(|(h, _)| *h);
    let open = items.iter().rev().filter(|i| i.quantity.high.is_none());
    let open = open.max_by_key(|i| i.quantity.low);
    match (closed, open) {
        (Some((h, item)), None) => Some(bounding("highest", item, Some(h))),
        (Some((h, item)), Some(o)) if h > o.quantity.low => {
            Some(bounding("highest", item, Some(h)))
        }
        (_, Some(item)) => Some(bounding("open, no closed figure is higher", item, None)),
        (None, None) => None,
    }
}

fn best(items: &[Item]) -> Option<Bounding> {
    let independent = |i: &&Item| i.depends_on.is_none();
    let number = |i: &&Item| i.quantity.qualifier != Qualifier::Vague;
    let mut pool: Vec<&Item> = items.iter().filter(independent).filter(number).collect();
    if pool.is_empty() {
        pool = items.iter().filter(independent).collect();
    }
    if pool.is_empty() {
        pool = items.iter().collect();
    }
    pool.sort_by_key(|i| stated(i.quantity));
    let item = pool.get(pool.len().checked_sub(1)? / 2)?;
    let what = match pool.len() {
        1 if item.depends_on.is_some() => "only origin, itself repeating another".to_owned(),
        1 => "only independent origin with a number".to_owned(),
        n => format!("middle of {n} independent origins"),
    };
    Some(bounding(&what, item, Some(stated(item.quantity))))
}

fn bounding(what: &str, item: &Item, value: Option<u64>) -> Bounding {
    Bounding { what: what.to_owned(), item: *item, value }
}

impl Bounding {
    /// Whose number it is and when it was published.
    pub(super) fn words(&self, source: &str, surface: &str) -> String {
        let published = match self.item.published {
            Some(day) => format!("published {day}"),
            None => "day of publication not known".to_owned(),
        };
        let words = in_words(self.item.quantity, surface);
        format!("{}: {source}, {words}, {published}", self.what)
    }
}

/// The figure in English words, whatever language the source used.
fn in_words(q: Quantity, surface: &str) -> String {
    let low = grouped(q.low);
    match q.qualifier {
        Qualifier::Exact => low,
        Qualifier::AtLeast => format!("at least {low}"),
        Qualifier::MoreThan => format!("more than {}", grouped(q.low.saturating_sub(1))),
        Qualifier::About => format!("about {low}"),
        Qualifier::UpTo => format!("up to {}", grouped(q.high.unwrap_or(q.low))),
        Qualifier::Nearly => format!("nearly {low}"),
        Qualifier::Vague => format!("\"{}\" read as {low} or more", surface.trim()),
    }
}

/// Digits in groups of three.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(d);
    }
    out
}
