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
mod meanings;
mod origin;
mod points;
mod population;
mod range;
mod saying;
mod series;
mod sums;
mod types;

#[cfg(test)]
mod tests;

pub use latest::{Latest, latest};
pub use origin::canonical_source;
pub use population::Classes;
pub use range::{Bound, Range, RangeCell, breakdown, range};
pub use types::{
    Account, Accounts, LookAlike, Point, Population, Statement, StatementRef, SumCheck, SumKind,
};

use entry::Entry;
use meanings::Meanings;
use points::Line;
use saying::{Saying, Sayings};
use series::Told;

/// Days of publication that count as near: a figure travels from its origin to the last outlet.
const NEAR_DAYS: i32 = 3;

impl Accounts {
    /// Groups statements into accounts, checks sums and finds look-alikes.
    ///
    /// The order of `statements` does not matter; of two with the same `at` the last one counts.
    #[must_use]
    pub fn of(statements: &[Statement<'_>]) -> Self {
        let sayings = Sayings::from(&Saying::of(statements));
        let meanings = Meanings::of(&sayings);
        let mut entries: Vec<Entry> =
            (0..sayings.len()).map(|nth| Entry::of(&meanings, nth)).collect();
        entries.sort_by_key(Entry::order);
        let told = Told { meanings: &meanings, entries: &entries };
        let series = heap::group(told).into_iter();
        let mut lines: Vec<Line> = series.map(|series| Line::of(told, series)).collect();
        dependence::infer(told, &mut lines);
        let mut accounts: Vec<Account> = lines.iter().map(|line| line.account(told)).collect();
        accounts.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        let look_alikes = look_alikes::look_alikes(told, &lines);
        Self { sums: sums::sums(told), look_alikes, accounts }
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
