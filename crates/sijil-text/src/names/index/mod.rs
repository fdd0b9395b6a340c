//! Finds the names of a list that are nearest to a name, without comparing it with all of them.
//!
//! A list has few distinct parts for its many names. Those that may be near a query's parts are
//! looked up by their consonants (`neighbours`) and compared once (`kept`); the names that hold
//! near parts gather points, more for rare parts and for parts in their place; names with the most points
//! are weighed with the scores of parts kept, and the best of these are compared in full and ranked by probability.

mod kept;
mod neighbours;

use std::cell::OnceCell;
use std::collections::HashMap;

use super::compare::{Pieces, compare_pieces};
use super::{Comparison, Kunya, Name, Part};
use kept::Kept;
use neighbours::Neighbours;

/// A list of names made ready for searching. Names are numbered in the order they are added.
#[derive(Debug, Default)]
pub struct NameIndex {
    /// The distinct parts.
    parts: Vec<Part>,
    numbers: HashMap<String, u32>,
    neighbours: Neighbours,
    /// Where each name's parts begin in `made_of`, and the end of the last.
    starts: Vec<u32>,
    made_of: Vec<u32>,
    /// For each part the names that hold it, in their order.
    holders: Vec<Vec<u32>>,
}

/// A name that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its number.
    pub name: usize,
    /// How it answers the query.
    pub comparison: Comparison,
}

/// Names with the most points that are weighed, for each name that is wanted, and at least.
const WEIGHED: (usize, usize) = (100, 2_000);
/// It is enough to have found so many that nothing better can come, for each name that is wanted.
const ENOUGH: usize = 10;
/// Best of these that are compared in full, for each name that is wanted, and at least.
const COMPARED: (usize, usize) = (10, 200);

impl NameIndex {
    /// Adds a name.
    pub fn add(&mut self, name: Name) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        let number = u32::try_from(self.len()).unwrap_or(u32::MAX);
        for part in name.parts {
            let next = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
            let at = *self.numbers.entry(label(&part)).or_insert(next);
            if at == next {
                self.neighbours.add(&part, at);
                self.parts.push(part);
                self.holders.push(Vec::new());
            }
            let holders = &mut self.holders[at as usize];
            if holders.last() != Some(&number) {
                holders.push(number);
            }
            self.made_of.push(at);
        }
        self.starts.push(u32::try_from(self.made_of.len()).unwrap_or(u32::MAX));
    }

    /// How many names were added.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The names nearest to `query`, at most `top`, the nearest first; of equally near ones the
    /// first added. Names that have no part near one of the query's are not found.
    pub fn nearest(&self, query: &Name, top: usize) -> Vec<Found> {
        let kept = Kept::of_near(self, query);
        let candidates = kept.candidates(WEIGHED.1.max(WEIGHED.0 * top), ENOUGH * top.max(1));
        self.ranked(&kept, candidates, top)
    }

    /// What [`nearest`](Self::nearest) would find if it compared all names.
    pub fn nearest_of_all(&self, query: &Name, top: usize) -> Vec<Found> {
        self.ranked(&Kept::of_all(self, query), (0..self.len()).collect(), top)
    }

    fn ranked(&self, kept: &Kept<'_>, names: Vec<usize>, top: usize) -> Vec<Found> {
        let mut weighed: Vec<(f32, usize)> =
            names.into_iter().map(|name| (kept.odds(name), name)).collect();
        let nearer = |x: &(f32, usize), y: &(f32, usize)| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1));
        let compared = COMPARED.1.max(COMPARED.0 * top);
        keep_first(&mut weighed, compared, nearer);
        let mut found: Vec<Found> = weighed
            .into_iter()
            .map(|(_, name)| Found {
                name,
                comparison: compare_pieces(kept.query, &self.listed(name)),
            })
            .filter(|found| !found.comparison.alignment.links.is_empty())
            .collect();
        // Odds of names in two scripts and in one are of two models: only probabilities compare.
        found.sort_unstable_by(|x, y| {
            let (x_is, y_is) = (&x.comparison, &y.comparison);
            let likelier = y_is.probability.total_cmp(&x_is.probability);
            likelier.then(y_is.odds.total_cmp(&x_is.odds)).then(x.name.cmp(&y.name))
        });
        found.truncate(top);
        found
    }

    /// Numbers of the parts of a name.
    fn made_of(&self, name: usize) -> &[u32] {
        &self.made_of[self.starts[name] as usize..self.starts[name + 1] as usize]
    }

    fn listed(&self, name: usize) -> Listed<'_> {
        let parts = self.made_of(name).iter().map(|part| &self.parts[*part as usize]);
        let parts: Vec<&Part> = parts.collect();
        let joined = vec![OnceCell::new(); parts.len().saturating_sub(1)];
        Listed { parts, joined }
    }
}

/// What tells parts apart: their text, and whether it is a kunya.
fn label(part: &Part) -> String {
    let mark = match part.kunya {
        None => "",
        Some(Kunya::Father) => "+",
        Some(Kunya::Mother) => "-",
    };
    format!("{}{mark}", part.text)
}

/// Keeps so many of the first in this order, unsorted.
fn keep_first<T>(all: &mut Vec<T>, count: usize, order: impl Fn(&T, &T) -> std::cmp::Ordering) {
    if all.len() > count && count > 0 {
        all.select_nth_unstable_by(count - 1, order);
    }
    all.truncate(count);
}

/// A name of the list.
struct Listed<'a> {
    parts: Vec<&'a Part>,
    joined: Vec<OnceCell<Part>>,
}

impl Pieces for Listed<'_> {
    fn count(&self) -> usize {
        self.parts.len()
    }

    fn part(&self, at: usize) -> &Part {
        self.parts[at]
    }

    fn joined(&self, at: usize) -> &Part {
        self.joined[at].get_or_init(|| self.parts[at].joined(self.parts[at + 1]))
    }
}
