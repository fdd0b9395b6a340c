//! Who repeats whom, where no text says so.
//!
//! The lexicon and the chain of speakers come first (see `origin`). What is left are figures that
//! nobody signs: "a monitoring group has reported more than 1,200", or an outlet's own voice with
//! the number that a monitor gave the day before. Such an account is taken to repeat the one named
//! origin that gave the number within the three days before; with two such origins it stays open.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::NEAR_DAYS;
use super::entry::{Entry, days_between};
use super::points::{Line, Voice};
use super::series::Told;
use crate::Act;

/// Smaller numbers agree by chance.
const LEAST: u64 = 20;
/// "More than 1,200" rounds down a figure that is at most this share above it (in hundredths).
const ROUNDED_DOWN: u64 = 105;

/// Sets `depends_on` where the figures of an account repeat a named origin's.
pub(super) fn infer(told: Told<'_>, lines: &mut [Line]) {
    let open = |line: &Line| line.voice != Voice::Named && line.depends_on.is_none();
    if !lines.iter().any(open) {
        return;
    }
    let named = named(told, lines);
    let found: Vec<(usize, u32)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| open(line))
        .filter_map(|(nth, line)| Some((nth, repeated(told, line, &named)?)))
        .collect();
    drop(named);
    for (nth, origin) in found {
        lines[nth].depends_on = Some(origin);
    }
}

/// Figures of named origins by act, day of publication and number: a figure is looked for on few
/// days, among few numbers. Each by the first statement of its account and the first that gives it.
type Named<'t> = BTreeMap<(Act, Date), Vec<(&'t Entry, &'t Entry)>>;

fn named<'t>(told: Told<'t>, lines: &[Line]) -> Named<'t> {
    let mut named: Named<'t> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.voice == Voice::Named) {
        let own = line.first(told);
        for step in &line.steps {
            let e = &told.entries[step.first];
            if let Some(day) = e.published.filter(|_| e.low() >= LEAST) {
                named.entry((own.form.act, day)).or_default().push((own, e));
            }
        }
    }
    named.values_mut().for_each(|points| points.sort_by_key(|(_, e)| e.low()));
    named
}

/// The one origin whose numbers all latest figures of `line` repeat.
fn repeated(told: Told<'_>, line: &Line, named: &Named<'_>) -> Option<u32> {
    let kind = |e: &Entry| told.meanings.speaker(e.nth).origin.kind.as_str();
    let own = line.first(told);
    let mut origins: Option<BTreeSet<u32>> = None;
    for (_, point) in line.points(told).filter(|(step, _)| !step.superseded) {
        let here: BTreeSet<u32> = before(own.form.act, point, named)
            .filter(|(origin, earlier)| {
                origin.source != own.source
                    && (line.voice == Voice::Outlet || kind(origin) == kind(own))
                    && repeats(point, earlier)
            })
            .map(|(origin, _)| origin.source)
            .collect();
        origins = Some(match origins {
            Some(before) => before.intersection(&here).copied().collect(),
            None => here,
        });
    }
    let origins = origins?;
    if origins.len() == 1 { origins.first().copied() } else { None }
}

/// Figures that `point` may give again: of the three days before it, with its number or one that
/// it may round down.
fn before<'n, 't>(
    act: Act,
    point: &Entry,
    named: &'n Named<'t>,
) -> impl Iterator<Item = &'n (&'t Entry, &'t Entry)> {
    let low = point.low();
    let highest = low.saturating_mul(ROUNDED_DOWN) / 100;
    let first = point.published.map(|day| day.saturating_sub(NEAR_DAYS.days()));
    let days = first.zip(point.published).map(|(a, b)| named.range((act, a)..=(act, b)));
    days.into_iter().flatten().flat_map(move |(_, points)| {
        let from = points.partition_point(|(_, e)| e.low() < low);
        points[from..].iter().take_while(move |(_, e)| e.low() <= highest)
    })
}

/// Whether `point` gives the number of `earlier`, published in the three days before it.
fn repeats(point: &Entry, earlier: &Entry) -> bool {
    let (q, e) = (point.quantity, earlier.quantity);
    let number = e.low == q.low
        || (q.high.is_none()
            && e.low >= q.low
            && e.low.saturating_mul(100) <= q.low.saturating_mul(ROUNDED_DOWN));
    let days = match (earlier.published, point.published) {
        (Some(a), Some(b)) => days_between(a, b),
        _ => return false,
    };
    q.low >= LEAST && number && (0..=NEAR_DAYS).contains(&days)
}
