//! Labels of places: the most important first, each where it meets nothing, else not at all.

use std::fmt::Write as _;

use super::super::svg::{Area, at, escape, width};
use super::super::words;
use super::Spot;
use super::frame::Frame;
use crate::model::MapPoint;

const SIZE: f64 = 13.0;
const SMALL: f64 = 11.0;

/// A label with its place on the drawing.
pub(super) struct Label {
    pub(super) area: Area,
    pub(super) name: String,
    documented: Option<u64>,
    reported: Option<u64>,
    strong: bool,
}

/// Places labels for as many spots as have room, in their order.
pub(super) fn place(spots: &[Spot<'_>], frame: &Frame, taken: Option<Area>) -> Vec<Label> {
    let shown = frame.area();
    let circles: Vec<Area> = spots.iter().map(circle).collect();
    let mut labels: Vec<Label> = Vec::new();
    for (nth, spot) in spots.iter().enumerate() {
        let (name, figure) = (spot.point.label.clone(), spot.figures());
        let strong = spot.radius() > 0.0;
        let free = candidates(spot, &name, &figure).into_iter().find(|area| {
            area.lies_in(&shown)
                && !taken.is_some_and(|taken| taken.meets(area))
                && !labels.iter().any(|label| label.area.meets(area))
                && !circles.iter().enumerate().any(|(other, circle)| {
                    other != nth && !around(&circles[other], &circles[nth]) && circle.meets(area)
                })
        });
        if let Some(area) = free {
            let MapPoint { documented, reported, .. } = *spot.point;
            labels.push(Label { area, name, documented, reported, strong });
        }
    }
    labels
}

/// Whether a circle lies all around another: a governorate's around a town. What is inside may
/// write over it.
fn around(outer: &Area, inner: &Area) -> bool {
    inner.lies_in(outer) && outer.width > 2.0 * inner.width
}

fn circle(spot: &Spot<'_>) -> Area {
    let r = spot.radius().max(2.0);
    Area { x: spot.x - r, y: spot.y - r, width: 2.0 * r, height: 2.0 * r }
}

/// Right, left, above, below, then the four corners.
fn candidates(spot: &Spot<'_>, name: &str, figure: &str) -> Vec<Area> {
    let size = if spot.radius() > 0.0 { SIZE } else { SMALL };
    let long = width(name, size) + if figure.is_empty() { 0.0 } else { width(figure, size) + 7.0 };
    let (wide, high) = (long + 4.0, size * 1.3);
    let r = spot.radius().max(2.0) + 3.0;
    let slant = r * 0.75;
    let corners = [
        (spot.x + r, spot.y - high / 2.0),
        (spot.x - r - wide, spot.y - high / 2.0),
        (spot.x - wide / 2.0, spot.y - r - high),
        (spot.x - wide / 2.0, spot.y + r),
        (spot.x + slant, spot.y - slant - high),
        (spot.x + slant, spot.y + slant),
        (spot.x - slant - wide, spot.y - slant - high),
        (spot.x - slant - wide, spot.y + slant),
    ];
    corners.into_iter().map(|(x, y)| Area { x, y, width: wide, height: high }).collect()
}

/// Writes the labels.
pub(super) fn draw(out: &mut String, labels: &[Label]) {
    for label in labels {
        let size = if label.strong { SIZE } else { SMALL };
        let class = if label.strong { "pl" } else { "pn" };
        let (x, y) = (at(label.area.x + 2.0), at(label.area.y + size));
        let name = escape(&label.name);
        let _ = write!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{name}");
        let documented = label.documented.map(|n| (n, "pf fd"));
        let reported = label.reported.map(|n| (n, "pf fr"));
        if documented.is_some() && reported.is_some() {
            figure(out, documented);
            out.push_str(" /");
            figure(out, reported);
        } else {
            figure(out, documented.or(reported));
        }
        out.push_str("</text>");
    }
}

fn figure(out: &mut String, figure: Option<(u64, &str)>) {
    if let Some((n, class)) = figure {
        let _ = write!(out, " <tspan class=\"{class}\">{}</tspan>", words::number(n));
    }
}
