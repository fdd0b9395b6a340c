//! Records: one victim as one list or one text gives them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sijil_claims::Act;

use super::{ItemId, Party};

/// Which row of which item a record came from; a record of a text has the claim's start instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordRef {
    /// The bytes.
    pub item: ItemId,
    /// Sheet, empty for a file that has none; `text` for a victim named in a document.
    pub sheet: String,
    /// Row number, or the claim's first code point.
    pub row: u64,
}

/// One victim as one list or one text gives them. Empty strings never: `None` where not given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Where it stands.
    pub at: RecordRef,
    /// Full name as written.
    pub name: Option<String>,
    /// Second form of the name (another script), as written.
    pub name_other: Option<String>,
    /// Father's name.
    pub father: Option<String>,
    /// Mother's name.
    pub mother: Option<String>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Age in years at death.
    pub age: Option<u32>,
    /// Day of birth.
    pub born: Option<Date>,
    /// Day of the killing.
    pub date: Option<Date>,
    /// Place of the killing as written.
    pub place: Option<String>,
    /// Governorate or province as written.
    pub province: Option<String>,
    /// Gazetteer id of the place; of the province where the list gives no place.
    pub place_id: Option<String>,
    /// Civilian, fighter, …, as written.
    pub status: Option<String>,
    /// Ethnic or religious group as written.
    pub group: Option<String>,
    /// Cause of death as written.
    pub cause: Option<String>,
    /// Party held responsible.
    pub party: Option<Party>,
    /// The list's own number for the person.
    pub list_id: Option<String>,
    /// What few lists give.
    #[serde(default, skip_serializing_if = "Details::is_empty")]
    pub details: Details,
}

/// What few lists give of a victim, as written where it is text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// What became of the victim; a list that does not say lists the killed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fate: Option<Act>,
    /// Child, adult or elderly, where the list says that and no age.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<AgeBand>,
    /// Place of birth or residence, never taken for the place of the killing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Occupation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupation: Option<String>,
    /// Family ties: "son of the victim in row 4", number of children.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kin: Option<String>,
}

impl Details {
    /// Whether the list gives none of it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Sex as lists give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// Age bands of the field: a child is under 18.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AgeBand {
    /// Under 18.
    Child,
    /// 18 to 59.
    Adult,
    /// 60 and over.
    Elderly,
}

impl AgeBand {
    /// The band of an age in years.
    pub fn of(age: u32) -> Self {
        match age {
            0..18 => Self::Child,
            18..60 => Self::Adult,
            _ => Self::Elderly,
        }
    }
}

/// What a column of a list means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Full name.
    Name,
    /// The name in the other script.
    NameOther,
    /// Given name, where the name is split.
    Given,
    /// Family name, where the name is split.
    Family,
    /// Father's name.
    Father,
    /// Mother's name.
    Mother,
    /// Sex.
    Sex,
    /// Age.
    Age,
    /// Day of birth.
    Born,
    /// Day of the killing.
    Date,
    /// Place of the killing.
    Place,
    /// Governorate or province of the killing.
    Province,
    /// Civilian or not.
    Status,
    /// Ethnic or religious group.
    Group,
    /// Cause of death.
    Cause,
    /// Party held responsible.
    Party,
    /// The list's own number.
    ListId,
    /// Killed, injured, missing, detained, …
    Fate,
    /// Place of birth or residence.
    Origin,
    /// Occupation.
    Occupation,
    /// Family ties.
    Kin,
    /// Kept, not used.
    Other,
}

/// One column of a list and what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Header as written.
    pub header: String,
    /// What it means.
    pub role: Role,
}

/// How the columns of one table were read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// One entry a column, in order.
    pub columns: Vec<Column>,
}
