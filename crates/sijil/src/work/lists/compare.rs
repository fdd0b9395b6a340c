//! Two editions of a list side by side: which rows are in both, which went, which came.
//!
//! Rows are one by the list's own number where both editions have a column of it; else two rows are
//! one when all their cells are the same, and no row can be told to have changed.

use std::collections::BTreeMap;

use crate::intake::mapping;
use crate::model::{Column, Role, Table, TableRow};

/// By what rows of two editions are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// The list's own number, in the column of this header of the later edition.
    Number(String),
    /// All cells of the row.
    Row,
}

/// A row that is in both editions and says something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedRow {
    /// The row of the earlier edition.
    pub earlier: u64,
    /// The row of the later edition.
    pub later: u64,
    /// Headers of the fields that differ.
    pub fields: Vec<String>,
}

/// What became of a list from one edition to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionChange {
    /// By what rows are one.
    pub identity: Identity,
    /// How many numbers, or rows, are in both.
    pub in_both: usize,
    /// Rows of the earlier edition that the later one has no more.
    pub withdrawn: Vec<u64>,
    /// Rows of the later edition that the earlier one had not.
    pub new: Vec<u64>,
    /// Rows in both whose fields differ.
    pub changed: Vec<ChangedRow>,
    /// How often each field differs, by its header in the later edition.
    pub fields: BTreeMap<String, usize>,
    /// Rows that carry a number which an earlier row of their edition carries too: not compared.
    pub repeated: usize,
}

/// Compares two editions; `settled` are the columns that a user settled.
pub fn compare_editions(earlier: &Table, later: &Table, settled: &[Column]) -> EditionChange {
    let number = |table: &Table| {
        let mapping = mapping::infer(table).settled(settled);
        mapping.column(Role::ListId).filter(|column| is_number(table, *column))
    };
    let identity = number(earlier).zip(number(later));
    let (earlier_rows, first) = keyed(earlier, identity.map(|(column, _)| column));
    let (later_rows, second) = keyed(later, identity.map(|(_, column)| column));
    let shared = shared_columns(earlier, later);
    let mut change = EditionChange {
        identity: identity
            .map_or(Identity::Row, |(_, c)| Identity::Number(later.headers[c].clone())),
        in_both: 0,
        withdrawn: Vec::new(),
        new: Vec::new(),
        changed: Vec::new(),
        fields: BTreeMap::new(),
        repeated: first + second,
    };
    for (key, row) in &earlier_rows {
        let Some(other) = later_rows.get(key) else {
            change.withdrawn.push(row.row);
            continue;
        };
        change.in_both += 1;
        let differ = |(_, a, b): &&(String, usize, usize)| cell(row, *a) != cell(other, *b);
        let fields: Vec<String> =
            shared.iter().filter(differ).map(|(header, ..)| header.clone()).collect();
        if !fields.is_empty() {
            for field in &fields {
                *change.fields.entry(field.clone()).or_default() += 1;
            }
            change.changed.push(ChangedRow { earlier: row.row, later: other.row, fields });
        }
    }
    let came = later_rows.iter().filter(|(key, _)| !earlier_rows.contains_key(*key));
    change.new = came.map(|(_, row)| row.row).collect();
    change.withdrawn.sort_unstable();
    change.new.sort_unstable();
    change.changed.sort_by_key(|row| row.later);
    change
}

/// Whether a column numbers its list: nearly every row has a value, hardly any twice.
fn is_number(table: &Table, column: usize) -> bool {
    let mut values: Vec<&str> =
        table.rows.iter().map(|row| cell(row, column)).filter(|v| !v.is_empty()).collect();
    let filled = values.len();
    values.sort_unstable();
    values.dedup();
    filled > 0 && filled * 10 >= table.rows.len() * 9 && values.len() * 10 >= filled * 9
}

/// Rows by what makes them one, and how many repeat another's. Rows without a number are known by
/// their cells; a row that stands twice is two rows.
fn keyed(table: &Table, number: Option<usize>) -> (BTreeMap<Key<'_>, &TableRow>, usize) {
    let mut rows = BTreeMap::new();
    let mut repeated = 0;
    for row in &table.rows {
        let number = number.map(|column| cell(row, column)).filter(|number| !number.is_empty());
        match number {
            Some(number) => match rows.entry(Key::Number(number)) {
                std::collections::btree_map::Entry::Vacant(free) => {
                    free.insert(row);
                }
                std::collections::btree_map::Entry::Occupied(_) => repeated += 1,
            },
            None => {
                let mut nth = 0;
                while rows.contains_key(&Key::Row(&row.cells, nth)) {
                    nth += 1;
                }
                rows.insert(Key::Row(&row.cells, nth), row);
            }
        }
    }
    (rows, repeated)
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Number(&'a str),
    /// Cells, and how many rows of the same cells stand before.
    Row(&'a [String], usize),
}

/// Columns of the same header in both editions: header, column of each.
fn shared_columns(earlier: &Table, later: &Table) -> Vec<(String, usize, usize)> {
    let found = later.headers.iter().enumerate().filter_map(|(b, header)| {
        let a = earlier.headers.iter().position(|other| other == header)?;
        Some((header.clone(), a, b))
    });
    found.collect()
}

fn cell(row: &TableRow, column: usize) -> &str {
    row.cells.get(column).map_or("", |cell| cell.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(headers: &[&str], rows: &[&[&str]]) -> Table {
        let owned = |cells: &[&str]| cells.iter().map(|c| (*c).to_owned()).collect();
        let rows = (2..).zip(rows).map(|(row, cells)| TableRow { row, cells: owned(cells) });
        Table { sheet: String::new(), headers: owned(headers), rows: rows.collect() }
    }

    #[test]
    fn rows_are_one_by_the_number_of_the_list() {
        let headers = ["id", "الاسم", "Age"];
        let earlier =
            table(&headers, &[&["1", "سامي", "30"], &["2", "ليلى", "9"], &["3", "كريم", ""]]);
        let later =
            table(&headers, &[&["3", "كريم", "40"], &["4", "هالة", "7"], &["1", "سامي", "30"]]);
        let change = compare_editions(&earlier, &later, &[]);
        assert_eq!(change.identity, Identity::Number("id".to_owned()));
        assert_eq!((change.in_both, change.repeated), (2, 0));
        assert_eq!((change.withdrawn, change.new), (vec![3], vec![3]));
        let changed = ChangedRow { earlier: 4, later: 2, fields: vec!["Age".to_owned()] };
        assert_eq!(change.changed, [changed]);
        assert_eq!(change.fields, BTreeMap::from([("Age".to_owned(), 1)]));
    }

    #[test]
    fn without_a_number_rows_are_one_by_all_they_say() {
        let earlier = table(&["Name", "Age"], &[&["a b", "1"], &["a b", "1"], &["c d", "2"]]);
        let later = table(&["Name", "Age"], &[&["c d", "3"], &["a b", "1"]]);
        let change = compare_editions(&earlier, &later, &[]);
        assert_eq!(change.identity, Identity::Row);
        assert_eq!((change.in_both, change.withdrawn.len(), change.new.len()), (1, 2, 1));
        assert!(change.changed.is_empty());
    }

    #[test]
    fn a_number_that_is_given_twice_is_told() {
        let rows: Vec<Vec<String>> = (0..20).map(|n| vec![n.min(18).to_string()]).collect();
        let rows: Vec<Vec<&str>> =
            rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let list = table(&["id"], &rows);
        let change = compare_editions(&list, &list, &[]);
        assert_eq!((change.in_both, change.repeated), (19, 2));
    }
}
