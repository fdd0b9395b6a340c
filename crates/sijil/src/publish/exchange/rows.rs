//! One incident a row: UCDP, ACLED, HXL, Kobo, Uwazi, Bayanat, HURIDOCS, in the columns of the dataset
//! where a file of it has been read, else in those of the newest layout.

use std::collections::BTreeSet;

use super::{Container, Outgoing, parquet};
use crate::model::entity::{EntityId, Incident, Source};
use crate::model::exchange::{
    self, COLUMNS, Coded, ExchangeFormat, FORMAT, Field, bind, columns_of, defused, names_of,
    split_tag,
};
use crate::publish::Error;

pub(super) fn write(
    format: ExchangeFormat,
    container: Container,
    outgoing: &Outgoing<'_>,
) -> Result<Vec<u8>, Error> {
    let (headers, rows) = table(format, outgoing);
    if container == Container::Parquet {
        return Ok(parquet::write(&headers, &rows)?);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headers)?;
    for row in &rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|e| csv::Error::from(e.into_error()).into())
}

/// The header and the rows below it.
fn table(format: ExchangeFormat, outgoing: &Outgoing<'_>) -> (Vec<String>, Vec<Vec<String>>) {
    let columns = columns(format, outgoing);
    let fields = bind(format, &columns);
    let whole = fields.contains(&Some(Field::Dataset));
    let rows = outgoing.incidents().map(|(entity, incident)| {
        let coded = coded(whole, &entity.id, incident);
        let cells = columns.iter().zip(&fields).map(|(column, field)| {
            let cell = match field {
                Some(field) => coded.cell(column, *field),
                None => coded.incident.extra.get(column).cloned().unwrap_or_default(),
            };
            if format.is_for_spreadsheets() { defused(&cell) } else { cell }
        });
        cells.collect()
    });
    if format != ExchangeFormat::Hxl {
        let rows = rows.collect();
        return (columns, rows);
    }
    let split = columns.iter().map(|name| split_tag(name));
    let (names, tags): (Vec<String>, Vec<String>) =
        split.map(|(name, tag)| (name.to_owned(), tag.to_owned())).unzip();
    (names, std::iter::once(tags).chain(rows).collect())
}

/// The columns of the dataset and after them those that only some of its incidents have: they came
/// with a file of another layout.
fn columns(format: ExchangeFormat, outgoing: &Outgoing<'_>) -> Vec<String> {
    let Some(mut columns) = outgoing.dataset.and_then(|dataset| read_columns(format, dataset))
    else {
        return names_of(format);
    };
    let known: BTreeSet<&String> = columns.iter().collect();
    let extra = outgoing.incidents().flat_map(|(_, incident)| incident.extra.keys());
    let more: BTreeSet<String> = extra.filter(|key| !known.contains(key)).cloned().collect();
    let bound = bind(format, &columns);
    let lacking = names_of(format).into_iter().zip(columns_of(format));
    let lacking: Vec<String> = lacking
        .filter(|(name, (_, field))| {
            let Some(field) = field.filter(|field| !bound.contains(&Some(*field))) else {
                return false;
            };
            !more.contains(name) && outgoing.incidents().any(|(_, i)| loses(&bound, field, i))
        })
        .map(|(name, _)| name)
        .collect();
    columns.extend(more.into_iter().chain(lacking));
    columns
}

/// Whether an incident says something in `field` that none of the columns carries, and that a file
/// of the format has brought.
fn loses(bound: &[Option<Field>], field: Field, incident: &Incident) -> bool {
    let has = |field: Field| bound.contains(&Some(field));
    let toll = incident.toll.unwrap_or_default();
    let carried = match field {
        // Known from what stands beside it, or added by the reader.
        Field::Id | Field::Dataset | Field::Year | Field::PlaceId => true,
        Field::Start | Field::End => has(Field::Day),
        Field::Latitude | Field::Longitude => has(Field::Point),
        Field::Point => has(Field::Latitude),
        Field::Best => has(Field::Fatalities),
        Field::Low => toll.low == toll.best,
        Field::High => toll.high == toll.best,
        _ => false,
    };
    let coded = Coded { id: String::new(), incident: incident.clone() };
    !carried && !field.write(&coded).is_empty()
}

/// The columns of a dataset, where a file of this format gave them.
fn read_columns(format: ExchangeFormat, dataset: &Source) -> Option<Vec<String>> {
    dataset.extra.get(FORMAT).filter(|code| *code == format.code())?;
    serde_json::from_str(dataset.extra.get(COLUMNS)?).ok()
}

/// An incident under its id: whole where the dataset stands beside it, else the dataset's own.
pub(super) fn coded(whole: bool, id: &EntityId, incident: &Incident) -> Coded {
    let before = format!("{}:", exchange::prefix(&incident.dataset));
    let within = id.0.strip_prefix(&before).filter(|_| !whole);
    Coded { id: within.unwrap_or(&id.0).to_owned(), incident: incident.clone() }
}
