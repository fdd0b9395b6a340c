//! Records in JSON: a list of them, a list within an object, or one a line.
//!
//! Records become rows, their keys columns in order of the alphabet; a key within a key is `a.b`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::encoding::decode;
use super::{MOST_COLUMNS, Report};
use crate::model::{Place, Table, TableRow};

/// Bytes of a file that are read: parsed values take many times their place in it.
const LARGEST: usize = 16 << 20;

/// Lines that do not read and are named one by one; the rest is counted.
const NAMED: usize = 50;

/// A record: its cells by key.
type Cells = BTreeMap<String, String>;

/// The records as one table, rows counted from 1 (lines, where there is one a line); empty, with a
/// problem, when there are none.
pub(super) fn read(bytes: &[u8], problem: &mut Report<'_>) -> Vec<Table> {
    if bytes.len() > LARGEST {
        let limit = LARGEST >> 20;
        problem(Place::File, format!("has more than {limit} MiB; split it, or make it a csv"));
        return Vec::new();
    }
    let text = decode(bytes, problem);
    let text = text.trim_start_matches('\u{FEFF}');
    let records = match serde_json::from_str::<Value>(text) {
        Ok(whole) => (1..).zip(list(whole).iter().filter_map(cells)).collect(),
        Err(e) => match lines(text, problem) {
            records if records.is_empty() => {
                let line = e.line() as u64;
                problem(Place::Line(line), "is no JSON from here on; mend it".to_owned());
                return Vec::new();
            }
            records => records,
        },
    };
    table(records, problem).into_iter().collect()
}

/// The records of a value: a list, or the longest list of an object, or the object itself.
fn list(whole: Value) -> Vec<Value> {
    match whole {
        Value::Array(records) => records,
        Value::Object(fields) => {
            let longest = fields.values().filter_map(Value::as_array).max_by_key(|l| l.len());
            match longest.filter(|list| list.iter().any(Value::is_object)) {
                Some(list) => list.clone(),
                None => vec![Value::Object(fields)],
            }
        }
        _ => Vec::new(),
    }
}

fn lines(text: &str, problem: &mut Report<'_>) -> Vec<(u64, Cells)> {
    let (mut records, mut bad) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Value>(line).ok().as_ref().and_then(cells) {
            Some(cells) => records.push((number, cells)),
            None => bad.push(number),
        }
    }
    if !records.is_empty() {
        for line in bad.iter().take(NAMED) {
            problem(Place::Line(*line), "is no record in JSON: not read; mend it".to_owned());
        }
        if bad.len() > NAMED {
            problem(Place::File, format!("{} more lines are no records", bad.len() - NAMED));
        }
    }
    records
}

fn cells(record: &Value) -> Option<Cells> {
    let mut cells = Cells::new();
    for (key, value) in record.as_object()? {
        put(&mut cells, key, value);
    }
    Some(cells)
}

/// Depth is bounded by the parser.
fn put(cells: &mut Cells, key: &str, value: &Value) {
    match value {
        Value::Object(fields) => {
            for (inner, value) in fields {
                put(cells, &format!("{key}.{inner}"), value);
            }
        }
        value => {
            cells.insert(key.to_owned(), plain(value));
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

fn table(records: Vec<(u64, Cells)>, problem: &mut Report<'_>) -> Option<Table> {
    let mut keys: BTreeSet<&String> = BTreeSet::new();
    for (_, cells) in &records {
        keys.extend(cells.keys());
        if keys.len() > MOST_COLUMNS {
            problem(Place::File, format!("has more than {MOST_COLUMNS} columns: kept, not read"));
            return None;
        }
    }
    if keys.is_empty() {
        problem(Place::File, "holds no records; a list of objects is read".to_owned());
        return None;
    }
    let headers: Vec<String> = keys.into_iter().cloned().collect();
    let rows = records.into_iter().map(|(row, mut cells)| TableRow {
        row,
        cells: headers.iter().map(|key| cells.remove(key).unwrap_or_default()).collect(),
    });
    let rows = rows.collect();
    Some(Table { sheet: String::new(), headers, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> (Table, usize) {
        let mut problems = 0;
        let tables = read(text.as_bytes(), &mut |_, _| problems += 1);
        (tables.into_iter().next().unwrap_or_default(), problems)
    }

    #[test]
    fn records_become_rows_in_every_form() {
        let row = r#"{"الاسم": "سامي يوسف", "age": 31, "at": {"place": "جبلة"}}"#;
        for text in [
            format!("[{row}, {row}]"),
            format!(r#"{{"count": 2, "data": [{row}, {row}]}}"#),
            format!("{row}\n\n{row}\n"),
        ] {
            let (table, problems) = table(&text);
            assert_eq!(table.headers, ["age", "at.place", "الاسم"], "{text}");
            assert_eq!(table.rows.len(), 2, "{text}");
            assert_eq!(table.rows[1].cells, ["31", "جبلة", "سامي يوسف"], "{text}");
            assert_eq!(problems, 0, "{text}");
        }
    }

    #[test]
    fn damage_and_depth_are_problems() {
        let (one, problems) = table("{\"a\": 1}\n{\"a\": \n{\"a\": 3}\n");
        assert_eq!((one.rows.len(), one.rows[1].row, problems), (2, 3, 1));
        for text in ["[1, 2", "[]", "3", "nothing", &"[".repeat(1 << 20)] {
            assert_eq!(table(text).1, 1, "{}", &text[..text.len().min(20)]);
        }
    }
}
