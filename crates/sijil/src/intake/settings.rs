//! `sijil.toml`: settings that a folder brings along.

use super::Report;
use super::encoding::decode;
use crate::model::{Place, Settings};

/// The settings; `None`, with a problem, when the file does not read.
pub(super) fn read(bytes: &[u8], problem: &mut Report<'_>) -> Option<Settings> {
    let text = decode(bytes, problem);
    match toml::from_str(&text) {
        Ok(settings) => Some(settings),
        Err(e) => {
            let line = e.span().map_or(1, |span| 1 + text[..span.start].matches('\n').count());
            let why = format!("settings do not read: {}; the defaults are used", e.message());
            problem(Place::Line(line as u64), why);
            None
        }
    }
}
