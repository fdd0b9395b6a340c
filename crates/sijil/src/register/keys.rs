//! The keys of an encrypted register: the file that holds them wrapped, and the chance to draw new
//! ones from. Without that file beside its database a register is a plain one.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use rusqlite::Connection;
use sijil_vault::{Chance, Header, Key, Keys};
use zeroize::Zeroizing;

use super::error::{Error, Result, io};
use super::form::version;
use super::open::Register;

/// The file of wrapped keys.
const FILE: &str = "keys.toml";

/// A new one on its way in.
const STAGING: &str = ".keys.toml.new";

impl Register {
    /// How the register in `path` is locked; `None` where it is not encrypted.
    ///
    /// # Errors
    /// When the file of keys cannot be read.
    pub fn lock(path: &Path) -> Result<Option<Header>> {
        let file = path.join(FILE);
        match fs::read_to_string(&file) {
            Ok(text) => Ok(Some(Header::from_text(&text)?)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(io("cannot read", file)(e)),
        }
    }

    /// Makes the folder of a register to be, with its keys in it.
    ///
    /// # Errors
    /// When a register is there or the folder cannot be written.
    pub fn create_locked(path: &Path, header: &Header) -> Result<()> {
        if Self::is_at(path) {
            return Err(Error::Present(path.to_path_buf()));
        }
        fs::create_dir_all(path).map_err(io("cannot create", path))?;
        Self::set_lock(path, header)
    }

    /// Puts a file of keys into `path` in one step: there is the old one or the new one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn set_lock(path: &Path, header: &Header) -> Result<()> {
        let (staging, file) = (path.join(STAGING), path.join(FILE));
        let mut new = File::create(&staging).map_err(io("cannot create", &staging))?;
        new.write_all(header.to_text()?.as_bytes()).map_err(io("cannot write", &staging))?;
        new.sync_all().map_err(io("cannot flush", &staging))?;
        fs::rename(&staging, &file).map_err(io("cannot name", &file))?;
        super::evidence::sync_folder(path).map_err(io("cannot flush", path))
    }
}

/// Runs `with` on the system's random bytes.
///
/// # Errors
/// Those of `with`.
pub fn with_chance<T>(
    with: impl FnOnce(&mut Chance<'_>) -> sijil_vault::Result<T>,
) -> sijil_vault::Result<T> {
    with(&mut Chance::new(&mut |bytes| getrandom::fill(bytes).map_err(|e| e.to_string())))
}

/// What opens the register in `path`, given its key.
///
/// # Errors
/// When it is encrypted and no key is given.
pub(super) fn keys_for(path: &Path, key: Option<&Key>) -> Result<Option<Keys>> {
    match key {
        Some(key) => Ok(Some(Keys::of(key))),
        None if path.join(FILE).exists() => Err(Error::Locked(path.to_path_buf())),
        None => Ok(None),
    }
}

/// Gives SQLCipher the key of an encrypted register, before anything is read. The key is random, so
/// that none is derived from it; what SQLite would put into temporary files stays in memory.
pub(super) fn unlock(db: &Connection, keys: Option<&Keys>) -> Result<()> {
    let mut hint = "if this register was encrypted, its keys.toml is missing";
    if let Some(keys) = keys {
        let key = keys.database();
        let sql = format!("PRAGMA key = \"x'{}'\"; PRAGMA temp_store = MEMORY", *key);
        db.execute_batch(&Zeroizing::new(sql))?;
        hint = "or keys.toml is another register's";
    }
    match version(db) {
        Err(Error::Broken(why)) => Err(Error::Broken(format!("{why}; {hint}"))),
        other => other.map(drop),
    }
}
