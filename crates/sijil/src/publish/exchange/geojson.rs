//! Incidents as a GeoJSON FeatureCollection (RFC 7946).
//!
//! A point is drawn only for a place that is known to some 25 km: a map that shows a point where a
//! source named a district says more than anybody knows. The coordinates of a coarser place stand
//! among the properties, beside their precision.

use serde_json::{Map, Value, json};

use super::Outgoing;
use super::rows::coded;
use crate::model::entity::{Entity, Incident, Level, PlacePrecision};
use crate::model::exchange::{
    Coded, ExchangeFormat, Field, GEOMETRY, INVOLVED, as_value, columns_of,
};
use crate::publish::Error;

pub(super) fn write(outgoing: &Outgoing<'_>) -> Result<Vec<u8>, Error> {
    let features = outgoing.incidents().map(|(entity, incident)| feature(entity, incident));
    let features: Vec<Value> = features.collect::<Result<_, Error>>()?;
    let mut bytes =
        serde_json::to_vec(&json!({ "type": "FeatureCollection", "features": features }))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn feature(entity: &Entity, incident: &Incident) -> Result<Value, Error> {
    let coded = coded(true, &entity.id, incident);
    let mut properties = properties(&coded)?;
    let geometry = properties.remove(GEOMETRY);
    Ok(json!({
        "type": "Feature",
        "id": entity.id.0,
        "geometry": geometry.or_else(|| point(incident)),
        "properties": properties,
    }))
}

/// Our fields under our names, what a file brought beside them, and every party where two names do
/// not say it all.
pub(super) fn properties(coded: &Coded) -> Result<Map<String, Value>, Error> {
    let mut properties = Map::new();
    for (name, cell) in &coded.incident.extra {
        properties.insert(name.clone(), as_value(cell));
    }
    for (name, field) in columns_of(ExchangeFormat::Geojson) {
        let Some(field) = field else { continue };
        let cell = coded.cell(name, *field);
        if !cell.is_empty() {
            properties.insert((*name).to_owned(), value(*field, &cell));
        }
    }
    let involved = &coded.incident.involved;
    if involved.len() > 2 || involved.iter().any(|i| i.level != Level::default()) {
        properties.insert(INVOLVED.to_owned(), serde_json::to_value(involved)?);
    }
    Ok(properties)
}

fn value(field: Field, cell: &str) -> Value {
    let number = || serde_json::from_str::<Value>(cell).ok().filter(Value::is_number);
    let number = if field.is_number() { number() } else { None };
    number.unwrap_or_else(|| Value::String(cell.to_owned()))
}

fn point(incident: &Incident) -> Option<Value> {
    let place = &incident.place;
    let known = place.precision.is_none_or(|precision| precision <= PlacePrecision::Near);
    let (lat, lon) = place.lat.zip(place.lon).filter(|_| known)?;
    Some(json!({ "type": "Point", "coordinates": [lon, lat] }))
}
