//! How far a score could move by the chance of which documents were drawn.
//!
//! Documents are drawn with replacement, because entities of one document stand or fall together.
//! The interval is that of percentiles; no model of the score is needed.

use super::score::{Counts, Tally, total};
use crate::dice::Dice;

/// Resamples of the documents.
const RESAMPLES: usize = 10_000;

/// The resamples below the interval, and above it: 2.5 % each.
const TAIL: usize = RESAMPLES / 40;

/// The 95 % interval of the micro-F1 over documents.
pub(super) fn interval(documents: &[Counts], seed: u64) -> (f64, f64) {
    let sums: Vec<Tally> = documents.iter().map(total).collect();
    let mut dice = Dice::new(seed, 0);
    let mut scores: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let mut sum = Tally::default();
            for _ in 0..sums.len() {
                sum.add(sums[dice.below(sums.len())]);
            }
            sum.f1()
        })
        .collect();
    scores.sort_by(f64::total_cmp);
    (scores[TAIL], scores[RESAMPLES - 1 - TAIL])
}

#[cfg(test)]
mod tests {
    use super::interval;
    use crate::muc4::score::{Counts, Tally};

    fn document(right: f64) -> Counts {
        let mut counts = Counts::default();
        counts[0] = Tally { right, predicted: 1.0, found: right, gold: 1.0 };
        counts
    }

    #[test]
    fn documents_that_are_all_alike_leave_no_doubt() {
        assert_eq!(interval(&[document(1.0), document(1.0)], 1), (1.0, 1.0));
    }

    /// Ten of twenty right: the share is binomial, whose 2.5 % and 97.5 % points are 6 and 14.
    #[test]
    fn the_interval_is_that_of_the_draws() {
        let documents: Vec<Counts> = (0..20).map(|at| document(f64::from(at % 2))).collect();
        let (low, high) = interval(&documents, 7);
        assert!((low - 0.3).abs() < 1e-9 && (high - 0.7).abs() < 1e-9, "{low} {high}");
        assert_eq!(interval(&documents, 7), (low, high), "the same seed gives the same interval");
    }
}
