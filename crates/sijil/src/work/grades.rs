//! Grades by rule: what is known of a person or incident, against the register's standard of proof.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sijil_claims::Act;

use super::material::Material;
use super::voices::Voices;
use crate::model::entity::Incident;
use crate::model::{GradeRule, Grading, Need, Person};

/// Persons by grade, under the rules in force and under others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeLine {
    /// The grade.
    pub grade: String,
    /// Persons who have it under the rules in force.
    pub now: u64,
    /// Persons who would have it under the rules tried.
    pub tried: u64,
    /// Where the rule comes from.
    pub why: String,
}

/// The grade of a person under `grading`.
pub(super) fn person_grade<'g>(
    material: &Material,
    grading: &'g Grading,
    person: &Person,
) -> &'g str {
    let voices = || person.records.iter().map(|record| material.voice_of(&record.at));
    let met = |rule: &&GradeRule| {
        rule.levels.is_empty()
            && rule.needs.iter().all(|need| knows(person, *need))
            && has_sources(&material.voices, rule, person.date, voices())
    };
    grading.persons.iter().find(met).map_or(Grading::UNGRADED, |rule| rule.grade.as_str())
}

/// Whether as many voices that do not depend on each other say so as a rule asks for, each as
/// reliable as it asks on the day.
fn has_sources<'v>(
    all: &Voices,
    rule: &GradeRule,
    day: Option<Date>,
    voices: impl Iterator<Item = &'v str>,
) -> bool {
    match rule.reliability {
        // Nothing is known that nobody says.
        None => rule.sources == 0 || all.independent(voices) >= rule.sources,
        Some(least) => {
            let reliable = voices.filter(|voice| all.is_reliable(voice, least, day));
            all.independent(reliable) >= rule.sources.max(1)
        }
    }
}

/// The grade of an incident of the register's own, with these voices behind it.
pub(super) fn incident_grade<'g>(
    material: &'g Material,
    incident: &Incident,
    voices: &[&str],
) -> &'g str {
    let grading = &material.grading;
    let met = |rule: &&GradeRule| {
        has_sources(&material.voices, rule, incident.start, voices.iter().copied())
            && (rule.levels.is_empty()
                || incident.involved.iter().any(|i| rule.levels.contains(&i.level)))
    };
    grading.incidents.iter().find(met).map_or(Grading::UNGRADED, |rule| rule.grade.as_str())
}

/// Whether a field is known and its records do not contradict each other in it.
fn knows(person: &Person, need: Need) -> bool {
    match need {
        Need::Name => person.name.is_some(),
        Need::Date => person.date.is_some() && !person.is_contested("date"),
        Need::Place => person.place_id.is_some() && !person.is_contested("place"),
        Need::Sex => person.sex.is_some() && !person.is_contested("sex"),
        Need::Age => person.age.is_some(),
        Need::Party => person.party.is_some() && !person.is_contested("party"),
        Need::Cause => person.cause.is_some(),
    }
}

/// How many persons have each grade now, and how many would under `tried`: the effect of a change
/// before it is taken. Grades in the order of the rules tried, then those that only the rules in
/// force know.
pub fn grade_lines(material: &Material, tried: &Grading) -> Vec<GradeLine> {
    let now = tally(material, &material.grading);
    let then = tally(material, tried);
    let rules = tried.persons.iter().chain(&material.grading.persons);
    let ungraded = GradeRule {
        grade: Grading::UNGRADED.to_owned(),
        why: "no rule is met".to_owned(),
        ..GradeRule::default()
    };
    let mut lines: Vec<GradeLine> = Vec::new();
    for rule in rules.chain([&ungraded]) {
        if lines.iter().any(|line| line.grade == rule.grade) {
            continue;
        }
        let count = |of: &BTreeMap<&str, u64>| of.get(rule.grade.as_str()).copied().unwrap_or(0);
        lines.push(GradeLine {
            grade: rule.grade.clone(),
            now: count(&now),
            tried: count(&then),
            why: rule.why.clone(),
        });
    }
    lines
}

fn tally<'g>(material: &Material, grading: &'g Grading) -> BTreeMap<&'g str, u64> {
    let mut tally = BTreeMap::new();
    for person in material.persons.iter().filter(|person| person.fate == Act::Killed) {
        *tally.entry(person_grade(material, grading, person)).or_default() += 1;
    }
    tally
}
