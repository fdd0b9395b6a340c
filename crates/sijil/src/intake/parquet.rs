//! Parquet, column by column in batches of rows; read for linking only.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};

use super::Report;
use super::rows::Rows;
use crate::model::Place;

/// What every Parquet file begins with.
const MAGIC: [u8; 4] = *b"PAR1";

/// Whether the file begins as Parquet does.
pub(super) fn is_one(path: &Path) -> bool {
    let mut head = [0; 4];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == MAGIC
}

/// Hands on the rows of a file. A row is numbered as if a header stood in row 1.
pub(super) fn stream(path: &Path, problem: &mut Report<'_>, to: &mut dyn Rows) {
    let broken = |e: &dyn std::fmt::Display| {
        format!("is no whole Parquet file ({e}); ask its sender for the file again")
    };
    let opened = File::open(path).map_err(|e| broken(&e));
    let reader = opened.and_then(|file| SerializedFileReader::new(file).map_err(|e| broken(&e)));
    let reader = match reader {
        Ok(reader) => reader,
        Err(message) => return problem(Place::File, message),
    };
    let schema = reader.metadata().file_metadata().schema();
    let headers: Vec<String> =
        schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
    to.table("", &headers);
    let rows = match reader.get_row_iter(None) {
        Ok(rows) => rows,
        Err(e) => return problem(Place::File, broken(&e)),
    };
    for (number, row) in (2..).zip(rows) {
        match row {
            Ok(row) => hand_on(number, &row, to),
            Err(e) => {
                let message = format!("cannot be read to its end ({e}); mend the file");
                return problem(Place::Line(number), message);
            }
        }
    }
}

fn hand_on(number: u64, row: &Row, to: &mut dyn Rows) {
    let cells: Vec<String> = row.get_column_iter().map(|(_, field)| text(field)).collect();
    if cells.iter().any(|cell| !cell.is_empty()) {
        let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        to.row(number, &cells);
    }
}

fn text(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        // A whole number stays one: an age of 34.0 is 34.
        Field::Double(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Field::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        // Written as 2031-05-07 or 2031-05-07 00:00:00 +00:00.
        other => other.to_string(),
    }
}
