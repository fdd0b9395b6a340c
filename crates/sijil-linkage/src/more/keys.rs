//! Which rows agree on two things with a new one: the keys of all rows, sorted.

use rayon::prelude::*;

use crate::block::Agreements;
use crate::compare::Plan;
use crate::table::Table;

/// More rows than these that agree on two things are passed over: those of them that are the same
/// person agree on two rarer things as well, as a rule.
const MOST: usize = 200;

/// Keys of rows: the upper half of a number is of the key, the lower the row.
pub(crate) struct Keys {
    /// For each agreement the keys, ascending: of the rows that were there first, and of later ones.
    sorted: Vec<[Vec<u64>; 2]>,
}

impl Keys {
    pub(super) fn of(table: &Table, plan: &Plan) -> Self {
        let rows = 0..u32::try_from(table.len()).unwrap_or(u32::MAX);
        let agreements = Agreements::of(table, plan);
        let keys = (0..Agreements::COUNT).map(|at| [agreements.keys(at, rows.clone()), Vec::new()]);
        Self { sorted: keys.collect() }
    }

    /// The pairs of a row from `first` on and an earlier one that agree on two things and pass
    /// `look`; every pair once, ascending.
    pub(super) fn meet(
        &mut self,
        table: &Table,
        plan: &Plan,
        first: u32,
        look: impl Fn(u32, u32) -> bool + Sync,
    ) -> Vec<u64> {
        let rows = first..u32::try_from(table.len()).unwrap_or(u32::MAX);
        let agreements = Agreements::of(table, plan);
        let mut all: Vec<u64> = Vec::new();
        for (at, [old, late]) in self.sorted.iter_mut().enumerate() {
            let new = agreements.keys(at, rows.clone());
            late.extend(&new);
            late.par_sort_unstable();
            let (old, late) = (&*old, &*late);
            let met = new.par_iter().flat_map_iter(|key| {
                let (key, row) = (key >> 32, key & 0xffff_ffff);
                let blocks = [with(old, key), with(late, key)];
                let small = blocks[0].len() + blocks[1].len() <= MOST;
                let both = if small { blocks } else { [&[][..]; 2] };
                both.into_iter()
                    .flatten()
                    .map(|other| other & 0xffff_ffff)
                    .filter(move |other| *other < row)
                    .map(move |other| other << 32 | row)
            });
            all.par_extend(met.filter(|pair| {
                let (a, b) = crate::block::ends(*pair);
                look(a, b)
            }));
        }
        all.par_sort_unstable();
        all.dedup();
        all
    }
}

/// The keys among sorted ones that begin with these bits.
fn with(sorted: &[u64], key: u64) -> &[u64] {
    let start = sorted.partition_point(|other| other >> 32 < key);
    let end = start + sorted[start..].partition_point(|other| other >> 32 == key);
    &sorted[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_by_their_upper_half() {
        let keys: Vec<u64> = [(1, 7), (3, 2), (3, 9), (4, 1)].map(|(k, r)| k << 32 | r).to_vec();
        assert_eq!(with(&keys, 3), &keys[1..3]);
        assert!(with(&keys, 2).is_empty() && with(&keys, 9).is_empty());
    }
}
