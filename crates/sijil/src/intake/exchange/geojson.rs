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

/// A property as a cell.
struct Property {
    name: String,
    cell: String,
}

fn take(incidents: &mut Incidents<'_, '_, '_>, feature: &Value, nth: u64) {
    let none = Map::new();
    let properties = feature.get("properties").and_then(Value::as_object).unwrap_or(&none);
    let mut involved: Option<Vec<Involvement>> = None;
    let mut row: Vec<Property> = Vec::new();
    for (name, value) in properties {
        match (name.as_str(), value) {
            (_, Value::Null) => {}
            (INVOLVED, value) => involved = serde_json::from_value(value.clone()).ok(),
            _ => row.push(Property { name: name.clone(), cell: as_cell(value) }),
        }
    }
    let lacks = |name: &str, row: &[Property]| row.iter().all(|property| property.name != name);
    if let Some(id) = feature.get("id").filter(|_| lacks("id", &row)) {
        row.push(Property { name: "id".to_owned(), cell: as_cell(id) });
    }
    if let Some(geometry) = feature.get("geometry").filter(|geometry| !geometry.is_null()) {
        let point = geometry.get("coordinates").and_then(Value::as_array);
        let point = point.filter(|_| geometry.get("type") == Some(&Value::from("Point")));
        match point.map(Vec::as_slice) {
            Some([lon, lat, ..]) => {
                for (name, degrees) in [("latitude", lat), ("longitude", lon)] {
                    if lacks(name, &row) {
                        row.push(Property { name: name.to_owned(), cell: as_cell(degrees) });
                    }
                }
            }
            _ => row.push(Property { name: GEOMETRY.to_owned(), cell: geometry.to_string() }),
        }
    }
    let names: Vec<String> = row.iter().map(|property| property.name.clone()).collect();
    let fields: Vec<Option<Field>> = bind(ExchangeFormat::Geojson, &names);
    let named = row.iter().zip(fields);
    let named: Vec<Named<'_>> = named
        .map(|(property, field)| Named { column: &property.name, field, cell: &property.cell })
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
