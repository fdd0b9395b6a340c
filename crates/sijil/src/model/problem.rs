//! Bad input is data: what could not be read, and exactly where.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something that could not be read or does not fit, with its place. It never stops an import.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// Path of the file below the folder that was taken in.
    pub file: String,
    /// Where in the file.
    pub place: Place,
    /// What is wrong and what to do, in one sentence, without quoting the content.
    pub message: String,
}

/// A place in a file, from coarse to fine.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The file as a whole.
    #[default]
    File,
    /// A line, from 1.
    Line(u64),
    /// A byte offset, from 0.
    Byte(u64),
    /// A row of a sheet, from 1 as a spreadsheet shows it.
    Row {
        /// Sheet, empty for a file that has none.
        sheet: String,
        /// Row number.
        row: u64,
    },
    /// One cell.
    Cell {
        /// Sheet, empty for a file that has none.
        sheet: String,
        /// Row number.
        row: u64,
        /// Header of the column.
        column: String,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = |sheet: &str| {
            if sheet.is_empty() { String::new() } else { format!("sheet {sheet}, ") }
        };
        match self {
            Self::File => f.write_str("the file as a whole"),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Byte(byte) => write!(f, "byte {byte}"),
            Self::Row { sheet, row } => write!(f, "{}row {row}", named(sheet)),
            Self::Cell { sheet, row, column } => {
                write!(f, "{}row {row}, column {column}", named(sheet))
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.place, self.message)
    }
}
