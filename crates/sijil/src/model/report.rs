//! What a published report shows: figures already counted, marks already numbered.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sijil_claims::accounts::{Account, LookAlike, StatementRef, SumCheck};
use sijil_claims::{Motive, PartyClass, ResponseKind, Victims, Violation, Zone};

use super::{FigureTable, ItemId, Mapping, Mark, MarkId, OpenPair, Person, Problem, Region};

/// Everything a report shows. Holds no wall clock and no machine name: same register, same bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Title of the report.
    pub title: String,
    /// Latest day that the material speaks of.
    pub as_of: Option<Date>,
    /// SHA-256 over what was counted, in short the state of the register shown here.
    pub fingerprint: String,
    /// The head figures.
    pub totals: Totals,
    /// Breakdowns, documented ones first.
    pub tables: Vec<FigureTable>,
    /// Accounts side by side.
    pub accounts: Vec<Account>,
    /// Totals with their parts.
    pub sums: Vec<SumCheck>,
    /// Equal numbers that mean different things.
    pub look_alikes: Vec<LookAlike>,
    /// The claims, in the order of documents and positions.
    pub claims: Vec<ClaimLine>,
    /// Incidents, the one with most dead first.
    pub incidents: Vec<IncidentLine>,
    /// Persons by grade of proof, best first.
    pub grades: Vec<GradeCount>,
    /// Why figures moved since the last edition, where there is one.
    pub changes: Option<Changes>,
    /// Who is held responsible by whom, with or without a number.
    pub attributions: Vec<AttributionLine>,
    /// What was said and done in response.
    pub responses: Vec<ResponseLine>,
    /// What does not agree within one document.
    pub flags: Vec<FlagLine>,
    /// Sentences and rows that numbers rest on; `MarkId` is the index plus 1.
    pub marks: Vec<Mark>,
    /// Persons behind records, in order of their names in the register.
    pub persons: Vec<PersonLine>,
    /// Pairs that a human should judge, most likely first.
    pub open_pairs: Vec<OpenPair>,
    /// Places with a position and their reported or documented figure.
    pub places: Vec<MapPoint>,
    /// Boundaries to draw below the places.
    pub regions: Vec<Region>,
    /// How the columns of each list were read.
    pub mappings: Vec<MappingLine>,
    /// Every item taken in.
    pub items: Vec<ItemLine>,
    /// What could not be read, with its place.
    pub problems: Vec<Problem>,
}

/// The head figures of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Items kept.
    pub items: u64,
    /// Documents read.
    pub documents: u64,
    /// Tables read.
    pub tables: u64,
    /// Claims read out.
    pub claims: u64,
    /// Different origins among the accounts.
    pub sources: u64,
    /// Records of victims.
    pub records: u64,
    /// Persons behind them.
    pub persons: u64,
    /// Pairs that stay open.
    pub open_pairs: u64,
    /// Persons if every open pair were one person.
    pub persons_low: u64,
    /// Persons if every link below certainty were cut.
    pub persons_high: u64,
    /// Decisions by humans among all judgements.
    pub human_judgements: u64,
    /// Decisions by named rules.
    pub rule_judgements: u64,
    /// Claims that a human has read: accepted or corrected.
    pub claims_read: u64,
    /// Claims that a human has struck out: they count nowhere.
    pub claims_struck: u64,
}

/// One incident as a list and a page show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentLine {
    /// Its name in the register.
    pub id: String,
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// Where.
    pub place: String,
    /// Governorate or province.
    pub province: String,
    /// Persons killed behind its records.
    pub documented: u64,
    /// Least that a claim of it says.
    pub reported_low: Option<u64>,
    /// Most that a claim of it says; `None` where open or not said.
    pub reported_high: Option<u64>,
    /// Voices behind it that do not depend on each other.
    pub sources: u64,
    /// Grade under the register's standard of proof.
    pub grade: String,
    /// Sides held responsible, each with its level.
    pub responsible: String,
    /// Sentences that tell of it.
    pub marks: Vec<MarkId>,
}

/// How many persons have a grade of proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeCount {
    /// The grade.
    pub grade: String,
    /// Persons killed who have it.
    pub persons: u64,
    /// Where its rule comes from.
    pub why: String,
}

/// Why figures moved since an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// The edition.
    pub since: String,
    /// One line a cell and cause, or an account.
    pub lines: Vec<ChangeLine>,
}

/// One reason for which one figure moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeLine {
    /// The cell, as `sijil trace` takes it, or who says what.
    pub cell: String,
    /// The figure before, empty where there was none.
    pub before: String,
    /// The figure after, empty where there is none.
    pub after: String,
    /// Why.
    pub cause: String,
    /// By how much, with its sign; empty for what is said.
    pub by: String,
    /// On whose decision, or from which items.
    pub because: String,
}

/// One claim as a page and a file show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimLine {
    /// Where it stands.
    pub at: StatementRef,
    /// Stable name: short item id, a dash, the first code point.
    pub id: String,
    /// Title, outlet or path of the document.
    pub document: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Mark that quotes it.
    pub mark: MarkId,
    /// The claim.
    pub claim: sijil_claims::Claim,
}

/// One attribution as a page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributionLine {
    /// Title, outlet or path of the document.
    pub document: String,
    /// Who says so.
    pub source: String,
    /// Parties: words and side.
    pub parties: Vec<(String, PartyClass)>,
    /// Lead or body.
    pub zone: Zone,
    /// Kinds of violation.
    pub violations: Vec<Violation>,
    /// Motives.
    pub motives: Vec<Motive>,
    /// Kinds of victims.
    pub victims: Vec<Victims>,
    /// Places as written.
    pub places: Vec<String>,
    /// Mark that quotes it.
    pub mark: MarkId,
}

/// One response as a page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponseLine {
    /// Title, outlet or path of the document.
    pub document: String,
    /// Kind.
    pub kind: ResponseKind,
    /// Who.
    pub actor: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// Mark that quotes it.
    pub mark: MarkId,
}

/// One flag as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlagLine {
    /// Title, outlet or path of the document.
    pub document: String,
    /// What does not agree.
    pub message: String,
    /// Marks that quote the places.
    pub marks: Vec<MarkId>,
}

/// One person and the rows behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    /// The person.
    pub person: Person,
    /// One mark a record.
    pub marks: Vec<MarkId>,
}

/// A place on the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapPoint {
    /// Gazetteer id.
    pub id: String,
    /// Name shown.
    pub label: String,
    /// 1 governorate, 2 district, 3 subdistrict or finer: a coarse place is drawn hollow.
    pub level: u8,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Documented persons here, where lists say.
    pub documented: Option<u64>,
    /// Highest number that a source reports for this place and for no other, where any does.
    pub reported: Option<u64>,
    /// Sentences that name the place.
    pub marks: Vec<MarkId>,
}

/// How one table's columns were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingLine {
    /// Path as captured.
    pub path: String,
    /// Sheet, empty for a file that has none.
    pub sheet: String,
    /// Rows read as records.
    pub records: u64,
    /// Columns.
    pub mapping: Mapping,
}

/// One item as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemLine {
    /// SHA-256.
    pub id: ItemId,
    /// Path as captured.
    pub path: String,
    /// Bytes.
    pub bytes: u64,
    /// Format's word.
    pub format: String,
    /// Title, where it has one.
    pub title: Option<String>,
    /// Outlet, where it has one.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Claims read out of it.
    pub claims: u64,
    /// Records read out of it.
    pub records: u64,
}
