//! The store: a folder with `sijil.db` (SQLite) and `evidence/` (originals under their SHA-256), both
//! encrypted where `keys.toml` lies beside them.
//!
//! Everything is written inside a [`Write`], one transaction that also carries its ledger entries
//! and ends with a signed head; evidence files are on disk before the transaction that names them
//! commits. Reading is by plain functions on [`Register`], each *as of* a ledger entry. The
//! register decides nothing: use cases do.

mod anew;
mod columns;
mod entities;
mod error;
mod evidence;
mod file;
mod form;
mod items;
mod judgements;
mod keys;
mod ledger;
mod open;
mod original;
mod pages;
mod persons;
mod problems;
mod proofs;
mod readings;
mod rows;
mod search;
mod write;

pub use columns::{Coded, Columns};
pub use entities::Entered;
pub use error::{Error, Result};
pub use evidence::{Evidence, Staged};
pub use items::{CapturedItem, NewItem};
pub use keys::with_chance;
pub use ledger::{LedgerEntry, SignedHead};
pub use open::Register;
pub use original::{OpenOriginal, Original};
pub use pages::damaged_pages;
pub use persons::{LinkState, PairRow, Verdict};
pub use proofs::RowsAt;
pub use readings::{DocumentRow, ListingRow, NewReading, ReadContent, RecordRow};
pub use rows::{Change, Changes};
pub use search::{Clearance, Found, Hit, Kind, Sought, day_words, is_code, keys, tokens};
pub use write::Write;

/// A point of the history: the number of the last ledger entry that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AsOf(pub u64);

impl AsOf {
    /// All that is known now.
    pub const NOW: Self = Self(i64::MAX as u64);

    /// The number as the database takes it.
    pub(crate) fn sql(self) -> i64 {
        i64::try_from(self.0).unwrap_or(i64::MAX)
    }
}
