//! Counts: any breakdown by dimensions, low, best and high, documented and reported apart.

use jiff::civil::Date;

use super::error::{Error, Result};
use super::extract::{gazetteer, settings};
use super::figures::Documented;
use super::material::Material;
use super::reported::reported;
use super::tally::Tally;
use crate::model::{Basis, Cell, Dimension, FigureTable, Population, unescaped};
use crate::register::{AsOf, Register};

/// What is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Broken down by, in order; empty for one total.
    pub by: Vec<Dimension>,
    /// Who is counted.
    pub population: Population,
    /// Killed on this day or later.
    pub from: Option<Date>,
    /// Killed on this day or earlier.
    pub to: Option<Date>,
}

/// Keys of a cell's name that are no dimensions.
const POPULATION: &str = "population";
const FROM: &str = "from";
const TO: &str = "to";

impl Query {
    /// The name of one of its cells, by which the cell can be counted again: the cell's own keys,
    /// then what the query leaves out.
    pub fn name(&self, basis: Basis, cell: &Cell) -> String {
        let all = self.population == Population::default();
        let limits = [
            (POPULATION, (!all).then(|| self.population.code().to_owned())),
            (FROM, self.from.map(|day| day.to_string())),
            (TO, self.to.map(|day| day.to_string())),
        ];
        let mut name = cell.name(basis);
        for (key, value) in limits {
            if let Some(value) = value {
                let between = if name.ends_with(':') { "" } else { ";" };
                name.push_str(&format!("{between}{key}={value}"));
            }
        }
        name
    }

    /// The query that counts a cell anew, from the keys of its name, and its labels, one a
    /// dimension.
    ///
    /// # Errors
    /// When a key is neither a dimension nor a limit, or a limit has no such value.
    pub(super) fn of_keys(keys: &str) -> Result<(Self, Vec<String>)> {
        let mut query = Self::default();
        let mut labels = Vec::new();
        for key in keys.split(';').filter(|key| !key.is_empty()) {
            let (code, value) = key.split_once('=').unwrap_or((key, ""));
            match code {
                POPULATION => query.population = population(value)?,
                FROM => query.from = Some(day(value)?),
                TO => query.to = Some(day(value)?),
                _ => {
                    query.by.push(dimension(code)?);
                    labels.push(unescaped(value));
                }
            }
        }
        Ok((query, labels))
    }

    /// Whether a window of days lies within the query's; without bounds everything does, with
    /// bounds an unknown day does not.
    pub(super) fn holds(&self, start: Option<Date>, end: Option<Date>) -> bool {
        let after = self.from.is_none_or(|from| start.is_some_and(|day| day >= from));
        let before = self.to.is_none_or(|to| end.is_some_and(|day| day <= to));
        after && before
    }
}

fn dimension(code: &str) -> Result<Dimension> {
    let found = Dimension::ALL.iter().find(|dimension| dimension.code() == code);
    found.copied().ok_or_else(|| {
        let codes: Vec<&str> = Dimension::ALL.iter().map(|d| d.code()).collect();
        let codes = codes.join(", ");
        Error::Unknown(format!(
            "{code:?} is no dimension; take one of {codes}, or limit with {POPULATION}, {FROM}, {TO}"
        ))
    })
}

fn population(code: &str) -> Result<Population> {
    let found = Population::ALL.iter().find(|population| population.code() == code);
    found.copied().ok_or_else(|| {
        let codes: Vec<&str> = Population::ALL.iter().map(|p| p.code()).collect();
        Error::Unknown(format!("{code:?} is no population; take one of {}", codes.join(", ")))
    })
}

fn day(text: &str) -> Result<Date> {
    text.parse().map_err(|_| Error::Unknown(format!("{text:?} is no day such as 2025-03-07")))
}

/// Counts documented persons and reported figures as of one entry; a table without cells is left
/// out, and cells do not name the persons behind them. Persons are counted from columns, so that
/// no record is read; [`count_in`] gives the same figures.
///
/// # Errors
/// When the register cannot be read.
pub fn count(register: &Register, as_of: AsOf, query: &Query) -> Result<Vec<FigureTable>> {
    let mut tables = documented(register, as_of, query)?;
    tables.extend(said(register, as_of, query)?);
    Ok(tables)
}

/// [`count`] of what sources say alone. Accounts are put side by side anew each time, from all
/// claims: this takes longer the more texts there are.
///
/// # Errors
/// When the register cannot be read.
pub fn said(register: &Register, as_of: AsOf, query: &Query) -> Result<Vec<FigureTable>> {
    let said = Material::said(register, as_of)?;
    Ok(tables(query, Vec::new(), reported(&said, query)))
}

/// [`count`] of documented persons alone.
///
/// # Errors
/// When the register cannot be read.
pub fn documented(register: &Register, as_of: AsOf, query: &Query) -> Result<Vec<FigureTable>> {
    let (settings, _) = settings(register, as_of)?;
    let cells = Tally::of(register, &gazetteer(&settings), as_of, query, None)?.cells();
    Ok(tables(query, cells.into_iter().map(|(cell, _)| cell).collect(), Vec::new()))
}

/// Counts what was loaded; cells name the persons behind them.
pub fn count_in(material: &Material, query: &Query) -> Vec<FigureTable> {
    count_with(&Documented::of(material), material, query)
}

/// [`count_in`] for one of several queries: what linkage leaves open is looked up once for all.
pub(super) fn count_with(
    documented: &Documented<'_>,
    material: &Material,
    query: &Query,
) -> Vec<FigureTable> {
    tables(query, documented.cells(query), reported(material, query))
}

fn tables(query: &Query, documented: Vec<Cell>, reported: Vec<Cell>) -> Vec<FigureTable> {
    let both = [(Basis::Documented, documented), (Basis::Reported, reported)];
    let tables = both.into_iter().filter(|(_, cells)| !cells.is_empty());
    let Query { by, population, .. } = query;
    tables
        .map(|(basis, cells)| FigureTable { basis, population: *population, by: by.clone(), cells })
        .collect()
}
