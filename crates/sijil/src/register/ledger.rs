//! Ledger entries and signed heads, kept beside the data they speak of.

use std::collections::BTreeMap;

use rusqlite::{Transaction, params};
use serde_json::{Value, json};
use sijil_ledger::{Entry, Hash, Head, Signer, Tree, leaf_hash};

use super::columns::{SOURCES as SOURCES_OF_COLUMNS, refresh};
use super::error::{Error, Result, corrupt};
use super::open::Register;
use super::rows::{Change, changes_of, tables_of};
use super::search::{SOURCES as SOURCES_OF_WORDS, follow};
use super::write::Write;

/// Field of an entry's body: what it did to the rows, table by table.
const ROWS: &str = "rows";

/// Field of an entry's body: entries under the signed head that its transaction began from.
const AFTER: &str = "after";

/// One entry as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    /// What was hashed.
    pub entry: Entry,
    /// Leaf hash as stored, to be compared with the recomputed one.
    pub leaf: Vec<u8>,
}

/// One signed head as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHead {
    /// Size and root.
    pub head: Head,
    /// Ed25519 signature over the head's canonical bytes.
    pub signature: Vec<u8>,
}

impl LedgerEntry {
    /// What the entry says of the deed, without what the register adds; null where it is no JSON.
    pub fn said(&self) -> Value {
        let mut body = self.body();
        if let Some(fields) = body.as_object_mut() {
            fields.remove(ROWS);
            fields.remove(AFTER);
        }
        body
    }

    /// What it says that it did to the rows, table by table.
    pub fn rows(&self) -> BTreeMap<String, Change> {
        let rows = self.body().get(ROWS).cloned();
        rows.and_then(|rows| serde_json::from_value(rows).ok()).unwrap_or_default()
    }

    /// Size of the signed head that its transaction began from.
    pub fn after(&self) -> Option<u64> {
        self.body().get(AFTER)?.as_u64()
    }

    fn body(&self) -> Value {
        serde_json::from_str(&self.entry.body).unwrap_or(Value::Null)
    }
}

impl Write<'_> {
    /// Number that the next entry will have.
    pub fn next_entry(&self) -> u64 {
        self.tree.size()
    }

    /// Appends the entry that the rows written under [`Write::next_entry`] belong to, and puts
    /// into it what it did to them; `said` is a JSON object. Rows come first, their entry after.
    /// Columns and the index of words follow the rows here, so that no use case can forget them.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn append(
        &mut self,
        at: jiff::Timestamp,
        by: &str,
        kind: &str,
        said: &Value,
    ) -> Result<u64> {
        let number = self.tree.size();
        let mut body = said.clone();
        body[AFTER] = json!(self.begun);
        let touched = tables_of(&self.tx, sql(number))?;
        let any = |sources: &[&str]| sources.iter().any(|table| touched.contains(*table));
        if any(SOURCES_OF_COLUMNS) {
            refresh(&self.tx, &self.tx, &mut self.columns, sql(number))?;
        }
        if any(SOURCES_OF_WORDS) {
            follow(&self.tx, &self.tx, sql(number))?;
        }
        let rows = changes_of(&self.tx, sql(number), &touched)?;
        if !rows.is_empty() {
            body[ROWS] = serde_json::to_value(rows).map_err(corrupt("ledger entry"))?;
        }
        let entry = Entry {
            number,
            at: at.to_string(),
            by: by.to_owned(),
            kind: kind.to_owned(),
            body: body.to_string(),
        };
        let leaf = leaf_hash(&entry.to_bytes());
        self.tx.prepare_cached(
            "INSERT INTO ledger (number, at, by, kind, body, leaf) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            sql(number),
            entry.at,
            entry.by,
            entry.kind,
            entry.body,
            leaf.as_bytes().as_slice()
        ])?;
        self.tree.append(leaf);
        Ok(number)
    }
}

impl Register {
    /// All entries in order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn entries(&self) -> Result<Vec<LedgerEntry>> {
        self.entries_where("ORDER BY number", [])
    }

    fn entries_where(
        &self,
        condition: &str,
        params: impl rusqlite::Params,
    ) -> Result<Vec<LedgerEntry>> {
        let mut query = self
            .db
            .prepare(&format!("SELECT number, at, by, kind, body, leaf FROM ledger {condition}"))?;
        let rows = query.query_map(params, |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
                row.get(5)?,
            ))
        })?;
        rows.map(|row| {
            let (number, at, by, kind, body, leaf) = row?;
            let number = u64::try_from(number).map_err(corrupt("ledger entry's number"))?;
            Ok(LedgerEntry { entry: Entry { number, at, by, kind, body }, leaf })
        })
        .collect()
    }

    /// The entry of this number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn entry(&self, number: u64) -> Result<Option<LedgerEntry>> {
        Ok(self.entries_where("WHERE number = ?1", [sql(number)])?.pop())
    }

    /// The newest entry of a kind.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn last_entry(&self, kind: &str) -> Result<Option<LedgerEntry>> {
        Ok(self.entries_where("WHERE kind = ?1 ORDER BY number DESC LIMIT 1", [kind])?.pop())
    }

    /// Number of the last entry of the days before `day`, in UTC; `None` where there is none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn last_before(&self, day: jiff::civil::Date) -> Result<Option<u64>> {
        // Times are RFC 3339 in UTC: the order of their letters is the order of time.
        let number: Option<i64> = self.db.query_row(
            "SELECT MAX(number) FROM ledger WHERE at < ?1",
            [day.to_string()],
            |row| row.get(0),
        )?;
        number.map(|number| from_sql("ledger entry's number", number)).transpose()
    }

    /// All signed heads by size.
    ///
    /// # Errors
    /// When the database cannot be read or a stored root is no hash.
    pub fn heads(&self) -> Result<Vec<SignedHead>> {
        let mut query = self.db.prepare("SELECT size, root, signature FROM head ORDER BY size")?;
        let rows = query.query_map([], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get(2)?))
        })?;
        rows.map(|row| {
            let (size, root, signature) = row?;
            let size = u64::try_from(size).map_err(corrupt("head's size"))?;
            let root = Hash::try_from(root.as_slice()).map_err(corrupt("head's root"))?;
            Ok(SignedHead { head: Head { size, root }, signature })
        })
        .collect()
    }
}

pub(super) fn insert_head(tx: &Transaction<'_>, tree: &Tree, signer: &Signer) -> Result<()> {
    let head = tree.head();
    let signature = signer.sign(&head);
    tx.execute(
        "INSERT INTO head (size, root, signature) VALUES (?1, ?2, ?3)",
        params![sql(head.size), head.root.as_bytes().as_slice(), signature.as_slice()],
    )?;
    Ok(())
}

/// A number as the database takes it; ours never come near its limit.
pub(super) fn sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A stored number as ours.
pub(super) fn from_sql(what: &'static str, number: i64) -> Result<u64> {
    u64::try_from(number)
        .map_err(|e| Error::Corrupt { what, detail: format!("{number} is no count ({e})") })
}
