//! Learns how Arabic letters are written in Latin: expectation and maximisation over alignments.
//!
//! Each sign of the Arabic part answers zero to three Latin letters, in order (Dempster, Laird and
//! Rubin 1977 on the model of Ristad and Yianilos 1998, with rows of letters on one side). The sum
//! over all alignments of a pair is its probability; each round counts every alignment by its
//! share in that sum.

use sijil_text::names::spelling::{CHUNKS, SIGNS, chunk};

/// Parts of names that answer each other, cut, with how much they count.
pub(crate) struct Example {
    pub(crate) signs: Vec<u8>,
    pub(crate) letters: Vec<u8>,
    pub(crate) weight: f64,
}

/// `P(letters | sign)`, by sign and chunk.
pub(crate) struct Transducer {
    table: Vec<f64>,
}

/// Rounds of learning; the likelihood gains less than a thousandth after them.
const ROUNDS: usize = 14;
/// Chunks seen less than this often for a sign are dropped after half of the rounds.
const RARE: f64 = 1.5;

impl Transducer {
    /// Learns from examples.
    pub(crate) fn learn(examples: &[Example]) -> Self {
        let mut learned = Self::first(examples);
        for round in 0..ROUNDS {
            let mut counts = vec![0.0; SIGNS * CHUNKS];
            for example in examples {
                learned.count(example, &mut counts);
            }
            if round >= ROUNDS / 2 {
                counts.iter_mut().filter(|count| **count < RARE).for_each(|count| *count = 0.0);
            }
            for row in counts.chunks_mut(CHUNKS) {
                let sum: f64 = row.iter().sum();
                if sum > 0.0 {
                    row.iter_mut().for_each(|count| *count /= sum);
                }
            }
            learned.table = counts;
        }
        learned
    }

    /// `P(letters | sign)`.
    pub(crate) fn probability(&self, sign: usize, chunk: usize) -> f64 {
        self.table[sign * CHUNKS + chunk]
    }

    /// Where learning begins: every chunk that occurs is possible, one letter likelier than none,
    /// two or three.
    fn first(examples: &[Example]) -> Self {
        let mut table = vec![0.0; SIGNS * CHUNKS];
        for row in table.chunks_mut(CHUNKS) {
            row[0] = 0.1;
            for example in examples {
                for (width, share) in [(1, 0.5), (2, 0.3), (3, 0.1)] {
                    for letters in example.letters.windows(width) {
                        row[chunk(letters)] =
                            share / 26_f64.powi(i32::try_from(width).unwrap_or(1));
                    }
                }
            }
        }
        Self { table }
    }

    /// Adds an example's expected counts; one that has no alignment adds none.
    fn count(&self, example: &Example, counts: &mut [f64]) {
        let (n, m) = (example.signs.len(), example.letters.len());
        let width = m + 1;
        let mut before = vec![0.0; (n + 1) * width];
        let mut after = vec![0.0; (n + 1) * width];
        before[0] = 1.0;
        after[n * width + m] = 1.0;
        let step = |i: usize, j: usize, k: usize| {
            usize::from(example.signs[i]) * CHUNKS + chunk(&example.letters[j..j + k])
        };
        for i in 0..n {
            for j in 0..=m {
                for k in 0..=3.min(m - j) {
                    before[(i + 1) * width + j + k] +=
                        before[i * width + j] * self.table[step(i, j, k)];
                }
            }
        }
        let whole = before[n * width + m];
        if whole <= 0.0 {
            return;
        }
        for i in (0..n).rev() {
            for j in 0..=m {
                let mut sum = 0.0;
                for k in 0..=3.min(m - j) {
                    let place = step(i, j, k);
                    let rest = self.table[place] * after[(i + 1) * width + j + k];
                    sum += rest;
                    counts[place] += example.weight * before[i * width + j] * rest / whole;
                }
                after[i * width + j] = sum;
            }
        }
    }

    /// `log P(letters | signs)`, over all alignments.
    pub(crate) fn log_probability(&self, example: &Example) -> f64 {
        let m = example.letters.len();
        let mut before = vec![0.0; m + 1];
        before[0] = 1.0;
        for sign in &example.signs {
            let mut now = vec![0.0; m + 1];
            for (j, sum) in before.iter().enumerate().filter(|(_, sum)| **sum > 0.0) {
                for k in 0..=3.min(m - j) {
                    let place = usize::from(*sign) * CHUNKS + chunk(&example.letters[j..j + k]);
                    now[j + k] += sum * self.table[place];
                }
            }
            before = now;
        }
        before[m].ln()
    }
}
