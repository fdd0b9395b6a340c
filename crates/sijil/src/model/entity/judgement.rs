//! Judgements on anything but pairs of records, which have their own table.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sijil_claims::PartyClass;

use super::Member;
use crate::model::ItemId;

/// A claim by where it stands: stable however often its document is read anew, as long as the
/// reader finds it at the same place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClaimRef {
    /// The document's bytes.
    pub item: ItemId,
    /// First code point of the claim.
    pub start: usize,
}

/// A decision with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// What was decided on.
    pub on: Subject,
    /// What was decided.
    pub verdict: Verdict,
    /// Why, in the words of who decided.
    pub why: String,
}

/// What a judgement is on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Whether a claim counts.
    Claim(ClaimRef),
    /// Whether two members speak of one incident.
    Members(Box<(Member, Member)>),
}

/// What can be decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Read by a human and right.
    Accepted,
    /// Not what the text says, or no toll at all: it counts nowhere.
    Rejected,
    /// Right but for these fields.
    Corrected(Box<Correction>),
    /// One incident.
    Same,
    /// Two incidents.
    Different,
}

/// Fields of a claim as a human reads them; `None` leaves a field as the machine read it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Correction {
    /// Least number that the words allow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<u64>,
    /// Greatest number that the words allow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<u64>,
    /// First day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// Last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
    /// Side held responsible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyClass>,
}

impl Verdict {
    /// The word shown.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Corrected(_) => "corrected",
            Self::Same => "same",
            Self::Different => "different",
        }
    }
}
