//! Boundaries: the report's own, or the embedded ones where the places lie within them.

use std::fmt::Write as _;

use super::super::svg::{Area, at, escape, width};
use super::Spot;
use super::frame::Frame;
use super::labels::Label;
use crate::model::{Region, Report};

/// Governorates of Syria; origin and licence in NOTICE, method in data/README.md.
pub(super) const SYRIA: &str = include_str!("../../../data/syria_adm1.json");

const SIZE: f64 = 12.0;

/// The regions to draw, those that reach into the frame.
pub(super) fn of(report: &Report, frame: &Frame) -> Vec<Region> {
    let all = if report.regions.is_empty() {
        let syria: Vec<Region> = serde_json::from_str(SYRIA).expect("embedded data are tested");
        // Boundaries that hold none of the places would be a map of somewhere else.
        let area = extent(&syria);
        let inside = |lon: f64, lat: f64| {
            (area.x..area.x + area.width).contains(&lon)
                && (area.y..area.y + area.height).contains(&lat)
        };
        if report.places.iter().any(|p| inside(p.lon, p.lat)) { syria } else { Vec::new() }
    } else {
        report.regions.clone()
    };
    let shown = frame.area();
    all.into_iter().filter(|region| drawn(region, frame).meets(&shown)).collect()
}

fn extent(regions: &[Region]) -> Area {
    let points = regions.iter().flat_map(|region| region.rings.iter().flatten().copied());
    bounds(points.map(|[lon, lat]| (lon, lat)))
}

fn drawn(region: &Region, frame: &Frame) -> Area {
    let points = region.rings.iter().flatten();
    bounds(points.map(|[lon, lat]| frame.xy(*lon, *lat)))
}

fn bounds(points: impl Iterator<Item = (f64, f64)>) -> Area {
    let start = (f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY);
    let (a, b, c, d) =
        points.fold(start, |(a, b, c, d), (x, y)| (a.min(x), b.min(y), c.max(x), d.max(y)));
    Area { x: a, y: b, width: c - a, height: d - b }
}

/// Writes the regions; what lies outside the frame is cut off by the drawing's edge.
pub(super) fn draw(out: &mut String, regions: &[Region], frame: &Frame) {
    out.push_str("<g class=\"rg\">");
    for region in regions {
        out.push_str("<path d=\"");
        for ring in &region.rings {
            for (nth, [lon, lat]) in ring.iter().enumerate() {
                let (x, y) = frame.xy(*lon, *lat);
                let step = if nth == 0 { 'M' } else { 'L' };
                let _ = write!(out, "{step}{} {}", at(x), at(y));
            }
            out.push('Z');
        }
        out.push_str("\"/>");
    }
    out.push_str("</g>");
}

/// Writes the names of regions in quiet letters, where they meet no label and no circle.
pub(super) fn names(
    out: &mut String,
    regions: &[Region],
    frame: &Frame,
    labels: &[Label],
    spots: &[Spot<'_>],
) {
    let mut taken: Vec<Area> = labels.iter().map(|label| label.area).collect();
    taken.extend(spots.iter().map(|spot| {
        let r = spot.radius().max(2.0);
        Area { x: spot.x - r, y: spot.y - r, width: 2.0 * r, height: 2.0 * r }
    }));
    let named = |region: &&Region| !labels.iter().any(|label| label.name == region.name);
    for region in regions.iter().filter(named) {
        let name = region.name.to_uppercase();
        let long = width(&name, SIZE) * 1.16;
        let Some((x, y)) = inside(region, frame, long, &taken) else { continue };
        taken.push(Area { x: x - long / 2.0, y: y - SIZE, width: long, height: SIZE * 1.4 });
        let (x, y, name) = (at(x), at(y), escape(&name));
        let _ = write!(out, "<text class=\"rn\" x=\"{x}\" y=\"{y}\">{name}</text>");
    }
}

/// A point of a small grid over the region where its name lies inside and meets nothing, the one
/// nearest to the middle.
fn inside(region: &Region, frame: &Frame, long: f64, taken: &[Area]) -> Option<(f64, f64)> {
    const STEPS: u32 = 24;
    let shown = frame.area();
    let all = drawn(region, frame);
    let (left, top) = (all.x.max(0.0), all.y.max(0.0));
    let right = (all.x + all.width).min(shown.width);
    let bottom = (all.y + all.height).min(shown.height);
    let (middle, center) = (f64::midpoint(left, right), f64::midpoint(top, bottom));
    let mut best: Option<(f64, (f64, f64))> = None;
    for row in 1..STEPS {
        for column in 1..STEPS {
            let x = left + (right - left) * f64::from(column) / f64::from(STEPS);
            let y = top + (bottom - top) * f64::from(row) / f64::from(STEPS);
            let area = Area { x: x - long / 2.0, y: y - SIZE, width: long, height: SIZE * 1.4 };
            let far = (x - middle).powi(2) + (y - center).powi(2);
            let better = best.is_none_or(|(least, _)| far < least);
            let corners =
                [area.x, x, area.x + area.width].map(|x| holds(region, frame, x, y - 4.0));
            if better
                && corners.iter().all(|inside| *inside)
                && area.lies_in(&shown)
                && !taken.iter().any(|other| area.meets(other))
            {
                best = Some((far, (x, y)));
            }
        }
    }
    best.map(|(_, at)| at)
}

/// Whether a point of the drawing lies in the region, by the even-odd rule.
fn holds(region: &Region, frame: &Frame, x: f64, y: f64) -> bool {
    let mut inside = false;
    for ring in &region.rings {
        let points = ring.iter().map(|[lon, lat]| frame.xy(*lon, *lat));
        let next = points.clone().cycle().skip(1);
        for ((ax, ay), (bx, by)) in points.zip(next) {
            if (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
                inside = !inside;
            }
        }
    }
    inside
}
