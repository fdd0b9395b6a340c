//! Bytes to items, documents and tables: one file a format.
//!
//! Every reader gives what it could read and a list of problems with their places; none fails as a
//! whole, none believes a size that a file declares. No database and no clock here.

mod apart;
mod bytes;
pub mod cells;
mod columns;
mod csv;
mod dates;
mod docx;
mod eml;
mod encoding;
mod entry;
pub mod exchange;
mod flow;
mod folder;
mod format;
mod html;
mod json;
pub mod mapping;
mod media;
mod nesting;
mod ods;
mod odt;
mod office;
#[cfg(test)]
mod office_tests;
mod parquet;
mod pdf;
mod rows;
mod settings;
mod txt;
mod unpack;
mod values;
mod xls;
mod xlsx;
mod xml;

use std::io::{self, BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use apart::{Asked, ask};
pub use apart::{COMMAND, answer_about, read_apart_by, serve};
pub use bytes::{Bytes, Stream, length};
pub use columns::{COLUMNS_ENDING, columns_file};
pub use folder::{CopyError, Found, hash, hash_and_copy, walk};
pub use format::{HEAD, format_of, head};
pub use media::{ImageFacts, image_facts};
pub use rows::{Rows, stream};
pub use unpack::{Allowance, Take, holds_items, unpack};

use crate::model::{Column, Document, Format, Place, Problem, Settings, Table};

/// Files above this many bytes are kept as evidence and not read.
pub const LARGEST_FILE: u64 = 256 << 20;

/// The same for formats that need more memory than their bytes.
pub const LARGEST_OTHER: u64 = 64 << 20;

/// Lines above this many bytes are not text that a human wrote; the file is kept and not read.
pub const LONGEST_LINE: usize = 4 << 20;

/// Columns of a table that are read.
pub(crate) const MOST_COLUMNS: usize = 4096;

/// What an item reads as.
#[derive(Clone, Debug, PartialEq)]
pub enum Readable {
    /// Text with positions.
    Document(Document),
    /// Rows; a spreadsheet may have several tables.
    Tables(Vec<Table>),
    /// Settings of the folder.
    Settings(Settings),
    /// What the columns of a list mean.
    Columns(Vec<Column>),
    /// Nothing that can be read.
    Nothing,
}

/// Reads `from` as `format`; `name` is what problems call the file, `bytes` its length. A file that
/// the system does not give is a problem as well.
pub fn read(name: &str, format: Format, from: &dyn Bytes, bytes: u64) -> (Readable, Vec<Problem>) {
    read_kept(name, format, from, bytes).unwrap_or_else(|e| {
        let message = format!("cannot be read ({e}); try again");
        let problem = Problem { file: name.to_owned(), place: Place::File, message };
        (Readable::Nothing, vec![problem])
    })
}

/// The same for an original, whose bytes are known to be good: what the system does not give is a
/// failure of the disk and no property of the file.
///
/// # Errors
/// When the file cannot be read.
pub fn read_kept(
    name: &str,
    format: Format,
    from: &dyn Bytes,
    bytes: u64,
) -> io::Result<(Readable, Vec<Problem>)> {
    let mut problems = Vec::new();
    let readable = match load(format, from, bytes) {
        Ok(content) => caught(name, format, from, bytes, &content, &mut problems),
        Err(Refusal::Told(place, message)) => {
            problems.push(Problem { file: name.to_owned(), place, message });
            Readable::Nothing
        }
        Err(Refusal::Failed(e)) => return Err(e),
    };
    Ok((readable, problems))
}

/// A fault of a reader on a file made to deceive it is a fault of that file.
fn caught(
    name: &str,
    format: Format,
    from: &dyn Bytes,
    bytes: u64,
    content: &[u8],
    problems: &mut Vec<Problem>,
) -> Readable {
    let read = AssertUnwindSafe(|| {
        let mut met = Vec::new();
        (parse(name, format, from, bytes, content, &mut met), met)
    });
    let (readable, met) = catch_unwind(read).unwrap_or_else(|_| {
        let message = "is damaged: kept as evidence, not read".to_owned();
        let problem = Problem { file: name.to_owned(), place: Place::File, message };
        (Readable::Nothing, vec![problem])
    });
    problems.extend(met);
    readable
}

fn parse(
    name: &str,
    format: Format,
    from: &dyn Bytes,
    bytes: u64,
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
        Format::Pdf => pdf::read(from, &mut problem).map(dated),
        Format::Docx => docx::read(from, &mut problem).map(dated),
        Format::Odt => odt::read(from, &mut problem).map(dated),
        Format::Eml => eml::read(content, &mut problem).map(dated),
        Format::Entry => entry::read(content, &mut problem).map(dated),
        Format::Csv => Some(tables(csv::read(content, &mut problem), &mut problem)),
        Format::Xlsx => Some(tables(xlsx::read(from, &mut problem), &mut problem)),
        Format::Xls => {
            let answer = ask(Asked::Xls, from);
            answer.problems.into_iter().for_each(|(place, why)| problem(place, why));
            Some(tables(answer.tables, &mut problem))
        }
        Format::Ods => Some(tables(ods::read(from, &mut problem), &mut problem)),
        Format::Json => Some(tables(json::read(content, &mut problem), &mut problem)),
        Format::Settings => settings::read(content, &mut problem).map(Readable::Settings),
        // What `import` took in is read when it is imported, and not again.
        Format::Exchange => None,
        Format::Columns => columns::read(content, &mut problem).map(Readable::Columns),
        // What they hold came in as items of their own; what could not is told when they come in.
        Format::Zip | Format::Gz | Format::Warc | Format::Feed => None,
        Format::Media => {
            if !media::is_whole(content, bytes) {
                let why = "is a damaged image or recording: kept as evidence, not read";
                problem(Place::File, why.to_owned());
            }
            None
        }
        Format::Other => {
            problem(Place::File, "is in no format that is read: kept as evidence, not read".into());
            None
        }
    }
    .unwrap_or(Readable::Nothing)
}

