//! `sijil sources` and `sijil responses`: who speaks, and who answers. Sealing is in `sealed.rs`.

use clap::{Args, Subcommand};
use jiff::civil::Date;
use serde_json::json;
use sijil::work::{self, Material};

use super::Outcome;
use super::failure::Failure;
use super::listing::{Format, Listing};
use super::place::{Place, as_of};
use super::sealed;

/// List sources: how many statements, how reliable, and whom each repeats
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    sealed: Option<Sealed>,
    #[command(flatten)]
    common: Common,
}

#[derive(Subcommand)]
enum Sealed {
    Seal(sealed::SealArguments),
    Show(sealed::ShowArguments),
}

/// List responses: statements, promises, inquiries, arrests, trials, sanctions, and what is overdue
#[derive(Args)]
pub(super) struct ResponseArguments {
    #[command(flatten)]
    common: Common,
}

#[derive(Args)]
struct Common {
    /// The day on which grades and promises are judged; else the last day of the material
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// What the register knew at this ledger entry, at the end of this day, or in this edition
    #[arg(long, value_name = "ENTRY|DATE|EDITION")]
    as_of: Option<String>,
    /// How to write the lines
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    #[command(flatten)]
    place: Place,
}

impl Common {
    fn material(&self) -> Result<(Material, Option<Date>), Failure> {
        let register = self.place.read()?;
        let material = Material::of(&register, as_of(&register, self.as_of.as_deref())?)?;
        let on = self.on.or_else(|| material.latest_day());
        Ok((material, on))
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    match &arguments.sealed {
        Some(Sealed::Seal(arguments)) => return sealed::seal(arguments),
        Some(Sealed::Show(arguments)) => return sealed::show(arguments),
        None => {}
    }
    let (material, on) = arguments.common.material()?;
    let rows = work::source_lines(&material, on).into_iter().map(|line| {
        let depends_on = line.depends_on.join(", ");
        vec![
            json!(line.name),
            json!(line.kind),
            json!(line.statements),
            json!(line.grade),
            json!(depends_on),
        ]
    });
    let headers = vec!["source", "kind", "statements", "grade", "repeats"];
    Listing { headers, rows: rows.collect() }.write(arguments.common.format)?;
    Ok(Outcome::Done)
}

pub(super) fn responses(arguments: &ResponseArguments) -> Result<Outcome, Failure> {
    let (material, on) = arguments.common.material()?;
    let day = |day: Option<Date>| json!(day.map(|day| day.to_string()).unwrap_or_default());
    let rows = work::response_entries(&material, on).into_iter().map(|entry| {
        vec![
            day(entry.day),
            json!(entry.kind),
            json!(entry.actor),
            day(entry.due),
            json!(entry.status),
            json!(entry.about.join(", ")),
            json!(entry.stands_in),
        ]
    });
    let headers = vec!["day", "kind", "actor", "due", "status", "about", "stands_in"];
    Listing { headers, rows: rows.collect() }.write(arguments.common.format)?;
    Ok(Outcome::Done)
}
