//! What is known of a suggested incident: days, place, precision, who is held responsible.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sijil_claims::{Claim, Modality, PartyClass};

use super::group::record_of;
use crate::model::entity::{
    Clarity, DatePrecision, EntityId, Incident, IncidentPlace, Involvement, Level, Member,
    PlacePrecision, Tree,
};
use crate::model::{Record, RecordRef, class_label};
use crate::work::material::Material;

/// The day on which the person behind each record was killed, as its records settle it.
pub(super) type Days<'m> = BTreeMap<&'m RecordRef, Date>;

/// Describes the incident that `members` speak of.
pub(super) fn describe(material: &Material, days: &Days<'_>, members: Vec<Member>) -> Incident {
    let told = Told::of(material, days, &members);
    let (start, end) = told.window();
    let place = told.place(material);
    Incident {
        title: title(&place, start),
        start,
        end,
        date_precision: start.zip(end).map(|(start, end)| precision(start, end)),
        clarity: Some(Clarity::Single),
        involved: told.involved(material),
        place,
        members,
        ..Incident::default()
    }
}

fn title(place: &IncidentPlace, start: Option<Date>) -> String {
    match start {
        Some(day) => format!("{}, {day}", place.name),
        None => place.name.clone(),
    }
}

fn precision(start: Date, end: Date) -> DatePrecision {
    match start.until(end).map_or(0, |span| span.get_days()) {
        0 => DatePrecision::Day,
        1..6 => DatePrecision::FewDays,
        6 => DatePrecision::Week,
        7..31 => DatePrecision::Month,
        _ => DatePrecision::Year,
    }
}

/// The claims and records behind an incident, each with whose word it is.
struct Told<'m> {
    claims: Vec<(&'m str, &'m Claim)>,
    records: Vec<(&'m str, &'m Record)>,
    days: Vec<Date>,
}

impl<'m> Told<'m> {
    fn of(material: &'m Material, days: &Days<'_>, members: &[Member]) -> Self {
        let of_records = members.iter().filter_map(record_of);
        let days = of_records.filter_map(|at| days.get(at).copied()).collect();
        let records = members.iter().filter_map(record_of).filter_map(|at| {
            let row = material.records.binary_search_by(|row| row.record.at.cmp(at)).ok()?;
            let record = &material.records[row].record;
            Some((material.voice_of(&record.at), record))
        });
        let claims = members.iter().filter_map(|member| {
            let Member::Claim(at) = member else { return None };
            let (at, claim) = material.claim_at(at)?;
            let outlet = material.documents[at.document].document.outlet.as_deref();
            let path = material.path(&material.documents[at.document].item);
            let said = material.voices.of_statement(at).or(outlet).unwrap_or(path);
            Some((said, claim))
        });
        Self { claims: claims.collect(), records: records.collect(), days }
    }

    fn window(&self) -> (Option<Date>, Option<Date>) {
        let windows = self.claims.iter().filter_map(|(_, claim)| claim.window);
        let days = self.days.iter().copied();
        let starts = windows.clone().filter_map(|w| w.start).chain(days.clone());
        let ends = windows.filter_map(|w| w.end).chain(days);
        (starts.min(), ends.max())
    }

    fn place(&self, material: &Material) -> IncidentPlace {
        let of_records = self.records.iter().filter_map(|(_, r)| r.place_id.as_deref());
        let of_claims = self.claims.iter().flat_map(|(_, c)| &c.places);
        let mut ids = of_records.chain(of_claims.filter_map(|place| place.id.as_deref()));
        let Some(entry) = ids.find_map(|id| material.gazetteer.get(id)) else {
            return IncidentPlace::default();
        };
        let area = |level| material.gazetteer.area_of(&entry.id, level);
        let name_of = |level| area(level).map(|e| e.name.clone()).unwrap_or_default();
        IncidentPlace {
            name: entry.name.clone(),
            id: Some(entry.id.clone()),
            province: name_of(1),
            district: name_of(2),
            country: String::new(),
            lat: Some(entry.lat),
            lon: Some(entry.lon),
            precision: Some(match entry.level {
                1 => PlacePrecision::Province,
                2 => PlacePrecision::District,
                _ => PlacePrecision::Near,
            }),
        }
    }

    /// The sides held responsible, with the level at which each is. A source that lists several
    /// together says that it cannot be split.
    fn involved(&self, material: &Material) -> Vec<Involvement> {
        let mut voices: BTreeMap<BTreeSet<PartyClass>, BTreeSet<&str>> = BTreeMap::new();
        for (voice, claim) in &self.claims {
            let sides: BTreeSet<PartyClass> = claim.perpetrators.iter().map(|p| p.class).collect();
            voices.entry(sides).or_default().insert(voice);
        }
        for (voice, record) in &self.records {
            let sides = record.party.iter().map(|party| party.class).collect();
            voices.entry(sides).or_default().insert(voice);
        }
        voices.retain(|sides, _| sides.iter().any(|side| *side != PartyClass::Unknown));
        let contested =
            voices.len() > 1 && material.voices.independent(voices.values().flatten().copied()) > 1;
        let admitted = self.admitted(material);
        let mut involved: BTreeMap<&'static str, Level> = BTreeMap::new();
        for (sides, said_by) in &voices {
            let independent = material.voices.independent(said_by.iter().copied());
            let level = match (contested, sides.len(), independent) {
                (true, ..) => Level::Contested,
                (false, 2.., _) => Level::Joint,
                (false, _, 2..) => Level::Attributed,
                _ => Level::Alleged,
            };
            for side in sides {
                let level = if admitted.contains(side) { Level::Admitted } else { level };
                let stands = involved.entry(class_label(*side)).or_insert(level);
                *stands = level.min(*stands);
            }
        }
        if involved.is_empty() {
            involved.insert(class_label(PartyClass::Unknown), Level::Unidentified);
        }
        let involvement = |(party, level): (&str, Level)| Involvement {
            party: EntityId(party.to_owned()),
            level,
        };
        involved.into_iter().map(involvement).collect()
    }

    /// The sides of parties that say so themselves: whoever speaks is, by the register's parties,
    /// the one that is held responsible, or one above it on the day.
    fn admitted(&self, material: &Material) -> BTreeSet<PartyClass> {
        let tree = Tree::of(&material.entities, None);
        let mut sides = BTreeSet::new();
        let said = |claim: &Claim| !matches!(claim.modality, Modality::Denied | Modality::Expected);
        for (voice, claim) in self.claims.iter().filter(|(_, claim)| said(claim)) {
            let Some((speaker, _)) = tree.find(voice) else { continue };
            let day = claim.window.and_then(|window| window.start);
            for held in &claim.perpetrators {
                let party = tree.find(&held.text);
                if party.is_some_and(|(id, _)| tree.line(id, day).contains(&speaker)) {
                    sides.insert(held.class);
                }
            }
        }
        sides
    }
}
