//! `cargo xtask muc4`: learns to fill the templates of MUC-4, fills those of another file and
//! scores them.
//!
//! The corpus is the closest public benchmark to claims about killings. Its texts never enter the
//! repository: names of places, clusters of words and weights are learned at run time from the file
//! that is given. `docs/methods/muc4.md` tells the method, `bench/muc4.md` the figures.

mod assignment;
mod boost;
mod bootstrap;
mod candidates;
mod clusters;
mod corpus;
mod crf;
mod evidence;
mod hash;
mod judge;
mod lexicon;
mod logistic;
mod pipeline;
mod reading;
mod relevance;
mod score;
mod topics;
mod words;

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};

use corpus::{Article, ROLES, Template};
use pipeline::Extractor;
use score::{Counts, TYPE, total};

/// The seed of the interval.
const SEED: u64 = 20_310_514;

/// Learns from one file, predicts another, writes the predictions and tells the scores.
pub(crate) fn run(train: &Path, test: &Path, predictions: &Path) -> Result<String> {
    let extractor = Extractor::learn(&corpus::read(train)?);
    let documents = corpus::read(test)?;
    let articles: Vec<&Article> = documents.iter().map(|document| &document.article).collect();
    let predicted = extractor.predict(&articles);
    let lines = articles.iter().zip(&predicted).map(|(a, t)| corpus::line(&a.id, t) + "\n");
    std::fs::write(predictions, lines.collect::<String>())
        .with_context(|| format!("{}: cannot be written", predictions.display()))?;
    let scored = |score: fn(&[Template], &[Template]) -> Counts| -> Vec<Counts> {
        let pairs = predicted.iter().zip(&documents);
        pairs.map(|(predicted, document)| score(predicted, &document.key.templates)).collect()
    };
    let mut told = format!("{} documents\n\n{HEAD}", documents.len());
    tell(&mut told, "TF micro-F1", &scored(score::templates));
    tell(&mut told, "CEAF-REE", &scored(score::entities));
    let relevant = predicted.iter().zip(&documents);
    let agree = relevant.filter(|(p, d)| p.is_empty() == d.key.templates.is_empty()).count();
    let share = 100.0 * agree as f64 / documents.len() as f64;
    let _ = write!(told, "\nrelevance of documents: {share:.1} % right");
    Ok(told)
}

const HEAD: &str = "\
| metric | P | R | F1 | 95 % interval | type | PerpInd | PerpOrg | Target | Victim | Weapon |
|---|---|---|---|---|---|---|---|---|---|---|
";

/// Adds the row of a metric.
fn tell(table: &mut String, metric: &str, documents: &[Counts]) {
    let mut sum = Counts::default();
    for counts in documents {
        sum.iter_mut().zip(counts).for_each(|(sum, tally)| sum.add(*tally));
    }
    let (all, (low, high)) = (total(&sum), bootstrap::interval(documents, SEED));
    let hundred = |share: f64| format!("{:.1}", 100.0 * share);
    let mut cells = vec![metric.to_owned()];
    cells.extend([all.precision(), all.recall(), all.f1()].map(hundred));
    cells.push(format!("{}–{}", hundred(low), hundred(high)));
    cells.push(if sum[TYPE].gold > 0.0 { hundred(sum[TYPE].f1()) } else { "–".to_owned() });
    cells.extend(sum[..ROLES.len()].iter().map(|tally| hundred(tally.f1())));
    let _ = writeln!(table, "| {} |", cells.join(" | "));
}

#[cfg(test)]
mod tests;
