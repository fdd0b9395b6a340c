//! `sijil count`: low, best and high of any breakdown.

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde_json::{Value, json};
use sijil::model::{Basis, Dimension, Population};
use sijil::work::{self, Query};

use super::Outcome;
use super::failure::Failure;
use super::listing::{Format, Listing};
use super::place::{Place, as_of};

/// Count the killed: low, best and high a cell; documented, reported and coded apart
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
    /// What was done to those who are counted; else the killed
    #[arg(long, value_name = "FATE", value_parser = ["killed", "injured", "missing", "detained", "abducted", "displaced"])]
    fate: Option<String>,
    /// Only cells of this label, such as party="state forces"; may be given several times
    #[arg(long, value_name = "DIMENSION=LABEL")]
    only: Vec<String>,
    /// Only persons of this grade of proof or a better one (`sijil grades` lists them)
    #[arg(long, value_name = "GRADE")]
    grade: Option<String>,
    /// Tree of parties by which units are rolled up
    #[arg(long, value_name = "TREE")]
    tree: Option<String>,
    /// How far below the top of the tree units are rolled up to: 0 the top
    #[arg(long, value_name = "STEPS")]
    depth: Option<usize>,
    /// Count this alone
    #[arg(long, value_enum, value_name = "BASIS")]
    basis: Option<On>,
    /// Count what the register knew at this ledger entry, at the end of this day, or in this edition
    #[arg(long, value_name = "ENTRY|DATE|EDITION")]
    as_of: Option<String>,
    /// How to write the cells
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    Dataset,
    Party,
    Place,
    Governorate,
    Day,
    Group,
    Sex,
    Age,
    Cause,
    Unit,
    Grade,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum On {
    /// Persons behind the records of lists
    Documented,
    /// What sources say
    Reported,
    /// Incidents of datasets
    Coded,
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
    let as_of = as_of(&register, arguments.as_of.as_deref())?;
    let query = Query {
        by: arguments.by.iter().map(|by| by.dimension()).collect(),
        population: population(arguments.population),
        from: arguments.from,
        to: arguments.to,
        fate: arguments.fate.as_deref().map(work::fate).transpose()?,
        only: arguments.only.iter().map(|limit| work::limit(limit)).collect::<Result<_, _>>()?,
        grade: arguments.grade.clone(),
        tree: arguments.tree.clone(),
        depth: arguments.depth,
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
        Some(On::Reported | On::Coded) => work::said(&register, as_of, &query)?,
    };
    let asked = |basis: Basis| match arguments.basis {
        None => true,
        Some(On::Documented) => basis == Basis::Documented,
        Some(On::Reported) => basis == Basis::Reported,
        Some(On::Coded) => basis == Basis::Coded,
    };
    for table in tables.iter().filter(|table| asked(table.basis)) {
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

impl By {
    /// The dimension that the word stands for.
    pub(super) fn dimension(self) -> Dimension {
        match self {
            Self::Dataset => Dimension::Dataset,
            Self::Party => Dimension::Party,
            Self::Place => Dimension::Place,
            Self::Governorate => Dimension::Governorate,
            Self::Day => Dimension::Day,
            Self::Group => Dimension::Group,
            Self::Sex => Dimension::Sex,
            Self::Age => Dimension::Age,
            Self::Cause => Dimension::Cause,
            Self::Unit => Dimension::Unit,
            Self::Grade => Dimension::Grade,
        }
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
