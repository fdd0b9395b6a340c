//! UCDP Georeferenced Event Dataset (Sundberg & Melander 2013), any release: columns bound by name.

use super::rows::table;
use super::{Brought, Foreign, Report};

/// Whether these are its columns.
pub(super) fn is_it(headers: &[String]) -> bool {
    let has = |name: &str| headers.iter().any(|header| header.eq_ignore_ascii_case(name));
    has("type_of_violence") && has("where_prec") && has("side_a")
}

pub(super) fn read(file: &Foreign<'_>, problem: &mut Report<'_>) -> Brought {
    table(file, problem)
}
