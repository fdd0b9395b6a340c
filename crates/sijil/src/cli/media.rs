//! `sijil media`: images and recordings, with time, position and camera as they say themselves.

use clap::Args;
use serde_json::json;
use sijil::work;

use super::Outcome;
use super::failure::Failure;
use super::listing::{Format, Listing};
use super::place::{Place, as_of};

/// List images and recordings with the time, position and camera that they name themselves
#[derive(Args)]
pub(super) struct Arguments {
    /// What the register knew at this ledger entry, at the end of this day, or in this edition
    #[arg(long, value_name = "ENTRY|DATE|EDITION")]
    as_of: Option<String>,
    /// How to write the lines
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let register = arguments.place.read()?;
    let as_of = as_of(&register, arguments.as_of.as_deref())?;
    let rows = work::media_lines(&register, as_of)?.into_iter().map(|line| {
        let degrees = |number: f64| format!("{number:.6}");
        let (lat, lon) = line.facts.position.unzip();
        vec![
            json!(line.path),
            json!(line.item.short()),
            json!(line.bytes),
            json!(line.facts.taken.unwrap_or_default()),
            json!(lat.map(degrees).unwrap_or_default()),
            json!(lon.map(degrees).unwrap_or_default()),
            json!(line.facts.camera.unwrap_or_default()),
        ]
    });
    let headers = vec!["path", "item", "bytes", "taken", "latitude", "longitude", "camera"];
    Listing { headers, rows: rows.collect() }.write(arguments.format)?;
    Ok(Outcome::Done)
}
