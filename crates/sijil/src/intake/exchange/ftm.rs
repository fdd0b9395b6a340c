//! FollowTheMoney: one entity a line, as JSON.
//!
//! Organisations, public bodies and persons become parties, memberships affiliations, events
//! incidents, notes responses; articles become what the entities cite. Persons with the keyword
//! `victim` become a list of victims. Properties without a field of ours are kept where the entity
//! has room for them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;
use sijil_claims::{PartyClass, ResponseKind};

use super::super::encoding::decode;
use super::rows::{Incidents, Named};
use super::{Brought, Flood, Foreign, Found, Report};
use crate::model::entity::{
    Affiliation, Body, EntityId, Extra, Involvement, Level, Party, Response, ResponseStatus,
};
use crate::model::exchange::Field;
use crate::model::exchange::graph::{
    DOCUMENTS, EVENT, EVENT_OTHERS, PARTIES, SCHEMA, VICTIM, schema_of,
};
use crate::model::{Place, Table, TableRow};

/// One line.
#[derive(Deserialize)]
struct Line {
    id: String,
    schema: String,
    #[serde(default)]
    properties: BTreeMap<String, Vec<Value>>,
    #[serde(default)]
    datasets: Vec<String>,
    #[serde(skip)]
    number: u64,
}

impl Line {
    fn all(&self, property: &str) -> Vec<String> {
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        self.properties.get(property).into_iter().flatten().map(text).collect()
    }

    fn first(&self, property: &str) -> String {
        self.all(property).into_iter().next().unwrap_or_default()
    }

    fn has_keyword(&self, keyword: &str) -> bool {
        self.all("keywords").iter().any(|word| word == keyword)
    }

    fn refs(&self, property: &str) -> Vec<EntityId> {
        self.all(property).into_iter().map(EntityId).collect()
    }

    /// The properties without those named, each as the JSON of its values.
    fn others(&self, named: &[&str]) -> Extra {
        let others = self.properties.iter().filter(|(name, _)| !named.contains(&name.as_str()));
        others
            .map(|(name, values)| (name.clone(), Value::Array(values.clone()).to_string()))
            .collect()
    }

    fn found(&self, body: Body) -> Found {
        let id = EntityId(self.id.clone());
        Found { id, body, place: format!("line {}", self.number), cited: Vec::new() }
    }
}

pub(super) fn read(file: &Foreign<'_>, problem: &mut Report<'_>) -> Brought {
    let text = decode(file.bytes, problem);
    let mut flood = Flood::into(problem);
    let lines = lines(&text, &mut flood);
    let events: BTreeSet<&str> =
        lines.iter().filter(|l| l.schema == "Event").map(|l| l.id.as_str()).collect();
    let mut brought = Brought::default();
    let mut victims: Vec<&Line> = Vec::new();
    for line in &lines {
        match line.schema.as_str() {
            "Person" if line.has_keyword(VICTIM) => victims.push(line),
            schema if PARTIES.contains(&schema) => {
                brought.found.push(line.found(Body::Party(party(file, line))));
            }
            "Membership" => match affiliation(line) {
                Ok(held) => brought.found.push(line.found(Body::Affiliation(held))),
                Err(why) => flood.tell(Place::Line(line.number), why),
            },
            "Note" => brought.found.push(line.found(Body::Response(response(line, &events)))),
            "Event" | "Documentation" => {}
            schema if DOCUMENTS.contains(&schema) => {}
            _ => {
                let message = "is of a schema that has no place here: kept as evidence, not read";
                flood.tell(Place::Line(line.number), message.to_owned());
            }
        }
    }
    flood.end();
    let mut incidents = Incidents::of(file, problem);
    for line in lines.iter().filter(|line| line.schema == "Event") {
        event(&mut incidents, line);
    }
    brought.found.extend(incidents.end());
    cite(&mut brought.found, &lines);
    brought.lists.extend(list(&victims));
    brought
}

fn lines(text: &str, flood: &mut Flood<'_, '_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Line>(line) {
            Ok(read) => lines.push(Line { number, ..read }),
            Err(e) => {
                // Its own words may quote the line.
                let column = e.column();
                let message = format!("is no entity from column {column} on: left out; mend it");
                flood.tell(Place::Line(number), message);
            }
        }
    }
    lines
}

fn party(file: &Foreign<'_>, line: &Line) -> Party {
    let mut names = line.all("name").into_iter();
    let name = names.next().unwrap_or_else(|| line.id.clone());
    let class = line.all("keywords").iter().find_map(|word| PartyClass::from_code(word));
    let class = class.unwrap_or_else(|| match line.schema.as_str() {
        "PublicBody" => PartyClass::State,
        _ => file.lexicon.classify_party(&name),
    });
    let mut extra = line.others(&["name", "alias", "keywords", "proof"]);
    let keywords = line.all("keywords").into_iter().filter(|word| word != class.code());
    let keywords: Vec<Value> = keywords.map(Value::from).collect();
    if !keywords.is_empty() {
        extra.insert("keywords".to_owned(), Value::Array(keywords).to_string());
    }
    if line.schema != schema_of(class) {
        extra.insert(SCHEMA.to_owned(), line.schema.clone());
    }
    Party { name, aliases: names.chain(line.all("alias")).collect(), class, extra }
}

