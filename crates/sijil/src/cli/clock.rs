//! The one place where the time of day is read.

use jiff::Timestamp;
use sijil::model::Clock;

/// The machine's clock, to the second.
#[derive(Clone, Copy, Debug)]
pub(super) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the edge hands the time to everything below")]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_second(now.as_second()).unwrap_or(now)
    }
}

/// Seconds since it was made, for `--timings` only.
#[derive(Clone, Copy, Debug)]
pub(super) struct StopWatch(std::time::Instant);

impl StopWatch {
    /// Starts.
    #[expect(clippy::disallowed_methods, reason = "timings are told to the user, never stored")]
    pub(super) fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// Seconds since the start.
    pub(super) fn seconds(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}
