//! Retrieval: a name in Arabic is asked for among all Latin names of a list.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Instant;

use anyhow::Result;
use rayon::prelude::*;
use sijil_text::letters::fold;
use sijil_text::names::{Name, NameIndex};

use crate::names::data::{self, Pair, Use, used_for};
use crate::names::sets::People;

/// At most so many names are asked for.
const ASKED: usize = 2_000;

struct Set {
    name: &'static str,
    pairs: Vec<Pair>,
    asked: Vec<usize>,
}

fn sets() -> Result<Vec<Set>> {
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
        set("people of 25 countries", wikidata, measured),
        set("the fifth measured", fifth, all),
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

pub(super) fn measure() -> Result<String> {
    let mut text = String::from(
        "| set | asked | among | recall@1 | recall@10 | ms a query |\n|---|---|---|---|---|---|\n",
    );
    for set in sets()? {
        let mut people = People::known()?;
        let person: Vec<usize> = set.pairs.iter().map(|p| people.number(&p.arabic)).collect();
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
        let start = Instant::now();
        let ranks: Vec<Option<usize>> = set
            .asked
            .par_iter()
            .map(|at| {
                let arabic = &set.pairs[*at].arabic;
                let right = &accepted[&person[*at]];
                let found = index.nearest(&Name::of(arabic), 10);
                found.iter().position(|found| right.contains(&fold(latin[found.name])))
            })
            .collect();
        let time = start.elapsed().as_secs_f64() * 1000.0 * 2.0 / ranks.len() as f64;
        if let Ok(path) = std::env::var("SIJIL_NAMES_MISSES")
            && (set.name.starts_with("people") || set.name.starts_with("unseen"))
        {
            let mut out = String::new();
            for (at, rank) in set.asked.iter().zip(&ranks).filter(|(_, r)| **r != Some(0)) {
                let f = index.nearest(&Name::of(&set.pairs[*at].arabic), 1);
                let _ = writeln!(
                    out,
                    "{}\t{}\t{:?}\t{}",
                    set.pairs[*at].arabic,
                    set.pairs[*at].latin,
                    rank,
                    f.first().map_or("-", |f| latin[f.name])
                );
            }
            std::fs::write(format!("{path}.{}", &set.name[..6]), out)?;
        }
        if let Ok(path) = std::env::var("SIJIL_NAMES_MISSES")
            && (set.name.starts_with("four") || set.name.starts_with("journ"))
        {
            let mut c: BTreeMap<String, usize> = BTreeMap::new();
            for (at, _) in set.asked.iter().zip(&ranks).filter(|(_, r)| **r != Some(0)) {
                let q = Name::of(&set.pairs[*at].arabic);
                let t = Name::of(&set.pairs[*at].latin);
                let f = index.nearest(&q, 1);
                let Some(f) = f.first() else {
                    *c.entry("none".into()).or_default() += 1;
                    continue;
                };
                let f = Name::of(latin[f.name]);
                let ct = sijil_text::names::compare(&q, &t);
                let cf = sijil_text::names::compare(&q, &f);
                *c.entry(format!(
                    "shape q{} t{} f{} links t{} f{} odds {:.0}",
                    q.parts.len(),
                    t.parts.len(),
                    f.parts.len(),
                    ct.alignment.links.len(),
                    cf.alignment.links.len(),
                    cf.odds - ct.odds
                ))
                .or_default() += 1;
                if q.parts.len() == t.parts.len() && t.parts.len() == f.parts.len() {
                    for i in 0..q.parts.len() {
                        if t.parts[i].text != f.parts[i].text {
                            let e = sijil_text::names::evidence(&q.parts[i], &t.parts[i]);
                            let g = sijil_text::names::evidence(&q.parts[i], &f.parts[i]);
                            *c.entry(format!(
                                "tok{} {} {} {:.1}/{:.1} {} {:.1}/{:.1}",
                                i,
                                q.parts[i].text,
                                t.parts[i].text,
                                e.odds,
                                e.weight,
                                f.parts[i].text,
                                g.odds,
                                g.weight
                            ))
                            .or_default() += 1;
                        }
                    }
                }
            }
            let mut v: Vec<_> = c.into_iter().collect();
            v.sort_by_key(|x| usize::MAX - x.1);
            std::fs::write(
                format!("{path}.{}", &set.name[..4]),
                v.iter().map(|(k, n)| format!("{n} {k}\n")).collect::<String>(),
            )?;
        }
        let share = |within: usize| {
            ranks.iter().filter(|rank| rank.is_some_and(|rank| rank < within)).count() as f64
                / ranks.len() as f64
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {:.4} | {:.4} | {time:.1} |",
            set.name,
            ranks.len(),
            latin.len(),
            share(1),
            share(10)
        );
    }
    Ok(text)
}