fn affiliation(line: &Line) -> Result<Affiliation, String> {
    let (member, party) = (line.first("member"), line.first("organization"));
    if member.is_empty() || party.is_empty() {
        return Err("names no member or no organization: left out; fill them in".to_owned());
    }
    let day = |property: &str| line.first(property).parse().ok();
    let summary = line.first("summary");
    Ok(Affiliation {
        member: EntityId(member),
        party: EntityId(party),
        tree: if summary.is_empty() { "command".to_owned() } else { summary },
        role: line.first("role"),
        first_cited: None,
        last_cited: None,
        start: day("startDate"),
        end: day("endDate"),
    })
}

fn response(line: &Line, events: &BTreeSet<&str>) -> Response {
    let words = line.all("keywords");
    let status =
        |word: &String| serde_json::from_value::<ResponseStatus>(Value::from(word.clone())).ok();
    let (incidents, parties) =
        line.refs("entity").into_iter().partition(|id| events.contains(id.0.as_str()));
    let kind = words.iter().find_map(|word| ResponseKind::from_code(word));
    Response {
        kind: kind.unwrap_or(ResponseKind::Statement),
        actor: line.first("name"),
        text: line.first("description"),
        incidents,
        parties,
        day: line.first("date").parse().ok(),
        due: None,
        status: words.iter().find_map(status).unwrap_or_default(),
        follows: Vec::new(),
        extra: line.others(&["name", "description", "entity", "date", "keywords", "proof"]),
    }
}

fn event(incidents: &mut Incidents<'_, '_, '_>, line: &Line) {
    let mut row: Vec<(String, Option<Field>, String)> =
        vec![("id".to_owned(), Some(Field::Id), line.id.clone())];
    let dataset = line.datasets.first().cloned().unwrap_or_default();
    row.push(("dataset".to_owned(), Some(Field::Dataset), dataset));
    for (property, field) in EVENT {
        // An event of one day has a date and no window.
        let is_end = matches!(field, Field::Start | Field::End);
        let by = if is_end && line.first(property).is_empty() { "date" } else { property };
        row.push(((*property).to_owned(), Some(*field), line.first(by)));
    }
    for property in EVENT_OTHERS {
        if let Some(values) = line.properties.get(*property) {
            row.push(((*property).to_owned(), None, Value::Array(values.clone()).to_string()));
        }
    }
    let named: Vec<Named<'_>> =
        row.iter().map(|(column, field, cell)| Named { column, field: *field, cell }).collect();
    let at = |_: &str| Place::Line(line.number);
    incidents.take(&named, &format!("line {}", line.number), &at);
    if let Some(last) = incidents.last()
        && let Body::Incident(incident) = &mut last.body
    {
        let involved = line.refs("involved").into_iter();
        incident.involved =
            involved.map(|party| Involvement { party, level: Level::default() }).collect();
    }
}

/// Hands every entity the documents that prove it, by their titles and addresses.
fn cite(found: &mut [Found], lines: &[Line]) {
    let mut documents: BTreeMap<&str, String> = BTreeMap::new();
    for line in lines.iter().filter(|line| DOCUMENTS.contains(&line.schema.as_str())) {
        let mut words = vec![line.first("title"), line.first("name"), line.first("sourceUrl")];
        words.retain(|part| !part.is_empty());
        words.dedup();
        documents.insert(&line.id, words.join(", "));
    }
    let mut proofs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in lines {
        let pairs: Vec<(String, String)> = if line.schema == "Documentation" {
            vec![(line.first("entity"), line.first("document"))]
        } else {
            line.all("proof").into_iter().map(|proof| (line.id.clone(), proof)).collect()
        };
        for (entity, document) in pairs {
            proofs.entry(entity).or_default().extend(documents.get(document.as_str()).cloned());
        }
    }
    for found in found {
        let within = found.id.0.rsplit(':').next().unwrap_or_default();
        let of = proofs.get(&found.id.0).or_else(|| proofs.get(within));
        found.cited.extend(of.into_iter().flatten().cloned());
    }
}

/// Persons who were killed, as a list that is read as any other.
fn list(victims: &[&Line]) -> Option<Table> {
    const COLUMNS: &[(&str, &str)] = &[
        ("Name", "name"),
        ("Father's name", "fatherName"),
        ("Mother's name", "motherName"),
        ("Sex", "gender"),
        ("Date of birth", "birthDate"),
        ("Date of death", "deathDate"),
        ("Place", "deathPlace"),
    ];
    let row = |line: &&Line| TableRow {
        row: line.number,
        cells: COLUMNS.iter().map(|(_, property)| line.first(property)).collect(),
    };
    (!victims.is_empty()).then(|| Table {
        sheet: "persons".to_owned(),
        headers: COLUMNS.iter().map(|(header, _)| (*header).to_owned()).collect(),
        rows: victims.iter().map(row).collect(),
    })
}
