//! The latest toll of each source as a dot with its low and high ends.

use std::fmt::Write as _;

use sijil_claims::accounts::{Latest, latest};

use super::super::context::Context;
use super::super::svg::{at, escape, ticks};
use super::super::words;
use super::axis::fit;
use super::{Figure, WIDTH};

/// Sources that the chart shows; the table has all.
const SOURCES: usize = 16;

const LEFT: f64 = 330.0;
/// Room stays for an arrow and the words of the highest toll.
const RIGHT: f64 = 810.0;
const ROW: f64 = 40.0;
const TOP: f64 = 10.0;

/// The chart of latest tolls; nothing where fewer than two sources give one.
pub(in super::super) fn intervals(context: &Context<'_>) -> Option<Figure> {
    let mut rows = latest(&context.report.accounts);
    if rows.len() < 2 {
        return None;
    }
    let left_out = rows.len().saturating_sub(SOURCES);
    rows.truncate(SOURCES);
    let mut caption = "The latest toll of each source that covers the most, with its low and high \
        end. The sources count different people, places and days; an arrow means that the source \
        leaves the number open upwards."
        .to_owned();
    if left_out > 0 {
        let more = words::counted(left_out as u64, "source", "sources");
        let _ = write!(caption, " {more} with lower tolls stand in the table only.");
    }
    Some(Figure {
        id: "chart-latest",
        svg: draw(context, &rows),
        caption,
        twin: "accounts".to_owned(),
        twin_label: "the table of accounts",
    })
}

fn draw(context: &Context<'_>, rows: &[Latest<'_>]) -> String {
    let ends = rows.iter().map(|row| row.point.quantity.high.unwrap_or(row.point.quantity.low));
    let ticks = ticks(ends.max().unwrap_or(0), 6);
    let most = ticks.last().copied().unwrap_or(1);
    let x = |n: u64| LEFT + n as f64 / most.max(1) as f64 * (RIGHT - LEFT);
    let bottom = TOP + ROW * rows.len() as f64;
    let mut out = String::with_capacity(8_192);
    let _ = write!(
        out,
        "<svg class=\"chart\" role=\"img\" aria-labelledby=\"ci cid\" viewBox=\"0 0 {WIDTH} \
         {}\"><title id=\"ci\">Latest toll of each source</title><desc id=\"cid\">{}</desc>",
        at(bottom + 28.0),
        escape(&description(rows))
    );
    for tick in &ticks {
        let class = if *tick == 0 { "ax" } else { "gr" };
        let (x, label) = (at(x(*tick)), words::number(*tick));
        let _ = write!(out, "<path class=\"{class}\" d=\"M{x} {}V{}\"/>", at(TOP), at(bottom));
        let y = at(bottom + 19.0);
        let _ = write!(
            out,
            "<text class=\"tk\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{label}</text>"
        );
    }
    for (nth, row) in rows.iter().enumerate() {
        bar(&mut out, context, row, TOP + ROW * (nth as f64 + 0.5), &x);
    }
    out.push_str("</svg>");
    out
}

fn bar(out: &mut String, context: &Context<'_>, row: &Latest<'_>, y: f64, x: &dyn Fn(u64) -> f64) {
    let q = row.point.quantity;
    let (upper, lower, middle) = (at(y - 3.0), at(y + 12.0), at(y));
    let source = escape(&fit(&row.account.source, 13.0, LEFT - 20.0));
    let published = row.point.published.map(|day| format!(" · {}", words::day(day)));
    let area = context.area(&row.account.area);
    let area = if area.is_empty() { area } else { format!(", {area}") };
    let what = format!("{}{area}{}", words::of_whom(row.account), published.unwrap_or_default());
    let what = escape(&fit(&what, 12.0, LEFT - 20.0));
    let edge = at(LEFT - 14.0);
    let _ = write!(
        out,
        "<text class=\"lb\" x=\"{edge}\" y=\"{upper}\" text-anchor=\"end\">{source}</text>\
         <text class=\"lc\" x=\"{edge}\" y=\"{lower}\" text-anchor=\"end\">{what}</text>"
    );
    let low = x(q.low);
    let end = match q.high {
        Some(high) => {
            let high = x(high);
            let _ = write!(out, "<path class=\"iv\" d=\"M{} {middle}H{}\"/>", at(low), at(high));
            high
        }
        None => {
            let to = low + 26.0;
            let _ = write!(
                out,
                "<path class=\"iv\" d=\"M{} {middle}H{}m-5 -5l5 5l-5 5\"/>",
                at(low),
                at(to)
            );
            to
        }
    };
    let _ = write!(out, "<circle class=\"id\" cx=\"{}\" cy=\"{middle}\" r=\"5\"/>", at(low));
    let _ = write!(
        out,
        "<text class=\"lb\" x=\"{}\" y=\"{}\">{}</text>",
        at(end + 11.0),
        at(y + 4.5),
        escape(&words::quantity(q))
    );
}

fn description(rows: &[Latest<'_>]) -> String {
    let each = rows.iter().map(|row| {
        let of_whom = words::of_whom(row.account);
        format!("{}: {} ({of_whom})", row.account.source, words::quantity(row.point.quantity))
    });
    each.collect::<Vec<_>>().join("; ")
}
