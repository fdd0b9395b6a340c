//! How many persons there are: what is expected, and between which numbers.
//!
//! The clusters are one answer. Each step that joined two clusters may be wrong, and two clusters that
//! were left apart may be one person, both with the probability that the model gives. So the number
//! of persons is a number of rows less a sum of chances, and its spread is theirs.
//!
//! Some pairs of one person were never weighed: no block held both, or they were dropped as hopeless.
//! Clusters of three rows and more tell how many: rows of one person that are held together by others,
//! though they were not weighed themselves. A row that one of the others misses is taken to be missed by
//! each further one at even odds, so of a person with two rows more is lost than of one with five.

use crate::cluster::{Found, Weighed};
use crate::model::probability;

/// The number of distinct persons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Persons {
    /// What is expected.
    pub expected: f64,
    /// Standard deviation.
    pub spread: f64,
    /// Lower end of the interval that holds the true number with probability [`Persons::LEVEL`].
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Joins that were missed because the pair was never weighed, by estimate; `expected` is without
    /// these persons.
    pub unseen: f64,
}

/// Standard deviation of what was never weighed, as a share of it.
const DOUBT: f64 = 0.75;
/// Standard deviation of what probabilities are off by in common, as a share of the joins: half of
/// the error of calibration that is measured on lists with known truth.
const CALIBRATION: f64 = 0.005;
/// Rows of a cluster that are looked at: those of the largest would outweigh all others.
const ROWS: usize = 12;

impl Persons {
    /// Probability that the interval holds the true number.
    pub const LEVEL: f64 = 0.9;
    /// Standard deviations to either side that hold this much of a normal distribution.
    const WIDTH: f64 = 1.645;

    pub(crate) fn of(found: &Found, weighed: &[Weighed]) -> Self {
        let between = forest(&found.apart, &found.clusters);
        let chances = found.steps.iter().copied().chain(between).map(probability);
        let (joins, mut variance) =
            chances.fold((0.0, 0.0), |(sum, var), p| (sum + p, var + p * (1.0 - p)));
        let missed = Missed::of(&found.clusters, weighed);
        let unseen = missed.rate() * missed.loose;
        variance += unseen + unseen * unseen * (1.0 / missed.missed.max(1.0) + DOUBT * DOUBT);
        variance += (CALIBRATION * joins).powi(2);
        let rows = count(found.clusters.len());
        let expected = (rows - joins - unseen).max(1.0_f64.min(rows));
        let spread = variance.sqrt();
        let (low, high) = (expected - Self::WIDTH * spread, expected + Self::WIDTH * spread);
        Self { expected, spread, low: low.max(1.0_f64.min(rows)), high: high.min(rows), unseen }
    }
}

/// Pairs within clusters of three rows and more.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Missed {
    all: f64,
    /// Those that were not weighed.
    missed: f64,
    /// Rows of all clusters, each by the chance that all others miss it once one does.
    loose: f64,
}

impl Missed {
    /// `weighed` is sorted.
    fn of(clusters: &[u32], weighed: &[Weighed]) -> Self {
        let mut rows: Vec<(u32, u32)> = clusters.iter().copied().zip(0..).collect();
        rows.sort_unstable();
        let is_weighed =
            |a: u32, b: u32| weighed.binary_search_by_key(&(a, b), |p| (p.a, p.b)).is_ok();
        let mut found = Self::default();
        for cluster in rows.chunk_by(|a, b| a.0 == b.0).filter(|cluster| cluster.len() > 1) {
            let others = count(cluster.len() - 2);
            found.loose += count(cluster.len()) * 0.5_f64.powf(others);
            if cluster.len() == 2 {
                continue;
            }
            let cluster = &cluster[..cluster.len().min(ROWS)];
            for (at, (_, a)) in cluster.iter().enumerate() {
                for (_, b) in &cluster[at + 1..] {
                    found.all += 1.0;
                    found.missed += f64::from(u8::from(!is_weighed(*a, *b)));
                }
            }
        }
        found
    }

    /// Share that was missed, of those that were not.
    fn rate(self) -> f64 {
        self.missed / (self.all - self.missed).max(1.0)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows stay below 2^52")]
fn count(rows: usize) -> f64 {
    rows as f64
}

/// The bits of the pairs that connect clusters without closing a ring, the likeliest first: of three
/// clusters that are one person two pairs count.
fn forest(pairs: &[Weighed], clusters: &[u32]) -> Vec<f64> {
    let mut pairs = pairs.to_vec();
    pairs.sort_by(|x, y| y.weight.total_cmp(&x.weight).then((x.a, x.b).cmp(&(y.a, y.b))));
    let mut root: Vec<u32> = (0..).take(clusters.len()).collect();
    let mut find = move |row: u32, joined: Option<u32>| {
        let mut row = clusters[row as usize];
        while root[row as usize] != row {
            root[row as usize] = root[root[row as usize] as usize];
            row = root[row as usize];
        }
        if let Some(to) = joined {
            root[row as usize] = to;
        }
        row
    };
    let mut kept = Vec::new();
    for pair in pairs {
        let (a, b) = (find(pair.a, None), find(pair.b, None));
        if a != b {
            find(pair.b, Some(a));
            kept.push(pair.weight);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rows: u32, steps: &[f64], apart: &[(u32, u32, f64)]) -> Found {
        let pair = |(a, b, weight): &(u32, u32, f64)| Weighed { a: *a, b: *b, weight: *weight };
        Found {
            clusters: (0..rows).collect(),
            joined: Vec::new(),
            steps: steps.to_vec(),
            apart: apart.iter().map(pair).collect(),
            open: Vec::new(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn a_worked_example() {
        // One sure step, one at even odds; two clusters left apart at odds of one to three.
        let third = 3.0_f64.log2();
        let persons = Persons::of(&found(100, &[40.0, 0.0], &[(3, 4, -third)]), &[]);
        assert!((persons.expected - (100.0 - 1.0 - 0.5 - 0.25)).abs() < 1e-6, "{persons:?}");
        let common = CALIBRATION * 1.75;
        let variance = 0.25 + 0.1875 + common * common;
        assert!((persons.spread.powi(2) - variance).abs() < 1e-6, "{persons:?}");
    }

    #[test]
    fn three_that_are_one_are_two_joins() {
        let sure = [(0, 1, 40.0), (1, 2, 40.0), (0, 2, 40.0)];
        let persons = Persons::of(&found(10, &[], &sure), &[]);
        assert!((persons.expected - 8.0).abs() < 1e-6, "{persons:?}");
    }

    #[test]
    fn what_clusters_hold_though_it_was_not_weighed_is_counted() {
        let weighed = [(0, 1), (1, 2)].map(|(a, b)| Weighed { a, b, weight: 9.0 });
        let missed = Missed::of(&[0, 0, 0, 3, 3], &weighed);
        assert_eq!(missed, Missed { all: 3.0, missed: 1.0, loose: 3.0 * 0.5 + 2.0 });
        assert!((missed.rate() - 0.5).abs() < 1e-12);
    }

    #[test]
    fn nobody_is_nobody() {
        assert!(Persons::of(&found(0, &[], &[]), &[]).expected.abs() < 1e-12);
    }
}
