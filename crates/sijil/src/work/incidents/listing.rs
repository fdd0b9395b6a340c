//! Incidents as a list shows them, and pairs of them that a user should look at.

use std::collections::{BTreeMap, BTreeSet};

use sijil_claims::Act;

use super::group::record_of;
use crate::model::entity::{Body, Incident, Member};
use crate::model::{IncidentLine, Person, PersonId, RecordRef};
use crate::work::grades::incident_grade;
use crate::work::material::Material;

/// Days between two incidents that may still be one.
const NEAR_DAYS: i32 = 3;

/// Incidents of the register's own as lines, largest first.
pub fn incident_lines(material: &Material) -> Vec<IncidentLine> {
    let persons: BTreeMap<&RecordRef, &Person> = material
        .persons
        .iter()
        .flat_map(|person| person.records.iter().map(move |record| (&record.at, person)))
        .collect();
    let mut lines: Vec<IncidentLine> = material
        .incidents
        .iter()
        .filter_map(|entity| match &entity.body {
            Body::Incident(incident) if !incident.members.is_empty() => {
                let behind = |at: &RecordRef| persons.get(at).copied();
                Some(line(material, &entity.id.0, incident, behind))
            }
            _ => None,
        })
        .collect();
    let size = |line: &IncidentLine| line.documented.max(line.reported_low.unwrap_or(0));
    lines.sort_by(|a, b| {
        size(b).cmp(&size(a)).then_with(|| (&a.start, &a.id).cmp(&(&b.start, &b.id)))
    });
    lines
}

fn line<'m>(
    material: &'m Material,
    id: &str,
    incident: &Incident,
    person: impl Fn(&RecordRef) -> Option<&'m Person>,
) -> IncidentLine {
    let records: Vec<&RecordRef> = incident.members.iter().filter_map(record_of).collect();
    let persons = records.iter().filter_map(|at| person(at));
    let killed: BTreeSet<&PersonId> =
        persons.filter(|p| p.fate == Act::Killed).map(|p| &p.id).collect();
    let claims: Vec<_> = incident
        .members
        .iter()
        .filter_map(|member| match member {
            Member::Claim(at) => material.claim_at(at),
            Member::Record(_) => None,
        })
        .filter(|(_, claim)| claim.act == Act::Killed)
        .collect();
    let voices = records
        .iter()
        .map(|at| material.voice_of(at))
        .chain(claims.iter().filter_map(|(at, _)| material.voices.of_statement(*at)));
    let voices: Vec<&str> = voices.collect();
    let responsible: Vec<String> =
        incident.involved.iter().map(|i| format!("{} ({})", i.party, i.level.code())).collect();
    let highs: Option<Vec<u64>> = claims.iter().map(|(_, claim)| claim.quantity.high).collect();
    IncidentLine {
        id: id.to_owned(),
        start: incident.start,
        end: incident.end,
        place: incident.place.name.clone(),
        province: incident.place.province.clone(),
        documented: killed.len() as u64,
        reported_low: claims.iter().map(|(_, claim)| claim.quantity.low).min(),
        reported_high: highs.and_then(|highs| highs.into_iter().max()),
        sources: material.voices.independent(voices.iter().copied()),
        responsible: responsible.join("; "),
        grade: incident_grade(material, incident, &voices).to_owned(),
        marks: claims.iter().map(|(at, _)| material.claim_mark(*at)).collect(),
    }
}

/// Pairs of incidents that may be one: one place within another or the same, few days apart. Each
/// with why.
pub fn similar_incidents(material: &Material) -> Vec<(String, String, String)> {
    let mut placed: Vec<(&str, &Incident, &str)> = material
        .incidents
        .iter()
        .filter_map(|entity| match &entity.body {
            Body::Incident(incident) if !incident.members.is_empty() => {
                Some((entity.id.0.as_str(), incident.as_ref(), incident.place.id.as_deref()?))
            }
            _ => None,
        })
        .collect();
    placed.sort_by(|a, b| (a.1.start, a.0).cmp(&(b.1.start, b.0)));
    let mut pairs = Vec::new();
    for (nth, (id, incident, place)) in placed.iter().enumerate() {
        for (other_id, other, other_place) in placed.iter().skip(nth + 1) {
            let apart =
                incident.end.zip(other.start).and_then(|(end, start)| end.until(start).ok());
            let Some(days) = apart.map(|span| span.get_days()) else { continue };
            if days > NEAR_DAYS {
                break;
            }
            let gazetteer = &material.gazetteer;
            let within =
                gazetteer.lies_in(place, other_place) || gazetteer.lies_in(other_place, place);
            if place == other_place || within {
                let place = if place == other_place {
                    "the same place"
                } else {
                    "one place within the other"
                };
                let why = match days {
                    ..=0 => format!("{place}, days that meet"),
                    days => format!("{place}, {days} days apart"),
                };
                pairs.push(((*id).to_owned(), (*other_id).to_owned(), why));
            }
        }
    }
    pairs
}
