//! Walks a number back: figure, persons or claims, records, judgements or spans, items, bytes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sijil_claims::Claim;
use sijil_claims::accounts::StatementRef;

use super::coded;
use super::count::{Query, count_in};
use super::error::{Error, Result};
use super::extract::{gazetteer, settings};
use super::material::Material;
use super::reported::reported;
use super::slices::Slices;
use super::tally::Tally;
use crate::model::entity::{Body, EntityId, EntityKind, Member};
use crate::model::{Basis, Cell, ItemId, MarkId, Person, PersonId, RecordRef};
use crate::register::{AsOf, DocumentRow, PairRow, Register};

/// One step on the way from a number to the bytes it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Node {
    /// figure, person, record, judgement, claim, span or item.
    pub kind: &'static str,
    /// Name in the register.
    pub id: String,
    /// What it says, for a reader.
    pub text: String,
    /// What it rests on.
    pub behind: Vec<Node>,
}

/// Walks back `what`: a cell (`documented:party=state forces`, `reported:governorate=Latakia`;
/// `coded:dataset=…;day=…`; several keys with `;`, limits such as `population=civilians` or
/// `from=2025-03-06` among them; `documented:` and `reported:` alone for the totals), a person's, a
/// claim's or an incident's name, or an item's hash or its beginning.
///
/// # Errors
/// When nothing has that name, or the register cannot be read.
pub fn trace(register: &Register, as_of: AsOf, what: &str) -> Result<Node> {
    let mut walk = Walk { register, as_of, items: BTreeMap::new() };
    if let Some(keys) = what.strip_prefix(&format!("{}:", Basis::Documented)) {
        let (query, labels) = Query::of_keys(keys)?;
        if query.needs_records() {
            return walk.loaded(&query, what);
        }
        return walk.documented(&query, &labels, what);
    }
    if let Some(keys) = what.strip_prefix(&format!("{}:", Basis::Coded)) {
        return walk.coded(&Query::of_keys(keys)?.0, what);
    }
    if let Some(keys) = what.strip_prefix(&format!("{}:", Basis::Reported)) {
        return walk.reported(&Query::of_keys(keys)?.0, what);
    }
    let person = walk.person(&PersonId(what.to_owned()))?;
    if !person.behind.is_empty() {
        return Ok(person);
    }
    if let Some((short, start)) = what.split_once('-')
        && let Some(claim) = walk.claim_called(short, start)?
    {
        return Ok(claim);
    }
    if let Some(incident) = walk.incident(what)? {
        return Ok(incident);
    }
    if what.len() >= LEAST_OF_HASH
        && let Some(captured) = register.items_beginning(what, as_of)?.first()
    {
        return walk.item(&captured.item.id);
    }
    Err(Error::Unknown(format!(
        "nothing is called {what:?}; take a cell from `sijil count --format csv`, a claim from \
         claims.csv or a person from persons.csv"
    )))
}

/// Digits of a hash that name an item.
const LEAST_OF_HASH: usize = 8;

/// A register at one point, read step by step: only what stands behind a number is looked up.
struct Walk<'r> {
    register: &'r Register,
    as_of: AsOf,
    /// Path and length of the items met so far.
    items: BTreeMap<ItemId, Option<(String, u64)>>,
}

