//! Items and how they came in.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::AsOf;
use super::error::{Result, corrupt};
use super::ledger::{from_sql, sql};
use super::open::Register;
use super::write::Write;
use crate::model::{Capture, Format, Item, ItemId};

/// An item and the capture that brought it, about to be written.
#[derive(Clone, Debug)]
pub struct NewItem {
    /// The bytes.
    pub item: Item,
    /// How they came in.
    pub capture: Capture,
}

/// An item with the path it came in under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapturedItem {
    /// The bytes.
    pub item: Item,
    /// Path below the folder that was taken in; if there are several, the first that can be read.
    pub path: String,
}

impl Register {
    /// The item that the newest capture of `path` below `origin` brought, as it was taken then.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn item_at(&self, origin: &str, path: &str) -> Result<Option<Item>> {
        let row: Option<(String, i64, String)> = self
            .db
            .prepare_cached(
                "SELECT item.id, item.bytes, format FROM capture JOIN item ON item.id = capture.item
                 WHERE origin = ?1 AND path = ?2 AND until IS NULL",
            )?
            .query_row([origin, path], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        row.map(|(id, bytes, code)| {
            let bytes = from_sql("item's length", bytes)?;
            Ok(Item { id: ItemId(id), bytes, format: format(&code)? })
        })
        .transpose()
    }

    /// Every item that counted at `as_of`, once, in order of its path: the first under whose name
    /// it can be read: what was imported stays so, settings come before the rest.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn items(&self, as_of: AsOf) -> Result<Vec<CapturedItem>> {
        let mut query = self.db.prepare(
            "SELECT id, bytes, format, path FROM (
                 SELECT item.id, bytes, format, path, ROW_NUMBER() OVER (
                     PARTITION BY item.id
                     ORDER BY format = 'other', format <> 'exchange', format <> 'settings',
                         path, origin
                 ) AS nth
                 FROM capture JOIN item ON item.id = capture.item
                 WHERE capture.since <= ?1 AND (until IS NULL OR until > ?1)
             ) WHERE nth = 1 ORDER BY path, id",
        )?;
        let rows = query.query_map([as_of.sql()], captured_row)?;
        rows.map(|row| captured(row?)).collect()
    }

    /// The settings in force at `as_of`: the first item of [`Register::items`] that is settings.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn settings_item(&self, as_of: AsOf) -> Result<Option<CapturedItem>> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT id, bytes, format, path FROM capture JOIN item ON item.id = capture.item
             WHERE format = 'settings' AND {STANDS} ORDER BY path, id, origin LIMIT 1"
        ))?;
        let row = query.query_row([as_of.sql()], captured_row).optional()?;
        row.map(captured).transpose()
    }

    /// An item as [`Register::items`] gives it; `None` where it does not count.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn item(&self, id: &ItemId, as_of: AsOf) -> Result<Option<CapturedItem>> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT id, bytes, format, path FROM capture JOIN item ON item.id = capture.item
             WHERE capture.item = ?2 AND {STANDS}
             ORDER BY format = 'other', format <> 'settings', path, origin LIMIT 1"
        ))?;
        let row = query.query_row(params![as_of.sql(), id.0], captured_row).optional()?;
        row.map(captured).transpose()
    }

    /// Items that count at `as_of` and whose hash begins with `start`, in order of their path.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn items_beginning(&self, start: &str, as_of: AsOf) -> Result<Vec<CapturedItem>> {
        // Hashes have no letter after f, so that g ends every beginning.
        let mut query =
            self.db.prepare_cached("SELECT id FROM item WHERE id >= ?1 AND id < ?1 || 'g'")?;
        let ids: Vec<String> =
            query.query_map([start], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut found = Vec::new();
        for id in ids {
            found.extend(self.item(&ItemId(id), as_of)?);
        }
        found.sort_by(|a, b| (&a.path, &a.item.id).cmp(&(&b.path, &b.item.id)));
        Ok(found)
    }

    /// Every item ever taken in, superseded or not.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn all_items(&self) -> Result<Vec<ItemId>> {
        let mut query = self.db.prepare("SELECT id FROM item ORDER BY id")?;
        let rows = query.query_map([], |row| Ok(ItemId(row.get(0)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// All captures ever, in the order they came.
    ///
    /// # Errors
    /// When the database cannot be read or a stored time does not read.
    pub fn captures(&self) -> Result<Vec<Capture>> {
        let mut query = self
            .db
            .prepare("SELECT item, origin, path, taken_in, by FROM capture ORDER BY since")?;
        let rows = query.query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?, row.get(4)?))
        })?;
        rows.map(|row| {
            let (item, origin, path, taken_in, by) = row?;
            let taken_in: Timestamp = taken_in.parse().map_err(corrupt("capture's time"))?;
            Ok(Capture { item: ItemId(item), origin, path, taken_in, by })
        })
        .collect()
    }
}

/// Limits captures to those that stand at `?1`.
const STANDS: &str = "capture.since <= ?1 AND (until IS NULL OR until > ?1)";

/// Hash, length, format and path as stored.
type Captured = (String, i64, String, String);

fn captured_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Captured> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn captured((id, bytes, code, path): Captured) -> Result<CapturedItem> {
    let (format, bytes) = (format(&code)?, from_sql("item's length", bytes)?);
    Ok(CapturedItem { item: Item { id: ItemId(id), bytes, format }, path })
}

/// The format that a stored code stands for.
pub(super) fn format(code: &str) -> Result<Format> {
    Format::from_code(code).ok_or_else(|| corrupt("format")(format!("{code} is none")))
}

impl Write<'_> {
    /// Writes a new capture, its item if the bytes are new, and supersedes an older capture of
    /// the same path, under the next entry's number.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn insert_item(&mut self, new: &NewItem) -> Result<()> {
        let entry = self.next_entry();
        let Item { id, bytes, format } = &new.item;
        self.tx
            .prepare_cached(
                "INSERT INTO item (id, bytes, since) VALUES (?1, ?2, ?3)
                 ON CONFLICT (id) DO NOTHING",
            )?
            .execute(params![id.0, sql(*bytes), sql(entry)])?;
        self.tx
            .prepare_cached(
                "UPDATE capture SET until = ?3
                 WHERE origin = ?1 AND path = ?2 AND until IS NULL",
            )?
            .execute(params![new.capture.origin, new.capture.path, sql(entry)])?;
        self.tx
            .prepare_cached(
                "INSERT INTO capture (origin, path, item, format, taken_in, by, since)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                new.capture.origin,
                new.capture.path,
                new.capture.item.0,
                format.code(),
                new.capture.taken_in.to_string(),
                new.capture.by,
                sql(entry)
            ])?;
        Ok(())
    }
}
