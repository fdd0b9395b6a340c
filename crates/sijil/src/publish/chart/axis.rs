//! Axes: days across, people up.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::svg::{at, width};
use super::super::words;

/// The frame that data are drawn in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

/// Days from `first`, drawn from the left to the right of a frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    pub(super) first: Date,
    /// Whole days from the first to the last.
    pub(super) length: i32,
}

/// Whole days from `a` to `b`.
pub(super) fn between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(0, |span| span.get_days())
}

impl Days {
    pub(super) fn of(first: Date, last: Date) -> Self {
        Self { first, length: between(first, last).max(1) }
    }

    pub(super) fn x(&self, frame: &Frame, day: Date) -> f64 {
        let part = f64::from(between(self.first, day)) / f64::from(self.length);
        frame.left + part * (frame.right - frame.left)
    }

    /// Days to write below the axis: every so many days, or the firsts of months or years.
    fn ticks(&self) -> Vec<(Date, String)> {
        let step = [1, 2, 5, 7, 14].into_iter().find(|step| self.length <= step * 9);
        let mut ticks = Vec::new();
        for nth in 0..=self.length {
            let Ok(day) = self.first.checked_add(nth.days()) else { break };
            let label = match step {
                Some(step) if nth % step == 0 => format!("{} {}", day.day(), words::month(day)),
                None if day.day() == 1 && self.is_tick_month(day) => {
                    format!("{} {}", words::month(day), day.year())
                }
                _ => continue,
            };
            ticks.push((day, label));
        }
        ticks
    }

    fn is_tick_month(&self, day: Date) -> bool {
        let months = self.length / 30;
        let every = [1, 3, 6].into_iter().find(|every| months <= every * 10).unwrap_or(12);
        (i32::from(day.month()) - 1) % every == 0
    }

    /// Writes the axis of days.
    pub(super) fn draw(&self, out: &mut String, frame: &Frame) {
        self.draw_within(out, frame, frame.right);
    }

    /// Writes the axis of days as far as `right`.
    pub(super) fn draw_within(&self, out: &mut String, frame: &Frame, right: f64) {
        let bottom = at(frame.bottom);
        for (day, label) in self.ticks() {
            if self.x(frame, day) > right {
                break;
            }
            let x = at(self.x(frame, day));
            let _ = write!(out, "<path class=\"ax\" d=\"M{x} {bottom}v5\"/>");
            let y = at(frame.bottom + 19.0);
            let _ = write!(
                out,
                "<text class=\"tk\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{label}</text>"
            );
        }
    }
}

/// Height of `n` people in a frame whose top is `most`.
pub(super) fn y(frame: &Frame, n: u64, most: u64) -> f64 {
    frame.bottom - n as f64 / most.max(1) as f64 * (frame.bottom - frame.top)
}

/// Writes the lines and numbers of the axis of people.
pub(super) fn people(out: &mut String, frame: &Frame, ticks: &[u64]) {
    let most = ticks.last().copied().unwrap_or(1);
    for tick in ticks {
        let height = at(y(frame, *tick, most));
        let class = if *tick == 0 { "ax" } else { "gr" };
        let (left, right) = (at(frame.left), at(frame.right));
        let _ = write!(out, "<path class=\"{class}\" d=\"M{left} {height}H{right}\"/>");
        let _ = write!(
            out,
            "<text class=\"tk\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            at(frame.left - 8.0),
            at(y(frame, *tick, most) + 4.0),
            words::number(*tick)
        );
    }
}

/// Cuts a text so that it fits a width, with an ellipsis where it is cut.
pub(super) fn fit(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if width(&out, size) + 2.0 * size > room {
            break;
        }
        out.push(c);
    }
    format!("{}…", out.trim_end())
}
