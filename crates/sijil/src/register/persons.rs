//! Persons: which records stand for whom, and the judgements on pairs that say so.

use std::collections::BTreeMap;

use rusqlite::params;

use super::AsOf;
use super::error::{Result, corrupt};
use super::ledger::{from_sql, sql};
use super::open::Register;
use super::write::Write;
use crate::model::{ItemId, PersonId, Record, RecordRef};

/// A judgement on two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// One person.
    Same,
    /// Two persons.
    Different,
    /// Not decided: a human should.
    Open,
}

impl Verdict {
    /// The word stored and shown.
    pub fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Open => "open",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        [Self::Same, Self::Different, Self::Open].into_iter().find(|v| v.code() == code)
    }
}

/// A judgement by a named rule or a human on two records.
#[derive(Clone, Debug, PartialEq)]
pub struct PairRow {
    /// The earlier record.
    pub a: RecordRef,
    /// The later record.
    pub b: RecordRef,
    /// What was decided.
    pub verdict: Verdict,
    /// Probability that they are one person.
    pub probability: f64,
    /// Why, one phrase a comparison.
    pub why: Vec<String>,
    /// Name of the rule that decided; `None` when a human did.
    pub rule: Option<String>,
    /// Name of the human who decided; `None` when a rule did.
    pub user: Option<String>,
}

/// The whole state of linkage at one point: who stands for whom, and the pairs behind it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkState {
    /// Person of every record.
    pub persons: BTreeMap<RecordRef, PersonId>,
    /// Judgements, in order of their records.
    pub pairs: Vec<PairRow>,
}

const LIVE: &str = "since <= ?1 AND (until IS NULL OR until > ?1)";

impl Register {
    /// Who stands for whom at `as_of`.
    ///
    /// # Errors
    /// When the database cannot be read or a judgement does not read.
    pub fn links(&self, as_of: AsOf) -> Result<LinkState> {
        Ok(LinkState { persons: self.memberships(as_of)?, pairs: self.pairs(as_of)? })
    }

    fn memberships(&self, as_of: AsOf) -> Result<BTreeMap<RecordRef, PersonId>> {
        let mut query = self
            .db
            .prepare(&format!("SELECT item, sheet, row, person FROM membership WHERE {LIVE}"))?;
        let rows = query.query_map([as_of.sql()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?, row.get(3)?))
        })?;
        rows.map(|row| {
            let (item, sheet, number, person) = row?;
            let row = from_sql("record's row", number)?;
            Ok((RecordRef { item: ItemId(item), sheet, row }, PersonId(person)))
        })
        .collect()
    }

    fn pairs(&self, as_of: AsOf) -> Result<Vec<PairRow>> {
        let mut query = self.db.prepare(&format!(
            "SELECT {PAIR} FROM judgement WHERE {LIVE}
             ORDER BY a_item, a_sheet, a_row, b_item, b_sheet, b_row"
        ))?;
        let mut rows = query.query([as_of.sql()])?;
        let mut pairs = Vec::new();
        while let Some(row) = rows.next()? {
            pairs.push(pair(row)?);
        }
        Ok(pairs)
    }

    /// Judgements that a record has a part in at `as_of`, in order of their records.
    ///
    /// # Errors
    /// When the database cannot be read or a judgement does not read.
    pub fn judgements_of(&self, at: &RecordRef, as_of: AsOf) -> Result<Vec<PairRow>> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT {PAIR} FROM judgement
             WHERE a_item = ?2 AND a_sheet = ?3 AND a_row = ?4 AND {LIVE}
             UNION SELECT {PAIR} FROM judgement
             WHERE b_item = ?2 AND b_sheet = ?3 AND b_row = ?4 AND {LIVE}
             ORDER BY a_item, a_sheet, a_row, b_item, b_sheet, b_row"
        ))?;
        let mut rows = query.query(params![as_of.sql(), at.item.0, at.sheet, sql(at.row)])?;
        let mut pairs = Vec::new();
        while let Some(row) = rows.next()? {
            pairs.push(pair(row)?);
        }
        Ok(pairs)
    }

    /// Records that count at `as_of` and stand for a person, in order.
    ///
    /// # Errors
    /// When the database cannot be read or a record does not read.
    pub fn records_of(&self, person: &PersonId, as_of: AsOf) -> Result<Vec<Record>> {
        let mut query = self.db.prepare_cached(
            "SELECT r.body FROM membership m CROSS JOIN record r
             ON r.item = m.item AND r.sheet = m.sheet AND r.row = m.row
             WHERE m.person = ?2 AND m.since <= ?1 AND (m.until IS NULL OR m.until > ?1)
               AND r.since <= ?1 AND (r.until IS NULL OR r.until > ?1)
               AND EXISTS (SELECT 1 FROM capture WHERE capture.item = r.item
                    AND capture.since <= ?1 AND (capture.until IS NULL OR capture.until > ?1))
             ORDER BY r.item, r.sheet, r.row",
        )?;
        let bodies = query.query_map(params![as_of.sql(), person.0], |row| row.get(0))?;
        bodies
            .map(|body: rusqlite::Result<String>| {
                serde_json::from_str::<Record>(&body?).map_err(corrupt("record"))
            })
            .collect()
    }
}

