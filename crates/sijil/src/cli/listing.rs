//! Lists on standard output: json, jsonl, csv or an aligned table.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde_json::{Map, Value};
use sijil::register::{AsOf, Register};

use super::failure::Failure;
use super::place::{Place, as_of};

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// Columns for the eye
    Table,
}

/// What a listing of a register is of, and how its lines are written.
#[derive(Args)]
pub(super) struct Shown {
    /// What the register knew at this ledger entry, at the end of this day, or in this edition
    #[arg(long, value_name = "ENTRY|DATE|EDITION")]
    as_of: Option<String>,
    /// How to write the lines
    #[arg(long, value_enum, default_value = "table")]
    pub(super) format: Format,
    #[command(flatten)]
    place: Place,
}

impl Shown {
    /// Opens the register for reading, with the point of its history that was asked for.
    pub(super) fn read(&self) -> Result<(Register, AsOf), Failure> {
        let register = self.place.read()?;
        let as_of = as_of(&register, self.as_of.as_deref())?;
        Ok((register, as_of))
    }
}

/// A list: headers and rows of plain values.
#[derive(Debug, Default)]
pub(super) struct Listing<'h> {
    /// Names of the columns.
    pub(super) headers: Vec<&'h str>,
    /// One value a column.
    pub(super) rows: Vec<Vec<Value>>,
}

impl Listing<'_> {
    /// Writes the list to standard output.
    pub(super) fn write(&self, format: Format) -> io::Result<()> {
        let mut out = io::stdout().lock();
        match format {
            Format::Json => {
                let all: Vec<Value> = self.objects().collect();
                serde_json::to_writer_pretty(&mut out, &all)?;
                writeln!(out)?;
            }
            Format::Jsonl => {
                for object in self.objects() {
                    writeln!(out, "{object}")?;
                }
            }
            Format::Csv => {
                let mut csv = csv::Writer::from_writer(&mut out);
                csv.write_record(&self.headers)?;
                for row in &self.rows {
                    csv.write_record(row.iter().map(text))?;
                }
                csv.flush()?;
            }
            Format::Table => self.table(&mut out)?,
        }
        out.flush()
    }

    fn objects(&self) -> impl Iterator<Item = Value> + '_ {
        self.rows.iter().map(|row| {
            let pairs = self.headers.iter().zip(row);
            Value::Object(pairs.map(|(h, v)| ((*h).to_owned(), v.clone())).collect::<Map<_, _>>())
        })
    }

    fn table(&self, out: &mut impl Write) -> io::Result<()> {
        let cells: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.iter().map(text).collect()).collect();
        let width = |column: usize| {
            let longest = cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
            longest.max(self.headers[column].len())
        };
        let widths: Vec<usize> = (0..self.headers.len()).map(width).collect();
        let numeric: Vec<bool> = (0..self.headers.len())
            .map(|c| self.rows.iter().all(|row| row[c].is_number() || row[c].is_null()))
            .collect();
        let line = |row: &[String]| {
            let cells = row.iter().zip(&widths).zip(&numeric).map(|((cell, width), right)| {
                let pad = " ".repeat(width.saturating_sub(cell.chars().count()));
                if *right { format!("{pad}{cell}") } else { format!("{cell}{pad}") }
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        let headers: Vec<String> = self.headers.iter().map(|h| (*h).to_owned()).collect();
        writeln!(out, "{}", line(&headers))?;
        for row in &cells {
            writeln!(out, "{}", line(row))?;
        }
        Ok(())
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
