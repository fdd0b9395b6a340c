//! One incident a row: UCDP, ACLED and HXL, in the columns of the dataset where a file of it has
//! been read, else in those of the newest layout.

use std::collections::BTreeSet;

use super::Outgoing;
use crate::model::entity::{EntityId, Incident, Source};
use crate::model::exchange::{
    self, COLUMNS, Coded, ExchangeFormat, bind, defused, is_ours, names_of, split_tag,
};
use crate::publish::Error;

pub(super) fn write(format: ExchangeFormat, outgoing: &Outgoing<'_>) -> Result<Vec<u8>, Error> {
    let columns = columns(format, outgoing);
    let fields = bind(format, &columns);
    let mut writer = csv::Writer::from_writer(Vec::new());
    if format == ExchangeFormat::Hxl {
        writer.write_record(columns.iter().map(|name| split_tag(name).0))?;
        writer.write_record(columns.iter().map(|name| split_tag(name).1))?;
    } else {
        writer.write_record(&columns)?;
    }
    for (entity, incident) in outgoing.incidents() {
        let coded = coded(format, &entity.id, incident);
        let cells = columns.iter().zip(&fields).map(|(column, field)| {
            let cell = match field {
                Some(field) => coded.cell(column, *field),
                None => coded.incident.extra.get(column).cloned().unwrap_or_default(),
            };
            if format.is_for_spreadsheets() { defused(&cell) } else { cell }
        });
        writer.write_record(cells)?;
    }
    writer.into_inner().map_err(|e| csv::Error::from(e.into_error()).into())
}

/// The columns of the dataset and after them those that only some of its incidents have: they came
/// with a file of another layout.
fn columns(format: ExchangeFormat, outgoing: &Outgoing<'_>) -> Vec<String> {
    let Some(mut columns) = outgoing.dataset.and_then(read_columns) else {
        return names_of(format);
    };
    let known: BTreeSet<&String> = columns.iter().collect();
    let extra = outgoing.incidents().flat_map(|(_, incident)| incident.extra.keys());
    let more: BTreeSet<String> = extra.filter(|key| !known.contains(key)).cloned().collect();
    columns.extend(more);
    columns
}

fn read_columns(dataset: &Source) -> Option<Vec<String>> {
    serde_json::from_str(dataset.extra.get(COLUMNS)?).ok()
}

/// An incident under the id that the format writes: without the dataset where the file is of one.
pub(super) fn coded(format: ExchangeFormat, id: &EntityId, incident: &Incident) -> Coded {
    let before = format!("{}:", exchange::prefix(&incident.dataset));
    let within = id.0.strip_prefix(&before).filter(|_| !is_ours(format));
    Coded { id: within.unwrap_or(&id.0).to_owned(), incident: incident.clone() }
}
