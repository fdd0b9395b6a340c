//! Columns follow the rows: what one ledger entry changed about persons, written as versions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, params};

use super::super::error::{Error, Result};
use super::segments::Segments;
use super::touched::touched;
use super::versions::{At, Reader, Rows, Version};
use super::{PARTS, PERSON, RECORDS, SINCE, UNTIL};
use crate::model::{Facet, Trait};

/// Persons read together: rows are fetched one after the other and read on every core.
const BATCH: usize = 4096;

/// What is held of the columns while a transaction changes them.
#[derive(Debug, Default)]
pub(in crate::register) struct State {
    segments: Segments,
    codes: HashMap<(Trait, Facet), u32>,
    /// Codes that each column has, once one was asked for.
    next: BTreeMap<Trait, u32>,
}

/// What an entry did to the version of one person.
struct Moved {
    number: i64,
    before: Option<i64>,
    now: Option<i64>,
    open: Vec<At>,
}

impl State {
    /// Writes what is held back until the end of a transaction.
    pub(in crate::register) fn flush(&mut self, columns: &Connection) -> Result<()> {
        self.segments.flush(columns)
    }
}

/// Brings `columns` from the state before ledger entry number `entry` to the state with it, as the
/// database of `rows` has them; the two are one but where a history is gone through anew.
pub(in crate::register) fn refresh(
    rows: &Connection,
    columns: &Connection,
    state: &mut State,
    entry: i64,
) -> Result<()> {
    let persons = touched(rows, entry)?;
    if persons.is_empty() {
        return Ok(());
    }
    let mut reader = Reader::new(rows, entry);
    let mut moved = Vec::with_capacity(persons.len());
    for batch in persons.chunks(BATCH) {
        let found =
            batch.iter().map(|person| reader.rows_of(person)).collect::<Result<Vec<Rows>>>()?;
        let versions =
            found.into_par_iter().map(Rows::version).collect::<Result<Vec<Version>>>()?;
        for version in versions {
            moved.extend(state.keep(columns, version, entry)?);
        }
    }
    pairs(&mut reader, columns, &moved, entry)
}

