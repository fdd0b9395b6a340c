//! Progress bars, on a terminal only.

use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};
use sijil::work::Progress;

use super::clock::StopWatch;

/// Draws a bar a room on standard error (nothing when that is no terminal) and times the rooms.
pub(super) struct Bars {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    bar: Option<ProgressBar>,
    running: Option<(&'static str, StopWatch)>,
    timings: Vec<(&'static str, f64)>,
}

impl Bars {
    pub(super) fn new() -> Self {
        Self { state: Mutex::new(State::default()) }
    }

    /// Seconds that each room took, in order.
    pub(super) fn timings(&self) -> Vec<(&'static str, f64)> {
        self.with(|state| state.timings.clone())
    }

    /// Times something that has no steps.
    pub(super) fn time<T>(&self, room: &'static str, work: impl FnOnce() -> T) -> T {
        self.begin(room, 1);
        let result = work();
        self.end();
        result
    }

    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        // A panic elsewhere must not turn a bar into a second one.
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        change(&mut state)
    }
}

impl Progress for Bars {
    fn begin(&self, room: &'static str, total: u64) {
        let bar = ProgressBar::new(total).with_message(room);
        let style = ProgressStyle::with_template("{msg:<10} [{bar:40}] {pos}/{len}  {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
        self.with(|state| {
            state.bar = Some(bar);
            state.running = Some((room, StopWatch::start()));
        });
    }

    fn step(&self, steps: u64) {
        self.with(|state| {
            if let Some(bar) = &state.bar {
                bar.inc(steps);
            }
        });
    }

    fn end(&self) {
        self.with(|state| {
            if let Some(bar) = state.bar.take() {
                bar.finish_and_clear();
            }
            if let Some((room, watch)) = state.running.take() {
                state.timings.push((room, watch.seconds()));
            }
        });
    }
}
