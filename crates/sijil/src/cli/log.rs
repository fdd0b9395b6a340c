//! `sijil log`: the ledger, entry by entry.

use clap::Args;
use serde_json::{Value, json};

use super::Outcome;
use super::failure::Failure;
use super::listing::{Format, Listing};
use super::place::Place;

/// List the ledger: what was done, when, by whom
#[derive(Args)]
pub(super) struct Arguments {
    /// Only deeds of these kinds: judge for decisions and corrections, publish, add, …
    #[arg(long, value_delimiter = ',', value_name = "KIND")]
    kind: Vec<String>,
    /// How to write the entries
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let register = arguments.place.read()?;
    let mut listing =
        Listing { headers: vec!["entry", "at", "by", "kind", "body"], rows: Vec::new() };
    for stored in register.entries()? {
        if !arguments.kind.is_empty() && !arguments.kind.contains(&stored.entry.kind) {
            continue;
        }
        let entry = stored.entry;
        let body = match arguments.format {
            Format::Table | Format::Csv => json!(entry.body),
            _ => serde_json::from_str(&entry.body).unwrap_or(Value::String(entry.body)),
        };
        let row =
            vec![json!(entry.number), json!(entry.at), json!(entry.by), json!(entry.kind), body];
        listing.rows.push(row);
    }
    listing.write(arguments.format)?;
    Ok(Outcome::Done)
}
