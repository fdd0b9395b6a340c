//! Logistic regression over the features present in an example.
//!
//! `p = 1 / (1 + exp(-(b + Σ_f w[f])))`, learned by stochastic gradient with per-weight rates
//! (AdaGrad) and a pull of the touched weights to 0. For bags of words of documents and sentences.

use std::collections::HashMap;

use crate::dice::Dice;

/// How a regression is learned.
#[derive(Clone, Copy)]
pub(super) struct Settings {
    pub(super) epochs: usize,
    pub(super) rate: f32,
    pub(super) decay: f32,
    /// Features in fewer examples are left out.
    pub(super) least_count: u32,
    /// Features left out at each step, of 1,000, so that none is leant on alone.
    pub(super) drop: usize,
    pub(super) seed: u64,
}

/// Several regressions over the same features, one an output.
pub(super) struct Regression {
    outputs: usize,
    /// Only looked up, never walked.
    index: HashMap<u64, usize>,
    /// Row of a feature, column of an output; the last row is the constant.
    weights: Vec<f32>,
}

impl Regression {
    /// Learns from the features and the true outputs of examples.
    pub(super) fn learn(outputs: usize, examples: &[(Vec<u64>, Vec<bool>)], how: Settings) -> Self {
        let index = index(examples, how.least_count);
        let rows = index.len() + 1;
        let mut model = Self { outputs, index, weights: vec![0.0; rows * outputs] };
        let mut squares = vec![1e-3_f32; model.weights.len()];
        let known: Vec<Vec<usize>> = examples.iter().map(|(f, _)| model.known(f)).collect();
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut dice = Dice::new(how.seed, 0);
        for _ in 0..how.epochs {
            dice.shuffle(&mut order);
            for at in &order {
                // The constant, which stands last, always stays.
                let (constant, rest) = known[*at].split_last().unwrap_or((&0, &[]));
                let kept = rest.iter().copied().filter(|_| !dice.chance(how.drop));
                let rows: Vec<usize> = kept.chain([*constant]).collect();
                model.step(&rows, scale(known[*at].len()), &examples[*at].1, &mut squares, how);
            }
        }
        let keep = 1.0 - how.drop as f32 / 1000.0;
        let constant = model.weights.len() - outputs;
        model.weights[..constant].iter_mut().for_each(|weight| *weight *= keep);
        model
    }

    /// The probability of each output.
    pub(super) fn predict(&self, features: &[u64]) -> Vec<f64> {
        let rows = self.known(features);
        self.probabilities(&rows, scale(rows.len())).into_iter().map(f64::from).collect()
    }

    fn known(&self, features: &[u64]) -> Vec<usize> {
        let constant = self.weights.len() - self.outputs;
        let row = |f: &u64| self.index.get(f).map(|row| row * self.outputs);
        features.iter().filter_map(row).chain([constant]).collect()
    }

    fn probabilities(&self, rows: &[usize], scale: f32) -> Vec<f32> {
        let sum = |output: usize| rows.iter().map(|row| self.weights[row + output]).sum::<f32>();
        (0..self.outputs).map(|output| 1.0 / (1.0 + (-scale * sum(output)).exp())).collect()
    }

    fn step(
        &mut self,
        rows: &[usize],
        scale: f32,
        truth: &[bool],
        squares: &mut [f32],
        how: Settings,
    ) {
        for (output, p) in self.probabilities(rows, scale).into_iter().enumerate() {
            let error = (p - f32::from(u8::from(truth[output]))) * scale;
            for row in rows {
                let weight = &mut self.weights[row + output];
                let slope = error + how.decay * *weight;
                let square = &mut squares[row + output];
                *square += slope * slope;
                *weight -= how.rate * slope / square.sqrt();
            }
        }
    }
}

/// Makes a vector of so many present features one of length 10: long documents would else
/// outweigh short ones.
fn scale(features: usize) -> f32 {
    10.0 / (features.max(1) as f32).sqrt()
}

fn index(examples: &[(Vec<u64>, Vec<bool>)], least: u32) -> HashMap<u64, usize> {
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for feature in examples.iter().flat_map(|(features, _)| features) {
        *counts.entry(*feature).or_default() += 1;
    }
    let mut index = HashMap::new();
    for feature in examples.iter().flat_map(|(features, _)| features) {
        if counts.get(feature).is_some_and(|count| *count >= least) {
            let next = index.len();
            index.entry(*feature).or_insert(next);
        }
    }
    index
}

#[cfg(test)]
mod tests {
    use super::{Regression, Settings};

    #[test]
    fn words_that_tell_are_learned_and_others_are_not() {
        let how = Settings { epochs: 50, rate: 0.1, decay: 0.01, least_count: 1, drop: 0, seed: 1 };
        let examples: Vec<(Vec<u64>, Vec<bool>)> = (0..40)
            .map(|at| {
                let tells = at % 2 == 0;
                (vec![if tells { 1 } else { 2 }, 3 + at % 3], vec![tells, !tells])
            })
            .collect();
        let model = Regression::learn(2, &examples, how);
        let p = model.predict(&[1, 4]);
        assert!(p[0] > 0.8 && p[1] < 0.2, "{p:?}");
        let unknown = model.predict(&[3]);
        assert!((0.2..0.8).contains(&unknown[0]), "{unknown:?}");
    }
}
