//! Coded cells: incidents that a dataset coded, with its own low, best and high.
//!
//! Events of one dataset do not overlap, so their tolls are added; those of two datasets do, so
//! the dataset is always a key of the cell. Nothing here is added to what is documented or reported.

use std::collections::BTreeMap;

use sijil_claims::Act;

use super::count::Query;
use super::figures::{NOT_STATED, in_table_order};
use super::material::Material;
use super::trace::Node;
use crate::model::entity::{
    Body, Citation, DatePrecision, Deaths, Entity, Incident, PlacePrecision, Toll, Violence,
};
use crate::model::{Cell, Dimension, End, Figure, Key, Population};

/// Whether an entity is an incident that a dataset coded.
pub(super) fn is_coded(entity: &Entity) -> bool {
    incident(entity).is_some_and(|incident| !incident.dataset.is_empty())
}

fn incident(entity: &Entity) -> Option<&Incident> {
    match &entity.body {
        Body::Incident(incident) => Some(incident),
        _ => None,
    }
}

/// One cell a combination of keys, the dataset first.
pub(super) fn coded(material: &Material, query: &Query) -> Vec<Cell> {
    let mut grouped: BTreeMap<Vec<Key>, Vec<&Incident>> = BTreeMap::new();
    for (keys, entity) in keyed(material, query) {
        grouped.entry(keys).or_default().extend(incident(entity));
    }
    let cells = grouped.into_iter().map(|(keys, incidents)| Cell {
        keys,
        figure: figure(&incidents, query.population),
        persons: Vec::new(),
        marks: Vec::new(),
    });
    in_table_order(cells.collect())
}

/// What stands behind the coded cell of that name: its incidents with their dead.
pub(super) fn behind(material: &Material, query: &Query, cell: &Cell) -> Vec<Node> {
    // Two places of one name have their ids behind their labels.
    let is = |key: &Key, shown: &Key| {
        let told_apart = || {
            let id = key.id.as_deref()?;
            Some(shown.label == format!("{} ({id})", key.label))
        };
        key.dimension == shown.dimension
            && key.id == shown.id
            && (key.label == shown.label || told_apart() == Some(true))
    };
    let same = |of: &[Key]| of.iter().zip(&cell.keys).all(|(key, shown)| is(key, shown));
    let behind = keyed(material, query).filter(|(of, _)| same(of));
    behind.map(|(_, entity)| node(material, entity)).collect()
}

/// The incident of that id, on its way to the bytes.
pub(super) fn find(material: &Material, id: &str) -> Option<Node> {
    let found = material.coded.iter().find(|entity| entity.id.0 == id);
    found.map(|entity| node(material, entity))
}

/// Every incident that counts, with its keys.
fn keyed<'m>(
    material: &'m Material,
    query: &'m Query,
) -> impl Iterator<Item = (Vec<Key>, &'m Entity)> {
    let by = query.by.iter().copied().filter(|by| *by != Dimension::Dataset);
    let by: Vec<Dimension> = std::iter::once(Dimension::Dataset).chain(by).collect();
    material.coded.iter().filter_map(move |entity| {
        let incident = incident(entity)?;
        let counts = dead(incident, query.population).is_some();
        let labelled = |(by, label): &(Dimension, String)| {
            key(material, incident, *by).is_some_and(|key| key.label == *label)
        };
        // Datasets count the dead, and grades are of persons.
        let asked = query.act() == Act::Killed
            && query.grade.is_none()
            && query.holds(incident.start, incident.end)
            && query.only.iter().all(labelled);
        if !counts || !asked {
            return None;
        }
        let keys: Option<Vec<Key>> = by.iter().map(|by| key(material, incident, *by)).collect();
        Some((keys?, entity))
    })
}

/// Low, best and high of one incident; `None` where the dataset does not tell.
fn dead(incident: &Incident, population: Population) -> Option<Toll> {
    match population {
        Population::All => incident.toll,
        Population::Civilians => {
            let Deaths { civilians, unknown, .. } = incident.deaths?;
            Some(Toll { low: civilians, best: civilians, high: civilians + unknown })
        }
        // The sides of a dataset are states, factions, militias: none is one of these by itself.
        Population::SecurityForces | Population::Fighters => None,
    }
}

