//! Judgements of humans on pairs of records: written one at a time, superseded, never erased.

use rusqlite::{OptionalExtension, params};

use super::AsOf;
use super::error::{Result, corrupt};
use super::ledger::{from_sql, sql};
use super::open::Register;
use super::persons::{PairRow, Verdict};
use super::write::Write;
use crate::model::{ItemId, PersonId, RecordRef};

/// Length of the beginning of a hash that names an item.
const SHORT: usize = 12;

impl Register {
    /// The record that goes by `name`, as `sijil trace` prints it: the beginning of the item's hash,
    /// the sheet and the row, with `-` between them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn record_named(&self, name: &str, as_of: AsOf) -> Result<Option<RecordRef>> {
        let parts = name.split_at_checked(SHORT).and_then(|(short, rest)| {
            let (sheet, row) = rest.strip_prefix('-')?.rsplit_once('-')?;
            Some((short, sheet, row.parse::<u64>().ok()?))
        });
        let Some((short, sheet, row)) = parts else { return Ok(None) };
        if !short.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(None);
        }
        let found: Option<String> = self
            .db
            .prepare_cached(
                "SELECT item FROM record WHERE item BETWEEN ?1 AND ?2 AND sheet = ?3 AND row = ?4
                 AND since <= ?5 AND (until IS NULL OR until > ?5) ORDER BY item LIMIT 1",
            )?
            .query_row(params![short, format!("{short}g"), sheet, sql(row), as_of.sql()], |row| {
                row.get(0)
            })
            .optional()?;
        Ok(found.map(|item| RecordRef { item: ItemId(item), sheet: sheet.to_owned(), row }))
    }

    /// The records behind a person, in order; none where nobody goes by that name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn records_behind(&self, person: &PersonId, as_of: AsOf) -> Result<Vec<RecordRef>> {
        let mut query = self.db.prepare_cached(
            "SELECT item, sheet, row FROM membership WHERE person = ?1
             AND since <= ?2 AND (until IS NULL OR until > ?2) ORDER BY item, sheet, row",
        )?;
        let rows = query.query_map(params![person.0, as_of.sql()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?))
        })?;
        rows.map(|row| {
            let (item, sheet, number) = row?;
            let row = from_sql("record's row", number)?;
            Ok(RecordRef { item: ItemId(item), sheet, row })
        })
        .collect()
    }
}

impl Write<'_> {
    /// Writes what a human decided on two records under the next entry's number, in place of what
    /// a human had decided before. Gives false where the same stands already.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn judge_pair(
        &mut self,
        (a, b): (&RecordRef, &RecordRef),
        verdict: Verdict,
        why: &str,
        user: &str,
    ) -> Result<bool> {
        let pair = PairRow {
            a: a.min(b).clone(),
            b: a.max(b).clone(),
            verdict,
            probability: match verdict {
                Verdict::Same => 1.0,
                Verdict::Different => 0.0,
                Verdict::Open => 0.5,
            },
            why: vec![why.to_owned()],
            rule: None,
            user: Some(user.to_owned()),
        };
        if self.human_pair(&pair.a, &pair.b)?.as_ref() == Some(&(verdict, pair.why.clone())) {
            return Ok(false);
        }
        self.unjudge_pair(&pair.a, &pair.b)?;
        self.end_pair(&pair.a, &pair.b, false)?;
        self.insert_pair(&pair)?;
        Ok(true)
    }

    /// Takes back what a human decided on two records; gives false where nobody had.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn unjudge_pair(&mut self, a: &RecordRef, b: &RecordRef) -> Result<bool> {
        Ok(self.end_pair(a.min(b), a.max(b), true)? > 0)
    }

    fn human_pair(&self, a: &RecordRef, b: &RecordRef) -> Result<Option<(Verdict, Vec<String>)>> {
        let row: Option<(String, String)> = self
            .tx
            .prepare_cached(
                "SELECT verdict, why FROM judgement WHERE a_item = ?1 AND a_sheet = ?2
                 AND a_row = ?3 AND b_item = ?4 AND b_sheet = ?5 AND b_row = ?6
                 AND until IS NULL AND user IS NOT NULL",
            )?
            .query_row(
                params![a.item.0, a.sheet, sql(a.row), b.item.0, b.sheet, sql(b.row)],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((verdict, why)) = row else { return Ok(None) };
        let verdict = Verdict::from_code(&verdict)
            .ok_or_else(|| corrupt("judgement")(format!("{verdict} is no verdict")))?;
        Ok(Some((verdict, serde_json::from_str(&why).map_err(corrupt("judgement"))?)))
    }
}
