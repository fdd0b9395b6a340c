//! Walks a number back: figure, persons or claims, records, judgements or spans, items, bytes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sijil_claims::accounts::StatementRef;

use super::coded;
use super::count::{Query, count};
use super::error::{Error, Result};
use super::material::Material;
use super::slices::Slices;
use crate::model::entity::{Body, Entity, Member};
use crate::model::{Basis, Cell, ItemId, MarkId, Person, Record, RecordRef};
use crate::register::{CapturedItem, PairRow};

/// One step on the way from a number to the bytes it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Node {
    /// figure, person, record, judgement, claim, span, incident, place, publication or item.
    pub kind: &'static str,
    /// Name in the register.
    pub id: String,
    /// What it says, for a reader.
    pub text: String,
    /// What it rests on.
    pub behind: Vec<Node>,
}

/// Walks back `what`: a cell (`documented:party=state forces`, `reported:governorate=Latakia`;
/// `coded:dataset=…;day=…`; several keys with `;`, limits such as `population=civilians` or `from=2025-03-06` among them;
/// `documented:` and `reported:` alone for the totals), a person's or a claim's name, or an item's
/// hash or its beginning, or an incident's name.
///
/// # Errors
/// When nothing has that name.
pub fn trace(material: &Material, what: &str) -> Result<Node> {
    let walk = Walk::of(material);
    for basis in [Basis::Documented, Basis::Reported, Basis::Coded] {
        if let Some(keys) = what.strip_prefix(&format!("{basis}:")) {
            return walk.cell(basis, &Query::of_keys(keys)?, what);
        }
    }
    if let Some(person) = material.persons.iter().find(|p| p.id.0 == what) {
        return Ok(walk.person(person));
    }
    for (at, row, claim) in material.claims() {
        if format!("{}-{}", row.item.short(), claim.span.start) == what {
            return Ok(walk.claim(at));
        }
    }
    if let Some(incident) = material.incidents.iter().find(|entity| entity.id.0 == what) {
        return Ok(walk.incident(incident));
    }
    if let Some(incident) = coded::find(material, what) {
        return Ok(incident);
    }
    if what.len() >= 8
        && let Some(captured) = material.items.iter().find(|i| i.item.id.0.starts_with(what))
    {
        return Ok(walk.item(&captured.item.id));
    }
    Err(Error::Unknown(format!(
        "nothing is called {what:?}; take a cell from `sijil count --format csv`, a claim from \
         claims.csv or a person from persons.csv"
    )))
}

/// The material with what is looked up often.
struct Walk<'m> {
    material: &'m Material,
    items: BTreeMap<&'m ItemId, &'m CapturedItem>,
    records: BTreeMap<&'m RecordRef, &'m Record>,
    /// Judgements that each record has a part in.
    judgements: BTreeMap<&'m RecordRef, Vec<&'m PairRow>>,
}

impl<'m> Walk<'m> {
    fn of(material: &'m Material) -> Self {
        let mut judgements: BTreeMap<&RecordRef, Vec<&PairRow>> = BTreeMap::new();
        for pair in &material.pairs {
            for record in [&pair.a, &pair.b] {
                judgements.entry(record).or_default().push(pair);
            }
        }
        let items = material.items.iter().map(|captured| (&captured.item.id, captured));
        let records = material.records.iter().map(|row| (&row.record.at, &row.record));
        Self { material, items: items.collect(), records: records.collect(), judgements }
    }

    fn cell(&self, basis: Basis, query: &Query, what: &str) -> Result<Node> {
        let tables = count(self.material, query)?;
        let cells = tables.iter().filter(|t| t.basis == basis).flat_map(|t| &t.cells);
        let named: Vec<(String, &Cell)> =
            cells.map(|cell| (query.name(basis, cell), cell)).collect();
        let Some((name, cell)) = named.iter().find(|(name, _)| name == what) else {
            let first: Vec<&str> = named.iter().take(8).map(|(name, _)| name.as_str()).collect();
            return Err(Error::Unknown(format!(
                "there is no cell {what:?}; there are {}",
                if first.is_empty() { "none of this kind".to_owned() } else { first.join(" · ") }
            )));
        };
        let mut figure = self.figure(name, cell);
        if basis == Basis::Coded {
            figure.behind = coded::behind(self.material, query, cell);
        }
        Ok(figure)
    }

    fn figure(&self, name: &str, cell: &Cell) -> Node {
        let figure = &cell.figure;
        let end = |value: Option<u64>| value.map_or("open".to_owned(), |n| n.to_string());
        let text = format!(
            "low {} ({}); best {} ({}); high {} ({})",
            end(figure.low.value),
            figure.low.reason,
            end(figure.best.value),
            figure.best.reason,
            end(figure.high.value),
            figure.high.reason
        );
        let mut behind: Vec<Node> = Vec::new();
        for id in &cell.persons {
            let person = self.material.persons.binary_search_by(|p| p.id.cmp(id));
            behind.extend(person.ok().map(|index| self.person(&self.material.persons[index])));
        }
        let marks = cell.marks.iter();
        behind.extend(marks.filter_map(|mark| Some(self.claim(self.statement_of(*mark)?))));
        Node { kind: "figure", id: name.to_owned(), text, behind }
    }

