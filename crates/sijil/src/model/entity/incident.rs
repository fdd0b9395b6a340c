//! Incidents: events with dates and places of stated precision, and what stands behind them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{ClaimRef, EntityId, Extra};
use crate::model::RecordRef;

/// An event. Codes are those of UCDP GED; what a dataset does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// What it is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Dataset it was coded in, such as `UCDP GED`; empty for one of the register's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dataset: String,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
    /// How precise the days are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_precision: Option<DatePrecision>,
    /// Where.
    #[serde(default)]
    pub place: IncidentPlace,
    /// Whether it is one event or an aggregate that cannot be split.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clarity: Option<Clarity>,
    /// Kind of violence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub violence: Option<Violence>,
    /// Who was involved, and at which level that is said. In two-sided fighting the two sides; in
    /// one-sided violence the party that did it stands first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub involved: Vec<Involvement>,
    /// The dead by whom they belonged to, where coded so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deaths: Option<Deaths>,
    /// Lowest, best and highest number of dead, as coded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub toll: Option<Toll>,
    /// Claims and records that speak of it; empty for one of a dataset.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// Columns of the format it came from that have no field here.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

/// A party's part in an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Involvement {
    /// Id of the party, or its words where it is no entity.
    pub party: EntityId,
    /// At which level its responsibility is said.
    #[serde(default)]
    pub level: Level,
}

/// How far responsibility is established. Joint, contested and unidentified are answers.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The party itself says so.
    Admitted,
    /// The register's standard of proof is met.
    Established,
    /// Two or more sources that do not depend on each other say so.
    Attributed,
    /// One source says so.
    #[default]
    Alleged,
    /// Sources that do not depend on each other name different sides.
    Contested,
    /// Several parties together; it cannot be split.
    Joint,
    /// Nobody is named.
    Unidentified,
}

impl Level {
    /// The word shown and stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Admitted => "admitted",
            Self::Established => "established",
            Self::Attributed => "attributed",
            Self::Alleged => "alleged",
            Self::Contested => "contested",
            Self::Joint => "joint",
            Self::Unidentified => "unidentified",
        }
    }
}

/// Something that speaks of an incident.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Member {
    /// A claim.
    Claim(ClaimRef),
    /// A record of a victim.
    Record(RecordRef),
}

/// Where an incident was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentPlace {
    /// The place as the source writes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Gazetteer id, where it resolves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Governorate or province as the source writes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub province: String,
    /// District as the source writes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub district: String,
    /// Country as the source writes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// Degrees north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// How precise the place is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<PlacePrecision>,
}

/// The dead of an incident by whom they belonged to (UCDP `deaths_*`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deaths {
    /// Of the first side.
    pub side_a: u64,
    /// Of the second side.
    pub side_b: u64,
    /// Civilians.
    pub civilians: u64,
    /// Not known whose.
    pub unknown: u64,
}

/// Lowest, best and highest number of dead, as a dataset codes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Toll {
    /// Lowest reliable number.
    pub low: u64,
    /// The number to quote.
    pub best: u64,
    /// Highest reliable number.
    pub high: u64,
}

/// A closed list of numbered codes of the field.
macro_rules! coded {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "u8", try_from = "u8")]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// The field's number for it.
            pub fn code(self) -> u8 {
                match self {
                    $(Self::$variant => $code,)+
                }
            }
        }

        impl From<$name> for u8 {
            fn from(value: $name) -> Self {
                value.code()
            }
        }

        impl TryFrom<u8> for $name {
            type Error = String;

            fn try_from(code: u8) -> Result<Self, String> {
                match code {
                    $($code => Ok(Self::$variant),)+
                    _ => Err(format!("{code} is no code of {}", stringify!($name))),
                }
            }
        }
    };
}

coded! {
    /// UCDP `date_prec`.
    DatePrecision {
        /// The day.
        Day = 1,
        /// Two to six days.
        FewDays = 2,
        /// A week.
        Week = 3,
        /// Eight to thirty days, or a month.
        Month = 4,
        /// More than a month, up to a year.
        Year = 5,
    }
}

coded! {
    /// UCDP `where_prec`.
    PlacePrecision {
        /// The very place.
        Exact = 1,
        /// Within some 25 km.
        Near = 2,
        /// District.
        District = 3,
        /// Governorate or province.
        Province = 4,
        /// A line or an area without clear bounds.
        Fuzzy = 5,
        /// The country only.
        Country = 6,
        /// International waters or air.
        International = 7,
    }
}

coded! {
    /// UCDP `event_clarity`.
    Clarity {
        /// One event.
        Single = 1,
        /// An aggregate that cannot be split.
        Aggregate = 2,
    }
}

coded! {
    /// UCDP `type_of_violence`.
    Violence {
        /// A state against an armed group or another state.
        StateBased = 1,
        /// Armed groups against each other.
        NonState = 2,
        /// Against civilians.
        OneSided = 3,
    }
}

impl Incident {
    /// Whether its window and the days from `start` to `end` share a day; unknown ends do not part.
    pub fn overlaps(&self, start: Option<Date>, end: Option<Date>) -> bool {
        let before = self.end.zip(start).is_some_and(|(end, start)| end < start);
        let after = self.start.zip(end).is_some_and(|(start, end)| start > end);
        !before && !after
    }
}
