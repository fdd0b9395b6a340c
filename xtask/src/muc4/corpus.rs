//! The MUC-4 files: one JSON document a line, read into an article and its answer key, and the
//! line that the contract wants for each predicted document.
//!
//! Article and key are two types on purpose: whatever predicts takes an [`Article`] and so cannot
//! look at answers. Only `text`, `dateline` and the keys are read; the site that annotated a
//! document is left alone, because no new text has one.

use std::ops::Range;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Map, Value, json};

/// The five roles that are scored, in the order of the papers.
pub(super) const ROLES: [&str; 5] = ["PerpInd", "PerpOrg", "Target", "Victim", "Weapon"];

/// What is known of a document before it is read for events.
#[derive(Clone, Debug, Default)]
pub(super) struct Article {
    pub(super) id: String,
    pub(super) text: String,
    /// Place and day above the text, `SAN SALVADOR, 3 JAN 90`; empty where there is none.
    pub(super) dateline: String,
    /// What kind of piece it is: `report`, `editorial`, a speaker.
    pub(super) tags: Vec<String>,
}

/// One incident: its type and, per role of [`ROLES`], entities as lists of mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Template {
    pub(super) kind: String,
    pub(super) fillers: [Vec<Vec<String>>; 5],
}

/// The answers to one document.
#[derive(Clone, Debug, Default)]
pub(super) struct Key {
    pub(super) templates: Vec<Template>,
    /// Where each role of each template is filled first; positions only, same order as above.
    pub(super) places: Vec<Vec<Range<usize>>>,
    /// Bytes that describe victims ("three peasants"): not scored, but a help in learning.
    pub(super) descriptions: Vec<Range<usize>>,
    /// Names of places where incidents happened.
    pub(super) locations: Vec<String>,
}

/// A document to learn from or to score on.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    pub(super) article: Article,
    pub(super) key: Key,
}

/// Reads a file of documents.
pub(super) fn read(path: &Path) -> Result<Vec<Document>> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{}: give a file in the MUC-4 format", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let documents: Vec<Document> = lines
        .map(|(at, line)| {
            let place = || format!("{}, line {}", path.display(), at + 1);
            document(&serde_json::from_str(line).with_context(place)?).with_context(place)
        })
        .collect::<Result<_>>()?;
    ensure!(!documents.is_empty(), "{} holds no document", path.display());
    Ok(documents)
}

/// The documents of a JSON value; a missing key is an empty one.
pub(super) fn document(value: &Value) -> Result<Document> {
    let word = |name: &str| value[name].as_str().map(str::to_owned);
    let article = Article {
        id: word("docid").context("no docid")?,
        text: word("text").context("no text")?,
        dateline: word("dateline").unwrap_or_default(),
        tags: list(&value["header_tags"])
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    };
    let bytes = byte_offsets(&article.text);
    let mut key = Key::default();
    for template in list(&value["benchmark_templates"]) {
        let (template, places) = read_template(template, &bytes);
        key.templates.push(template);
        key.places.push(places);
    }
    for template in list(&value["templates"]) {
        for fill in list(&template["hum_tgt_description"]) {
            key.descriptions.extend(list(&fill["spans"]).iter().filter_map(|s| span(s, &bytes)));
        }
        for fill in list(&template["incident_location"]) {
            let names = list(&fill["alts"]).iter().flat_map(list).filter_map(Value::as_str);
            key.locations.extend(names.map(place_name));
        }
    }
    Ok(Document { article, key })
}

fn read_template(value: &Value, bytes: &[usize]) -> (Template, Vec<Range<usize>>) {
    let kind = value["incident_type"].as_str().unwrap_or_default().to_owned();
    let mut template = Template { kind, ..Template::default() };
    let mut places = Vec::new();
    for (role, fillers) in ROLES.iter().zip(&mut template.fillers) {
        for entity in list(&value[*role]) {
            let mut mentions = Vec::new();
            for mention in list(entity) {
                let Some(text) = mention[0].as_str() else { continue };
                mentions.push(text.to_owned());
                let start = index(&mention[1]).and_then(|at| bytes.get(at));
                places.extend(start.map(|start| *start..start + text.len()));
            }
            if !mentions.is_empty() {
                fillers.push(mentions);
            }
        }
    }
    (template, places)
}

/// The byte at which each character starts, and the end: the files count in characters.
fn byte_offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

fn span(value: &Value, bytes: &[usize]) -> Option<Range<usize>> {
    Some(*bytes.get(index(&value[0])?)?..*bytes.get(index(&value[1])?)?)
}

fn index(value: &Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}

/// The name without what kind of place it is: `LIMA (CITY)`.
fn place_name(place: &str) -> String {
    place.split('(').next().unwrap_or(place).trim().to_lowercase()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// One line of the file of predictions.
pub(super) fn line(id: &str, templates: &[Template]) -> String {
    let templates: Vec<Value> = templates
        .iter()
        .map(|template| {
            let mut fields = Map::new();
            fields.insert("incident_type".to_owned(), json!(template.kind));
            for (role, fillers) in ROLES.iter().zip(&template.fillers) {
                fields.insert((*role).to_owned(), json!(fillers));
            }
            Value::Object(fields)
        })
        .collect();
    json!({"docid": id, "templates": templates}).to_string()
}
