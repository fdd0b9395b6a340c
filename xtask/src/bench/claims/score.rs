//! Counts of right and wrong for one article, and the measures that they give.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What was found in articles; sums over articles are sums of these.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    /// Claims in the gold.
    pub(super) gold: u64,
    read: u64,
    found: u64,
    bounds: u64,
    source: u64,
    party: u64,
    victims: u64,
    scope: u64,
    days: u64,
    places: [u64; 3],
    parents: [u64; 3],
}

/// A measure's name and how it follows from the counts.
type Measure = (&'static str, fn(&Counts) -> f64);

/// Every measure, in the order of the table.
pub(super) const MEASURES: &[Measure] = &[
    ("found: precision", |c| share(c.found, c.read)),
    ("found: recall", |c| share(c.found, c.gold)),
    ("found: F1", |c| f1(c.found, c.read, c.gold)),
    ("count bounds right, of the found", |c| share(c.bounds, c.found)),
    ("source right", |c| share(c.source, c.found)),
    ("classes of the parties right", |c| share(c.party, c.found)),
    ("kinds of victims right", |c| share(c.victims, c.found)),
    ("scope right", |c| share(c.scope, c.found)),
    ("both days right", |c| share(c.days, c.found)),
    ("places: F1", |c| f1(c.places[0], c.places[1], c.places[2])),
    ("links to totals: F1", |c| f1(c.parents[0], c.parents[1], c.parents[2])),
];

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn f1(both: u64, read: u64, gold: u64) -> f64 {
    share(2 * both, read + gold)
}

impl Counts {
    /// Adds another article's counts.
    pub(super) fn add(&mut self, other: &Self) {
        self.gold += other.gold;
        self.read += other.read;
        self.found += other.found;
        self.bounds += other.bounds;
        self.source += other.source;
        self.party += other.party;
        self.victims += other.victims;
        self.scope += other.scope;
        self.days += other.days;
        for n in 0..3 {
            self.places[n] += other.places[n];
            self.parents[n] += other.parents[n];
        }
    }
}

/// Compares the claims read out of an article with those that a reader wrote down.
pub(super) fn count(gold: &[Value], read: &[Value]) -> Counts {
    let mut counts =
        Counts { gold: gold.len() as u64, read: read.len() as u64, ..Counts::default() };
    let pairs = pairs(gold, read);
    let gold_of: BTreeMap<&str, &str> =
        pairs.iter().map(|(g, r)| (text(&r["id"]), text(&g["id"]))).collect();
    counts.parents[1] += read.iter().filter(|r| !r["parent"].is_null()).count() as u64;
    counts.parents[2] += gold.iter().filter(|g| !g["parent"].is_null()).count() as u64;
    for (g, r) in pairs {
        let same = |field: &str| u64::from(g[field] == r[field]);
        counts.found += 1;
        counts.bounds += same("count_low") * same("count_high");
        counts.scope += same("scope");
        counts.days += same("date_start") * same("date_end");
        counts.source += u64::from(source_agrees(g, r));
        counts.party += u64::from(classes(g) == classes(r));
        counts.victims += u64::from(texts(&g["victims_class"]) == texts(&r["victims_class"]));
        let (here, there) = (texts(&g["place"]), texts(&r["place"]));
        counts.places[0] += here.intersection(&there).count() as u64;
        counts.places[1] += there.len() as u64;
        counts.places[2] += here.len() as u64;
        let parent = gold_of.get(text(&r["parent"])).copied();
        let agrees = !r["parent"].is_null() && parent == g["parent"].as_str();
        counts.parents[0] += u64::from(agrees && parent.is_some());
    }
    counts
}

/// Each gold claim with the claim read that overlaps it most, of the same act, each once.
fn pairs<'v>(gold: &'v [Value], read: &'v [Value]) -> Vec<(&'v Value, &'v Value)> {
    let mut left: Vec<&Value> = read.iter().collect();
    let mut pairs = Vec::new();
    for g in gold {
        let overlap = |r: &Value| {
            let start = number(&g["start"]).max(number(&r["start"]));
            number(&g["end"]).min(number(&r["end"])).saturating_sub(start)
        };
        let candidates = left.iter().enumerate().filter(|(_, r)| r["act"] == g["act"]);
        let best = candidates.map(|(at, r)| (overlap(r), at)).filter(|(o, _)| *o > 0);
        if let Some((_, at)) = best.max_by_key(|(overlap, at)| (*overlap, std::cmp::Reverse(*at))) {
            pairs.push((g, left.remove(at)));
        }
    }
    pairs
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or(0)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn texts(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().map(|t| text(t).to_lowercase()).collect()
}

fn classes(claim: &Value) -> BTreeSet<String> {
    let parties = claim["perpetrators"].as_array().into_iter().flatten();
    parties.map(|p| text(&p["class"]).to_owned()).collect()
}

/// The same name, one within the other, or another name that the gold accepts.
fn source_agrees(gold: &Value, read: &Value) -> bool {
    let said = name(&read["source"]);
    let accepted: Vec<String> = std::iter::once(&gold["source"])
        .chain(gold["source_alt"].as_array().into_iter().flatten())
        .map(name)
        .collect();
    accepted.iter().any(|name| {
        if name.is_empty() || said.is_empty() {
            return name.is_empty() && said.is_empty();
        }
        name.contains(said.as_str()) || said.contains(name.as_str())
    })
}

fn name(value: &Value) -> String {
    let name = text(value).to_lowercase();
    ["the ", "a ", "an "].iter().find_map(|a| name.strip_prefix(a)).unwrap_or(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn overlap_of_one_act_is_found_and_fields_are_compared() {
        let gold = [json!({"id": "a#1", "start": 5, "end": 9, "act": "killed", "count_low": 3,
            "count_high": 3, "scope": "incident", "source": "The Office", "place": ["Jableh"],
            "perpetrators": [{"class": "state"}], "victims_class": ["women"], "parent": null})];
        let read = [
            json!({"id": "x#1", "start": 0, "end": 9, "act": "injured"}),
            json!({"id": "x#2", "start": 7, "end": 9, "act": "killed", "count_low": 3,
                "count_high": 4, "scope": "incident", "source": "office", "place": ["jableh", "x"],
                "perpetrators": [], "victims_class": ["women"], "parent": null}),
        ];
        let counts = count(&gold, &read);
        assert_eq!((counts.gold, counts.read, counts.found), (1, 2, 1));
        assert_eq!((counts.bounds, counts.source, counts.party, counts.victims), (0, 1, 0, 1));
        assert_eq!(counts.places, [1, 2, 1]);
    }
}
