//! What came of linking bare files, put together for the page of diagnostics.

use std::collections::{BTreeMap, BTreeSet};

use sijil_linkage::Pair;

use super::link_files::FilesLinked;
use crate::publish::{LinkagePage, PageComparison, PagePair};

/// The page of a linkage.
pub(super) fn page(linked: &FilesLinked) -> LinkagePage {
    let linkage = &linked.linkage;
    let comparisons = linkage.learned().comparisons.into_iter();
    let comparisons = comparisons.map(|comparison| PageComparison {
        field: comparison.field,
        filled: comparison.filled,
        levels: (comparison.levels.iter())
            .map(|level| (level.words.to_owned(), level.m, level.u, level.shared, level.weight))
            .collect(),
    });
    let passes = linkage.passes().iter();
    LinkagePage {
        head: head(linked),
        comparisons: comparisons.collect(),
        pairs: examples(linked),
        blocks: passes.map(|p| (p.agreement.to_owned(), p.looked_at, p.new)).collect(),
        evidence: evidence(linked),
        sizes: sizes(linked),
        notes: linkage.notes().to_vec(),
    }
}

fn head(linked: &FilesLinked) -> Vec<(String, String)> {
    let mut head = vec![
        ("rows".to_owned(), linked.rows.len().to_string()),
        ("persons".to_owned(), linked.persons.to_string()),
    ];
    if let Some(persons) = linked.linkage.persons() {
        let (low, high) = (persons.low.floor(), persons.high.ceil());
        head.push(("between, at 90 %".to_owned(), format!("{low} and {high}")));
    }
    head.push(("open pairs".to_owned(), linked.linkage.open_pairs().to_string()));
    head.push(("joined from probability".to_owned(), linked.spec.threshold.to_string()));
    head
}

/// A sure pair, the most doubtful that was joined, and the likeliest that was not.
fn examples(linked: &FilesLinked) -> Vec<PagePair> {
    let by_weight =
        |x: &Pair, y: &Pair| x.weight.total_cmp(&y.weight).then((x.a, x.b).cmp(&(y.a, y.b)));
    let mut surest: Option<Pair> = None;
    let mut weakest: Option<Pair> = None;
    for pair in linked.linkage.joined() {
        if surest.as_ref().is_none_or(|other| by_weight(&pair, other).is_gt()) {
            surest = Some(pair.clone());
        }
        if weakest.as_ref().is_none_or(|other| by_weight(&pair, other).is_lt()) {
            weakest = Some(pair);
        }
    }
    let open = linked.linkage.open().next();
    [
        ("The surest pair", surest),
        ("The weakest pair of a person", weakest),
        ("The likeliest open pair", open),
    ]
    .into_iter()
    .filter_map(|(words, pair)| Some(taken_apart(linked, words, &pair?)))
    .collect()
}

fn taken_apart(linked: &FilesLinked, words: &str, pair: &Pair) -> PagePair {
    let row = |at: u32| {
        let row = linked.rows[at as usize];
        format!("{} row {}", linked.sources[row.source as usize], row.row)
    };
    let said: f64 = pair.parts.iter().map(|part| part.weight).sum();
    let mut steps = vec![("before anything is compared".to_owned(), pair.weight - said)];
    steps.extend(pair.parts.iter().map(|part| {
        let words = if part.field == "others" {
            part.level.clone()
        } else {
            format!("{}: {}", part.field, part.level)
        };
        (words, part.weight)
    }));
    PagePair {
        title: format!("{words}, {} and {}", row(pair.a), row(pair.b)),
        steps,
        probability: pair.probability,
    }
}

/// Pairs by their bits of evidence, two bits a step; what is beyond twenty counts with the last.
fn evidence(linked: &FilesLinked) -> Vec<(i32, u64)> {
    let mut steps: BTreeMap<i32, u64> = BTreeMap::new();
    for (_, _, probability) in linked.linkage.weighed() {
        let bits = (probability / (1.0 - probability).max(1e-9)).log2();
        let low = (-10..=10).rev().map(|step| step * 2).find(|low| bits >= f64::from(*low));
        *steps.entry(low.unwrap_or(-20)).or_default() += 1;
    }
    steps.into_iter().collect()
}

/// Persons by their number of rows, and of files.
fn sizes(linked: &FilesLinked) -> [Vec<(String, u64)>; 2] {
    let mut rows: BTreeMap<u32, usize> = BTreeMap::new();
    let mut files: BTreeSet<(u32, u32)> = BTreeSet::new();
    for row in &linked.rows {
        *rows.entry(row.cluster).or_default() += 1;
        files.insert((row.cluster, row.source));
    }
    let mut on: BTreeMap<u32, usize> = BTreeMap::new();
    files.iter().for_each(|(cluster, _)| *on.entry(*cluster).or_default() += 1);
    let counted = |of: BTreeMap<u32, usize>| {
        let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
        of.into_values().for_each(|n| *counts.entry(n.min(MOST)).or_default() += 1);
        let words = |n: usize| if n == MOST { format!("{n} or more") } else { n.to_string() };
        counts.into_iter().map(|(n, persons)| (words(n), persons)).collect()
    };
    [counted(rows), counted(on)]
}

/// Persons of more rows than these are told together.
const MOST: usize = 10;
