//! Entities: what the register knows beside what sources say and lists give.
//!
//! Sources, parties and their affiliations, incidents, who was involved, responses, judgements,
//! editions. Each has a kind and an id, says on whose word it stands, and is kept with its history:
//! a newer state supersedes the older one, nothing is erased. What each kind holds follows the
//! vocabularies of the field (UCDP, ACLED, HURIDOCS, Security Force Monitor, Airwars).

mod edition;
mod incident;
mod judgement;
mod party;
mod response;
mod source;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::ItemId;

pub use edition::{Edition, EditionFile};
pub use incident::{
    Clarity, DatePrecision, Deaths, Incident, IncidentPlace, Involvement, Level, Member,
    PlacePrecision, Toll, Violence,
};
pub use judgement::{ClaimRef, Correction, Judgement, Subject, Verdict};
pub use party::{Affiliation, Party, Tree};
pub use response::{Response, ResponseStatus};
pub use source::{Grade, Reliability, Source, SourceKind};

/// Name of an entity, unique within its kind, chosen by whoever brings it in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntityId(pub String);

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One entity as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Its name within its kind.
    pub id: EntityId,
    /// What it is.
    pub body: Body,
    /// Who put it so: a machine's word is never stored as a human's.
    pub author: Author,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub basis: Vec<Citation>,
}

/// Who put an entity so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Author {
    /// A named rule, such as the reader of a foreign format.
    Rule(String),
    /// A named user.
    User(String),
}

/// A place that an entity rests on: bytes of the register, or a publication that it does not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Citation {
    /// The bytes, where the register holds them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// Row, sheet and row, page or code points within the bytes; else how the publication is cited.
    pub place: String,
}

/// The kinds, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// Who says things.
    Source,
    /// A force, faction, unit or state body.
    Party,
    /// Membership of a party in a party, over time.
    Affiliation,
    /// An event.
    Incident,
    /// A statement, promise, investigation, arrest, trial or sanction.
    Response,
    /// A decision on a claim, on incidents, on an attribution.
    Judgement,
    /// A frozen state of what was published.
    Edition,
}

impl EntityKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Source,
        Self::Party,
        Self::Affiliation,
        Self::Incident,
        Self::Response,
        Self::Judgement,
        Self::Edition,
    ];

    /// The word stored and shown.
    pub fn code(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Party => "party",
            Self::Affiliation => "affiliation",
            Self::Incident => "incident",
            Self::Response => "response",
            Self::Judgement => "judgement",
            Self::Edition => "edition",
        }
    }

    /// The kind that a stored word stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }
}

/// What an entity is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Who says things.
    Source(Source),
    /// A force, faction, unit or state body.
    Party(Party),
    /// Membership of a party in a party, over time.
    Affiliation(Affiliation),
    /// An event.
    Incident(Box<Incident>),
    /// A statement, promise, investigation, arrest, trial or sanction.
    Response(Response),
    /// A decision.
    Judgement(Judgement),
    /// A frozen state of what was published.
    Edition(Edition),
}

impl Body {
    /// The kind.
    pub fn kind(&self) -> EntityKind {
        match self {
            Self::Source(_) => EntityKind::Source,
            Self::Party(_) => EntityKind::Party,
            Self::Affiliation(_) => EntityKind::Affiliation,
            Self::Incident(_) => EntityKind::Incident,
            Self::Response(_) => EntityKind::Response,
            Self::Judgement(_) => EntityKind::Judgement,
            Self::Edition(_) => EntityKind::Edition,
        }
    }

    /// The body as JSON, without its kind, as it is stored.
    ///
    /// # Errors
    /// Never for bodies made by this program.
    pub fn to_json(&self) -> serde_json::Result<String> {
        match self {
            Self::Source(body) => serde_json::to_string(body),
            Self::Party(body) => serde_json::to_string(body),
            Self::Affiliation(body) => serde_json::to_string(body),
            Self::Incident(body) => serde_json::to_string(body),
            Self::Response(body) => serde_json::to_string(body),
            Self::Judgement(body) => serde_json::to_string(body),
            Self::Edition(body) => serde_json::to_string(body),
        }
    }

    /// The body of a kind from JSON.
    ///
    /// # Errors
    /// When the JSON is not that of this kind.
    pub fn from_json(kind: EntityKind, json: &str) -> serde_json::Result<Self> {
        Ok(match kind {
            EntityKind::Source => Self::Source(serde_json::from_str(json)?),
            EntityKind::Party => Self::Party(serde_json::from_str(json)?),
            EntityKind::Affiliation => Self::Affiliation(serde_json::from_str(json)?),
            EntityKind::Incident => Self::Incident(serde_json::from_str(json)?),
            EntityKind::Response => Self::Response(serde_json::from_str(json)?),
            EntityKind::Judgement => Self::Judgement(serde_json::from_str(json)?),
            EntityKind::Edition => Self::Edition(serde_json::from_str(json)?),
        })
    }
}

/// Columns of a foreign format that have no field of ours, by their names: kept, so that the same
/// format can be written again without loss.
pub type Extra = BTreeMap<String, String>;
