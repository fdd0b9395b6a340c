//! CSV export of a Kobo or ODK form: questions bound by the last part of their path, whatever group
//! they stand in, by our own names.
//!
//! A form that asks for victims by name is a list: import it with `--as list`.

use super::rows::table;
use super::{Brought, Foreign, Report};

/// Whether these are its columns.
pub(super) fn is_it(headers: &[String]) -> bool {
    let has = |name: &str| headers.iter().any(|header| header.eq_ignore_ascii_case(name));
    has("_uuid") || has("_submission_time")
}

pub(super) fn read(file: &Foreign<'_>, problem: &mut Report<'_>) -> Brought {
    table(file, problem)
}
