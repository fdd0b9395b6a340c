//! Lists as columns of numbered cells: a million rows in the room of their distinct values.

use std::path::Path;

use sijil_linkage::Texts;

use super::error::{Error, Result};
use super::sheets::file_name;
use crate::intake::{self, Rows};
use crate::model::{Problem, Table, TableRow};

/// Rows from the top of a table by which its columns are understood.
const TOP: usize = 2000;

/// One table, column by column.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Sheet of a workbook; empty where there is none.
    pub(super) sheet: String,
    /// Headers as written.
    pub(super) headers: Vec<String>,
    /// The number of each row, as a spreadsheet shows it.
    pub(super) rows: Vec<u64>,
    /// The columns, one a header.
    pub(super) cells: Vec<Cells>,
    /// The first rows as they stand.
    pub(super) top: Table,
}

/// The cells of one column.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// The distinct cells.
    pub(super) distinct: Texts,
    /// For each row the number of its cell.
    pub(super) codes: Vec<u32>,
}

impl Cells {
    /// The cell of the nth row.
    pub(super) fn get(&self, at: usize) -> &str {
        self.codes.get(at).map_or("", |code| self.distinct.get(*code))
    }
}

/// The tables of a file and the problems met in it. Never empty: a file without a table is an
/// error, since whoever names a file wants its rows.
pub(super) fn read(path: &Path) -> Result<(Vec<Columns>, Vec<Problem>)> {
    let input = |reason: String| Error::Input { path: path.to_path_buf(), reason };
    let unread = |e: std::io::Error| {
        input(format!("cannot be read ({e}); name a csv, xlsx or parquet file"))
    };
    let bytes = std::fs::metadata(path).map_err(unread)?.len();
    let name = file_name(path);
    let format = intake::format_of(&name, &intake::head(&path).map_err(unread)?);
    let mut tables = Taken::default();
    let problems = intake::stream(&name, format, path, bytes, &mut tables);
    if tables.0.is_empty() {
        let met: Vec<&str> = problems.iter().map(|p| p.message.as_str()).collect();
        let met = if met.is_empty() { String::new() } else { format!(" ({})", met.join("; ")) };
        let advice = "name a csv, xlsx or parquet file with a header row";
        return Err(input(format!("holds no table{met}; {advice}")));
    }
    Ok((tables.0, problems))
}

#[derive(Default)]
struct Taken(Vec<Columns>);

impl Rows for Taken {
    fn table(&mut self, sheet: &str, headers: &[String]) {
        let (sheet, headers) = (sheet.to_owned(), headers.to_vec());
        let cells = headers.iter().map(|_| Cells::default()).collect();
        let top =
            Table { sheet: sheet.clone(), headers: headers.clone(), rows: Vec::with_capacity(TOP) };
        self.0.push(Columns { sheet, headers, rows: Vec::new(), cells, top });
    }

    fn row(&mut self, row: u64, cells: &[&str]) {
        let Some(table) = self.0.last_mut() else { return };
        table.rows.push(row);
        for (column, cell) in table.cells.iter_mut().zip(cells) {
            let code = column.distinct.number(cell);
            column.codes.push(code);
        }
        if table.top.rows.len() < TOP {
            let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
            table.top.rows.push(TableRow { row, cells });
        }
    }
}
