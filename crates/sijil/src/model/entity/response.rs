//! Responses: what was said and done about an incident, what was promised and what came of it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sijil_claims::ResponseKind;

use super::{EntityId, Extra};

/// A statement, promise, investigation, arrest, trial or sanction (HURIDOCS *intervention*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// What was done.
    pub kind: ResponseKind,
    /// Who did it.
    pub actor: String,
    /// What it was, in a sentence of the user's own.
    pub text: String,
    /// Incidents that it answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incidents: Vec<EntityId>,
    /// Parties that it concerns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<EntityId>,
    /// When it was said or done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// By when what was promised was to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// What came of it.
    #[serde(default)]
    pub status: ResponseStatus,
    /// Responses that this one follows: the verdict of the trial of the arrest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub follows: Vec<EntityId>,
    /// Columns of the format it came from that have no field here.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

/// What came of a response.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ResponseStatus {
    /// Nothing is known yet.
    #[default]
    Open,
    /// Under way.
    Begun,
    /// Done as said.
    Done,
    /// Done in part.
    Partly,
    /// Given up or refused.
    Failed,
}

impl Response {
    /// Whether what was promised is late on `day`.
    pub fn is_overdue(&self, day: Date) -> bool {
        let pending = matches!(self.status, ResponseStatus::Open | ResponseStatus::Begun);
        pending && self.due.is_some_and(|due| due < day)
    }
}
