//! Time is an argument: whoever writes to the register is handed a clock.

use jiff::Timestamp;

/// Tells the time of a custody or ledger entry. Never read for a figure.
pub trait Clock: Send + Sync {
    /// The moment of the next entry.
    fn now(&self) -> Timestamp;
}

/// A clock that stands still, for tests.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}
