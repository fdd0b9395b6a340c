//! Bytes to items, documents and tables: one file a format.
//!
//! Every reader gives what it could read and a list of problems with their places; none fails as a
//! whole, none believes a size that a file declares. No database and no clock here.

pub mod cells;
mod csv;
mod dates;
mod encoding;
pub mod exchange;
mod folder;
mod format;
mod html;
pub mod mapping;
mod nesting;
mod parquet;
mod rows;
mod settings;
mod txt;
mod values;
mod xlsx;

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

pub use folder::{CopyError, Found, hash, hash_and_copy, walk};
pub use format::{format_of, head};
pub use rows::{Rows, stream};

use crate::model::{Document, Format, Place, Problem, Settings, Table};

/// Files above this many bytes are kept as evidence and not read.
pub const LARGEST_FILE: u64 = 256 << 20;

/// Lines above this many bytes are not text that a human wrote; the file is kept and not read.
pub const LONGEST_LINE: usize = 4 << 20;

/// What an item reads as.
#[derive(Clone, Debug, PartialEq)]
pub enum Readable {
    /// Text with positions.
    Document(Document),
    /// Rows; a spreadsheet may have several tables.
    Tables(Vec<Table>),
    /// Settings of the folder.
    Settings(Settings),
    /// Nothing that can be read.
    Nothing,
}

/// Reads the bytes at `path` as `format`; `name` is what problems call the file, `bytes` its
/// length.
pub fn read(name: &str, format: Format, path: &Path, bytes: u64) -> (Readable, Vec<Problem>) {
    let mut problems = Vec::new();
    let readable = match load(format, path, bytes) {
        Ok(content) => parse(name, format, path, &content, &mut problems),
        Err((place, message)) => {
            problems.push(Problem { file: name.to_owned(), place, message });
            Readable::Nothing
        }
    };
    (readable, problems)
}

fn parse(
    name: &str,
    format: Format,
    path: &Path,
    content: &[u8],
    problems: &mut Vec<Problem>,
) -> Readable {
    let mut problem = |place, message: String| {
        problems.push(Problem { file: name.to_owned(), place, message });
    };
    let dated = |mut document: Document| {
        document.published = document.published.or_else(|| dates::day_in_name(name));
        Readable::Document(document)
    };
    match format {
        Format::Txt => txt::read(content, &mut problem).map(dated),
        Format::Html => html::read(content, &mut problem).map(dated),
        Format::Csv => Some(Readable::Tables(csv::read(content, &mut problem))),
        Format::Xlsx => Some(Readable::Tables(xlsx::read(path, &mut problem))),
        Format::Settings => settings::read(content, &mut problem).map(Readable::Settings),
        // What `import` took in is read when it is imported, and not again.
        Format::Exchange => None,
        Format::Other => {
            problem(Place::File, "is in no format that is read: kept as evidence, not read".into());
            None
        }
    }
    .unwrap_or(Readable::Nothing)
}

/// Takes problems as a reader meets them.
type Report<'a> = dyn FnMut(Place, String) + 'a;

/// The bytes of a file that is neither empty nor too large nor one endless line.
fn load(format: Format, path: &Path, bytes: u64) -> Result<Vec<u8>, (Place, String)> {
    if bytes == 0 {
        return Err((Place::File, "is empty; ask its sender for the file again".to_owned()));
    }
    if matches!(format, Format::Other | Format::Exchange) {
        return Ok(Vec::new());
    }
    // Pages carry images within a line; what else a human wrote has no such lines.
    if matches!(format, Format::Txt | Format::Csv | Format::Settings) {
        check_lines(path)?;
    }
    if bytes > LARGEST_FILE {
        let limit = LARGEST_FILE >> 20;
        let why = format!("has {bytes} bytes, more than the {limit} MiB that are read; split it");
        return Err((Place::File, why));
    }
    if format == Format::Xlsx {
        return Ok(Vec::new());
    }
    std::fs::read(path).map_err(|e| (Place::File, format!("cannot be read ({e}); try again")))
}

/// Finds a line that is too long without holding more than a block of the file.
fn check_lines(path: &Path) -> Result<(), (Place, String)> {
    let failed = |e: io::Error| (Place::File, format!("cannot be read ({e}); try again"));
    let mut reader = BufReader::new(File::open(path).map_err(failed)?);
    let mut block = vec![0; 1 << 16];
    let (mut line, mut length) = (1, 0);
    loop {
        let count = reader.read(&mut block).map_err(failed)?;
        if count == 0 {
            return Ok(());
        }
        for part in block[..count].split_inclusive(|byte| *byte == b'\n') {
            length += part.len();
            if length > LONGEST_LINE {
                let limit = LONGEST_LINE >> 20;
                let why = format!("the line is longer than {limit} MiB: kept, not read");
                return Err((Place::Line(line), why));
            }
            if part.ends_with(b"\n") {
                (line, length) = (line + 1, 0);
            }
        }
    }
}
