//! A lowest, a best and a highest over what sources say, each with the source it stands on.
//!
//! Nothing is averaged or added: each of the three numbers is one that a source gives. They
//! describe how far the sources are apart, not how likely a number is.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::frame::{Framed, Item};
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
    let Framed { items, mut left_out } = Framed::of(points);
    let present: BTreeSet<&str> = items.iter().map(|i| i.account.source.as_str()).collect();
    let mut used = Vec::with_capacity(items.len());
    for item in &items {
        match (&item.account.depends_on, item.point.statements.first()) {
            (Some(origin), Some(at)) if repeats_present(item, origin, &present) => {
                left_out.push((*at, format!("repeats {origin}, whose own figure is used")));
            }
            (Some(origin), Some(at)) => {
                left_out.push((*at, format!("repeats {origin}: not used for the best figure")));
                used.push(item);
            }
            _ => used.push(item),
        }
    }
    // Origins that repeat each other in a circle would leave nothing.
    if used.is_empty() {
        used = items.iter().collect();
    }
    left_out.sort();
    let mut statements: Vec<StatementRef> =
        used.iter().flat_map(|i| i.point.statements.iter().copied()).collect();
    statements.sort_unstable();
    Some(Range { low: low(&used)?, best: best(&used)?, high: high(&used)?, statements, left_out })
}

fn repeats_present(item: &Item<'_>, origin: &str, present: &BTreeSet<&str>) -> bool {
    item.account.source != origin && present.contains(origin)
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

fn low(items: &[&Item<'_>]) -> Option<Bound> {
    let item = items.iter().min_by_key(|i| i.point.quantity.low)?;
    Some(bound("lowest", item, Some(item.point.quantity.low)))
}

fn high(items: &[&Item<'_>]) -> Option<Bound> {
    // The first of several equal ones, as for the lowest: `max_by_key` would take the last.
    let closed = items.iter().rev().filter_map(|i| Some((i.point.quantity.high?, i)));
    let closed = closed.max_by_key(|(h, _)| *h);
    let open = items.iter().rev().filter(|i| i.point.quantity.high.is_none());
    let open = open.max_by_key(|i| i.point.quantity.low);
    match (closed, open) {
        (Some((h, item)), None) => Some(bound("highest", item, Some(h))),
        (Some((h, item)), Some(o)) if h > o.point.quantity.low => {
            Some(bound("highest", item, Some(h)))
        }
        (_, Some(item)) => Some(bound("open, no closed figure is higher", item, None)),
        (None, None) => None,
    }
}

fn best(items: &[&Item<'_>]) -> Option<Bound> {
    let independent = |i: &&&Item<'_>| i.account.depends_on.is_none();
    let number = |i: &&&Item<'_>| i.point.quantity.qualifier != Qualifier::Vague;
    let mut pool: Vec<&&Item<'_>> = items.iter().filter(independent).filter(number).collect();
    if pool.is_empty() {
        pool = items.iter().filter(independent).collect();
    }
    if pool.is_empty() {
        pool = items.iter().collect();
    }
    pool.sort_by_key(|i| stated(i.point.quantity));
    let item = pool.get(pool.len().checked_sub(1)? / 2)?;
    let what = match pool.len() {
        1 if item.account.depends_on.is_some() => {
            "only origin, itself repeating another".to_owned()
        }
        1 => "only independent origin with a number".to_owned(),
        n => format!("middle of {n} independent origins"),
    };
    Some(bound(&what, item, Some(stated(item.point.quantity))))
}

fn bound(what: &str, item: &Item<'_>, value: Option<u64>) -> Bound {
    let published = match item.point.published {
        Some(day) => format!("published {day}"),
        None => "day of publication not known".to_owned(),
    };
    let words = in_words(item.point);
    Bound {
        value,
        reason: format!("{what}: {}, {words}, {published}", item.account.source),
        statements: item.point.statements.clone(),
    }
}

/// The figure in English words, whatever language the source used.
fn in_words(point: &Point) -> String {
    let q = point.quantity;
    let low = grouped(q.low);
    match q.qualifier {
        Qualifier::Exact => low,
        Qualifier::AtLeast => format!("at least {low}"),
        Qualifier::MoreThan => format!("more than {}", grouped(q.low.saturating_sub(1))),
        Qualifier::About => format!("about {low}"),
        Qualifier::UpTo => format!("up to {}", grouped(q.high.unwrap_or(q.low))),
        Qualifier::Nearly => format!("nearly {low}"),
        Qualifier::Vague => format!("\"{}\" read as {low} or more", point.surface.trim()),
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