fn figure(incidents: &[&Incident], population: Population) -> Figure {
    let tolls = incidents.iter().filter_map(|incident| dead(incident, population));
    let sum = tolls.fold(Toll::default(), |sum, toll| Toll {
        low: sum.low + toll.low,
        best: sum.best + toll.best,
        high: sum.high + toll.high,
    });
    let open = incidents.iter().filter_map(|incident| dead(incident, population));
    let open = open.filter(|toll| toll.low < toll.high).count();
    let events = incidents.len();
    let (low, best, high) = match population {
        Population::Civilians => (
            "dead civilians as coded; the dataset has no lower number of them".to_owned(),
            format!("dead civilians of {events} events, as coded"),
            "with all dead of whom the dataset does not say who they were".to_owned(),
        ),
        _ => (
            format!("lowest coded numbers of {events} events, {open} of them with a range"),
            format!("best coded numbers of {events} events, added: one dataset, no event twice"),
            format!("highest coded numbers of {events} events, {open} of them with a range"),
        ),
    };
    let end = |value: u64, reason: String| End { value: Some(value), reason };
    Figure { low: end(sum.low, low), best: end(sum.best, best), high: end(sum.high, high) }
}

/// The incident's key in a dimension; `None` where datasets have no such dimension at all.
fn key(material: &Material, incident: &Incident, dimension: Dimension) -> Option<Key> {
    let key = |label: String, id: Option<String>| Some(Key { dimension, label, id });
    let stated = |label: &str| {
        let label = if label.is_empty() { NOT_STATED } else { label };
        key(label.to_owned(), None)
    };
    let gazetteer = &material.gazetteer;
    let place = &incident.place;
    match dimension {
        Dimension::Dataset => key(incident.dataset.clone(), None),
        Dimension::Party => stated(&parties(incident)),
        Dimension::Day => match incident.start.filter(|_| is_one_day(incident)) {
            Some(day) => key(day.to_string(), Some(day.to_string())),
            None => stated(""),
        },
        Dimension::Governorate if place.precision >= Some(PlacePrecision::Country) => stated(""),
        Dimension::Governorate => match place.id.as_ref().and_then(|id| gazetteer.area_of(id, 1)) {
            Some(entry) => key(entry.name.clone(), Some(entry.id.clone())),
            None => stated(&place.province),
        },
        // A place that is no better known than its district is none.
        Dimension::Place if place.precision >= Some(PlacePrecision::District) => stated(""),
        Dimension::Place => match place.id.as_ref().and_then(|id| gazetteer.get(id)) {
            // A village that the gazetteer lacks has the id of the area it lies in.
            Some(entry) if entry.level >= 3 && place.name.is_empty() => {
                key(entry.name.clone(), Some(entry.id.clone()))
            }
            _ => stated(&place.name),
        },
        Dimension::Group
        | Dimension::Sex
        | Dimension::Age
        | Dimension::Cause
        | Dimension::Unit
        | Dimension::Grade => None,
    }
}

fn is_one_day(incident: &Incident) -> bool {
    incident.start == incident.end && incident.date_precision <= Some(DatePrecision::Day)
}

/// Who did it where one side killed people outside the fighting; else who fought whom.
fn parties(incident: &Incident) -> String {
    let name = |nth: usize| incident.involved.get(nth).map_or("", |i| i.party.0.as_str());
    match (name(0), name(1)) {
        (a, _) if incident.violence == Some(Violence::OneSided) => a.to_owned(),
        (a, "") => a.to_owned(),
        ("", b) => b.to_owned(),
        (a, b) => format!("{a} against {b}"),
    }
}

fn node(material: &Material, entity: &Entity) -> Node {
    let text = incident(entity).map(words).unwrap_or_default();
    let behind = entity.basis.iter().map(|cited| citation(material, cited)).collect();
    Node { kind: "incident", id: entity.id.0.clone(), text, behind }
}

/// An incident in one line: dead, who, where, when.
fn words(incident: &Incident) -> String {
    let mut words = Vec::new();
    if let Some(Toll { low, best, high }) = incident.toll {
        words.push(format!("{best} dead (low {low}, high {high})"));
    }
    let place = &incident.place;
    let days = match (incident.start, incident.end) {
        (Some(start), Some(end)) if start != end => format!("{start} to {end}"),
        (Some(day), _) => day.to_string(),
        _ => String::new(),
    };
    words.extend([parties(incident), place.name.clone(), place.province.clone(), days]);
    words.retain(|part| !part.is_empty());
    format!("{}: {}", incident.dataset, words.join(", "))
}

fn citation(material: &Material, cited: &Citation) -> Node {
    let Some(item) = &cited.item else {
        let text = "publication that the register does not hold".to_owned();
        return Node { kind: "publication", id: cited.place.clone(), text, behind: Vec::new() };
    };
    let bytes = material.items.iter().find(|captured| captured.item.id == *item);
    let bytes = bytes.map_or_else(
        || "a version that a newer one took the place of".to_owned(),
        |captured| format!("{}, {} bytes", captured.path, captured.item.bytes),
    );
    let item = Node { kind: "item", id: item.0.clone(), text: bytes, behind: Vec::new() };
    let text = "of the file as it came".to_owned();
    Node { kind: "place", id: cited.place.clone(), text, behind: vec![item] }
}
