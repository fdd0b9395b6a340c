//! Making, opening and locking a register, and the one kind of transaction it knows.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};
use sijil_ledger::{Hash, Signer, Tree};
use sijil_vault::Key;

use super::error::{Error, Result, corrupt, io};
use super::evidence::Evidence;
use super::keys::{keys_for, unlock};
use super::pages::{self, Pages};
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

pub(super) const DATABASE: &str = "sijil.db";

/// Transactions that SQLite has not yet carried into the database; gone after a proper end.
const JOURNAL: &str = "sijil.db-wal";

/// Statements kept ready: two a table for each entry, and those of the writers.
const STATEMENTS: usize = 128;

/// Pages that SQLite holds in memory, in KiB: a bulk write touches more than its 2 MB.
const CACHE: i64 = 64 * 1024;

pub(super) const SEED: &str = "signing-seed";
pub(super) const FORMAT: &str = "format";

/// An open register. One writer or several readers at a time: the folder is locked until this is
/// dropped.
pub struct Register {
    pub(super) db: Connection,
    pub(super) evidence: Evidence,
    path: PathBuf,
    /// Of an encrypted register.
    key: Option<Key>,
    signer: Signer,
    /// Read when something is written; readers need none of it.
    tree: Option<Tree>,
    /// Of a register that is written; brought up to date when it is closed.
    pub(super) pages: Option<Pages>,
    _lock: Option<File>,
}

