//! Who repeats whom, where no text says so.
//!
//! The lexicon and the chain of speakers come first (see `origin`). What is left are figures that
//! nobody signs: "a monitoring group has reported more than 1,200", or an outlet's own voice with
//! the number that a monitor gave the day before. Such an account is taken to repeat the one named
//! origin that gave the number within the three days before; with two such origins it stays open.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::entry::days_between;
use super::{Account, NEAR_DAYS, Point};
use crate::Act;

/// Smaller numbers agree by chance.
const LEAST: u64 = 20;
/// "More than 1,200" rounds down a figure that is at most this share above it (in hundredths).
const ROUNDED_DOWN: u64 = 105;

/// How an account's origin speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// A named origin that counts.
    Named,
    /// An outlet in its own voice.
    Outlet,
    /// Words that name nobody.
    Unnamed,
}

/// Sets `depends_on` where the figures of an account repeat a named origin's.
pub(super) fn infer(accounts: &mut [Account], voices: &[Voice]) {
    let named = named(accounts, voices);
    let found: Vec<Option<String>> = accounts
        .iter()
        .zip(voices)
        .map(|(a, voice)| {
            if *voice == Voice::Named || a.depends_on.is_some() {
                return None;
            }
            repeated(a, *voice, &named)
        })
        .collect();
    for (account, origin) in accounts.iter_mut().zip(found) {
        if origin.is_some() {
            account.depends_on = origin;
        }
    }
}

/// Figures of named origins by act, day of publication and number: a figure is looked for on few
/// days, among few numbers.
type Named<'a> = BTreeMap<(Act, Date), Vec<(&'a Account, &'a Point)>>;

fn named<'a>(accounts: &'a [Account], voices: &[Voice]) -> Named<'a> {
    let mut named: Named<'a> = BTreeMap::new();
    for (account, _) in accounts.iter().zip(voices).filter(|(_, v)| **v == Voice::Named) {
        for point in account.points.iter().filter(|p| p.quantity.low >= LEAST) {
            if let Some(day) = point.published {
                named.entry((account.act, day)).or_default().push((account, point));
            }
        }
    }
    named.values_mut().for_each(|points| points.sort_by_key(|(_, p)| p.quantity.low));
    named
}

/// The one origin whose numbers all latest figures of `account` repeat.
fn repeated(account: &Account, voice: Voice, named: &Named<'_>) -> Option<String> {
    let mut origins: Option<BTreeSet<&str>> = None;
    for point in account.points.iter().filter(|p| !p.superseded) {
        let here: BTreeSet<&str> = before(account.act, point, named)
            .filter(|(o, p)| {
                o.source != account.source
                    && (voice == Voice::Outlet || o.source_kind == account.source_kind)
                    && repeats(point, p)
            })
            .map(|(o, _)| o.source.as_str())
            .collect();
        origins = Some(match origins {
            Some(before) => before.intersection(&here).copied().collect(),
            None => here,
        });
    }
    let origins = origins?;
    if origins.len() == 1 { origins.first().map(|o| (*o).to_owned()) } else { None }
}

/// Figures that `point` may give again: of the three days before it, with its number or one that
/// it may round down.
fn before<'n, 'a>(
    act: Act,
    point: &Point,
    named: &'n Named<'a>,
) -> impl Iterator<Item = &'n (&'a Account, &'a Point)> {
    let low = point.quantity.low;
    let highest = low.saturating_mul(ROUNDED_DOWN) / 100;
    let first = point.published.map(|day| day.saturating_sub(NEAR_DAYS.days()));
    let days = first.zip(point.published).map(|(a, b)| named.range((act, a)..=(act, b)));
    days.into_iter().flatten().flat_map(move |(_, points)| {
        let from = points.partition_point(|(_, p)| p.quantity.low < low);
        points[from..].iter().take_while(move |(_, p)| p.quantity.low <= highest)
    })
}

/// Whether `point` gives the number of `earlier`, published in the three days before it.
fn repeats(point: &Point, earlier: &Point) -> bool {
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
