//! Sources: who says things, how reliable, and whom they copy.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{EntityId, Extra};

/// A person, group, outlet or office that says things.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name shown; a code where the identity is sealed.
    pub name: String,
    /// Other names, in any script.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What it is.
    #[serde(default)]
    pub kind: SourceKind,
    /// How reliable it was found, by period.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reliability: Vec<Reliability>,
    /// Sources whose word it repeats: with them it is one voice, not two.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<EntityId>,
    /// Whether its name may be shown to those who may see sealed sources only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sealed: bool,
    /// Who it is, sealed to the people who may know: a box of `docs/encryption.md`. `name` is a code
    /// name then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    /// Columns of the format it came from that have no field here.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

/// What a source is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A war monitor.
    Monitor,
    /// A news agency or outlet.
    Press,
    /// A body of the United Nations.
    UnitedNations,
    /// A state body that is no party to the fighting, or a state's commission.
    State,
    /// A party to the fighting.
    PartyToConflict,
    /// A hospital or a health authority.
    Medical,
    /// A witness, survivor or relative.
    Witness,
    /// A local committee or an association.
    Local,
    /// A dataset of coded events.
    Dataset,
    /// Not said.
    #[default]
    Unknown,
}

/// How reliable a source was found over a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reliability {
    /// The grade.
    pub grade: Grade,
    /// First day, open where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day, open where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// Grades of reliability, best first: the letters that intelligence and human-rights desks share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grade {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

impl Source {
    /// Its grade on `day`: of the periods that hold it, the one that began last.
    pub fn grade_on(&self, day: Date) -> Option<Grade> {
        self.reliability
            .iter()
            .filter(|r| r.from.is_none_or(|from| from <= day) && r.to.is_none_or(|to| day <= to))
            .max_by_key(|r| r.from)
            .map(|r| r.grade)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grade_is_that_of_the_period() {
        let period = |grade, from: &str, to: Option<&str>| Reliability {
            grade,
            from: from.parse().ok(),
            to: to.and_then(|day| day.parse().ok()),
            why: String::new(),
        };
        let source = Source {
            name: "Hills Office".to_owned(),
            reliability: vec![
                period(Grade::D, "2030-01-01", Some("2030-12-31")),
                period(Grade::B, "2031-01-01", None),
            ],
            ..Source::default()
        };
        let on = |day: &str| source.grade_on(day.parse().expect("a day"));
        assert_eq!(on("2029-06-01"), None);
        assert_eq!(on("2030-06-01"), Some(Grade::D));
        assert_eq!(on("2031-06-01"), Some(Grade::B));
    }
}
