//! Linkage as its callers see it. All people here are invented.

mod bad;
mod invented;
mod later;
mod laws;
mod namesakes;
mod relatives;
mod rows;
mod small;
