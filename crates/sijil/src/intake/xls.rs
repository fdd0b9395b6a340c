//! Spreadsheets of the old binary form.

use std::io::BufReader;

use calamine::{Data, Reader, Xls, XlsError};

use super::xlsx::{MOST_CELLS, Rows, table};
use super::{Bytes, Report, length};
use crate::model::{Place, Table};

/// Bytes of a file that are read: the library holds all of it and all of its cells.
const LARGEST: u64 = 32 << 20;

/// The sheets of a spreadsheet that have a header; empty, with a problem, when it is none.
pub(super) fn read(from: &dyn Bytes, problem: &mut Report<'_>) -> Vec<Table> {
    if length(from).is_ok_and(|bytes| bytes > LARGEST) {
        let limit = LARGEST >> 20;
        problem(Place::File, format!("has more than {limit} MiB; save it as xlsx"));
        return Vec::new();
    }
    let opened = from.open().map_err(XlsError::Io).and_then(|file| Xls::new(BufReader::new(file)));
    let mut book = match opened {
        Ok(book) => book,
        Err(e) => {
            let why = format!("is no whole spreadsheet ({e}); ask its sender for the file again");
            problem(Place::File, why);
            return Vec::new();
        }
    };
    let mut left = MOST_CELLS;
    let mut tables = Vec::new();
    for sheet in book.sheet_names() {
        let Ok(range) = book.worksheet_range(&sheet) else {
            problem(Place::File, format!("sheet {sheet} cannot be read; save it as xlsx"));
            continue;
        };
        let (top, start) = range.start().unwrap_or_default();
        let mut rows = Rows::new();
        for (row, column, cell) in range.used_cells().take(left) {
            let at = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let (row, column) = (top.saturating_add(at(row)), start.saturating_add(at(column)));
            let text = text(cell);
            left -= 1;
            if !text.is_empty() {
                rows.entry(row).or_default().insert(column, text);
            }
        }
        tables.extend(table(sheet, rows));
    }
    tables
}

fn text(value: &Data) -> String {
    match value {
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Error(_) => String::new(),
        other => other.to_string().trim().to_owned(),
    }
}
