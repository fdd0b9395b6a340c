//! Who does the work, and who watches it.

use crate::model::Clock;

/// Whose hands an item passes through: the name and the clock of custody and ledger entries.
#[derive(Clone, Copy)]
pub struct Hand<'a> {
    /// The name the user goes by.
    pub name: &'a str,
    /// Tells the time of each entry.
    pub clock: &'a dyn Clock,
}

/// Watches a long piece of work.
pub trait Progress: Sync {
    /// A room begins with `total` steps.
    fn begin(&self, room: &'static str, total: u64);
    /// `steps` more are done.
    fn step(&self, steps: u64);
    /// The room is done.
    fn end(&self);
}

/// Watches nothing.
#[derive(Clone, Copy, Debug)]
pub struct Quiet;

impl Progress for Quiet {
    fn begin(&self, _room: &'static str, _total: u64) {}
    fn step(&self, _steps: u64) {}
    fn end(&self) {}
}
