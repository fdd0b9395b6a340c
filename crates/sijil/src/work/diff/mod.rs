//! Why a number moved between two points of the history.
//!
//! Every change of a documented cell is put down to persons: new, merged, split, withdrawn,
//! re-attributed, corrected. The changes of a cell add up to the difference of its two numbers, always:
//! nothing is left over. Reported figures are compared account by account.

mod accounts;
mod lines;
mod persons;

pub use accounts::{FigureChange, diff_accounts};
pub use lines::changes;
pub use persons::{Cause, CellChange, Change, diff_persons};
