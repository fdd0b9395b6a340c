//! Separated values of a foreign format: cells exactly as written, so that they can be written again.
//!
//! A list of victims is read by `intake::csv`, which trims cells and looks for a header below
//! titles. Here the first row is the header, for every format of the field says so.

use csv::StringRecord;

use super::super::csv::records;
use super::super::encoding::decode;
use super::Report;
use crate::model::Place;

/// A header with the rows below it.
pub(super) struct Sheet {
    /// Names of the columns, trimmed.
    pub(super) headers: Vec<String>,
    /// Rows with the line that each begins on.
    pub(super) rows: Vec<(u64, StringRecord)>,
}

/// The sheet; `None`, with a problem, when the file has no row.
pub(super) fn read(bytes: &[u8], problem: &mut Report<'_>) -> Option<Sheet> {
    let text = decode(bytes, problem);
    let text = text.trim_start_matches('\u{FEFF}');
    let mut records = records(text, delimiter(text), problem).into_iter();
    let Some((_, header)) = records.next() else {
        problem(Place::File, "has no header row; name the columns in its first row".to_owned());
        return None;
    };
    let headers: Vec<String> = header.iter().map(|cell| cell.trim().to_owned()).collect();
    let rows = records.filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty())).collect();
    Some(Sheet { headers, rows })
}

/// The separator of most cells in the header. Cells below it may hold any of them, and whole lines.
pub(super) fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |separator: u8| {
        let mut quoted = false;
        let mut count = 0;
        for byte in header.bytes() {
            quoted ^= byte == b'"';
            count += usize::from(byte == separator && !quoted);
        }
        count
    };
    // On a tie the last of the list: the comma.
    let best = [b'|', b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator));
    best.unwrap_or(b',')
}

/// The place of a row.
pub(super) fn row(row: u64) -> Place {
    Place::Row { sheet: String::new(), row }
}

/// The place of a cell.
pub(super) fn cell(row: u64, column: &str) -> Place {
    Place::Cell { sheet: String::new(), row, column: column.to_owned() }
}
