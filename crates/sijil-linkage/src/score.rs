//! Scores a partition against the truth. For tests, benchmarks and exercises with known truth.

use std::collections::BTreeMap;

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// Share of what was found that is true.
    pub precision: f64,
    /// Share of what is true that was found.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

impl Scores {
    fn of(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        Self { precision, recall, f1 }
    }
}

/// Scores over all pairs of records that one side or the other puts together.
///
/// `found` and `truth` give a cluster number for each record; records without a partner in the
/// shorter slice are left out. With nothing to find, finding nothing is right.
pub fn pairwise(found: &[u32], truth: &[u32]) -> Scores {
    let sizes = Sizes::of(found, truth);
    let pairs = |counts: &mut dyn Iterator<Item = u64>| -> f64 {
        share(counts.map(|n| n * (n - 1) / 2).sum(), 1)
    };
    let both = pairs(&mut sizes.both.values().copied());
    let found = pairs(&mut sizes.found.values().copied());
    let truth = pairs(&mut sizes.truth.values().copied());
    let ratio = |all: f64| if all > 0.0 { both / all } else { 1.0 };
    Scores::of(ratio(found), ratio(truth))
}

/// B-cubed scores: for each record, how much of its cluster is true and how much of its truth was
/// found, averaged over records.
pub fn b_cubed(found: &[u32], truth: &[u32]) -> Scores {
    let sizes = Sizes::of(found, truth);
    let records = sizes.both.values().sum::<u64>();
    let (mut precision, mut recall) = (0.0, 0.0);
    for ((f, t), both) in &sizes.both {
        // Each of the `both` records sees `both` of its kind in the two clusters.
        precision += share(both * both, sizes.found[f]);
        recall += share(both * both, sizes.truth[t]);
    }
    if records == 0 {
        return Scores::of(1.0, 1.0);
    }
    Scores::of(precision / share(records, 1), recall / share(records, 1))
}

/// Share of records whose cluster is the same set of records in both partitions.
pub fn unchanged(one: &[u32], other: &[u32]) -> f64 {
    let sizes = Sizes::of(one, other);
    let whole = |((a, b), both): (&(u32, u32), &u64)| {
        if sizes.found[a] == *both && sizes.truth[b] == *both { *both } else { 0 }
    };
    let records: u64 = sizes.both.values().sum();
    share(sizes.both.iter().map(whole).sum::<u64>(), 1) / share(records.max(1), 1)
}

/// How far probabilities are from the truth.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Mean over all pairs of how far what is told lies from the share that is true, by steps.
    pub error: f64,
    /// Pairs by their probability, a tenth a step.
    pub steps: [Step; 10],
}

/// Pairs of about one probability.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Step {
    /// How many there are.
    pub pairs: u64,
    /// Mean of their probabilities.
    pub told: f64,
    /// Share that is of one person.
    pub true_share: f64,
}

/// Compares the probabilities of pairs (`a`, `b`, probability) with the truth, which gives a number
/// for each record. (The expected calibration error of Guo et al. 2017, in ten steps.)
pub fn calibration(pairs: impl Iterator<Item = (u32, u32, f64)>, truth: &[u32]) -> Calibration {
    let mut steps = [Step::default(); 10];
    for (a, b, probability) in pairs {
        let at = (1..10).take_while(|step| probability * 10.0 >= f64::from(*step)).count();
        let is_true = truth.get(a as usize) == truth.get(b as usize);
        steps[at].pairs += 1;
        steps[at].told += probability;
        steps[at].true_share += f64::from(u8::from(is_true));
    }
    let all: u64 = steps.iter().map(|step| step.pairs).sum();
    let apart: f64 = steps.iter().map(|step| (step.told - step.true_share).abs()).sum();
    for step in &mut steps {
        let pairs = share(step.pairs.max(1), 1);
        (step.told, step.true_share) = (step.told / pairs, step.true_share / pairs);
    }
    Calibration { error: apart / share(all.max(1), 1), steps }
}

/// Sizes of clusters and of what two clusters have in common.
struct Sizes {
    both: BTreeMap<(u32, u32), u64>,
    found: BTreeMap<u32, u64>,
    truth: BTreeMap<u32, u64>,
}

impl Sizes {
    fn of(found: &[u32], truth: &[u32]) -> Self {
        let mut sizes =
            Self { both: BTreeMap::new(), found: BTreeMap::new(), truth: BTreeMap::new() };
        for (f, t) in found.iter().zip(truth) {
            *sizes.both.entry((*f, *t)).or_default() += 1;
            *sizes.found.entry(*f).or_default() += 1;
            *sizes.truth.entry(*t).or_default() += 1;
        }
        sizes
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of records stay far below 2^52")]
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worked_example() {
        // Truth {0,1,2} {3,4}; found {0,1} {2,3,4}.
        let (found, truth) = ([7, 7, 9, 9, 9], [1, 1, 1, 2, 2]);
        let pairs = pairwise(&found, &truth);
        assert_eq!((pairs.precision, pairs.recall), (2.0 / 4.0, 2.0 / 4.0));
        let cubed = b_cubed(&found, &truth);
        let third = 1.0 / 3.0;
        assert!((cubed.precision - (1.0 + 1.0 + third + 4.0 * third) / 5.0).abs() < 1e-12);
        assert!((cubed.recall - (4.0 * third + third + 1.0 + 1.0) / 5.0).abs() < 1e-12);
    }

    #[test]
    fn a_cluster_that_lost_a_record_is_another() {
        assert!((unchanged(&[0, 0, 2, 3, 3], &[5, 5, 6, 7, 8]) - 0.6).abs() < 1e-12);
    }

    #[test]
    fn probabilities_are_held_against_the_truth() {
        // Of two pairs at three quarters one is true, the pair at a twentieth is not.
        let pairs = [(0, 1, 0.75), (1, 2, 0.75), (0, 2, 0.05)];
        let found = calibration(pairs.into_iter(), &[4, 4, 5]);
        let step = Step { pairs: 2, told: 0.75, true_share: 0.5 };
        assert_eq!(found.steps[7], step);
        assert!((found.error - (0.5 + 0.05) / 3.0).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn nothing_to_find_and_nothing_found_is_right() {
        assert_eq!(pairwise(&[0, 1, 2], &[5, 6, 7]).f1, 1.0);
        assert_eq!(b_cubed(&[], &[]).f1, 1.0);
        assert_eq!(pairwise(&[0, 0], &[5, 6]).f1, 0.0);
    }
}
