//! The form of the database: migrations in order, and the few values that no entry covers.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::error::{Error, Result};
use super::{columns, search};

/// Migrations in order; the number of a store's format is how many of them it has seen. Whenever
/// one is made, columns and the index of words are built anew: rules by which they are derived change
/// with a migration, be it an empty one.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_entities.sql"),
    include_str!("migrations/0003_columns.sql"),
    include_str!("migrations/0004_search.sql"),
    include_str!("migrations/0005_found.sql"),
];

pub(super) const SEED: &str = "signing-seed";
pub(super) const FORMAT: &str = "format";

/// A database of this form that is nobody's and gone when it is dropped. In memory: what comes out
/// of an encrypted register must not lie in a file of the system's.
pub(super) fn scratch() -> Result<Connection> {
    let db = Connection::open_in_memory()?;
    for migration in MIGRATIONS {
        db.execute_batch(migration)?;
    }
    // One transaction that never ends: nothing of it must last.
    db.execute_batch("BEGIN")?;
    Ok(db)
}

pub(super) fn known() -> u32 {
    u32::try_from(MIGRATIONS.len()).expect("there are few migrations")
}

pub(super) fn version(db: &Connection) -> Result<u32> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Brings an older form up to date; whether there was something to do.
pub(super) fn migrate(db: &mut Connection) -> Result<bool> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (known, found) = (known(), version(&tx)?);
    if found > known {
        return Err(Error::Newer { found, known });
    }
    for sql in MIGRATIONS.iter().skip(found as usize) {
        tx.execute_batch(sql)?;
    }
    if found < known {
        tx.pragma_update(None, "user_version", known)?;
        put(&tx, FORMAT, &known.to_be_bytes())?;
        columns::rebuild(&tx, &tx)?;
        search::rebuild(&tx, &tx)?;
    }
    if found == 0 {
        put(&tx, SEED, &fresh_seed()?)?;
    }
    tx.commit()?;
    Ok(found < known)
}

fn put(db: &Connection, name: &str, value: &[u8]) -> Result<()> {
    db.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)", (name, value))?;
    Ok(())
}

fn fresh_seed() -> Result<[u8; 32]> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|e| Error::Random(e.to_string()))?;
    Ok(seed)
}

pub(super) fn signing_seed(db: &Connection) -> Result<[u8; 32]> {
    let seed: Option<Vec<u8>> = db
        .query_row("SELECT value FROM meta WHERE name = ?1", [SEED], |row| row.get(0))
        .optional()?;
    seed.and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| Error::Corrupt {
        what: "signing key",
        detail: "it is missing or has the wrong length".into(),
    })
}
