//! A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001).
//!
//! `p(y | x) = 1/Z · exp Σ_t (Σ_f w[f, y_t] + u[y_{t-1}, y_t])` over the features `f` present at
//! token `t`. Learned by stochastic gradient with per-weight rates (AdaGrad) and a small pull to 0.
//! Sums run in the probability domain with one scale a token. It answers with the exact
//! probability of a span, because what follows weighs candidates and needs no single best path.

use std::collections::HashMap;

use crate::dice::Dice;

/// The feature hashes of each token of a sentence.
pub(super) type Features = Vec<Vec<u64>>;

/// How a field is learned.
#[derive(Clone, Copy)]
pub(super) struct Settings {
    pub(super) epochs: usize,
    pub(super) rate: f32,
    /// The pull to 0, relative to the rate.
    pub(super) decay: f32,
    /// Features seen less often are left out.
    pub(super) least_count: u32,
    /// Features left out at each step, of 1,000, so that none is leant on alone.
    pub(super) drop: usize,
    pub(super) seed: u64,
}

/// A learned field. Label 0 is "outside"; label `2r+1` begins a span of kind `r`, `2r+2` goes on.
pub(super) struct Field {
    labels: usize,
    /// Only looked up, never walked, so its order cannot be seen.
    index: HashMap<u64, usize>,
    weights: Vec<f32>,
    /// Row before column; the last row is the start of a sentence.
    transitions: Vec<f32>,
}

/// A probable span: its kind, its first token and the one after its last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) kind: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) probability: f64,
}

impl Field {
    /// Learns from sentences and the label of each token.
    pub(super) fn learn(kinds: usize, data: &[(Features, Vec<usize>)], how: Settings) -> Self {
        let labels = 2 * kinds + 1;
        let index = index(data, how.least_count);
        let mut field = Self {
            labels,
            weights: vec![0.0; index.len() * labels],
            transitions: vec![0.0; (labels + 1) * labels],
            index,
        };
        let known: Vec<Vec<Vec<usize>>> = data.iter().map(|(f, _)| field.known(f)).collect();
        let mut squares = vec![1e-6_f32; field.weights.len()];
        let mut transition_squares = vec![1e-6_f32; field.transitions.len()];
        let mut order: Vec<usize> = (0..data.len()).collect();
        let mut dice = Dice::new(how.seed, 0);
        for _ in 0..how.epochs {
            dice.shuffle(&mut order);
            for at in &order {
                let gold = &data[*at].1;
                let features: Vec<Vec<usize>> = known[*at]
                    .iter()
                    .map(|token| token.iter().copied().filter(|_| !dice.chance(how.drop)).collect())
                    .collect();
                let lattice = field.lattice(&features);
                field.step(&features, gold, &lattice, &mut squares, how);
                field.step_transitions(gold, &lattice, &mut transition_squares, how);
            }
        }
        let keep = 1.0 - how.drop as f32 / 1000.0;
        field.weights.iter_mut().for_each(|weight| *weight *= keep);
        field
    }

    /// The spans of a sentence with at least this probability.
    pub(super) fn spans(&self, features: &Features, least: f64) -> Vec<Span> {
        if features.is_empty() {
            return Vec::new();
        }
        let lattice = self.lattice(&self.known(features));
        let mut spans = Vec::new();
        for start in 0..features.len() {
            for begin in (1..self.labels).step_by(2) {
                if lattice.marginal(start, begin) >= least {
                    self.extend(&lattice, start, begin, least, &mut spans);
                }
            }
        }
        spans
    }

    /// Spans that begin here, from the shortest on.
    fn extend(
        &self,
        lattice: &Lattice,
        start: usize,
        begin: usize,
        least: f64,
        spans: &mut Vec<Span>,
    ) {
        let inside = begin + 1;
        // The forward weight of all paths through this beginning and so many inner tokens.
        let mut weight = lattice.forward[start][begin];
        for end in start + 1..=lattice.len() {
            let last = if end == start + 1 { begin } else { inside };
            let after = if end == lattice.len() {
                1.0
            } else {
                let next = lattice.edges(end, last).enumerate();
                next.filter(|(label, _)| *label != inside)
                    .map(|(label, edge)| edge * lattice.backward[end][label])
                    .sum()
            };
            let probability = weight * after;
            if probability >= least {
                spans.push(Span { kind: (begin - 1) / 2, start, end, probability });
            }
            if end == lattice.len() {
                break;
            }
            weight *= lattice.edge(end, last, inside);
            if weight * lattice.backward[end][inside] < least {
                break;
            }
        }
    }

