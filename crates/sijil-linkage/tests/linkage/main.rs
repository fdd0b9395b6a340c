//! Linkage as its callers see it. All people here are invented.

mod rows;
mod small;
