//! Uwazi CSV: properties bound by our own names, `title__ar` and other language columns kept, the
//! position of an entity in one cell.

use super::rows::table;
use super::{Brought, Foreign, Report};

/// Whether these are its columns.
pub(super) fn is_it(headers: &[String]) -> bool {
    headers.iter().any(|header| {
        let language = header.rsplit_once("__").map(|(_, language)| language);
        language.is_some_and(|l| l.len() == 2 && l.bytes().all(|b| b.is_ascii_lowercase()))
    })
}

pub(super) fn read(file: &Foreign<'_>, problem: &mut Report<'_>) -> Brought {
    table(file, problem)
}
