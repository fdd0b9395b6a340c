//! `sijil count`: low, best and high of any breakdown.

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde_json::{Value, json};
use sijil::model::{Dimension, Population};
use sijil::register::AsOf;
use sijil::work::{self, Query};

use super::Outcome;
use super::failure::Failure;
use super::listing::{Format, Listing};
use super::place::Place;

/// Count the killed: low, best and high a cell, documented and reported apart
#[derive(Args)]
pub(super) struct Arguments {
    /// Dimensions to break down by
    #[arg(long, value_delimiter = ',', value_enum, value_name = "DIMENSION")]
    by: Vec<By>,
    /// Who is counted
    #[arg(long, value_enum, default_value = "all")]
    population: Who,
    /// Killed on this day or later
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Killed on this day or earlier
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// Count this alone
    #[arg(long, value_enum, value_name = "BASIS")]
    basis: Option<On>,
    /// Count what the register knew at this ledger entry
    #[arg(long, value_name = "ENTRY")]
    as_of: Option<u64>,
    /// How to write the cells
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    Party,
    Place,
    Governorate,
    Day,
    Group,
    Sex,
    Age,
    Cause,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum On {
    /// Persons behind the records of lists
    Documented,
    /// What sources say
    Reported,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Who {
    All,
    Civilians,
    SecurityForces,
    Fighters,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let register = arguments.place.read()?;
    let as_of = arguments.as_of.map_or(AsOf::NOW, AsOf);
    let query = Query {
        by: arguments.by.iter().map(|by| dimension(*by)).collect(),
        population: population(arguments.population),
        from: arguments.from,
        to: arguments.to,
    };
    let mut listing = Listing {
        headers: vec!["cell", "low", "best", "high", "low_reason", "best_reason", "high_reason"],
        rows: Vec::new(),
    };
    if arguments.format == Format::Table {
        listing.headers.truncate(4);
    }
    let tables = match arguments.basis {
        None => work::count(&register, as_of, &query)?,
        Some(On::Documented) => work::documented(&register, as_of, &query)?,
        Some(On::Reported) => work::said(&register, as_of, &query)?,
    };
    for table in tables {
        for cell in &table.cells {
            let figure = &cell.figure;
            let ends = [&figure.low, &figure.best, &figure.high];
            let mut row = vec![json!(query.name(table.basis, cell))];
            row.extend(ends.map(|end| end.value.map_or(Value::Null, |n| json!(n))));
            row.extend(ends.map(|end| json!(end.reason)));
            row.truncate(listing.headers.len());
            listing.rows.push(row);
        }
    }
    listing.write(arguments.format)?;
    Ok(Outcome::Done)
}

fn dimension(by: By) -> Dimension {
    match by {
        By::Party => Dimension::Party,
        By::Place => Dimension::Place,
        By::Governorate => Dimension::Governorate,
        By::Day => Dimension::Day,
        By::Group => Dimension::Group,
        By::Sex => Dimension::Sex,
        By::Age => Dimension::Age,
        By::Cause => Dimension::Cause,
    }
}

fn population(who: Who) -> Population {
    match who {
        Who::All => Population::All,
        Who::Civilians => Population::Civilians,
        Who::SecurityForces => Population::SecurityForces,
        Who::Fighters => Population::Fighters,
    }
}
