//! Which pairs a human should look at first.
//!
//! An answer is worth most where the odds are even and where it settles most: whether two clusters of
//! four rows are one person is sixteen pairs at once. A pair is asked for each two clusters that were
//! left apart, and for the weakest step within each cluster; no cluster is asked about twice in
//! one go, since the first answer may settle the second question.

use std::collections::{BTreeMap, BTreeSet};

use crate::cluster::{Found, Weighed};
use crate::model::probability;

/// The `wanted` pairs that tell most, the most telling first.
pub(crate) fn pairs(found: &Found, wanted: usize) -> Vec<Weighed> {
    let mut sizes: BTreeMap<u32, f64> = BTreeMap::new();
    let cluster = |row: u32| found.clusters[row as usize];
    found.clusters.iter().for_each(|cluster| *sizes.entry(*cluster).or_default() += 1.0);
    let size = |row: u32| sizes.get(&cluster(row)).copied().unwrap_or(1.0);
    let worth = |pair: &Weighed| {
        let p = probability(pair.weight);
        let settled = if cluster(pair.a) == cluster(pair.b) {
            // The step may have brought together half and half, or one row and the others.
            size(pair.a) - 1.0
        } else {
            size(pair.a) * size(pair.b)
        };
        p * (1.0 - p) * settled
    };
    let mut all: Vec<(f64, Weighed)> =
        found.apart.iter().chain(&found.joined).map(|pair| (worth(pair), *pair)).collect();
    all.retain(|(worth, _)| *worth > LEAST);
    all.sort_by(|(x, p), (y, q)| y.total_cmp(x).then((p.a, p.b).cmp(&(q.a, q.b))));
    let mut asked: BTreeSet<u32> = BTreeSet::new();
    let mut pairs = Vec::new();
    for (_, pair) in all {
        let ends = [cluster(pair.a), cluster(pair.b)];
        if pairs.len() == wanted {
            break;
        }
        if ends.iter().all(|end| !asked.contains(end)) {
            asked.extend(ends);
            pairs.push(pair);
        }
    }
    pairs
}

/// What an answer must be worth at least: one pair in a thousand.
const LEAST: f64 = 0.001;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_doubtful_of_the_most_rows_comes_first() {
        let pair = |a, b, weight| Weighed { a, b, weight };
        let found = Found {
            // Two clusters of two rows, two of one, and a pair that was joined for sure.
            clusters: vec![0, 0, 2, 2, 4, 5, 6, 6],
            joined: vec![pair(6, 7, 12.0), pair(0, 1, 3.0)],
            apart: vec![pair(4, 5, -0.1), pair(1, 2, -1.0), pair(3, 4, -0.5)],
            ..Found::default()
        };
        let asked: Vec<(u32, u32)> = pairs(&found, 5).iter().map(|p| (p.a, p.b)).collect();
        assert_eq!(asked, [(1, 2), (4, 5)], "each cluster once, what is sure not at all");
        assert_eq!(pairs(&found, 1).len(), 1);
    }
}
