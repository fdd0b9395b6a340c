//! Persons in columns: one number a person and trait, so that any breakdown of a large register
//! is counted in a moment.
//!
//! A *version* of a person is what its records say between two ledger entries. Versions have
//! positions in the order in which they came; what they say never changes, only the entry that
//! ends them is added. Everything here is derived: [`refresh`] follows each entry within its
//! transaction, [`rebuild`] does the same for a whole history, and `sijil verify` compares the two.
//!
//! Columns decide nothing. Which trait a person has is said by the model, what figures are made
//! of them by the use cases.

mod check;
mod read;
mod refresh;
mod segments;
mod touched;
mod versions;

pub use read::{Coded, Columns};

pub(super) use check::{SOURCES, differences, rebuild};
pub(super) use refresh::{State, refresh};

/// Ledger entry that brought a version.
const SINCE: &str = "since";
/// Ledger entry that ended it; 0 while it stands.
const UNTIL: &str = "until";
/// Number of the person.
const PERSON: &str = "person";
/// Records behind it.
const RECORDS: &str = "records";
/// Persons that it falls into when links short of certainty are cut.
const PARTS: &str = "parts";
