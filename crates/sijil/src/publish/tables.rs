//! Tables of figures: low, best and high, each with its reason, and the name that traces it.

use super::cite::Cites;
use super::context::{Behind, Context};
use super::svg;
use super::words;
use crate::model::{Basis, Cell, Dimension, End, FigureTable, Key};

/// One breakdown.
pub(super) struct TableView {
    pub(super) id: String,
    pub(super) caption: String,
    pub(super) documented: bool,
    pub(super) headers: Vec<&'static str>,
    pub(super) rows: Vec<FigureRow>,
}

/// One cell of the breakdown, as a row.
pub(super) struct FigureRow {
    pub(super) keys: Vec<String>,
    pub(super) low: EndView,
    pub(super) best: EndView,
    pub(super) high: EndView,
    /// The three numbers as a line with a dot, on one scale for the table.
    pub(super) glyph: String,
    pub(super) cites: Cites,
    pub(super) behind: Behind,
    /// What `sijil trace` takes.
    pub(super) name: String,
}

/// One end of a figure.
pub(super) struct EndView {
    pub(super) value: String,
    pub(super) reason: String,
}

/// Every table that has a cell, documented ones first as the report has them.
pub(super) fn tables(context: &mut Context<'_>) -> Vec<TableView> {
    let report = context.report;
    let filled = report.tables.iter().filter(|table| !table.cells.is_empty());
    filled.map(|table| view(context, table)).collect()
}

/// The id of a table on the page.
pub(super) fn id(table: &FigureTable) -> String {
    let by: Vec<&str> = table.by.iter().map(|by| by.code()).collect();
    let population = words::population_code(table.population);
    format!("t-{}-{population}-{}", table.basis, by.join("-"))
}

/// The documented table of all killed by this dimension.
pub(super) fn documented_by<'r>(
    context: &Context<'r>,
    dimension: Dimension,
) -> Option<&'r FigureTable> {
    context.report.tables.iter().find(|table| {
        table.basis == Basis::Documented && table.by == [dimension] && !table.cells.is_empty()
    })
}

fn view(context: &mut Context<'_>, table: &FigureTable) -> TableView {
    let by: Vec<String> = table.by.iter().map(|by| words::dimension(*by).to_lowercase()).collect();
    let what = match table.basis {
        Basis::Documented => "Persons documented",
        Basis::Reported => "Tolls reported",
        Basis::Coded => "Dead as coded",
    };
    let most = table.cells.iter().filter_map(|cell| {
        let figure = &cell.figure;
        figure.high.value.max(figure.best.value).max(figure.low.value)
    });
    let most = most.max().unwrap_or(0);
    TableView {
        id: id(table),
        caption: format!(
            "{what}, by {}: {}",
            by.join(" and "),
            words::population(table.population)
        ),
        documented: table.basis == Basis::Documented,
        headers: table.by.iter().map(|by| words::dimension(*by)).collect(),
        rows: table.cells.iter().map(|cell| row(context, cell, table.basis, most)).collect(),
    }
}

fn row(context: &mut Context<'_>, cell: &Cell, basis: Basis, most: u64) -> FigureRow {
    let figure = &cell.figure;
    FigureRow {
        keys: cell.keys.iter().map(label).collect(),
        low: end(&figure.low),
        best: end(&figure.best),
        high: end(&figure.high),
        glyph: svg::interval(figure.low.value, figure.best.value, figure.high.value, most),
        cites: context.cite(cell.marks.iter().copied()),
        behind: context.behind(&cell.persons),
        name: cell.name(basis),
    }
}

/// A key as a reader expects it: a day in words, anything else with a capital.
fn label(key: &Key) -> String {
    let day = key.id.as_deref().filter(|_| key.dimension == Dimension::Day);
    match day.and_then(|day| day.parse().ok()) {
        Some(day) => words::day(day),
        None => words::capital(&key.label),
    }
}

fn end(end: &End) -> EndView {
    EndView {
        value: end.value.map_or_else(|| "open".to_owned(), words::number),
        reason: words::isolated(&end.reason),
    }
}
