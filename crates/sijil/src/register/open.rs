//! Making, opening and locking a register.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use sijil_ledger::{Signer, Tree};
use sijil_vault::Key;

use super::error::{Error, Result, io};
use super::evidence::Evidence;
use super::form::{known, migrate, signing_seed, version};
use super::keys::{keys_for, unlock};
use super::pages::{self, Pages};
use super::write::read_leaves;

pub(super) const DATABASE: &str = "sijil.db";

/// Transactions that SQLite has not yet carried into the database; gone after a proper end.
const JOURNAL: &str = "sijil.db-wal";

/// Statements kept ready: two a table for each entry, and those of the writers.
const STATEMENTS: usize = 128;

/// Pages that SQLite holds in memory, in KiB: a bulk write touches more than its 2 MB.
const CACHE: i64 = 64 * 1024;

/// An open register. One writer or several readers at a time: the folder is locked until this is
/// dropped.
pub struct Register {
    pub(super) db: Connection,
    pub(super) evidence: Evidence,
    path: PathBuf,
    /// Of an encrypted register.
    key: Option<Key>,
    pub(super) signer: Signer,
    /// Read when something is written; readers need none of it.
    pub(super) tree: Option<Tree>,
    /// Of a register that is written; brought up to date when it is closed.
    pub(super) pages: Option<Pages>,
    _lock: Option<File>,
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