/// Columns of a judgement in the order that [`pair`] reads them.
const PAIR: &str =
    "a_item, a_sheet, a_row, b_item, b_sheet, b_row, verdict, probability, why, rule, user";

fn pair(row: &rusqlite::Row<'_>) -> Result<PairRow> {
    let record = |first: usize| -> Result<RecordRef> {
        Ok(RecordRef {
            item: ItemId(row.get(first)?),
            sheet: row.get(first + 1)?,
            row: from_sql("record's row", row.get(first + 2)?)?,
        })
    };
    let verdict: String = row.get(6)?;
    let why: String = row.get(8)?;
    Ok(PairRow {
        a: record(0)?,
        b: record(3)?,
        verdict: Verdict::from_code(&verdict)
            .ok_or_else(|| corrupt("judgement")(format!("{verdict} is no verdict")))?,
        probability: row.get(7)?,
        why: serde_json::from_str(&why).map_err(corrupt("judgement"))?,
        rule: row.get(9)?,
        user: row.get(10)?,
    })
}

impl Write<'_> {
    /// Brings the stored state of linkage to `new` under the next entry's number: ends what no
    /// longer holds, writes what is new, leaves the rest. Human judgements are not touched.
    /// Returns how many rows changed.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn change_links(&mut self, old: &LinkState, new: &LinkState) -> Result<usize> {
        let entry = sql(self.next_entry());
        let mut changed = 0;
        for (at, person) in &old.persons {
            if new.persons.get(at) != Some(person) {
                changed += self.end_membership(at, entry)?;
            }
        }
        for (at, person) in &new.persons {
            if old.persons.get(at) != Some(person) {
                changed += self.insert_membership(at, person, entry)?;
            }
        }
        let key = |pair: &PairRow| (pair.a.clone(), pair.b.clone());
        let by_rule = |pair: &&PairRow| pair.rule.is_some();
        let before: BTreeMap<_, _> =
            old.pairs.iter().filter(by_rule).map(|p| (key(p), p)).collect();
        let after: BTreeMap<_, _> = new.pairs.iter().filter(by_rule).map(|p| (key(p), p)).collect();
        for (at, pair) in &before {
            if after.get(at) != Some(pair) {
                changed += self.end_pair(&pair.a, &pair.b, false)?;
            }
        }
        for (at, pair) in &after {
            if before.get(at) != Some(pair) {
                changed += self.insert_pair(pair)?;
            }
        }
        Ok(changed)
    }

    fn end_membership(&mut self, at: &RecordRef, entry: i64) -> Result<usize> {
        Ok(self
            .tx
            .prepare_cached(
                "UPDATE membership SET until = ?4
                 WHERE item = ?1 AND sheet = ?2 AND row = ?3 AND until IS NULL",
            )?
            .execute(params![at.item.0, at.sheet, sql(at.row), entry])?)
    }

    fn insert_membership(
        &mut self,
        at: &RecordRef,
        person: &PersonId,
        entry: i64,
    ) -> Result<usize> {
        Ok(self
            .tx
            .prepare_cached(
                "INSERT INTO membership (item, sheet, row, person, since)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![at.item.0, at.sheet, sql(at.row), person.0, entry])?)
    }

    /// Ends what a human, or else what a rule, says of two records, the earlier one first; gives the
    /// number of rows.
    pub(super) fn end_pair(
        &mut self,
        a: &RecordRef,
        b: &RecordRef,
        by_human: bool,
    ) -> Result<usize> {
        let entry = sql(self.next_entry());
        Ok(self
            .tx
            .prepare_cached(
                "UPDATE judgement SET until = ?7 WHERE a_item = ?1 AND a_sheet = ?2 AND a_row = ?3
                 AND b_item = ?4 AND b_sheet = ?5 AND b_row = ?6 AND until IS NULL
                 AND (user IS NOT NULL) = ?8",
            )?
            .execute(params![
                a.item.0,
                a.sheet,
                sql(a.row),
                b.item.0,
                b.sheet,
                sql(b.row),
                entry,
                by_human
            ])?)
    }

    pub(super) fn insert_pair(&mut self, pair: &PairRow) -> Result<usize> {
        let entry = sql(self.next_entry());
        let PairRow { a, b, verdict, probability, why, rule, user } = pair;
        let why = serde_json::to_string(why).map_err(corrupt("judgement"))?;
        Ok(self
            .tx
            .prepare_cached(
                "INSERT INTO judgement (a_item, a_sheet, a_row, b_item, b_sheet, b_row, verdict,
                    probability, why, rule, user, since)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                a.item.0,
                a.sheet,
                sql(a.row),
                b.item.0,
                b.sheet,
                sql(b.row),
                verdict.code(),
                probability,
                why,
                rule,
                user,
                entry
            ])?)
    }
}
