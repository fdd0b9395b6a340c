//! Equal numbers that mean different things, and equal numbers that may be one number repeated.
//!
//! On 8 March 2025 two monitors both said 311: one of all killed, one of Alawite civilians. A
//! reader who merges the two, or takes one for a confirmation of the other, is wrong. This finds
//! such numbers; it decides nothing.

use std::collections::BTreeMap;

use super::entry::Entry;
use super::points::Line;
use super::population::words;
use super::series::Told;
use super::{LookAlike, StatementRef};
use crate::Act;

/// Smaller numbers agree by chance too often to be worth a reader's stop.
const LEAST: u64 = 20;

pub(super) fn look_alikes(told: Told<'_>, lines: &[Line]) -> Vec<LookAlike> {
    let mut by_number: BTreeMap<(u64, Act), Vec<&Entry>> = BTreeMap::new();
    for e in told.entries.iter().filter(|e| e.low() >= LEAST) {
        by_number.entry((e.low(), e.form.act)).or_default().push(e);
    }
    let depends: BTreeMap<StatementRef, u32> = lines
        .iter()
        .filter_map(|line| line.depends_on.map(|on| (line, on)))
        .flat_map(|(line, on)| told.all(&line.entries).map(move |e| (e.at, on)))
        .collect();
    let mut found = Vec::new();
    for ((number, _), same) in by_number {
        for near in near_runs(&same) {
            let meanings = meanings(told, &near, &depends);
            if meanings.len() > 1 {
                found.push(LookAlike {
                    number,
                    statements: meanings.iter().map(|e| e.at).collect(),
                    difference: difference(told, &meanings),
                });
            }
        }
    }
    found
}

/// Runs of statements in which each is published near the one before it.
fn near_runs<'e>(entries: &[&'e Entry]) -> Vec<Vec<&'e Entry>> {
    let mut runs: Vec<Vec<&'e Entry>> = Vec::new();
    for &e in entries {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| last.is_near(e)) => run.push(e),
            _ => runs.push(vec![e]),
        }
    }
    runs
}

/// One statement of each meaning, in order of publication.
fn meanings<'e>(
    told: Told<'_>,
    run: &[&'e Entry],
    depends: &BTreeMap<StatementRef, u32>,
) -> Vec<&'e Entry> {
    let mut meanings: Vec<&'e Entry> = Vec::new();
    for &e in run {
        if !meanings.iter().any(|m| same_meaning(told, m, e, depends)) {
            meanings.push(e);
        }
    }
    meanings
}

/// One origin's wording of one thing, or an origin that is known to repeat the other.
fn same_meaning(
    told: Told<'_>,
    a: &Entry,
    b: &Entry,
    depends: &BTreeMap<StatementRef, u32>,
) -> bool {
    let on = |x: &Entry, y: &Entry| depends.get(&x.at).is_some_and(|on| *on == y.source);
    let one_origin = a.source == b.source || on(a, b) || on(b, a);
    let sides = a.sides.is_empty() || b.sides.is_empty() || a.sides == b.sides;
    one_origin && sides && told.meanings.same_toll(a.population, b.population)
}

/// One sentence that says how the meanings differ.
fn difference(told: Told<'_>, meanings: &[&Entry]) -> String {
    let number = meanings.first().map_or(0, |e| e.low());
    let act = meanings.first().map_or(Act::Killed, |e| e.form.act);
    let said: Vec<String> = meanings
        .iter()
        .map(|e| {
            let by = e.sides.words();
            let by = if by.is_empty() { by } else { format!(" by {by}") };
            let source = told.meanings.name(e.source);
            let whom = words(told.meanings.population(e.population));
            format!("{source} counts {whom} {}{by}", act.code())
        })
        .collect();
    let first = meanings.first();
    let alike = meanings
        .iter()
        .all(|e| first.is_some_and(|f| f.population == e.population && f.sides == e.sides));
    let verdict = if alike {
        "the same thing by different origins: one may repeat the other"
    } else if meanings.iter().all(|e| first.is_some_and(|f| f.source == e.source)) {
        "one origin, different things or different wordings of the outlets"
    } else {
        "different things that must not be merged"
    };
    format!("{number}: {}; {verdict}.", said.join("; "))
}
