//! Entities as FollowTheMoney, one a line.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Outgoing;
use super::rows::coded;
use crate::model::entity::{
    Affiliation, Body, Entity, Extra, Incident, Party, Response, ResponseStatus,
};
use crate::model::exchange::as_value;
use crate::model::exchange::graph::{EVENT, EVENT_OTHERS, SCHEMA, VICTIM, schema_of};
use crate::model::{Person, Sex};
use crate::publish::Error;

pub(super) fn write(outgoing: &Outgoing<'_>) -> Result<Vec<u8>, Error> {
    let mut lines = Lines { bytes: Vec::new(), articles: BTreeMap::new() };
    for entity in &outgoing.entities {
        match &entity.body {
            Body::Party(party) => lines.party(entity, party)?,
            Body::Affiliation(held) => lines.affiliation(entity, held)?,
            Body::Incident(incident) => lines.event(entity, incident)?,
            Body::Response(response) => lines.note(entity, response)?,
            Body::Source(_) | Body::Judgement(_) | Body::Edition(_) => {}
        }
    }
    for person in &outgoing.named {
        lines.victim(person)?;
    }
    Ok(lines.bytes)
}

struct Lines {
    bytes: Vec<u8>,
    /// Publications that were written, by how they are cited.
    articles: BTreeMap<String, String>,
}

/// Properties under construction; a blank value is none.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    fn add(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            let values = self.0.entry(name).or_insert_with(|| json!([]));
            values.as_array_mut().into_iter().for_each(|all| all.push(Value::from(value.as_str())));
        }
    }

    fn add_day(&mut self, name: &str, day: Option<jiff::civil::Date>) {
        self.add(name, day.map_or(String::new(), |day| day.to_string()));
    }

    /// What a file of this format brought and no field of ours holds.
    fn keep(&mut self, extra: &Extra, names: impl Fn(&str) -> bool) {
        for (name, cell) in extra.iter().filter(|(name, _)| names(name)) {
            if let Value::Array(values) = as_value(cell) {
                let kept = self.0.entry(name).or_insert_with(|| json!([]));
                kept.as_array_mut().into_iter().for_each(|all| all.extend(values.iter().cloned()));
            }
        }
    }
}

impl Lines {
    fn line(
        &mut self,
        id: &str,
        schema: &str,
        properties: &Properties,
        dataset: &str,
    ) -> Result<(), Error> {
        let mut line = json!({ "id": id, "schema": schema, "properties": properties.0 });
        if !dataset.is_empty() {
            line["datasets"] = json!([dataset]);
        }
        serde_json::to_writer(&mut self.bytes, &line)?;
        self.bytes.push(b'\n');
        Ok(())
    }

    /// Adds the publications that an entity cites as its proofs.
    fn prove(&mut self, entity: &Entity, properties: &mut Properties) -> Result<(), Error> {
        for cited in entity.basis.iter().filter(|cited| cited.item.is_none()) {
            if !self.articles.contains_key(&cited.place) {
                let id = format!("article-{}", self.articles.len() + 1);
                let mut article = Properties::default();
                article.add("title", cited.place.as_str());
                self.line(&id, "Article", &article, "")?;
                self.articles.insert(cited.place.clone(), id);
            }
            properties.add("proof", self.articles[&cited.place].as_str());
        }
        Ok(())
    }

    fn party(&mut self, entity: &Entity, party: &Party) -> Result<(), Error> {
        let mut properties = Properties::default();
        properties.add("name", party.name.as_str());
        party.aliases.iter().for_each(|alias| properties.add("alias", alias.as_str()));
        properties.add("keywords", party.class.code());
        properties.keep(&party.extra, |name| name != SCHEMA);
        self.prove(entity, &mut properties)?;
        let schema = party.extra.get(SCHEMA).map_or(schema_of(party.class), String::as_str);
        self.line(&entity.id.0, schema, &properties, "")
    }

    fn affiliation(&mut self, entity: &Entity, held: &Affiliation) -> Result<(), Error> {
        let mut properties = Properties::default();
        properties.add("member", held.member.0.as_str());
        properties.add("organization", held.party.0.as_str());
        properties.add("role", held.role.as_str());
        properties.add("summary", held.tree.as_str());
        properties.add_day("startDate", held.start);
        properties.add_day("endDate", held.end);
        self.prove(entity, &mut properties)?;
        self.line(&entity.id.0, "Membership", &properties, "")
    }

    fn event(&mut self, entity: &Entity, incident: &Incident) -> Result<(), Error> {
        let coded = coded(true, &entity.id, incident);
        let mut properties = Properties::default();
        for (name, field) in EVENT {
            properties.add(name, coded.cell(name, *field));
        }
        for involved in &incident.involved {
            properties.add("involved", involved.party.0.as_str());
        }
        properties.keep(&incident.extra, |name| EVENT_OTHERS.contains(&name));
        self.prove(entity, &mut properties)?;
        self.line(&entity.id.0, "Event", &properties, &incident.dataset)
    }

    fn note(&mut self, entity: &Entity, response: &Response) -> Result<(), Error> {
        let mut properties = Properties::default();
        properties.add("name", response.actor.as_str());
        properties.add("description", response.text.as_str());
        properties.add("keywords", response.kind.code());
        if response.status != ResponseStatus::default() {
            let status = serde_json::to_value(response.status)?;
            properties.add("keywords", status.as_str().unwrap_or_default());
        }
        properties.add_day("date", response.day);
        for about in response.incidents.iter().chain(&response.parties) {
            properties.add("entity", about.0.as_str());
        }
        properties.keep(&response.extra, |_| true);
        self.prove(entity, &mut properties)?;
        self.line(&entity.id.0, "Note", &properties, "")
    }

    fn victim(&mut self, person: &Person) -> Result<(), Error> {
        let of = |field: fn(&crate::model::Record) -> Option<String>| {
            person.records.iter().find_map(field).unwrap_or_default()
        };
        let mut properties = Properties::default();
        properties.add("name", person.name.clone().unwrap_or_default());
        properties.add("fatherName", of(|record| record.father.clone()));
        properties.add("motherName", of(|record| record.mother.clone()));
        properties.add(
            "gender",
            match person.sex {
                Some(Sex::Female) => "female",
                Some(Sex::Male) => "male",
                None => "",
            },
        );
        properties.add("birthDate", of(|record| record.born.map(|day| day.to_string())));
        properties.add_day("deathDate", person.date);
        properties.add("deathPlace", person.place.clone().unwrap_or_default());
        properties.add("keywords", VICTIM);
        self.line(&person.id.0, "Person", &properties, "")
    }
}
