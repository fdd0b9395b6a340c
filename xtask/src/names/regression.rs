//! Logistic regression by Newton's method (iteratively reweighted least squares), with a ridge.

/// What is known of one pair.
pub(super) struct Row<'a> {
    pub(super) numbers: &'a [f32],
    pub(super) same: bool,
    /// How much it counts.
    pub(super) weight: f64,
}

/// How strongly weights are kept near 0.
const RIDGE: f64 = 2.0;
/// Steps of Newton's method; it has come to rest long before.
const STEPS: usize = 25;

/// The weights of the numbers; none if the rows do not settle them.
pub(super) fn fit(examples: &[Row<'_>]) -> Option<Vec<f64>> {
    let size = examples.first()?.numbers.len();
    let mut weights = vec![0.0; size];
    for _ in 0..STEPS {
        let mut gradient = vec![0.0; size];
        let mut hessian = vec![vec![0.0; size]; size];
        for example in examples {
            let row: Vec<f64> = example.numbers.iter().map(|x| f64::from(*x)).collect();
            let odds: f64 = row.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let probability = 1.0 / (1.0 + (-odds).exp());
            let truth = f64::from(u8::from(example.same));
            let spread = (probability * (1.0 - probability)).max(1e-6) * example.weight;
            for i in 0..size {
                gradient[i] += example.weight * (truth - probability) * row[i];
                for j in 0..=i {
                    hessian[i][j] += spread * row[i] * row[j];
                }
            }
        }
        for i in 0..size {
            gradient[i] -= RIDGE * weights[i];
            hessian[i][i] += RIDGE;
            // Only the lower half was summed up.
            let (upper, lower) = hessian.split_at_mut(i + 1);
            upper[i][i + 1..].iter_mut().zip(lower).for_each(|(cell, row)| *cell = row[i]);
        }
        let step = solve(hessian, gradient)?;
        weights.iter_mut().zip(&step).for_each(|(w, s)| *w += s.clamp(-2.0, 2.0));
    }
    Some(weights)
}

/// Solves a symmetric system by elimination with pivots.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let size = right.len();
    for column in 0..size {
        let pivot = (column..size)
            .max_by(|x, y| matrix[*x][column].abs().total_cmp(&matrix[*y][column].abs()))?;
        if matrix[pivot][column].abs() < 1e-12 {
            return None;
        }
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        for row in column + 1..size {
            let factor = matrix[row][column] / matrix[column][column];
            let (above, below) = matrix.split_at_mut(row);
            let cells = below[0][column..].iter_mut().zip(&above[column][column..]);
            cells.for_each(|(cell, pivot)| *cell -= factor * pivot);
            right[row] -= factor * right[column];
        }
    }
    for column in (0..size).rev() {
        let known: f64 = (column + 1..size).map(|at| matrix[column][at] * right[at]).sum();
        right[column] = (right[column] - known) / matrix[column][column];
    }
    Some(right)
}
