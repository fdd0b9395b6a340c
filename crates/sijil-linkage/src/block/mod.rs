//! Finds the pairs worth comparing: those that agree on two things.
//!
//! Of n rows there are n² / 2 pairs, nearly all of them strangers. Two rows of one person nearly
//! always agree on some two of: given name, a further name, the father, day of birth, day, place,
//! id. So rows are put into blocks by every such two, and pairs are taken within blocks. Names go
//! in by their key, on which spellings in both scripts meet. A block that is too large (a common
//! name in a large town) is split by each further field in turn; what no field splits is compared
//! with its neighbours only, and the user is told.
//!
//! Blocks are gone through one after the other; only the pairs that may be one person are kept.

mod atoms;
mod split;

use std::ops::Range;

use rayon::prelude::*;

use crate::compare::Plan;
use crate::table::Table;
use atoms::{Atoms, Class};
use split::{Cut, Splitting};

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
    ("id and place", &[(Class::Place, Class::Id)]),
    ("two ids", &[(Class::Id, Class::Id)]),
];

/// What rows of a table can agree on, two things at a time.
pub(crate) struct Agreements<'a>(Atoms<'a>);

impl<'a> Agreements<'a> {
    /// How many there are.
    pub(crate) const COUNT: usize = PASSES.len();

    pub(crate) fn of(table: &'a Table, plan: &Plan) -> Self {
        Self(Atoms::of(table, plan))
    }

    /// The keys of some rows for one agreement, ascending: the upper half of a number is of the
    /// key, the lower the row.
    pub(crate) fn keys(&self, agreement: usize, rows: Range<u32>) -> Vec<u64> {
        PASSES.get(agreement).map(|(_, twos)| keyed(&self.0, rows, twos)).unwrap_or_default()
    }
}

/// The rows of a pair.
pub(crate) fn ends(pair: u64) -> (u32, u32) {
    (u32::try_from(pair >> 32).unwrap_or(0), u32::try_from(pair & 0xffff_ffff).unwrap_or(0))
}

/// Two rows as one number, the smaller first.
pub(crate) fn pair_of(a: u32, b: u32) -> u64 {
    u64::from(a.min(b)) << 32 | u64::from(a.max(b))
}

/// What one pass over the rows gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// What the rows of a block agree on.
    pub agreement: &'static str,
    /// Pairs in its blocks, some of them in more than one.
    pub looked_at: u64,
    /// Pairs that it kept and no earlier pass had.
    pub new: u64,
    /// Blocks that were compared in part only, since nothing splits them.
    pub cut: u64,
    /// Rows of the largest of these.
    pub largest: u64,
}

/// Blocks of rows that agree on two things.
pub(crate) struct Blocks {
    passes: Vec<Made>,
}

/// The blocks of one pass.
struct Made {
    agreement: &'static str,
    /// The rows of all blocks, one block after the other.
    rows: Vec<u32>,
    /// Where each block ends.
    ends: Vec<usize>,
    cut: Cut,
}

/// Blocks that one thread goes through at a time.
const SHARE: usize = 4096;

impl Blocks {
    /// Puts the rows into blocks of at most `most` rows, as far as they can be split.
    pub(crate) fn of(table: &Table, plan: &Plan, most: usize) -> Self {
        let rows = u32::try_from(table.len()).unwrap_or(u32::MAX);
        // Few rows are all compared with each other.
        if table.len() <= most {
            let agreement = "nothing: all rows are compared";
            let (all, ends) = ((0..rows).collect(), vec![table.len()]);
            return Self { passes: vec![Made { agreement, rows: all, ends, cut: Cut::default() }] };
        }
        let atoms = Atoms::of(table, plan);
        let splitting = Splitting::of(&atoms, most);
        let made = PASSES.iter().map(|(agreement, twos)| {
            let keyed = keyed(&atoms, 0..rows, twos);
            made(agreement, &keyed, &splitting)
        });
        Self { passes: made.filter(|made| !made.ends.is_empty()).collect() }
    }

