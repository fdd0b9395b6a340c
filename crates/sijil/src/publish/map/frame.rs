//! From degrees to the drawing: the extent, the projection, the scale bar.

use std::fmt::Write as _;

use super::super::svg::{Area, at, ticks, width};
use super::super::words;
use super::{LARGEST, radius};
use crate::model::MapPoint;

/// Width of the drawing.
const WIDTH: f64 = 960.0;
/// Heights that a page has room for.
const HEIGHTS: (f64, f64) = (420.0, 760.0);
/// Margin around the places, as a part of the extent.
const MARGIN: f64 = 0.14;
/// The least extent in degrees: a single village is shown within its surroundings.
const LEAST: f64 = 0.7;
/// Kilometres in a degree of latitude.
const KILOMETRES: f64 = 111.2;

/// A window of degrees, and how it is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    west: f64,
    north: f64,
    /// Drawing units in a degree of latitude.
    scale: f64,
    /// How much shorter a degree of longitude is.
    shrink: f64,
    height: f64,
}

/// The frame around these places with a margin; nothing where there is none.
pub(super) fn frame(points: &[MapPoint]) -> Option<Frame> {
    let placed = || points.iter().filter(|p| p.lat.is_finite() && p.lon.is_finite());
    placed().next()?;
    let ends = |value: fn(&MapPoint) -> f64| {
        let values = placed().map(value);
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)))
    };
    let (west, east) = wider(ends(|p| p.lon));
    let (south, north) = wider(ends(|p| p.lat));
    let (middle, center) = (f64::midpoint(south, north), f64::midpoint(west, east));
    let shrink = middle.clamp(-80.0, 80.0).to_radians().cos();
    // The scale at which both ways fit; then the drawing is filled by showing more around it.
    let across = (east - west) * shrink;
    let scale = (WIDTH / across).min(HEIGHTS.1 / (north - south));
    let height = ((north - south) * scale).clamp(HEIGHTS.0, HEIGHTS.1);
    Some(Frame {
        west: center - WIDTH / scale / shrink / 2.0,
        north: middle + height / scale / 2.0,
        scale,
        shrink,
        height,
    })
}

fn wider((from, to): (f64, f64)) -> (f64, f64) {
    let margin = ((to - from) * MARGIN).max((LEAST - (to - from)) / 2.0).max(0.1);
    (from - margin, to + margin)
}

/// Circles that tell how large a figure is drawn, in the lower left corner.
pub(super) struct Sizes {
    pub(super) area: Area,
    /// Figure and radius, the largest first.
    circles: Vec<(u64, f64)>,
}

impl Sizes {
    pub(super) fn draw(&self, out: &mut String) {
        let bottom = self.area.y + self.area.height - 6.0;
        let x = self.area.x + 4.0 + LARGEST;
        for (figure, radius) in &self.circles {
            let (top, edge) = (bottom - 2.0 * radius, x + LARGEST + 8.0);
            let _ = write!(
                out,
                "<circle class=\"sz\" cx=\"{0}\" cy=\"{1}\" r=\"{2}\"/><path class=\"sz\" \
                 d=\"M{0} {3}H{4}\"/><text class=\"tk\" x=\"{5}\" y=\"{6}\">{7}</text>",
                at(x),
                at(bottom - radius),
                at(*radius),
                at(top),
                at(edge),
                at(edge + 4.0),
                at(top + 4.0),
                words::number(*figure)
            );
        }
    }
}

impl Frame {
    pub(super) fn xy(&self, lon: f64, lat: f64) -> (f64, f64) {
        ((lon - self.west) * self.shrink * self.scale, (self.north - lat) * self.scale)
    }

    pub(super) fn area(&self) -> Area {
        Area { x: 0.0, y: 0.0, width: WIDTH, height: self.height }
    }

    /// Two circles of round figures, where the largest figure is large enough to need them.
    pub(super) fn sizes(&self, most: u64) -> Option<Sizes> {
        let figure = ticks(most, 1).into_iter().rfind(|tick| *tick > 0 && *tick <= most);
        let figure = figure.or_else(|| ticks(most, 2).into_iter().rfind(|tick| *tick <= most))?;
        let figures = [figure, figure / 5].into_iter().filter(|figure| *figure > 0);
        let circles: Vec<(u64, f64)> = figures.map(|n| (n, radius(n, most))).collect();
        let (text, largest) = (width(&words::number(figure), 12.0), circles.first()?.1);
        let area = Area {
            x: 14.0,
            y: self.height - 24.0 - 2.0 * largest,
            width: 2.0 * LARGEST + text + 24.0,
            height: 2.0 * largest + 14.0,
        };
        (most > 4).then_some(Sizes { area, circles })
    }

    /// A bar of a round number of kilometres, between a tenth and a quarter of the width.
    pub(super) fn scale_bar(&self, out: &mut String) {
        let unit = self.scale / KILOMETRES;
        let lengths = [500, 200, 100, 50, 20, 10, 5, 2, 1];
        let length = lengths.into_iter().find(|km| f64::from(*km) * unit <= WIDTH / 4.0);
        let length = length.unwrap_or(1);
        let (right, y) = (WIDTH - 24.0, self.height - 20.0);
        let left = right - f64::from(length) * unit;
        let _ = write!(
            out,
            "<path class=\"sb\" d=\"M{0} {2}v5H{1}v-5\"/><text class=\"tk\" x=\"{1}\" y=\"{3}\" \
             text-anchor=\"end\">{length} km</text>",
            at(left),
            at(right),
            at(y),
            at(y - 5.0)
        );
    }
}
