//! Publish: a report's figures drawn as a page, and written as tables and data.
//!
//! A pure function from [`Report`] to files: no clock, no machine name, no path of a machine, so
//! that the same report gives the same bytes. Nothing is counted here and nothing is added up:
//! every number shown stands in the report, and every number on the page has a mark or a name
//! that leads to what it rests on. The page is one file that loads nothing from anywhere and runs
//! no script; source marks are plain links within it.
//!
//! What may be public is decided where the report is assembled; this room never shows more, and
//! writes a person's name only when [`Options::names`] says so.

mod accounts;
mod annex;
mod bundle;
mod chart;
mod cite;
mod context;
mod data;
mod evidence;
pub mod exchange;
mod incidents;
mod linkage;
mod map;
mod page;
mod people;
mod said;
mod style;
mod summary;
mod sums;
mod svg;
mod tables;
mod words;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use bundle::BundleWriter;
pub use linkage::{LinkagePage, PageComparison, PagePair, linkage_page};

use crate::model::Report;

/// How a report is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Show names of victims, where they may be public.
    pub names: bool,
}

/// Why a report could not be drawn. Plain data always can: each of these is a fault of the program.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A template failed.
    #[error("the page cannot be drawn")]
    Page(#[from] askama::Error),
    /// A table failed.
    #[error("a table of the report cannot be written")]
    Table(#[from] csv::Error),
    /// The data file failed.
    #[error("the report's data cannot be written")]
    Data(#[from] serde_json::Error),
    /// A file of entities failed.
    #[error("the entities cannot be written")]
    Entities(#[from] toml::ser::Error),
    /// A format is only read.
    #[error("{0} is a format that is read and not written; take another for --as")]
    NotWritten(&'static str),
    /// A format that is no table is wanted as one.
    #[error("{0} is no table; give its file another name than .parquet, or take ucdp for --as")]
    NoTable(&'static str),
    /// A Parquet file failed.
    #[error("the table cannot be written as Parquet")]
    Parquet(#[from] parquet::errors::ParquetError),
}

/// One file of a published report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Name, without a folder.
    pub file: &'static str,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Draws the files of a report: the page first, then its tables, then all of it as data.
///
/// # Errors
/// When a template, a table or the data file cannot be written, which plain data do not cause.
pub fn render(report: &Report, options: &Options) -> Result<Vec<Rendered>, Error> {
    // The two large files beside each other; the order of the list is always the same.
    let (page, json) = rayon::join(|| page::page(report, options), || data::json(report));
    Ok(vec![
        Rendered { file: "index.html", bytes: page?.into_bytes() },
        Rendered { file: "figures.csv", bytes: data::figures(report)? },
        Rendered { file: "persons.csv", bytes: data::persons(report, options)? },
        Rendered { file: "claims.csv", bytes: data::claims(report)? },
        Rendered { file: "accounts.csv", bytes: data::accounts(report)? },
        Rendered { file: "report.json", bytes: json? },
    ])
}