    /// Goes through all blocks and gives the pairs that `look` hands out of each, every pair once
    /// and in ascending order. Pairs that it does not hand out are never stored.
    pub(crate) fn pairs<F>(&self, look: F) -> (Vec<u64>, Vec<Pass>)
    where
        F: Fn(&[u32], &mut Vec<u64>) + Sync,
    {
        let (mut all, mut passes) = (Vec::new(), Vec::new());
        for made in &self.passes {
            let mut looked_at = 0;
            let shares: Vec<Vec<u64>> = (0..made.ends.len())
                .into_par_iter()
                .step_by(SHARE)
                .map(|start| {
                    let mut pairs = Vec::new();
                    for at in start..made.ends.len().min(start + SHARE) {
                        look(made.block(at), &mut pairs);
                    }
                    pairs.sort_unstable();
                    pairs.dedup();
                    pairs
                })
                .collect();
            let sizes = (0..made.ends.len()).map(|at| made.block(at).len() as u64);
            looked_at += sizes.map(|size| size * size.saturating_sub(1) / 2).sum::<u64>();
            let before = all.len();
            merge(&mut all, &shares);
            passes.push(Pass {
                agreement: made.agreement,
                looked_at,
                new: (all.len() - before) as u64,
                cut: made.cut.blocks as u64,
                largest: made.cut.largest as u64,
            });
        }
        (all, passes)
    }
}

impl Made {
    fn block(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.rows[start..self.ends[at]]
    }
}

/// The keys of all rows, sorted: the upper half of a number is of the key, the lower the row. Of a
/// key 32 bits are kept: that two keys meet in them is rare, and costs no more than a few needless
/// comparisons.
fn keyed(atoms: &Atoms<'_>, rows: Range<u32>, twos: &[(Class, Class)]) -> Vec<u64> {
    let shares: Vec<Vec<u64>> = rows
        .into_par_iter()
        .fold(
            || (Vec::new(), Vec::new()),
            |(mut keyed, mut all), row| {
                atoms.read(row, &mut all);
                atoms::keys(&all, twos, |key| keyed.push(key >> 32 << 32 | u64::from(row)));
                (keyed, all)
            },
        )
        .map(|(keyed, _)| keyed)
        .collect();
    let mut keyed = shares.concat();
    drop(shares);
    keyed.par_sort_unstable();
    keyed.dedup();
    keyed
}

fn made(agreement: &'static str, keyed: &[u64], splitting: &Splitting<'_>) -> Made {
    let alike: Vec<&[u64]> =
        keyed.chunk_by(|a, b| a >> 32 == b >> 32).filter(|block| block.len() > 1).collect();
    let none = || Made { agreement, rows: Vec::new(), ends: Vec::new(), cut: Cut::default() };
    let shares: Vec<Made> = alike
        .par_chunks(SHARE)
        .map(|blocks| {
            let (mut made, mut rows, mut cut) = (none(), Vec::new(), Cut::default());
            for block in blocks {
                rows.clear();
                rows.extend(block.iter().map(|key| ends(*key).1));
                splitting.take(&rows, &mut cut, &mut |rows| {
                    made.rows.extend(rows);
                    made.ends.push(made.rows.len());
                });
            }
            made.cut = cut;
            made
        })
        .collect();
    shares.into_iter().fold(none(), |mut all, made| {
        let before = all.rows.len();
        all.rows.extend(made.rows);
        all.ends.extend(made.ends.into_iter().map(|end| before + end));
        all.cut.blocks += made.cut.blocks;
        all.cut.largest = all.cut.largest.max(made.cut.largest);
        all
    })
}

/// Adds pairs to sorted ones, each once.
fn merge(all: &mut Vec<u64>, shares: &[Vec<u64>]) {
    shares.iter().for_each(|pairs| all.extend(pairs));
    all.par_sort_unstable();
    all.dedup();
}

/// What the user should know of the passes.
pub(crate) fn notes(passes: &[Pass]) -> impl Iterator<Item = String> {
    passes.iter().filter(|pass| pass.cut > 0).map(|pass| {
        let Pass { agreement, cut, largest, .. } = pass;
        format!(
            "{cut} groups of records that agree on {agreement} and on all else that splits them \
             were too large to compare in full (the largest has {largest})"
        )
    })
}
