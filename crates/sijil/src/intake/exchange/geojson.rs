//! A GeoJSON FeatureCollection (RFC 7946): one incident a feature.
//!
//! Properties are bound by our own names; any other is kept as its JSON, so that it is written
//! again as it was. A point gives the coordinates where no property does; another geometry is kept.

use serde_json::{Map, Value};

use super::rows::{Incidents, Named};
use super::{Brought, Foreign, Report};
use crate::model::Place;
use crate::model::entity::{Body, Involvement};
use crate::model::exchange::{ExchangeFormat, Field, GEOMETRY, INVOLVED, as_cell, bind};

pub(super) fn read(file: &Foreign<'_>, problem: &mut Report<'_>) -> Brought {
    let all: Value = match serde_json::from_slice(file.bytes) {
        Ok(all) => all,
        Err(e) => {
            let message = format!("is no JSON ({e}); ask its sender for the file again");
            problem(Place::Line(e.line() as u64), message);
            return Brought::default();
        }
    };
    let Some(features) = all.get("features").and_then(Value::as_array) else {
        problem(Place::File, "is no FeatureCollection; name the format with --as".to_owned());
        return Brought::default();
    };
    let mut incidents = Incidents::of(file, problem);
    for (nth, feature) in (1..).zip(features) {
        take(&mut incidents, feature, nth);
    }
    Brought { found: incidents.end(), ..Brought::default() }
}

fn take(incidents: &mut Incidents<'_, '_, '_>, feature: &Value, nth: u64) {
    let none = Map::new();
    let properties = feature.get("properties").and_then(Value::as_object).unwrap_or(&none);
    let mut involved: Option<Vec<Involvement>> = None;
    let mut row: Vec<(String, Value)> = Vec::new();
    for (name, value) in properties {
        match (name.as_str(), value) {
            (_, Value::Null) => {}
            (INVOLVED, value) => involved = serde_json::from_value(value.clone()).ok(),
            _ => row.push((name.clone(), value.clone())),
        }
    }
    let id = feature.get("id").map(|id| ("id".to_owned(), id.clone()));
    let more: Vec<(String, Value)> =
        id.into_iter().chain(geometry(feature.get("geometry"))).collect();
    for (name, value) in more {
        if row.iter().all(|(there, _)| *there != name) {
            row.push((name, value));
        }
    }
    let names: Vec<String> = row.iter().map(|(name, _)| name.clone()).collect();
    let fields: Vec<Option<Field>> = bind(ExchangeFormat::Geojson, &names);
    let cells: Vec<String> = row.iter().zip(&fields).map(|((_, v), f)| cell(v, *f)).collect();
    let named: Vec<Named<'_>> = names
        .iter()
        .zip(fields)
        .zip(&cells)
        .map(|((column, field), cell)| Named { column, field, cell })
        .collect();
    let at = |column: &str| Place::Cell {
        sheet: "features".to_owned(),
        row: nth,
        column: column.to_owned(),
    };
    incidents.take(&named, &format!("feature {nth}"), &at);
    if let (Some(involved), Some(last)) = (involved, incidents.last())
        && let Body::Incident(incident) = &mut last.body
    {
        incident.involved = involved;
    }
}

/// A field of ours takes a text as it stands; what is only kept must come back as the JSON it was.
fn cell(value: &Value, field: Option<Field>) -> String {
    match (value, field) {
        (Value::String(text), Some(_)) => text.clone(),
        _ => as_cell(value),
    }
}

/// The coordinates of a point; any other geometry whole.
fn geometry(geometry: Option<&Value>) -> Vec<(String, Value)> {
    let Some(geometry) = geometry.filter(|geometry| !geometry.is_null()) else {
        return Vec::new();
    };
    let is_point = geometry.get("type") == Some(&Value::from("Point"));
    let coordinates = geometry.get("coordinates").and_then(Value::as_array);
    match coordinates.filter(|_| is_point).map(Vec::as_slice) {
        Some([lon, lat, ..]) => {
            vec![("latitude".to_owned(), lat.clone()), ("longitude".to_owned(), lon.clone())]
        }
        _ => vec![(GEOMETRY.to_owned(), geometry.clone())],
    }
}
