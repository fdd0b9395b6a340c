//! Parquet, column by column in batches of rows: lists for linking, tables of foreign formats.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use bytes::Bytes;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::Field;

use super::Report;
use super::rows::Rows;
use crate::model::Place;

/// What every Parquet file begins with.
pub(super) const MAGIC: [u8; 4] = *b"PAR1";

/// Whether the file begins as Parquet does.
pub(super) fn is_one(path: &Path) -> bool {
    let mut head = [0; 4];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == MAGIC
}

/// Hands on the rows of a file. A row is numbered as if a header stood in row 1.
pub(super) fn stream(path: &Path, problem: &mut Report<'_>, to: &mut dyn Rows) {
    let read = File::open(path).map_err(|e| broken(&e)).and_then(|file| {
        each(file, |nth, cells| {
            match nth {
                1 => to.table("", cells),
                _ => hand_on(nth, cells, to),
            }
            Ok(())
        })
    });
    if let Err(message) = read {
        problem(Place::File, message);
    }
}

/// A table as separated values, if it does not take more than `largest` bytes so.
///
/// # Errors
/// When it is no whole Parquet file, or larger.
pub(super) fn separated(bytes: &[u8], largest: u64) -> Result<Vec<u8>, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    each(Bytes::copy_from_slice(bytes), |_, cells| {
        writer.write_record(cells).map_err(|e| broken(&e))?;
        if writer.get_ref().len() as u64 > largest {
            let limit = largest >> 20;
            return Err(format!("unpacks to more than the {limit} MiB that are read; split it"));
        }
        Ok(())
    })?;
    writer.into_inner().map_err(|e| broken(&e))
}

fn broken(e: &dyn std::fmt::Display) -> String {
    format!("is no whole Parquet file ({e}); ask its sender for the file again")
}

/// Calls `to` with the header as row 1 and then with the cells of each row.
fn each(
    file: impl ChunkReader + 'static,
    mut to: impl FnMut(u64, &[String]) -> Result<(), String>,
) -> Result<(), String> {
    let reader = SerializedFileReader::new(file).map_err(|e| broken(&e))?;
    let schema = reader.metadata().file_metadata().schema();
    let headers: Vec<String> =
        schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
    to(1, &headers)?;
    for (number, row) in (2..).zip(reader.get_row_iter(None).map_err(|e| broken(&e))?) {
        let row = row.map_err(|e| {
            format!("cannot be read beyond row {} ({e}); mend the file", number - 1)
        })?;
        let cells: Vec<String> = row.get_column_iter().map(|(_, field)| text(field)).collect();
        to(number, &cells)?;
    }
    Ok(())
}

fn hand_on(number: u64, cells: &[String], to: &mut dyn Rows) {
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
        Field::Double(number) => number.to_string(),
        Field::Float(number) => number.to_string(),
        // Written as 2031-05-07 or 2031-05-07 00:00:00 +00:00.
        other => other.to_string(),
    }
}
