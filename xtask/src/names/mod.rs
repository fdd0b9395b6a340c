//! Learns what `sijil-text` knows about names from lists of names, and writes it as data files.

pub(crate) mod data;
mod parts;
mod transducer;

use anyhow::Result;

pub(crate) fn learn() -> Result<String> {
    let pairs = parts::pairs()?;
    let n0 = pairs.len();
    let first = transducer::Transducer::learn(&parts::examples(&pairs));
    let pairs = parts::without_noise(pairs, &first);
    let examples = parts::examples(&pairs);
    let model = transducer::Transducer::learn(&examples);
    let entries = (0..sijil_text::names::spelling::SIGNS)
        .map(|s| (0..sijil_text::names::spelling::CHUNKS).filter(|c| model.probability(s, *c) > 0.0005).count())
        .sum::<usize>();
    let ll: f64 = examples.iter().map(|e| model.log_probability(e)).filter(|x| x.is_finite()).sum();
    Ok(format!("pairs {n0} -> {} entries {entries} loglik/example {}", pairs.len(), ll / examples.len() as f64))
}
