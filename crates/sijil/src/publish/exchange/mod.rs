//! Entities to files of foreign formats: one file a format, each the mirror of its reader in intake.
//!
//! A writer is handed what may leave the register and nothing else: whoever calls it has taken out
//! sealed sources and, unless they were asked for, names of victims. What a format cannot say is
//! left out; `docs/exchange.md` lists it.

mod entities;
mod ftm;
mod geojson;
mod parquet;
mod rows;

use crate::model::Person;
use crate::model::entity::{Entity, Incident, Source};
use crate::model::exchange::ExchangeFormat;

use super::Error;

/// How a table is kept in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Container {
    /// Separated values, and whatever is no table.
    #[default]
    Plain,
    /// Parquet.
    Parquet,
}

/// What is to be written.
#[derive(Clone, Debug, Default)]
pub struct Outgoing<'e> {
    /// Entities in the order in which they are written.
    pub entities: Vec<&'e Entity>,
    /// The one dataset that is written, where a file of it has been read.
    pub dataset: Option<&'e Source>,
    /// Persons whose names may leave the register; empty where names were not asked for.
    pub named: Vec<&'e Person>,
}

impl<'e> Outgoing<'e> {
    /// The incidents among the entities.
    fn incidents(&self) -> impl Iterator<Item = (&'e Entity, &'e Incident)> {
        self.entities.iter().filter_map(|entity| match &entity.body {
            crate::model::entity::Body::Incident(incident) => Some((*entity, incident.as_ref())),
            _ => None,
        })
    }
}

/// The bytes of a file of `format`.
///
/// # Errors
/// When the format is one that is only read or no table where one is wanted, or the bytes cannot
/// be made.
pub fn write(
    format: ExchangeFormat,
    container: Container,
    outgoing: &Outgoing<'_>,
) -> Result<Vec<u8>, Error> {
    match format {
        ExchangeFormat::Ucdp
        | ExchangeFormat::Acled
        | ExchangeFormat::Hxl
        | ExchangeFormat::Kobo
        | ExchangeFormat::Uwazi
        | ExchangeFormat::Bayanat
        | ExchangeFormat::Huridocs => rows::write(format, container, outgoing),
        ExchangeFormat::Ftm | ExchangeFormat::Geojson | ExchangeFormat::Toml
            if container == Container::Parquet =>
        {
            Err(Error::NoTable(format.code()))
        }
        ExchangeFormat::Ftm => ftm::write(outgoing),
        ExchangeFormat::Geojson => geojson::write(outgoing),
        ExchangeFormat::Toml => entities::write(outgoing),
        ExchangeFormat::Statements | ExchangeFormat::List => Err(Error::NotWritten(format.code())),
    }
}
