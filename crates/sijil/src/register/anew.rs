//! A register copied under another key: a plain one encrypted, or an encrypted one whose key must be
//! another. Rows, ledger and heads are the same; what lies on disk is not.

use std::io;
use std::path::Path;

use rusqlite::Connection;
use sijil_vault::{Key, Keys};
use zeroize::Zeroizing;

use super::error::{Error, Result, io as io_error};
use super::evidence::Evidence;
use super::form::known;
use super::keys::unlock;
use super::open::{DATABASE, Register};

impl Register {
    /// Copies all of this register into the folder `to`, which holds none, under `key`.
    ///
    /// # Errors
    /// When an original does not read or `to` cannot be written.
    pub fn copy_anew(&self, to: &Path, key: &Key) -> Result<()> {
        if Self::is_at(to) {
            return Err(Error::Present(to.to_path_buf()));
        }
        let keys = Keys::of(key);
        let (evidence, _lock) = Evidence::open(to, Some(keys.clone()))?;
        for item in self.all_items()? {
            let path = || self.evidence.path_of(&item);
            let mut original = self
                .evidence
                .original(&item)
                .open()
                .map_err(|e| io_error("cannot read", path())(e))?;
            let mut staged = evidence.stage()?;
            io::copy(&mut original, &mut staged).map_err(io_error("cannot copy", path()))?;
            evidence.keep(staged, &item)?;
        }
        evidence.flush()?;
        self.copy_database(to, &keys)
    }

    fn copy_database(&self, to: &Path, keys: &Keys) -> Result<()> {
        let db = Connection::open(to.join(DATABASE))?;
        unlock(&db, Some(keys))?;
        // A plain database has the empty key.
        let own = self.key().map(|key| Keys::of(key).database());
        let own = own.map_or_else(Zeroizing::default, |key| Zeroizing::new(format!("x'{}'", *key)));
        let from = self.path().join(DATABASE);
        let from = from.to_str().ok_or_else(|| {
            Error::Broken("the path of its folder is not in Unicode; move it".to_owned())
        })?;
        db.execute("ATTACH DATABASE ?1 AS other KEY ?2", (from, own.as_str()))?;
        db.query_row("SELECT sqlcipher_export('main', 'other')", [], |_| Ok(()))?;
        db.pragma_update(None, "user_version", known())?;
        db.execute("DETACH DATABASE other", [])?;
        db.close().map_err(|(_, e)| e.into())
    }
}
