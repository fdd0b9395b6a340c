//! `figures.csv`: one line a cell, with its name for `sijil trace` and the reason of each end.

use super::super::{Error, words};
use super::{Table, marks, optional, several};
use crate::model::{Cell, Dimension, FigureTable, Key, Report};

const HEADERS: [&str; 24] = [
    "cell",
    "basis",
    "population",
    "by",
    "party",
    "place",
    "place_id",
    "governorate",
    "governorate_id",
    "day",
    "group",
    "sex",
    "age",
    "cause",
    "low",
    "low_reason",
    "best",
    "best_reason",
    "high",
    "high_reason",
    "persons",
    "marks",
    "first_persons",
    "mark_numbers",
];

/// Persons and marks named in a line; the counts beside them are whole.
const NAMED: usize = 50;

pub(in super::super) fn figures(report: &Report) -> Result<Vec<u8>, Error> {
    let mut csv = Table::new(&HEADERS)?;
    for table in &report.tables {
        for cell in &table.cells {
            csv.row(&line(table, cell))?;
        }
    }
    csv.bytes()
}

fn line(table: &FigureTable, cell: &Cell) -> Vec<String> {
    let key = |dimension: Dimension| cell.keys.iter().find(|key| key.dimension == dimension);
    let label = |d: Dimension| optional(key(d).map(|key: &Key| key.label.as_str()));
    let id = |d: Dimension| optional(key(d).and_then(|key| key.id.as_deref()));
    let figure = &cell.figure;
    vec![
        cell.name(table.basis),
        table.basis.to_string(),
        words::population_code(table.population).to_owned(),
        several(table.by.iter().map(|by| by.code())),
        label(Dimension::Party),
        label(Dimension::Place),
        id(Dimension::Place),
        label(Dimension::Governorate),
        id(Dimension::Governorate),
        label(Dimension::Day),
        label(Dimension::Group),
        label(Dimension::Sex),
        label(Dimension::Age),
        label(Dimension::Cause),
        optional(figure.low.value),
        figure.low.reason.clone(),
        optional(figure.best.value),
        figure.best.reason.clone(),
        optional(figure.high.value),
        figure.high.reason.clone(),
        cell.persons.len().to_string(),
        cell.marks.len().to_string(),
        cell.persons.iter().take(NAMED).map(|id| id.0.as_str()).collect::<Vec<_>>().join(" "),
        marks(&cell.marks),
    ]
}
