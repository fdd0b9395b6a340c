//! What a bundle takes out of the register: entries with their proofs, and the rows behind them.

use std::collections::BTreeSet;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};
use sijil_ledger::Head;

use super::AsOf;
use super::error::{Error, Result};
use super::ledger::{SignedHead, from_sql, sql};
use super::open::Register;
use super::rows::TABLES;
use crate::model::entity::{EntityId, EntityKind};
use crate::model::{ItemId, PersonId, RecordRef};

/// Rows of one table that one entry brought and ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowsAt {
    /// Number of the entry.
    pub entry: u64,
    /// The table.
    pub table: &'static str,
}

/// Tables that hold what an item was read as, by the column that names the item.
const OF_ITEM: &[(&str, &str)] = &[
    ("item", "id"),
    ("capture", "item"),
    ("reading", "item"),
    ("document", "item"),
    ("statement", "item"),
    ("listing", "item"),
    ("record", "item"),
];

impl Register {
    /// The newest signed head.
    ///
    /// # Errors
    /// When the register has none or the database cannot be read.
    pub fn newest_head(&self) -> Result<SignedHead> {
        self.heads()?.pop().ok_or_else(|| Error::Broken("it has no signed head".to_owned()))
    }

    /// This register's word, as a witness, on a head of the register with the key `of`.
    pub fn cosign(&self, of: &[u8; 32], head: &Head) -> [u8; 64] {
        self.signer().cosign(of, head)
    }

    /// The person that a record stands for at `as_of`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn person_of(&self, at: &RecordRef, as_of: AsOf) -> Result<Option<PersonId>> {
        let person: Option<String> = self
            .db
            .prepare_cached(
                "SELECT person FROM membership WHERE item = ?1 AND sheet = ?2 AND row = ?3
                 AND since <= ?4 AND (until IS NULL OR until > ?4)",
            )?
            .query_row(params![at.item.0, at.sheet, sql(at.row), as_of.sql()], |row| row.get(0))
            .optional()?;
        Ok(person.map(PersonId))
    }

    /// Where the rows stand that say how an item came in and what it was read as.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn rows_of_item(&self, item: &ItemId, as_of: AsOf) -> Result<BTreeSet<RowsAt>> {
        let mut found = BTreeSet::new();
        for (table, column) in OF_ITEM {
            let live = if *table == "item" { "" } else { " AND (until IS NULL OR until > ?2)" };
            let query = format!(
                "SELECT DISTINCT since FROM {table} WHERE {column} = ?1 AND since <= ?2{live}"
            );
            found.extend(self.entries_of(table, &query, params![item.0, as_of.sql()])?);
        }
        Ok(found)
    }

    /// Where the rows stand that say which records are a person.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn rows_of_person(&self, person: &PersonId, as_of: AsOf) -> Result<BTreeSet<RowsAt>> {
        let query = "SELECT DISTINCT since FROM membership WHERE person = ?1 AND since <= ?2
                     AND (until IS NULL OR until > ?2)";
        self.entries_of("membership", query, params![person.0, as_of.sql()])
    }

    /// Where the rows stand that decide on two records.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn rows_of_pair(
        &self,
        (a, b): (&RecordRef, &RecordRef),
        as_of: AsOf,
    ) -> Result<BTreeSet<RowsAt>> {
        let query = "SELECT DISTINCT since FROM judgement WHERE a_item = ?1 AND a_sheet = ?2
                     AND a_row = ?3 AND b_item = ?4 AND b_sheet = ?5 AND b_row = ?6
                     AND since <= ?7 AND (until IS NULL OR until > ?7)";
        let values =
            params![a.item.0, a.sheet, sql(a.row), b.item.0, b.sheet, sql(b.row), as_of.sql()];
        self.entries_of("judgement", query, values)
    }

    /// Where the row of an entity stands.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn rows_of_entity(
        &self,
        kind: EntityKind,
        id: &EntityId,
        as_of: AsOf,
    ) -> Result<BTreeSet<RowsAt>> {
        let query = "SELECT DISTINCT since FROM entity WHERE kind = ?1 AND id = ?2
                     AND since <= ?3 AND (until IS NULL OR until > ?3)";
        self.entries_of("entity", query, params![kind.code(), id.0, as_of.sql()])
    }

    fn entries_of(
        &self,
        table: &'static str,
        query: &str,
        values: impl rusqlite::Params,
    ) -> Result<BTreeSet<RowsAt>> {
        let mut query = self.db.prepare_cached(query)?;
        let numbers = query.query_map(values, |row| row.get::<_, i64>(0))?;
        numbers
            .map(|number| Ok(RowsAt { entry: from_sql("ledger entry's number", number?)?, table }))
            .collect()
    }

    /// The rows at a place as JSON, in the order in which their digest takes them: `columns`,
    /// `brought`, `ended` (with the column `since` behind the others).
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn rows_at(&self, at: RowsAt) -> Result<Value> {
        let known = TABLES.iter().find(|(table, _)| *table == at.table);
        let columns = known.map_or("", |(_, columns)| columns);
        let RowsAt { entry, table } = at;
        let brought = format!("SELECT {columns} FROM {table} WHERE since = ?1 ORDER BY {columns}");
        let ended = format!(
            "SELECT {columns}, since FROM {table} WHERE until = ?1 ORDER BY {columns}, since"
        );
        let ended = if table == "item" { Vec::new() } else { json_rows(&self.db, &ended, entry)? };
        Ok(json!({
            "columns": columns.split(", ").collect::<Vec<_>>(),
            "brought": json_rows(&self.db, &brought, entry)?,
            "ended": ended,
        }))
    }
}

fn json_rows(db: &Connection, query: &str, entry: u64) -> Result<Vec<Value>> {
    let mut query = db.prepare(query)?;
    let columns = query.column_count();
    let mut rows = query.query([sql(entry)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let values: rusqlite::Result<Vec<Value>> =
            (0..columns).map(|at| row.get_ref(at).map(json_value)).collect();
        found.push(Value::Array(values?));
    }
    Ok(found)
}

/// A stored value: real numbers as the digits of their eight bytes, so that no digit is lost.
fn json_value(value: ValueRef<'_>) -> Value {
    let digits = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => json!(number),
        ValueRef::Real(number) => json!({ "real": digits(&number.to_be_bytes()) }),
        ValueRef::Text(text) => json!(String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => json!({ "blob": digits(bytes) }),
    }
}
