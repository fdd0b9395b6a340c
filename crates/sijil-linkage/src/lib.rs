//! Finds the records that stand for one person, on one list and across lists.
//!
//! Rows and a spec go in; clusters, the pairs behind them and the pairs that a human should look
//! at come out, each pair with its reasons. The method is that of Fellegi and Sunter with weights
//! learned from the rows themselves, a guard against relatives killed together, and average
//! linkage under the judgements of humans; `docs/methods/linkage.md` has the formulas.
//!
//! It knows nothing of victims, registers or files. The same rows give the same clusters in
//! whatever order they come and on however many threads: nothing here reads a clock, draws a
//! random number or follows the order of a hash table.

mod ask;
mod block;
mod cluster;
mod compare;
mod explain;
mod hash;
mod linkage;
mod model;
mod more;
mod persons;
pub mod score;
mod table;

pub use block::Pass;
pub use linkage::Linkage;
pub use model::{Kept, Learned, LearnedComparison, LearnedLevel};
pub use persons::Persons;
pub use table::{Cell, Code, Roll, Texts};

/// What a field holds, and so how it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The name of the person, in whatever parts the list gives: its first part is compared by
    /// itself and weighs most, since relatives share the others.
    Name,
    /// The name of one other person (father, mother), or one part of a name kept apart. In a spec
    /// without [`Kind::Name`] the first such field is the given name.
    PartName,
    /// Sex, as a short text.
    Sex,
    /// Age in years.
    Age,
    /// A day. A field whose name speaks of birth is the person's own; any other may be shared by
    /// all who died together.
    Date,
    /// A place: an id of the gazetteer, or a name.
    Place,
    /// One of a few texts.
    Category,
    /// A number or text that names the person or its address: equal or not, a slip allowed.
    Id,
}

/// A field that rows are compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, used in explanations.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// The fields of the rows, in the order of their values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spec {
    /// The fields.
    pub fields: Vec<Field>,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A day.
    Date(jiff::civil::Date),
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Number of the list it stands on. Two records of one list are less often one person.
    pub list: u32,
    /// A value for each field of the spec.
    pub values: Vec<Option<Value>>,
}

/// What a human decided on two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// One person.
    Same,
    /// Two persons.
    Different,
}

/// A decision on two records, by their indices. It binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// One record.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// What was decided.
    pub verdict: Verdict,
}

/// Limits of linking. The defaults suit lists of persons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Records are joined from this probability on.
    pub join: f64,
    /// Pairs from this probability on, and not joined, are left open for a human.
    pub open: f64,
    /// A block of more records is split by further fields. On lists of more than 100,000 records
    /// the limit falls as they grow, down to eight: the longer a list, the more strangers agree on
    /// two things, and the pairs to look at would grow much faster than the list.
    pub block: usize,
    /// No list names a person twice: two records of one list are two persons.
    pub one_to_one: bool,
}

impl Settings {
    /// Records that a block may have, on lists of so many.
    pub(crate) fn block_of(&self, records: usize) -> usize {
        const FULL: usize = 100_000;
        const LEAST: usize = 8;
        let falling = self.block.saturating_mul(FULL) / records.max(FULL);
        falling.max(self.block.min(LEAST))
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self { join: 0.5, open: 0.1, block: 48, one_to_one: false }
    }
}

/// What one field says about two records.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Name of the field.
    pub field: String,
    /// How its values agree, in plain words.
    pub level: String,
    /// Evidence for one person (above 0) or two (below), in bits.
    pub weight: f64,
}

/// Two records that may be one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Index of one record, the smaller.
    pub a: u32,
    /// Index of the other.
    pub b: u32,
    /// Probability that they are one person.
    pub probability: f64,
    /// The same as bits of evidence: log2 of the odds.
    pub weight: f64,
    /// What each field says, the strongest first.
    pub parts: Vec<Part>,
}

/// The outcome.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linked {
    /// For each record the index of the first record of its cluster.
    pub clusters: Vec<u32>,
    /// Pairs that hold the clusters together: for a cluster of n records the n - 1 strongest.
    pub joined: Vec<Pair>,
    /// Pairs worth a human's look, the most probable first.
    pub open: Vec<Pair>,
    /// What the user should know: fields left out, blocks split, judgements that contradict.
    pub notes: Vec<String>,
}

/// Links rows into clusters of one person each. For more rows than a few thousand hand them over
/// as a [`Roll`] and take from [`Linkage`] what is wanted: the outcome is the same.
pub fn link(rows: &[Row], spec: &Spec, rulings: &[Ruling], settings: &Settings) -> Linked {
    let linkage = Linkage::of(Roll::of(rows, spec), rulings, settings);
    Linked {
        clusters: linkage.clusters(),
        joined: linkage.joined().collect(),
        open: linkage.open().collect(),
        notes: linkage.notes().to_vec(),
    }
}
