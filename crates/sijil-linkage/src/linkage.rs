//! Linking, step by step, and what came of it.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::block::{self, Blocks, Pass};
use crate::cluster::{self, Found, Rulings, Weighed};
use crate::compare::{Comparer, Plan, Screen};
use crate::explain;
use crate::model::{Kept, Learned, Model, probability};
use crate::more::Index;
use crate::persons::Persons;
use crate::table::{Roll, Table};
use crate::{Pair, Ruling, Settings};

/// Linked records: clusters, and the pairs behind them.
///
/// Pairs are explained when they are asked for: the reasons of all pairs of a long list take more
/// room than the list.
pub struct Linkage {
    pub(crate) table: Table,
    pub(crate) plan: Plan,
    pub(crate) model: Model,
    pub(crate) found: Found,
    /// The pairs that may be one person, ascending.
    pub(crate) weighed: Vec<Weighed>,
    pub(crate) passes: Vec<Pass>,
    pub(crate) notes: Vec<String>,
    /// What later rows are looked up in.
    pub(crate) index: Option<Index>,
    /// Whether all pairs were weighed in this run.
    pub(crate) whole: bool,
}

/// Bits below which a pair plays no part any more.
pub(crate) const HOPELESS: f64 = -8.0;

/// Pairs that are explained at a time.
const EXPLAINED: usize = 4096;

impl Linkage {
    /// Links records into clusters of one person each.
    pub fn of(roll: Roll, rulings: &[Ruling], settings: &Settings) -> Self {
        let mut notes = Vec::new();
        let plan = Plan::of(roll.spec(), &mut notes);
        let table = Table::of(roll);
        let comparer = Comparer::new(&table, &plan);
        let blocks = Blocks::of(&table, &plan, settings.block_of(table.len()));
        let mut model = Model::learn(&comparer, &plan, &blocks);
        let screen = Screen::of(&comparer, &plan, &model, HOPELESS);
        let (candidates, passes) = blocks.pairs(|block, pairs| {
            screen.pass(block, |a, b| pairs.push(block::pair_of(a, b)));
        });
        drop(screen);
        let weighed = weigh(&comparer, &model, &candidates);
        drop(candidates);
        let rulings = Rulings::of(rulings, &table, &mut notes);
        // Clusters show better than pairs what one person's rows are like.
        let first = cluster::cluster(&comparer, &weighed, &rulings, settings, &model);
        model.refine(&comparer, &plan, &first.clusters);
        let again: Vec<u64> = weighed.iter().map(|pair| block::pair_of(pair.a, pair.b)).collect();
        drop(weighed);
        let weighed = weigh(&comparer, &model, &again);
        let mut found = cluster::cluster(&comparer, &weighed, &rulings, settings, &model);
        drop(comparer);
        notes.splice(0..0, block::notes(&passes));
        notes.append(&mut found.notes);
        in_order(&mut found, &table);
        Self { table, plan, model, found, weighed, passes, notes, index: None, whole: true }
    }

    /// Takes up what was linked before: the records, what was learned, and for each record a number
    /// of its cluster. Nothing is compared. None where other fields or lists were learned from.
    pub fn resume(roll: Roll, kept: &Kept, clusters: &[u32]) -> Option<Self> {
        let plan = Plan::of(roll.spec(), &mut Vec::new());
        let mut table = Table::of(roll);
        let model = kept.model(&plan, &mut table)?;
        let mut first: HashMap<u32, u32> = HashMap::new();
        let row = |(at, row): (u32, &u32)| {
            let cluster = clusters.get(*row as usize)?;
            Some(*first.entry(*cluster).or_insert(at))
        };
        let clusters = (0..).zip(&table.order).map(row).collect::<Option<Vec<u32>>>()?;
        let found = Found { clusters, ..Found::default() };
        let (weighed, passes, notes) = (Vec::new(), Vec::new(), Vec::new());
        let (index, whole) = (None, false);
        Some(Self { table, plan, model, found, weighed, passes, notes, index, whole })
    }

    /// All that was learned, to be kept for records that come later.
    pub fn kept(&self) -> Kept {
        Kept::of(&self.model, &self.plan, &self.table)
    }

    /// For each record the index of the first record of its cluster.
    pub fn clusters(&self) -> Vec<u32> {
        self.table.back_to_rows(&self.found.clusters)
    }

    /// Pairs that hold the clusters together, in the order of their records: for a cluster of n
    /// records the n - 1 strongest.
    pub fn joined(&self) -> impl Iterator<Item = Pair> + '_ {
        self.explained(&self.found.joined)
    }

    /// Pairs worth a human's look, the most probable first.
    pub fn open(&self) -> impl Iterator<Item = Pair> + '_ {
        self.explained(&self.found.open)
    }

    /// The pairs whose answer by a human would tell most, the most telling first: at most so many.
    pub fn ask(&self, wanted: usize) -> Vec<Pair> {
        let pairs = crate::ask::pairs(&self.found, wanted);
        self.explained(&pairs).collect()
    }

    /// How many pairs are open.
    pub fn open_pairs(&self) -> usize {
        self.found.open.len()
    }

    /// All pairs that were weighed and are not hopeless, with their probability: for measuring how
    /// well probabilities are set.
    pub fn weighed(&self) -> impl Iterator<Item = (u32, u32, f64)> + '_ {
        let row = |at: u32| self.table.order[at as usize];
        self.weighed.iter().map(move |pair| (row(pair.a), row(pair.b), probability(pair.weight)))
    }

    /// How many persons there are, and between which numbers. Where records joined later it is not
    /// known: the pairs of before were not weighed again.
    pub fn persons(&self) -> Option<Persons> {
        self.whole.then(|| Persons::of(&self.found, &self.weighed))
    }

    /// What was learned from the records.
    pub fn learned(&self) -> Learned {
        Learned::of(&self.model, &self.plan, &self.table)
    }

    /// What the passes over the rows gave.
    pub fn passes(&self) -> &[Pass] {
        &self.passes
    }

    /// What the user should know: fields left out, blocks split, judgements that contradict.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    fn explained<'s>(&'s self, pairs: &'s [Weighed]) -> impl Iterator<Item = Pair> + 's {
        let comparer = Comparer::new(&self.table, &self.plan);
        pairs
            .chunks(EXPLAINED)
            .flat_map(move |pairs| explain::pairs(&comparer, &self.plan, &self.model, pairs))
    }
}

/// Puts pairs into the order in which they are told.
pub(crate) fn in_order(found: &mut Found, table: &Table) {
    let rows = |pair: &Weighed| {
        let (a, b) = (table.order[pair.a as usize], table.order[pair.b as usize]);
        (a.min(b), a.max(b))
    };
    found.joined.sort_by_key(rows);
    found.open.sort_by(|x, y| y.weight.total_cmp(&x.weight).then(rows(x).cmp(&rows(y))));
}

/// Weighs pairs and keeps those that are not hopeless.
pub(crate) fn weigh(comparer: &Comparer<'_>, model: &Model, pairs: &[u64]) -> Vec<Weighed> {
    let weigh = |pair: &u64| {
        let (a, b) = block::ends(*pair);
        let weight = model.weight(comparer, a, b);
        (weight > HOPELESS).then_some(Weighed { a, b, weight })
    };
    pairs.par_iter().filter_map(weigh).collect()
}
