//! Documented persons by day of the killing: columns for best, a line from low to high.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;

use super::super::context::Context;
use super::super::svg::{at, escape, ticks};
use super::super::{tables, words};
use super::axis::{Days, Frame, people, y};
use super::{Figure, WIDTH};
use crate::model::{Dimension, Figure as Number, FigureTable};

/// Longer stretches are drawn by month: a column must stay visible.
const MOST_DAYS: i32 = 120;

const FRAME: Frame = Frame { left: 56.0, top: 20.0, right: 944.0, bottom: 252.0 };
const HEIGHT: f64 = 284.0;

/// One column: where it begins, and its number; low and high only where one cell gives them.
struct Column {
    first: Date,
    best: u64,
    ends: Option<(u64, u64)>,
}

/// The chart of documented persons by day; nothing where no list gives a day.
pub(in super::super) fn days(context: &Context<'_>) -> Option<Figure> {
    let table = tables::documented_by(context, Dimension::Day)?;
    let dated: Vec<(Date, &Number)> = table.cells.iter().filter_map(dated).collect();
    let first = dated.iter().map(|(day, _)| *day).min()?;
    let last = dated.iter().map(|(day, _)| *day).max()?;
    let by_month = super::axis::between(first, last) > MOST_DAYS;
    let columns = if by_month { months(&dated) } else { each_day(&dated) };
    let (first, last) =
        if by_month { (first.first_of_month(), last.last_of_month()) } else { (first, last) };
    let unit = if by_month { "month" } else { "day" };
    let mut caption = format!(
        "Persons documented by {unit} of the killing: the column is the best figure{}.",
        if by_month { ", days taken together" } else { ", the thin line runs from low to high" }
    );
    let undated = without_day(table);
    if undated > 0 {
        let persons = words::counted(undated, "person", "persons");
        let _ = write!(caption, " {persons} without a day: in the table only.");
    }
    let days = Days::of(first, last.tomorrow().unwrap_or(last));
    Some(Figure {
        id: "chart-days",
        svg: draw(&columns, days, unit),
        caption,
        twin: tables::id(table),
        twin_label: "the table by day",
    })
}

fn dated(cell: &crate::model::Cell) -> Option<(Date, &Number)> {
    let day = cell.keys.first()?.id.as_deref()?.parse().ok()?;
    Some((day, &cell.figure))
}

fn without_day(table: &FigureTable) -> u64 {
    let cells = table.cells.iter().filter(|cell| dated(cell).is_none());
    cells.filter_map(|cell| cell.figure.best.value).sum()
}

fn each_day(dated: &[(Date, &Number)]) -> Vec<Column> {
    let columns = dated.iter().map(|(day, figure)| {
        let best = figure.best.value.unwrap_or(0);
        let ends = (figure.low.value.unwrap_or(best), figure.high.value.unwrap_or(best));
        Column { first: *day, best, ends: (ends.0 < ends.1).then_some(ends) }
    });
    columns.collect()
}

/// A person is documented on one day only, so that best figures of days add up; low and high do
/// not, since an open pair may join persons of two days.
fn months(dated: &[(Date, &Number)]) -> Vec<Column> {
    let mut months: BTreeMap<Date, u64> = BTreeMap::new();
    for (day, figure) in dated {
        *months.entry(day.first_of_month()).or_default() += figure.best.value.unwrap_or(0);
    }
    months.into_iter().map(|(first, best)| Column { first, best, ends: None }).collect()
}

fn draw(columns: &[Column], days: Days, unit: &str) -> String {
    let most = columns.iter().map(|column| column.ends.map_or(column.best, |(_, high)| high)).max();
    let ticks = ticks(most.unwrap_or(0), 4);
    let top = ticks.last().copied().unwrap_or(1);
    let mut out = String::with_capacity(8_192);
    let _ = write!(
        out,
        "<svg class=\"chart\" role=\"img\" aria-labelledby=\"cd cdd\" viewBox=\"0 0 {WIDTH} \
         {HEIGHT}\"><title id=\"cd\">Persons documented by {unit}</title><desc id=\"cdd\">{}</desc>",
        escape(&description(columns))
    );
    people(&mut out, &FRAME, &ticks);
    let room = (FRAME.right - FRAME.left) / f64::from(days.length);
    let length = |day: Date| if unit == "day" { 1.0 } else { f64::from(day.days_in_month()) };
    let shortest = if unit == "day" { 1.0 } else { 28.0 };
    let thick = (room * shortest * 0.76).clamp(1.5, 56.0);
    for column in columns {
        let middle = days.x(&FRAME, column.first) + room * length(column.first) / 2.0;
        let height = y(&FRAME, column.best, top);
        let _ = write!(
            out,
            "<rect class=\"cl\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            at(middle - thick / 2.0),
            at(height),
            at(thick),
            at(FRAME.bottom - height)
        );
        let mut label = height;
        if let Some((low, high)) = column.ends {
            let (low, high, x) = (y(&FRAME, low, top), y(&FRAME, high, top), at(middle));
            label = high;
            let (a, b) = (at(low), at(high));
            let _ = write!(out, "<path class=\"wh\" d=\"M{x} {a}V{b}m-4 0h8M{x} {a}m-4 0h8\"/>");
        }
        if thick > 14.0 {
            let (x, y) = (at(middle), at(label - 6.0));
            let best = words::number(column.best);
            let _ = write!(
                out,
                "<text class=\"lb\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{best}</text>"
            );
        }
    }
    axis(&mut out, days, if unit == "day" { room / 2.0 } else { 0.0 });
    out.push_str("</svg>");
    out
}

/// A day is as wide as its column: its name stands below the middle.
fn axis(out: &mut String, days: Days, shift: f64) {
    let shifted = Frame { left: FRAME.left + shift, right: FRAME.right + shift, ..FRAME };
    days.draw_within(out, &shifted, FRAME.right);
}

fn description(columns: &[Column]) -> String {
    let each = columns
        .iter()
        .take(60)
        .map(|column| format!("{}: {}", words::day(column.first), words::number(column.best)));
    each.collect::<Vec<_>>().join("; ")
}
