//! The tables and the data beside the page.
//!
//! CSV is UTF-8 without a mark at its beginning, with a header line, commas, and quotes where
//! needed. Several values in one cell are parted by ` | `. A cell that a spreadsheet would take
//! for a formula begins with an apostrophe; see [`cell`].

mod accounts;
mod claims;
mod figures;
mod persons;

use serde::Serialize;

use super::Error;
use crate::model::{MarkId, Report};

pub(super) use accounts::accounts;
pub(super) use claims::claims;
pub(super) use figures::figures;
pub(super) use persons::persons;

/// Version of `report.json`; a field that goes or changes its meaning raises it.
const FORMAT: &str = "sijil-report-1";

#[derive(Serialize)]
struct Data<'r> {
    format: &'static str,
    #[serde(flatten)]
    report: &'r Report,
}

/// The report as data: all its fields at the top, beside `format`.
pub(super) fn json(report: &Report) -> Result<Vec<u8>, Error> {
    let mut bytes = serde_json::to_vec(&Data { format: FORMAT, report })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Between several values of one cell.
const BETWEEN: &str = " | ";

/// A table under construction.
struct Table(csv::Writer<Vec<u8>>);

impl Table {
    fn new(headers: &[&str]) -> Result<Self, Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(headers)?;
        Ok(Self(writer))
    }

    fn row(&mut self, cells: &[String]) -> Result<(), Error> {
        self.0.write_record(cells.iter().map(|text| cell(text)))?;
        Ok(())
    }

    fn bytes(self) -> Result<Vec<u8>, Error> {
        self.0.into_inner().map_err(|e| csv::Error::from(e.into_error()).into())
    }
}

/// A cell that no spreadsheet takes for a formula.
///
/// Spreadsheets run a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return (or
/// their full-width forms, which some turn into them). Such a cell gets an apostrophe in front. So
/// that nothing is lost, a cell that already begins with apostrophes and then such a sign gets one
/// more: who takes one apostrophe off every cell that [`is_hostile`] finds has the cells as they
/// were.
fn cell(text: &str) -> String {
    if is_hostile(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether a cell begins, after any apostrophes, with a sign that may begin a formula.
fn is_hostile(text: &str) -> bool {
    let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    text.trim_start_matches('\'').starts_with(signs)
}

fn several<'v>(values: impl IntoIterator<Item = &'v str>) -> String {
    values.into_iter().collect::<Vec<_>>().join(BETWEEN)
}

fn optional<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn marks(marks: &[MarkId]) -> String {
    marks.iter().map(|mark| mark.0.to_string()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_defused() {
        for hostile in ["=1+1", "+963", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1", "－5", "'=1"] {
            assert_eq!(cell(hostile), format!("'{hostile}"));
        }
        for plain in ["Jableh", "5-7", "O'Hara", "'quoted'", "", "al-Haddad", "\u{645}"] {
            assert_eq!(cell(plain), plain);
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "['=+@a\\-\t]{0,6}") {
            let written = cell(&text);
            let read = if is_hostile(&written) { written[1..].to_owned() } else { written.clone() };
            prop_assert_eq!(read, text);
            let runs = written.starts_with(['=', '+', '-', '@', '\t', '\r']);
            prop_assert!(!runs);
        }
    }
}