    fn statement_of(&self, mark: MarkId) -> Option<StatementRef> {
        let mut all = self.material.claims().map(|(at, _, _)| at);
        all.find(|at| self.material.claim_mark(*at) == mark)
    }

    /// An incident with the claims that tell of it and the persons behind its records.
    fn incident(&self, entity: &Entity) -> Node {
        let Body::Incident(incident) = &entity.body else {
            return Node {
                kind: "incident",
                id: entity.id.0.clone(),
                text: String::new(),
                behind: Vec::new(),
            };
        };
        let mut behind = Vec::new();
        let mut persons: BTreeSet<usize> = BTreeSet::new();
        for member in &incident.members {
            match member {
                Member::Claim(at) => {
                    behind.extend(self.material.claim_at(at).map(|(at, _)| self.claim(at)));
                }
                Member::Record(at) => {
                    let holds = |p: &Person| p.records.iter().any(|record| record.at == *at);
                    persons.extend(self.material.persons.iter().position(holds));
                }
            }
        }
        behind.extend(persons.into_iter().map(|at| self.person(&self.material.persons[at])));
        Node { kind: "incident", id: entity.id.0.clone(), text: incident.title.clone(), behind }
    }

    fn person(&self, person: &Person) -> Node {
        let mut behind: Vec<Node> = person.records.iter().map(|r| self.record(r)).collect();
        let own = |at: &RecordRef| person.records.iter().any(|record| record.at == *at);
        for record in &person.records {
            let pairs = self.judgements.get(&record.at).into_iter().flatten();
            // Once where both records are this person's, under the earlier one.
            let pairs = pairs.filter(|pair| pair.a == record.at || !own(&pair.a));
            behind.extend(pairs.map(|pair| self.judgement(pair)));
        }
        let contested = match person.contested.as_slice() {
            [] => String::new(),
            fields => format!("; records contradict each other in {}", fields.join(", ")),
        };
        let text = format!("one person behind {} records{contested}", person.records.len());
        Node { kind: "person", id: person.id.0.clone(), text, behind }
    }

    /// A decision on two records: what, by whom, how likely, why.
    fn judgement(&self, pair: &PairRow) -> Node {
        let by = match (&pair.rule, &pair.user) {
            (Some(rule), _) => format!("rule {rule}"),
            (None, Some(user)) => format!("the human {user}"),
            (None, None) => "a human".to_owned(),
        };
        let why = pair.why.join("; ");
        let text =
            format!("{}, by {by}, probability {} ({why})", pair.verdict.code(), pair.probability);
        let records = [&pair.a, &pair.b].into_iter().filter_map(|at| self.records.get(at));
        let behind = records.map(|record| self.record(record)).collect();
        let id = format!("{}~{}", record_id(&pair.a), record_id(&pair.b));
        Node { kind: "judgement", id, text, behind }
    }

    fn record(&self, record: &Record) -> Node {
        let at = &record.at;
        let sheet =
            if at.sheet.is_empty() { String::new() } else { format!("sheet {}, ", at.sheet) };
        let text = format!("{}, {sheet}row {}", self.material.path(&at.item), at.row);
        Node { kind: "record", id: record_id(at), text, behind: vec![self.item(&at.item)] }
    }

    fn claim(&self, at: StatementRef) -> Node {
        let row = &self.material.documents[at.document];
        let claim = self.material.claim(at);
        let source = claim.source.as_ref().map_or_else(
            || row.document.outlet.clone().unwrap_or_else(|| self.material.name_of(row)),
            |speaker| speaker.text.clone(),
        );
        let sentence = Slices::of(&row.document.text).get(claim.sentence.start, claim.sentence.end);
        let one_line = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        let span = Node {
            kind: "span",
            id: format!("{}..{}", claim.span.start, claim.span.end),
            text: one_line,
            behind: vec![self.item(&row.item)],
        };
        Node {
            kind: "claim",
            id: format!("{}-{}", row.item.short(), claim.span.start),
            text: format!("{source}: {} {}", claim.surface, claim.act.code()),
            behind: vec![span],
        }
    }

    fn item(&self, item: &ItemId) -> Node {
        let captured = self.items.get(item);
        let text =
            captured.map_or_else(String::new, |c| format!("{}, {} bytes", c.path, c.item.bytes));
        Node { kind: "item", id: item.0.clone(), text, behind: Vec::new() }
    }
}

fn record_id(at: &RecordRef) -> String {
    format!("{}-{}-{}", at.item.short(), at.sheet, at.row)
}
