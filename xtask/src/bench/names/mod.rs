//! Measures names against what they must hold, and peers on the same pairs and searches.
//!
//! Everything is measured on names that nothing was learned from (`names::data::Use::Measure`, the
//! development part of the tokens, the journalists). The lists lie beside the repository, and no
//! row of them is printed. `SIJIL_NAMES_PYTHON` names a Python that has the peers.

mod pairwise;
mod peers;
mod retrieval;
pub(super) mod speed;

use std::fmt::Write as _;
use std::fs;

use anyhow::Result;

use super::repository;

const HEAD: &str = "# Names: the same name in two scripts\n
Written by `cargo xtask bench names`, on names that nothing was learned from: a fifth of the people, by a hash of
the Arabic name. *Brothers* share all parts but the first. Look-alikes are what Jaro-Winkler finds nearest, strangers are
drawn by chance; there are about as many of each as of pairs of one name. *Called the same* is a probability of a half or
more. *Probability off by*: mean distance of stated and true share in ten bins. The test part of the tokens was never
looked at. Nothing was learned from this fifth, but its misses and the phenomena were read while rules were written: it is a
development set, and names never seen may do worse. Journalists' names are written by people; the romanisation of the four-part names is a dictionary's.\n";

/// Rewrites `bench/names.md`.
pub(super) fn run() -> Result<String> {
    let searches = retrieval::sets()?;
    let pairs = pairwise::sets()?;
    let mut text = String::from(HEAD);
    let found = retrieval::measure(&searches)?;
    let _ = writeln!(text, "\n## An Arabic name, asked for among Latin ones\n\n{found}");
    let _ = writeln!(text, "## Pairs\n\n{}", pairwise::measure(&pairs));
    let _ = writeln!(
        text,
        "## Peers on the same pairs and searches\n\n{}",
        peers::measure(&pairs, &searches)?
    );
    fs::write(repository().join("bench/names.md"), text.trim_end().to_owned() + "\n")?;
    Ok("bench/names.md is rewritten".to_owned())
}
