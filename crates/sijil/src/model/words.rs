//! Codes in plain words, the same wherever a reader meets them.

use sijil_claims::accounts;
use sijil_claims::{PartyClass, Victims};

/// A side in plain words.
pub fn class_label(class: PartyClass) -> &'static str {
    match class {
        PartyClass::State => "state forces",
        PartyClass::StateAligned => "groups aligned with the state",
        PartyClass::FormerRegime => "groups of the former regime",
        PartyClass::NonState => "non-state armed groups",
        PartyClass::ForeignFighters => "foreign fighters",
        PartyClass::ForeignState => "another state's forces",
        PartyClass::Unknown => "unidentified party",
    }
}

/// A population in plain words: "Alawite civilians", "women and children", "all killed".
pub fn population_label(population: &accounts::Population) -> String {
    let kinds: Vec<String> = population
        .victims
        .iter()
        .filter(|v| **v != Victims::Unspecified)
        .map(|v| v.code().replace('_', " "))
        .collect();
    match (&population.group, kinds.is_empty()) {
        (Some(group), true) => format!("{group} victims"),
        (Some(group), false) => format!("{group} {}", kinds.join(" and ")),
        (None, true) => "all killed".to_owned(),
        (None, false) => kinds.join(" and "),
    }
}

/// Fields of a claim as the contract of `sijil claims` names them, in its order.
pub const CLAIM_FIELDS: [&str; 28] = [
    "id",
    "article",
    "start",
    "end",
    "surface",
    "act",
    "count_low",
    "count_high",
    "qualifier",
    "scope",
    "parent",
    "victims_class",
    "victims_group",
    "victim_names",
    "perpetrators",
    "source",
    "source_start",
    "source_end",
    "speaker_chain",
    "modality",
    "place",
    "place_ids",
    "date_start",
    "date_end",
    "violation_types",
    "motives",
    "confidence",
    "rules",
];
