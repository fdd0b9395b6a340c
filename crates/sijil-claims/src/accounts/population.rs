//! Of whom a figure speaks, and who is held responsible: what may differ within one series.
//!
//! Two populations are never mixed. What may vary is the wording of one: "civilians" and "Alawite
//! civilians" by one origin in one running toll, or a side named in one text and not in the next.

use std::collections::BTreeSet;

use super::Population;
use crate::{Claim, PartyClass, Victims};

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

/// The sides that classes stand for. Foreign fighters beside a named side fight for it and are
/// not a side of their own.
pub(super) fn sides(classes: &BTreeSet<PartyClass>) -> BTreeSet<Side> {
    let mut sides: BTreeSet<Side> = classes.iter().filter_map(|c| Side::of(*c)).collect();
    if sides.len() > 1 {
        sides.remove(&Side::ForeignFighters);
    }
    sides
}

/// The classes of parties that a claim holds responsible.
pub(super) fn classes(claim: &Claim) -> BTreeSet<PartyClass> {
    claim.perpetrators.iter().map(|p| p.class).collect()
}

/// The words for sides in a sentence, empty where none is named.
pub(super) fn side_words(sides: &BTreeSet<Side>) -> String {
    sides.iter().map(|s| s.words()).collect::<Vec<_>>().join(" and ")
}

/// The population that a claim speaks of.
pub(super) fn population(claim: &Claim) -> Population {
    let mut kinds: BTreeSet<Victims> = claim.victims.iter().copied().collect();
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
    let group = claim.group.as_deref().map(str::trim).filter(|g| !g.is_empty());
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
