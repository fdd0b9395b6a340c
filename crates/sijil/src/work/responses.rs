//! Responses, read out of documents and entered: what was said and done, and what came of it.

use jiff::civil::Date;

use super::material::Material;
use crate::model::entity::{Body, ResponseStatus};

/// One response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseEntry {
    /// When it was said or done.
    pub day: Option<Date>,
    /// Kind.
    pub kind: &'static str,
    /// Who.
    pub actor: String,
    /// By when what was promised was to be done.
    pub due: Option<Date>,
    /// What came of it; empty where it was read out of a document and nobody has followed it.
    pub status: &'static str,
    /// Incidents and parties that it is about.
    pub about: Vec<String>,
    /// Where it stands: the entity's name, or the document's path.
    pub stands_in: String,
}

/// Every response by day, undated ones last. What is promised and late on `on` is `overdue`.
pub fn response_entries(material: &Material, on: Option<Date>) -> Vec<ResponseEntry> {
    let mut entries: Vec<ResponseEntry> = Vec::new();
    for entity in &material.entities {
        let Body::Response(response) = &entity.body else { continue };
        let late = on.is_some_and(|on| response.is_overdue(on));
        entries.push(ResponseEntry {
            day: response.day,
            kind: response.kind.code(),
            actor: response.actor.clone(),
            due: response.due,
            status: if late { "overdue" } else { status(response.status) },
            about: response
                .incidents
                .iter()
                .chain(&response.parties)
                .map(|id| id.0.clone())
                .collect(),
            stands_in: entity.id.0.clone(),
        });
    }
    for row in &material.documents {
        for said in &row.reading.responses {
            entries.push(ResponseEntry {
                day: said.date.or(row.document.published),
                kind: said.kind.code(),
                actor: said.actor.as_ref().map(|actor| actor.text.clone()).unwrap_or_default(),
                due: None,
                status: "",
                about: Vec::new(),
                stands_in: format!(
                    "{}, from code point {}",
                    material.path(&row.item),
                    said.span.start
                ),
            });
        }
    }
    entries.sort_by(|a, b| {
        (a.day.is_none(), a.day, &a.stands_in).cmp(&(b.day.is_none(), b.day, &b.stands_in))
    });
    entries
}

fn status(status: ResponseStatus) -> &'static str {
    match status {
        ResponseStatus::Open => "open",
        ResponseStatus::Begun => "begun",
        ResponseStatus::Done => "done",
        ResponseStatus::Partly => "partly done",
        ResponseStatus::Failed => "failed",
    }
}
