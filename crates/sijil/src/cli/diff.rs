//! `sijil diff`: why each number moved between two editions.

use std::io::{self, Write};

use clap::Args;
use serde_json::json;
use sijil::model::ChangeLine;
use sijil::work::{self, Material};

use super::Outcome;
use super::count::By;
use super::failure::Failure;
use super::listing::{Format, Listing};
use super::place::Place;

/// Why each number moved between two editions: new, merged, split, re-attributed, withdrawn, corrected
#[derive(Args)]
pub(super) struct Arguments {
    /// The earlier edition, ledger entry or day
    before: String,
    /// The later edition, ledger entry or day
    after: String,
    /// Dimensions to compare by
    #[arg(
        long,
        value_delimiter = ',',
        value_enum,
        default_value = "party",
        value_name = "DIMENSION"
    )]
    by: Vec<By>,
    /// How to write the changes
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let register = arguments.place.read()?;
    let at = |words: &str| -> Result<Material, Failure> {
        Ok(Material::of(&register, work::moment(&register, words)?)?)
    };
    let (before, after) = (at(&arguments.before)?, at(&arguments.after)?);
    let by: Vec<_> = arguments.by.iter().map(|by| by.dimension()).collect();
    let lines = work::changes(&before, &after, &[Vec::new(), by]);
    let rows: Vec<Vec<serde_json::Value>> = lines.iter().map(row).collect();
    if rows.is_empty() && arguments.format == Format::Table {
        writeln!(io::stdout(), "no number moved")?;
        return Ok(Outcome::Done);
    }
    let headers = vec!["cell", "before", "after", "cause", "by", "because"];
    Listing { headers, rows }.write(arguments.format)?;
    Ok(Outcome::Done)
}

fn row(line: &ChangeLine) -> Vec<serde_json::Value> {
    let ChangeLine { cell, before, after, cause, by, because } = line;
    [cell, before, after, cause, by, because].map(|text| json!(text)).to_vec()
}
