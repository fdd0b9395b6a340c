//! UCDP Georeferenced Event Dataset (Sundberg & Melander 2013), any release: columns bound by name.

use super::rows::{dataset, incidents};
use super::sheet;
use super::{Brought, Foreign, Report};
use crate::model::exchange::bind;

/// Whether these are the columns of a release.
pub(super) fn is_it(headers: &[String]) -> bool {
    let has = |name: &str| headers.iter().any(|header| header.eq_ignore_ascii_case(name));
    has("type_of_violence") && has("where_prec") && has("side_a")
}

pub(super) fn read(file: &Foreign<'_>, problem: &mut Report<'_>) -> Brought {
    let Some(sheet) = sheet::read(file.bytes, problem) else { return Brought::default() };
    let fields = bind(file.format, &sheet.headers);
    let found = incidents(file, &sheet, &fields, problem);
    dataset(file, &sheet.headers, found)
}
