//! Problems met: what could not be taken in or read, until it can.

use rusqlite::params;

use super::AsOf;
use super::error::{Result, corrupt};
use super::ledger::sql;
use super::open::Register;
use super::write::Write;
use crate::model::{ItemId, Problem};

impl Register {
    /// Walk problems of one folder that stand now.
    ///
    /// # Errors
    /// When the database cannot be read or a stored place does not read.
    pub fn walk_problems(&self, origin: &str) -> Result<Vec<Problem>> {
        let mut query = self.db.prepare_cached(
            "SELECT file, place, message FROM problem
             WHERE origin = ?1 AND stage = 'walk' AND until IS NULL",
        )?;
        let rows = query.query_map([origin], read_row)?;
        sorted(rows)
    }

    /// Problems that stand at `as_of`, in order of file and place.
    ///
    /// # Errors
    /// When the database cannot be read or a stored place does not read.
    pub fn problems(&self, as_of: AsOf) -> Result<Vec<Problem>> {
        let mut query = self.db.prepare_cached(
            "SELECT file, place, message FROM problem t
             WHERE since <= ?1 AND (until IS NULL OR until > ?1)
               AND (item IS NULL OR EXISTS (SELECT 1 FROM capture WHERE capture.item = t.item
                    AND capture.since <= ?1 AND (capture.until IS NULL OR capture.until > ?1)))",
        )?;
        let rows = query.query_map([as_of.sql()], read_row)?;
        sorted(rows)
    }
}

/// File, place and message of one stored problem.
type Stored = (String, String, String);

fn read_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Stored> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

fn sorted(rows: impl Iterator<Item = rusqlite::Result<Stored>>) -> Result<Vec<Problem>> {
    let mut problems = rows
        .map(|row| {
            let (file, place, message) = row?;
            let place = serde_json::from_str(&place).map_err(corrupt("problem's place"))?;
            Ok(Problem { file, place, message })
        })
        .collect::<Result<Vec<Problem>>>()?;
    problems.sort();
    problems.dedup();
    Ok(problems)
}

impl Write<'_> {
    /// Writes walk problems that appeared and ends those that are gone, under the next entry's
    /// number.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn change_walk_problems(
        &mut self,
        origin: &str,
        appeared: &[Problem],
        gone: &[Problem],
    ) -> Result<()> {
        let entry = self.next_entry();
        for problem in gone {
            self.tx
                .prepare_cached(
                    "UPDATE problem SET until = ?5 WHERE origin = ?1 AND file = ?2 AND place = ?3
                     AND message = ?4 AND stage = 'walk' AND until IS NULL",
                )?
                .execute(params![
                    origin,
                    problem.file,
                    place_of(problem)?,
                    problem.message,
                    sql(entry)
                ])?;
        }
        for problem in appeared {
            self.insert_problem(problem, origin, None, entry)?;
        }
        Ok(())
    }

    pub(super) fn supersede_read_problems(
        &mut self,
        item: &ItemId,
        problems: &[Problem],
        entry: u64,
    ) -> Result<()> {
        self.tx
            .prepare_cached("UPDATE problem SET until = ?2 WHERE item = ?1 AND until IS NULL")?
            .execute(params![item.0, sql(entry)])?;
        for problem in problems {
            self.insert_problem(problem, "", Some(item), entry)?;
        }
        Ok(())
    }

    fn insert_problem(
        &mut self,
        problem: &Problem,
        origin: &str,
        item: Option<&ItemId>,
        entry: u64,
    ) -> Result<()> {
        self.tx
            .prepare_cached(
                "INSERT INTO problem (origin, file, stage, item, place, message, since)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                origin,
                problem.file,
                if item.is_some() { "read" } else { "walk" },
                item.map(|id| &id.0),
                place_of(problem)?,
                problem.message,
                sql(entry)
            ])?;
        Ok(())
    }
}

fn place_of(problem: &Problem) -> Result<String> {
    serde_json::to_string(&problem.place).map_err(corrupt("problem's place"))
}
