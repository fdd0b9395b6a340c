//! Rows handed on as they are read, for lists too long to be held as cells.

use std::path::Path;

use super::{Refusal, Report, csv, load, parquet, xlsx};
use crate::model::{Format, Place, Problem, Table, TableRow};

/// Takes the rows of tables.
pub trait Rows {
    /// Begins a table.
    fn table(&mut self, sheet: &str, headers: &[String]);
    /// Takes a row of the table begun last: one cell a header, trimmed. `row` is its number as a
    /// spreadsheet shows it, for separated values the line that it begins on.
    fn row(&mut self, row: u64, cells: &[&str]);
}

/// Hands on the rows of the tables of a file: separated values, a spreadsheet or Parquet.
pub fn stream(
    name: &str,
    format: Format,
    path: &Path,
    bytes: u64,
    to: &mut dyn Rows,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut problem = |place, message: String| {
        problems.push(Problem { file: name.to_owned(), place, message });
    };
    let report: &mut Report<'_> = &mut problem;
    match format {
        Format::Csv => match load(format, &path, bytes) {
            Ok(content) => csv::stream(&content, report, to),
            Err(Refusal::Told(place, message)) => report(place, message),
            Err(Refusal::Failed(e)) => {
                report(Place::File, format!("cannot be read ({e}); try again"));
            }
        },
        Format::Xlsx => xlsx::read(&path, report).iter().for_each(|table| hand_on(table, to)),
        _ if parquet::is_one(path) => parquet::stream(path, report, to),
        _ => report(Place::File, "is no table".to_owned()),
    }
    problems
}

fn hand_on(table: &Table, to: &mut dyn Rows) {
    to.table(&table.sheet, &table.headers);
    for row in &table.rows {
        let cell = |at: usize| row.cells.get(at).map_or("", |cell| cell.trim());
        let cells: Vec<&str> = (0..table.headers.len()).map(cell).collect();
        to.row(row.row, &cells);
    }
}

/// Tables as they are handed on.
#[derive(Default)]
pub(super) struct Collected(pub(super) Vec<Table>);

impl Rows for Collected {
    fn table(&mut self, sheet: &str, headers: &[String]) {
        let (sheet, headers) = (sheet.to_owned(), headers.to_vec());
        self.0.push(Table { sheet, headers, rows: Vec::new() });
    }

    fn row(&mut self, row: u64, cells: &[&str]) {
        if let Some(table) = self.0.last_mut() {
            let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
            table.rows.push(TableRow { row, cells });
        }
    }
}
