//! Gradient boosted trees for the probability of a yes (Friedman 2001, with second-order leaves).
//!
//! Small tables of mixed figures, where the effect of one depends on another: trees fit them where
//! sums of weights do not. Values are cut into at most 64 bins by their ranks; a leaf moves the log
//! odds by `-G / (H + λ)` with `G` and `H` the sums of slopes and curvatures of the log loss.

use crate::dice::Dice;

/// How trees are grown.
#[derive(Clone, Copy)]
pub(super) struct Settings {
    pub(super) trees: usize,
    pub(super) depth: usize,
    /// The share of its step that a tree takes.
    pub(super) rate: f64,
    /// A leaf has at least this sum of curvatures.
    pub(super) least_weight: f64,
    /// The λ of the formula.
    pub(super) ridge: f64,
    /// Rows that a tree sees, of 1,000; and columns.
    pub(super) rows_per_mille: usize,
    pub(super) columns_per_mille: usize,
    pub(super) seed: u64,
}

const BINS: usize = 64;

/// A sum of trees.
pub(super) struct Trees {
    start: f64,
    trees: Vec<Node>,
}

enum Node {
    Leaf(f64),
    /// Left where the value of the column is at most the cut.
    Split {
        column: usize,
        cut: f64,
        left: Box<Node>,
        right: Box<Node>,
    },
}

impl Trees {
    /// Learns from rows of equal length; `truth` may be soft.
    pub(super) fn learn(rows: &[Vec<f64>], truth: &[f64], how: Settings) -> Self {
        let mean = (truth.iter().sum::<f64>() + 0.5) / (truth.len() as f64 + 1.0);
        let start = (mean / (1.0 - mean)).ln();
        let table = Table::new(rows);
        let mut sums = vec![start; rows.len()];
        let mut dice = Dice::new(how.seed, 0);
        let mut trees = Vec::new();
        for _ in 0..how.trees {
            let slopes: Vec<(f64, f64)> = sums
                .iter()
                .zip(truth)
                .map(|(sum, truth)| {
                    let p = sigmoid(*sum);
                    (p - truth, p * (1.0 - p))
                })
                .collect();
            let sample: Vec<usize> =
                (0..rows.len()).filter(|_| dice.chance(how.rows_per_mille)).collect();
            let columns: Vec<usize> =
                (0..table.cuts.len()).filter(|_| dice.chance(how.columns_per_mille)).collect();
            let grower = Grower { table: &table, slopes: &slopes, columns: &columns, how };
            let tree = grower.grow(sample, how.depth);
            for (sum, row) in sums.iter_mut().zip(rows) {
                *sum += tree.value(row);
            }
            trees.push(tree);
        }
        Self { start, trees }
    }

    /// The probability of a row.
    pub(super) fn predict(&self, row: &[f64]) -> f64 {
        sigmoid(self.start + self.trees.iter().map(|tree| tree.value(row)).sum::<f64>())
    }
}

fn sigmoid(value: f64) -> f64 {
    1.0 / (1.0 + (-value).exp())
}

impl Node {
    fn value(&self, row: &[f64]) -> f64 {
        match self {
            Self::Leaf(value) => *value,
            Self::Split { column, cut, left, right } => {
                if row[*column] <= *cut {
                    left.value(row)
                } else {
                    right.value(row)
                }
            }
        }
    }
}

/// The bin of every value, and the upper bounds of the bins of each column.
struct Table {
    bins: Vec<Vec<u8>>,
    cuts: Vec<Vec<f64>>,
}

impl Table {
    fn new(rows: &[Vec<f64>]) -> Self {
        let columns = rows.first().map_or(0, Vec::len);
        let cuts: Vec<Vec<f64>> = (0..columns).map(|column| cuts(rows, column)).collect();
        let bin = |column: usize, value: f64| {
            u8::try_from(cuts[column].partition_point(|cut| *cut < value)).unwrap_or(u8::MAX)
        };
        let bins = (0..columns)
            .map(|column| rows.iter().map(|row| bin(column, row[column])).collect())
            .collect();
        Self { bins, cuts }
    }
}

