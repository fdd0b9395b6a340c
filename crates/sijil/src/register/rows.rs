//! What each ledger entry did to the rows of each table, as a digest that the entry carries.
//!
//! Every row but those of the ledger itself names the entry that brought it (`since`) and the one
//! that ended it (`until`). An entry is written after its rows, with a digest over the rows that
//! name it, table by table. So a row that is changed, added, removed, ended or revived behind the
//! program's back makes the digest of at least one entry another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::Result;
use super::open::Register;

/// Tables whose rows name entries, with the columns beside `since` and `until`.
pub(super) const TABLES: &[(&str, &str)] = &[
    ("item", "id, bytes"),
    ("capture", "origin, path, item, format, taken_in, by"),
    ("reading", "item, reader, format"),
    ("document", "item, text, body, title, outlet, url, published, language"),
    ("statement", "item, kind, ordinal, body"),
    ("listing", "item, sheet, mapping, records"),
    ("record", "item, sheet, row, body, cells"),
    ("membership", "item, sheet, row, person"),
    (
        "judgement",
        "a_item, a_sheet, a_row, b_item, b_sheet, b_row, verdict, probability, why, rule, user",
    ),
    ("problem", "origin, file, stage, item, place, message"),
    ("entity", "kind, id, body, basis, rule, user"),
    ("seal", "item"),
];

/// The one of these tables whose rows are never ended.
const NEVER_ENDED: &str = "item";

/// What one entry did to the rows of one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Rows that it brought.
    pub added: u64,
    /// Rows that it ended.
    pub ended: u64,
    /// SHA-256 over both, in hexadecimal digits.
    pub digest: String,
}

/// Changes by entry and table. Entries by their stored number: a forged one may be negative.
pub type Changes = BTreeMap<(i64, String), Change>;

impl Register {
    /// What the rows say now that each entry did to them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn changes(&self) -> Result<Changes> {
        let mut changes = Changes::new();
        for (table, columns) in TABLES {
            let mut entries: BTreeSet<i64> = numbers(&self.db, table, "since")?;
            if *table != NEVER_ENDED {
                entries.extend(numbers(&self.db, table, "until")?);
            }
            for entry in entries {
                if let Some(change) = change(&self.db, table, columns, entry)? {
                    changes.insert((entry, (*table).to_owned()), change);
                }
            }
        }
        Ok(changes)
    }
}

/// Tables with rows that `entry` brought or ended, in one question: most entries touch two of them.
pub(super) fn tables_of(db: &Connection, entry: i64) -> Result<BTreeSet<String>> {
    static QUESTION: LazyLock<String> = LazyLock::new(|| {
        let ended = |table: &str| format!(" OR EXISTS (SELECT 1 FROM {table} WHERE until = ?1)");
        let part = |(table, _): &(&str, &str)| {
            let ended = if *table == NEVER_ENDED { String::new() } else { ended(table) };
            format!("SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table} WHERE since = ?1){ended}")
        };
        TABLES.iter().map(part).collect::<Vec<String>>().join(" UNION ALL ")
    });
    let mut query = db.prepare_cached(&QUESTION)?;
    let names = query.query_map([entry], |row| row.get(0))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

/// What `entry` did, table by table; `touched` are the tables of [`tables_of`].
pub(super) fn changes_of(
    db: &Connection,
    entry: i64,
    touched: &BTreeSet<String>,
) -> Result<BTreeMap<&'static str, Change>> {
    let mut changes = BTreeMap::new();
    for (table, columns) in TABLES.iter().filter(|(table, _)| touched.contains(*table)) {
        if let Some(change) = change(db, table, columns, entry)? {
            changes.insert(*table, change);
        }
    }
    Ok(changes)
}

fn numbers(db: &Connection, table: &str, column: &str) -> Result<BTreeSet<i64>> {
    let mut query =
        db.prepare(&format!("SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"))?;
    let numbers = query.query_map([], |row| row.get(0))?;
    Ok(numbers.collect::<rusqlite::Result<_>>()?)
}

fn change(db: &Connection, table: &str, columns: &str, entry: i64) -> Result<Option<Change>> {
    let mut hash = Sha256::new();
    let added = format!("SELECT {columns} FROM {table} WHERE since = ?1 ORDER BY {columns}");
    let added = hash_rows(db, &added, entry, &mut hash)?;
    hash.update([254]);
    let ended = if table == NEVER_ENDED {
        0
    } else {
        let ended = format!(
            "SELECT {columns}, since FROM {table} WHERE until = ?1 ORDER BY {columns}, since"
        );
        hash_rows(db, &ended, entry, &mut hash)?
    };
    let digest = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((added + ended > 0).then_some(Change { added, ended, digest }))
}

/// Feeds every value of every row into `hash`, each behind its type and length; gives the number
/// of rows.
fn hash_rows(db: &Connection, query: &str, entry: i64, hash: &mut Sha256) -> Result<u64> {
    let mut query = db.prepare_cached(query)?;
    let columns = query.column_count();
    let mut rows = query.query(params![entry])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            match row.get_ref(column)? {
                ValueRef::Null => feed(hash, 0, &[]),
                ValueRef::Integer(n) => feed(hash, 1, &n.to_be_bytes()),
                ValueRef::Real(x) => feed(hash, 2, &x.to_be_bytes()),
                ValueRef::Text(text) => feed(hash, 3, text),
                ValueRef::Blob(blob) => feed(hash, 4, blob),
            }
        }
        hash.update([255]);
        count += 1;
    }
    Ok(count)
}

fn feed(hash: &mut Sha256, tag: u8, bytes: &[u8]) {
    hash.update([tag]);
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::super::form::MIGRATIONS;
    use super::*;

    #[test]
    fn no_column_is_left_out() {
        let db = Connection::open_in_memory().unwrap();
        for migration in MIGRATIONS {
            db.execute_batch(migration).unwrap();
        }
        let mut tables = db
            .prepare(
                "SELECT m.name, group_concat(c.name, ', ') FROM sqlite_schema m
                 JOIN pragma_table_info(m.name) c WHERE m.type = 'table'
                   AND m.name NOT IN ('meta', 'ledger', 'head')
                   AND m.name NOT LIKE 'column^_%' ESCAPE '^'
                   AND m.name NOT LIKE 'search^_%' ESCAPE '^'
                   AND c.name NOT IN ('since', 'until') GROUP BY m.name",
            )
            .unwrap();
        let stored = tables
            .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
            .unwrap()
            .collect::<rusqlite::Result<BTreeMap<_, _>>>()
            .unwrap();
        let known: BTreeMap<String, String> =
            TABLES.iter().map(|(table, all)| ((*table).to_owned(), (*all).to_owned())).collect();
        assert_eq!(stored, known);
    }
}
