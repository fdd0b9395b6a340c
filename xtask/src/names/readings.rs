//! Learns when an Arabic part is a Latin one, from what their reading shows.
//!
//! Parts that answer each other in names of one person, against parts that do not: of other people in
//! the same place, near names (one letter apart), and what a search finds nearest. The names are those
//! set aside for weights, so that no letter costs were learned from them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;
use sijil_text::letters::is_arabic;
use sijil_text::names::{Name, NameIndex, READING, Reading, reading};

use super::data::{self, Pair, Use, used_for};
use super::near::Near;
use super::regression::{Row, fit};

/// Of each kind of pair at most so many.
const EACH: usize = 12_000;
/// A reading that costs more nats a sign is taken for another name in the data.
const NOISE: f32 = 2.4;
/// Parts of the list that a search looks through.
const PLACE_OF_COST: usize = 2;

/// Latin parts that are met for an Arabic one, anywhere.
type Met = BTreeMap<String, BTreeSet<String>>;

/// Learns from the names set aside for weights and writes the data file.
pub(super) fn learn(folder: &Path) -> Result<String> {
    let people: Vec<Pair> =
        data::wikidata()?.into_iter().filter(|person| person.kind != "alias").collect();
    let met = met(&people);
    let aside: Vec<(String, String)> = people
        .iter()
        .filter(|person| used_for(&person.arabic) == Use::Weights)
        .flat_map(answers)
        .collect();
    let kinds = [strangers(&aside, &met), near(&aside)?, found(&aside, &met)];
    let read = |(a, l): &(String, String)| {
        let (a, l) = (Name::of(a), Name::of(l));
        reading(a.parts.first()?, l.parts.first()?)
    };
    let same: Vec<Reading> =
        aside.par_iter().filter_map(read).filter(|r| r[PLACE_OF_COST] < NOISE).collect();
    let mut rows: Vec<Row<'_>> =
        same.iter().map(|r| Row { numbers: r, same: true, weight: 1.0 }).collect();
    let others: Vec<(Vec<Reading>, usize)> =
        kinds.iter().map(|kind| (kind.par_iter().filter_map(read).collect(), kind.len())).collect();
    for (readings, all) in &others {
        // As if there were as many of each kind as of pairs of one name.
        let weight = same.len() as f64 / (*all).max(1) as f64;
        rows.extend(readings.iter().map(|r| Row { numbers: r, same: false, weight }));
    }
    let weights = fit(&rows).context("the parts do not settle the weights")?;
    let mut text = format!("{}what,value\n", super::files::READING_ORIGIN);
    for (what, weight) in READING.iter().zip(&weights) {
        let _ = writeln!(text, "{what},{weight:.4}");
    }
    fs::write(folder.join("name_reading.csv"), text)?;
    let counts: Vec<String> =
        others.iter().map(|(read, all)| format!("{} of {all}", read.len())).collect();
    Ok(format!("{} pairs of one name, others that can be read: {}", same.len(), counts.join(", ")))
}

/// Parts that answer each other, in order, where both names have as many.
fn answers(person: &Pair) -> Vec<(String, String)> {
    let (arabic, latin) = (Name::of(&person.arabic), Name::of(&person.latin));
    if arabic.parts.len() != latin.parts.len() {
        return Vec::new();
    }
    let both = arabic.parts.into_iter().zip(latin.parts);
    let both = both.filter(|(a, l)| a.kunya.is_none() && l.kunya.is_none());
    both.map(|(a, l)| (a.text, l.text)).filter(|(a, _)| a.starts_with(is_arabic)).collect()
}

fn met(people: &[Pair]) -> Met {
    let mut met = Met::new();
    for (arabic, latin) in people.iter().flat_map(answers) {
        met.entry(arabic).or_default().insert(latin);
    }
    met
}

fn is_met(met: &Met, arabic: &str, latin: &str) -> bool {
    met.get(arabic).is_some_and(|known| known.contains(latin))
}

/// Parts of people who follow each other in the list at some distance.
fn strangers(aside: &[(String, String)], met: &Met) -> Vec<(String, String)> {
    let others = aside.iter().cycle().skip(997);
    let pairs = aside.iter().zip(others).map(|((arabic, _), (_, latin))| (arabic, latin));
    let pairs = pairs.filter(|(arabic, latin)| !is_met(met, arabic, latin));
    pairs.map(|(arabic, latin)| (arabic.clone(), latin.clone())).take(EACH).collect()
}

/// Near names: one letter apart in Arabic, and never written alike.
fn near(aside: &[(String, String)]) -> Result<Vec<(String, String)>> {
    let near = Near::learn()?;
    let exchanged = aside.iter().enumerate().filter_map(|(number, (arabic, latin))| {
        let (_, other) = near.exchanged(arabic, latin, number)?;
        Some((arabic.clone(), other))
    });
    Ok(exchanged.take(EACH).collect())
}

/// What a search finds nearest among parts that were never met for this one.
fn found(aside: &[(String, String)], met: &Met) -> Vec<(String, String)> {
    let latin: Vec<&String> = met.values().flatten().collect::<BTreeSet<_>>().into_iter().collect();
    let mut index = NameIndex::default();
    latin.iter().for_each(|part| index.add(Name::of(part)));
    let step = aside.len().div_ceil(EACH).max(1);
    let asked: Vec<&(String, String)> = aside.iter().step_by(step).collect();
    let nearest = |(number, (arabic, _)): (usize, &&(String, String))| {
        let found = index.nearest(&Name::of(arabic), 12);
        let mut others =
            found.iter().map(|f| latin[f.name]).filter(|other| !is_met(met, arabic, other));
        // Not always the nearest: it is often a spelling that the lists happen not to have.
        Some((arabic.clone(), others.nth(1 + number % 4)?.clone()))
    };
    asked.par_iter().enumerate().filter_map(nearest).collect()
}
