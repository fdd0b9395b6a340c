//! Accounts: which source says how many, of whom, over which window, by whom.
//!
//! Claims are statements; an account is one origin's series of statements about one thing. Twenty
//! outlets that carry one monitor are one account. Nothing is added up here: sources overlap.

mod types;

pub use types::{
    Account, Accounts, LookAlike, Point, Population, Statement, StatementRef, SumCheck, SumKind,
};
