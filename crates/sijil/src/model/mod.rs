//! Plain data: the words of the field, without behaviour that needs a file, clock or network.

mod clock;
mod facet;
mod figure;
mod groups;
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
pub use facet::{Facet, Trait};
pub use figure::{Basis, Cell, Dimension, End, Figure, FigureTable, Key, Population, unescaped};
pub use groups::{CERTAIN, groups};
pub use item::{Capture, Document, Format, Item, ItemId, Table, TableRow};
pub use party::Party;
pub use person::{OpenPair, Person, PersonId};
pub use problem::{Place, Problem};
pub use record::{AgeBand, Column, Mapping, Record, RecordRef, Role, Sex};
pub use report::{
    AttributionLine, ClaimLine, FlagLine, ItemLine, MapPoint, MappingLine, PersonLine, Report,
    ResponseLine, Totals,
};
pub use settings::{Region, Settings, SettingsParty, SettingsPlace};
pub use source::{Mark, MarkId, Quote};
pub use words::{CLAIM_FIELDS, class_label, population_label};
