//! `sijil grades`: the standard of proof, and what a change of it would do.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use sijil::model::Grading;
use sijil::work::{self, Material};

use super::Outcome;
use super::failure::Failure;
use super::listing::{Listing, Shown};

/// How many persons meet each grade of proof, and how many would under other rules
#[derive(Args)]
pub(super) struct Arguments {
    /// Rules to try (as in sijil.toml, under grading): shows their effect and changes nothing
    #[arg(long = "try", value_name = "FILE")]
    tried: Option<PathBuf>,
    #[command(flatten)]
    shown: Shown,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let (register, as_of) = arguments.shown.read()?;
    let material = Material::of(&register, as_of)?;
    let tried = match &arguments.tried {
        Some(file) => {
            let bad = |why: String| Failure::Usage(format!("{}: {why}", file.display()));
            let text = std::fs::read_to_string(file).map_err(|e| bad(e.to_string()))?;
            Some(Grading::from_toml(&text).map_err(|e| bad(e.to_string()))?)
        }
        None => None,
    };
    let lines = work::grade_lines(&material, tried.as_ref().unwrap_or(&material.grading));
    let mut headers = vec!["grade", "persons", "tried", "by", "why"];
    if tried.is_none() {
        headers.retain(|header| !["tried", "by"].contains(header));
    }
    let rows = lines.into_iter().map(|line| {
        let moved = i64::try_from(line.tried).unwrap_or(i64::MAX)
            - i64::try_from(line.now).unwrap_or(i64::MAX);
        let mut row = vec![json!(line.grade), json!(line.now)];
        if tried.is_some() {
            row.extend([json!(line.tried), json!(format!("{moved:+}"))]);
        }
        row.push(json!(line.why));
        row
    });
    Listing { headers, rows: rows.collect() }.write(arguments.shown.format)?;
    Ok(Outcome::Done)
}
