//! Totals and their parts: which sums close and which do not.
//!
//! Parts fall into two heaps. "Including 12 women" does not claim to be all of the total and never
//! fails. Parts that split a total by party, by disjoint populations or by place claim to be all
//! of it and must close: exactly where every number is exact, within the rounding where one is
//! "about N", and below the upper end where the total is open or vague.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::Entry;
use super::population::is_kind_of_civilian;
use super::series::Told;
use super::{StatementRef, SumCheck, SumKind};
use crate::{Qualifier, Scope, Victims};

/// A list of places that reaches less than this share of the total (in tenths) is a selection.
const PLACES_TENTHS: u64 = 9;

/// Every total with parts, each once however many outlets carry it. Entries are in the order of
/// [`Entry::order`], so that the first of several carriers is the one shown.
pub(super) fn sums(told: Told<'_>) -> Vec<SumCheck> {
    let mut in_place: Vec<&Entry> = told.entries.iter().collect();
    in_place.sort_by_key(|e| e.at);
    let mut parts: BTreeMap<StatementRef, Vec<&Entry>> = BTreeMap::new();
    for e in in_place {
        if let Some(claim) = told.meanings.sayings.parent[e.nth].checked_sub(1) {
            let at = StatementRef { document: e.at.document, claim: claim as usize };
            parts.entry(at).or_default().push(e);
        }
    }
    let mut seen = BTreeSet::new();
    let mut sums = Vec::new();
    for total in told.entries {
        let Some(parts) = parts.get(&total.at) else { continue };
        for (parts, included) in sets(told, total, parts) {
            let Some(sum) = check(told, total, &parts, included) else { continue };
            let numbers: Vec<u64> = parts.iter().map(|p| number(p)).collect();
            if seen.insert((sum.source.clone(), sum.kind, sum.stated, numbers)) {
                sums.push(sum);
            }
        }
    }
    sums.sort_by(|a, b| (&a.source, a.total, a.kind).cmp(&(&b.source, b.total, b.kind)));
    sums
}

/// The parts of a total that are to be added up together, and whether they are only included in it.
///
/// A table may give the parts of a total within its row and in rows of their own: two ways to part
/// one total, never added. A row that is no part by its kind (what was documented on one day) is
/// included.
fn sets<'e>(told: Told<'_>, total: &Entry, parts: &[&'e Entry]) -> Vec<(Vec<&'e Entry>, bool)> {
    let mut sets = Vec::new();
    for way in [None, Some(true), Some(false)] {
        let of_way = parts.iter().copied().filter(|p| p.form.listed == way);
        let (included, split): (Vec<_>, Vec<_>) = of_way.partition(|p| {
            let is_part = way.is_none() || p.form.scope == Scope::Breakdown;
            !is_part || is_included(told, total, p)
        });
        sets.extend([(split, false), (included, true)]);
    }
    sets
}

fn number(e: &Entry) -> u64 {
    e.low()
}

/// Women, children, medics … of a total that counts people of every such kind.
fn is_included(told: Told<'_>, total: &Entry, part: &Entry) -> bool {
    let kinds = |e: &Entry| &told.meanings.population(e.population).victims;
    kinds(part).iter().all(|k| is_kind_of_civilian(*k)) && kinds(part) != kinds(total)
}

fn check(told: Told<'_>, total: &Entry, parts: &[&Entry], included: bool) -> Option<SumCheck> {
    if parts.is_empty() {
        return None;
    }
    let stated = number(total);
    let sum = parts.iter().fold(0_u64, |s, p| s.saturating_add(number(p)));
    // Kinds that cut across each other may be a complete split only where they are disjoint and
    // the total says so, which no text does: they stay "included".
    let mut kind =
        if included || parts.len() < 2 { SumKind::Included } else { split_by(told, parts) };
    if kind == SumKind::Place && sum.saturating_mul(10) < stated.saturating_mul(PLACES_TENTHS) {
        kind = SumKind::Included;
    }
    let closes = match kind {
        SumKind::Included => true,
        SumKind::Mixed if !all_distinct(parts) => sum <= upper(total),
        _ => closes(total, parts, sum),
    };
    let mut refs: Vec<StatementRef> = parts.iter().map(|p| p.at).collect();
    refs.sort_unstable();
    Some(SumCheck {
        source: told.meanings.name(total.source).to_owned(),
        total: total.at,
        parts: refs,
        kind,
        stated,
        sum,
        closes,
    })
}

/// The dimension in which every two parts differ.
fn split_by(told: Told<'_>, parts: &[&Entry]) -> SumKind {
    let pairs = |differ: &dyn Fn(&Entry, &Entry) -> bool| {
        parts.iter().enumerate().all(|(i, a)| parts[i + 1..].iter().all(|b| differ(a, b)))
    };
    if pairs(&|a, b| !a.sides.is_empty() && !b.sides.is_empty() && a.sides.is_disjoint(b.sides)) {
        SumKind::Party
    } else if pairs(&|a, b| are_disjoint(told, a, b)) {
        SumKind::Population
    } else if pairs(&|a, b| {
        let (x, y) = (told.meanings.area(a.area), told.meanings.area(b.area));
        x.is_disjoint(y) && !(x.is_empty() && y.is_empty())
    }) {
        SumKind::Place
    } else {
        SumKind::Mixed
    }
}

/// Disjoint named populations: no kind in common, none of them "people".
fn are_disjoint(told: Told<'_>, a: &Entry, b: &Entry) -> bool {
    let kinds = |e: &Entry| &told.meanings.population(e.population).victims;
    let named = |e: &Entry| !kinds(e).contains(&Victims::Unspecified);
    named(a) && named(b) && kinds(a).iter().all(|k| !kinds(b).contains(k))
}

/// Every two parts differ in something: population, sides or area.
fn all_distinct(parts: &[&Entry]) -> bool {
    let keys: BTreeSet<_> = parts.iter().map(|p| (p.population, p.sides, p.area)).collect();
    keys.len() == parts.len()
}

fn upper(total: &Entry) -> u64 {
    let q = total.quantity;
    q.high.unwrap_or(u64::MAX).saturating_add(rounding(total))
}

/// Half a unit of the last digit that is not zero, where the number is said to be rounded.
fn rounding(e: &Entry) -> u64 {
    let q = e.quantity;
    if !matches!(q.qualifier, Qualifier::About | Qualifier::Nearly) || q.low == 0 {
        return 0;
    }
    let mut unit = 1_u64;
    while q.low.is_multiple_of(unit.saturating_mul(10)) {
        unit = unit.saturating_mul(10);
    }
    unit.div_ceil(2)
}

fn is_open(e: &Entry) -> bool {
    let q = e.quantity;
    q.high != Some(q.low)
}

fn closes(total: &Entry, parts: &[&Entry], sum: u64) -> bool {
    let slack = parts.iter().fold(rounding(total), |s, p| s.saturating_add(rounding(p)));
    if is_open(total) || parts.iter().any(|p| is_open(p)) {
        return sum <= upper(total).saturating_add(slack);
    }
    sum.abs_diff(number(total)) <= slack
}
