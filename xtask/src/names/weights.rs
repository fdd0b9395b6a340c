//! Learns how much the answers of parts weigh in whole names, and the scale of probabilities.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use sijil_text::names::{FEATURES, Features, Name, Scripts, examined};

use super::data::Use;
use super::near::Near;
use super::regression::{Row, fit};
use super::sets::{self, Labelled, Sort};

/// A pair of names as the model sees it.
struct Example {
    features: Features,
    same: bool,
    /// How much it counts for the weights.
    weight: f64,
    /// How much it counts for the scale: what our own search finds is no share of what is looked at.
    share: f64,
}

/// Brothers count so much more for the weights: families die together, and to make one of two
/// brothers is worse than to leave a name open.
const BROTHERS: f64 = 2.5;
/// A point of the scale is the share in at least so much of all pairs.
const POOLS: f64 = 200.0;
/// No share is quite 0 or 1: so many pairs more, half of them of one name, are thought into each point.
const UNSEEN: f64 = 0.1;

impl Example {
    fn row(&self) -> Row<'_> {
        Row { numbers: &self.features, same: self.same, weight: self.weight }
    }
}

/// Points of the scale.
const POINTS: usize = 24;

/// Learns from the names set aside for it and writes the data file.
pub(super) fn learn(folder: &Path) -> Result<String> {
    let near = Near::learn()?;
    let mut sets: BTreeMap<Scripts, Vec<(Vec<Labelled>, f64)>> = BTreeMap::new();
    sets.insert(
        Scripts::Crossed,
        vec![
            (sets::gaza(Use::Weights)?, 1.0),
            (sets::wikidata(Use::Weights)?, 1.0),
            (sets::near(Scripts::Crossed, &near)?, 1.0),
        ],
    );
    for (scripts, set) in [
        (Scripts::Arabic, sets::arabic(Use::Weights)?),
        (Scripts::Other, sets::latin(Use::Weights)?),
    ] {
        let near_names = sets::near(scripts, &near)?;
        sets.insert(scripts, vec![(set, 1.0), (near_names, 1.0)]);
    }
    let mut text = format!("{}scripts,feature,value\n", super::files::WEIGHTS_ORIGIN);
    let mut said = String::new();
    for (scripts, sets) in sets {
        let examples: Vec<Example> =
            sets.into_iter().flat_map(|(set, w)| examples(&set, w)).collect();
        let rows: Vec<Row<'_>> = examples.iter().map(Example::row).collect();
        let weights = fit(&rows).context("the examples do not settle the weights")?;
        for (feature, weight) in FEATURES.iter().zip(&weights) {
            let _ = writeln!(text, "{},{feature},{weight:.4}", scripts.word());
        }
        for (odds, probability) in scale(&examples, &weights) {
            let _ = writeln!(text, "{},{odds:.3},{probability:.5}", scripts.word());
        }
        let _ = writeln!(said, "{}: {} pairs", scripts.word(), examples.len());
    }
    fs::write(folder.join("name_weights.csv"), text)?;
    Ok(said)
}

fn examples(set: &[Labelled], weight: f64) -> Vec<Example> {
    let count = |sort: Sort| set.iter().filter(|pair| pair.sort == sort).count().max(1) as f64;
    // The kinds of pairs count as if there were as many of each.
    let most = if count(Sort::Same) > 1.0 { count(Sort::Same) } else { count(Sort::Near) };
    let example = |pair: &Labelled| {
        let (_, _, features) = examined(&Name::of(&pair.a), &Name::of(&pair.b));
        let share = weight * (most / count(pair.sort)).min(4.0);
        let weight = if pair.sort == Sort::Brother { share * BROTHERS } else { share };
        let share = if matches!(pair.sort, Sort::Found | Sort::Near) { 0.0 } else { share };
        Example { features, same: pair.sort == Sort::Same, weight, share }
    };
    set.par_iter().map(example).collect()
}

/// The share of pairs of one name by log odds, made to rise (isotonic regression by pooling
/// neighbours that fall), as points of a broken line.
fn scale(examples: &[Example], weights: &[f64]) -> Vec<(f64, f64)> {
    let odds = |example: &Example| -> f64 {
        example.features.iter().zip(weights).map(|(x, w)| f64::from(*x) * w).sum()
    };
    let mut all: Vec<(f64, f64, f64)> = examples
        .iter()
        .filter(|e| e.share > 0.0)
        .map(|e| (odds(e), f64::from(u8::from(e.same)), e.share))
        .collect();
    all.sort_by(|x, y| x.0.total_cmp(&y.0));
    // Pools of (sum of odds, sum of truth, weight).
    let mut pools: Vec<(f64, f64, f64)> = Vec::new();
    let each = all.iter().map(|e| e.2).sum::<f64>() / POOLS;
    for (odds, truth, weight) in all {
        match pools.last_mut() {
            Some(pool) if pool.2 < each => {
                *pool = (pool.0 + odds * weight, pool.1 + truth * weight, pool.2 + weight);
            }
            _ => pools.push((odds * weight, truth * weight, weight)),
        }
    }
    let mut rising: Vec<(f64, f64, f64)> = Vec::new();
    for mut pool in pools {
        while let Some(last) = rising.last().filter(|last| last.1 / last.2 >= pool.1 / pool.2) {
            pool = (pool.0 + last.0, pool.1 + last.1, pool.2 + last.2);
            rising.pop();
        }
        rising.push(pool);
    }
    let points: Vec<(f64, f64)> = rising
        .iter()
        .map(|pool| (pool.0 / pool.2, (pool.1 + 0.5 * UNSEEN) / (pool.2 + UNSEEN)))
        .collect();
    thinned(&points)
}

/// So many of the points that the line through them is hardly another.
fn thinned(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let step = points.len().div_ceil(POINTS).max(1);
    let mut kept: Vec<(f64, f64)> = points.iter().copied().step_by(step).collect();
    if let Some(last) = points.last().filter(|last| Some(*last) != kept.last()) {
        kept.push(*last);
    }
    kept
}
