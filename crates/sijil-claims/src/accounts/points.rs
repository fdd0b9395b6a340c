//! A series as an account: its points in order, and which of them are superseded.
//!
//! The same number again is the same point, whoever carries it and however late: outlets repeat
//! old figures. A later figure takes the place of the earlier ones, a lower one too (a
//! correction), except an open-ended one ("more than 1,000") that the figure that stands already
//! satisfies: it says nothing new.

use std::collections::BTreeSet;

use super::entry::Entry;
use super::series::Series;
use super::{Account, Point, Population};

pub(super) fn account(series: &Series<'_, '_>) -> Option<Account> {
    let first = series.entries.first()?;
    let mut points: Vec<Point> = Vec::new();
    for e in &series.entries {
        let q = e.statement.claim.quantity;
        match points.iter_mut().find(|p| p.quantity.low == q.low) {
            Some(p) => carry(p, e),
            None => points.push(point(e)),
        }
    }
    supersede(&mut points);
    for p in &mut points {
        p.carried_by.sort();
        p.carried_by.dedup();
        p.statements.sort_unstable();
    }
    let entries = &series.entries;
    Some(Account {
        source: first.origin.name.clone(),
        source_kind: first.origin.kind.clone(),
        depends_on: entries.iter().find_map(|e| e.origin.depends_on.clone()),
        act: first.statement.claim.act,
        population: Population {
            victims: first.population.victims.clone(),
            // The group is shown only where every wording names it.
            group: entries
                .iter()
                .all(|e| e.population.group == first.population.group)
                .then(|| first.population.group.clone())
                .flatten(),
        },
        parties: entries
            .iter()
            .flat_map(|e| e.classes.iter().copied())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        party_words: party_words(entries),
        area: area(entries),
        points,
    })
}

fn point(e: &Entry<'_>) -> Point {
    let claim = e.statement.claim;
    Point {
        published: e.statement.published,
        window: claim.window,
        quantity: claim.quantity,
        surface: claim.surface.clone(),
        scope: claim.scope,
        modality: claim.modality,
        carried_by: e.statement.outlet.map(str::to_owned).into_iter().collect(),
        statements: vec![e.statement.at],
        superseded: false,
    }
}

fn carry(point: &mut Point, e: &Entry<'_>) {
    point.carried_by.extend(e.statement.outlet.map(str::to_owned));
    point.statements.push(e.statement.at);
    if point.window.is_none() {
        point.window = e.statement.claim.window;
    }
}

fn supersede(points: &mut [Point]) {
    // Not the highest ever: after a correction downwards the figures before it count no longer.
    let mut standing = 0;
    let mut latest: Option<usize> = None;
    for i in 0..points.len() {
        let q = points[i].quantity;
        if q.high.is_none() && standing >= q.low {
            points[i].superseded = true;
            continue;
        }
        if let Some(before) = latest {
            points[before].superseded = true;
        }
        standing = q.low;
        latest = Some(i);
    }
}

/// The words of the first statement that names anybody.
fn party_words(entries: &[&Entry<'_>]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let first = entries.iter().find(|e| !e.statement.claim.perpetrators.is_empty());
    for p in first.into_iter().flat_map(|e| &e.statement.claim.perpetrators) {
        if !words.contains(&p.text) {
            words.push(p.text.clone());
        }
    }
    words
}

/// Ids first, then names as written, each once.
fn area(entries: &[&Entry<'_>]) -> Vec<String> {
    let places = || entries.iter().flat_map(|e| &e.statement.claim.places);
    let ids: BTreeSet<&String> = places().filter_map(|p| p.id.as_ref()).collect();
    let names: BTreeSet<&String> = places().filter(|p| p.id.is_none()).map(|p| &p.text).collect();
    ids.into_iter().chain(names).cloned().collect()
}
