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
use crate::model::MapPoint;
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
    /// Figures below this are all drawn at one least size; empty where there is none.
    pub(super) smallest: String,
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

    /// The figures as they are written beside the name.
    fn figures(&self) -> String {
        let figures = [self.point.documented, self.point.reported];
        let figures: Vec<String> = figures.into_iter().flatten().map(words::number).collect();
        figures.join(" / ")
    }
}

/// The map of a report; nothing where no place has a position.
pub(super) fn map(context: &mut Context<'_>) -> Option<MapView> {
    let report = context.report;
    let frame = frame(&report.places)?;
    let most = report.places.iter().map(figure).max().unwrap_or(0);
    let placed = report.places.iter().filter(|p| p.lat.is_finite() && p.lon.is_finite());
    let mut spots: Vec<Spot<'_>> = placed.map(|p| spot(&frame, p, most)).collect();
    // Large circles below small ones, and their labels first.
    spots.sort_by_key(|spot| (Reverse(figure(spot.point)), spot.point.level, &spot.point.id));
    let regions = boundaries::of(report, &frame);
    let sizes = frame.sizes(most);
    let labels = labels::place(&spots, &frame, sizes.as_ref().map(|sizes| sizes.area));
    let mut svg = String::with_capacity(32_768);
    head(&mut svg, &frame, &spots);
    boundaries::draw(&mut svg, &regions, &frame);
    boundaries::names(&mut svg, &regions, &frame, &labels, &spots);
    spots.iter().for_each(|spot| circle(&mut svg, spot));
    labels::draw(&mut svg, &labels);
    frame.scale_bar(&mut svg);
    sizes.iter().for_each(|sizes| sizes.draw(&mut svg));
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
        smallest: smallest(&spots, most),
        embedded: report.regions.is_empty() && !regions.is_empty(),
        rows: spots.iter().map(|spot| place_row(context, spot.point)).collect(),
    })
}

fn figure(point: &MapPoint) -> u64 {
    point.documented.max(point.reported).unwrap_or(0)
}

/// Radius of a figure: the area of a circle is the figure, so its radius is the root of it.
fn radius(n: u64, most: u64) -> f64 {
    if n == 0 {
        return 0.0;
    }
    (LARGEST * (n as f64 / most.max(1) as f64).sqrt()).max(SMALLEST)
}

/// The figure whose circle has the least size, in words, where a place has less than that.
fn smallest(spots: &[Spot<'_>], most: u64) -> String {
    let least = most as f64 * (SMALLEST / LARGEST).powi(2);
    let figures = spots.iter().flat_map(|spot| [spot.point.documented, spot.point.reported]);
    let below = figures.flatten().any(|n| n > 0 && (n as f64) < least);
    if below { format!("{least:.0}") } else { String::new() }
}

fn spot<'r>(frame: &Frame, point: &'r MapPoint, most: u64) -> Spot<'r> {
    let radius = |n: Option<u64>| radius(n.unwrap_or(0), most);
    let (x, y) = frame.xy(point.lon, point.lat);
    let (documented, reported) = (radius(point.documented), radius(point.reported));
    Spot { point, x, y, documented, reported }
}

fn head(out: &mut String, frame: &Frame, spots: &[Spot<'_>]) {
    let Area { width, height, .. } = frame.area();
    let figures = spots
        .iter()
        .filter(|spot| spot.radius() > 0.0)
        .map(|spot| format!("{}: {}", spot.point.label, spot.figures()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Region;

    #[test]
    fn the_embedded_boundaries_are_fourteen_closed_areas() {
        let regions: Vec<Region> = serde_json::from_str(boundaries::SYRIA).unwrap();
        assert_eq!(regions.len(), 14);
        let gazetteer = sijil_text::places::Gazetteer::embedded();
        for region in &regions {
            let entry = gazetteer.get(&region.id).unwrap();
            assert_eq!((&entry.name, entry.level), (&region.name, 1));
            assert!(
                region.rings.iter().all(|ring| ring.len() > 2 && ring[0] != ring[ring.len() - 1])
            );
        }
    }

    #[test]
    fn labels_meet_no_label() {
        let report = super::super::sample::report();
        let frame = frame(&report.places).unwrap();
        let spots: Vec<Spot<'_>> = report.places.iter().map(|p| spot(&frame, p, 1_334)).collect();
        let labels = labels::place(&spots, &frame, None);
        assert!(labels.len() > 12);
        for (nth, label) in labels.iter().enumerate() {
            assert!(labels[nth + 1..].iter().all(|other| !other.area.meets(&label.area)));
        }
    }

    #[test]
    fn areas_of_circles_are_figures() {
        let ratio = radius(400, 1_600) / radius(1_600, 1_600);
        assert!((ratio - 0.5).abs() < 1e-9);
        assert!(radius(1, 1_000_000) >= SMALLEST && radius(0, 10) == 0.0);
    }
}
