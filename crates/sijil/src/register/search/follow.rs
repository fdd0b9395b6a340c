//! The index follows the rows: what one ledger entry brought or ended can be found or no longer.

use rayon::prelude::*;
use rusqlite::{Connection, params};
use sijil_claims::Claim;

use super::super::error::{Result, corrupt};
use super::super::readings::document;
use super::Kind;
use super::incidents::follow_incidents;
use super::words::Words;
use crate::model::{Document, Record};

/// Tables whose rows words are derived from.
pub(in crate::register) const SOURCES: &[&str] = &["capture", "reading", "entity"];

const LIVE: &str = "since <= ?2 AND (until IS NULL OR until > ?2)";

/// Entries whose words are looked for together, on every core.
const BATCH: usize = 4096;

/// One thing that can be found.
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) sheet: String,
    pub(super) row: i64,
    pub(super) words: Words,
}

/// Brings `index` from the state before ledger entry number `entry` to the state with it, as the
/// database of `rows` has them.
pub(in crate::register) fn follow(rows: &Connection, index: &Connection, entry: i64) -> Result<()> {
    let captured = "SELECT item FROM capture WHERE since = ?1
                    UNION SELECT item FROM capture WHERE until = ?1";
    for item in items(rows, captured, entry)? {
        end(index, &item, "kind = 'item'", entry)?;
        let mut query = rows.prepare_cached(&format!(
            "SELECT path FROM capture WHERE item = ?1 AND {LIVE} ORDER BY path, origin"
        ))?;
        let paths: Vec<String> = query
            .query_map(params![item, entry], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if !paths.is_empty() {
            let words = Words::of_item(&paths);
            let of_item = Entry { kind: Kind::Items, sheet: String::new(), row: 0, words };
            begin(index, &item, &[of_item], entry)?;
        }
    }
    let read = "SELECT item FROM reading WHERE since = ?1 ORDER BY item";
    for item in items(rows, read, entry)? {
        end(index, &item, "kind <> 'item'", entry)?;
        begin(index, &item, &of_text(rows, &item, entry)?, entry)?;
        of_lists(rows, &item, entry, |entries| begin(index, &item, entries, entry).map(|_| ()))?;
    }
    follow_incidents(rows, index, entry)
}

/// Names that a query gives for an entry.
pub(super) fn items(rows: &Connection, sql: &str, entry: i64) -> Result<Vec<String>> {
    let mut query = rows.prepare_cached(sql)?;
    let found = query.query_map([entry], |row| row.get(0))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Ends what is found of an item, or of an incident by its id.
pub(super) fn end(index: &Connection, item: &str, which: &str, entry: i64) -> Result<()> {
    index
        .prepare_cached(&format!(
            "UPDATE search_entry SET until = ?2 WHERE item = ?1 AND until IS NULL AND {which}"
        ))?
        .execute(params![item, entry])?;
    Ok(())
}

/// Makes entries known, and gives their numbers.
pub(super) fn begin(
    index: &Connection,
    item: &str,
    entries: &[Entry],
    entry: i64,
) -> Result<Vec<i64>> {
    let mut numbers = Vec::with_capacity(entries.len());
    let mut known = index.prepare_cached(
        "INSERT INTO search_entry (kind, item, sheet, row, first, last, length, since)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let mut words = index.prepare_cached(
        "INSERT INTO search_words (rowid, kind, words, keys, place, party, days)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for Entry { kind, sheet, row, words: of } in entries {
        let kind = kind.code();
        let first = of.window.map(|(first, _)| first.to_string());
        let last = of.window.map(|(_, last)| last.to_string());
        known.execute(params![kind, item, sheet, row, first, last, of.length, entry])?;
        let number = index.last_insert_rowid();
        words.execute(params![number, kind, of.words, of.keys, of.place, of.party, of.days])?;
        numbers.push(number);
    }
    Ok(numbers)
}

/// The document that an item is and its claims; nothing for lists.
fn of_text(rows: &Connection, item: &str, entry: i64) -> Result<Vec<Entry>> {
    let mut query = rows.prepare_cached(&format!(
        "SELECT item, text, body, title, outlet, url, published, language FROM document
         WHERE item = ?1 AND {LIVE}"
    ))?;
    let mut found = query.query(params![item, entry])?;
    let Some(row) = found.next()? else { return Ok(Vec::new()) };
    let (_, document) = document(row)?;
    let mut query = rows.prepare_cached(&format!(
        "SELECT ordinal, body FROM statement WHERE item = ?1 AND kind = 'claim' AND {LIVE}
         ORDER BY ordinal"
    ))?;
    let bodies: Vec<(i64, String)> = query
        .query_map(params![item, entry], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let claims = bodies
        .iter()
        .map(|(ordinal, body)| {
            Ok((*ordinal, serde_json::from_str(body).map_err(corrupt("claim"))?))
        })
        .collect::<Result<Vec<(i64, Claim)>>>()?;
    let said: Vec<Claim> = claims.iter().map(|(_, claim)| claim.clone()).collect();
    let mut entries = vec![Entry {
        kind: Kind::Documents,
        sheet: String::new(),
        row: 0,
        words: Words::of_document(&document, &said),
    }];
    entries.extend(claims.iter().map(|(ordinal, claim)| of_claim(*ordinal, claim, &document)));
    Ok(entries)
}

fn of_claim(ordinal: i64, claim: &Claim, document: &Document) -> Entry {
    let length = claim.sentence.end.saturating_sub(claim.sentence.start);
    let sentence: String = document.text.chars().skip(claim.sentence.start).take(length).collect();
    Entry {
        kind: Kind::Claims,
        sheet: String::new(),
        row: ordinal,
        words: Words::of_claim(claim, &sentence),
    }
}

/// Hands over the records of an item, a batch at a time.
fn of_lists(
    rows: &Connection,
    item: &str,
    entry: i64,
    mut each: impl FnMut(&[Entry]) -> Result<()>,
) -> Result<()> {
    let mut query = rows.prepare_cached(&format!(
        "SELECT sheet, row, body FROM record WHERE item = ?1 AND {LIVE} ORDER BY sheet, row"
    ))?;
    let found = query.query_map(params![item, entry], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
    })?;
    let all = found.collect::<rusqlite::Result<Vec<_>>>()?;
    for batch in all.chunks(BATCH) {
        let entries = batch
            .par_iter()
            .map(|(sheet, row, body)| {
                let record: Record = serde_json::from_str(body).map_err(corrupt("record"))?;
                let words = Words::of_record(&record);
                Ok(Entry { kind: Kind::Persons, sheet: sheet.clone(), row: *row, words })
            })
            .collect::<Result<Vec<Entry>>>()?;
        each(&entries)?;
    }
    Ok(())
}
