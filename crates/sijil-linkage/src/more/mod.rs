//! Rows that come later: they join what is linked, without all being done again.
//!
//! What was learned stays as it is. New rows are looked up by what they agree on with the rows that
//! are there, weighed against those, and only the clusters that they touch are made anew. So a later run is
//! close to what a full one would give, and not always the same: a full run learns from all rows.

mod keys;
mod rows;

use crate::block::pair_of;
use crate::cluster::{self, Rulings, Weighed};
use crate::compare::{Comparer, Screen};
use crate::linkage::{HOPELESS, Linkage, in_order, weigh};
use crate::table::{Roll, Table};
use crate::{Ruling, Settings};

pub(crate) use keys::Keys;
pub(crate) use rows::Known;

/// What is looked up when rows come: made once, kept up to date.
pub(crate) struct Index {
    keys: Keys,
    known: Known,
}

impl Linkage {
    /// Makes ready for rows that come later. It takes about as long as putting all rows into blocks;
    /// [`Linkage::add`] does it when it was not done before.
    pub fn prepare(&mut self) {
        if self.index.is_none() {
            let (keys, known) = (Keys::of(&self.table, &self.plan), Known::of(&self.table));
            self.index = Some(Index { keys, known });
        }
    }

    /// Adds records, which are numbered on from those that are there. Their fields must be those of
    /// the records before. [`Linkage::joined`] and [`Linkage::open`] then tell of the clusters that
    /// were touched, [`Linkage::clusters`] of all.
    ///
    /// `rulings` bind among the clusters that are touched; those of before are in the clusters.
    pub fn add(&mut self, roll: Roll, rulings: &[Ruling], settings: &Settings) {
        self.prepare();
        let Some(mut index) = self.index.take() else { return };
        let first = u32::try_from(self.table.len()).unwrap_or(u32::MAX);
        index.known.append(&mut self.table, Table::of(roll));
        self.found.clusters.extend(first..u32::try_from(self.table.len()).unwrap_or(u32::MAX));
        let mut notes = Vec::new();
        let rulings = Rulings::of(rulings, &self.table, &mut notes);
        let comparer = Comparer::new(&self.table, &self.plan);
        let screen = Screen::of(&comparer, &self.plan, &self.model, HOPELESS);
        let look = |a: u32, b: u32| screen.passes(a, b);
        let pairs = index.keys.meet(&self.table, &self.plan, first, look);
        drop(screen);
        let weighed = weigh(&comparer, &self.model, &pairs);
        let touched = Touched::of(&self.found.clusters, &weighed, settings);
        let mut found =
            cluster::cluster(&comparer, &touched.pairs, &rulings, settings, &self.model);
        drop(comparer);
        for row in touched.rows {
            self.found.clusters[row as usize] = found.clusters[row as usize];
        }
        found.clusters = std::mem::take(&mut self.found.clusters);
        in_order(&mut found, &self.table);
        (self.found, self.weighed, self.passes) = (found, weighed, Vec::new());
        (self.notes, self.whole) = (notes, false);
        self.index = Some(index);
    }
}

/// Bits of a pair that connects two rows of one cluster. It only brings them into one group.
const HELD: f64 = 20.0;

/// What new rows touch.
struct Touched {
    rows: Vec<u32>,
    pairs: Vec<Weighed>,
}

impl Touched {
    fn of(clusters: &[u32], weighed: &[Weighed], settings: &Settings) -> Self {
        let least = cluster::connects(settings);
        let mut wanted: Vec<u32> = weighed
            .iter()
            .filter(|pair| pair.weight >= least)
            .flat_map(|pair| [clusters[pair.a as usize], clusters[pair.b as usize]])
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        let rows: Vec<u32> = (0..)
            .zip(clusters)
            .filter(|(_, cluster)| wanted.binary_search(cluster).is_ok())
            .map(|(row, _)| row)
            .collect();
        // Rows of one cluster are connected whatever single pairs of them weigh.
        let mut by_cluster: Vec<(u32, u32)> =
            rows.iter().map(|row| (clusters[*row as usize], *row)).collect();
        by_cluster.sort_unstable();
        let held = by_cluster.windows(2).filter(|two| two[0].0 == two[1].0);
        let held = held.map(|two| Weighed { a: two[0].1, b: two[1].1, weight: HELD });
        let mut pairs: Vec<Weighed> = weighed.iter().copied().chain(held).collect();
        pairs.sort_by_key(|pair| pair_of(pair.a, pair.b));
        Self { rows, pairs }
    }
}
