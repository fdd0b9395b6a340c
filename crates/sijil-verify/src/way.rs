//! The way from a number to its bytes: every step must rest on what the bundle proves.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::rows::Rows;
use crate::text;

/// Length of the beginning of a hash by which a step names an item.
const SHORT: usize = 12;

/// Walks the way down; gives the number of its steps and what does not agree.
pub(crate) fn check(way: &Value, rows: &[Rows], items: &BTreeSet<String>) -> (usize, Vec<String>) {
    let mut known = Known::of(items);
    rows.iter().for_each(|part| known.learn(part));
    let mut findings = BTreeSet::new();
    let mut steps = 0;
    let mut next = vec![(way, None)];
    while let Some((step, above)) = next.pop() {
        steps += 1;
        let (kind, id) = (text(&step["kind"]), text(&step["id"]));
        if !known.proves(&kind, &id, above) {
            findings.insert(format!("way: {kind} {id} rests on nothing in the bundle"));
        }
        for behind in step["behind"].as_array().into_iter().flatten() {
            next.push((behind, Some(step)));
        }
    }
    (steps, findings.into_iter().collect())
}

/// What the proved rows say, as the steps of a way name it.
struct Known<'i> {
    items: &'i BTreeSet<String>,
    /// `short-sheet-row`
    records: BTreeSet<String>,
    persons: BTreeSet<String>,
    /// `record~record`
    judgements: BTreeSet<String>,
    /// `short-start`, with where it ends and the words that stand there.
    claims: BTreeMap<String, (usize, String)>,
    entities: BTreeSet<String>,
    /// Item and text.
    documents: Vec<(String, Vec<char>)>,
}

impl<'i> Known<'i> {
    fn of(items: &'i BTreeSet<String>) -> Self {
        Self {
            items,
            records: BTreeSet::new(),
            persons: BTreeSet::new(),
            judgements: BTreeSet::new(),
            claims: BTreeMap::new(),
            entities: BTreeSet::new(),
            documents: Vec::new(),
        }
    }

    fn learn(&mut self, part: &Rows) {
        for row in part.brought() {
            let of = |name: &str| row.get(name).map(|value| text(value)).unwrap_or_default();
            let number = |name: &str| row.get(name).and_then(|value| value.as_i64()).unwrap_or(-1);
            let record = |item: &str, sheet: &str, row: &str| {
                format!("{}-{}-{}", short(&of(item)), of(sheet), number(row))
            };
            match part.table.as_str() {
                "record" => drop(self.records.insert(record("item", "sheet", "row"))),
                "membership" => drop(self.persons.insert(of("person"))),
                "entity" => drop(self.entities.insert(of("id"))),
                "document" => self.documents.push((of("item"), of("text").chars().collect())),
                "judgement" => {
                    let pair = [
                        record("a_item", "a_sheet", "a_row"),
                        record("b_item", "b_sheet", "b_row"),
                    ];
                    self.judgements.insert(pair.join("~"));
                }
                "statement" if of("kind") == "claim" => {
                    let body: Value = serde_json::from_str(&of("body")).unwrap_or_default();
                    let name = format!("{}-{}", short(&of("item")), body["span"]["start"]);
                    let end =
                        body["span"]["end"].as_u64().and_then(|end| usize::try_from(end).ok());
                    self.claims.insert(name, (end.unwrap_or(0), text(&body["surface"])));
                }
                _ => {}
            }
        }
    }

    fn proves(&self, kind: &str, id: &str, above: Option<&Value>) -> bool {
        match kind {
            "item" => self.items.contains(id),
            "record" => self.records.contains(id),
            "person" => self.persons.contains(id),
            "judgement" => self.judgements.contains(id),
            "claim" => self.is_read_there(id).is_some(),
            "incident" => self.entities.contains(id),
            "span" => above
                .and_then(|claim| self.is_read_there(claim["id"].as_str()?))
                .is_some_and(|span| span == id),
            // The number itself is what the rest proves.
            "figure" => above.is_none(),
            _ => false,
        }
    }

    /// The span of a claim, where its words stand in a document of the bundle.
    fn is_read_there(&self, claim: &str) -> Option<String> {
        let (item, start) = claim.rsplit_once('-')?;
        let (end, surface) = self.claims.get(claim)?;
        let range = start.parse::<usize>().ok()?..*end;
        let mut texts = self.documents.iter().filter(|(of, _)| short(of) == item);
        let there = |(_, text): &(String, Vec<char>)| {
            text.get(range.clone())
                .is_some_and(|words| words.iter().collect::<String>() == *surface)
        };
        texts.any(there).then(|| format!("{start}..{end}"))
    }
}

fn short(item: &str) -> &str {
    item.get(..SHORT).unwrap_or(item)
}
