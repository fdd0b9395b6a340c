//! Running totals: how each source's toll grew over the days of its publication.

use std::cmp::Reverse;
use std::fmt::Write as _;

use jiff::civil::Date;
use sijil_claims::accounts::{Account, Point};
use sijil_claims::{Act, Scope};

use super::super::context::Context;
use super::super::svg::{apart, at, escape, ticks};
use super::super::words;
use super::axis::{Days, Frame, fit, people, y};
use super::{Figure, WIDTH};

/// Series that can be told apart by dash, marker and colour.
const SERIES: usize = 8;

const FRAME: Frame = Frame { left: 56.0, top: 16.0, right: 648.0, bottom: 372.0 };
const HEIGHT: f64 = 404.0;

/// One source's series with its dated points.
struct Line<'r> {
    account: &'r Account,
    points: Vec<(Date, &'r Point)>,
}

impl Line<'_> {
    fn last(&self) -> u64 {
        self.points.last().map_or(0, |(_, point)| number(point))
    }
}

/// The number drawn: the low end, or N of "up to N".
fn number(point: &Point) -> u64 {
    if point.quantity.low == 0 { point.quantity.high.unwrap_or(0) } else { point.quantity.low }
}

/// The chart of running totals; nothing where no source has published two of them.
pub(in super::super) fn tolls(context: &Context<'_>) -> Option<Figure> {
    let accounts = context.report.accounts.iter().filter(|account| account.act == Act::Killed);
    let mut lines: Vec<Line<'_>> = accounts.filter_map(line).collect();
    if !lines.iter().any(|line| line.points.len() > 1) {
        return None;
    }
    lines.sort_by_key(|line| (line.points.len() < 2, Reverse(line.last())));
    let left_out = lines.len().saturating_sub(SERIES);
    lines.truncate(SERIES);
    lines.sort_by_key(|line| Reverse(line.last()));
    let days = lines.iter().flat_map(|line| line.points.iter().map(|(day, _)| *day));
    let (first, last) = (days.clone().min()?, days.max()?);
    let mut caption = "Running tolls of people killed, by day of publication. Each source counts \
        whom it names, where and over the days it names: lines are not comparable step by step, \
        and are never added. A small arrow marks a figure that is open upwards."
        .to_owned();
    if left_out > 0 {
        let series =
            words::counted(left_out as u64, "smaller series stands", "smaller series stand");
        let _ = write!(caption, " {series} in the table only.");
    }
    Some(Figure {
        id: "chart-tolls",
        svg: draw(context, &lines, Days::of(first, last)),
        caption,
        twin: "accounts".to_owned(),
        twin_label: "the table of accounts",
    })
}

fn line(account: &Account) -> Option<Line<'_>> {
    let runs = account.points.iter().any(|point| point.scope == Scope::Cumulative);
    let dated = account.points.iter().filter(|point| point.is_said());
    let points: Vec<(Date, &Point)> =
        dated.filter_map(|point| Some((point.published?, point))).collect();
    (runs && !points.is_empty()).then_some(Line { account, points })
}

fn draw(context: &Context<'_>, lines: &[Line<'_>], days: Days) -> String {
    let most = lines.iter().flat_map(|line| &line.points).map(|(_, point)| number(point)).max();
    let ticks = ticks(most.unwrap_or(0), 6);
    let top = ticks.last().copied().unwrap_or(1);
    let mut out = String::with_capacity(8_192);
    let _ = write!(
        out,
        "<svg class=\"chart\" role=\"img\" aria-labelledby=\"ct ctd\" viewBox=\"0 0 {WIDTH} \
         {HEIGHT}\"><title id=\"ct\">Running tolls by source</title><desc id=\"ctd\">{}</desc>",
        escape(&description(lines))
    );
    people(&mut out, &FRAME, &ticks);
    days.draw(&mut out, &FRAME);
    for (nth, line) in lines.iter().enumerate().rev() {
        series(&mut out, nth, line, &days, top);
    }
    labels(&mut out, context, lines, &days, top);
    out.push_str("</svg>");
    out
}

