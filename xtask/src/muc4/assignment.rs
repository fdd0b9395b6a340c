//! The one-to-one pairing of rows and columns with the greatest sum of weights.
//!
//! The Hungarian method with potentials, O(n²m) (Jonker and Volgenant's shortest augmenting paths
//! in the form of the well-known competition code). Both metrics need it: templates and entities
//! are paired before anything is counted.

/// The greatest sum of weights over one-to-one pairings, and the column of each row if it has one.
///
/// `weights` is a full table with rows of equal length and weights of at least 0.
pub(super) fn best_pairs(weights: &[Vec<f64>]) -> (f64, Vec<Option<usize>>) {
    let rows = weights.len();
    let columns = weights.first().map_or(0, Vec::len);
    // Square, with weights of 0 beyond the table: to stay single costs nothing.
    let size = rows.max(columns);
    let cost = |row: usize, column: usize| {
        -weights.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0.0)
    };
    let owner = cheapest_owners(size, cost);
    let mut pairs = vec![None; rows];
    let mut sum = 0.0;
    for (column, row) in owner.into_iter().enumerate() {
        if row < rows && column < columns {
            pairs[row] = Some(column);
            sum += weights[row][column];
        }
    }
    (sum, pairs)
}

/// The row that owns each column in the cheapest perfect matching of a square table.
fn cheapest_owners(size: usize, cost: impl Fn(usize, usize) -> f64) -> Vec<usize> {
    // Index 0 of columns stands for "no column yet"; rows and columns count from 1 inside.
    let mut row_potential = vec![0.0; size + 1];
    let mut column_potential = vec![0.0; size + 1];
    let mut owner = vec![0; size + 1];
    for row in 1..=size {
        owner[0] = row;
        let mut from = vec![0; size + 1];
        let mut slack = vec![f64::INFINITY; size + 1];
        let mut used = vec![false; size + 1];
        let mut column = 0;
        while owner[column] != 0 {
            used[column] = true;
            let current = owner[column];
            let (mut least, mut next) = (f64::INFINITY, 0);
            for other in (1..=size).filter(|other| !used[*other]) {
                let reduced =
                    cost(current - 1, other - 1) - row_potential[current] - column_potential[other];
                if reduced < slack[other] {
                    slack[other] = reduced;
                    from[other] = column;
                }
                if slack[other] < least {
                    (least, next) = (slack[other], other);
                }
            }
            for other in 0..=size {
                if used[other] {
                    row_potential[owner[other]] += least;
                    column_potential[other] -= least;
                } else {
                    slack[other] -= least;
                }
            }
            column = next;
        }
        while column != 0 {
            owner[column] = owner[from[column]];
            column = from[column];
        }
    }
    owner[1..].iter().map(|row| row - 1).collect()
}

#[cfg(test)]
mod tests {
    use super::best_pairs;

    #[test]
    fn the_greedy_pair_is_left_for_a_greater_sum() {
        let (sum, pairs) = best_pairs(&[vec![5.0, 4.0], vec![4.0, 0.0]]);
        assert_eq!((sum, pairs), (8.0, vec![Some(1), Some(0)]));
    }

    #[test]
    fn tables_need_not_be_square_or_filled() {
        assert_eq!(best_pairs(&[]).0, 0.0);
        assert_eq!(best_pairs(&[vec![], vec![]]).1, vec![None, None]);
        assert_eq!(
            best_pairs(&[vec![1.0], vec![3.0], vec![2.0]]),
            (3.0, vec![None, Some(0), None])
        );
        assert_eq!(best_pairs(&[vec![1.0, 3.0, 2.0]]), (3.0, vec![Some(1)]));
    }

    /// Against every permutation, on tables made by a small congruential sequence.
    #[test]
    fn equals_the_search_of_all_permutations() {
        let mut state = 7_u32;
        for size in 1..=5 {
            for _ in 0..40 {
                let mut draw = || {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    f64::from(state >> 28)
                };
                let table: Vec<Vec<f64>> =
                    (0..size).map(|_| (0..size).map(|_| draw()).collect()).collect();
                let mut columns: Vec<usize> = (0..size).collect();
                let best = all(&table, 0, &mut columns);
                assert_eq!(best_pairs(&table).0, best);
            }
        }
    }

    fn all(table: &[Vec<f64>], row: usize, columns: &mut Vec<usize>) -> f64 {
        if row == table.len() {
            return 0.0;
        }
        let mut best: f64 = 0.0;
        for at in row..columns.len() {
            columns.swap(row, at);
            best = best.max(table[row][columns[row]] + all(table, row + 1, columns));
            columns.swap(row, at);
        }
        best
    }
}
