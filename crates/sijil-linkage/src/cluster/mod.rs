//! Clusters of one person each, from weighed pairs and the judgements of humans.
//!
//! Pairs above the threshold connect rows into groups. A group can be a chain of look-alikes, so
//! within it rows are joined step by step: the two clusters that agree best first, and no further
//! than the threshold. How clusters agree is averaged over all pairs between them, within each
//! field, so a pair that contradicts (another father) counts as much as one that agrees, and a
//! field that one row lacks is judged by the rows that have it. That a list repeats itself counts
//! against it once for each list that both clusters are on. Judgements bind: *same* is joined
//! before anything else, and clusters that hold a *different* between them are never joined.

mod groups;
mod rulings;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::Settings;
use crate::compare::Comparer;
use crate::model::{Model, bits_of};
use crate::table::NONE;

pub(crate) use rulings::Rulings;

/// Two rows and the evidence that they are one person, in bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Weighed {
    /// The one row.
    pub(crate) a: u32,
    /// The other.
    pub(crate) b: u32,
    /// Log2 of the odds.
    pub(crate) weight: f64,
}

/// Clusters and the pairs to show for them.
#[derive(Default)]
pub(crate) struct Found {
    /// A number for each row; rows of one cluster have the same.
    pub(crate) clusters: Vec<u32>,
    /// The pairs that hold clusters together.
    pub(crate) joined: Vec<Weighed>,
    /// The bits of each step that joined two clusters, judged ones left out.
    pub(crate) steps: Vec<f64>,
    /// Clusters that were left apart, two at a time, each by a row of it, with the bits for joining
    /// them.
    pub(crate) apart: Vec<Weighed>,
    /// Pairs for a human.
    pub(crate) open: Vec<Weighed>,
    /// What the user should know.
    pub(crate) notes: Vec<String>,
}

/// Bits from which on a pair connects two rows into a group.
pub(crate) fn connects(settings: &Settings) -> f64 {
    bits_of(settings.join) - groups::MOST_COMPANY
}

/// Clusters the rows.
pub(crate) fn cluster(
    comparer: &Comparer<'_>,
    weighed: &[Weighed],
    rulings: &Rulings,
    settings: &Settings,
    model: &Model,
) -> Found {
    let (table, threshold) = (comparer.table, bits_of(settings.join));
    let connected = groups::connected(table.len(), weighed, rulings, threshold);
    let repeats = model.repeats();
    let split: Vec<groups::Split> = connected
        .par_iter()
        .map(|rows| {
            let lists: Vec<u32> = rows.iter().map(|row| table.lists[*row as usize]).collect();
            let one_to_one = settings.one_to_one;
            let prior = groups::Prior { lists: &lists, repeats: &repeats, one_to_one };
            let mut weigh = |a, b| model.evidence(comparer, a, b);
            groups::split(rows, &prior, rulings, threshold, &mut weigh)
        })
        .collect();
    let mut clusters: Vec<u32> = (0..).take(table.len()).collect();
    let (mut joined, mut steps, mut apart, mut cut) = (Vec::new(), Vec::new(), Vec::new(), 0);
    let mut group: Vec<u32> = vec![NONE; table.len()];
    for (number, rows) in (0..).zip(&connected) {
        rows.iter().for_each(|row| group[*row as usize] = number);
    }
    for split in split {
        for cluster in &split.clusters {
            for row in cluster {
                clusters[*row as usize] = cluster[0];
            }
        }
        joined.extend(split.joined);
        steps.extend(split.steps);
        apart.extend(split.apart);
        cut += usize::from(split.cut);
    }
    let mut notes = Vec::new();
    if cut > 0 {
        notes.push(format!("{cut} groups of look-alikes were too large to weigh in full"));
    }
    let between = between(&clusters, weighed, rulings);
    let least = bits_of(settings.open);
    let in_groups = |pair: &&Weighed| {
        let (a, b) = (group[pair.a as usize], group[pair.b as usize]);
        a != b || a == NONE
    };
    apart.extend(between.iter().filter(in_groups));
    let open = between.into_iter().filter(|pair| pair.weight >= least).collect();
    Found { clusters, joined, steps, apart, open, notes }
}

/// For each two clusters that judgements do not keep apart their likeliest pair.
fn between(clusters: &[u32], weighed: &[Weighed], rulings: &Rulings) -> Vec<Weighed> {
    let cluster = |row: u32| clusters[row as usize];
    let between = |a: u32, b: u32| {
        let (a, b) = (cluster(a), cluster(b));
        (a.min(b), a.max(b))
    };
    let apart: BTreeSet<(u32, u32)> =
        rulings.different.iter().map(|(a, b)| between(*a, *b)).collect();
    let mut pairs: Vec<((u32, u32), Weighed)> = weighed
        .iter()
        .filter(|pair| cluster(pair.a) != cluster(pair.b))
        .map(|pair| (between(pair.a, pair.b), *pair))
        .filter(|(clusters, _)| !apart.contains(clusters))
        .collect();
    pairs.sort_by(|(x, p), (y, q)| {
        x.cmp(y).then(q.weight.total_cmp(&p.weight)).then((p.a, p.b).cmp(&(q.a, q.b)))
    });
    pairs.dedup_by_key(|(clusters, _)| *clusters);
    pairs.into_iter().map(|(_, pair)| pair).collect()
}
