//! The one figure that stands for a source where there is room for one only.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Account, Point};
use crate::{Act, Modality, Scope};

/// The toll of a source that covers the most: of the killed, neither denied nor feared, not taken
/// back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Latest<'a> {
    /// The account that it is the latest figure of.
    pub account: &'a Account,
    /// The figure.
    pub point: &'a Point,
}

/// The latest toll of each source that covers the most (a running toll before any other, then the
/// highest), in order of their numbers, the highest first.
#[must_use]
pub fn latest(accounts: &[Account]) -> Vec<Latest<'_>> {
    let mut of_source: BTreeMap<&str, Latest<'_>> = BTreeMap::new();
    for account in accounts.iter().filter(|a| a.act == Act::Killed) {
        let now = account.points.iter().rfind(|p| !p.superseded && p.is_said());
        let Some(point) = now else { continue };
        let covers = |point: &Point| (point.scope == Scope::Cumulative, point.quantity.low);
        let best = of_source.get(account.source.as_str());
        if best.is_none_or(|best| covers(best.point) < covers(point)) {
            of_source.insert(&account.source, Latest { account, point });
        }
    }
    let mut all: Vec<Latest<'_>> = of_source.into_values().collect();
    all.sort_by_key(|latest| (Reverse(latest.point.quantity.low), &latest.account.source));
    all
}

impl Point {
    /// Whether it says that something happened: a denied or feared figure does not.
    #[must_use]
    pub fn is_said(&self) -> bool {
        !matches!(self.modality, Modality::Denied | Modality::Expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Population;
    use crate::{Qualifier, Quantity, Victims};

    fn account(source: &str, points: Vec<Point>) -> Account {
        Account {
            source: source.to_owned(),
            source_kind: "monitor".to_owned(),
            depends_on: None,
            act: Act::Killed,
            population: Population { victims: vec![Victims::Unspecified], group: None },
            parties: Vec::new(),
            party_words: Vec::new(),
            area: Vec::new(),
            points,
        }
    }

    fn point(low: u64, scope: Scope, modality: Modality) -> Point {
        Point {
            published: None,
            window: None,
            quantity: Quantity { low, high: Some(low), qualifier: Qualifier::Exact },
            surface: low.to_string(),
            scope,
            modality,
            carried_by: Vec::new(),
            statements: Vec::new(),
            superseded: false,
        }
    }

    #[test]
    fn a_running_toll_stands_for_its_source_and_a_denied_one_for_nobody() {
        let said = Modality::Asserted;
        let accounts = [
            account("Hills Office", vec![point(900, Scope::Incident, said)]),
            account("Hills Office", vec![point(41, Scope::Cumulative, said)]),
            account("Valley Desk", vec![point(60, Scope::Unknown, said)]),
            account("Ministry", vec![point(12, Scope::Cumulative, Modality::Denied)]),
        ];
        let found: Vec<(&str, u64)> = latest(&accounts)
            .iter()
            .map(|l| (l.account.source.as_str(), l.point.quantity.low))
            .collect();
        assert_eq!(found, [("Valley Desk", 60), ("Hills Office", 41)]);
    }
}
