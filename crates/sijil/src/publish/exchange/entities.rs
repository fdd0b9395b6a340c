//! Our own entities as TOML: what `import` reads again.

use serde::Serialize;

use super::Outgoing;
use crate::model::entity::{
    Affiliation, Body, Entity, EntityId, Incident, Party, Response, Source,
};
use crate::publish::Error;

/// The file: a list of tables a kind.
#[derive(Serialize, Default)]
struct File<'e> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    source: Vec<Entry<'e, Source>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    party: Vec<Entry<'e, Party>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    affiliation: Vec<Entry<'e, Affiliation>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    incident: Vec<Entry<'e, Incident>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    response: Vec<Entry<'e, Response>>,
}

#[derive(Serialize)]
struct Entry<'e, B> {
    id: &'e EntityId,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cites: Vec<&'e str>,
    #[serde(flatten)]
    body: &'e B,
}

pub(super) fn write(outgoing: &Outgoing<'_>) -> Result<Vec<u8>, Error> {
    let mut file = File::default();
    for entity in &outgoing.entities {
        match &entity.body {
            Body::Source(body) => file.source.push(entry(entity, body)),
            Body::Party(body) => file.party.push(entry(entity, body)),
            Body::Affiliation(body) => file.affiliation.push(entry(entity, body)),
            Body::Incident(body) => file.incident.push(entry(entity, body.as_ref())),
            Body::Response(body) => file.response.push(entry(entity, body)),
            Body::Judgement(_) | Body::Edition(_) => {}
        }
    }
    Ok(toml::to_string(&file)?.into_bytes())
}

/// Publications are cited; items of this register say nothing outside it.
fn entry<'e, B>(entity: &'e Entity, body: &'e B) -> Entry<'e, B> {
    let publications = entity.basis.iter().filter(|cited| cited.item.is_none());
    Entry { id: &entity.id, cites: publications.map(|c| c.place.as_str()).collect(), body }
}
