//! Which types of incident a document reports: trees over all that the first learners say of it.
//!
//! The rules of the task (no clash of soldiers and fighters without civilians, nothing long past)
//! are not written down here; the trees see what such rules look at: who is probably hit and by
//! whom, how surely, how many sentences tell of it, the share of each word class, and years before
//! that of the dateline.

use super::boost::{Settings, Trees};
use super::corpus::Article;
use super::evidence::{ANY, Evidence, FOLDS, SPAN_KINDS};
use super::reading::Reading;

const TREES: Settings = Settings {
    trees: 150,
    depth: 3,
    rate: 0.05,
    least_weight: 4.0,
    ridge: 5.0,
    rows_per_mille: 600,
    columns_per_mille: 300,
    seed: 1,
};

/// One set of trees a type, and one for any.
pub(super) struct Relevance(Vec<Trees>);

impl Relevance {
    pub(super) fn learn(rows: &[Vec<f64>], truth: &[Vec<bool>]) -> Self {
        let of = |kind: usize| -> Vec<f64> {
            truth.iter().map(|kinds| f64::from(u8::from(kinds[kind]))).collect()
        };
        Self((0..=ANY).map(|kind| Trees::learn(rows, &of(kind), TREES)).collect())
    }

    /// The probability of each type, and of any.
    pub(super) fn predict(&self, row: &[f64]) -> Vec<f64> {
        self.0.iter().map(|trees| trees.predict(row)).collect()
    }

    /// Predictions for each row by trees taught on the other folds.
    pub(super) fn cross(rows: &[Vec<f64>], truth: &[Vec<bool>]) -> Vec<Vec<f64>> {
        let folds: Vec<Self> =
            (0..FOLDS).map(|fold| Self::learn(&others(rows, fold), &others(truth, fold))).collect();
        rows.iter().enumerate().map(|(at, row)| folds[at % FOLDS].predict(row)).collect()
    }
}

/// What is not in a fold.
pub(super) fn others<T: Clone>(all: &[T], fold: usize) -> Vec<T> {
    let others = all.iter().enumerate().filter(|(at, _)| at % FOLDS != fold);
    others.map(|(_, one)| one.clone()).collect()
}

/// The figures of a document.
pub(super) fn row(article: &Article, reading: &Reading<'_>, evidence: &Evidence) -> Vec<f64> {
    let mut row: Vec<f64> = evidence.document.iter().copied().map(log_odds).collect();
    for kind in 0..=ANY {
        let told: Vec<f64> = evidence.sentences.iter().map(|kinds| kinds[kind]).collect();
        let lead = told.iter().take(2).copied().fold(0.0, f64::max);
        let nowhere: f64 = told.iter().map(|p| 1.0 - p).product();
        let sum: f64 = told.iter().sum();
        let mean = sum / told.len().max(1) as f64;
        let mut sorted = told;
        sorted.sort_by(|a, b| b.total_cmp(a));
        let nth = |at: usize| sorted.get(at).copied().unwrap_or(0.0);
        row.extend([log_odds(nth(0)), nth(1), lead, 1.0 - nowhere, sum, mean]);
    }
    for kind in 0..SPAN_KINDS {
        for spans in [&evidence.if_relevant, &evidence.anyway] {
            let of = || spans.iter().flatten().filter(|s| s.kind == kind).map(|s| s.probability);
            row.extend([of().sum(), of().fold(0.0, f64::max)]);
        }
    }
    row.extend([reading.words.sentences.len() as f64, reading.words.len() as f64]);
    row.extend(reading.shares());
    row.extend(years(article, reading));
    row
}

/// How many years are named, and how many of them lie before that of the dateline.
fn years(article: &Article, reading: &Reading<'_>) -> [f64; 2] {
    let numbers = article.dateline.split(|c: char| !c.is_ascii_digit());
    let short =
        numbers.filter_map(|word| word.parse::<u32>().ok()).rfind(|y| (80..100).contains(y));
    let own = 1900 + short.unwrap_or(89);
    let named = (0..reading.words.len()).filter_map(|at| reading.words.word(at).parse().ok());
    let named: Vec<u32> = named.filter(|year| (1900..2000).contains(year)).collect();
    [named.len() as f64, named.iter().filter(|year| **year < own).count() as f64]
}

/// `ln(p / (1 - p))`, kept finite.
pub(super) fn log_odds(p: f64) -> f64 {
    let p = p.clamp(1e-4, 1.0 - 1e-4);
    (p / (1.0 - p)).ln()
}
