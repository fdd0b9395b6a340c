//! The standard of proof as rules that a register can read and change.

use serde::{Deserialize, Serialize};

use super::entity::{Grade, Level};

/// Rules of grading, best grade first in each list. The embedded ones stand in `data/grading.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grading {
    /// Grades of persons.
    #[serde(default, rename = "person")]
    pub persons: Vec<GradeRule>,
    /// Grades of incidents.
    #[serde(default, rename = "incident")]
    pub incidents: Vec<GradeRule>,
}

/// What a grade asks for; what is left out is not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeRule {
    /// Name of the grade.
    pub grade: String,
    /// Fields that must be known and not contradicted.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// Sources that must say so and do not depend on each other.
    #[serde(default)]
    pub sources: u64,
    /// Only sources of this reliability or better on the day count; one without a grade does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Grade>,
    /// Levels of which one must be reached by a party held responsible; none asks for nothing.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// Where the rule comes from.
    #[serde(default)]
    pub why: String,
}

/// A field that a grade may need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// Name.
    Name,
    /// Day of the killing.
    Date,
    /// Place of the killing.
    Place,
    /// Sex.
    Sex,
    /// Age.
    Age,
    /// Party held responsible.
    Party,
    /// Cause of death.
    Cause,
}

impl Grading {
    /// The grade that meets no rule.
    pub const UNGRADED: &'static str = "ungraded";

    /// The embedded rules.
    ///
    /// # Panics
    /// Never: the embedded file is read by a test.
    pub fn embedded() -> Self {
        toml::from_str(include_str!("../../data/grading.toml")).expect("the embedded rules read")
    }

    /// Rules from a file of their own, which may hold them at the top or under `grading`.
    ///
    /// # Errors
    /// When the text is no such file.
    pub fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        let table: toml::Table = toml::from_str(text)?;
        match table.get("grading") {
            Some(grading) => grading.clone().try_into(),
            None => table.try_into(),
        }
    }

    /// How far down a grade of persons stands, 0 the best; `None` where no rule gives it.
    pub fn rank(&self, grade: &str) -> Option<usize> {
        if grade == Self::UNGRADED {
            return Some(self.persons.len());
        }
        self.persons.iter().position(|rule| rule.grade == grade)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_rules_stand_best_first() {
        let grading = Grading::embedded();
        assert_eq!(grading.rank("confirmed"), Some(0));
        assert_eq!(grading.rank(Grading::UNGRADED), Some(grading.persons.len()));
        assert_eq!(grading.rank("certain"), None);
        let sources: Vec<u64> = grading.persons.iter().map(|rule| rule.sources).collect();
        assert!(sources.is_sorted_by(|a, b| a >= b), "{sources:?}");
    }
}
