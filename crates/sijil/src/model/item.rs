//! Items: bytes as received, and what they read as.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sijil_claims::Language;

/// SHA-256 of an item's bytes, as 64 lower-case hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ItemId(pub String);

impl ItemId {
    /// The first twelve digits: enough to name an item on a page.
    pub fn short(&self) -> &str {
        self.0.get(..12).unwrap_or(&self.0)
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "item {}", self.short())
    }
}

/// Bytes as received. Never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// SHA-256 of the bytes.
    pub id: ItemId,
    /// How many bytes.
    pub bytes: u64,
    /// What they were taken for.
    pub format: Format,
}

/// How an item came in. The same bytes may come in more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// The bytes.
    pub item: ItemId,
    /// Folder that was taken in. Stays in the register: it may name a user or a machine.
    pub origin: String,
    /// Path below that folder, with `/` between the parts.
    pub path: String,
    /// When.
    pub taken_in: Timestamp,
    /// Who took it in, as they named themselves.
    pub by: String,
}

/// Formats that have a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    Txt,
    /// A web page.
    Html,
    /// Separated values (comma, semicolon or tab).
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// Settings of the folder, `sijil.toml`.
    Settings,
    /// A file of a foreign format that `import` took in.
    Exchange,
    /// Kept as evidence, not read.
    Other,
}

impl Format {
    /// The word shown and stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Txt => "txt",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Settings => "settings",
            Self::Exchange => "exchange",
            Self::Other => "other",
        }
    }

    /// The format that a stored word stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        let all = [Self::Txt, Self::Html, Self::Csv, Self::Xlsx, Self::Settings, Self::Exchange];
        all.into_iter().chain([Self::Other]).find(|format| format.code() == code)
    }
}

/// An item read as text. Offsets everywhere count Unicode code points of `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The text; for a `.txt` in UTF-8 the file itself, nothing trimmed.
    pub text: String,
    /// First code point of the body, after a head.
    pub body: usize,
    /// Title, where the document has one.
    pub title: Option<String>,
    /// Who published it, where the document says so.
    pub outlet: Option<String>,
    /// Address it was published at, where the document says so.
    pub url: Option<String>,
    /// Day of publication, where the document says so.
    pub published: Option<Date>,
    /// Language by its letters.
    pub language: Language,
}

/// An item read as rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Sheet, empty for a file that has none.
    pub sheet: String,
    /// Headers as written, in column order.
    pub headers: Vec<String>,
    /// Rows below the header.
    pub rows: Vec<TableRow>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Number of the row, from 1, as a spreadsheet shows it; for CSV the line it starts on.
    pub row: u64,
    /// One cell a header, empty where the row is short.
    pub cells: Vec<String>,
}
