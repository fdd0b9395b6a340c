//! Columns built anew from the rows: for a register of an older form, and to check the ones there.

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{Connection, Row, Statement};

use super::super::error::Result;
use super::super::form::scratch;
use super::super::open::Register;
use super::{State, refresh};

/// Tables whose rows columns are derived from.
pub(in crate::register) const SOURCES: &[&str] = &["membership", "record", "capture", "judgement"];

/// Tables of columns, and their rows in order.
const DERIVED: &[(&str, &str)] = &[
    ("column_label", "SELECT name, code, id, label FROM column_label ORDER BY name, code"),
    ("column_person", "SELECT 'person', number, id, position FROM column_person ORDER BY number"),
    ("column_segment", "SELECT name, segment, codes FROM column_segment ORDER BY name, segment"),
    ("column_pair", "SELECT 'pair', a, b, since, until FROM column_pair ORDER BY a, b, since"),
];

/// Values that a row is known by: the first is its name in a finding.
const KEY: usize = 2;

/// Empties the columns and follows the whole history of `rows` once more.
pub(in crate::register) fn rebuild(rows: &Connection, columns: &Connection) -> Result<()> {
    for (table, _) in DERIVED {
        columns.execute(&format!("DELETE FROM {table}"), [])?;
    }
    let mut entries = BTreeSet::new();
    for table in SOURCES {
        for column in ["since", "until"] {
            let mut query = rows.prepare(&format!(
                "SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"
            ))?;
            let numbers = query.query_map([], |row| row.get::<_, i64>(0))?;
            entries.extend(numbers.collect::<rusqlite::Result<Vec<i64>>>()?);
        }
    }
    let mut state = State::default();
    for entry in entries {
        refresh(rows, columns, &mut state, entry)?;
    }
    state.flush(columns)
}

impl Register {
    /// Columns that do not agree with the rows, each with what is wrong. Builds them anew, which
    /// takes as long as linking wrote them.
    ///
    /// # Errors
    /// When the database cannot be read; rows that do not read are a finding.
    pub fn column_findings(&self) -> Result<Vec<(String, String)>> {
        let anew = scratch()?;
        if let Err(why) = rebuild(&self.db, &anew) {
            let detail = format!("they cannot be built anew from the rows: {why}");
            return Ok(vec![("columns".to_owned(), detail)]);
        }
        let mut names = BTreeSet::new();
        for (_, sql) in DERIVED {
            differences(&mut self.db.prepare(sql)?, &mut anew.prepare(sql)?, &mut names)?;
        }
        let detail = "it is not what the rows give: it was changed, or rows were";
        Ok(names.into_iter().map(|name| (format!("column {name}"), detail.to_owned())).collect())
    }
}

/// Adds the names of the rows that two queries do not share; ends where one lacks a row of the
/// other, because all that follows is shifted.
pub(in crate::register) fn differences(
    there: &mut Statement<'_>,
    due: &mut Statement<'_>,
    names: &mut BTreeSet<String>,
) -> Result<()> {
    let (mut there, mut due) = (there.query([])?, due.query([])?);
    loop {
        let (one, other) = (values(there.next()?)?, values(due.next()?)?);
        if one.is_empty() && other.is_empty() {
            return Ok(());
        }
        if one == other {
            continue;
        }
        for row in [&one, &other] {
            if let Some(Value::Text(name)) = row.first() {
                names.insert(name.clone());
            }
        }
        if one.get(..KEY) != other.get(..KEY) {
            return Ok(());
        }
    }
}

/// The values of a row; none where there is no row.
fn values(row: Option<&Row<'_>>) -> Result<Vec<Value>> {
    let Some(row) = row else { return Ok(Vec::new()) };
    let count = row.as_ref().column_count();
    Ok((0..count).map(|column| row.get(column)).collect::<rusqlite::Result<_>>()?)
}
