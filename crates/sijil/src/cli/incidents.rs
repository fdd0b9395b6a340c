//! `sijil incidents`: events with what is documented and reported of each.

use clap::Args;
use serde_json::json;
use sijil::model::IncidentLine;
use sijil::work::{self, Material};

use super::Outcome;
use super::failure::Failure;
use super::listing::{Listing, Shown};

/// List incidents: when, where, documented and reported dead, who is held responsible
#[derive(Args)]
pub(super) struct Arguments {
    /// Pairs of incidents that may be one, to be decided with `sijil judge`
    #[arg(long)]
    similar: bool,
    #[command(flatten)]
    shown: Shown,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let (register, as_of) = arguments.shown.read()?;
    let material = Material::of(&register, as_of)?;
    let listing = if arguments.similar {
        let pairs = work::similar_incidents(&material);
        let rows = pairs.into_iter().map(|(a, b, why)| vec![json!(a), json!(b), json!(why)]);
        Listing { headers: vec!["a", "b", "why"], rows: rows.collect() }
    } else {
        let lines = work::incident_lines(&material);
        let headers = vec![
            "incident",
            "start",
            "end",
            "place",
            "province",
            "documented",
            "reported_low",
            "reported_high",
            "sources",
            "grade",
            "responsible",
        ];
        Listing { headers, rows: lines.iter().map(row).collect() }
    };
    listing.write(arguments.shown.format)?;
    Ok(Outcome::Done)
}

fn row(line: &IncidentLine) -> Vec<serde_json::Value> {
    vec![
        json!(line.id),
        json!(line.start.map(|day| day.to_string())),
        json!(line.end.map(|day| day.to_string())),
        json!(line.place),
        json!(line.province),
        json!(line.documented),
        json!(line.reported_low),
        json!(line.reported_high),
        json!(line.sources),
        json!(line.grade),
        json!(line.responsible),
    ]
}
