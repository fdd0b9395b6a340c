//! `sijil accounts`: who says how many, of whom, over which window, by whom.

use std::collections::BTreeSet;

use clap::Args;
use serde_json::{Value, json};
use sijil::model::class_label;
use sijil::work::Material;
use sijil_claims::accounts::{Account, Point, StatementRef};

use super::Outcome;
use super::failure::Failure;
use super::listing::{Format, Listing};
use super::place::{Place, as_of};

/// Put side by side who says how many, of whom, over which days, and by whom
#[derive(Args)]
pub(super) struct Arguments {
    /// Only the sources whose name holds these words
    #[arg(long, value_name = "WORDS")]
    source: Option<String>,
    /// Also the figures that a later one of the same source took the place of
    #[arg(long)]
    all: bool,
    /// What the register knew at this ledger entry, at the end of this day, or in this edition
    #[arg(long, value_name = "ENTRY|DATE|EDITION")]
    as_of: Option<String>,
    /// How to write the accounts
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    #[command(flatten)]
    place: Place,
}

const HEADERS: [&str; 15] = [
    "source",
    "published",
    "act",
    "low",
    "high",
    "words",
    "of_whom",
    "from",
    "to",
    "area",
    "by",
    "scope",
    "repeats",
    "superseded",
    "sum",
];

/// Columns of the table for the eye; the other formats have all.
const SHOWN: usize = 11;

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let register = arguments.place.read()?;
    let as_of = as_of(&register, arguments.as_of.as_deref())?;
    let material = Material::of(&register, as_of)?;
    let accounts = &material.accounts;
    let open: BTreeSet<StatementRef> =
        accounts.sums.iter().filter(|sum| !sum.closes).map(|sum| sum.total).collect();
    let mut listing = Listing { headers: HEADERS.to_vec(), rows: Vec::new() };
    let words = arguments.source.as_deref().unwrap_or_default().to_lowercase();
    for account in &accounts.accounts {
        if !account.source.to_lowercase().contains(&words) {
            continue;
        }
        for point in account.points.iter().filter(|p| arguments.all || !p.superseded) {
            listing.rows.push(row(account, point, &open));
        }
    }
    if arguments.format == Format::Table {
        listing.headers.truncate(SHOWN);
        listing.rows.iter_mut().for_each(|row| row.truncate(SHOWN));
    }
    listing.write(arguments.format)?;
    Ok(Outcome::Done)
}

fn row(account: &Account, point: &Point, open: &BTreeSet<StatementRef>) -> Vec<Value> {
    let day = |day: Option<jiff::civil::Date>| day.map_or(Value::Null, |d| json!(d.to_string()));
    let kinds = account.population.victims.iter().map(|kind| kind.code());
    let of_whom: Vec<&str> = account.population.group.as_deref().into_iter().chain(kinds).collect();
    let by: Vec<&str> = account.parties.iter().map(|class| class_label(*class)).collect();
    let does_not_close = point.statements.iter().any(|at| open.contains(at));
    vec![
        json!(account.source),
        day(point.published),
        json!(account.act.code()),
        json!(point.quantity.low),
        point.quantity.high.map_or(Value::Null, |high| json!(high)),
        json!(point.surface),
        json!(of_whom.join(" ")),
        day(point.window.and_then(|w| w.start)),
        day(point.window.and_then(|w| w.end)),
        json!(account.area.join(", ")),
        json!(by.join(", ")),
        json!(point.scope.code()),
        json!(account.depends_on),
        json!(point.superseded),
        if does_not_close { json!("does not close") } else { Value::Null },
    ]
}
