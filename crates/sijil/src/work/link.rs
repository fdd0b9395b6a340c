//! Links records into persons, and writes every decision with the rule that made it.

use std::collections::BTreeMap;

use serde_json::json;
use sha2::{Digest, Sha256};
use sijil_linkage::{self as linkage, Field, Kind, Row, Ruling, Settings, Spec, Value};
use sijil_text::letters::{Script, script_of};

use super::error::Result;
use super::judged::Judged;
use super::naming::{person_id, persons};
use super::progress::{Hand, Progress};
use crate::model::{PersonId, Record, RecordRef, Sex};
use crate::register::{AsOf, LinkState, PairRow, Register, Verdict};

/// Name of the rule that joins and leaves open; raise it when linkage decides otherwise.
const RULE: &str = "linkage 4";

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
    let rows = Judged::of(register, AsOf::NOW)?.counted(register.records(AsOf::NOW)?);
    let records: Vec<Record> = rows.into_iter().map(|row| row.record).collect();
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
    let result = linkage::link(&self::rows(&records), &spec(), &rulings, &Settings::default());
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
pub(super) fn spec() -> Spec {
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

/// The script that most names are given in, on lists that give one form of them or two.
fn common_script(records: &[Record]) -> Script {
    let forms = records.iter().flat_map(|record| [&record.name, &record.name_other]).flatten();
    let (mut arabic, mut latin) = (0_usize, 0_usize);
    for form in forms {
        match script_of(form) {
            Script::Arabic => arabic += 1,
            Script::Latin => latin += 1,
            Script::Other => {}
        }
    }
    if arabic > latin { Script::Arabic } else { Script::Latin }
}

/// The form of a name that most others can be compared with letter by letter: the one in the
/// common script, else the one that there is. Only one, so that no name counts twice.
fn name_in(record: &Record, common: Script) -> Option<&String> {
    let forms = || [&record.name, &record.name_other].into_iter().flatten();
    forms().find(|form| script_of(form) == common).or_else(|| forms().next())
}

/// One row a record, with the values of [`spec`].
pub(super) fn rows(records: &[Record]) -> Vec<Row> {
    let mut lists: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let common = common_script(records);
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
                    name_in(record, common).cloned().map(Value::Text),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::samples::{at, records};

    #[test]
    fn of_two_forms_of_a_name_the_one_in_the_common_script_is_compared() {
        let mut records = records(3);
        records[0].name = Some("سامي يوسف".to_owned());
        records[0].name_other = Some("Sami Yusuf".to_owned());
        records[1].name = Some("Samy Yusuf".to_owned());
        records[2].name_other = Some("ليلى نجار".to_owned());
        let common = |records: &[Record]| -> Vec<Option<String>> {
            let script = common_script(records);
            records.iter().map(|record| name_in(record, script).cloned()).collect()
        };
        let some = |name: &str| Some(name.to_owned());
        let latin = [some("Sami Yusuf"), some("Samy Yusuf"), some("ليلى نجار")];
        assert_eq!(common(&records), latin);
        records[1].name = Some("سامى يوسف".to_owned());
        let arabic = [some("سامي يوسف"), some("سامى يوسف"), some("ليلى نجار")];
        assert_eq!(common(&records), arabic);
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
