//! The words of accounts: plain data.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Act, Claim, Modality, PartyClass, Quantity, Scope, Victims, Window};

/// A claim with what is known of the document it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// Where it stands.
    pub at: StatementRef,
    /// Who published the document.
    pub outlet: Option<&'a str>,
    /// Day of publication.
    pub published: Option<Date>,
    /// The claim.
    pub claim: &'a Claim,
}

/// The caller's number of a document, and the claim's index in its reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StatementRef {
    /// Document.
    pub document: usize,
    /// Index in `Reading::claims`.
    pub claim: usize,
}

/// All that a set of statements says, side by side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Accounts {
    /// One series an origin and thing, in order of source, act, population, party.
    pub accounts: Vec<Account>,
    /// Totals with their parts, those that close and those that do not.
    pub sums: Vec<SumCheck>,
    /// Equal numbers that mean different things.
    pub look_alikes: Vec<LookAlike>,
}

/// One origin's series about one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Canonical name of the origin: who said it first, as far as the texts tell.
    pub source: String,
    /// Kind of source (monitor, un, state, press, ngo, unknown).
    pub source_kind: String,
    /// Another origin that this one is known to repeat.
    pub depends_on: Option<String>,
    /// What was done.
    pub act: Act,
    /// Of whom.
    pub population: Population,
    /// Sides held responsible, sorted; empty where nobody is named.
    pub parties: Vec<PartyClass>,
    /// The words used for them, as first written.
    pub party_words: Vec<String>,
    /// Area as named, ids first where they resolve; empty where none is named.
    pub area: Vec<String>,
    /// The statements in order of publication.
    pub points: Vec<Point>,
}

/// A population: kinds and group. Two populations are never mixed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Population {
    /// Kinds of victims, sorted.
    pub victims: Vec<Victims>,
    /// Ethnic or religious group.
    pub group: Option<String>,
}

/// One statement of a series, however many outlets carry it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Earliest day of publication.
    pub published: Option<Date>,
    /// Window of the acts.
    pub window: Option<Window>,
    /// How many.
    pub quantity: Quantity,
    /// Words of the quantity as first written.
    pub surface: String,
    /// Running toll, incident or part.
    pub scope: Scope,
    /// How it is put.
    pub modality: Modality,
    /// Outlets that carry it, sorted.
    pub carried_by: Vec<String>,
    /// Every statement behind it.
    pub statements: Vec<StatementRef>,
    /// A later point of the same series takes its place.
    pub superseded: bool,
}

/// A total and its parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SumCheck {
    /// Canonical name of the origin.
    pub source: String,
    /// The total.
    pub total: StatementRef,
    /// Its parts.
    pub parts: Vec<StatementRef>,
    /// What the parts are split by.
    pub kind: SumKind,
    /// The total as stated (its low end).
    pub stated: u64,
    /// The sum of the parts' low ends.
    pub sum: u64,
    /// Whether the sum equals the total; parts that are not meant to be complete never fail.
    pub closes: bool,
}

/// What parts are split by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SumKind {
    /// By place.
    Place,
    /// By population.
    Population,
    /// By party.
    Party,
    /// By something else, or mixed.
    Mixed,
    /// Parts that do not claim to be all of it ("including 12 women").
    Included,
}

/// The same number for different things.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LookAlike {
    /// The number.
    pub number: u64,
    /// One statement of each meaning.
    pub statements: Vec<StatementRef>,
    /// One sentence that says how they differ.
    pub difference: String,
}
