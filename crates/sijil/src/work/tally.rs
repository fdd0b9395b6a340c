//! Documented cells from columns: the figures that persons and their records give, without
//! reading either.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sijil_text::places::Gazetteer;

use super::count::Query;
use super::error::Result;
use super::figures::{key, of_counts, ordered};
use crate::model::{Cell, Dimension, Facet, Key, Population, Trait, groups};
use crate::register::{AsOf, Coded, Columns, Register};

/// Slots up to which cells are found by their number alone: 16 MB at the most.
const DENSE: usize = 1 << 22;

/// In no cell.
const NOWHERE: u32 = u32::MAX;

/// The persons of a register sorted into the cells of a query.
pub(super) struct Tally {
    columns: Columns,
    cells: Vec<Vec<Key>>,
    /// Cell of each person, [`NOWHERE`] for those that are not counted.
    of_person: Vec<u32>,
}

impl Tally {
    /// Sorts the persons that stand at `as_of`.
    pub(super) fn of(
        register: &Register,
        gazetteer: &Gazetteer,
        as_of: AsOf,
        query: &Query,
    ) -> Result<Self> {
        let by: Vec<Trait> = query.by.iter().copied().map(Trait::Of).collect();
        let limits = limits(query);
        let traits: Vec<Trait> = by.iter().copied().chain(limits.iter().copied()).collect();
        let columns = register.columns(as_of, &traits)?;
        let (sorted_by, limited_by) = columns.traits.split_at(by.len());
        let mut of_person = vec![0; columns.positions.len()];
        for (limit, coded) in limits.iter().zip(limited_by) {
            let within: Vec<bool> =
                coded.facets.iter().map(|facet| is_within(query, *limit, facet)).collect();
            for (cell, code) in of_person.iter_mut().zip(&coded.codes) {
                if !within[*code as usize] {
                    *cell = NOWHERE;
                }
            }
        }
        let mut cells = vec![Vec::new()];
        for (dimension, coded) in query.by.iter().zip(sorted_by) {
            let split = Split::of(gazetteer, *dimension, coded);
            cells = split.apply(&cells, &mut of_person);
        }
        Ok(Self { columns, cells, of_person })
    }

    /// The cells in the order of a table, without their persons, each with its number.
    pub(super) fn cells(&self) -> Vec<(Cell, u32)> {
        let mut sums = vec![[0_u64; 3]; self.cells.len()];
        let persons = self.of_person.iter().zip(&self.columns.records).zip(&self.columns.parts);
        for ((cell, records), parts) in persons {
            if let Some([best, high, of_records]) = sums.get_mut(*cell as usize) {
                *best += 1;
                *high += u64::from(*parts);
                *of_records += u64::from(*records);
            }
        }
        let mut lows: Vec<u64> = sums.iter().map(|[best, ..]| *best).collect();
        for (cell, joined) in self.joined() {
            lows[cell as usize] -= joined;
        }
        let cells = (0..).zip(&self.cells).zip(sums.iter().zip(lows));
        let counted = cells.filter(|(_, ([best, ..], _))| *best > 0);
        let cells = counted.map(|((number, keys), ([best, high, records], low))| {
            let figure = of_counts(low, *best, *high, *records);
            (Cell { keys: keys.clone(), figure, persons: Vec::new(), marks: Vec::new() }, number)
        });
        ordered(cells.collect())
    }

    /// By how many persons each cell shrinks if its open pairs are one person each.
    fn joined(&self) -> BTreeMap<u32, u64> {
        let mut pairs: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        for (a, b) in &self.columns.pairs {
            let cell = self.of_person[*a as usize];
            if cell != NOWHERE && cell == self.of_person[*b as usize] {
                pairs.entry(cell).or_default().push((*a, *b));
            }
        }
        let less = |pairs: Vec<(u32, u32)>| {
            let members: BTreeSet<u32> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
            let place: HashMap<u32, usize> = members.iter().copied().zip(0..).collect();
            let joined = pairs.iter().map(|(a, b)| (place[a], place[b]));
            (members.len() - groups(members.len(), joined)) as u64
        };
        pairs.into_iter().map(|(cell, pairs)| (cell, less(pairs))).collect()
    }

    /// Positions of the persons in the cell of this number.
    pub(super) fn positions(&self, number: u32) -> Vec<u32> {
        let persons = self.of_person.iter().zip(&self.columns.positions);
        persons.filter(|(cell, _)| **cell == number).map(|(_, position)| *position).collect()
    }
}

/// The traits that a query limits whom it counts by.
fn limits(query: &Query) -> Vec<Trait> {
    let mut limits = Vec::new();
    if query.population != Population::All {
        limits.push(Trait::Population);
    }
    if query.from.is_some() || query.to.is_some() {
        limits.push(Trait::Of(Dimension::Day));
    }
    limits
}

fn is_within(query: &Query, limit: Trait, facet: &Facet) -> bool {
    if limit == Trait::Population {
        return facet.is_in(query.population);
    }
    let day = facet.label.as_deref().and_then(|day| day.parse().ok());
    query.holds(day, day)
}

/// How one dimension splits cells: its keys, and which of them each code has.
struct Split<'c> {
    keys: Vec<Key>,
    of_code: Vec<u32>,
    codes: &'c [u32],
}

impl<'c> Split<'c> {
    /// Codes that differ in nothing that is shown are one key: two spellings of one place.
    fn of(gazetteer: &Gazetteer, dimension: Dimension, coded: &'c Coded) -> Self {
        let mut met = vec![false; coded.facets.len()];
        for code in &coded.codes {
            met[*code as usize] = true;
        }
        let mut numbers: HashMap<Key, u32> = HashMap::new();
        let mut keys = Vec::new();
        let mut of_code = vec![NOWHERE; coded.facets.len()];
        for (code, facet) in coded.facets.iter().enumerate().filter(|(code, _)| met[*code]) {
            let key = key(gazetteer, dimension, facet);
            let next = u32::try_from(keys.len()).unwrap_or(NOWHERE);
            of_code[code] = *numbers.entry(key).or_insert_with_key(|key| {
                keys.push(key.clone());
                next
            });
        }
        Self { keys, of_code, codes: &coded.codes }
    }

    /// Puts every person into the part of its cell, and gives the parts that somebody is in.
    fn apply(&self, cells: &[Vec<Key>], of_person: &mut [u32]) -> Vec<Vec<Key>> {
        let mut parts = Vec::new();
        let mut found = Found::with(cells.len().saturating_mul(self.keys.len()));
        for (cell, code) in of_person.iter_mut().zip(self.codes) {
            if *cell == NOWHERE {
                continue;
            }
            let (before, own) = (*cell as usize, self.of_code[*code as usize] as usize);
            let slot = found.slot(before * self.keys.len() + own);
            if *slot == NOWHERE {
                *slot = u32::try_from(parts.len()).unwrap_or(NOWHERE);
                let mut keys = cells[before].clone();
                keys.push(self.keys[own].clone());
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
