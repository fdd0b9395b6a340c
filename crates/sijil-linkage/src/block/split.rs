//! Pairs within blocks, and blocks that are too large.

use rayon::prelude::*;

use super::atoms::Atoms;
use super::pair_of;

/// What came of one pass.
#[derive(Default)]
pub(super) struct Pass {
    /// Pairs, some of them more than once.
    pub(super) pairs: Vec<u64>,
    /// Blocks that were compared in part only.
    pub(super) cut: usize,
    /// Rows of the largest of them.
    pub(super) largest: usize,
}

/// Neighbours that a row is compared with in a block that nothing splits.
const NEIGHBOURS: usize = 12;
/// How many fields a block is split by, one within the other.
const DEEPEST: usize = 3;

/// Pairs of all blocks of a pass: runs of one key in `keyed`, which is sorted.
pub(super) fn pairs(keyed: &[(u64, u32)], atoms: &[Atoms], most: usize) -> Pass {
    let blocks: Vec<&[(u64, u32)]> =
        keyed.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1).collect();
    let passes: Vec<Pass> = blocks
        .par_chunks(256)
        .map(|blocks| {
            let mut pass = Pass::default();
            for block in blocks {
                let rows: Vec<u32> = block.iter().map(|(_, row)| *row).collect();
                take(&rows, atoms, most, 0, &mut pass);
            }
            pass.pairs.sort_unstable();
            pass.pairs.dedup();
            pass
        })
        .collect();
    passes.into_iter().fold(Pass::default(), |mut all, pass| {
        all.pairs.extend(pass.pairs);
        all.cut += pass.cut;
        all.largest = all.largest.max(pass.largest);
        all
    })
}

fn take(rows: &[u32], atoms: &[Atoms], most: usize, depth: usize, pass: &mut Pass) {
    if rows.len() <= most {
        for (at, a) in rows.iter().enumerate() {
            pass.pairs.extend(rows[at + 1..].iter().map(|b| pair_of(*a, *b)));
        }
        return;
    }
    let splits = if depth < DEEPEST { splits(rows, atoms) } else { Vec::new() };
    // At first by each field that splits at all, so that no one field must agree; further down
    // by the one that splits best.
    let wanted = if depth == 0 { splits.len() } else { 1 };
    for (_, splitter) in splits.iter().take(wanted) {
        let value = |row: &u32| atoms[*row as usize].splitters[*splitter];
        let mut valued: Vec<(u64, u32)> = rows.iter().map(|row| (value(row), *row)).collect();
        valued.sort_unstable();
        for part in valued.chunk_by(|a, b| a.0 == b.0) {
            // Rows without a value are met in the splits by other fields.
            if (part[0].0 != 0 || depth > 0) && part.len() > 1 {
                let rows: Vec<u32> = part.iter().map(|(_, row)| *row).collect();
                take(&rows, atoms, most, depth + 1, pass);
            }
        }
    }
    if splits.is_empty() {
        pass.cut += 1;
        pass.largest = pass.largest.max(rows.len());
        let mut sorted: Vec<u32> = rows.to_vec();
        sorted.sort_by(|a, b| {
            let of = |row: &u32| &atoms[*row as usize].splitters;
            of(a).cmp(of(b)).then(a.cmp(b))
        });
        for (at, a) in sorted.iter().enumerate() {
            pass.pairs.extend(sorted[at + 1..].iter().take(NEIGHBOURS).map(|b| pair_of(*a, *b)));
        }
    }
}

/// Splitters that split these rows, the best first: by the pairs that they leave.
fn splits(rows: &[u32], atoms: &[Atoms]) -> Vec<(usize, usize)> {
    let count = atoms[rows[0] as usize].splitters.len();
    let mut found: Vec<(usize, usize)> = (0..count)
        .filter_map(|splitter| {
            let mut values: Vec<u64> =
                rows.iter().map(|row| atoms[*row as usize].splitters[splitter]).collect();
            values.sort_unstable();
            let runs = values.chunk_by(|a, b| a == b).map(<[u64]>::len);
            let largest = runs.clone().max()?;
            let left = runs.map(|run| run * run).sum();
            (largest * 10 <= rows.len() * 9).then_some((left, splitter))
        })
        .collect();
    found.sort_unstable();
    found
}
