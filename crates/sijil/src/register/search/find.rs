//! Questions to the index: who may see what stands in the query itself.

use rusqlite::{params_from_iter, types::Value};

use super::super::error::Result;
use super::super::ledger::{from_sql, sql};
use super::super::open::Register;
use super::super::write::Write;
use crate::model::{ItemId, PersonId, RecordRef};

/// Matches that are put in order: the newest. A word that more things have is no word to find one
/// of them by.
const RANKED: usize = 1000;

/// Things that a word may stand in and still tell them apart. BM25 asks how many those are, which
/// takes its time; with words that more have, what has the fewest words comes first.
const TELLING: i64 = 5_000;

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Bytes as they came in, by their path.
    Items,
    /// Texts.
    Documents,
    /// Statements of how many, by their sentence.
    Claims,
    /// Persons, by the names that their records give.
    Persons,
    /// Incidents, by what they are called, where they were and whose they are said to be.
    Incidents,
}

/// What a caller may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clearance {
    /// Everything but what rests on sealed items.
    Unsealed,
    /// Everything.
    All,
}

/// A question: an expression of FTS5 made of our own words, and limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// What must be in the index, in FTS5's own words: all of these.
    pub terms: Vec<String>,
    /// What must be there as well, but does not count for the order.
    pub limits: Vec<String>,
    /// Not wholly before this day, `YYYY-MM-DD`; what has no day is then not found.
    pub from: Option<String>,
    /// Not wholly after this day.
    pub to: Option<String>,
    /// Who asks.
    pub clearance: Clearance,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Where it stands: item, sheet and row of a record; the ordinal of a claim as its row; the id
    /// of an incident in place of an item.
    pub at: RecordRef,
    /// The person that a record stands for, once it is linked.
    pub person: Option<PersonId>,
    /// Rank by BM25, or number of words; lower is better.
    pub rank: f64,
}

/// What was found, best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// All of it, or the newest where there is more.
    pub hits: Vec<Hit>,
    /// Whether older matches were left out.
    pub more: bool,
}

impl Kind {
    /// Every kind, in the order of the command line.
    pub const ALL: &[Self] =
        &[Self::Items, Self::Documents, Self::Claims, Self::Persons, Self::Incidents];

    /// The word stored, and searched by.
    pub fn code(self) -> &'static str {
        match self {
            Self::Items => "item",
            Self::Documents => "document",
            Self::Claims => "claim",
            Self::Persons => "person",
            Self::Incidents => "incident",
        }
    }
}

impl Register {
    /// What the index has now that answers `sought`.
    ///
    /// # Errors
    /// When the database cannot be read or the expression is none.
    pub fn find(&self, sought: &Sought) -> Result<Found> {
        let all: Vec<&str> =
            sought.terms.iter().chain(&sought.limits).map(String::as_str).collect();
        let mut values = vec![Value::Text(all.join(" AND "))];
        let mut limits = String::new();
        for (column, sign, day) in [("last", ">=", &sought.from), ("first", "<=", &sought.to)] {
            if let Some(day) = day {
                values.push(Value::Text(day.clone()));
                limits.push_str(&format!(" AND e.{column} {sign} ?{}", values.len()));
            }
        }
        if sought.clearance == Clearance::Unsealed {
            limits.push_str(
                " AND NOT EXISTS (SELECT 1 FROM seal WHERE seal.item = e.item AND until IS NULL)
                  AND NOT EXISTS (SELECT 1 FROM search_basis b JOIN seal ON seal.item = b.item
                      WHERE b.number = e.number AND seal.until IS NULL)",
            );
        }
        let rank = if self.tell_apart(&sought.terms)? {
            "bm25(search_words, 0.0, 4.0, 2.0, 1.0, 1.0, 0.0)"
        } else {
            "CAST(e.length AS REAL)"
        };
        let mut query = self.db.prepare_cached(&format!(
            "SELECT kind, item, sheet, row, rank,
                 (SELECT person FROM membership m WHERE m.item = found.item
                      AND m.sheet = found.sheet AND m.row = found.row AND m.until IS NULL
                      AND found.kind = 'person')
             FROM (
                 SELECT e.number, e.kind, e.item, e.sheet, e.row, {rank} AS rank
                 FROM search_words CROSS JOIN search_entry e ON e.number = search_words.rowid
                 WHERE search_words MATCH ?1 AND e.until IS NULL{limits}
                   AND (e.kind = 'incident' OR EXISTS (SELECT 1 FROM capture
                       WHERE capture.item = e.item AND capture.until IS NULL))
                 ORDER BY search_words.rowid DESC LIMIT {}
             ) AS found ORDER BY rank, number DESC",
            RANKED + 1
        ))?;
        let mut rows = query.query(params_from_iter(values))?;
        let mut found = Found::default();
        while let Some(row) = rows.next()? {
            let code: String = row.get(0)?;
            let Some(kind) = Kind::ALL.iter().find(|kind| kind.code() == code) else { continue };
            let at = RecordRef {
                item: ItemId(row.get(1)?),
                sheet: row.get(2)?,
                row: from_sql("found row", row.get(3)?)?,
            };
            let person = row.get::<_, Option<String>>(5)?.map(PersonId);
            found.hits.push(Hit { kind: *kind, at, person, rank: row.get(4)? });
        }
        found.more = found.hits.len() > RANKED;
        found.hits.truncate(RANKED);
        Ok(found)
    }

    /// Whether no term stands in more things than can be told apart by it.
    fn tell_apart(&self, terms: &[String]) -> Result<bool> {
        let mut query = self.db.prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM search_words WHERE search_words MATCH ?1 LIMIT ?2)",
        )?;
        for term in terms {
            let count: i64 = query.query_row((term, TELLING + 1), |row| row.get(0))?;
            if count > TELLING {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether an item is sealed now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_sealed(&self, item: &ItemId) -> Result<bool> {
        let mut query =
            self.db.prepare_cached("SELECT 1 FROM seal WHERE item = ?1 AND until IS NULL")?;
        Ok(query.exists([&item.0])?)
    }
}

impl Write<'_> {
    /// Seals an item under the next entry's number, or takes its seal off.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn change_seal(&mut self, item: &ItemId, sealed: bool) -> Result<()> {
        let change = if sealed {
            "INSERT INTO seal (item, since) VALUES (?1, ?2)"
        } else {
            "UPDATE seal SET until = ?2 WHERE item = ?1 AND until IS NULL"
        };
        let entry = sql(self.next_entry());
        self.tx.prepare_cached(change)?.execute((&item.0, entry))?;
        Ok(())
    }
}
