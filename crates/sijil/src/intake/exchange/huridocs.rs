//! Event table of OpenEvSys (HURIDOCS Events Standard Formats) as CSV.
//!
//! Who was killed stands in its act and person tables: the event alone has no toll.

use super::rows::table;
use super::{Brought, Foreign, Report};

/// Whether these are its columns.
pub(super) fn is_it(headers: &[String]) -> bool {
    let has = |name: &str| headers.iter().any(|header| header.eq_ignore_ascii_case(name));
    has("event_record_number")
}

pub(super) fn read(file: &Foreign<'_>, problem: &mut Report<'_>) -> Brought {
    table(file, problem)
}