/// Tables but those that are too wide to be lists.
fn tables(tables: Vec<Table>, problem: &mut Report<'_>) -> Readable {
    let (read, wide): (Vec<Table>, Vec<Table>) =
        tables.into_iter().partition(|table| table.headers.len() <= MOST_COLUMNS);
    for table in wide {
        let place = Place::Row { sheet: table.sheet, row: 1 };
        problem(place, format!("has more than {MOST_COLUMNS} columns: kept, not read"));
    }
    Readable::Tables(read)
}

/// Takes problems as a reader meets them.
type Report<'a> = dyn FnMut(Place, String) + 'a;

/// The bytes of a file that is neither empty nor too large nor one endless line.
fn load(format: Format, from: &dyn Bytes, bytes: u64) -> Result<Vec<u8>, Refusal> {
    if bytes == 0 {
        let why = "is empty; ask its sender for the file again";
        return Err(Refusal::Told(Place::File, why.to_owned()));
    }
    match format {
        Format::Other
        | Format::Exchange
        | Format::Zip
        | Format::Gz
        | Format::Warc
        | Format::Feed => {
            return Ok(Vec::new());
        }
        Format::Media => return Ok(head(from)?),
        // Pages carry images within a line; what else a human wrote has no such lines.
        Format::Txt | Format::Csv | Format::Settings | Format::Columns => check_lines(from)?,
        _ => {}
    }
    let limit = match format {
        Format::Html | Format::Txt | Format::Csv | Format::Xlsx | Format::Pdf => LARGEST_FILE,
        _ => LARGEST_OTHER,
    };
    if bytes > limit {
        let limit = limit >> 20;
        let why = format!("has {bytes} bytes, more than the {limit} MiB that are read; split it");
        return Err(Refusal::Told(Place::File, why));
    }
    match format {
        // Their readers go through the file themselves and do not hold it.
        Format::Xlsx | Format::Xls | Format::Ods | Format::Docx | Format::Odt | Format::Pdf => {
            Ok(Vec::new())
        }
        _ => Ok(bytes::whole(from)?),
    }
}

/// Why the bytes of a file were not taken up.
enum Refusal {
    /// It is no file that is read: where, and why.
    Told(Place, String),
    /// The system did not give it.
    Failed(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(e: io::Error) -> Self {
        Self::Failed(e)
    }
}

/// Finds a line that is too long without holding more than a block of the file.
fn check_lines(from: &dyn Bytes) -> Result<(), Refusal> {
    let mut reader = BufReader::new(from.open()?);
    let mut block = vec![0; 1 << 16];
    let (mut line, mut length) = (1, 0);
    loop {
        let count = reader.read(&mut block)?;
        if count == 0 {
            return Ok(());
        }
        for part in block[..count].split_inclusive(|byte| *byte == b'\n') {
            length += part.len();
            if length > LONGEST_LINE {
                let limit = LONGEST_LINE >> 20;
                let why = format!("the line is longer than {limit} MiB: kept, not read");
                return Err(Refusal::Told(Place::Line(line), why));
            }
            if part.ends_with(b"\n") {
                (line, length) = (line + 1, 0);
            }
        }
    }
}
