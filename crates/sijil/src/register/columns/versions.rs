//! What the rows say of one person as of one ledger entry.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::super::error::{Result, corrupt};
use super::touched::counts;
use crate::model::{CERTAIN, Facet, Person, PersonId, Record, Trait, groups};

const LIVE: &str = "since <= ?1 AND (until IS NULL OR until > ?1)";

/// A record's item, sheet and row as stored.
pub(super) type At = (String, String, i64);

/// Rows about one person, not yet read.
pub(super) struct Rows {
    person: String,
    members: Vec<At>,
    bodies: Vec<String>,
    /// Members that hold together even when links short of certainty are cut, by index.
    held: Vec<(usize, usize)>,
    /// Records of whomever that are in an open pair with one of the members.
    open: Vec<At>,
}

/// A person as columns keep it.
pub(super) struct Version {
    pub(super) person: String,
    /// Records behind it; none where the person no longer stands.
    pub(super) records: u32,
    /// Persons that it falls into when links short of certainty are cut.
    pub(super) parts: u32,
    /// One facet a trait, in the order of [`Trait::all`].
    pub(super) facets: Vec<Facet>,
    /// Records in an open pair with one of its own.
    pub(super) open: Vec<At>,
}

/// Rows as of one entry; which items count is asked once an item.
pub(super) struct Reader<'r> {
    rows: &'r Connection,
    entry: i64,
    counted: HashMap<String, bool>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(rows: &'r Connection, entry: i64) -> Self {
        Self { rows, entry, counted: HashMap::new() }
    }

    fn counts(&mut self, item: &str) -> Result<bool> {
        if let Some(counts) = self.counted.get(item) {
            return Ok(*counts);
        }
        let counts = counts(self.rows, item, self.entry)?;
        self.counted.insert(item.to_owned(), counts);
        Ok(counts)
    }

    /// The rows about a person.
    pub(super) fn rows_of(&mut self, person: &str) -> Result<Rows> {
        let mut all = Rows {
            person: person.to_owned(),
            members: Vec::new(),
            bodies: Vec::new(),
            held: Vec::new(),
            open: Vec::new(),
        };
        let mut query = self.rows.prepare_cached(
            "SELECT r.item, r.sheet, r.row, r.body FROM membership m CROSS JOIN record r
             ON r.item = m.item AND r.sheet = m.sheet AND r.row = m.row
             WHERE m.person = ?2 AND m.since <= ?1 AND (m.until IS NULL OR m.until > ?1)
               AND r.since <= ?1 AND (r.until IS NULL OR r.until > ?1)
             ORDER BY r.item, r.sheet, r.row",
        )?;
        let mut found = query.query(params![self.entry, person])?;
        while let Some(row) = found.next()? {
            let at: At = (row.get(0)?, row.get(1)?, row.get(2)?);
            if self.counts(&at.0)? {
                all.members.push(at);
                all.bodies.push(row.get(3)?);
            }
        }
        for nth in 0..all.members.len() {
            self.judgements(nth, &mut all)?;
        }
        Ok(all)
    }

    /// Adds what judgements say of the member with this index.
    fn judgements(&self, nth: usize, all: &mut Rows) -> Result<()> {
        let (item, sheet, number) = &all.members[nth];
        let own = params![self.entry, item, sheet, number];
        let mut query = self.rows.prepare_cached(&format!(
            "SELECT b_item, b_sheet, b_row, verdict = 'open' FROM judgement
             WHERE a_item = ?2 AND a_sheet = ?3 AND a_row = ?4 AND {LIVE}
               AND (verdict = 'open' OR verdict = 'same' AND (rule IS NULL OR probability >= {CERTAIN}))"
        ))?;
        let mut found = query.query(own)?;
        while let Some(row) = found.next()? {
            let other: At = (row.get(0)?, row.get(1)?, row.get(2)?);
            if row.get(3)? {
                all.open.push(other);
            } else if let Some(place) = all.members.iter().position(|at| *at == other) {
                all.held.push((nth, place));
            }
        }
        drop(found);
        let mut query = self.rows.prepare_cached(&format!(
            "SELECT a_item, a_sheet, a_row FROM judgement
             WHERE b_item = ?2 AND b_sheet = ?3 AND b_row = ?4 AND {LIVE} AND verdict = 'open'"
        ))?;
        let found = query.query_map(own, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        for at in found {
            all.open.push(at?);
        }
        Ok(())
    }

    /// The person that a record stands for, if the record counts.
    pub(super) fn person_of(&mut self, (item, sheet, row): &At) -> Result<Option<String>> {
        if !self.counts(item)? {
            return Ok(None);
        }
        let mut query = self.rows.prepare_cached(
            "SELECT m.person FROM membership m CROSS JOIN record r
             ON r.item = m.item AND r.sheet = m.sheet AND r.row = m.row
             WHERE m.item = ?2 AND m.sheet = ?3 AND m.row = ?4
               AND m.since <= ?1 AND (m.until IS NULL OR m.until > ?1)
               AND r.since <= ?1 AND (r.until IS NULL OR r.until > ?1)",
        )?;
        let mut found = query.query(params![self.entry, item, sheet, row])?;
        Ok(found.next()?.map(|row| row.get(0)).transpose()?)
    }
}

impl Rows {
    /// Reads the records and settles what the person is.
    pub(super) fn version(self) -> Result<Version> {
        let records = self
            .bodies
            .iter()
            .map(|body| serde_json::from_str(body).map_err(corrupt("record")))
            .collect::<Result<Vec<Record>>>()?;
        let count = records.len();
        let parts = groups(count, self.held.into_iter());
        let person = Person::of(PersonId(self.person), records);
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(Version {
            records: number(count),
            parts: number(parts),
            facets: Trait::all().map(|of| Facet::of(&person, of)).collect(),
            open: self.open,
            person: person.id.0,
        })
    }
}
