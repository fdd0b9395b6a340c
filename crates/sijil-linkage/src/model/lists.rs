//! Which two lists a pair of rows stands on, and what that says beforehand.
//!
//! A ministry's list names nobody twice and has most of an earlier edition; two volunteers' lists overlap
//! in part. So the share of pairs of one person is kept for each two lists, and for each list with
//! itself. What few rows say of two lists is drawn towards what all lists say.

use crate::table::Table;

/// More lists than these are not told apart: only whether two rows stand on one.
const MOST: usize = 24;

/// Pairs of lists, numbered.
#[derive(Clone, Debug)]
pub(crate) struct Lists {
    count: usize,
    /// Pairs of rows on each two lists.
    pub(super) pairs: Vec<f64>,
}

impl Lists {
    pub(super) fn of(table: &Table) -> Self {
        // One more, for lists that come later.
        let count = table.lists.iter().max().map_or(0, |last| *last as usize + 1) + 1;
        let mut sizes = vec![0.0_f64; count];
        table.lists.iter().for_each(|list| sizes[*list as usize] += 1.0);
        let within = |n: f64| n * (n - 1.0) / 2.0;
        let mut lists = Self { count, pairs: Vec::new() };
        lists.pairs = vec![0.0; lists.numbers()];
        if count <= MOST {
            for (a, n) in (0..).zip(&sizes) {
                for (b, m) in (a..).zip(&sizes[a as usize..]) {
                    let at = lists.number(a, b);
                    lists.pairs[at] = if a == b { within(*n) } else { n * m };
                }
            }
        } else {
            let one: f64 = sizes.iter().copied().map(within).sum();
            lists.pairs = vec![within(sizes.iter().sum()) - one, one];
        }
        lists.pairs.iter_mut().for_each(|pairs| *pairs = pairs.max(1.0));
        lists
    }

    /// So many lists that were learned from, and no pairs to learn from.
    pub(super) fn of_known(known: usize) -> Self {
        Self { count: known + 1, pairs: Vec::new() }
    }

    /// How many lists were learned from.
    pub(super) fn known(&self) -> usize {
        self.count - 1
    }

    /// The number of two lists.
    pub(crate) fn number(&self, a: u32, b: u32) -> usize {
        if self.count <= MOST {
            let later = self.count - 1;
            let (low, high) = (a.min(b) as usize, a.max(b) as usize);
            // Two lists that both come later are as any two lists.
            let low = if low < high { low.min(later.saturating_sub(1)) } else { low.min(later) };
            low * self.count + high.min(later)
        } else {
            usize::from(a == b)
        }
    }

    /// Numbers that there are; some stand for no two lists.
    pub(crate) fn numbers(&self) -> usize {
        if self.count <= MOST { self.count * self.count } else { 2 }
    }

    /// Whether a number stands for a list and itself.
    pub(crate) fn is_one(&self, number: usize) -> bool {
        if self.count <= MOST {
            number / self.count.max(1) == number % self.count.max(1)
        } else {
            number == 1
        }
    }

    /// The lists.
    pub(crate) fn each(&self) -> impl Iterator<Item = u32> + use<> {
        (0..).take(self.count)
    }
}
