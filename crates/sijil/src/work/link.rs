//! Links records into persons, and writes every decision with the rule that made it.

use std::collections::BTreeMap;

use serde_json::json;
use sha2::{Digest, Sha256};
use sijil_linkage::{self as linkage, Field, Kind, Row, Ruling, Settings, Spec, Value};

use super::error::Result;
use super::progress::{Hand, Progress};
use crate::model::{PersonId, Record, RecordRef, Sex};
use crate::register::{AsOf, LinkState, PairRow, Register, Verdict};

/// Name of the rule that joins and leaves open; raise it when linkage decides otherwise.
const RULE: &str = "linkage 1";

/// What came of linking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// Records linked.
    pub records: u64,
    /// Persons behind them.
    pub persons: u64,
    /// Pairs left open for a human.
    pub open: u64,
    /// What linkage wants the user to know (oversized blocks, fields left out).
    pub notes: Vec<String>,
}

/// Links all records of the register into persons; does nothing when nothing has changed.
///
/// # Errors
/// When the register fails.
pub fn link(register: &mut Register, hand: Hand<'_>, progress: &dyn Progress) -> Result<Linked> {
    let records: Vec<Record> =
        register.records(AsOf::NOW)?.into_iter().map(|row| row.record).collect();
    let old = register.links(AsOf::NOW)?;
    progress.begin("linkage", 1);
    let rulings = rulings(&records, &old);
    let inputs = fingerprint(&records, &rulings);
    if last_inputs(register)?.as_deref() == Some(&inputs)
        || (records.is_empty() && old.persons.is_empty())
    {
        progress.end();
        return Ok(summary(&records, &old, Vec::new()));
    }
    let result = linkage::link(&rows(&records), &spec(), &rulings, &Settings::default());
    let new = state(&records, &result, &old);
    let mut write = register.write()?;
    let changed = write.change_links(&old, &new)?;
    let done = summary(&records, &new, result.notes);
    let body = json!({
        "rule": RULE, "inputs": inputs, "records": done.records, "persons": done.persons,
        "open": done.open, "changed": changed, "notes": done.notes,
    });
    write.append(hand.clock.now(), hand.name, "link", &body)?;
    write.commit()?;
    progress.step(1);
    progress.end();
    Ok(done)
}

fn summary(records: &[Record], state: &LinkState, notes: Vec<String>) -> Linked {
    let mut persons: Vec<&PersonId> = state.persons.values().collect();
    persons.sort();
    persons.dedup();
    let open = state.pairs.iter().filter(|p| p.verdict == Verdict::Open).count();
    Linked {
        records: records.len() as u64,
        persons: persons.len() as u64,
        open: open as u64,
        notes,
    }
}

fn last_inputs(register: &Register) -> Result<Option<String>> {
    let entry = register.last_entry("link")?;
    Ok(entry.and_then(|entry| Some(entry.said().get("inputs")?.as_str()?.to_owned())))
}

fn fingerprint(records: &[Record], rulings: &[Ruling]) -> String {
    let mut hash = Sha256::new();
    hash.update(RULE);
    for record in records {
        let line = serde_json::to_vec(record).expect("a record is plain data");
        hash.update((line.len() as u64).to_be_bytes());
        hash.update(line);
    }
    for ruling in rulings {
        hash.update(ruling.a.to_be_bytes());
        hash.update(ruling.b.to_be_bytes());
        hash.update([u8::from(matches!(ruling.verdict, linkage::Verdict::Same))]);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Human judgements as hard constraints.
fn rulings(records: &[Record], state: &LinkState) -> Vec<Ruling> {
    let index = index(records);
    let human = state.pairs.iter().filter(|pair| pair.rule.is_none());
    human
        .filter_map(|pair| {
            let verdict = match pair.verdict {
                Verdict::Same => linkage::Verdict::Same,
                Verdict::Different => linkage::Verdict::Different,
                Verdict::Open => return None,
            };
            Some(Ruling { a: *index.get(&pair.a)?, b: *index.get(&pair.b)?, verdict })
        })
        .collect()
}

fn index(records: &[Record]) -> BTreeMap<&RecordRef, u32> {
    records.iter().zip(0..).map(|(record, number)| (&record.at, number)).collect()
}

/// The fields that persons are compared by.
fn spec() -> Spec {
    let field = |name: &str, kind| Field { name: name.to_owned(), kind };
    Spec {
        fields: vec![
            field("name", Kind::Name),
            field("father", Kind::PartName),
            field("mother", Kind::PartName),
            field("sex", Kind::Sex),
            field("age", Kind::Age),
            field("born", Kind::Date),
            field("date", Kind::Date),
            field("place", Kind::Place),
        ],
    }
}

fn rows(records: &[Record]) -> Vec<Row> {
    let mut lists: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    records
        .iter()
        .map(|record| {
            let next = u32::try_from(lists.len()).unwrap_or(u32::MAX);
            let list = *lists.entry((&record.at.item.0, &record.at.sheet)).or_insert(next);
            let text = |value: &Option<String>| value.clone().map(Value::Text);
            let sex = record.sex.map(|sex| match sex {
                Sex::Female => Value::Text("f".to_owned()),
                Sex::Male => Value::Text("m".to_owned()),
            });
            Row {
                list,
                values: vec![
                    text(&record.name),
                    text(&record.father),
                    text(&record.mother),
                    sex,
                    record.age.map(|age| Value::Number(i64::from(age))),
                    record.born.map(Value::Date),
                    record.date.map(Value::Date),
                    text(&record.place_id).or_else(|| text(&record.place)),
                ],
            }
        })
        .collect()
}

fn state(records: &[Record], result: &linkage::Linked, old: &LinkState) -> LinkState {
    let persons = records
        .iter()
        .zip(&result.clusters)
        .map(|(record, first)| (record.at.clone(), person_id(&records[*first as usize].at)))
        .collect();
    let mut pairs: Vec<PairRow> = Vec::new();
    for (found, verdict) in [(&result.joined, Verdict::Same), (&result.open, Verdict::Open)] {
        pairs.extend(found.iter().map(|pair| {
            let (a, b) = (&records[pair.a as usize].at, &records[pair.b as usize].at);
            let (a, b) = if a <= b { (a, b) } else { (b, a) };
            PairRow {
                a: a.clone(),
                b: b.clone(),
                verdict,
                // Three decimals: what a reader can use, and the same on every machine.
                probability: (pair.probability * 1000.0).round() / 1000.0,
                why: pair
                    .parts
                    .iter()
                    .map(|part| format!("{}: {}", part.field, part.level))
                    .collect(),
                rule: Some(RULE.to_owned()),
            }
        }));
    }
    pairs.extend(old.pairs.iter().filter(|pair| pair.rule.is_none()).cloned());
    pairs.sort_by(|a, b| (&a.a, &a.b, a.verdict).cmp(&(&b.a, &b.b, b.verdict)));
    pairs.dedup_by(|a, b| a.a == b.a && a.b == b.b);
    LinkState { persons, pairs }
}

/// A person is named after its first record: the same records, the same name, on every machine.
fn person_id(at: &RecordRef) -> PersonId {
    let mut hash = Sha256::new();
    hash.update(format!("{}\n{}\n{}", at.item, at.sheet, at.row));
    let digits: String = hash.finalize().iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    PersonId(format!("p-{digits}"))
}
