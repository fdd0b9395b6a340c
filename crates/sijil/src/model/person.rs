//! Persons: the one human being behind one or more records.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{AgeBand, Party, Record, RecordRef, Sex};

/// Name of a person in the register: derived from the first record, so that it is stable.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonId(pub String);

/// The one human being behind one or more records, with what the records agree on.
///
/// A field that the records contradict each other in carries the value of most records (the
/// earliest record on a tie) and its name stands in `contested`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Stable name.
    pub id: PersonId,
    /// Records behind the person, in order.
    pub records: Vec<Record>,
    /// Name most records give.
    pub name: Option<String>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Age in years at death.
    pub age: Option<u32>,
    /// Band of the age.
    pub band: Option<AgeBand>,
    /// Day of the killing.
    pub date: Option<Date>,
    /// Place of the killing as written.
    pub place: Option<String>,
    /// Governorate or province.
    pub province: Option<String>,
    /// Gazetteer id of the finest place.
    pub place_id: Option<String>,
    /// Civilian or not, as written.
    pub status: Option<String>,
    /// Ethnic or religious group.
    pub group: Option<String>,
    /// Cause of death.
    pub cause: Option<String>,
    /// Party held responsible.
    pub party: Option<Party>,
    /// Names of the fields that records contradict each other in.
    pub contested: Vec<String>,
}

/// Two records that may be one person: too likely to dismiss, too unlikely to join.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenPair {
    /// The earlier record.
    pub a: RecordRef,
    /// The later record.
    pub b: RecordRef,
    /// Probability that they are one person.
    pub probability: f64,
    /// Why, one short phrase a comparison.
    pub why: Vec<String>,
}
