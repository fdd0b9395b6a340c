//! Foreign formats to entities, statements and lists: one file a format.
//!
//! A reader gives what it could read and problems with their places, as all of intake. It names no
//! item: whoever calls it knows the bytes and adds them to the place within the file that each
//! entity names. Which column carries which field stands in `model::exchange`.

mod acled;
mod bayanat;
mod cells;
mod detect;
mod entities;
mod ftm;
mod geojson;
mod huridocs;
mod hxl;
mod kobo;
mod notes;
mod parts;
mod people;
mod places;
mod row;
mod rows;
mod sheet;
mod statements;
mod ucdp;
mod unpack;
mod uwazi;

pub use detect::detect;
pub use unpack::unpack;

use sijil_claims::{Lexicon, Reading};
use sijil_text::places::Gazetteer;

use super::Report;
use crate::model::entity::{Body, EntityId};
use crate::model::exchange::ExchangeFormat;
use crate::model::{Document, Place, Problem, Table};

/// A file to read, and what its reader needs to know beside the bytes.
#[derive(Clone, Copy)]
pub struct Foreign<'a> {
    /// What problems call the file.
    pub name: &'a str,
    /// Its bytes, unpacked.
    pub bytes: &'a [u8],
    /// What it is.
    pub format: ExchangeFormat,
    /// The dataset that it is of.
    pub dataset: &'a str,
    /// Places to resolve names with.
    pub gazetteer: &'a Gazetteer,
    /// Words for parties and groups.
    pub lexicon: &'a Lexicon,
}

/// An entity that a file gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its name within its kind.
    pub id: EntityId,
    /// What it is.
    pub body: Body,
    /// Where it stands in the file.
    pub place: String,
    /// What the file itself cites for it.
    pub cited: Vec<String>,
}

/// All that a file gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brought {
    /// Entities in the order of the file.
    pub found: Vec<Found>,
    /// A table of statements, read as a document.
    pub said: Option<(Document, Reading)>,
    /// Lists of victims in it.
    pub lists: Vec<Table>,
}

/// Reads a file of a foreign format.
pub fn read(file: &Foreign<'_>) -> (Brought, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut problem = |place: Place, message: String| {
        problems.push(Problem { file: file.name.to_owned(), place, message });
    };
    let brought = match file.format {
        ExchangeFormat::Ucdp => ucdp::read(file, &mut problem),
        ExchangeFormat::Acled => acled::read(file, &mut problem),
        ExchangeFormat::Hxl => hxl::read(file, &mut problem),
        ExchangeFormat::Ftm => ftm::read(file, &mut problem),
        ExchangeFormat::Geojson => geojson::read(file, &mut problem),
        ExchangeFormat::Toml => entities::read(file, &mut problem),
        ExchangeFormat::Statements => statements::read(file, &mut problem),
        ExchangeFormat::Kobo => kobo::read(file, &mut problem),
        ExchangeFormat::Uwazi => uwazi::read(file, &mut problem),
        ExchangeFormat::Bayanat => bayanat::read(file, &mut problem),
        ExchangeFormat::Huridocs => huridocs::read(file, &mut problem),
        // A list is read as those that `add` takes in.
        ExchangeFormat::List => Brought::default(),
    };
    (brought, problems)
}

/// Problems of one kind that are named one by one; of a flood the rest is counted.
const NAMED: usize = 200;

/// Passes problems on until there are [`NAMED`], then counts.
struct Flood<'p, 'r> {
    problem: &'p mut Report<'r>,
    met: usize,
}

impl<'p, 'r> Flood<'p, 'r> {
    fn into(problem: &'p mut Report<'r>) -> Self {
        Self { problem, met: 0 }
    }

    fn tell(&mut self, place: Place, message: String) {
        self.met += 1;
        if self.met <= NAMED {
            (self.problem)(place, message);
        }
    }

    fn end(self) {
        if self.met > NAMED {
            let more = self.met - NAMED;
            (self.problem)(Place::File, format!("{more} more cells or rows do not read"));
        }
    }
}
