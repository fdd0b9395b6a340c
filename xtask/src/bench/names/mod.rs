//! Measures `sijil-text`'s names against what they must hold, and against peers.
//!
//! Everything is measured on names that nothing was learned from (`names::data::Use::Measure`, the
//! development part of the tokens, the journalists); the lists lie beside the repository, and no
//! row of them is printed.

mod pairwise;
mod retrieval;

use std::fmt::Write as _;

use anyhow::Result;

pub(super) fn run() -> Result<String> {
    let mut text = String::new();
    let only = std::env::var("SIJIL_NAMES_BENCH").unwrap_or_default();
    if only.is_empty() || only.contains('r') {
        text.push_str(&retrieval::measure()?);
    }
    if only.is_empty() || only.contains('p') {
        text.push_str(&pairwise::measure()?);
    }
    let _ = writeln!(text);
    Ok(text)
}