/// Upper bounds of bins of about equal numbers of rows; the last bin is open.
fn cuts(rows: &[Vec<f64>], column: usize) -> Vec<f64> {
    let mut values: Vec<f64> = rows.iter().map(|row| row[column]).collect();
    values.sort_by(f64::total_cmp);
    let mut cuts = Vec::new();
    for bin in 1..BINS {
        let at = values.len() * bin / BINS;
        let Some(low) = at.checked_sub(1) else { continue };
        if values[low] < values[at] {
            cuts.push(f64::midpoint(values[low], values[at]));
        }
    }
    if cuts.is_empty() {
        // A rare value would else never be told from the others.
        let differ = values.windows(2).find(|pair| pair[0] < pair[1]);
        cuts.extend(differ.map(|pair| f64::midpoint(pair[0], pair[1])));
    }
    cuts
}

struct Grower<'a> {
    table: &'a Table,
    slopes: &'a [(f64, f64)],
    columns: &'a [usize],
    how: Settings,
}

impl Grower<'_> {
    fn grow(&self, rows: Vec<usize>, depth: usize) -> Node {
        let (slope, weight) = rows
            .iter()
            .fold((0.0, 0.0), |(g, h), row| (g + self.slopes[*row].0, h + self.slopes[*row].1));
        let leaf = Node::Leaf(-self.how.rate * slope / (weight + self.how.ridge));
        if depth == 0 {
            return leaf;
        }
        let Some((column, bin)) = self.best_split(&rows, slope, weight) else { return leaf };
        let bins = &self.table.bins[column];
        let (left, right) = rows.into_iter().partition(|row| usize::from(bins[*row]) <= bin);
        Node::Split {
            column,
            cut: self.table.cuts[column][bin],
            left: Box::new(self.grow(left, depth - 1)),
            right: Box::new(self.grow(right, depth - 1)),
        }
    }

    /// The column and bin after which a cut gains most.
    fn best_split(&self, rows: &[usize], slope: f64, weight: f64) -> Option<(usize, usize)> {
        let how = &self.how;
        let worth = |g: f64, h: f64| g * g / (h + how.ridge);
        let mut best = (1e-9, None);
        for column in self.columns {
            let mut sums = [(0.0, 0.0); BINS];
            for row in rows {
                let sum = &mut sums[usize::from(self.table.bins[*column][*row])];
                sum.0 += self.slopes[*row].0;
                sum.1 += self.slopes[*row].1;
            }
            let (mut g, mut h) = (0.0, 0.0);
            for (bin, sum) in sums.iter().take(self.table.cuts[*column].len()).enumerate() {
                (g, h) = (g + sum.0, h + sum.1);
                if h < how.least_weight || weight - h < how.least_weight {
                    continue;
                }
                let gain = worth(g, h) + worth(slope - g, weight - h) - worth(slope, weight);
                if gain > best.0 {
                    best = (gain, Some((*column, bin)));
                }
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::{Settings, Trees};

    const HOW: Settings = Settings {
        trees: 60,
        depth: 2,
        rate: 0.3,
        least_weight: 0.5,
        ridge: 1.0,
        rows_per_mille: 1000,
        columns_per_mille: 1000,
        seed: 1,
    };

    /// Yes where exactly one of two figures is high: no sum of weights can tell.
    #[test]
    fn an_effect_that_depends_on_another_is_learned() {
        let rows: Vec<Vec<f64>> =
            (0..400).map(|at| vec![f64::from(at % 20), f64::from(at / 20), 0.0]).collect();
        let truth: Vec<f64> =
            rows.iter().map(|r| f64::from(u8::from((r[0] > 9.0) != (r[1] > 12.0)))).collect();
        let trees = Trees::learn(&rows, &truth, HOW);
        assert!(trees.predict(&[2.0, 18.0, 0.0]) > 0.9);
        assert!(trees.predict(&[15.0, 18.0, 0.0]) < 0.1);
    }

    #[test]
    fn without_a_difference_the_share_is_told() {
        let trees = Trees::learn(&[vec![1.0], vec![1.0], vec![1.0]], &[1.0, 0.0, 1.0], HOW);
        assert!((trees.predict(&[1.0]) - 0.65).abs() < 0.05);
        assert!((Trees::learn(&[], &[], HOW).predict(&[]) - 0.5).abs() < 1e-9);
    }
}
