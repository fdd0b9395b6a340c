//! Retrieval: a name in Arabic is asked for among all Latin names of a list.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Result;
use rayon::prelude::*;
use sijil_text::letters::fold;
use sijil_text::names::{Name, NameIndex};

use crate::names::data::{self, Pair, Use, used_for};
use crate::names::sets::People;

/// At most so many names are asked for.
const ASKED: usize = 2_000;

/// Names of a list, and which of them are asked for.
pub(super) struct Set {
    pub(super) name: &'static str,
    pub(super) pairs: Vec<Pair>,
    pub(super) asked: Vec<usize>,
}

/// The sets, by what they are called in the table.
pub(super) fn sets() -> Result<Vec<Set>> {
    let four = data::gaza()?.into_iter().filter(|p| p.arabic.split_whitespace().count() == 4);
    let wikidata = data::wikidata()?.into_iter().filter(|p| p.kind != "alias");
    let tokens = data::tokens()?.into_iter().filter(|p| p.kind == "dev");
    let measured = |p: &Pair| used_for(&p.arabic) == Use::Measure;
    let all = |_: &Pair| true;
    let wikidata: Vec<Pair> = wikidata.collect();
    let fifth: Vec<Pair> = wikidata.iter().filter(|p| measured(p)).cloned().collect();
    let mut wild = data::press()?;
    let journalists = wild.len();
    wild.extend(fifth.iter().cloned());
    Ok(vec![
        set("four-part names", four.collect(), measured),
        set("people of 25 countries, among all", wikidata, measured),
        set("people of 25 countries, among the fifth measured", fifth, all),
        Set { name: "journalists", pairs: wild, asked: (0..journalists).collect() },
        set("unseen single tokens", tokens.collect(), all),
    ])
}

fn set(name: &'static str, pairs: Vec<Pair>, ask: impl Fn(&Pair) -> bool) -> Set {
    let mut asked: Vec<usize> = (0..pairs.len()).filter(|at| ask(&pairs[*at])).collect();
    let step = asked.len().div_ceil(ASKED).max(1);
    asked = asked.into_iter().step_by(step).collect();
    Set { name, pairs, asked }
}

impl Set {
    /// Names that are asked for, and those that are asked among, each with the person's number.
    pub(super) fn persons(&self) -> Result<Vec<usize>> {
        let mut people = People::known()?;
        Ok(self.pairs.iter().map(|pair| people.number(&pair.arabic)).collect())
    }
}

/// One line a set.
pub(super) fn measure(sets: &[Set]) -> Result<String> {
    let mut text =
        String::from("| set | asked | among | recall@1 | recall@10 |\n|---|---|---|---|---|\n");
    for set in sets {
        let (ranks, among) = ranks(set)?;
        let share = |within: usize| {
            let found = ranks.iter().filter(|rank| rank.is_some_and(|rank| rank < within)).count();
            found as f64 / ranks.len().max(1) as f64
        };
        let asked = ranks.len();
        let (first, ten) = (share(1), share(10));
        let _ = writeln!(text, "| {} | {asked} | {among} | {first:.4} | {ten:.4} |", set.name);
    }
    Ok(text)
}

/// At which place each name that is asked for is found, and among how many.
fn ranks(set: &Set) -> Result<(Vec<Option<usize>>, usize)> {
    let person = set.persons()?;
    let mut accepted: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (pair, person) in set.pairs.iter().zip(&person) {
        accepted.entry(*person).or_default().push(fold(&pair.latin));
    }
    let mut latin: Vec<&str> = set.pairs.iter().map(|pair| pair.latin.as_str()).collect();
    latin.sort_unstable();
    latin.dedup();
    let mut index = NameIndex::default();
    let names: Vec<Name> = latin.par_iter().map(|name| Name::of(name)).collect();
    names.into_iter().for_each(|name| index.add(name));
    let rank = |at: &usize| {
        let right = &accepted[&person[*at]];
        let found = index.nearest(&Name::of(&set.pairs[*at].arabic), 10);
        found.iter().position(|found| right.contains(&fold(latin[found.name])))
    };
    Ok((set.asked.par_iter().map(rank).collect(), latin.len()))
}
