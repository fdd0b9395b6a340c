//! Our own entities as a human writes them: sources, parties, affiliations, incidents, responses in
//! one TOML file. `docs/entities.md` describes it.

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::{Spanned, Table, Value};

use super::super::encoding::decode;
use super::{Brought, Flood, Foreign, Found, Report};
use crate::model::Place;
use crate::model::entity::{
    Affiliation, Body, EntityId, EntityKind, Incident, Party, Response, Source,
};

/// The file: a list of tables a kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct File {
    source: Vec<Spanned<Table>>,
    party: Vec<Spanned<Table>>,
    affiliation: Vec<Spanned<Table>>,
    incident: Vec<Spanned<Table>>,
    response: Vec<Spanned<Table>>,
}

/// Keys of an entry that are no fields of its body.
const ID: &str = "id";
const CITES: &str = "cites";

pub(super) fn read(file: &Foreign<'_>, problem: &mut Report<'_>) -> Brought {
    let text = decode(file.bytes, problem);
    let text = text.trim_start_matches('\u{FEFF}');
    let line_of = |byte: usize| 1 + text[..byte].matches('\n').count() as u64;
    let all: File = match toml::from_str(text) {
        Ok(all) => all,
        Err(e) => {
            let line = e.span().map_or(1, |span| line_of(span.start));
            let message =
                format!("does not read: {}; nothing is imported", without_content(e.message()));
            problem(Place::Line(line), message);
            return Brought::default();
        }
    };
    let mut flood = Flood::into(problem);
    let mut found: Vec<Found> = Vec::new();
    for (kind, entries) in [
        (EntityKind::Source, all.source),
        (EntityKind::Party, all.party),
        (EntityKind::Affiliation, all.affiliation),
        (EntityKind::Incident, all.incident),
        (EntityKind::Response, all.response),
    ] {
        for entry in entries {
            let line = line_of(entry.span().start);
            match entity(kind, entry.into_inner(), line) {
                Ok(new) if found.iter().any(|f| f.id == new.id && f.body.kind() == kind) => {
                    let message = "has the id of an earlier one: left out; give it another";
                    flood.tell(Place::Line(line), format!("{} {message}", kind.code()));
                }
                Ok(new) => found.push(new),
                Err(why) => {
                    flood.tell(Place::Line(line), format!("{} left out: {why}", kind.code()));
                }
            }
        }
    }
    flood.end();
    Brought { found, ..Brought::default() }
}

fn entity(kind: EntityKind, mut table: Table, line: u64) -> Result<Found, String> {
    let id = match table.remove(ID) {
        Some(Value::String(id)) if !id.trim().is_empty() => Some(id),
        Some(_) => return Err("its id is no text".to_owned()),
        None => None,
    };
    let cited = match table.remove(CITES) {
        Some(cites) => cites.try_into().map_err(|_| "cites is no list of texts".to_owned())?,
        None => Vec::new(),
    };
    let value = with_days(Value::Table(table));
    let body = match kind {
        EntityKind::Source => Body::Source(body::<Source>(value)?),
        EntityKind::Party => Body::Party(body::<Party>(value)?),
        EntityKind::Affiliation => Body::Affiliation(body::<Affiliation>(value)?),
        EntityKind::Incident => Body::Incident(Box::new(body::<Incident>(value)?)),
        _ => Body::Response(body::<Response>(value)?),
    };
    let id = id.or_else(|| own_name(&body)).ok_or("it has no id; give it one")?;
    Ok(Found { id: EntityId(id), body, place: format!("line {line}"), cited })
}

fn body<B: DeserializeOwned>(value: Value) -> Result<B, String> {
    value.try_into().map_err(|e: toml::de::Error| without_content(e.message()))
}

/// What was expected, without what was found: a problem quotes no content.
fn without_content(message: &str) -> String {
    match message.split_once(", expected ") {
        Some((_, expected)) => {
            format!("a key or a value is not what is expected: {}", one_line(expected))
        }
        None => one_line(message),
    }
}

/// The id of an entity that is given none: a name, or who belongs to whom since when.
fn own_name(body: &Body) -> Option<String> {
    let since = |day: Option<Date>| day.map_or(String::new(), |day| format!(" since {day}"));
    let name = match body {
        Body::Source(source) => source.name.clone(),
        Body::Party(party) => party.name.clone(),
        Body::Affiliation(held) => {
            format!("{} in {}, {}{}", held.member, held.party, held.tree, since(held.start))
        }
        _ => String::new(),
    };
    (!name.is_empty()).then_some(name)
}

/// TOML has days of its own; our fields take their text.
fn with_days(value: Value) -> Value {
    match value {
        Value::Datetime(day) => Value::String(day.to_string()),
        Value::Array(all) => Value::Array(all.into_iter().map(with_days).collect()),
        Value::Table(table) => {
            Value::Table(table.into_iter().map(|(key, value)| (key, with_days(value))).collect())
        }
        other => other,
    }
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}