    fn known(&self, features: &Features) -> Vec<Vec<usize>> {
        let row = |f: &u64| self.index.get(f).map(|row| row * self.labels);
        features.iter().map(|token| token.iter().filter_map(row).collect()).collect()
    }

    fn lattice(&self, features: &[Vec<usize>]) -> Lattice {
        let emissions: Vec<Vec<f64>> = features.iter().map(|token| self.emission(token)).collect();
        let transitions = self.transitions.iter().map(|w| f64::from(*w).exp()).collect();
        Lattice::new(self.labels, emissions, transitions)
    }

    /// `exp` of the weight of each label at a token, against the greatest.
    fn emission(&self, token: &[usize]) -> Vec<f64> {
        let mut sums = vec![0.0_f32; self.labels];
        for row in token {
            for (sum, weight) in sums.iter_mut().zip(&self.weights[*row..*row + self.labels]) {
                *sum += weight;
            }
        }
        let greatest = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        sums.iter().map(|sum| f64::from(sum - greatest).exp()).collect()
    }

    fn step(
        &mut self,
        features: &[Vec<usize>],
        gold: &[usize],
        lattice: &Lattice,
        squares: &mut [f32],
        how: Settings,
    ) {
        for (at, token) in features.iter().enumerate() {
            let mut gradient: Vec<f32> =
                (0..self.labels).map(|label| single(lattice.marginal(at, label))).collect();
            gradient[gold[at]] -= 1.0;
            for row in token {
                let weights = &mut self.weights[*row..*row + self.labels];
                let squares = &mut squares[*row..*row + self.labels];
                descend(weights, squares, &gradient, how);
            }
        }
    }