impl Walk<'_> {
    fn documented(&mut self, query: &Query, labels: &[String], what: &str) -> Result<Node> {
        let (settings, _) = settings(self.register, self.as_of)?;
        let gazetteer = gazetteer(&settings);
        let tally = |labels| Tally::of(self.register, &gazetteer, self.as_of, query, labels);
        let there = tally(Some(labels))?;
        let cells = there.cells();
        let name = |cell| query.name(Basis::Documented, cell);
        let Some((cell, number)) = cells.iter().find(|(cell, _)| name(cell) == what) else {
            let all = tally(None)?.cells();
            return Err(no_cell(what, all.iter().map(|(cell, _)| name(cell))));
        };
        let mut persons = self.register.persons_at(&there.positions(*number))?;
        persons.sort();
        let behind =
            persons.iter().map(|person| self.person(person)).collect::<Result<Vec<Node>>>()?;
        Ok(figure(what, cell, behind))
    }

    /// A documented cell that rules of the register decide on: all persons are looked at.
    fn loaded(&mut self, query: &Query, what: &str) -> Result<Node> {
        let material = Material::of(self.register, self.as_of)?;
        let tables = count_in(&material, query);
        let cells = tables.iter().filter(|table| table.basis == Basis::Documented);
        let mut cells = cells.flat_map(|table| &table.cells);
        let name = |cell| query.name(Basis::Documented, cell);
        let Some(cell) = cells.clone().find(|cell| name(cell) == what) else {
            return Err(no_cell(what, cells.by_ref().map(name)));
        };
        let behind =
            cell.persons.iter().map(|person| self.person(person)).collect::<Result<Vec<Node>>>()?;
        Ok(figure(what, cell, behind))
    }

    /// A cell of coded incidents.
    fn coded(&mut self, query: &Query, what: &str) -> Result<Node> {
        let said = Material::said(self.register, self.as_of)?;
        let cells = coded::coded(&said, query);
        let name = |cell| query.name(Basis::Coded, cell);
        let Some(cell) = cells.iter().find(|cell| name(cell) == what) else {
            return Err(no_cell(what, cells.iter().map(name)));
        };
        Ok(figure(what, cell, coded::behind(&said, query, cell)))
    }

    /// An incident: of the register's own with the claims that tell of it and the persons behind
    /// its records, of a dataset with what it cites.
    fn incident(&mut self, id: &str) -> Result<Option<Node>> {
        let id = EntityId(id.to_owned());
        let Some(entity) = self.register.entity(EntityKind::Incident, &id, self.as_of)? else {
            return Ok(None);
        };
        let said = Material::said(self.register, self.as_of)?;
        let Body::Incident(incident) = &entity.body else { return Ok(None) };
        if incident.members.is_empty() {
            return Ok(coded::find(&said, &id.0));
        }
        let mut behind = Vec::new();
        let mut persons: BTreeSet<PersonId> = BTreeSet::new();
        for member in &incident.members {
            match member {
                Member::Claim(at) => {
                    if let Some((at, claim)) = said.claim_at(at) {
                        behind.push(self.claim(&said.documents[at.document], claim)?);
                    }
                }
                Member::Record(at) => persons.extend(self.register.person_of(at, self.as_of)?),
            }
        }
        for person in &persons {
            behind.push(self.person(person)?);
        }
        Ok(Some(Node { kind: "incident", id: id.0, text: incident.title.clone(), behind }))
    }

    fn reported(&mut self, query: &Query, what: &str) -> Result<Node> {
        let said = Material::said(self.register, self.as_of)?;
        let cells = reported(&said, query);
        let name = |cell| query.name(Basis::Reported, cell);
        let Some(cell) = cells.iter().find(|cell| name(cell) == what) else {
            return Err(no_cell(what, cells.iter().map(name)));
        };
        let marks: BTreeMap<MarkId, StatementRef> =
            said.claims().map(|(at, _, _)| (said.claim_mark(at), at)).collect();
        let mut behind = Vec::new();
        for at in cell.marks.iter().filter_map(|mark| marks.get(mark)) {
            behind.push(self.claim(&said.documents[at.document], said.claim(*at))?);
        }
        Ok(figure(what, cell, behind))
    }

    fn person(&mut self, id: &PersonId) -> Result<Node> {
        let records = self.register.records_of(id, self.as_of)?;
        let mut behind =
            records.iter().map(|record| self.record(&record.at)).collect::<Result<Vec<Node>>>()?;
        let own = |at: &RecordRef| records.iter().any(|record| record.at == *at);
        for record in &records {
            let pairs = self.register.judgements_of(&record.at, self.as_of)?;
            // Once where both records are this person's, under the earlier one.
            for pair in pairs.iter().filter(|pair| pair.a == record.at || !own(&pair.a)) {
                behind.push(self.judgement(pair)?);
            }
        }
        let count = records.len();
        let person = Person::of(id.clone(), records);
        let contested = match person.contested.as_slice() {
            [] => String::new(),
            fields => format!("; records contradict each other in {}", fields.join(", ")),
        };
        let text = format!("one person behind {count} records{contested}");
        Ok(Node { kind: "person", id: id.0.clone(), text, behind })
    }

    /// A decision on two records: what, by whom, how likely, why.
    fn judgement(&mut self, pair: &PairRow) -> Result<Node> {
        let by = match (&pair.rule, &pair.user) {
            (Some(rule), _) => format!("rule {rule}"),
            (None, Some(user)) => format!("the human {user}"),
            (None, None) => "a human".to_owned(),
        };
        let why = pair.why.join("; ");
        let text =
            format!("{}, by {by}, probability {} ({why})", pair.verdict.code(), pair.probability);
        let mut behind = Vec::new();
        for record in [&pair.a, &pair.b] {
            if self.register.record(record, self.as_of)?.is_some() {
                behind.push(self.record(record)?);
            }
        }
        let id = format!("{}~{}", record_id(&pair.a), record_id(&pair.b));
        Ok(Node { kind: "judgement", id, text, behind })
    }

    fn record(&mut self, at: &RecordRef) -> Result<Node> {
        let sheet =
            if at.sheet.is_empty() { String::new() } else { format!("sheet {}, ", at.sheet) };
        let path = self.captured(&at.item)?.map_or(String::new(), |(path, _)| path);
        let text = format!("{path}, {sheet}row {}", at.row);
        Ok(Node { kind: "record", id: record_id(at), text, behind: vec![self.item(&at.item)?] })
    }

    /// The claim called by the beginning of its item's hash and its first code point.
    fn claim_called(&mut self, short: &str, start: &str) -> Result<Option<Node>> {
        for captured in self.register.items_beginning(short, self.as_of)? {
            let id = &captured.item.id;
            if id.short() != short {
                continue;
            }
            let Some(row) = self.register.document(id, self.as_of)? else { continue };
            let claims = &row.reading.claims;
            if let Some(claim) = claims.iter().find(|c| c.span.start.to_string() == start) {
                return Ok(Some(self.claim(&row, claim)?));
            }
        }
        Ok(None)
    }

    fn claim(&mut self, row: &DocumentRow, claim: &Claim) -> Result<Node> {
        let source = match (&claim.source, &row.document.outlet, &row.document.title) {
            (Some(speaker), _, _) => speaker.text.clone(),
            (None, Some(outlet), _) => outlet.clone(),
            (None, None, Some(title)) => title.clone(),
            (None, None, None) => self.captured(&row.item)?.map_or(String::new(), |(path, _)| path),
        };
        let sentence = Slices::of(&row.document.text).get(claim.sentence.start, claim.sentence.end);
        let one_line = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        let span = Node {
            kind: "span",
            id: format!("{}..{}", claim.span.start, claim.span.end),
            text: one_line,
            behind: vec![self.item(&row.item)?],
        };
        Ok(Node {
            kind: "claim",
            id: format!("{}-{}", row.item.short(), claim.span.start),
            text: format!("{source}: {} {}", claim.surface, claim.act.code()),
            behind: vec![span],
        })
    }

    fn item(&mut self, item: &ItemId) -> Result<Node> {
        let captured = self.captured(item)?;
        let text = captured.map_or(String::new(), |(path, bytes)| format!("{path}, {bytes} bytes"));
        Ok(Node { kind: "item", id: item.0.clone(), text, behind: Vec::new() })
    }

    /// Path and length of an item that counts.
    fn captured(&mut self, item: &ItemId) -> Result<Option<(String, u64)>> {
        if let Some(captured) = self.items.get(item) {
            return Ok(captured.clone());
        }
        let captured = self.register.item(item, self.as_of)?.map(|c| (c.path, c.item.bytes));
        self.items.insert(item.clone(), captured.clone());
        Ok(captured)
    }
}

/// Says that no cell is called `what`, and which are there.
fn no_cell(what: &str, names: impl Iterator<Item = String>) -> Error {
    let first: Vec<String> = names.take(FIRST).collect();
    let there = if first.is_empty() { "none of this kind".to_owned() } else { first.join(" · ") };
    Error::Unknown(format!("there is no cell {what:?}; there are {there}"))
}

/// Cells that are named where the one asked for is not there.
const FIRST: usize = 8;

fn figure(name: &str, cell: &Cell, behind: Vec<Node>) -> Node {
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
    Node { kind: "figure", id: name.to_owned(), text, behind }
}

fn record_id(at: &RecordRef) -> String {
    format!("{}-{}-{}", at.item.short(), at.sheet, at.row)
}
