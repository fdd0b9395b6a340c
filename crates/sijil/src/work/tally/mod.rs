//! Documented cells from columns: the figures that persons and their records give, without
//! reading either.

mod split;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use sijil_text::places::Gazetteer;

use super::count::Query;
use super::error::Result;
use super::figures::{is_by_day, key, of_counts, ordered};
use crate::model::{Cell, Dimension, Facet, Key, Population, Trait, groups};
use crate::register::{AsOf, Columns, Register};
use split::Split;

/// The persons of a register sorted into the cells of a query.
pub(super) struct Tally {
    columns: Columns,
    by: Vec<Dimension>,
    /// Keys that each dimension has, in their order.
    keys: Vec<Vec<Key>>,
    /// For each cell the place of its key among those of each dimension.
    cells: Vec<Vec<u32>>,
    /// Cell of each person.
    of_person: Vec<u32>,
}

/// A cell before it is written out.
struct Sum {
    number: u32,
    low: u64,
    best: u64,
    high: u64,
    records: u64,
}

impl Tally {
    /// Sorts the persons that stand at `as_of`. With `labels`, one a dimension, only those of the
    /// cells that are called so, or would be but for an id that tells namesakes apart.
    pub(super) fn of(
        register: &Register,
        gazetteer: &Gazetteer,
        as_of: AsOf,
        query: &Query,
        labels: Option<&[String]>,
    ) -> Result<Self> {
        let by: Vec<Trait> = query.by.iter().copied().map(Trait::Of).collect();
        let limits = limits(query);
        let traits: Vec<Trait> = by.iter().copied().chain(limits.iter().copied()).collect();
        let kept = |nth: usize, facet: &Facet| match query.by.get(nth) {
            // Which unit words stand for depends on the day as well.
            Some(Dimension::Unit) => true,
            Some(dimension) => labels
                .and_then(|labels| labels.get(nth))
                .is_none_or(|label| is_called(&key(gazetteer, *dimension, facet), label)),
            None => is_within(gazetteer, query, limits[nth - query.by.len()], facet),
        };
        let columns = register.columns(as_of, &traits, &kept)?;
        let mut of_person = vec![0; columns.positions.len()];
        let mut cells = vec![Vec::new()];
        let mut keys = Vec::new();
        for (dimension, coded) in query.by.iter().zip(&columns.traits) {
            let split = match dimension {
                Dimension::Unit => {
                    let is_day = |of: &Trait| *of == Trait::Of(Dimension::Day);
                    let days = query.depth.and_then(|_| traits.iter().position(is_day));
                    let days = days.map(|at| &columns.traits[at]);
                    Split::of_units(register, as_of, query, (coded, days))?
                }
                _ => Split::of(coded, |facet| key(gazetteer, *dimension, facet)),
            };
            cells = split.apply(&cells, &mut of_person);
            keys.push(split.keys);
        }
        Ok(Self { columns, by: query.by.clone(), keys, cells, of_person })
    }

    /// The cells in the order of a table, without their persons, each with its number.
    pub(super) fn cells(&self) -> Vec<(Cell, u32)> {
        let mut sums: Vec<Sum> = self.sums();
        let keys = |sum: &Sum| &self.cells[sum.number as usize];
        if is_by_day(self.by.iter().copied()) {
            sums.par_sort_unstable_by(|a, b| keys(a).cmp(keys(b)));
        } else {
            let by_best = |sum: &Sum| (Reverse(sum.best), sum.low);
            sums.par_sort_unstable_by(|a, b| {
                by_best(a).cmp(&by_best(b)).then_with(|| keys(a).cmp(keys(b)))
            });
        }
        // Tables by place and day have as many cells as a year has deaths.
        let cells = sums.par_iter().map(|sum| {
            let keys =
                keys(sum).iter().zip(&self.keys).map(|(place, all)| all[*place as usize].clone());
            let figure = of_counts(sum.low, sum.best, sum.high, sum.records);
            let cell =
                Cell { keys: keys.collect(), figure, persons: Vec::new(), marks: Vec::new() };
            (cell, sum.number)
        });
        let cells = cells.collect();
        // Only namesakes are called otherwise than by their keys, and then stand elsewhere.
        if self.keys.iter().any(|keys| has_namesakes(keys)) { ordered(cells) } else { cells }
    }

    /// What the persons of each cell that has any add up to.
    fn sums(&self) -> Vec<Sum> {
        let new = |number| Sum { number, low: 0, best: 0, high: 0, records: 0 };
        let mut sums: Vec<Sum> = (0..).take(self.cells.len()).map(new).collect();
        let persons = self.of_person.iter().zip(&self.columns.records).zip(&self.columns.parts);
        for ((cell, records), parts) in persons {
            if let Some(sum) = sums.get_mut(*cell as usize) {
                sum.low += 1;
                sum.best += 1;
                sum.high += u64::from(*parts);
                sum.records += u64::from(*records);
            }
        }
        for (cell, joined) in self.joined() {
            sums[cell as usize].low -= joined;
        }
        sums.retain(|sum| sum.best > 0);
        sums
    }

    /// By how many persons each cell shrinks if its open pairs are one person each.
    fn joined(&self) -> BTreeMap<u32, u64> {
        let mut pairs: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        for (a, b) in &self.columns.pairs {
            let cell = self.of_person[*a as usize];
            if cell == self.of_person[*b as usize] {
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
    let mut limits = vec![Trait::Fate];
    limits.extend(query.only.iter().map(|(by, _)| Trait::Of(*by)));
    let of_days = query.depth.is_some() && query.by.contains(&Dimension::Unit);
    if query.population != Population::All {
        limits.push(Trait::Population);
    }
    if query.from.is_some() || query.to.is_some() || of_days {
        limits.push(Trait::Of(Dimension::Day));
    }
    limits.sort();
    limits.dedup();
    limits
}

/// Whether whoever has this facet is counted, as far as this trait tells.
fn is_within(gazetteer: &Gazetteer, query: &Query, limit: Trait, facet: &Facet) -> bool {
    let dimension = match limit {
        Trait::Population => return facet.is_in(query.population),
        Trait::Fate => return facet.id.as_deref() == Some(query.act().code()),
        Trait::Of(dimension) => dimension,
    };
    let key = key(gazetteer, dimension, facet);
    let labels = query.only.iter().filter(|(by, _)| *by == dimension);
    if !labels.into_iter().all(|(_, label)| key.label == *label) {
        return false;
    }
    let day = facet.label.as_deref().and_then(|day| day.parse().ok());
    dimension != Dimension::Day || query.holds(day, day)
}

/// Whether two of these keys, which are in order, are shown alike.
fn has_namesakes(keys: &[Key]) -> bool {
    keys.windows(2).any(|two| two[0].label == two[1].label)
}

/// Whether a cell of this key can have this label: its own, or with an id behind it.
fn is_called(key: &Key, label: &str) -> bool {
    label.strip_prefix(&key.label).is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
}
