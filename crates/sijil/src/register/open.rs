//! Making, opening and locking a register, and the one kind of transaction it knows.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use sijil_ledger::{Hash, Signer, Tree};

use super::error::{Error, Result, corrupt, io};
use super::evidence::Evidence;

/// Migrations in order; the number of a store's format is how many of them it has seen.
pub(super) const MIGRATIONS: &[&str] = &[include_str!("migrations/0001_first.sql")];

const DATABASE: &str = "sijil.db";
/// Statements kept ready: two a table for each entry, and those of the writers.
const STATEMENTS: usize = 64;

pub(super) const SEED: &str = "signing-seed";
pub(super) const FORMAT: &str = "format";

/// An open register. One writer at a time: the folder is locked until this is dropped.
pub struct Register {
    pub(super) db: Connection,
    pub(super) evidence: Evidence,
    path: PathBuf,
    signer: Signer,
    tree: Tree,
    _lock: File,
}

/// One transaction: changes, their ledger entries, and at the end a signed head.
///
/// Dropped without [`Write::commit`] it leaves nothing behind.
pub struct Write<'r> {
    pub(super) tx: Transaction<'r>,
    pub(super) tree: Tree,
    /// Entries when it began.
    pub(super) begun: u64,
    kept: &'r mut Tree,
    signer: &'r Signer,
}

impl Register {
    /// Whether `path` holds a register.
    pub fn is_at(path: &Path) -> bool {
        path.join(DATABASE).is_file()
    }

    /// Makes a register in `path`, which is created if need be, with a fresh signing key.
    ///
    /// # Errors
    /// When one is already there or the folder cannot be written.
    pub fn create(path: &Path) -> Result<Self> {
        if Self::is_at(path) {
            return Err(Error::Present(path.to_path_buf()));
        }
        std::fs::create_dir_all(path).map_err(io("cannot create", path))?;
        Self::open_with(path)
    }

    /// Opens the register in `path`, bringing an older format up to date.
    ///
    /// # Errors
    /// When there is none, it is in use, or it was written by a newer program.
    pub fn open(path: &Path) -> Result<Self> {
        if !Self::is_at(path) {
            return Err(Error::Absent(path.to_path_buf()));
        }
        Self::open_with(path)
    }

    /// Opens the register in `path` or makes it.
    ///
    /// # Errors
    /// As for [`Register::open`] and [`Register::create`].
    pub fn open_or_create(path: &Path) -> Result<Self> {
        if Self::is_at(path) { Self::open(path) } else { Self::create(path) }
    }

    fn open_with(path: &Path) -> Result<Self> {
        let (evidence, lock) = Evidence::open(path)?;
        let mut db = Connection::open(path.join(DATABASE))?;
        db.busy_timeout(Duration::from_secs(10))?;
        db.pragma_update(None, "journal_mode", "WAL")?;
        // FULL: what was acknowledged survives a power cut, not only a crash of the program.
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "foreign_keys", "ON")?;
        db.set_prepared_statement_cache_capacity(STATEMENTS);
        migrate(&mut db)?;
        let signer = Signer::from_seed(signing_seed(&db)?);
        let tree = Tree::from_leaves(read_leaves(&db)?);
        Ok(Self { db, evidence, path: path.to_path_buf(), signer, tree, _lock: lock })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder of originals.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// Public half of the key that signs heads.
    pub fn public_key(&self) -> [u8; 32] {
        self.signer.public_key()
    }

    /// Number of ledger entries.
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// Begins a transaction.
    ///
    /// # Errors
    /// When the database cannot be locked.
    pub fn write(&mut self) -> Result<Write<'_>> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let tree = self.tree.clone();
        Ok(Write { tx, begun: tree.size(), tree, kept: &mut self.tree, signer: &self.signer })
    }
}

impl Write<'_> {
    /// Signs the new head and commits everything; without an entry nothing is written.
    ///
    /// # Errors
    /// When the database refuses; then nothing of the transaction is kept.
    pub fn commit(self) -> Result<()> {
        if self.tree.size() == self.kept.size() {
            return Ok(self.tx.rollback()?);
        }
        super::ledger::insert_head(&self.tx, &self.tree, self.signer)?;
        self.tx.commit()?;
        *self.kept = self.tree;
        Ok(())
    }
}

fn migrate(db: &mut Connection) -> Result<()> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let known = u32::try_from(MIGRATIONS.len()).expect("there are few migrations");
    let found: u32 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known {
        return Err(Error::Newer { found, known });
    }
    for sql in MIGRATIONS.iter().skip(found as usize) {
        tx.execute_batch(sql)?;
    }
    if found < known {
        tx.pragma_update(None, "user_version", known)?;
        tx.execute(
            "INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)",
            (FORMAT, known.to_be_bytes()),
        )?;
    }
    if found == 0 {
        tx.execute("INSERT INTO meta (name, value) VALUES (?1, ?2)", (SEED, fresh_seed()?))?;
    }
    Ok(tx.commit()?)
}

fn fresh_seed() -> Result<[u8; 32]> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|e| Error::Random(e.to_string()))?;
    Ok(seed)
}

fn signing_seed(db: &Connection) -> Result<[u8; 32]> {
    let seed: Option<Vec<u8>> = db
        .query_row("SELECT value FROM meta WHERE name = ?1", [SEED], |row| row.get(0))
        .optional()?;
    seed.and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| Error::Corrupt {
        what: "signing key",
        detail: "it is missing or has the wrong length".into(),
    })
}

fn read_leaves(db: &Connection) -> Result<Vec<Hash>> {
    let mut query = db.prepare("SELECT leaf FROM ledger ORDER BY number")?;
    let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|leaf| Hash::try_from(leaf?.as_slice()).map_err(corrupt("ledger entry's hash")))
        .collect()
}
