//! Names that look alike and are not one: Hassan and Hussein, Samir and Samira, سالم and سليم.
//!
//! Brothers bear such names, and lists seldom tell them apart from slips; so pairs with one part
//! exchanged for a near one are made, for learning only. Two Arabic parts are near when they differ
//! by one letter (two in long ones) and no Latin spelling is met for both.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rayon::prelude::*;
use sijil_text::names::Name;

use super::data::{self, Use, used_for};

/// Near names by Arabic part: each with its usual Latin spelling.
pub(crate) struct Near {
    of: BTreeMap<String, Vec<(String, String)>>,
}

/// Parts met less often are left out: their spellings are not known well enough.
const FEW: usize = 3;

impl Near {
    /// From the names of Wikidata that parts may be learned from.
    pub(crate) fn learn() -> Result<Self> {
        let mut spellings: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        let people = data::wikidata()?;
        let clean =
            people.iter().filter(|p| p.kind != "alias" && used_for(&p.arabic) == Use::Parts);
        for person in clean {
            let (arabic, latin) = (Name::of(&person.arabic), Name::of(&person.latin));
            if arabic.parts.len() == latin.parts.len() {
                for (a, l) in arabic.parts.into_iter().zip(latin.parts) {
                    *spellings.entry(a.text).or_default().entry(l.text).or_default() += 1;
                }
            }
        }
        spellings.retain(|_, latin| latin.values().sum::<usize>() >= FEW);
        let known: Vec<(&String, BTreeSet<&String>, &String)> = spellings
            .iter()
            .filter_map(|(arabic, latin)| {
                let usual = latin.iter().max_by_key(|(_, count)| **count)?.0;
                Some((arabic, latin.keys().collect(), usual))
            })
            .collect();
        let near = |at: usize| {
            let (arabic, latin, _) = &known[at];
            let length = arabic.chars().count();
            let most = if length > 4 { 2 } else { 1 };
            let others = known.iter().filter(|(other, spelled, _)| {
                other != arabic
                    && other.chars().count().abs_diff(length) <= most
                    && strsim::osa_distance(arabic, other) <= most
                    && spelled.is_disjoint(latin)
            });
            let others = others.map(|(other, _, usual)| ((*other).clone(), (*usual).clone()));
            ((*arabic).clone(), others.collect::<Vec<_>>())
        };
        let of = (0..known.len()).into_par_iter().map(near).collect::<Vec<_>>();
        Ok(Self { of: of.into_iter().filter(|(_, near)| !near.is_empty()).collect() })
    }

    /// The two names with one part exchanged for a near one in both; which, the number decides.
    pub(crate) fn exchanged(
        &self,
        arabic: &str,
        latin: &str,
        number: usize,
    ) -> Option<(String, String)> {
        let (a, l) = (Name::of(arabic), Name::of(latin));
        if a.parts.len() != l.parts.len() || a.is_empty() {
            return None;
        }
        // The first part twice as often: it is what brothers differ in.
        let at = (number % (a.parts.len() + 1)) % a.parts.len();
        let near = self.of.get(&a.parts[at].text)?;
        let (other_a, other_l) = &near[number % near.len()];
        let joined = |name: &Name, other: &str| {
            let texts = name.parts.iter().enumerate();
            let texts = texts.map(|(i, part)| if i == at { other } else { part.text.as_str() });
            texts.collect::<Vec<_>>().join(" ")
        };
        Some((joined(&a, other_a), joined(&l, other_l)))
    }
}
