//! What items read as: documents with their statements, lists with their records.
//!
//! A reading is made by one state of the reader (program version and settings). A newer one
//! supersedes the older, which stays.

use rayon::prelude::*;
use rusqlite::{OptionalExtension, params};
use sijil_claims::{Language, Reading};

use super::AsOf;
use super::error::{Result, corrupt};
use super::ledger::{from_sql, sql};
use super::open::Register;
use super::write::Write;
use crate::model::{Document, Format, ItemId, Mapping, Problem, Record, RecordRef};

/// A reading about to be written.
#[derive(Clone, Debug)]
pub struct NewReading {
    /// The item read.
    pub item: ItemId,
    /// State of the reader.
    pub reader: String,
    /// What its bytes were read as.
    pub format: Format,
    /// What it gave.
    pub content: ReadContent,
    /// Records of victims with the cells of their rows.
    pub records: Vec<RecordRow>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// What an item read as.
#[derive(Clone, Debug)]
pub enum ReadContent {
    /// A text and what it says.
    Document(Box<Document>, Box<Reading>),
    /// Lists: sheet, columns, number of records.
    Tables(Vec<(String, Mapping, u64)>),
    /// Nothing that counts (settings, unknown formats, unreadable bytes).
    Nothing,
}

/// A record with the cells of its row, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRow {
    /// The record.
    pub record: Record,
    /// Cells of the row in column order; empty for a victim named in a text.
    pub cells: Vec<String>,
}

/// A document as stored, with its statements.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentRow {
    /// The bytes.
    pub item: ItemId,
    /// The text and its head.
    pub document: Document,
    /// What it says.
    pub reading: Reading,
}

/// A list as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingRow {
    /// The bytes.
    pub item: ItemId,
    /// Sheet, empty for a file that has none.
    pub sheet: String,
    /// How its columns were read.
    pub mapping: Mapping,
    /// Records read out of it.
    pub records: u64,
}

const LIVE: &str = "since <= ?1 AND (until IS NULL OR until > ?1)";

/// Limits a query to items whose capture counts at `?1`.
const COUNTED: &str = "EXISTS (SELECT 1 FROM capture WHERE capture.item = t.item
    AND capture.since <= ?1 AND (capture.until IS NULL OR capture.until > ?1))";

