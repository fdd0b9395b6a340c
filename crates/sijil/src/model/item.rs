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
    /// A PDF file.
    Pdf,
    /// A text of Word.
    Docx,
    /// A text in the open document format.
    Odt,
    /// A mail; its attachments are items of their own.
    Eml,
    /// One entry of a feed.
    Entry,
    /// Separated values (comma, semicolon or tab).
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// A spreadsheet in the old binary form.
    Xls,
    /// A spreadsheet in the open document format.
    Ods,
    /// Records in JSON, a list of them or one a line.
    Json,
    /// An image or a recording: kept, what it says of itself is shown.
    Media,
    /// An archive; its members are items of their own.
    Zip,
    /// One compressed file, an item of its own.
    Gz,
    /// Web pages as a crawler received them, items of their own.
    Warc,
    /// A feed; its entries are items of their own.
    Feed,
    /// Settings of the folder, `sijil.toml`.
    Settings,
    /// A file of a foreign format that `import` took in.
    Exchange,
    /// What the columns of a list mean, `NAME.columns.toml` beside it.
    Columns,
    /// Kept as evidence, not read.
    Other,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 21] = [
        Self::Txt,
        Self::Html,
        Self::Pdf,
        Self::Docx,
        Self::Odt,
        Self::Eml,
        Self::Entry,
        Self::Csv,
        Self::Xlsx,
        Self::Xls,
        Self::Ods,
        Self::Json,
        Self::Media,
        Self::Zip,
        Self::Gz,
        Self::Warc,
        Self::Feed,
        Self::Settings,
        Self::Columns,
        Self::Exchange,
        Self::Other,
    ];

    /// The word shown and stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Txt => "txt",
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Eml => "eml",
            Self::Entry => "entry",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Json => "json",
            Self::Media => "media",
            Self::Zip => "zip",
            Self::Gz => "gz",
            Self::Warc => "warc",
            Self::Feed => "feed",
            Self::Settings => "settings",
            Self::Exchange => "exchange",
            Self::Columns => "columns",
            Self::Other => "other",
        }
    }

    /// The format that a stored word stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// Whether files of this format are read as tables.
    pub fn has_tables(self) -> bool {
        matches!(self, Self::Csv | Self::Xlsx | Self::Xls | Self::Ods | Self::Json)
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

impl Document {
    /// The page, from 1, that the code point `at` of the text stands on: a form feed ends a page.
    pub fn page_of(&self, at: usize) -> usize {
        1 + self.text.chars().take(at).filter(|c| *c == '\u{C}').count()
    }
}

/// An item read as rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Sheet, empty for a file that has none.
    pub sheet: String,
    /// Headers as written, in column order.
    pub headers: Vec<String>,
    /// Rows below the header.
    pub rows: Vec<TableRow>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// Number of the row, from 1, as a spreadsheet shows it; for CSV the line it starts on.
    pub row: u64,
    /// One cell a header, empty where the row is short.
    pub cells: Vec<String>,
}
