//! Spreadsheets, cell by cell: neither a declared dimension nor a declared size is believed.

use std::collections::BTreeMap;
use std::io::BufReader;

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::{Bytes, Report, Stream, office};
use crate::model::{Place, Table, TableRow};

/// Cells that are read of one file.
pub(super) const MOST_CELLS: usize = 20_000_000;

/// Rows looked at for the header.
const LOOKED_AT: usize = 20;

/// The sheets of a spreadsheet that have a header; empty, with a problem, when it is none.
pub(super) fn read(from: &dyn Bytes, problem: &mut Report<'_>) -> Vec<Table> {
    let broken = |e: &dyn std::fmt::Display| {
        format!("is no whole spreadsheet ({e}); ask its sender for the file again")
    };
    if let Err(why) = office::open(from) {
        problem(Place::File, why);
        return Vec::new();
    }
    let opened =
        from.open().map_err(XlsxError::Io).and_then(|file| Xlsx::new(BufReader::new(file)));
    let mut book = match opened {
        Ok(book) => book,
        Err(e) => {
            problem(Place::File, broken(&e));
            return Vec::new();
        }
    };
    let mut left = MOST_CELLS;
    let mut tables = Vec::new();
    for sheet in book.sheet_names() {
        match cells(&mut book, &sheet, &mut left) {
            Ok(rows) => tables.extend(table(sheet, rows)),
            Err(e) => {
                problem(Place::File, format!("sheet {sheet} cannot be read to its end ({e})"));
            }
        }
    }
    if left == 0 {
        problem(Place::File, format!("has more than {MOST_CELLS} cells; the rest is not read"));
    }
    tables
}

/// Cells by row and column, both from 0; only those that hold something.
pub(super) type Rows = BTreeMap<u32, BTreeMap<u32, String>>;

fn cells(
    book: &mut Xlsx<BufReader<Box<dyn Stream>>>,
    sheet: &str,
    left: &mut usize,
) -> Result<Rows, XlsxError> {
    let mut reader = book.worksheet_cells_reader(sheet)?;
    let mut rows = Rows::new();
    while let Some(cell) = reader.next_cell()? {
        if *left == 0 {
            break;
        }
        let text = text(cell.get_value());
        if !text.is_empty() {
            *left -= 1;
            let (row, column) = cell.get_position();
            rows.entry(row).or_default().insert(column, text);
        }
    }
    Ok(rows)
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.trim().to_owned()
        }
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(moment) => moment.as_f64().to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// A sheet below its header; `None` where it has none.
pub(super) fn table(sheet: String, rows: Rows) -> Option<Table> {
    let widest = rows.values().take(LOOKED_AT).map(BTreeMap::len).max()?;
    let enough = (widest * 3).div_ceil(5).max(1);
    let mut rows = rows.into_iter();
    let (_, header) = rows.find(|(_, cells)| cells.len() >= enough)?;
    let columns: Vec<u32> = header.keys().copied().collect();
    let headers = header.into_values().collect();
    let rows = rows
        .map(|(row, mut cells)| TableRow {
            row: u64::from(row) + 1,
            cells: columns.iter().map(|c| cells.remove(c).unwrap_or_default()).collect(),
        })
        .filter(|row| row.cells.iter().any(|cell| !cell.is_empty()))
        .collect();
    Some(Table { sheet, headers, rows })
}