impl Register {
    /// The state of the reader that last read `item`, and the format that it was read as.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reading_of(&self, item: &ItemId) -> Result<Option<(String, Format)>> {
        let row: Option<(String, String)> = self
            .db
            .prepare_cached("SELECT reader, format FROM reading WHERE item = ?1 AND until IS NULL")?
            .query_row([&item.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        row.map(|(reader, code)| Ok((reader, super::items::format(&code)?))).transpose()
    }

    /// Documents that count at `as_of`, with what they say, in order of their first path.
    ///
    /// # Errors
    /// When the database cannot be read or a stored statement does not read.
    pub fn documents(&self, as_of: AsOf) -> Result<Vec<DocumentRow>> {
        let mut query = self.db.prepare(&format!(
            "SELECT item, text, body, title, outlet, url, published, language FROM document t
             WHERE {LIVE} AND {COUNTED}
             ORDER BY (SELECT MIN(path) FROM capture WHERE capture.item = t.item
                AND capture.since <= ?1 AND (capture.until IS NULL OR capture.until > ?1))"
        ))?;
        let mut rows = query.query([as_of.sql()])?;
        let mut documents = Vec::new();
        while let Some(row) = rows.next()? {
            let (item, document) = document(row)?;
            let stored = self.statements(&item, as_of)?;
            documents.push((item, document, stored));
        }
        // The database gives its rows one after the other; what they hold is parsed on every core.
        documents
            .into_par_iter()
            .map(|(item, document, stored)| {
                Ok(DocumentRow { item, document, reading: reading(&stored)? })
            })
            .collect()
    }

    /// The document that an item is, with what it says; `None` where none counts at `as_of`.
    ///
    /// # Errors
    /// When the database cannot be read or a stored statement does not read.
    pub fn document(&self, item: &ItemId, as_of: AsOf) -> Result<Option<DocumentRow>> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT item, text, body, title, outlet, url, published, language FROM document t
             WHERE item = ?2 AND {LIVE} AND {COUNTED}"
        ))?;
        let mut rows = query.query(params![as_of.sql(), item.0])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let (item, document) = document(row)?;
        let reading = reading(&self.statements(&item, as_of)?)?;
        Ok(Some(DocumentRow { item, document, reading }))
    }

    /// A record that counts at `as_of`.
    ///
    /// # Errors
    /// When the database cannot be read or the record does not read.
    pub fn record(&self, at: &RecordRef, as_of: AsOf) -> Result<Option<Record>> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT body FROM record t
             WHERE item = ?2 AND sheet = ?3 AND row = ?4 AND {LIVE} AND {COUNTED}"
        ))?;
        let key = params![as_of.sql(), at.item.0, at.sheet, sql(at.row)];
        let body: Option<String> = query.query_row(key, |row| row.get(0)).optional()?;
        body.map(|body| serde_json::from_str(&body).map_err(corrupt("record"))).transpose()
    }

    /// Kinds and bodies of the statements of a document, in order.
    fn statements(&self, item: &ItemId, as_of: AsOf) -> Result<Vec<(String, String)>> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT kind, body FROM statement WHERE item = ?2 AND {LIVE} ORDER BY kind, ordinal"
        ))?;
        let rows =
            query.query_map(params![as_of.sql(), item.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Lists that count at `as_of`, in order of item and sheet.
    ///
    /// # Errors
    /// When the database cannot be read or a stored mapping does not read.
    pub fn listings(&self, as_of: AsOf) -> Result<Vec<ListingRow>> {
        let mut query = self.db.prepare(&format!(
            "SELECT item, sheet, mapping, records FROM listing t WHERE {LIVE} AND {COUNTED}
             ORDER BY item, sheet"
        ))?;
        let rows = query.query_map([as_of.sql()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get::<_, i64>(3)?))
        })?;
        rows.map(|row| {
            let (item, sheet, mapping, records) = row?;
            let mapping = serde_json::from_str(&mapping).map_err(corrupt("column mapping"))?;
            Ok(ListingRow {
                item: ItemId(item),
                sheet,
                mapping,
                records: from_sql("number of records", records)?,
            })
        })
        .collect()
    }

    /// Records that count at `as_of`, in order of item, sheet and row.
    ///
    /// # Errors
    /// When the database cannot be read or a stored record does not read.
    pub fn records(&self, as_of: AsOf) -> Result<Vec<RecordRow>> {
        let mut query = self.db.prepare(&format!(
            "SELECT body, cells FROM record t WHERE {LIVE} AND {COUNTED} ORDER BY item, sheet, row"
        ))?;
        let rows = query.query_map([as_of.sql()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        let rows: Vec<(String, String)> = rows.collect::<rusqlite::Result<_>>()?;
        rows.par_iter()
            .map(|(body, cells)| {
                Ok(RecordRow {
                    record: serde_json::from_str(body).map_err(corrupt("record"))?,
                    cells: serde_json::from_str(cells).map_err(corrupt("row of a list"))?,
                })
            })
            .collect()
    }
}

/// Item and document of a row.
pub(super) fn document(row: &rusqlite::Row<'_>) -> Result<(ItemId, Document)> {
    let published: Option<String> = row.get(6)?;
    let language: String = row.get(7)?;
    let body = from_sql("document's body", row.get(2)?)?;
    let document = Document {
        text: row.get(1)?,
        body: usize::try_from(body).map_err(corrupt("document's body"))?,
        title: row.get(3)?,
        outlet: row.get(4)?,
        url: row.get(5)?,
        published: published
            .map(|day| day.parse().map_err(corrupt("day of publication")))
            .transpose()?,
        language: if language == "ar" { Language::Ar } else { Language::En },
    };
    Ok((ItemId(row.get(0)?), document))
}

/// What stored statements say.
fn reading(stored: &[(String, String)]) -> Result<Reading> {
    let mut reading = Reading::default();
    for (kind, body) in stored {
        let read = |e: serde_json::Error| corrupt("statement")(e);
        match kind.as_str() {
            "claim" => reading.claims.push(serde_json::from_str(body).map_err(read)?),
            "attribution" => reading.attributions.push(serde_json::from_str(body).map_err(read)?),
            "response" => reading.responses.push(serde_json::from_str(body).map_err(read)?),
            "flag" => reading.flags.push(serde_json::from_str(body).map_err(read)?),
            _ => return Err(corrupt("statement")(format!("{kind} is no kind"))),
        }
    }
    Ok(reading)
}

impl Write<'_> {
    /// Writes a reading under the next entry's number and supersedes the item's older one.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn insert_reading(&mut self, new: &NewReading) -> Result<()> {
        let entry = self.next_entry();
        for table in ["reading", "document", "statement", "listing", "record"] {
            self.tx
                .prepare_cached(&format!(
                    "UPDATE {table} SET until = ?2 WHERE item = ?1 AND until IS NULL"
                ))?
                .execute(params![new.item.0, sql(entry)])?;
        }
        match &new.content {
            ReadContent::Document(document, reading) => {
                self.insert_document(&new.item, document, entry)?;
                self.insert_statements(&new.item, reading, entry)?;
            }
            ReadContent::Tables(tables) => {
                for (sheet, mapping, records) in tables {
                    self.insert_listing(&new.item, sheet, mapping, *records, entry)?;
                }
            }
            ReadContent::Nothing => {}
        }
        for row in &new.records {
            self.insert_record(row, entry)?;
        }
        self.supersede_read_problems(&new.item, &new.problems, entry)?;
        self.tx
            .prepare_cached(
                "INSERT INTO reading (item, reader, format, since) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![new.item.0, new.reader, new.format.code(), sql(entry)])?;
        Ok(())
    }

    fn insert_document(&mut self, item: &ItemId, document: &Document, entry: u64) -> Result<()> {
        let language = match document.language {
            Language::En => "en",
            Language::Ar => "ar",
        };
        self.tx
            .prepare_cached(
                "INSERT INTO document (item, text, body, title, outlet, url, published, language, since)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                item.0,
                document.text,
                sql(document.body as u64),
                document.title,
                document.outlet,
                document.url,
                document.published.map(|day| day.to_string()),
                language,
                sql(entry)
            ])?;
        Ok(())
    }

    fn insert_statements(&mut self, item: &ItemId, reading: &Reading, entry: u64) -> Result<()> {
        let Reading { claims, attributions, responses, flags } = reading;
        self.insert_kind(item, "claim", claims, entry)?;
        self.insert_kind(item, "attribution", attributions, entry)?;
        self.insert_kind(item, "response", responses, entry)?;
        self.insert_kind(item, "flag", flags, entry)
    }

    fn insert_kind<T: serde::Serialize>(
        &mut self,
        item: &ItemId,
        kind: &str,
        all: &[T],
        entry: u64,
    ) -> Result<()> {
        let mut insert = self.tx.prepare_cached(
            "INSERT INTO statement (item, kind, ordinal, body, since) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (ordinal, one) in all.iter().enumerate() {
            let body = serde_json::to_string(one).map_err(corrupt("statement"))?;
            insert.execute(params![item.0, kind, sql(ordinal as u64), body, sql(entry)])?;
        }
        Ok(())
    }

    fn insert_listing(
        &mut self,
        item: &ItemId,
        sheet: &str,
        mapping: &Mapping,
        records: u64,
        entry: u64,
    ) -> Result<()> {
        let mapping = serde_json::to_string(mapping).map_err(corrupt("column mapping"))?;
        self.tx
            .prepare_cached(
                "INSERT INTO listing (item, sheet, mapping, records, since)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![item.0, sheet, mapping, sql(records), sql(entry)])?;
        Ok(())
    }

    fn insert_record(&mut self, row: &RecordRow, entry: u64) -> Result<()> {
        let RecordRef { item, sheet, row: number } = &row.record.at;
        let body = serde_json::to_string(&row.record).map_err(corrupt("record"))?;
        let cells = serde_json::to_string(&row.cells).map_err(corrupt("row of a list"))?;
        self.tx
            .prepare_cached(
                "INSERT INTO record (item, sheet, row, body, cells, since)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![item.0, sheet, sql(*number), body, cells, sql(entry)])?;
        Ok(())
    }
}