impl State {
    /// Writes a version if it differs from the one that stands, which then ends; `None` for a
    /// person that neither stood nor stands.
    fn keep(&mut self, db: &Connection, version: Version, entry: i64) -> Result<Option<Moved>> {
        let known: Option<(i64, Option<i64>)> = db
            .prepare_cached("SELECT number, position FROM column_person WHERE id = ?1")?
            .query_row([&version.person], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let before = known.and_then(|(_, position)| position);
        if version.records == 0 {
            let (Some((number, _)), Some(position)) = (known, before) else { return Ok(None) };
            self.end(db, position, entry)?;
            place(db, number, None)?;
            return Ok(Some(Moved { number, before, now: None, open: Vec::new() }));
        }
        let number = match known {
            Some((number, _)) => number,
            None => {
                db.prepare_cached("INSERT INTO column_person (id) VALUES (?1)")?
                    .execute([&version.person])?;
                db.last_insert_rowid()
            }
        };
        let mut values =
            vec![(PERSON, small(number)?), (RECORDS, version.records), (PARTS, version.parts)];
        for (of, facet) in Trait::all().zip(version.facets) {
            values.push((of.name(), self.code(db, of, facet)?));
        }
        if let Some(position) = before {
            let at = at(position)?;
            let mut same = true;
            for (name, value) in &values {
                same &= self.segments.get(db, name, at)? == *value;
            }
            if same {
                return Ok(Some(Moved { number, before, now: before, open: version.open }));
            }
            self.end(db, position, entry)?;
        }
        let new = self.segments.add(db)?;
        values.extend([(SINCE, small(entry)?), (UNTIL, 0)]);
        for (name, value) in values {
            self.segments.set(db, name, new, value)?;
        }
        let now = Some(i64::try_from(new).unwrap_or(i64::MAX));
        place(db, number, now)?;
        Ok(Some(Moved { number, before, now, open: version.open }))
    }

    fn end(&mut self, db: &Connection, position: i64, entry: i64) -> Result<()> {
        self.segments.set(db, UNTIL, at(position)?, small(entry)?)
    }

    /// The code of a facet; a new one where it is met for the first time.
    fn code(&mut self, db: &Connection, of: Trait, facet: Facet) -> Result<u32> {
        let key = (of, facet);
        if let Some(code) = self.codes.get(&key) {
            return Ok(*code);
        }
        let (_, Facet { id, label }) = &key;
        let stored: Option<u32> = db
            .prepare_cached(
                "SELECT code FROM column_label WHERE name = ?1 AND id IS ?2 AND label IS ?3",
            )?
            .query_row(params![of.name(), id, label], |row| row.get(0))
            .optional()?;
        let code = match stored {
            Some(code) => code,
            None => {
                let next = match self.next.get(&of) {
                    Some(next) => *next,
                    None => db.query_row(
                        "SELECT COALESCE(MAX(code) + 1, 0) FROM column_label WHERE name = ?1",
                        [of.name()],
                        |row| row.get(0),
                    )?,
                };
                db.prepare_cached(
                    "INSERT INTO column_label (name, code, id, label) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![of.name(), next, id, label])?;
                self.next.insert(of, next + 1);
                next
            }
        };
        self.codes.insert(key, code);
        Ok(code)
    }
}

fn place(db: &Connection, number: i64, position: Option<i64>) -> Result<()> {
    db.prepare_cached("UPDATE column_person SET position = ?2 WHERE number = ?1")?
        .execute(params![number, position])?;
    Ok(())
}

/// Brings the open pairs of the persons that moved up to date.
fn pairs(reader: &mut Reader<'_>, db: &Connection, moved: &[Moved], entry: i64) -> Result<()> {
    let mut before = BTreeSet::new();
    let mut now = BTreeSet::new();
    for person in moved {
        if let Some(position) = person.before {
            let mut query = db.prepare_cached(
                "SELECT a, b FROM column_pair WHERE a = ?1 AND until IS NULL
                 UNION ALL SELECT a, b FROM column_pair WHERE b = ?1 AND until IS NULL",
            )?;
            let found = query.query_map([position], |row| Ok((row.get(0)?, row.get(1)?)))?;
            for pair in found {
                let pair: (i64, i64) = pair?;
                before.insert(pair);
            }
        }
        let Some(own) = person.now else { continue };
        for record in &person.open {
            let Some(other) = reader.person_of(record)? else { continue };
            let found: Option<(i64, Option<i64>)> = db
                .prepare_cached("SELECT number, position FROM column_person WHERE id = ?1")?
                .query_row([other], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            if let Some((number, Some(position))) = found
                && number != person.number
            {
                now.insert((own.min(position), own.max(position)));
            }
        }
    }
    let mut end = db.prepare_cached(
        "UPDATE column_pair SET until = ?3 WHERE a = ?1 AND b = ?2 AND until IS NULL",
    )?;
    for (a, b) in before.difference(&now) {
        end.execute([*a, *b, entry])?;
    }
    let mut begin =
        db.prepare_cached("INSERT INTO column_pair (a, b, since) VALUES (?1, ?2, ?3)")?;
    for (a, b) in now.difference(&before) {
        begin.execute([*a, *b, entry])?;
    }
    Ok(())
}

/// A number as a column takes it.
fn small(number: i64) -> Result<u32> {
    u32::try_from(number).map_err(|_| Error::Corrupt {
        what: "column",
        detail: format!("{number} is more than a column can hold"),
    })
}

fn at(position: i64) -> Result<usize> {
    usize::try_from(position).map_err(|_| Error::Corrupt {
        what: "column",
        detail: format!("{position} is no position"),
    })
}
