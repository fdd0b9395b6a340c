//! `sijil import`: takes in files of foreign formats.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use sijil::work::{self, ExchangeFormat, Imported, Importing};

use super::Outcome;
use super::add::tell_problems;
use super::failure::{Failure, note};
use super::place::{Name, Place};
use super::progress::Bars;

/// Import a dataset, a table of statements, a victim list or our own entities
#[derive(Args)]
pub(super) struct Arguments {
    /// File to import, packed with gzip or not
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Format of the file; else told by its content
    #[arg(long = "as", value_name = "FORMAT", value_parser = format)]
    format: Option<ExchangeFormat>,
    /// Dataset that the file is of; else the format's own or the name of the file
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    name: Name,
}

/// The format that a word of the command line stands for.
pub(super) fn format(word: &str) -> Result<ExchangeFormat, String> {
    ExchangeFormat::from_code(word).ok_or_else(|| {
        let codes: Vec<&str> = ExchangeFormat::ALL.iter().map(|f| f.code()).collect();
        format!("take one of {}", codes.join(", "))
    })
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let (bars, hand) = (Bars::new(), arguments.name.hand());
    let mut register = arguments.place.open(hand)?;
    let importing = Importing { format: arguments.format, source: arguments.source.clone() };
    let imported = work::import(&mut register, &arguments.file, &importing, hand, &bars)?;
    print(&imported)?;
    for doubt in &imported.doubts {
        note(&format!("does not close: {doubt}"));
    }
    Ok(tell_problems(&imported.problems))
}

fn print(imported: &Imported) -> io::Result<()> {
    let Imported { format, dataset, events, toll, entered, .. } = imported;
    let mut out = io::stdout().lock();
    writeln!(out, "read as     {} of {dataset}", format.code())?;
    if *events > 0 {
        writeln!(out, "events      {events}")?;
        writeln!(out, "dead        low {}, best {}, high {}", toll.low, toll.best, toll.high)?;
    }
    if imported.statements > 0 {
        let (sources, independent) = imported.voices;
        writeln!(out, "statements  {}, the parts of totals among them", imported.statements)?;
        writeln!(out, "sources     {sources}, {independent} of them independent")?;
    }
    for (what, number) in [("entities    ", imported.others), ("records     ", imported.records)] {
        if number > 0 {
            writeln!(out, "{what}{number}")?;
        }
    }
    writeln!(
        out,
        "register    {} new, {} changed, {} as before",
        entered.new, entered.changed, entered.same
    )
}
