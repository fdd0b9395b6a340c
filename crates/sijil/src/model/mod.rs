//! Plain data: the words of the field, without behaviour that needs a file, clock or network.

mod clock;
pub mod entity;
pub mod exchange;
mod facet;
mod figure;
mod grading;
mod groups;
mod head;
mod item;
mod party;
mod person;
mod problem;
mod record;
mod report;
mod settings;
mod source;
mod status;
mod words;

pub use clock::{Clock, FixedClock};
pub use facet::{CONTESTED, Facet, Trait, party_label};
pub use figure::{
    Basis, Cell, Dimension, End, Figure, FigureTable, Key, Population, escaped, unescaped,
};
pub use grading::{GradeRule, Grading, Need};
pub use groups::{CERTAIN, groups};
pub use head::{Consistency, Cosignature, HeadFile};
pub use item::{Capture, Document, Format, Item, ItemId, Table, TableRow};
pub use party::Party;
pub use person::{OpenPair, Person, PersonId};
pub use problem::{Place, Problem};
pub use record::{AgeBand, Column, Details, Mapping, Record, RecordRef, Role, Sex};
pub use report::{
    AttributionLine, ChangeLine, Changes, ClaimLine, FlagLine, GradeCount, IncidentLine, ItemLine,
    MapPoint, MappingLine, PersonLine, Report, ResponseLine, Totals,
};
pub use settings::{Region, Settings, SettingsParty, SettingsPlace};
pub use source::{Mark, MarkId, Quote};
pub use words::{CLAIM_FIELDS, class_label, population_label};
