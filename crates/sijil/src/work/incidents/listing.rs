//! Incidents as a list shows them, and pairs of them that a user should look at.

use std::collections::BTreeSet;

use serde::Serialize;

use super::group::record_of;
use crate::model::entity::{Body, Entity, Incident, Member};
use crate::model::{PersonId, RecordRef};
use crate::work::grades::incident_grade;
use crate::work::material::Material;

/// Days between two incidents that may still be one.
const NEAR_DAYS: i32 = 3;

/// One incident as a list shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IncidentLine {
    /// Its name.
    pub id: String,
    /// First day.
    pub start: String,
    /// Last day.
    pub end: String,
    /// Where.
    pub place: String,
    /// Governorate or province.
    pub province: String,
    /// Persons behind its records.
    pub documented: u64,
    /// Least that a claim of it says.
    pub reported_low: Option<u64>,
    /// Most that a claim of it says; `None` where open or not said.
    pub reported_high: Option<u64>,
    /// Voices behind it that do not depend on each other.
    pub sources: u64,
    /// Sides held responsible, each with its level.
    pub responsible: String,
    /// Grade under the register's standard of proof.
    pub grade: String,
}

/// Incidents of the register's own as lines, largest first.
pub fn incident_lines(material: &Material, incidents: &[Entity]) -> Vec<IncidentLine> {
    let persons = material.person_of();
    let mut lines: Vec<IncidentLine> = incidents
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
    person: impl Fn(&RecordRef) -> Option<&'m PersonId>,
) -> IncidentLine {
    let records: Vec<&RecordRef> = incident.members.iter().filter_map(record_of).collect();
    let persons: BTreeSet<&PersonId> = records.iter().filter_map(|at| person(at)).collect();
    let claims: Vec<_> = incident
        .members
        .iter()
        .filter_map(|member| match member {
            Member::Claim(at) => material.claim_at(at),
            Member::Record(_) => None,
        })
        .filter(|(_, claim)| claim.act == sijil_claims::Act::Killed)
        .collect();
    let voices = records
        .iter()
        .map(|at| material.voice_of(at))
        .chain(claims.iter().filter_map(|(at, _)| material.voices.of_statement(*at)));
    let responsible: Vec<String> =
        incident.involved.iter().map(|i| format!("{} ({})", i.party, i.level.code())).collect();
    let day = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string()).unwrap_or_default();
    let highs: Option<Vec<u64>> = claims.iter().map(|(_, claim)| claim.quantity.high).collect();
    let sources = material.voices.independent(voices);
    IncidentLine {
        id: id.to_owned(),
        start: day(incident.start),
        end: day(incident.end),
        place: incident.place.name.clone(),
        province: incident.place.province.clone(),
        documented: persons.len() as u64,
        reported_low: claims.iter().map(|(_, claim)| claim.quantity.low).min(),
        reported_high: highs.and_then(|highs| highs.into_iter().max()),
        sources,
        responsible: responsible.join("; "),
        grade: incident_grade(&material.grading, incident, sources).to_owned(),
    }
}

/// Pairs of incidents that may be one: one place within another or the same, few days apart. Each
/// with why.
pub fn similar_incidents(
    material: &Material,
    incidents: &[Entity],
) -> Vec<(String, String, String)> {
    let mut placed: Vec<(&str, &Incident, &str)> = incidents
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
