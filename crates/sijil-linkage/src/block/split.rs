//! Blocks that are too large, and how they are made smaller.

use super::atoms::Atoms;

/// Neighbours that a row is compared with in a block that nothing splits.
const NEIGHBOURS: usize = 12;
/// How many fields a block is split by, one within the other.
const DEEPEST: usize = 3;

/// Splits blocks.
pub(super) struct Splitting<'a> {
    atoms: &'a Atoms<'a>,
    splitters: Vec<(usize, usize)>,
    /// Rows that a block may have.
    most: usize,
}

/// Blocks that were compared in part only.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cut {
    /// How many.
    pub(super) blocks: usize,
    /// Rows of the largest of them.
    pub(super) largest: usize,
}

impl<'a> Splitting<'a> {
    pub(super) fn of(atoms: &'a Atoms<'a>, most: usize) -> Self {
        Self { atoms, splitters: atoms.splitters(), most: most.max(2) }
    }

    /// Hands out the blocks that a block falls into: all pairs within each are to be looked at.
    pub(super) fn take(&self, rows: &[u32], cut: &mut Cut, hand: &mut dyn FnMut(&[u32])) {
        self.deeper(rows, 0, cut, hand);
    }

    fn deeper(&self, rows: &[u32], depth: usize, cut: &mut Cut, hand: &mut dyn FnMut(&[u32])) {
        if rows.len() <= self.most {
            hand(rows);
            return;
        }
        let splits = if depth < DEEPEST { self.splits(rows) } else { Vec::new() };
        if splits.is_empty() {
            cut.blocks += 1;
            cut.largest = cut.largest.max(rows.len());
            self.neighbours(rows, hand);
        }
        // At first by each field that splits at all, so that no one field must agree; further down
        // by the one that splits best.
        let wanted = if depth == 0 { splits.len() } else { 1 };
        for split in splits.iter().take(wanted) {
            for part in split.valued.chunk_by(|a, b| a.0 == b.0) {
                // Rows without a value are met in the splits by other fields.
                if (part[0].0 != 0 || depth > 0) && part.len() > 1 {
                    let rows: Vec<u32> = part.iter().map(|(_, row)| *row).collect();
                    self.deeper(&rows, depth + 1, cut, hand);
                }
            }
        }
    }

    /// Values of a splitter with their rows, ascending.
    fn valued(&self, rows: &[u32], splitter: usize) -> Vec<(u64, u32)> {
        let value = |row: u32| self.atoms.splitter(row, self.splitters[splitter]);
        let mut valued: Vec<(u64, u32)> = rows.iter().map(|row| (value(*row), *row)).collect();
        valued.sort_unstable();
        valued
    }

    /// Each row with those that stand next to it when all are sorted by what splits them.
    fn neighbours(&self, rows: &[u32], hand: &mut dyn FnMut(&[u32])) {
        let values = |row: u32| {
            let value = |splitter: &(usize, usize)| self.atoms.splitter(row, *splitter);
            self.splitters.iter().map(value).collect::<Vec<u64>>()
        };
        let mut sorted = rows.to_vec();
        sorted.sort_by_cached_key(|row| (values(*row), *row));
        for start in (0..sorted.len()).step_by(NEIGHBOURS) {
            let mut window = sorted[start..sorted.len().min(start + 2 * NEIGHBOURS)].to_vec();
            window.sort_unstable();
            hand(&window);
        }
    }

    /// Ways to split these rows, the best first.
    fn splits(&self, rows: &[u32]) -> Vec<Split> {
        let mut found: Vec<Split> = (0..self.splitters.len())
            .filter_map(|splitter| {
                let valued = self.valued(rows, splitter);
                let runs = valued.chunk_by(|a, b| a.0 == b.0).map(<[(u64, u32)]>::len);
                let largest = runs.clone().max()?;
                let left = runs.map(|run| run * run).sum();
                (largest * 10 <= rows.len() * 9).then_some(Split { left, splitter, valued })
            })
            .collect();
        found.sort_by_key(|split| (split.left, split.splitter));
        found
    }
}

/// A way to split rows.
struct Split {
    /// Pairs that it leaves, about twice.
    left: usize,
    splitter: usize,
    /// Values with their rows, ascending.
    valued: Vec<(u64, u32)>,
}
