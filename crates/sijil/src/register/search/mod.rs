//! Full text: what is said where, found by folded words, by how names sound, by day, place and
//! party.
//!
//! The index is SQLite's FTS5 without the texts. It is derived: [`follow`] brings it up to date
//! with each ledger entry, and `sijil verify` builds it anew and compares. Sealed items are left
//! out by the query itself, so that neither a hit nor a count nor a snippet tells of them.

mod check;
mod find;
mod follow;
mod incidents;
mod words;

pub use find::{Clearance, Found, Hit, Kind, Sought};
pub use words::{day_words, is_code, keys, tokens};

pub(super) use check::rebuild;
pub(super) use follow::{SOURCES, follow};
