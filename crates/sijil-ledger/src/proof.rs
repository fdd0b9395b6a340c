//! Checks of proofs, without the tree: what somebody else's program runs.
//!
//! The algorithms are those of RFC 9162, sections 2.1.3.2 and 2.1.4.2, which check the proofs of
//! RFC 6962.

use crate::hash::{Hash, node_hash};
use crate::head::Head;

/// Whether `path` proves that the leaf with hash `leaf` is number `index` under `head`.
pub fn verify_inclusion(leaf: &Hash, index: u64, head: &Head, path: &[Hash]) -> bool {
    if index >= head.size {
        return false;
    }
    let (mut node, mut last) = (index, head.size - 1);
    let mut hash = *leaf;
    for sibling in path {
        if last == 0 {
            return false;
        }
        if node % 2 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            while node % 2 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == head.root
}

/// Whether `proof` proves that the tree under `old` is the beginning of the tree under `new`.
pub fn verify_consistency(old: &Head, new: &Head, proof: &[Hash]) -> bool {
    if old.size == 0 || old.size == new.size {
        let same = old.size != new.size || old.root == new.root;
        return proof.is_empty() && same && old.size <= new.size;
    }
    if old.size > new.size {
        return false;
    }
    let (mut node, mut last) = (old.size - 1, new.size - 1);
    while node % 2 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let mut rest = proof.iter();
    // A complete old tree is its own first hash and is not repeated in the proof.
    let first = if old.size.is_power_of_two() { Some(&old.root) } else { rest.next() };
    let Some(first) = first else { return false };
    let (mut old_hash, mut new_hash) = (*first, *first);
    for hash in rest {
        if last == 0 {
            return false;
        }
        if node % 2 == 1 || node == last {
            old_hash = node_hash(hash, &old_hash);
            new_hash = node_hash(hash, &new_hash);
            while node % 2 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(&new_hash, hash);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == old.root && new_hash == new.root
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;
    use crate::tree::Tree;
    use proptest::prelude::*;

    fn tree(size: u64) -> Tree {
        Tree::from_leaves((0..size).map(|n| leaf_hash(&n.to_be_bytes())))
    }

    #[test]
    fn every_inclusion_and_consistency_proof_verifies_and_no_forged_one() {
        let tree = tree(65);
        for size in 1..=65 {
            let head = tree.head_at(size).unwrap();
            for index in 0..size {
                let path = tree.inclusion(index, size).unwrap();
                let leaf = leaf_hash(&index.to_be_bytes());
                assert!(verify_inclusion(&leaf, index, &head, &path));
                assert!(!verify_inclusion(&leaf, index + 1, &head, &path) || size == 1);
                assert!(!verify_inclusion(&leaf_hash(b"forged"), index, &head, &path));
            }
            for old in 0..=size {
                let proof = tree.consistency(old, size).unwrap();
                let before = tree.head_at(old).unwrap();
                assert!(verify_consistency(&before, &head, &proof), "{old} in {size}");
                let forged = Head { size: old, root: leaf_hash(b"forged") };
                assert!(old == 0 || !verify_consistency(&forged, &head, &proof));
            }
        }
    }

    proptest! {
        #[test]
        fn a_flipped_bit_in_a_path_is_found(
            size in 2u64..200, at in any::<prop::sample::Index>(), bit in 0usize..256,
        ) {
            let tree = tree(size);
            let index = at.index(usize::try_from(size).unwrap()) as u64;
            let mut path = tree.inclusion(index, size).unwrap();
            let nth = at.index(path.len());
            let mut bytes = *path[nth].as_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            path[nth] = Hash::from(bytes);
            let leaf = leaf_hash(&index.to_be_bytes());
            prop_assert!(!verify_inclusion(&leaf, index, &tree.head(), &path));
        }
    }
}
