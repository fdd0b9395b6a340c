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
pub(crate) struct Blocks<'a> {
    table: &'a Table,
    atoms: Atoms<'a>,
    /// Rows that a block may have.
    most: usize,
}

/// Sorted keys of rows: the upper half of a number is of the key, the lower the row.
type Keyed = Vec<u64>;

/// Blocks that one thread goes through at a time.
const SHARE: usize = 2048;

impl<'a> Blocks<'a> {
    pub(crate) fn of(table: &'a Table, plan: &Plan, most: usize) -> Self {
        Self { table, atoms: Atoms::of(table, plan), most }
    }

    /// Goes through all blocks and gives the pairs that `look` hands out of each, every pair once
    /// and in ascending order. Pairs that it does not hand out are never stored.
    pub(crate) fn pairs<F>(&self, look: F) -> (Vec<u64>, Vec<Pass>)
    where
        F: Fn(&[u32], &mut Vec<u64>) + Sync,
    {
        // Few rows are all compared with each other.
        if self.table.len() <= self.most {
            let rows: Vec<u32> = (0..self.rows()).collect();
            let mut pairs = Vec::new();
            look(&rows, &mut pairs);
            let (looked_at, new) = (pairs_of(rows.len()), pairs.len() as u64);
            let agreement = "nothing: all rows are compared";
            return (pairs, vec![Pass { agreement, looked_at, new, cut: 0, largest: 0 }]);
        }
        let (mut all, mut passes) = (Vec::new(), Vec::new());
        for (agreement, twos) in PASSES {
            let keyed = self.keyed(twos);
            if keyed.is_empty() {
                continue;
            }
            let (found, looked_at, cut) = self.pass(&keyed, &look);
            let before = all.len();
            merge(&mut all, found);
            let (new, largest) = ((all.len() - before) as u64, cut.largest as u64);
            passes.push(Pass { agreement, looked_at, new, cut: cut.blocks as u64, largest });
        }
        (all, passes)
    }

    fn rows(&self) -> u32 {
        u32::try_from(self.table.len()).unwrap_or(u32::MAX)
    }

    /// The keys of all rows, sorted. Of a key 32 bits are kept: that two keys meet in them is rare,
    /// and costs no more than a few needless comparisons.
    fn keyed(&self, twos: &[(Class, Class)]) -> Keyed {
        let shares: Vec<Keyed> = (0..self.rows())
            .into_par_iter()
            .fold(
                || (Vec::new(), Vec::new()),
                |(mut keyed, mut all), row| {
                    self.atoms.read(row, &mut all);
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

    fn pass<F>(&self, keyed: &[u64], look: &F) -> (Vec<u64>, u64, Cut)
    where
        F: Fn(&[u32], &mut Vec<u64>) + Sync,
    {
        let splitting = Splitting::of(&self.atoms, self.most);
        let blocks: Vec<&[u64]> =
            keyed.chunk_by(|a, b| a >> 32 == b >> 32).filter(|block| block.len() > 1).collect();
        let shares: Vec<(Vec<u64>, u64, Cut)> = blocks
            .par_chunks(SHARE)
            .map(|blocks| {
                let (mut pairs, mut looked_at, mut cut) = (Vec::new(), 0, Cut::default());
                let mut rows = Vec::new();
                for block in blocks {
                    rows.clear();
                    rows.extend(block.iter().map(|key| ends(*key).1));
                    splitting.take(&rows, &mut cut, &mut |rows| {
                        looked_at += pairs_of(rows.len());
                        look(rows, &mut pairs);
                    });
                }
                pairs.sort_unstable();
                pairs.dedup();
                (pairs, looked_at, cut)
            })
            .collect();
        let (mut pairs, mut looked_at, mut cut) = (Vec::new(), 0, Cut::default());
        for (found, looked, cuts) in shares {
            pairs.extend(found);
            looked_at += looked;
            cut.blocks += cuts.blocks;
            cut.largest = cut.largest.max(cuts.largest);
        }
        (pairs, looked_at, cut)
    }
}

fn pairs_of(rows: usize) -> u64 {
    (rows as u64) * (rows as u64).saturating_sub(1) / 2
}

/// Adds pairs to sorted ones, each once.
fn merge(all: &mut Vec<u64>, more: Vec<u64>) {
    all.extend(more);
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
