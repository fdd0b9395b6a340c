//! `sijil media`: images and recordings, with time, position and camera as they say themselves.

use clap::Args;
use serde_json::json;
use sijil::work;

use super::Outcome;
use super::failure::Failure;
use super::listing::{Listing, Shown};

/// List images and recordings with the time, position and camera that they name themselves
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    shown: Shown,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let (register, as_of) = arguments.shown.read()?;
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
    Listing { headers, rows: rows.collect() }.write(arguments.shown.format)?;
    Ok(Outcome::Done)
}
