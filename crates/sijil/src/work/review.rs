//! Open pairs in the order in which a user's answer tells most, side by side.

use std::collections::BTreeMap;

use super::material::Material;
use crate::model::{Record, RecordRef, Sex};

/// A pair of records to be decided on.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The earlier record.
    pub a: RecordRef,
    /// The later record.
    pub b: RecordRef,
    /// Probability that they are one person.
    pub probability: f64,
    /// What each says, field by field.
    pub rows: Vec<QuestionRow>,
}

/// One field of two records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionRow {
    /// Name of the field.
    pub field: &'static str,
    /// What the first says; empty where nothing.
    pub a: String,
    /// What the second says; empty where nothing.
    pub b: String,
}

impl QuestionRow {
    /// A sign behind fields that both give and that differ.
    pub fn mark(&self) -> &'static str {
        let differ = !self.a.is_empty() && !self.b.is_empty() && self.a != self.b;
        if differ { "  ≠" } else { "" }
    }
}

/// Open pairs, the most doubtful first: an answer on a pair that could go either way tells most.
pub fn review_queue(material: &Material) -> Vec<Question> {
    let records: BTreeMap<&RecordRef, &Record> =
        material.records.iter().map(|row| (&row.record.at, &row.record)).collect();
    let mut queue: Vec<Question> = material
        .open_pairs()
        .into_iter()
        .filter(|pair| pair.user.is_none())
        .filter_map(|pair| {
            let (a, b) = (records.get(&pair.a)?, records.get(&pair.b)?);
            Some(Question {
                a: pair.a.clone(),
                b: pair.b.clone(),
                probability: pair.probability,
                rows: rows(material, a, b),
            })
        })
        .collect();
    let doubt = |question: &Question| (question.probability - 0.5).abs();
    queue.sort_by(|x, y| {
        doubt(x).total_cmp(&doubt(y)).then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b)))
    });
    queue
}

/// Name of a field and what a record says in it.
type Field = (&'static str, fn(&Record) -> Option<String>);

fn rows(material: &Material, a: &Record, b: &Record) -> Vec<QuestionRow> {
    let fields: [Field; 11] = [
        ("name", |r| r.name.clone()),
        ("also", |r| r.name_other.clone()),
        ("father", |r| r.father.clone()),
        ("mother", |r| r.mother.clone()),
        ("sex", |r| r.sex.map(|sex| if sex == Sex::Female { "female" } else { "male" }.to_owned())),
        ("age", |r| r.age.map(|age| age.to_string())),
        ("born", |r| r.born.map(|day| day.to_string())),
        ("killed", |r| r.date.map(|day| day.to_string())),
        ("place", |r| r.place.clone().or_else(|| r.province.clone())),
        ("cause", |r| r.cause.clone()),
        ("party", |r| r.party.as_ref().map(|party| party.text.clone())),
    ];
    let list = |r: &Record| format!("{}, row {}", material.path(&r.at.item), r.at.row);
    let mut rows = vec![QuestionRow { field: "list", a: list(a), b: list(b) }];
    for (field, value) in fields {
        let (a, b) = (value(a).unwrap_or_default(), value(b).unwrap_or_default());
        if !a.is_empty() || !b.is_empty() {
            rows.push(QuestionRow { field, a, b });
        }
    }
    rows
}
