//! Rows of named cells to incidents, whatever the format.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::places::Places;
use super::sheet::{self, Sheet};
use super::{Brought, Flood, Foreign, Found, Report};
use crate::model::Place;
use crate::model::entity::{Body, EntityId, Source, SourceKind, Toll};
use crate::model::exchange::{self, Coded, Field, bind, is_ours};

/// A cell under its column.
pub(super) struct Named<'c> {
    /// The column.
    pub(super) column: &'c str,
    /// What it holds, where it has a field of ours.
    pub(super) field: Option<Field>,
    /// What is written there.
    pub(super) cell: &'c str,
}

/// Takes rows and makes incidents of them.
pub(super) struct Incidents<'f, 'p, 'r> {
    file: &'f Foreign<'f>,
    places: Places<'f>,
    flood: Flood<'p, 'r>,
    met: BTreeSet<EntityId>,
    found: Vec<Found>,
}

/// Reads a sheet whose columns carry these fields.
pub(super) fn incidents(
    file: &Foreign<'_>,
    sheet: &Sheet,
    fields: &[Option<Field>],
    problem: &mut Report<'_>,
) -> Vec<Found> {
    let mut incidents = Incidents::of(file, problem);
    let guarded = file.format.is_for_spreadsheets();
    for (row, record) in &sheet.rows {
        if record.len() > sheet.headers.len() {
            let message = "has more cells than the header: they are not read; quote its commas";
            incidents.flood.tell(sheet::row(*row), message.to_owned());
        }
        let cells = record.iter().map(|c| if guarded { exchange::restored(c) } else { c });
        let named = sheet.headers.iter().zip(fields).zip(cells);
        let named: Vec<Named<'_>> =
            named.map(|((column, field), cell)| Named { column, field: *field, cell }).collect();
        incidents.take(&named, &format!("row {row}"), &|column| sheet::cell(*row, column));
    }
    incidents.end()
}

impl<'f, 'p, 'r> Incidents<'f, 'p, 'r> {
    pub(super) fn of(file: &'f Foreign<'f>, problem: &'p mut Report<'r>) -> Self {
        Self {
            file,
            places: Places::of(file.gazetteer),
            flood: Flood::into(problem),
            met: BTreeSet::new(),
            found: Vec::new(),
        }
    }

