//! Learns what `sijil-text` knows about names from lists of names, and writes it as data files.

pub(crate) mod data;
mod files;
pub(crate) mod invented;
mod near;
mod parts;
mod regression;
pub(crate) mod sets;
mod transducer;
mod weights;

use std::path::Path;

use anyhow::Result;
use transducer::Transducer;

/// Learns what the parts of an alignment weigh in whole names; last.
pub(crate) fn learn_weights(folder: &Path) -> Result<String> {
    weights::learn(folder)
}

/// Learns parts.
pub(crate) fn learn_parts(folder: &Path) -> Result<String> {
    let pairs = parts::pairs()?;
    let all = pairs.len();
    let first = Transducer::learn(&parts::examples(&pairs));
    let pairs = parts::without_noise(pairs, &first);
    let examples = parts::examples(&pairs);
    let model = Transducer::learn(&examples);
    files::sounds(folder, &model)?;
    files::letters(folder, &examples)?;
    let counts = parts::Counts::of_names()?;
    let (kept, attested) = files::parts(folder, &pairs, &counts)?;
    Ok(format!(
        "learned from {} pairs of parts, {} left out as noise; {kept} parts and {attested} pairs kept",
        pairs.len(),
        all - pairs.len()
    ))
}
