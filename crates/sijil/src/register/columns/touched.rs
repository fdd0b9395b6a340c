//! Whom a ledger entry touches: persons whose records, links or judgements it brought or ended.

use rusqlite::{Connection, params};

use super::super::error::Result;

/// What stood until the entry or stands since.
const NEAR: &str = "m.since <= ?1 AND (m.until IS NULL OR m.until >= ?1)";

/// Every person that entry number `entry` may have changed, in order, each once.
pub(super) fn touched(rows: &Connection, entry: i64) -> Result<Vec<String>> {
    let mut persons = Vec::new();
    for sql in [
        "SELECT person FROM membership WHERE since = ?1".to_owned(),
        "SELECT person FROM membership WHERE until = ?1".to_owned(),
        joined("record r", "r.item", "r.sheet", "r.row", "r.since"),
        joined("record r", "r.item", "r.sheet", "r.row", "r.until"),
        // Whoever has the first record of a pair: the pair is looked at from there.
        joined("judgement r", "r.a_item", "r.a_sheet", "r.a_row", "r.since"),
        joined("judgement r", "r.a_item", "r.a_sheet", "r.a_row", "r.until"),
    ] {
        let mut query = rows.prepare_cached(&sql)?;
        let mut found = query.query([entry])?;
        while let Some(row) = found.next()? {
            let person = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            // Rows of one person often follow each other.
            if persons.last().is_none_or(|last| last != person) {
                persons.push(person.to_owned());
            }
        }
    }
    for item in recaptured(rows, entry)? {
        let mut query = rows.prepare_cached(&format!(
            "SELECT person FROM membership m WHERE item = ?2 AND {NEAR}"
        ))?;
        let found = query.query_map(params![entry, item], |row| row.get(0))?;
        persons.extend(found.collect::<rusqlite::Result<Vec<String>>>()?);
    }
    persons.sort_unstable();
    persons.dedup();
    Ok(persons)
}

fn joined(table: &str, item: &str, sheet: &str, row: &str, entry: &str) -> String {
    format!(
        "SELECT m.person FROM {table} CROSS JOIN membership m
         ON m.item = {item} AND m.sheet = {sheet} AND m.row = {row}
         WHERE {entry} = ?1 AND {NEAR}"
    )
}

/// Items that began or ceased to count with the entry.
fn recaptured(rows: &Connection, entry: i64) -> Result<Vec<String>> {
    let mut query = rows.prepare_cached(
        "SELECT item FROM capture WHERE since = ?1 UNION SELECT item FROM capture WHERE until = ?1",
    )?;
    let items: Vec<String> =
        query.query_map([entry], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut changed = Vec::new();
    for item in items {
        if counts(rows, &item, entry)? != counts(rows, &item, entry - 1)? {
            changed.push(item);
        }
    }
    Ok(changed)
}

/// Whether an item counts as of `entry`: one of its captures stands.
pub(super) fn counts(rows: &Connection, item: &str, entry: i64) -> Result<bool> {
    Ok(rows
        .prepare_cached(
            "SELECT 1 FROM capture WHERE item = ?1 AND since <= ?2
             AND (until IS NULL OR until > ?2)",
        )?
        .exists(params![item, entry])?)
}