/// One transaction: changes, their ledger entries, and at the end a signed head.
///
/// Dropped without [`Write::commit`] it leaves nothing behind.
pub struct Write<'r> {
    pub(super) tx: Transaction<'r>,
    pub(super) tree: Tree,
    /// Entries when it began.
    pub(super) begun: u64,
    /// Columns on their way to what the entries say.
    pub(super) columns: columns::State,
    kept: &'r mut Option<Tree>,
    pages: &'r mut Option<Pages>,
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
        Self::create_with(path, None)
    }

    /// The same, encrypted with this key; where it is kept is not the register's business.
    ///
    /// # Errors
    /// As for [`Register::create`].
    pub fn create_with(path: &Path, key: Option<&Key>) -> Result<Self> {
        if Self::is_at(path) {
            return Err(Error::Present(path.to_path_buf()));
        }
        std::fs::create_dir_all(path).map_err(io("cannot create", path))?;
        Self::opened(path, key)
    }

    /// Opens the register in `path`, bringing an older format up to date.
    ///
    /// # Errors
    /// When there is none, it is in use, or it was written by a newer program.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_with(path, None)
    }

    /// The same with the key of an encrypted register.
    ///
    /// # Errors
    /// As for [`Register::open`], or when the key is another's.
    pub fn open_with(path: &Path, key: Option<&Key>) -> Result<Self> {
        if !Self::is_at(path) {
            return Err(Error::Absent(path.to_path_buf()));
        }
        Self::opened(path, key)
    }

    fn opened(path: &Path, key: Option<&Key>) -> Result<Self> {
        let keys = keys_for(path, key)?;
        let (evidence, lock) = Evidence::open(path, keys.clone())?;
        let left = path.join(JOURNAL).exists();
        let mut db = Connection::open(path.join(DATABASE))?;
        unlock(&db, keys.as_ref())?;
        db.busy_timeout(Duration::from_secs(10))?;
        if version(&db)? == 0 && !evidence.names()?.is_empty() {
            return Err(Error::Broken("it is empty, and originals lie beside it".to_owned()));
        }
        let database = path.join(DATABASE);
        if key.is_none() && version(&db)? < known() {
            pages::begin(&database)?;
        }
        db.pragma_update(None, "journal_mode", "WAL")?;
        // FULL: what was acknowledged survives a power cut, not only a crash of the program.
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "foreign_keys", "ON")?;
        db.pragma_update(None, "cache_size", -CACHE)?;
        db.set_prepared_statement_cache_capacity(STATEMENTS);
        let anew = migrate(&mut db)? || left || pages::is_behind(&database, &db);
        let mut register = Self::with((db, evidence), (path, key), Some(lock))?;
        // An encrypted database has a code of its own on each page.
        register.pages = key.is_none().then(|| Pages::of(&database, anew));
        Ok(register)
    }

    fn with(
        (db, evidence): (Connection, Evidence),
        (path, key): (&Path, Option<&Key>),
        lock: Option<File>,
    ) -> Result<Self> {
        let signer = Signer::from_seed(signing_seed(&db)?);
        let (path, key) = (path.to_path_buf(), key.cloned());
        Ok(Self { db, evidence, path, key, signer, tree: None, pages: None, _lock: lock })
    }

    /// Opens the register in `path` for reading: beside other readers, and without a change to the
    /// folder, so that it may lie on a medium that cannot be written. What a run that was broken
    /// off, or an older program, left behind is put in order first.
    ///
    /// # Errors
    /// When there is none, it is being written, it is broken, or a newer program wrote it.
    pub fn read(path: &Path) -> Result<Self> {
        Self::read_with(path, None)
    }

    /// The same with the key of an encrypted register.
    ///
    /// # Errors
    /// As for [`Register::read`], or when the key is another's.
    pub fn read_with(path: &Path, key: Option<&Key>) -> Result<Self> {
        if !Self::is_at(path) {
            return Err(Error::Absent(path.to_path_buf()));
        }
        match std::fs::metadata(path.join(JOURNAL)) {
            Ok(about) if about.len() > 0 => drop(Self::open_with(path, key)?),
            // All is in the database, perhaps not yet in the digests of its pages.
            Ok(_) => drop(Self::open_with(path, key)),
            Err(_) => {}
        }
        Self::read_settled(path, key, true)
    }

    /// `mend`: digests of pages that are behind are brought up to date, where the folder allows it.
    fn read_settled(path: &Path, key: Option<&Key>, mend: bool) -> Result<Self> {
        let keys = keys_for(path, key)?;
        let (evidence, lock) = Evidence::read(path, keys.clone())?;
        let db = connect_unchanging(&path.join(DATABASE))?;
        unlock(&db, keys.as_ref())?;
        db.pragma_update(None, "cache_size", -CACHE)?;
        db.set_prepared_statement_cache_capacity(STATEMENTS);
        let (found, known) = (version(&db)?, known());
        if found > known {
            return Err(Error::Newer { found, known });
        }
        if found == 0 {
            return Err(Error::Broken("it holds no tables of a register".to_owned()));
        }
        if found < known {
            drop((db, lock));
            drop(Self::open_with(path, key)?);
            return Self::read_settled(path, key, mend);
        }
        if mend && key.is_none() && pages::is_behind(&path.join(DATABASE), &db) {
            drop((db, lock));
            drop(Self::open(path));
            return Self::read_settled(path, key, false);
        }
        Self::with((db, evidence), (path, key), lock)
    }

    /// Whether a program began a register in `path`, took the lock, and no longer runs.
    pub fn is_abandoned(path: &Path) -> bool {
        Evidence::is_abandoned(path)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The key of an encrypted register.
    pub fn key(&self) -> Option<&Key> {
        self.key.as_ref()
    }

    /// The folder of originals.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// Public half of the key that signs heads.
    pub fn public_key(&self) -> [u8; 32] {
        self.signer.public_key()
    }

    pub(super) fn signer(&self) -> &Signer {
        &self.signer
    }

    /// The tree over the entries, read anew: for proofs.
    ///
    /// # Errors
    /// When the database cannot be read or a stored hash is none.
    pub fn tree(&self) -> Result<Tree> {
        Ok(Tree::from_leaves(read_leaves(&self.db)?))
    }

    /// Number of ledger entries.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn size(&self) -> Result<u64> {
        let sql = "SELECT COALESCE(MAX(number) + 1, 0) FROM ledger";
        let size = self.db.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        super::ledger::from_sql("number of entries", size)
    }

    /// Begins a transaction.
    ///
    /// # Errors
    /// When the database cannot be locked.
    pub fn write(&mut self) -> Result<Write<'_>> {
        let tree = match self.tree.take() {
            Some(tree) => tree,
            None => Tree::from_leaves(read_leaves(&self.db)?),
        };
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Write {
            tx,
            begun: tree.size(),
            tree,
            columns: columns::State::default(),
            kept: &mut self.tree,
            pages: &mut self.pages,
            signer: &self.signer,
        })
    }
}

impl Write<'_> {
    /// Signs the new head and commits everything; without an entry nothing is written.
    ///
    /// # Errors
    /// When the database refuses; then nothing of the transaction is kept.
    pub fn commit(mut self) -> Result<()> {
        if self.tree.size() == self.begun {
            self.tx.rollback()?;
        } else {
            self.columns.flush(&self.tx)?;
            super::ledger::insert_head(&self.tx, &self.tree, self.signer)?;
            self.tx.commit()?;
            if let Some(pages) = self.pages {
                pages.follow();
            }
        }
        *self.kept = Some(self.tree);
        Ok(())
    }
}

/// A connection that creates no file beside the database and writes none. Our own lock keeps
/// writers away, so SQLite may take the file for unchanging.
fn connect_unchanging(database: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let Some(text) = database.to_str().filter(|_| cfg!(unix)) else {
        return Ok(Connection::open_with_flags(database, flags)?);
    };
    let escaped = text.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let uri = format!("file:{escaped}?immutable=1");
    Ok(Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?)
}

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
fn migrate(db: &mut Connection) -> Result<bool> {
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
    let mut query = db.prepare("SELECT leaf FROM ledger INDEXED BY ledger_leaf ORDER BY number")?;
    let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|leaf| Hash::try_from(leaf?.as_slice()).map_err(corrupt("ledger entry's hash")))
        .collect()
}
