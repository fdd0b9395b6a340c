//! What a report was made from: how columns were read, the items, the problems.

use super::context::Context;
use super::words;
use crate::model::Role;

/// How one list was read.
pub(super) struct MappingView {
    pub(super) path: String,
    pub(super) sheet: String,
    pub(super) records: String,
    pub(super) columns: Vec<(String, String, bool)>,
}

pub(super) fn mappings(context: &Context<'_>) -> Vec<MappingView> {
    let views = context.report.mappings.iter().map(|line| MappingView {
        path: line.path.clone(),
        sheet: line.sheet.clone(),
        records: words::counted(line.records, "record", "records"),
        columns: line
            .mapping
            .columns
            .iter()
            .map(|column| (column.header.clone(), role(column.role).to_owned(), used(column.role)))
            .collect(),
    });
    views.collect()
}

fn used(role: Role) -> bool {
    role != Role::Other
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Name => "name",
        Role::NameOther => "name in the other script",
        Role::Given => "given name",
        Role::Family => "family name",
        Role::Father => "father's name",
        Role::Mother => "mother's name",
        Role::Sex => "sex",
        Role::Age => "age",
        Role::Born => "day of birth",
        Role::Date => "day of the killing",
        Role::Place => "place",
        Role::Province => "governorate",
        Role::Status => "civilian or not",
        Role::Group => "group",
        Role::Cause => "cause of death",
        Role::Party => "party held responsible",
        Role::ListId => "the list's own number",
        Role::Fate => "what became of the victim",
        Role::Origin => "place of birth or residence",
        Role::Occupation => "occupation",
        Role::Kin => "family ties",
        Role::Other => "kept, not used",
    }
}

/// One item.
pub(super) struct ItemRow {
    pub(super) short: String,
    pub(super) sha256: String,
    pub(super) path: String,
    pub(super) what: String,
    pub(super) published: String,
    pub(super) bytes: String,
    pub(super) format: String,
    pub(super) gave: String,
}

pub(super) fn items(context: &Context<'_>) -> Vec<ItemRow> {
    let rows = context.report.items.iter().map(|item| {
        let what: Vec<&str> =
            [&item.title, &item.outlet].into_iter().flatten().map(String::as_str).collect();
        let mut gave = Vec::new();
        if item.claims > 0 {
            gave.push(words::counted(item.claims, "claim", "claims"));
        }
        if item.records > 0 {
            gave.push(words::counted(item.records, "record", "records"));
        }
        ItemRow {
            short: item.id.short().to_owned(),
            sha256: item.id.0.clone(),
            path: item.path.clone(),
            what: what.join(", "),
            published: item.published.map(words::day).unwrap_or_default(),
            bytes: words::number(item.bytes),
            format: item.format.clone(),
            gave: gave.join(", "),
        }
    });
    rows.collect()
}

/// One problem.
pub(super) struct ProblemRow {
    pub(super) file: String,
    pub(super) place: String,
    pub(super) message: String,
}

pub(super) fn problems(context: &Context<'_>) -> Vec<ProblemRow> {
    let rows = context.report.problems.iter().map(|problem| ProblemRow {
        file: problem.file.clone(),
        place: problem.place.to_string(),
        message: words::capital(&problem.message),
    });
    rows.collect()
}
