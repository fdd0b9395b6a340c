//! Charts as SVG: tolls as they grew, the latest toll of each source, documented deaths by day.
//!
//! Axes begin at zero and are linear. Series are told apart by dash and marker as much as by
//! colour, and are labelled where they end, so that a print in black says the same. Each chart has
//! a title, a description, and a table on the page with the same numbers.

mod axis;
mod days;
mod intervals;
mod tolls;

pub(super) use days::days;
pub(super) use intervals::intervals;
pub(super) use tolls::tolls;

/// A drawing with what a page says around it.
pub(super) struct Figure {
    pub(super) id: &'static str,
    pub(super) svg: String,
    pub(super) caption: String,
    /// Id of the table with the same numbers, and what it is called.
    pub(super) twin: String,
    pub(super) twin_label: &'static str,
}

/// Width of every chart in its own units; a narrow screen scrolls it.
const WIDTH: f64 = 960.0;