fn description(lines: &[Line<'_>]) -> String {
    let each = lines.iter().map(|line| {
        let first = line.points.first().map_or(0, |(_, point)| number(point));
        let of_whom = words::of_whom(line.account);
        format!(
            "{}, {of_whom}: {} in {}, from {} to {}",
            line.account.source,
            words::counted(line.points.len() as u64, "figure", "figures"),
            line.points.last().map(|(day, _)| words::day(*day)).unwrap_or_default(),
            words::number(first),
            words::number(line.last())
        )
    });
    each.collect::<Vec<_>>().join(". ")
}

/// A toll stands until the next one is published: steps, not slopes.
fn series(out: &mut String, nth: usize, line: &Line<'_>, days: &Days, top: u64) {
    let mut path = String::new();
    for (day, point) in &line.points {
        let (x, y) = (at(days.x(&FRAME, *day)), at(y(&FRAME, number(point), top)));
        if path.is_empty() {
            let _ = write!(path, "M{x} {y}");
        } else {
            let _ = write!(path, "H{x}V{y}");
        }
    }
    let _ = write!(out, "<g class=\"s s{nth}\"><path class=\"ln\" d=\"{path}\"/>");
    for (day, point) in &line.points {
        let (x, y) = (days.x(&FRAME, *day), y(&FRAME, number(point), top));
        if point.quantity.high.is_none() {
            let _ = write!(
                out,
                "<path class=\"up\" d=\"M{0} {1}v-8m-3 3l3 -3l3 3\"/>",
                at(x),
                at(y - 5.0)
            );
        }
        out.push_str(&marker(nth, x, y));
    }
    out.push_str("</g>");
}

/// Markers differ in shape, so that colour is not needed to tell series apart.
fn marker(nth: usize, x: f64, y: f64) -> String {
    let (ax, ay) = (at(x), at(y));
    let (left, up) = (at(x - 4.0), at(y - 4.0));
    match nth % SERIES {
        0 => format!("<circle class=\"mk\" cx=\"{ax}\" cy=\"{ay}\" r=\"4\"/>"),
        1 => format!("<path class=\"mk\" d=\"M{left} {up}h8v8h-8z\"/>"),
        2 => format!("<path class=\"mk\" d=\"M{ax} {}l5 9h-10z\"/>", at(y - 5.0)),
        3 => format!("<path class=\"mk\" d=\"M{ax} {}l5 5l-5 5l-5 -5z\"/>", at(y - 5.0)),
        4 => format!("<circle class=\"mk ho\" cx=\"{ax}\" cy=\"{ay}\" r=\"4\"/>"),
        5 => format!("<path class=\"mk ho\" d=\"M{left} {up}h8v8h-8z\"/>"),
        6 => format!("<path class=\"mk ho\" d=\"M{ax} {}l5 9h-10z\"/>", at(y - 5.0)),
        _ => format!("<path class=\"mk ho\" d=\"M{ax} {}l5 5l-5 5l-5 -5z\"/>", at(y - 5.0)),
    }
}

/// Labels where the lines end, moved apart, with a thin leader.
fn labels(out: &mut String, context: &Context<'_>, lines: &[Line<'_>], days: &Days, top: u64) {
    let wanted: Vec<f64> = lines.iter().map(|line| y(&FRAME, line.last(), top)).collect();
    let placed = apart(&wanted, 33.0, FRAME.top + 4.0, FRAME.bottom - 8.0);
    let room = WIDTH - FRAME.right - 34.0;
    for (nth, (line, label)) in lines.iter().zip(placed).enumerate() {
        let Some((day, point)) = line.points.last() else { continue };
        let (x, y) = (days.x(&FRAME, *day), y(&FRAME, number(point), top));
        let _ = write!(
            out,
            "<path class=\"ld\" d=\"M{} {}L{} {}H{}\"/>",
            at(x + 7.0),
            at(y),
            at(FRAME.right + 12.0),
            at(label),
            at(FRAME.right + 16.0)
        );
        let marker = marker(nth, FRAME.right + 22.0, label);
        let _ = write!(out, "<g class=\"s s{nth}\">{marker}</g>");
        let quantity = words::quantity(point.quantity);
        let area = context.area(&line.account.area);
        let area = if area.is_empty() { area } else { format!(", {area}") };
        let second = format!("{quantity} · {}{area}", words::of_whom(line.account));
        let (x, upper, lower) = (at(FRAME.right + 32.0), at(label - 2.0), at(label + 12.0));
        let source = escape(&fit(&line.account.source, 13.0, room));
        let second = escape(&fit(&second, 12.0, room));
        let _ = write!(
            out,
            "<text class=\"lb\" x=\"{x}\" y=\"{upper}\">{source}</text>\
             <text class=\"lc\" x=\"{x}\" y=\"{lower}\">{second}</text>"
        );
    }
}