    /// Takes one row; `place` is where it stands, `at` the place of one of its cells.
    pub(super) fn take(&mut self, row: &[Named<'_>], place: &str, at: &dyn Fn(&str) -> Place) {
        let mut coded = Coded::default();
        let mut given = Ends::default();
        for Named { column, field, cell } in row {
            let Some(field) = field else { continue };
            match field.read(cell, &mut coded) {
                Ok(()) => given.note(*field, cell),
                Err(expected) => {
                    given.spoiled |= Ends::has(*field);
                    self.flood.tell(at(column), format!("is {expected}: the cell counts nowhere"));
                }
            }
        }
        given.settle(&mut coded.incident.toll);
        let Some(id) = self.id(&coded, row, at) else { return };
        if coded.incident.dataset.is_empty() {
            coded.incident.dataset = self.file.dataset.to_owned();
        }
        self.check(&coded, at);
        for Named { column, field, cell } in row {
            let lost = field.is_none_or(|field| field.write(&coded) != *cell);
            if lost && !cell.is_empty() {
                coded.incident.extra.insert((*column).to_owned(), (*cell).to_owned());
            }
        }
        self.places.resolve(&mut coded.incident.place);
        let body = Body::Incident(Box::new(coded.incident));
        self.found.push(Found { id, body, place: place.to_owned(), cited: Vec::new() });
    }

    /// The id within the register. A row without one is named by its content, so that the same row
    /// is the same incident; where a dataset has ids, a row without one is a problem.
    fn id(
        &mut self,
        coded: &Coded,
        row: &[Named<'_>],
        at: &dyn Fn(&str) -> Place,
    ) -> Option<EntityId> {
        let prefix = exchange::prefix(self.file.dataset);
        let id = match coded.id.as_str() {
            "" if self.file.format.dataset().is_some() => {
                self.flood.tell(at("id"), "is blank: the row is left out; number it".to_owned());
                return None;
            }
            "" => format!("{prefix}:{}", digest(row)),
            id if is_ours(self.file.format) && !coded.incident.dataset.is_empty() => id.to_owned(),
            id => format!("{prefix}:{id}"),
        };
        let id = EntityId(id);
        if !self.met.insert(id.clone()) {
            let message = "stands in an earlier row too: the row is left out; keep one of them";
            self.flood.tell(at("id"), message.to_owned());
            return None;
        }
        Some(id)
    }

    fn check(&mut self, coded: &Coded, at: &dyn Fn(&str) -> Place) {
        let incident = &coded.incident;
        if incident.toll.is_some_and(|t| t.low > t.best || t.best > t.high) {
            let message = "low, best and high are not in order: kept as coded; ask the coder";
            self.flood.tell(at("best"), message.to_owned());
        }
        if incident.start.zip(incident.end).is_some_and(|(start, end)| end < start) {
            let message = "lies before the first day: kept as coded; ask the coder";
            self.flood.tell(at("last day"), message.to_owned());
        }
    }

    /// The incident taken last.
    pub(super) fn last(&mut self) -> Option<&mut Found> {
        self.found.last_mut()
    }

    pub(super) fn end(self) -> Vec<Found> {
        self.flood.end();
        self.found
    }
}

/// Which ends of the range of dead a row gives.
#[derive(Default)]
struct Ends {
    low: bool,
    best: bool,
    high: bool,
    /// One of them does not read: then none counts.
    spoiled: bool,
}

impl Ends {
    fn has(field: Field) -> bool {
        matches!(field, Field::Low | Field::Best | Field::High | Field::Fatalities)
    }

    fn note(&mut self, field: Field, cell: &str) {
        let given = !cell.trim().is_empty();
        match field {
            Field::Low => self.low |= given,
            Field::Best => self.best |= given,
            Field::High => self.high |= given,
            _ => {}
        }
    }

    /// An end that the row leaves blank is the nearest one that it gives.
    fn settle(&self, toll: &mut Option<Toll>) {
        if self.spoiled {
            *toll = None;
        }
        let Some(toll) = toll else { return };
        if !self.best && (self.low || self.high) {
            toll.best = if self.low { toll.low } else { toll.high };
        }
        if self.best || self.low || self.high {
            toll.low = if self.low { toll.low } else { toll.best };
            toll.high = if self.high { toll.high } else { toll.best };
        }
    }
}

fn digest(row: &[Named<'_>]) -> String {
    let mut hash = Sha256::new();
    for named in row.iter().filter(|named| !named.cell.is_empty()) {
        hash.update(named.column.as_bytes());
        hash.update([0]);
        hash.update(named.cell.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// A file whose first row names its columns and whose other rows are incidents.
pub(super) fn table(file: &Foreign<'_>, problem: &mut Report<'_>) -> Brought {
    let Some(sheet) = sheet::read(file.bytes, problem) else { return Brought::default() };
    let fields = bind(file.format, &sheet.headers);
    let found = incidents(file, &sheet, &fields, problem);
    dataset(file, &sheet.headers, found)
}

/// A sheet of one dataset: its incidents, and the dataset as a source that keeps its columns.
pub(super) fn dataset(file: &Foreign<'_>, columns: &[String], incidents: Vec<Found>) -> Brought {
    let mut source =
        Source { name: file.dataset.to_owned(), kind: SourceKind::Dataset, ..Source::default() };
    let columns = serde_json::to_string(columns).unwrap_or_default();
    source.extra.insert(exchange::COLUMNS.to_owned(), columns);
    source.extra.insert(exchange::FORMAT.to_owned(), file.format.code().to_owned());
    let source = Found {
        id: EntityId(exchange::prefix(file.dataset)),
        body: Body::Source(source),
        place: "header".to_owned(),
        cited: Vec::new(),
    };
    let found = std::iter::once(source).chain(incidents).collect();
    Brought { found, ..Brought::default() }
}
