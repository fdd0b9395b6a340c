//! Exchange: which formats of the field the register reads and writes, and which of their columns
//! carries which field of an incident.
//!
//! Readers (`intake::exchange`) and writers (`publish::exchange`) do not know each other. What they
//! must agree on stands here, once: the column tables and how a field is put into a cell. So a
//! format that is read can be written again. How each format is detected, read and drawn does not
//! stand here.

mod cells;
mod columns;
mod field;
pub mod graph;
mod json;

pub use cells::{defused, restored};
pub use columns::{Columns, bind, columns_of, is_ours, names_of, split_tag, with_tag};
pub use field::{Coded, Field};
pub use json::{GEOMETRY, INVOLVED, as_cell, as_value};

/// Formats that are read and written, beside the reports and lists that `add` takes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExchangeFormat {
    /// UCDP Georeferenced Event Dataset, CSV.
    Ucdp,
    /// ACLED, CSV.
    Acled,
    /// Humanitarian Exchange Language: CSV with a row of tags below the header.
    Hxl,
    /// A GeoJSON FeatureCollection (RFC 7946).
    Geojson,
    /// FollowTheMoney, one entity a line.
    Ftm,
    /// CSV export of a Kobo or ODK form.
    Kobo,
    /// Uwazi, CSV with double-underscore language columns.
    Uwazi,
    /// Bayanat, CSV.
    Bayanat,
    /// Event table of OpenEvSys (HURIDOCS Events Standard Formats), CSV.
    Huridocs,
    /// Our own entities, TOML written by a human.
    Toml,
    /// A table of statements: one figure of one source a row.
    Statements,
    /// A victim list, as `add` reads it.
    List,
}

impl ExchangeFormat {
    /// Every format.
    pub const ALL: &[Self] = &[
        Self::Ucdp,
        Self::Acled,
        Self::Hxl,
        Self::Geojson,
        Self::Ftm,
        Self::Kobo,
        Self::Uwazi,
        Self::Bayanat,
        Self::Huridocs,
        Self::Toml,
        Self::Statements,
        Self::List,
    ];

    /// The word on the command line and in the ledger.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ucdp => "ucdp",
            Self::Acled => "acled",
            Self::Hxl => "hxl",
            Self::Geojson => "geojson",
            Self::Ftm => "ftm",
            Self::Kobo => "kobo",
            Self::Uwazi => "uwazi",
            Self::Bayanat => "bayanat",
            Self::Huridocs => "huridocs",
            Self::Toml => "toml",
            Self::Statements => "statements",
            Self::List => "list",
        }
    }

    /// The format that a word stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.code() == code)
    }

    /// The dataset that a file of this format is of, where the format is that of one dataset.
    pub fn dataset(self) -> Option<&'static str> {
        match self {
            Self::Ucdp => Some("UCDP GED"),
            Self::Acled => Some("ACLED"),
            _ => None,
        }
    }

    /// Whether it is written too; the others are read only.
    pub fn is_written(self) -> bool {
        !matches!(self, Self::Statements | Self::List)
    }

    /// Whether its files are opened in spreadsheets, where a cell may be run as a formula.
    pub fn is_for_spreadsheets(self) -> bool {
        matches!(self, Self::Hxl | Self::Kobo | Self::Uwazi | Self::Bayanat | Self::Huridocs)
    }
}

/// Key of [`super::entity::Source::extra`] of a dataset: its columns in order, as a JSON list.
pub const COLUMNS: &str = "columns";

/// Key of [`super::entity::Source::extra`] of a dataset: the format that its columns are of.
pub const FORMAT: &str = "format";

/// A dataset's name as the first part of its entities' ids: `UCDP GED` gives `ucdp-ged`.
pub fn prefix(dataset: &str) -> String {
    let lower = dataset.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
