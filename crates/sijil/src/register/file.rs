//! Whether the database file is whole and has the form that this program gives it.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::error::Result;
use super::form::{FORMAT, SEED, known, scratch};
use super::open::Register;

/// What is wrong, and how.
type Findings = Vec<(String, String)>;

impl Register {
    /// What does not agree in the database file: pages that SQLite finds broken, tables, indexes
    /// and triggers that are not ours, and the few values that no ledger entry covers.
    ///
    /// # Errors
    /// When the checks cannot run.
    pub fn database_findings(&self) -> Result<Findings> {
        let mut findings = Vec::new();
        broken_pages(&self.db, "integrity_check(20)", &mut findings)?;
        if self.key().is_some() {
            // Every page against its own code, also those that no table uses.
            broken_pages(&self.db, "cipher_integrity_check", &mut findings)?;
        }
        foreign_schema(&self.db, &mut findings)?;
        foreign_values(&self.db, &mut findings)?;
        Ok(findings)
    }
}

fn broken_pages(db: &Connection, check: &str, findings: &mut Findings) -> Result<()> {
    let mut query = db.prepare(&format!("PRAGMA {check}"))?;
    for line in query.query_map([], |row| row.get::<_, String>(0))? {
        let line = line?;
        if line != "ok" {
            findings.push(("database sijil.db".to_owned(), line));
        }
    }
    Ok(())
}

fn foreign_schema(db: &Connection, findings: &mut Findings) -> Result<()> {
    let (due, there) = (schema(&scratch()?)?, schema(db)?);
    for (name, sql) in &due {
        match there.get(name) {
            None => findings.push((name.clone(), "it is missing".to_owned())),
            Some(found) if found != sql => {
                findings.push((name.clone(), "it has not the form that it was made in".to_owned()));
            }
            Some(_) => {}
        }
    }
    for name in there.keys().filter(|name| !due.contains_key(*name)) {
        findings.push((name.clone(), "no register has it: it was slipped in".to_owned()));
    }
    Ok(())
}

/// Kind and name of everything declared, with the words that declare it.
fn schema(db: &Connection) -> Result<BTreeMap<String, String>> {
    let mut query = db.prepare(
        "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite^_%' ESCAPE '^'",
    )?;
    let all = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(all.collect::<rusqlite::Result<_>>()?)
}

fn foreign_values(db: &Connection, findings: &mut Findings) -> Result<()> {
    let mut query = db.prepare("SELECT name, value FROM meta ORDER BY name")?;
    let mut all: BTreeMap<String, Vec<u8>> = query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    // The seed is known by its signatures.
    all.remove(SEED);
    let known = known();
    if all.remove(FORMAT).as_deref() != Some(&known.to_be_bytes()) {
        findings.push(("meta row format".to_owned(), format!("it is not {known}")));
    }
    for name in all.into_keys() {
        findings.push((format!("meta row {name}"), "no register has it".to_owned()));
    }
    Ok(())
}
