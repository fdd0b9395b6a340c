//! Hits as they are shown: what each is called, where it stands, the words around what was found.

use super::super::error::Result;
use super::super::slices::Slices;
use super::Find;
use super::terms::Wanted;
use crate::model::entity::{Body, EntityId, EntityKind};
use crate::model::{ItemId, RecordRef};
use crate::register::{AsOf, Hit, Kind, Register};

/// A hit as it is shown. Nothing is read here that the query did not let through.
pub(super) fn find(register: &Register, hit: &Hit, wanted: &Wanted) -> Result<Find> {
    let Hit { kind, at, person, .. } = hit;
    let path = register.item(&at.item, AsOf::NOW)?.map_or(String::new(), |c| c.path);
    let (id, snippet) = match kind {
        Kind::Items => (at.item.0.clone(), wanted.snippet(&path, false)),
        Kind::Documents => {
            let row = register.document(&at.item, AsOf::NOW)?;
            let text = row.map_or(String::new(), |row| {
                let head = [row.document.title, row.document.outlet];
                let head: Vec<String> = head.into_iter().flatten().collect();
                format!("{} {}", head.join(" "), row.document.text)
            });
            (at.item.0.clone(), wanted.snippet(&text, false))
        }
        Kind::Claims => claim(register, at, wanted)?,
        Kind::Incidents => return incident(register, &EntityId(at.item.0.clone()), wanted),
        Kind::Persons => {
            let id = person.as_ref().map_or_else(|| record_id(at), |person| person.0.clone());
            (id, wanted.snippet(&names(register, at)?, true))
        }
    };
    Ok(Find { kind: *kind, id, path, snippet })
}

/// An incident by its id: the file of a dataset that it stands in, and what it is called.
fn incident(register: &Register, id: &EntityId, wanted: &Wanted) -> Result<Find> {
    let mut find = Find {
        kind: Kind::Incidents,
        id: id.0.clone(),
        path: String::new(),
        snippet: String::new(),
    };
    let Some(entity) = register.entity(EntityKind::Incident, id, AsOf::NOW)? else {
        return Ok(find);
    };
    if let Some(item) = entity.basis.iter().find_map(|cited| cited.item.as_ref()) {
        find.path = register.item(item, AsOf::NOW)?.map_or(String::new(), |c| c.path);
    }
    if let Body::Incident(incident) = &entity.body {
        let place = &incident.place;
        let day = incident.start.map(|day| day.to_string()).unwrap_or_default();
        let parties = incident.involved.iter().map(|involved| involved.party.0.as_str());
        let parties = parties.collect::<Vec<_>>().join(", ");
        let texts = incident.extra.values().filter(|cell| cell.contains(' '));
        let told = [&incident.title, &day, &place.name, &place.province, &parties];
        let told = told.into_iter().chain(texts).filter(|text| !text.is_empty());
        let told = told.map(String::as_str).collect::<Vec<_>>().join(" · ");
        find.snippet = wanted.snippet(&told, false);
    }
    Ok(find)
}

fn record_id(at: &RecordRef) -> String {
    let ItemId(item) = &at.item;
    format!("{item} row {}", at.row)
}

/// Name and sentence of the claim with this ordinal.
fn claim(register: &Register, at: &RecordRef, wanted: &Wanted) -> Result<(String, String)> {
    let row = register.document(&at.item, AsOf::NOW)?;
    let nth = usize::try_from(at.row).ok();
    let found = row.as_ref().and_then(|row| Some((row, row.reading.claims.get(nth?)?)));
    let Some((row, claim)) = found else { return Ok((record_id(at), String::new())) };
    let sentence = Slices::of(&row.document.text).get(claim.sentence.start, claim.sentence.end);
    let id = format!("{}-{}", at.item.short(), claim.span.start);
    Ok((id, wanted.snippet(sentence, true)))
}

/// What a record says of who the person is, in one line.
fn names(register: &Register, at: &RecordRef) -> Result<String> {
    let Some(record) = register.record(at, AsOf::NOW)? else { return Ok(String::new()) };
    let age = record.age.map(|age| age.to_string());
    let day = record.date.map(|day| day.to_string());
    let all =
        [record.name, record.name_other, record.father, record.mother, age, day, record.place];
    Ok(all.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}
