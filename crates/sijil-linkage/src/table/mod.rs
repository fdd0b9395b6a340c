//! The rows as columns of small numbers: each distinct value is read once.
//!
//! Rows are put into an order of their own, by hash of content, and every later step works in that
//! order; so the order in which they came cannot matter. Values are numbered as they are met.

mod fathers;
mod parts;
mod values;

use crate::hash;
use crate::{Row, Spec, Value};

pub(crate) use parts::{Entry, Parts};
pub(crate) use values::{Column, Day, Place, Values};

/// No value.
pub(crate) const NONE: u32 = u32::MAX;

/// Rows as columns, in an order of their own.
pub(crate) struct Table {
    /// For each place in the order, the row that stands there.
    pub(crate) order: Vec<u32>,
    /// The list of each row.
    pub(crate) lists: Vec<u32>,
    /// A column for each field of the spec.
    pub(crate) columns: Vec<Column>,
    /// All parts of names.
    pub(crate) parts: Parts,
}

impl Table {
    /// Reads the rows.
    pub(crate) fn of(rows: &[Row], spec: &Spec) -> Self {
        let mut keyed: Vec<(u64, u32, u32)> =
            rows.iter().zip(0..).map(|(row, at)| (content(row), row.list, at)).collect();
        keyed.sort_unstable();
        let order: Vec<u32> = keyed.iter().map(|(_, _, at)| *at).collect();
        let lists: Vec<u32> = keyed.iter().map(|(_, list, _)| *list).collect();
        let mut parts = Parts::default();
        let columns = spec
            .fields
            .iter()
            .enumerate()
            .map(|(at, field)| {
                let value = |row: &u32| rows[*row as usize].values.get(at)?.as_ref();
                Column::of(field, order.iter().map(value), &mut parts)
            })
            .collect();
        let mut table = Self { order, lists, columns, parts };
        fathers::out_of_names(&mut table.columns, &table.lists, &mut table.parts);
        values::ages_from_births(&mut table.columns);
        table
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether two rows stand on one list.
    pub(crate) fn same_list(&self, a: u32, b: u32) -> bool {
        self.lists[a as usize] == self.lists[b as usize]
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

fn content(row: &Row) -> u64 {
    row.values.iter().fold(1, |hash, value| match value {
        None => hash::add(hash, 0),
        Some(Value::Text(text)) => hash::add_text(hash::add(hash, 1), text),
        Some(Value::Number(number)) => hash::add(hash::add(hash, 2), number.cast_unsigned()),
        Some(Value::Date(date)) => {
            let days = values::days(*date);
            hash::add(hash::add(hash, 3), u64::from(days.cast_unsigned()))
        }
    })
}

/// How much rarer or commoner than the average a value is, from how often it occurs.
pub(crate) struct Rarity {
    counts: Vec<u32>,
    rows: f64,
    mean: f64,
}

impl Rarity {
    /// From the number of each row's value.
    pub(crate) fn of(codes: impl Iterator<Item = u32>) -> Self {
        let mut counts: Vec<u32> = Vec::new();
        let mut rows = 0_u32;
        for code in codes.filter(|code| *code != NONE) {
            let at = code as usize;
            if counts.len() <= at {
                counts.resize(at + 1, 0);
            }
            counts[at] += 1;
            rows += 1;
        }
        let rows = f64::from(rows);
        let same: f64 = counts.iter().map(|c| f64::from(*c) * (f64::from(*c) - 1.0)).sum();
        // On few rows the chance that two agree is not known from them: one in a hundred is the
        // expectation they start from.
        let mean = (same + 2.0) / (rows * (rows - 1.0).max(0.0) + 200.0);
        Self { counts, rows, mean }
    }

    /// Chance that a row has this value over the chance that two rows agree.
    pub(crate) fn ratio(&self, code: u32) -> f64 {
        let count = self.counts.get(code as usize).copied().unwrap_or(1).max(1);
        // One of the occurrences is the record itself; half a one is what may come.
        (f64::from(count) - 0.5) / (self.rows + 50.0) / self.mean
    }
}
