//! Figures: a number with its definition and the set behind it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{MarkId, PersonId};

/// Low, best and high, each with the reason for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The least that the evidence allows.
    pub low: End,
    /// The number to quote.
    pub best: End,
    /// The most that the evidence allows; `None` in its value where it is open.
    pub high: End,
}

/// One end of a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// The number; `None` where the evidence leaves it open.
    pub value: Option<u64>,
    /// Why it is this number, in one phrase.
    pub reason: String,
}

/// What a figure rests on. The two are never added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Persons behind records of lists.
    Documented,
    /// Accounts: what sources say.
    Reported,
}

/// Who is counted. Populations are never mixed in one figure.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Population {
    /// All killed.
    #[default]
    All,
    /// Civilians.
    Civilians,
    /// Members of security forces.
    SecurityForces,
    /// Fighters of any non-state side.
    Fighters,
}

/// What a table is broken down by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Party held responsible.
    Party,
    /// Place of the killing.
    Place,
    /// Governorate or province of the killing.
    Governorate,
    /// Day of the killing.
    Day,
    /// Kind of victims (civilians, women, children, …) or their group.
    Group,
    /// Sex.
    Sex,
    /// Age band.
    Age,
    /// Cause of death.
    Cause,
}

impl Population {
    /// Every population.
    pub const ALL: &[Self] = &[Self::All, Self::Civilians, Self::SecurityForces, Self::Fighters];

    /// The word on the command line and in names of cells.
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Civilians => "civilians",
            Self::SecurityForces => "security-forces",
            Self::Fighters => "fighters",
        }
    }
}

impl Dimension {
    /// Every dimension.
    pub const ALL: &[Self] = &[
        Self::Party,
        Self::Place,
        Self::Governorate,
        Self::Day,
        Self::Group,
        Self::Sex,
        Self::Age,
        Self::Cause,
    ];

    /// The word on the command line and in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Place => "place",
            Self::Governorate => "governorate",
            Self::Day => "day",
            Self::Group => "group",
            Self::Sex => "sex",
            Self::Age => "age",
            Self::Cause => "cause",
        }
    }
}

/// The value of a dimension in one cell; `label` is shown, `id` names the gazetteer entry or code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    /// The dimension.
    pub dimension: Dimension,
    /// What is shown.
    pub label: String,
    /// Code, gazetteer id or ISO date, where there is one.
    pub id: Option<String>,
}

/// One cell of a table: keys, figure and what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// One key a dimension.
    pub keys: Vec<Key>,
    /// The number.
    pub figure: Figure,
    /// Persons behind it (documented).
    pub persons: Vec<PersonId>,
    /// Sentences behind it (reported).
    pub marks: Vec<MarkId>,
}

impl Cell {
    /// The name that `sijil trace` takes: `reported:party=State forces;day=2025-03-07`.
    pub fn name(&self, basis: Basis) -> String {
        let one = |key: &Key| format!("{}={}", key.dimension.code(), escaped(&key.label));
        let keys: Vec<String> = self.keys.iter().map(one).collect();
        format!("{basis}:{}", keys.join(";"))
    }
}

/// A label without the signs that part the keys of a cell's name, as web addresses write them.
fn escaped(label: &str) -> String {
    label.replace('%', "%25").replace(';', "%3B").replace('=', "%3D")
}

/// The label that stands so in the name of a cell.
pub fn unescaped(label: &str) -> String {
    label.replace("%3D", "=").replace("%3B", ";").replace("%25", "%")
}

/// All cells of one breakdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureTable {
    /// What it rests on.
    pub basis: Basis,
    /// Who is counted.
    pub population: Population,
    /// What it is broken down by, in order.
    pub by: Vec<Dimension>,
    /// Cells in the order of their keys (days ascending, else by best descending, then label).
    pub cells: Vec<Cell>,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Documented => "documented",
            Self::Reported => "reported",
        })
    }
}
