//! Sources as a list shows them: who says how much, how reliable, and whom each repeats.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sijil_text::letters::fold;

use super::material::Material;
use crate::model::entity::{Body, Source, SourceKind};

/// One source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// Its name, or its id where the identity is sealed.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// Statements of which it is the origin.
    pub statements: u64,
    /// Its grade of reliability on the last day of the material; empty where none was given.
    pub grade: String,
    /// Whom it repeats.
    pub depends_on: Vec<String>,
}

/// Every origin of an account and every source entered, by name.
pub fn source_lines(material: &Material, on: Option<Date>) -> Vec<SourceLine> {
    let mut lines: BTreeMap<String, SourceLine> = BTreeMap::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for entity in &material.entities {
        let Body::Source(source) = &entity.body else { continue };
        let name = if source.sealed { entity.id.0.clone() } else { source.name.clone() };
        let key = fold(&source.name);
        names.extend(source.aliases.iter().map(|alias| (fold(alias), key.clone())));
        lines.insert(key, entered(name, source, on));
    }
    for account in &material.accounts.accounts {
        let key = fold(&account.source);
        let key = names.get(&key).cloned().unwrap_or(key);
        let line = lines.entry(key).or_insert_with(|| SourceLine {
            name: account.source.clone(),
            kind: account.source_kind.clone(),
            statements: 0,
            grade: String::new(),
            depends_on: Vec::new(),
        });
        let said = account.points.iter().map(|point| point.statements.len() as u64);
        line.statements += said.sum::<u64>();
        if let Some(on) = &account.depends_on
            && !line.depends_on.contains(on)
        {
            line.depends_on.push(on.clone());
        }
    }
    lines.into_values().collect()
}

fn entered(name: String, source: &Source, on: Option<Date>) -> SourceLine {
    let kind = match source.kind {
        SourceKind::Unknown => String::new(),
        kind => serde_json::to_value(kind)
            .ok()
            .and_then(|word| Some(word.as_str()?.replace('_', " ")))
            .unwrap_or_default(),
    };
    let grade = on.and_then(|day| source.grade_on(day));
    SourceLine {
        name,
        kind,
        statements: 0,
        grade: grade.map(|grade| format!("{grade:?}")).unwrap_or_default(),
        depends_on: source.depends_on.iter().map(|id| id.0.clone()).collect(),
    }
}
