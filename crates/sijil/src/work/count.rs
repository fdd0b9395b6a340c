//! Counts: any breakdown by dimensions, low, best and high; documented, reported and coded apart.

use jiff::civil::Date;
use sijil_claims::Act;

use super::coded::coded;
use super::error::{Error, Result};
use super::extract::{gazetteer, settings};
use super::figures::Documented;
use super::material::Material;
use super::reported::reported;
use super::tally::Tally;
use crate::model::{Basis, Cell, Dimension, FigureTable, Population, escaped, unescaped};
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
    /// What was done to them; `None` for the killed.
    pub fate: Option<Act>,
    /// Only what has these labels.
    pub only: Vec<(Dimension, String)>,
    /// Only persons of this grade of proof or a better one.
    pub grade: Option<String>,
    /// Tree of parties by which units are rolled up; `None` for the tree of command.
    pub tree: Option<String>,
    /// Steps below the top of the tree that units are rolled up to; `None` leaves them as named.
    pub depth: Option<usize>,
}

/// Keys of a cell's name that are no dimensions.
const POPULATION: &str = "population";
const FROM: &str = "from";
const TO: &str = "to";
const FATE: &str = "fate";
const GRADE: &str = "grade-at-least";
const TREE: &str = "tree";
const DEPTH: &str = "depth";

/// Before a dimension that a query is limited to, in a cell's name.
const ONLY: char = '@';

impl Query {
    /// The name of one of its cells, by which the cell can be counted again: the cell's own keys,
    /// then what the query leaves out.
    pub fn name(&self, basis: Basis, cell: &Cell) -> String {
        let all = self.population == Population::default();
        let limits = [
            (POPULATION, (!all).then(|| self.population.code().to_owned())),
            (FROM, self.from.map(|day| day.to_string())),
            (TO, self.to.map(|day| day.to_string())),
            (FATE, self.fate.map(|fate| fate.code().to_owned())),
            (GRADE, self.grade.as_deref().map(escaped)),
            (TREE, self.tree.as_deref().map(escaped)),
            (DEPTH, self.depth.map(|depth| depth.to_string())),
        ];
        let mut name = cell.name(basis);
        let limits = limits.into_iter().map(|(key, value)| (key.to_owned(), value));
        let only = self.only.iter().map(|(dimension, label)| {
            (format!("{ONLY}{}", dimension.code()), Some(escaped(label)))
        });
        for (key, value) in limits.chain(only) {
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
                FATE => query.fate = Some(fate(value)?),
                GRADE => query.grade = Some(unescaped(value)),
                TREE => query.tree = Some(unescaped(value)),
                DEPTH => query.depth = Some(depth(value)?),
                _ if code.starts_with(ONLY) => {
                    let dimension = dimension(code.trim_start_matches(ONLY))?;
                    query.only.push((dimension, unescaped(value)));
                }
                _ => {
                    query.by.push(dimension(code)?);
                    labels.push(unescaped(value));
                }
            }
        }
        Ok((query, labels))
    }

    /// What was done to those who are counted.
    pub(super) fn act(&self) -> Act {
        self.fate.unwrap_or(Act::Killed)
    }

    /// Whether each person is to be looked at: for grades of proof, or to leave out units.
    pub(super) fn needs_records(&self) -> bool {
        let is_grade = self.by.contains(&Dimension::Grade);
        let left_out =
            |(by, _): &(Dimension, String)| matches!(by, Dimension::Unit | Dimension::Grade);
        self.grade.is_some() || is_grade || self.only.iter().any(left_out)
    }

    fn is_of_datasets(&self) -> bool {
        self.by.contains(&Dimension::Dataset)
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

/// A limit such as `party=state forces`.
///
/// # Errors
/// When it names no dimension.
pub fn limit(text: &str) -> Result<(Dimension, String)> {
    let (code, label) = text.split_once('=').unwrap_or((text, ""));
    Ok((dimension(code)?, label.to_owned()))
}

/// What was done, by its code.
///
/// # Errors
/// When there is no such code.
pub fn fate(code: &str) -> Result<Act> {
    Act::ALL.iter().copied().find(|act| act.code() == code).ok_or_else(|| {
        let codes: Vec<&str> = Act::ALL.iter().map(|act| act.code()).collect();
        Error::Unknown(format!("{code:?} is no fate; take one of {}", codes.join(", ")))
    })
}

fn depth(text: &str) -> Result<usize> {
    text.parse().map_err(|_| Error::Unknown(format!("{text:?} is no number of steps")))
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

/// Counts documented persons, reported figures and coded incidents as of one entry; a table without
/// cells is left out, and cells do not name the persons behind them. [`count_in`] gives the same
/// figures.
///
/// # Errors
/// When the register cannot be read, or the query names a grade that no rule gives.
pub fn count(register: &Register, as_of: AsOf, query: &Query) -> Result<Vec<FigureTable>> {
    let mut tables = documented(register, as_of, query)?;
    tables.extend(said(register, as_of, query)?);
    Ok(tables)
}

/// [`count`] of what sources say and datasets code alone. Accounts are put side by side anew each
/// time, from all claims: this takes longer the more texts there are.
///
/// # Errors
/// When the register cannot be read.
pub fn said(register: &Register, as_of: AsOf, query: &Query) -> Result<Vec<FigureTable>> {
    let said = Material::said(register, as_of)?;
    let mut tables = tables(query, Vec::new(), reported(&said, query));
    tables.extend(coded_table(&said, query));
    Ok(tables)
}

/// [`count`] of documented persons alone: from columns, so that no record is read, unless rules of
/// the register decide on each person.
///
/// # Errors
/// When the register cannot be read, or the query names a grade that no rule gives.
pub fn documented(register: &Register, as_of: AsOf, query: &Query) -> Result<Vec<FigureTable>> {
    if query.is_of_datasets() {
        return Ok(Vec::new());
    }
    if query.needs_records() {
        let material = Material::of(register, as_of)?;
        check_grade(&material, query)?;
        let mut cells = Documented::of(&material).cells(query);
        cells.iter_mut().for_each(|cell| cell.persons.clear());
        return Ok(tables(query, cells, Vec::new()));
    }
    let (settings, _) = settings(register, as_of)?;
    let cells = Tally::of(register, &gazetteer(&settings), as_of, query, None)?.cells();
    Ok(tables(query, cells.into_iter().map(|(cell, _)| cell).collect(), Vec::new()))
}

fn check_grade(material: &Material, query: &Query) -> Result<()> {
    let Some(grade) = &query.grade else { return Ok(()) };
    if material.grading.rank(grade).is_some() {
        return Ok(());
    }
    let grades: Vec<&str> = material.grading.persons.iter().map(|r| r.grade.as_str()).collect();
    let grades = grades.join(", ");
    Err(Error::Unknown(format!("{grade:?} is no grade; the register gives {grades}")))
}

/// Counts what was loaded; cells name the persons behind them. By dataset only coded incidents are
/// counted: nothing else is of one.
pub fn count_in(material: &Material, query: &Query) -> Vec<FigureTable> {
    let mut tables = if query.is_of_datasets() {
        Vec::new()
    } else {
        count_with(&Documented::of(material), material, query)
    };
    tables.extend(coded_table(material, query));
    tables
}

fn coded_table(material: &Material, query: &Query) -> Option<FigureTable> {
    let cells = coded(material, query);
    let by = cells.first()?.keys.iter().map(|key| key.dimension).collect();
    Some(FigureTable { basis: Basis::Coded, population: query.population, by, cells })
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
