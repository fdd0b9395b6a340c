//! The ledger of a register: an RFC 6962 Merkle tree over entries, with signed heads and proofs.
//!
//! Pure: entries, keys and times are handed in, nothing is read or drawn at random. The format is
//! described in `docs/register.md`, well enough to write another verifier from it.

mod entry;
mod hash;
mod head;
mod proof;
mod tree;

pub use entry::Entry;
pub use hash::{Hash, NotAHash, leaf_hash, node_hash};
pub use head::{Head, Signer, verify, verify_cosignature};
pub use proof::{verify_consistency, verify_inclusion};
pub use tree::Tree;
