//! ACLED event data: the 31 columns since 2023 and the older layouts with `data_id` and `iso3`.
//!
//! ACLED gives one number of dead, the most conservative that was reported. It is kept as low, best
//! and high alike: the dataset says nothing of a range.

use super::rows::table;
use super::{Brought, Foreign, Report};

/// Whether these are its columns.
pub(super) fn is_it(headers: &[String]) -> bool {
    let has = |name: &str| headers.iter().any(|header| header.eq_ignore_ascii_case(name));
    has("event_id_cnty") && has("event_date") && has("fatalities")
}

pub(super) fn read(file: &Foreign<'_>, problem: &mut Report<'_>) -> Brought {
    table(file, problem)
}
