//! Persons as columns give them, as of any ledger entry.

use rusqlite::params;

use super::super::AsOf;
use super::super::error::{Result, corrupt};
use super::super::open::Register;
use super::segments::whole;
use super::{PARTS, PERSON, RECORDS, SINCE, UNTIL};
use crate::model::{Facet, PersonId, Trait};

/// Persons that stand at one point of the history, one number each in every column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Where each stands among all versions, ascending.
    pub positions: Vec<u32>,
    /// Records behind each.
    pub records: Vec<u32>,
    /// Persons that each falls into when links short of certainty are cut.
    pub parts: Vec<u32>,
    /// Traits in the order in which they were asked for.
    pub traits: Vec<Coded>,
    /// Persons that an open pair may show to be one, by index.
    pub pairs: Vec<(u32, u32)>,
}

/// One trait of each person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// A code each.
    pub codes: Vec<u32>,
    /// What the codes stand for.
    pub facets: Vec<Facet>,
}

impl Register {
    /// The persons that stand at `as_of`, with these traits.
    ///
    /// # Errors
    /// When a column cannot be read or two are not of one length.
    pub fn columns(&self, as_of: AsOf, traits: &[Trait]) -> Result<Columns> {
        let point = u32::try_from(as_of.0).unwrap_or(u32::MAX);
        let (since, until) = (whole(&self.db, SINCE)?, whole(&self.db, UNTIL)?);
        if since.len() != until.len() {
            return Err(lengths(UNTIL));
        }
        let positions: Vec<u32> = (0..)
            .zip(since.iter().zip(&until))
            .filter(|(_, (since, until))| **since <= point && (**until == 0 || **until > point))
            .map(|(position, _)| position)
            .collect();
        let standing = |name: &'static str| -> Result<Vec<u32>> {
            let all = whole(&self.db, name)?;
            if all.len() != since.len() {
                return Err(lengths(name));
            }
            Ok(positions.iter().map(|position| all[*position as usize]).collect())
        };
        let mut coded = Vec::with_capacity(traits.len());
        for of in traits {
            let (codes, facets) = (standing(of.name())?, self.facets(of.name())?);
            if codes.iter().any(|code| *code as usize >= facets.len()) {
                return Err(corrupt("column")(format!("{} has a code without words", of.name())));
            }
            coded.push(Coded { codes, facets });
        }
        let (records, parts) = (standing(RECORDS)?, standing(PARTS)?);
        let pairs = self.open_positions(as_of, &positions)?;
        Ok(Columns { positions, records, parts, traits: coded, pairs })
    }

    fn facets(&self, name: &str) -> Result<Vec<Facet>> {
        let mut query = self.db.prepare_cached(
            "SELECT code, id, label FROM column_label WHERE name = ?1 ORDER BY code",
        )?;
        let mut rows = query.query([name])?;
        let mut facets = Vec::new();
        while let Some(row) = rows.next()? {
            if row.get::<_, i64>(0)? != i64::try_from(facets.len()).unwrap_or(i64::MAX) {
                return Err(corrupt("column")(format!("codes of {name} have a gap")));
            }
            facets.push(Facet { id: row.get(1)?, label: row.get(2)? });
        }
        Ok(facets)
    }

    /// Open pairs by the index of each of the two among `positions`.
    fn open_positions(&self, as_of: AsOf, positions: &[u32]) -> Result<Vec<(u32, u32)>> {
        let mut query = self.db.prepare_cached(
            "SELECT a, b FROM column_pair WHERE since <= ?1 AND (until IS NULL OR until > ?1)",
        )?;
        let mut rows = query.query([as_of.sql()])?;
        let mut pairs = Vec::new();
        let index = |position: u32| -> Result<u32> {
            let found = positions.binary_search(&position).ok();
            let found = found.and_then(|index| u32::try_from(index).ok());
            found.ok_or_else(|| corrupt("column")("a pair names a person that does not stand"))
        };
        while let Some(row) = rows.next()? {
            pairs.push((index(row.get(0)?)?, index(row.get(1)?)?));
        }
        Ok(pairs)
    }

    /// Names of the persons whose versions have these positions, in the same order.
    ///
    /// # Errors
    /// When a position has no person.
    pub fn persons_at(&self, positions: &[u32]) -> Result<Vec<PersonId>> {
        let numbers = whole(&self.db, PERSON)?;
        let mut query = self.db.prepare_cached("SELECT id FROM column_person WHERE number = ?1")?;
        let mut names = Vec::with_capacity(positions.len());
        for position in positions {
            let number = numbers.get(*position as usize).ok_or_else(|| lengths(PERSON))?;
            names.push(PersonId(query.query_row(params![number], |row| row.get(0))?));
        }
        Ok(names)
    }
}

fn lengths(name: &str) -> super::super::error::Error {
    corrupt("column")(format!("{name} has not the length of the others"))
}
