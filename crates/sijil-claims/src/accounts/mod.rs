//! Accounts: which source says how many, of whom, over which window, by whom.
//!
//! Claims are statements; an account is one origin's series of statements about one thing. Twenty
//! outlets that carry one monitor are one account. Nothing is added up here: sources overlap.
//!
//! [`Accounts::of`] puts statements side by side; [`range()`] reads the latest figures of
//! comparable accounts as a lowest, a best and a highest, each with the source that it stands on.
//! The rules are written down in `docs/methods/accounts.md`.

mod area;
mod dependence;
mod entry;
mod frame;
mod heap;
mod latest;
mod look_alikes;
mod origin;
mod points;
mod population;
mod range;
mod series;
mod sums;
mod types;

#[cfg(test)]
mod tests;

pub use latest::{Latest, latest};
pub use origin::canonical_source;
pub use range::{Bound, Range, RangeCell, breakdown, range};
pub use types::{
    Account, Accounts, LookAlike, Point, Population, Statement, StatementRef, SumCheck, SumKind,
};

use dependence::Voice;

/// Days of publication that count as near: a figure travels from its origin to the last outlet.
const NEAR_DAYS: i32 = 3;

impl Accounts {
    /// Groups statements into accounts, checks sums and finds look-alikes.
    ///
    /// The order of `statements` does not matter; of two with the same `at` the last one counts.
    #[must_use]
    pub fn of(statements: &[Statement<'_>]) -> Self {
        let entries = entry::entries(statements);
        let mut grouped: Vec<(Account, Voice)> = heap::group(&entries)
            .iter()
            .filter_map(|s| Some((points::account(s)?, voice(s))))
            .collect();
        grouped.sort_by(|(a, _), (b, _)| sort_key(a).cmp(&sort_key(b)));
        let (mut accounts, voices): (Vec<_>, Vec<_>) = grouped.into_iter().unzip();
        dependence::infer(&mut accounts, &voices);
        let look_alikes = look_alikes::look_alikes(&entries, &accounts);
        Self { sums: sums::sums(&entries), look_alikes, accounts }
    }
}

fn voice(series: &series::Series<'_, '_>) -> Voice {
    let all = |f: fn(&origin::Origin) -> bool| series.entries.iter().all(|e| f(&e.origin));
    if all(|o| o.unnamed) {
        Voice::Unnamed
    } else if all(|o| o.own_voice && o.kind == "press") {
        Voice::Outlet
    } else {
        Voice::Named
    }
}

/// Source, act, population, party; then what tells two series of one such thing apart.
fn sort_key(a: &Account) -> impl Ord + '_ {
    let first = a.points.first();
    (
        (&a.source, a.act, &a.population, &a.parties),
        first.map(|p| (p.scope, p.window, p.published, p.statements.first().copied())),
        &a.area,
    )
}
