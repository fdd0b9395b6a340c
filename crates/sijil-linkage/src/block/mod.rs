//! Finds the pairs worth comparing: those that agree on two things.
//!
//! Of n rows there are n² / 2 pairs, nearly all of them strangers. Two rows of one person nearly
//! always agree on some two of: given name, a further name, the father, day of birth, day, place,
//! id. So rows are put into blocks by every such two, and pairs are taken within blocks. Names go
//! in by their key, on which spellings in both scripts meet. A block that is too large (a common
//! name in a large town) is split by each further field in turn; what no field splits is compared
//! with its neighbours only, and the user is told.

mod atoms;
mod split;

use rayon::prelude::*;

use crate::compare::Plan;
use crate::table::Table;
use atoms::{Atoms, Class};

/// The two things that rows of a block agree on.
const PASSES: &[(&str, &[(Class, Class)])] = &[
    // Names in any order: given and family name may be exchanged, the father may stand within the
    // name or beside it.
    (
        "two names",
        &[
            (Class::Given, Class::Further),
            (Class::Given, Class::Other),
            (Class::Further, Class::Further),
            (Class::Further, Class::Other),
            (Class::Other, Class::Other),
        ],
    ),
    ("given name and day of birth", &[(Class::Given, Class::Birth)]),
    ("given name and day", &[(Class::Given, Class::Day)]),
    ("given name and place", &[(Class::Given, Class::Place)]),
    ("further name and day of birth", &[(Class::Further, Class::Birth)]),
    ("further name and day", &[(Class::Further, Class::Day)]),
    ("further name and place", &[(Class::Further, Class::Place)]),
    ("other name and day of birth", &[(Class::Other, Class::Birth)]),
    ("other name and day", &[(Class::Other, Class::Day)]),
    ("other name and place", &[(Class::Other, Class::Place)]),
    ("day of birth and place", &[(Class::Birth, Class::Place)]),
    ("day and place", &[(Class::Day, Class::Place)]),
    ("id and given name", &[(Class::Given, Class::Id)]),
    ("id and further name", &[(Class::Further, Class::Id), (Class::Other, Class::Id)]),
    ("id and day of birth", &[(Class::Birth, Class::Id)]),
    ("two ids", &[(Class::Id, Class::Id)]),
];

/// The rows of a pair.
pub(crate) fn ends(pair: u64) -> (u32, u32) {
    (u32::try_from(pair >> 32).unwrap_or(0), u32::try_from(pair & 0xffff_ffff).unwrap_or(0))
}

/// Two rows as one number, the smaller first.
pub(crate) fn pair_of(a: u32, b: u32) -> u64 {
    u64::from(a.min(b)) << 32 | u64::from(a.max(b))
}

/// All pairs worth comparing, each once, in ascending order.
pub(crate) fn candidates(
    table: &Table,
    plan: &Plan,
    most: usize,
    notes: &mut Vec<String>,
) -> Vec<u64> {
    let rows = u32::try_from(table.len()).unwrap_or(u32::MAX);
    // Few rows are all compared with each other.
    if table.len() <= most {
        return (0..rows).flat_map(|a| (a + 1..rows).map(move |b| pair_of(a, b))).collect();
    }
    let atoms: Vec<Atoms> =
        (0..rows).into_par_iter().map(|row| Atoms::of(table, plan, row)).collect();
    let passes: Vec<split::Pass> = PASSES
        .par_iter()
        .enumerate()
        .map(|(number, (_, twos))| {
            let mut keyed: Vec<(u64, u32)> = Vec::with_capacity(atoms.len() * twos.len());
            for (row, atoms) in (0..).zip(&atoms) {
                atoms.keys(number as u64, twos, |key| keyed.push((key, row)));
            }
            keyed.par_sort_unstable();
            keyed.dedup();
            split::pairs(&keyed, &atoms, most.max(2))
        })
        .collect();
    let mut pairs = Vec::with_capacity(passes.iter().map(|pass| pass.pairs.len()).sum());
    for ((words, _), pass) in PASSES.iter().zip(passes) {
        pairs.extend(pass.pairs);
        if pass.cut > 0 {
            let (cut, rows) = (pass.cut, pass.largest);
            notes.push(format!(
                "{cut} groups of records that agree on {words} and on all else that splits them \
                 were too large to compare in full (the largest has {rows})"
            ));
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}
