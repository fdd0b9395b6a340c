//! How one dimension splits the cells that there are: each code of its column to a key.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::super::count::Query;
use super::super::error::Result;
use super::super::figures::unit_key;
use crate::model::entity::{EntityKind, Tree};
use crate::model::{Facet, Key};
use crate::register::{AsOf, Coded, Register};

/// Slots up to which cells are found by their number alone: 16 MB at the most.
const DENSE: usize = 1 << 22;

/// No number yet.
const NOWHERE: u32 = u32::MAX;

/// How one dimension splits cells: its keys in their order, and which of them each code has.
pub(super) struct Split<'c> {
    pub(super) keys: Vec<Key>,
    of_code: Vec<u32>,
    codes: Cow<'c, [u32]>,
}

impl<'c> Split<'c> {
    pub(super) fn of(coded: &'c Coded, key: impl Fn(&Facet) -> Key) -> Self {
        let mut met = vec![false; coded.facets.len()];
        for code in &coded.codes {
            met[*code as usize] = true;
        }
        let key = |(facet, met): (&Facet, &bool)| met.then(|| key(facet));
        let of_codes: Vec<Option<Key>> = coded.facets.iter().zip(&met).map(key).collect();
        Self::new(&of_codes, Cow::Borrowed(&coded.codes))
    }

    /// Units by the words of parties; with `days` as the tree of parties was on each.
    pub(super) fn of_units(
        register: &Register,
        as_of: AsOf,
        query: &Query,
        (words, days): (&'c Coded, Option<&Coded>),
    ) -> Result<Self> {
        let mut parties = register.entities(EntityKind::Party, as_of)?;
        parties.extend(register.entities(EntityKind::Affiliation, as_of)?);
        let tree = Tree::of(&parties, query.tree.as_deref());
        let Some(days) = days else {
            return Ok(Self::of(words, |facet| unit_key(&tree, None, facet, None)));
        };
        let mut keys = Vec::new();
        let mut met: HashMap<(u32, u32), u32> = HashMap::new();
        let both = words.codes.iter().zip(&days.codes).map(|(word, day)| {
            *met.entry((*word, *day)).or_insert_with(|| {
                let day = days.facets[*day as usize].label.as_deref();
                let day = day.and_then(|day| day.parse().ok());
                keys.push(Some(unit_key(&tree, query.depth, &words.facets[*word as usize], day)));
                u32::try_from(keys.len() - 1).unwrap_or(NOWHERE)
            })
        });
        let codes = both.collect();
        Ok(Self::new(&keys, Cow::Owned(codes)))
    }

    /// Codes that differ in nothing that is shown are one key: two spellings of one place.
    fn new(of_codes: &[Option<Key>], codes: Cow<'c, [u32]>) -> Self {
        let keys: BTreeSet<&Key> = of_codes.iter().flatten().collect();
        let keys: Vec<Key> = keys.into_iter().cloned().collect();
        let place = |key: &Key| keys.binary_search(key).ok().and_then(|at| u32::try_from(at).ok());
        let of_code =
            of_codes.iter().map(|key| key.as_ref().and_then(place).unwrap_or(NOWHERE)).collect();
        Self { keys, of_code, codes }
    }

    /// Puts every person into the part of its cell, and gives the parts that somebody is in.
    pub(super) fn apply(&self, cells: &[Vec<u32>], of_person: &mut [u32]) -> Vec<Vec<u32>> {
        let mut parts = Vec::new();
        let mut found = Found::with(cells.len().saturating_mul(self.keys.len()));
        for (cell, code) in of_person.iter_mut().zip(self.codes.iter()) {
            let own = self.of_code[*code as usize];
            let before = *cell as usize;
            let slot = found.slot(before * self.keys.len() + own as usize);
            if *slot == NOWHERE {
                *slot = u32::try_from(parts.len()).unwrap_or(NOWHERE);
                let mut keys = cells[before].clone();
                keys.push(own);
                parts.push(keys);
            }
            *cell = *slot;
        }
        parts
    }
}

/// Numbers by slot: in a row where there are few slots, by look-up where there are many.
enum Found {
    Dense(Vec<u32>),
    Sparse(HashMap<usize, u32>),
}

impl Found {
    fn with(slots: usize) -> Self {
        if slots <= DENSE {
            Self::Dense(vec![NOWHERE; slots])
        } else {
            Self::Sparse(HashMap::new())
        }
    }

    fn slot(&mut self, at: usize) -> &mut u32 {
        match self {
            Self::Dense(all) => &mut all[at],
            Self::Sparse(all) => all.entry(at).or_insert(NOWHERE),
        }
    }
}
