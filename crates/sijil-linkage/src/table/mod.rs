//! The rows as numbers: each distinct value is read once.
//!
//! Rows are put into an order of their own, by hash of content, and every later step works in that
//! order; so the order in which they came cannot matter. Values are numbered as they are met in it.

mod fathers;
mod parts;
mod rarity;
mod roll;
mod texts;
mod values;

use rayon::prelude::*;

pub(crate) use parts::{Names, Parts};
pub(crate) use rarity::Rarity;
pub use roll::{Cell, Code, Roll};
pub use texts::Texts;
pub(crate) use values::{Column, Day, Place, Values};

/// No value.
pub(crate) const NONE: u32 = u32::MAX;

/// For each row the numbers of its values, row after row: a row is compared as a whole, so it
/// should lie in one place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Codes {
    /// Fields of a row.
    pub(crate) width: usize,
    /// All numbers, [`NONE`] where there is no value.
    pub(crate) all: Vec<u32>,
}

impl Codes {
    /// The numbers of a row.
    pub(crate) fn row(&self, row: u32) -> &[u32] {
        let start = row as usize * self.width;
        &self.all[start..start + self.width]
    }

    /// The numbers of one field, row by row.
    pub(crate) fn column(&self, column: usize) -> impl Iterator<Item = u32> + '_ {
        self.all.iter().skip(column).step_by(self.width.max(1)).copied()
    }

    fn at(&mut self, row: usize, column: usize) -> &mut u32 {
        &mut self.all[row * self.width + column]
    }

    /// The rows in another order.
    fn ordered(&self, order: &[u32]) -> Self {
        let mut all = Vec::with_capacity(self.all.len());
        order.iter().for_each(|row| all.extend_from_slice(self.row(*row)));
        Self { width: self.width, all }
    }

    /// Numbers the values of a field in the order in which they are met, and gives for each new
    /// number the old one.
    fn renumber(&mut self, column: usize, values: usize) -> Vec<u32> {
        let mut new = vec![NONE; values];
        let mut old = Vec::with_capacity(values);
        let width = self.width.max(1);
        for code in self.all.iter_mut().skip(column).step_by(width).filter(|code| **code != NONE) {
            let new = &mut new[*code as usize];
            if *new == NONE {
                *new = u32::try_from(old.len()).unwrap_or(NONE - 1);
                old.push(*code);
            }
            *code = *new;
        }
        old
    }
}

/// Rows in an order of their own.
pub(crate) struct Table {
    /// For each place in the order, the row that stands there.
    pub(crate) order: Vec<u32>,
    /// The list of each row, numbered from 0 without a gap.
    pub(crate) lists: Vec<u32>,
    /// The numbers that lists were handed in with.
    pub(crate) list_numbers: Vec<u32>,
    /// The values of each row.
    pub(crate) codes: Codes,
    /// A column for each field of the spec.
    pub(crate) columns: Vec<Column>,
    /// All parts of names.
    pub(crate) parts: Parts,
}

impl Table {
    /// Reads the rows.
    pub(crate) fn of(roll: Roll) -> Self {
        let keys = roll.contents.iter().zip(&roll.lists);
        let mut keyed: Vec<(u64, u32, u32)> =
            keys.zip(0..).map(|((content, list), at)| (*content, *list, at)).collect();
        keyed.par_sort_unstable();
        let order: Vec<u32> = keyed.iter().map(|(_, _, at)| *at).collect();
        let (lists, list_numbers) = numbered(keyed.iter().map(|(_, list, _)| *list).collect());
        drop(keyed);
        let Roll { spec, codes, columns, .. } = roll;
        let mut codes = codes.ordered(&order);
        let mut parts = Parts::default();
        let columns = spec.fields.iter().zip(columns).enumerate();
        let mut columns: Vec<Column> = columns
            .map(|(at, (field, distinct))| {
                let old = codes.renumber(at, distinct.count());
                Column::of(field, &distinct, &old, &mut parts)
            })
            .collect();
        fathers::out_of_names(&mut columns, &mut codes, &lists, &mut parts);
        values::ages_from_births(&mut columns, &mut codes);
        for (at, column) in columns.iter_mut().enumerate() {
            column.count(&mut codes, at, &parts);
        }
        parts.forget_texts();
        Self { order, lists, list_numbers, codes, columns, parts }
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.order.len()
    }

    /// Numbers the lists anew: those with these numbers come first, in this order.
    pub(crate) fn lists_first(&mut self, first: &[u32]) {
        let others = self.list_numbers.iter().filter(|number| !first.contains(number));
        let numbers: Vec<u32> = first.iter().chain(others).copied().collect();
        for list in &mut self.lists {
            let number = self.list_numbers[*list as usize];
            let at = numbers.iter().position(|other| *other == number).unwrap_or(0);
            *list = u32::try_from(at).unwrap_or(NONE);
        }
        self.list_numbers = numbers;
    }

    /// Clusters in this order (any number a cluster) as the first row of each row's cluster.
    pub(crate) fn back_to_rows(&self, clusters: &[u32]) -> Vec<u32> {
        let mut first = vec![NONE; self.len()];
        for (cluster, row) in clusters.iter().zip(&self.order) {
            let first = &mut first[*cluster as usize];
            *first = (*first).min(*row);
        }
        let mut rows = vec![0; self.len()];
        for (cluster, row) in clusters.iter().zip(&self.order) {
            rows[*row as usize] = first[*cluster as usize];
        }
        rows
    }
}

/// Numbers of lists without a gap, in their order, and the numbers that they had.
fn numbered(mut lists: Vec<u32>) -> (Vec<u32>, Vec<u32>) {
    let mut known = lists.clone();
    known.sort_unstable();
    known.dedup();
    for list in &mut lists {
        let number = known.binary_search(list).unwrap_or(0);
        *list = u32::try_from(number).unwrap_or(NONE);
    }
    (lists, known)
}