    fn step_transitions(
        &mut self,
        gold: &[usize],
        lattice: &Lattice,
        squares: &mut [f32],
        how: Settings,
    ) {
        let mut gradient = vec![0.0_f32; self.transitions.len()];
        for at in 0..gold.len() {
            let before = if at == 0 { self.labels } else { gold[at - 1] };
            gradient[before * self.labels + gold[at]] -= 1.0;
            lattice.add_pairs(at, &mut gradient);
        }
        descend(&mut self.transitions, squares, &gradient, how);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a probability needs no more digits")]
fn single(probability: f64) -> f32 {
    probability as f32
}

/// One AdaGrad step down a gradient.
fn descend(weights: &mut [f32], squares: &mut [f32], gradient: &[f32], how: Settings) {
    for ((weight, square), slope) in weights.iter_mut().zip(squares).zip(gradient) {
        // Most labels are impossible at most tokens; their slope is noise below any effect.
        if slope.abs() > 1e-4 {
            let slope = slope + how.decay * *weight;
            *square += slope * slope;
            *weight -= how.rate * slope / square.sqrt();
        }
    }
}

fn index(data: &[(Features, Vec<usize>)], least: u32) -> HashMap<u64, usize> {
    let mut counts: HashMap<u64, u32> = HashMap::new();
    let all = || data.iter().flat_map(|(features, _)| features).flatten();
    for feature in all() {
        *counts.entry(*feature).or_default() += 1;
    }
    let mut index = HashMap::new();
    // Numbered by first sight, so that the table of weights is laid out alike in every run.
    for feature in all() {
        if counts.get(feature).is_some_and(|count| *count >= least) {
            let next = index.len();
            index.entry(*feature).or_insert(next);
        }
    }
    index
}

/// Forward and backward weights of a sentence, scaled so that every column of `forward` sums to 1
/// and `forward · backward` is the marginal.
struct Lattice {
    labels: usize,
    /// Already divided by the scale of its token.
    emissions: Vec<Vec<f64>>,
    transitions: Vec<f64>,
    forward: Vec<Vec<f64>>,
    backward: Vec<Vec<f64>>,
}

impl Lattice {
    fn new(labels: usize, emissions: Vec<Vec<f64>>, transitions: Vec<f64>) -> Self {
        let length = emissions.len();
        let mut lattice = Self {
            labels,
            emissions,
            transitions,
            forward: Vec::with_capacity(length),
            backward: vec![vec![1.0; labels]; length],
        };
        for at in 0..length {
            let mut column = vec![0.0; labels];
            let befores = if at == 0 { labels..labels + 1 } else { 0..labels };
            for before in befores {
                let weight = if at == 0 { 1.0 } else { lattice.forward[at - 1][before] };
                for (sum, edge) in column.iter_mut().zip(lattice.edges(at, before)) {
                    *sum += weight * edge;
                }
            }
            let scale: f64 = column.iter().sum();
            column.iter_mut().for_each(|sum| *sum /= scale);
            lattice.emissions[at].iter_mut().for_each(|e| *e /= scale);
            lattice.forward.push(column);
        }
        for at in (1..length).rev() {
            let column: Vec<f64> = (0..labels)
                .map(|before| {
                    let edges = lattice.edges(at, before);
                    edges.zip(&lattice.backward[at]).map(|(edge, after)| edge * after).sum()
                })
                .collect();
            lattice.backward[at - 1] = column;
        }
        lattice
    }

    fn len(&self) -> usize {
        self.emissions.len()
    }

    /// The weights of going from this label into each label at a token.
    fn edges(&self, at: usize, before: usize) -> impl Iterator<Item = f64> {
        let row = &self.transitions[before * self.labels..(before + 1) * self.labels];
        row.iter().zip(&self.emissions[at]).map(|(t, e)| t * e)
    }

    fn edge(&self, at: usize, before: usize, label: usize) -> f64 {
        self.transitions[before * self.labels + label] * self.emissions[at][label]
    }

    fn marginal(&self, at: usize, label: usize) -> f64 {
        self.forward[at][label] * self.backward[at][label]
    }

    /// Adds the probability of each pair of labels before and at a token.
    fn add_pairs(&self, at: usize, sums: &mut [f32]) {
        let befores = if at == 0 { self.labels..self.labels + 1 } else { 0..self.labels };
        for before in befores {
            let weight = if at == 0 { 1.0 } else { self.forward[at - 1][before] };
            let row = before * self.labels;
            for (label, edge) in self.edges(at, before).enumerate() {
                sums[row + label] += single(weight * edge * self.backward[at][label]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOW: Settings =
        Settings { epochs: 60, rate: 0.3, decay: 0.0, least_count: 1, drop: 0, seed: 1 };

    /// Word 7 begins a span that word 8 continues; word 9 is never inside.
    fn field() -> Field {
        let sentence = |words: &[u64], labels: &[usize]| {
            (words.iter().map(|w| vec![*w]).collect::<Features>(), labels.to_vec())
        };
        let data = vec![
            sentence(&[9, 7, 8, 9], &[0, 1, 2, 0]),
            sentence(&[7, 9, 8], &[1, 0, 0]),
            sentence(&[9, 9], &[0, 0]),
        ];
        Field::learn(1, &data, HOW)
    }

    #[test]
    fn what_was_taught_is_told_again() {
        let field = field();
        let spans = field.spans(&vec![vec![9], vec![9], vec![7], vec![8]], 0.5);
        assert_eq!(spans.len(), 1);
        assert_eq!((spans[0].start, spans[0].end, spans[0].kind), (2, 4, 0));
        assert!(spans[0].probability > 0.8);
        assert!(field.spans(&Vec::new(), 0.1).is_empty());
    }

    /// Probabilities of spans against the sum over all labellings.
    #[test]
    fn the_probability_of_a_span_is_that_of_its_labellings() {
        let field = field();
        let features: Features = vec![vec![9, 7], vec![7, 8], vec![8, 9], vec![9]];
        let known = field.known(&features);
        let weight = |labels: &[usize]| {
            let mut sum = 0.0;
            let mut before = field.labels;
            for (at, label) in labels.iter().enumerate() {
                sum += f64::from(field.transitions[before * field.labels + label]);
                sum += known[at].iter().map(|r| f64::from(field.weights[r + label])).sum::<f64>();
                before = *label;
            }
            sum.exp()
        };
        let all: Vec<Vec<usize>> =
            (0..81).map(|n| vec![n / 27, n / 9 % 3, n / 3 % 3, n % 3]).collect();
        let whole: f64 = all.iter().map(|labels| weight(labels)).sum();
        for span in field.spans(&features, 1e-9) {
            let within = |labels: &[usize]| {
                labels[span.start] == 1
                    && (span.start + 1..span.end).all(|at| labels[at] == 2)
                    && labels.get(span.end) != Some(&2)
            };
            let part: f64 = all.iter().filter(|l| within(l)).map(|l| weight(l)).sum();
            assert!((part / whole - span.probability).abs() < 1e-6, "{span:?}");
        }
    }
}
