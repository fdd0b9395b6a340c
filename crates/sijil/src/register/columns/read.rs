//! Persons as columns give them, as of any ledger entry.

use rusqlite::{Rows, params};

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
    /// The persons that stand at `as_of` and have a kept facet of each of these traits; `kept` is
    /// asked with the place of a trait among them.
    ///
    /// # Errors
    /// When a column cannot be read or two are not of one length.
    pub fn columns(
        &self,
        as_of: AsOf,
        traits: &[Trait],
        kept: &dyn Fn(usize, &Facet) -> bool,
    ) -> Result<Columns> {
        let mut read = Vec::with_capacity(traits.len());
        let mut chosen: Option<Vec<u32>> = None;
        for (nth, of) in traits.iter().enumerate() {
            let (codes, facets) = (whole(&self.db, of.name())?, self.facets(of.name())?);
            if codes.iter().any(|code| *code as usize >= facets.len()) {
                return Err(corrupt("column")(format!("{} has a code without words", of.name())));
            }
            let counts: Vec<bool> = facets.iter().map(|facet| kept(nth, facet)).collect();
            if counts.contains(&false) {
                chosen = Some(choose(chosen, &codes, |code| counts[code as usize])?);
            }
            read.push((codes, facets));
        }
        let point = u32::try_from(as_of.0).unwrap_or(u32::MAX);
        let (since, until) = (whole(&self.db, SINCE)?, whole(&self.db, UNTIL)?);
        let chosen = choose(chosen, &since, |since| since <= point)?;
        let positions = choose(Some(chosen), &until, |until| until == 0 || until > point)?;
        let gather = |name: &str, all: &[u32]| -> Result<Vec<u32>> {
            if all.len() != since.len() || until.len() != since.len() {
                return Err(lengths(name));
            }
            Ok(positions.iter().map(|position| all[*position as usize]).collect())
        };
        let mut coded = Vec::with_capacity(traits.len());
        for (of, (codes, facets)) in traits.iter().zip(read) {
            coded.push(Coded { codes: gather(of.name(), &codes)?, facets });
        }
        let records = gather(RECORDS, &whole(&self.db, RECORDS)?)?;
        let parts = gather(PARTS, &whole(&self.db, PARTS)?)?;
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

    /// Open pairs of two of these `positions`, by the index of each among them.
    fn open_positions(&self, as_of: AsOf, positions: &[u32]) -> Result<Vec<(u32, u32)>> {
        let index = |position: u32| {
            positions.binary_search(&position).ok().and_then(|index| u32::try_from(index).ok())
        };
        let mut pairs = Vec::new();
        let mut keep = |rows: &mut Rows<'_>| -> Result<()> {
            while let Some(row) = rows.next()? {
                pairs.extend(index(row.get(0)?).zip(index(row.get(1)?)));
            }
            Ok(())
        };
        let live = "since <= ?1 AND (until IS NULL OR until > ?1)";
        if positions.len() > FEW {
            let mut all =
                self.db.prepare_cached(&format!("SELECT a, b FROM column_pair WHERE {live}"))?;
            keep(&mut all.query([as_of.sql()])?)?;
            return Ok(pairs);
        }
        let mut one = self
            .db
            .prepare_cached(&format!("SELECT a, b FROM column_pair WHERE a = ?2 AND {live}"))?;
        for position in positions {
            keep(&mut one.query(params![as_of.sql(), position])?)?;
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

/// The positions among `chosen`, all where there is none yet, at which a column has a number that
/// `counts`.
fn choose(
    chosen: Option<Vec<u32>>,
    column: &[u32],
    counts: impl Fn(u32) -> bool,
) -> Result<Vec<u32>> {
    let Some(mut chosen) = chosen else {
        let all = (0..).zip(column).filter(|(_, number)| counts(**number));
        return Ok(all.map(|(position, _)| position).collect());
    };
    if chosen.last().is_some_and(|last| *last as usize >= column.len()) {
        return Err(lengths("a column"));
    }
    chosen.retain(|position| counts(column[*position as usize]));
    Ok(chosen)
}

/// Persons up to which the pairs of each are looked up; of more, all pairs are gone through.
const FEW: usize = 2000;

fn lengths(name: &str) -> super::super::error::Error {
    corrupt("column")(format!("{name} has not the length of the others"))
}
