//! `sijil export`: writes entities in foreign formats.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use sijil::register::AsOf;
use sijil::work::{self, ExchangeFormat, Exporting};

use super::Outcome;
use super::failure::Failure;
use super::import::format;
use super::place::Place;

/// Export incidents, parties and what else a format of the field can say
#[derive(Args)]
pub(super) struct Arguments {
    /// Format to write
    #[arg(long = "as", value_name = "FORMAT", value_parser = format)]
    format: ExchangeFormat,
    /// File to write; a table whose name ends with .parquet is written as Parquet
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Only incidents of this dataset
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Export what the register knew at this ledger entry
    #[arg(long, value_name = "ENTRY")]
    as_of: Option<u64>,
    /// Names of victims too
    #[arg(long)]
    names: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let register = arguments.place.read()?;
    let exporting = Exporting {
        format: arguments.format,
        source: arguments.source.clone(),
        as_of: arguments.as_of.map_or(AsOf::NOW, AsOf),
        names: arguments.names,
    };
    let written = work::export(&register, &exporting, &arguments.output)?;
    writeln!(io::stdout(), "written  {written} entities to {}", arguments.output.display())?;
    Ok(Outcome::Done)
}
