//! Rows of the register that an entry brought or ended, and their digest.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::tree::{hex, unhex};

/// Tables of the format with their columns, in the order in which a digest takes them. The names
/// stand in no digest, so they are not believed but known.
const TABLES: &[(&str, &[&str])] = &[
    ("item", &["id", "bytes"]),
    ("capture", &["origin", "path", "item", "format", "taken_in", "by"]),
    ("reading", &["item", "reader", "format"]),
    ("document", &["item", "text", "body", "title", "outlet", "url", "published", "language"]),
    ("statement", &["item", "kind", "ordinal", "body"]),
    ("listing", &["item", "sheet", "mapping", "records"]),
    ("record", &["item", "sheet", "row", "body", "cells"]),
    ("membership", &["item", "sheet", "row", "person"]),
    (
        "judgement",
        &[
            "a_item",
            "a_sheet",
            "a_row",
            "b_item",
            "b_sheet",
            "b_row",
            "verdict",
            "probability",
            "why",
            "rule",
            "user",
        ],
    ),
    ("problem", &["origin", "file", "stage", "item", "place", "message"]),
    ("entity", &["kind", "id", "body", "basis", "rule", "user"]),
];

/// Rows of one table that one entry brought, and those that it ended.
pub(crate) struct Rows {
    pub(crate) table: String,
    columns: &'static [&'static str],
    brought: Vec<Vec<Value>>,
    ended: Vec<Vec<Value>>,
}

impl Rows {
    /// Rows from their JSON.
    pub(crate) fn of(table: &str, json: &Value) -> Result<Self, String> {
        let list = |key: &str| -> Result<Vec<Vec<Value>>, String> {
            let rows = json[key].as_array().ok_or_else(|| format!("{key:?} is no list"))?;
            let row =
                |row: &Value| row.as_array().cloned().ok_or_else(|| "a row is no list".to_owned());
            rows.iter().map(row).collect()
        };
        let known = TABLES.iter().find(|(name, _)| *name == table);
        let (_, columns) = known.ok_or_else(|| format!("{table:?} is no table of the format"))?;
        if json["columns"] != serde_json::json!(columns) {
            return Err("its columns are not those of the format".to_owned());
        }
        Ok(Self {
            table: table.to_owned(),
            columns,
            brought: list("brought")?,
            ended: list("ended")?,
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.brought.len() + self.ended.len()
    }

    /// Rows brought, by the names of their columns.
    pub(crate) fn brought(&self) -> impl Iterator<Item = BTreeMap<&str, &Value>> {
        let names = || self.columns.iter().copied();
        self.brought.iter().map(move |row| names().zip(row).collect())
    }

    /// SHA-256 over both kinds of rows, as the entry carries it.
    pub(crate) fn digest(&self) -> String {
        let mut hash = Sha256::new();
        self.brought.iter().for_each(|row| feed(&mut hash, row));
        hash.update([254]);
        self.ended.iter().for_each(|row| feed(&mut hash, row));
        hex(&hash.finalize())
    }
}

/// One row: each value behind its type and length, then the end of the row. Real numbers are
/// written as the digits of their eight bytes, bytes as their digits.
fn feed(hash: &mut Sha256, row: &[Value]) {
    for value in row {
        let (tag, bytes) = match value {
            Value::Null => (0, Vec::new()),
            Value::Number(number) => {
                (1, number.as_i64().unwrap_or(i64::MIN).to_be_bytes().to_vec())
            }
            Value::String(text) => (3, text.as_bytes().to_vec()),
            other => match (other["real"].as_str(), other["blob"].as_str()) {
                (Some(digits), _) => (2, unhex(digits).unwrap_or_default()),
                (_, Some(digits)) => (4, unhex(digits).unwrap_or_default()),
                _ => (u8::MAX, Vec::new()),
            },
        };
        hash.update([tag]);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    }
    hash.update([255]);
}
