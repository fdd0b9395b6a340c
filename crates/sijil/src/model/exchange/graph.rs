//! FollowTheMoney: which schema and which property says what. The model has no killing and no
//! toll; `docs/exchange.md` lists what that leaves out.

use sijil_claims::PartyClass;

use super::Field;

/// Schemata of those who can be a party, the two that are written first.
pub const PARTIES: &[&str] = &["PublicBody", "Organization", "LegalEntity", "Company", "Person"];

/// Schemata of documents, the one that is written first.
pub const DOCUMENTS: &[&str] = &["Article", "Document", "HyperText", "Pages", "PlainText"];

/// Keyword of a person who was killed.
pub const VICTIM: &str = "victim";

/// Property of a party's or an incident's `extra` that holds a schema other than the usual one.
pub const SCHEMA: &str = "schema";

/// Properties of an Event and the fields that they carry.
pub const EVENT: &[(&str, Field)] = &[
    ("name", Field::Title),
    ("startDate", Field::Start),
    ("endDate", Field::End),
    ("country", Field::Country),
    ("location", Field::Place),
];

/// Properties of an Event that are kept and have no field of ours.
pub const EVENT_OTHERS: &[&str] = &[
    "alias",
    "description",
    "important",
    "keywords",
    "locationMentioned",
    "notes",
    "publisher",
    "recordId",
    "sourceUrl",
    "summary",
    "topics",
    "weakAlias",
];

/// The schema that a party of this class is written as.
pub fn schema_of(class: PartyClass) -> &'static str {
    if class == PartyClass::State { "PublicBody" } else { "Organization" }
}
