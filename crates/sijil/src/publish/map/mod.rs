//! The map: boundaries, and a circle for every place that carries a figure.
//!
//! Equirectangular, with degrees of longitude shortened by the cosine of the middle latitude: at
//! the size of a country the eye sees no difference to a better projection, and a reader can check
//! every position with a ruler. A circle's area is the figure. A governorate's circle is hollow: it
//! says "somewhere in here". Labels keep apart; a place whose label finds no room stands in the
//! table below the map only.

mod boundaries;
mod frame;
mod labels;

use std::cmp::Reverse;
use std::fmt::Write as _;

use super::cite::Cites;
use super::context::Context;
use super::svg::{Area, at, escape};
use super::words;
use crate::model::{MapPoint, Report};
use frame::{Frame, frame};

/// Radius of the largest figure's circle.
const LARGEST: f64 = 34.0;
/// No figure is drawn smaller than this.
const SMALLEST: f64 = 3.5;

/// The map and what a page says around it.
pub(super) struct MapView {
    pub(super) svg: String,
    pub(super) has_documented: bool,
    pub(super) has_reported: bool,
    pub(super) has_coarse: bool,
    pub(super) has_named: bool,
    pub(super) unlabelled: String,
    pub(super) embedded: bool,
    pub(super) rows: Vec<PlaceRow>,
}

/// One place of the map as a row of its table.
pub(super) struct PlaceRow {
    pub(super) label: String,
    pub(super) id: String,
    pub(super) level: &'static str,
    pub(super) documented: String,
    pub(super) reported: String,
    pub(super) position: String,
    pub(super) cites: Cites,
}

/// A place at its position on the drawing.
struct Spot<'r> {
    point: &'r MapPoint,
    x: f64,
    y: f64,
    documented: f64,
    reported: f64,
}

impl Spot<'_> {
    fn radius(&self) -> f64 {
        self.documented.max(self.reported)
    }

    fn label(&self) -> (String, String) {
        let figures = [self.point.documented, self.point.reported];
        let figures: Vec<String> = figures.into_iter().flatten().map(words::number).collect();
        (self.point.label.clone(), figures.join(" / "))
    }
}

/// The map of a report; nothing where no place has a position.
pub(super) fn map(context: &mut Context<'_>) -> Option<MapView> {
    let report = context.report;
    let frame = frame(&report.places)?;
    let mut spots: Vec<Spot<'_>> = report.places.iter().map(|p| spot(&frame, p, report)).collect();
    let figure = |spot: &Spot<'_>| spot.point.documented.max(spot.point.reported).unwrap_or(0);
    // Large circles below small ones, and their labels first.
    spots.sort_by_key(|spot| (Reverse(figure(spot)), spot.point.level, &spot.point.id));
    let regions = boundaries::of(report, &frame);
    let labels = labels::place(&spots, &frame.area());
    let mut svg = String::with_capacity(32_768);
    head(&mut svg, &frame, &spots);
    boundaries::draw(&mut svg, &regions, &frame);
    boundaries::names(&mut svg, &regions, &frame, &labels, &spots);
    spots.iter().for_each(|spot| circle(&mut svg, spot));
    labels::draw(&mut svg, &labels);
    frame.scale_bar(&mut svg);
    svg.push_str("</svg>");
    let unlabelled = (spots.len() - labels.len()) as u64;
    let has = |f: fn(&Spot<'_>) -> bool| spots.iter().any(f);
    Some(MapView {
        svg,
        has_documented: has(|spot| spot.point.documented.is_some()),
        has_reported: has(|spot| spot.point.reported.is_some()),
        has_coarse: has(|spot| spot.point.level == 1 && spot.radius() > 0.0),
        has_named: has(|spot| spot.radius() == 0.0),
        unlabelled: match unlabelled {
            0 => String::new(),
            n => words::counted(
                n,
                "place has no room for its name",
                "places have no room for their names",
            ),
        },
        embedded: report.regions.is_empty() && !regions.is_empty(),
        rows: spots.iter().map(|spot| place_row(context, spot.point)).collect(),
    })
}

fn spot<'r>(frame: &Frame, point: &'r MapPoint, report: &Report) -> Spot<'r> {
    let all = report.places.iter().flat_map(|p| [p.documented, p.reported]).flatten();
    let most = all.max().unwrap_or(1).max(1) as f64;
    // The area of a circle is the figure: its radius is the root of it.
    let radius = |n: Option<u64>| match n {
        Some(n) if n > 0 => (LARGEST * (n as f64 / most).sqrt()).max(SMALLEST),
        _ => 0.0,
    };
    let (x, y) = frame.xy(point.lon, point.lat);
    let (documented, reported) = (radius(point.documented), radius(point.reported));
    Spot { point, x, y, documented, reported }
}

fn head(out: &mut String, frame: &Frame, spots: &[Spot<'_>]) {
    let Area { width, height, .. } = frame.area();
    let figures = spots.iter().filter(|spot| spot.radius() > 0.0).map(|spot| {
        let (name, figure) = spot.label();
        format!("{name}: {figure}")
    });
    let description = figures.collect::<Vec<_>>().join("; ");
    let _ = write!(
        out,
        "<svg class=\"map\" role=\"img\" aria-labelledby=\"mt md\" viewBox=\"0 0 {} {}\">\
         <title id=\"mt\">Map of the places</title><desc id=\"md\">{}</desc>",
        at(width),
        at(height),
        escape(&description)
    );
}

fn circle(out: &mut String, spot: &Spot<'_>) {
    let (x, y) = (at(spot.x), at(spot.y));
    let coarse = if spot.point.level == 1 { " ho" } else { "" };
    let mut one = |class: &str, radius: f64| {
        if radius > 0.0 {
            let r = at(radius);
            let _ =
                write!(out, "<circle class=\"{class}{coarse}\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>");
        }
    };
    one("rp", spot.reported);
    one("dc", spot.documented);
    if spot.radius() == 0.0 {
        let _ = write!(out, "<circle class=\"nm\" cx=\"{x}\" cy=\"{y}\" r=\"2\"/>");
    }
}

fn place_row(context: &mut Context<'_>, point: &MapPoint) -> PlaceRow {
    let figure = |n: Option<u64>| n.map(words::number).unwrap_or_default();
    PlaceRow {
        label: point.label.clone(),
        id: point.id.clone(),
        level: match point.level {
            1 => "governorate",
            2 => "district",
            _ => "subdistrict or finer",
        },
        documented: figure(point.documented),
        reported: figure(point.reported),
        position: format!("{:.3}, {:.3}", point.lat, point.lon),
        cites: context.cite(point.marks.iter().copied()),
    }
}
