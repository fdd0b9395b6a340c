//! Of whom a figure speaks, and who is held responsible: what may differ within one series.
//!
//! Two populations are never mixed. What may vary is the wording of one: "civilians" and "Alawite
//! civilians" by one origin in one running toll, or a side named in one text and not in the next.

use std::collections::BTreeSet;

use super::Population;
use super::saying::{Blamed, Whom};
use crate::{PartyClass, Victims};

/// A side: classes of parties that texts use for one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// The state and those aligned with it.
    Government,
    /// The former regime's remnants.
    FormerRegime,
    /// Other armed groups of no state.
    NonState,
    /// Foreign fighters.
    ForeignFighters,
    /// Another state.
    ForeignState,
}

impl Side {
    fn of(class: PartyClass) -> Option<Self> {
        match class {
            PartyClass::State | PartyClass::StateAligned => Some(Self::Government),
            PartyClass::FormerRegime => Some(Self::FormerRegime),
            PartyClass::NonState => Some(Self::NonState),
            PartyClass::ForeignFighters => Some(Self::ForeignFighters),
            PartyClass::ForeignState => Some(Self::ForeignState),
            PartyClass::Unknown => None,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Government => "the state's forces and those aligned with them",
            Self::FormerRegime => "groups of the former regime",
            Self::NonState => "non-state armed groups",
            Self::ForeignFighters => "foreign fighters",
            Self::ForeignState => "another state's forces",
        }
    }
}

/// Sides as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Sides(u8);

impl Sides {
    const ALL: [Side; 5] = [
        Side::Government,
        Side::FormerRegime,
        Side::NonState,
        Side::ForeignFighters,
        Side::ForeignState,
    ];

    /// The sides that classes stand for. Foreign fighters beside a named side fight for it and are
    /// not a side of their own.
    pub(super) fn of(classes: Classes) -> Self {
        let bits = classes.iter().filter_map(Side::of).map(|side| 1 << side as u8);
        let all = bits.fold(0, |all, bit: u8| all | bit);
        let named = all & !(1 << Side::ForeignFighters as u8);
        Self(if named == 0 { all } else { named })
    }

    /// Whether no side is named.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the two have no side in common.
    pub(super) fn is_disjoint(self, other: Self) -> bool {
        self.0 & other.0 == 0
    }

    /// The words for sides in a sentence, empty where none is named.
    pub(super) fn words(self) -> String {
        let named = Self::ALL.into_iter().filter(|side| self.0 & 1 << *side as u8 != 0);
        named.map(Side::words).collect::<Vec<_>>().join(" and ")
    }
}

/// Classes of parties as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Classes(u16);

impl Classes {
    /// Those of the parties that are held responsible.
    pub(super) fn of(blamed: &Blamed) -> Self {
        blamed.0.iter().fold(Self::default(), |all, (_, class)| Self(all.0 | 1 << *class as u16))
    }

    /// Those of either.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Each class, in their order.
    pub fn iter(self) -> impl Iterator<Item = PartyClass> {
        PartyClass::ALL.iter().copied().filter(move |class| self.0 & 1 << *class as u16 != 0)
    }
}

/// The population that a figure speaks of.
pub(super) fn population(whom: &Whom) -> Population {
    let mut kinds: BTreeSet<Victims> = whom.victims.iter().copied().collect();
    if kinds.len() > 1 {
        kinds.remove(&Victims::Unspecified);
    }
    // "Civilians, among them women and children" is a wording of civilians.
    if kinds.contains(&Victims::Civilians) {
        kinds.retain(|k| !is_kind_of_civilian(*k));
    }
    if kinds.is_empty() {
        kinds.insert(Victims::Unspecified);
    }
    let group = whom.group.as_deref().map(str::trim).filter(|g| !g.is_empty());
    Population { victims: kinds.into_iter().collect(), group: group.map(str::to_owned) }
}

/// Kinds that cut across civilians and that texts give as "including 12 women".
pub(super) fn is_kind_of_civilian(kind: Victims) -> bool {
    matches!(
        kind,
        Victims::Women
            | Victims::Children
            | Victims::Elderly
            | Victims::Medics
            | Victims::Journalists
    )
}

/// Whether two populations may be one running toll of one origin: the same kinds, and the group
/// equal, or named once and left out once where the kinds are named.
pub(super) fn same_toll(a: &Population, b: &Population) -> bool {
    a.victims == b.victims
        && (a.group == b.group
            || (a.victims != [Victims::Unspecified] && (a.group.is_none() || b.group.is_none())))
}

/// Whether every member of `a` is a member of `b`, and not the other way round.
pub(super) fn is_narrower(a: &Population, b: &Population) -> bool {
    if a == b {
        return false;
    }
    let group_fits = b.group.is_none() || a.group == b.group;
    let all = b.victims == [Victims::Unspecified];
    let kinds_fit = all
        || a.victims.iter().all(|k| b.victims.contains(k))
        || (b.victims.contains(&Victims::Civilians)
            && a.victims.iter().all(|k| is_kind_of_civilian(*k)));
    group_fits && kinds_fit
}

/// The words for a population in a sentence: "Alawite civilians", "all killed".
pub(super) fn words(population: &Population) -> String {
    let group = population.group.as_deref();
    if population.victims == [Victims::Unspecified] {
        return group.map_or_else(|| "all people".to_owned(), |g| format!("{g} people"));
    }
    let kinds: Vec<String> =
        population.victims.iter().map(|k| k.code().replace('_', " ")).collect();
    let kinds = kinds.join(" and ");
    group.map_or_else(|| kinds.clone(), |g| format!("{g} {kinds}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kinds: &[Victims], group: Option<&str>) -> Population {
        Population { victims: kinds.to_vec(), group: group.map(str::to_owned) }
    }

    #[test]
    fn a_group_named_once_is_a_wording_only_where_the_kind_is_named() {
        let civilians = of(&[Victims::Civilians], None);
        let alawite_civilians = of(&[Victims::Civilians], Some("Alawite"));
        let all = of(&[Victims::Unspecified], None);
        let alawites = of(&[Victims::Unspecified], Some("Alawite"));
        assert!(same_toll(&civilians, &alawite_civilians));
        assert!(!same_toll(&all, &alawites));
        assert!(!same_toll(&all, &civilians));
        assert!(is_narrower(&alawite_civilians, &all));
        assert!(is_narrower(&alawite_civilians, &civilians));
        assert!(!is_narrower(&all, &civilians));
        assert_eq!(words(&alawite_civilians), "Alawite civilians");
    }
}
