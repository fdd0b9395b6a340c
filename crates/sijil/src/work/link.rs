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
const RULE: &str = "linkage 2";

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
    let persons = persons(records, &result.clusters, person_id);
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
                user: None,
            }
        }));
    }
    pairs.extend(old.pairs.iter().filter(|pair| pair.rule.is_none()).cloned());
    // Where a human has decided on a pair, what a rule makes of it counts no longer.
    pairs.sort_by(|a, b| {
        let key = |pair: &PairRow| (pair.rule.is_some(), pair.verdict);
        (&a.a, &a.b).cmp(&(&b.a, &b.b)).then_with(|| key(a).cmp(&key(b)))
    });
    pairs.dedup_by(|a, b| a.a == b.a && a.b == b.b);
    LinkState { persons, pairs }
}

/// The person of each record. Two clusters never share a name: where `name` gives two the same,
/// the later one gets the next that it gives.
fn persons(
    records: &[Record],
    clusters: &[u32],
    name: impl Fn(&RecordRef, u32) -> PersonId,
) -> BTreeMap<RecordRef, PersonId> {
    let mut holders: BTreeMap<PersonId, u32> = BTreeMap::new();
    let mut names: BTreeMap<u32, PersonId> = BTreeMap::new();
    let mut persons = BTreeMap::new();
    for (record, first) in records.iter().zip(clusters) {
        let id = names.entry(*first).or_insert_with(|| {
            let at = &records[*first as usize].at;
            let mut tries = 0..;
            loop {
                let id = name(at, tries.next().unwrap_or(u32::MAX));
                if *holders.entry(id.clone()).or_insert(*first) == *first {
                    return id;
                }
            }
        });
        persons.insert(record.at.clone(), id.clone());
    }
    persons
}

/// Digits and letters that are not taken for each other (no i, l, o, u).
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A person is named after its first record: the same records, the same name, on every machine.
/// 80 bits in groups of four, such as `p-4k7q-9xd2-m3fa-7e1c`.
fn person_id(at: &RecordRef, again: u32) -> PersonId {
    let mut hash = Sha256::new();
    hash.update(format!("{}\n{}\n{}", at.item, at.sheet, at.row));
    if again > 0 {
        hash.update(format!("\n{again}"));
    }
    let mut bits =
        hash.finalize().iter().take(16).fold(0_u128, |all, b| (all << 8) | u128::from(*b));
    let mut id = "p".to_owned();
    for nth in 0..16 {
        if nth % 4 == 0 {
            id.push('-');
        }
        // The highest five bits.
        id.push(char::from(DIGITS[(bits >> 123) as usize]));
        bits <<= 5;
    }
    PersonId(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ItemId;

    fn at(row: u64) -> RecordRef {
        RecordRef { item: ItemId("0".repeat(64)), sheet: String::new(), row }
    }

    fn records(count: u64) -> Vec<Record> {
        let text =
            |row| format!(r#"{{"at":{{"item":"{}","sheet":"","row":{row}}}}}"#, "0".repeat(64));
        (0..count).map(|row| serde_json::from_str(&text(row)).unwrap()).collect()
    }

    #[test]
    fn names_of_persons_are_long_and_readable() {
        let PersonId(id) = person_id(&at(7), 0);
        assert_eq!(id.len(), "p-4k7q-9xd2-m3fa-7e1c".len());
        let groups: Vec<&str> = id.split('-').skip(1).collect();
        assert!(groups.iter().all(|group| group.len() == 4), "{id}");
        assert_ne!(person_id(&at(7), 0), person_id(&at(8), 0));
        assert_ne!(person_id(&at(7), 0), person_id(&at(7), 1));
    }

    #[test]
    fn clusters_whose_names_meet_stay_apart() {
        // A name that is the same for every record until it is asked again.
        let name =
            |at: &RecordRef, again: u32| PersonId(format!("p-{}", u64::from(again) * at.row));
        let persons = persons(&records(3), &[0, 1, 1], name);
        assert_ne!(persons[&at(0)], persons[&at(1)]);
        assert_eq!(persons[&at(1)], persons[&at(2)]);
    }

    #[test]
    fn a_humans_verdict_takes_the_place_of_a_rules() {
        let records = records(2);
        let pair = |verdict, rule: Option<&str>| PairRow {
            a: at(0),
            b: at(1),
            verdict,
            probability: 1.0,
            why: Vec::new(),
            rule: rule.map(str::to_owned),
            user: rule.is_none().then(|| "a reviewer".to_owned()),
        };
        let human = pair(Verdict::Different, None);
        let old = LinkState { persons: BTreeMap::new(), pairs: vec![human.clone()] };
        let found = linkage::Pair { a: 0, b: 1, probability: 0.9, weight: 3.0, parts: Vec::new() };
        let result = linkage::Linked {
            clusters: vec![0, 1],
            joined: vec![found],
            ..linkage::Linked::default()
        };
        assert_eq!(state(&records, &result, &old).pairs, [human]);
    }
}
