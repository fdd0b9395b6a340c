//! Equal numbers that mean different things, and equal numbers that may be one number repeated.
//!
//! On 8 March 2025 two monitors both said 311: one of all killed, one of Alawite civilians. A
//! reader who merges the two, or takes one for a confirmation of the other, is wrong. This finds
//! such numbers; it decides nothing.

use std::collections::BTreeMap;

use super::entry::Entry;
use super::population::{same_toll, side_words, words};
use super::{Account, LookAlike, StatementRef};
use crate::Act;

/// Smaller numbers agree by chance too often to be worth a reader's stop.
const LEAST: u64 = 20;

pub(super) fn look_alikes(entries: &[Entry<'_>], accounts: &[Account]) -> Vec<LookAlike> {
    let mut by_number: BTreeMap<(u64, Act), Vec<&Entry<'_>>> = BTreeMap::new();
    for e in entries.iter().filter(|e| e.statement.claim.quantity.low >= LEAST) {
        let claim = e.statement.claim;
        by_number.entry((claim.quantity.low, claim.act)).or_default().push(e);
    }
    let depends: BTreeMap<StatementRef, &str> = accounts
        .iter()
        .filter_map(|a| a.depends_on.as_deref().map(|d| (a, d)))
        .flat_map(|(a, d)| {
            a.points.iter().flat_map(move |p| p.statements.iter().map(move |s| (*s, d)))
        })
        .collect();
    let mut found = Vec::new();
    for ((number, _), same) in by_number {
        for near in near_runs(&same) {
            let meanings = meanings(&near, &depends);
            if meanings.len() > 1 {
                found.push(LookAlike {
                    number,
                    statements: meanings.iter().map(|e| e.statement.at).collect(),
                    difference: difference(&meanings),
                });
            }
        }
    }
    found
}

/// Runs of statements in which each is published near the one before it.
fn near_runs<'e, 'a>(entries: &[&'e Entry<'a>]) -> Vec<Vec<&'e Entry<'a>>> {
    let mut runs: Vec<Vec<&'e Entry<'a>>> = Vec::new();
    for &e in entries {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| last.is_near(e)) => run.push(e),
            _ => runs.push(vec![e]),
        }
    }
    runs
}

/// One statement of each meaning, in order of publication.
fn meanings<'e, 'a>(
    run: &[&'e Entry<'a>],
    depends: &BTreeMap<StatementRef, &str>,
) -> Vec<&'e Entry<'a>> {
    let mut meanings: Vec<&'e Entry<'a>> = Vec::new();
    for &e in run {
        if !meanings.iter().any(|m| same_meaning(m, e, depends)) {
            meanings.push(e);
        }
    }
    meanings
}

/// One origin's wording of one thing, or an origin that is known to repeat the other.
fn same_meaning(a: &Entry<'_>, b: &Entry<'_>, depends: &BTreeMap<StatementRef, &str>) -> bool {
    let on = |x: &Entry<'_>, y: &Entry<'_>| {
        depends.get(&x.statement.at).is_some_and(|d| *d == y.origin.name)
    };
    let one_origin = a.origin.name == b.origin.name || on(a, b) || on(b, a);
    let sides = a.sides.is_empty() || b.sides.is_empty() || a.sides == b.sides;
    one_origin && sides && same_toll(&a.population, &b.population)
}

/// One sentence that says how the meanings differ.
fn difference(meanings: &[&Entry<'_>]) -> String {
    let number = meanings.first().map_or(0, |e| e.statement.claim.quantity.low);
    let act = meanings.first().map_or(Act::Killed, |e| e.statement.claim.act);
    let said: Vec<String> = meanings
        .iter()
        .map(|e| {
            let by = side_words(&e.sides);
            let by = if by.is_empty() { by } else { format!(" by {by}") };
            format!("{} counts {} {}{by}", e.origin.name, words(&e.population), act.code())
        })
        .collect();
    let first = meanings.first();
    let alike = meanings
        .iter()
        .all(|e| first.is_some_and(|f| f.population == e.population && (f.sides == e.sides)));
    let verdict = if alike {
        "the same thing by different origins: one may repeat the other"
    } else if meanings.iter().all(|e| first.is_some_and(|f| f.origin.name == e.origin.name)) {
        "one origin, different things or different wordings of the outlets"
    } else {
        "different things that must not be merged"
    };
    format!("{number}: {}; {verdict}.", said.join("; "))
}
