//! The tree: leaves are appended, every earlier state can still be proved.

use crate::hash::{Hash, node_hash};
use crate::head::Head;

/// A Merkle tree over leaf hashes. Keeps every complete subtree's hash, so that a root or a proof
/// takes logarithmic time: twice 32 bytes a leaf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// `levels[0]` are the leaves; `levels[h][i]` covers leaves `i·2^h .. (i+1)·2^h`.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The tree over these leaf hashes.
    pub fn from_leaves(leaves: impl IntoIterator<Item = Hash>) -> Self {
        let mut tree = Self::default();
        leaves.into_iter().for_each(|leaf| tree.append(leaf));
        tree
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// Adds a leaf.
    pub fn append(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for height in 0.. {
            if self.levels.len() == height {
                self.levels.push(Vec::new());
            }
            let level = &mut self.levels[height];
            level.push(hash);
            // An odd count is half a pair: it waits for its sibling.
            if level.len() % 2 == 1 {
                return;
            }
            hash = node_hash(&level[level.len() - 2], &level[level.len() - 1]);
        }
    }

    /// The root over all leaves (RFC 6962, MTH).
    pub fn root(&self) -> Hash {
        self.range_root(0, self.leaves())
    }

    /// Size and root.
    pub fn head(&self) -> Head {
        Head { size: self.size(), root: self.root() }
    }

    /// The head when the tree had `size` leaves; `None` when it has not had so many.
    pub fn head_at(&self, size: u64) -> Option<Head> {
        let count = usize::try_from(size).ok().filter(|count| *count <= self.leaves())?;
        Some(Head { size, root: self.range_root(0, count) })
    }

    /// Hashes that prove leaf `index` in the tree of the first `size` leaves (RFC 6962, PATH),
    /// from the leaf's sibling up; `None` when there is no such leaf or tree.
    pub fn inclusion(&self, index: u64, size: u64) -> Option<Vec<Hash>> {
        let count = usize::try_from(size).ok().filter(|count| *count <= self.leaves())?;
        let index = usize::try_from(index).ok().filter(|index| *index < count)?;
        let mut path = Vec::new();
        self.path(index, 0, count, &mut path);
        Some(path)
    }

    /// Hashes that prove that the first `old` leaves of the tree of `new` leaves are the older
    /// tree (RFC 6962, PROOF); `None` when the tree has not had these sizes. Empty for `old` 0 or
    /// equal to `new`.
    pub fn consistency(&self, old: u64, new: u64) -> Option<Vec<Hash>> {
        let new = usize::try_from(new).ok().filter(|new| *new <= self.leaves())?;
        let old = usize::try_from(old).ok().filter(|old| *old <= new)?;
        let mut proof = Vec::new();
        if old > 0 && old < new {
            self.subproof(old, 0, new, true, &mut proof);
        }
        Some(proof)
    }

    fn leaves(&self) -> usize {
        self.levels.first().map_or(0, Vec::len)
    }

    /// Root over leaves `start .. end`, where `start` is a multiple of the largest power of two
    /// that is less than the width, as in every recursion of the RFC.
    fn range_root(&self, start: usize, end: usize) -> Hash {
        let width = end - start;
        if width == 0 {
            return Hash::of_nothing();
        }
        if width.is_power_of_two() {
            let height = width.trailing_zeros() as usize;
            return self.levels[height][start >> height];
        }
        let split = start + left_width(width);
        node_hash(&self.range_root(start, split), &self.range_root(split, end))
    }

    fn path(&self, index: usize, start: usize, end: usize, path: &mut Vec<Hash>) {
        if end - start == 1 {
            return;
        }
        let split = start + left_width(end - start);
        if index < split {
            self.path(index, start, split, path);
            path.push(self.range_root(split, end));
        } else {
            self.path(index, split, end, path);
            path.push(self.range_root(start, split));
        }
    }

    fn subproof(&self, old: usize, start: usize, end: usize, known: bool, proof: &mut Vec<Hash>) {
        if old == end {
            if !known {
                proof.push(self.range_root(start, end));
            }
            return;
        }
        let split = start + left_width(end - start);
        if old <= split {
            self.subproof(old, start, split, known, proof);
            proof.push(self.range_root(split, end));
        } else {
            self.subproof(old, split, end, false, proof);
            proof.push(self.range_root(start, split));
        }
    }
}

/// The largest power of two below `width`, which is at least 2.
fn left_width(width: usize) -> usize {
    1 << (usize::BITS - 1 - (width - 1).leading_zeros())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;

    /// The definition of RFC 6962, section 2.1, without any memory.
    fn mth(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Hash::of_nothing(),
            [one] => *one,
            many => {
                let (left, right) = many.split_at(left_width(many.len()));
                node_hash(&mth(left), &mth(right))
            }
        }
    }

    /// Leaves and roots of the test vectors that certificate-transparency programs share.
    #[test]
    fn the_known_roots_come_out() {
        let leaves = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let mut tree = Tree::default();
        assert_eq!(
            tree.root().to_string(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        for (leaf, root) in leaves.iter().zip(roots) {
            let bytes: Vec<u8> = (0..leaf.len() / 2)
                .map(|i| u8::from_str_radix(&leaf[2 * i..2 * i + 2], 16).unwrap())
                .collect();
            tree.append(leaf_hash(&bytes));
            assert_eq!(tree.root().to_string(), root);
        }
    }

    #[test]
    fn every_size_has_the_root_of_the_definition() {
        let leaves: Vec<Hash> = (0u32..130).map(|n| leaf_hash(&n.to_be_bytes())).collect();
        let tree = Tree::from_leaves(leaves.iter().copied());
        for size in 0..=leaves.len() {
            let head = tree.head_at(size as u64).unwrap();
            assert_eq!(head.root, mth(&leaves[..size]), "{size} leaves");
        }
        assert_eq!(tree.head_at(131), None);
    }
}
