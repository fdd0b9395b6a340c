//! Humanitarian Exchange Language: a CSV whose second row (or one soon after it) holds the tags.
//!
//! Columns are bound by their tags, attributes in any order. A column is kept under its header and
//! its tag, so that both rows can be written again.

use super::rows::{dataset, incidents};
use super::sheet::{self, Sheet};
use super::{Brought, Foreign, Report};
use crate::model::Place;
use crate::model::exchange::{bind, with_tag};

/// Rows looked at for the tags.
const LOOKED_AT: usize = 25;

/// Whether a row holds tags.
pub(super) fn is_tags<'c>(mut cells: impl Iterator<Item = &'c str>) -> bool {
    let mut tags = 0;
    let sound = cells.all(|cell| {
        let cell = cell.trim();
        tags += usize::from(cell.starts_with('#'));
        cell.is_empty() || cell.starts_with('#')
    });
    sound && tags > 0
}

pub(super) fn read(file: &Foreign<'_>, problem: &mut Report<'_>) -> Brought {
    let Some(mut sheet) = sheet::read(file.bytes, problem) else { return Brought::default() };
    let Some(tags) = take_tags(&mut sheet) else {
        let message = "has no row of tags such as #date+start; name the format with --as";
        problem(Place::File, message.to_owned());
        return Brought::default();
    };
    let headers = sheet.headers.iter().zip(&tags);
    let columns: Vec<String> = headers.map(|(header, tag)| with_tag(header, tag)).collect();
    let fields = bind(file.format, &columns);
    sheet.headers.clone_from(&columns);
    let found = incidents(file, &sheet, &fields, problem);
    dataset(file, &columns, found)
}

fn take_tags(sheet: &mut Sheet) -> Option<Vec<String>> {
    let rows = sheet.rows.iter().take(LOOKED_AT);
    let at = rows.into_iter().position(|(_, row)| is_tags(row.iter()))?;
    let (_, tags) = sheet.rows.remove(at);
    sheet.rows.drain(..at);
    let mut tags: Vec<String> = tags.iter().map(|tag| tag.trim().to_owned()).collect();
    tags.resize(sheet.headers.len(), String::new());
    Some(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_tags() {
        assert!(is_tags(["#event", "", " #date +start"].into_iter()));
        assert!(!is_tags(["#event", "yes"].into_iter()));
        assert!(!is_tags(["", ""].into_iter()));
    }
}
