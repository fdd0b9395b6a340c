//! What can go wrong with a store, and what the user can do about it.

use std::path::PathBuf;

/// An error of the register. The message says what to do next; it names no victim and no source.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no register in the folder.
    #[error("{0} holds no register; make one with `sijil init -R {0}` or name another folder")]
    Absent(PathBuf),
    /// A register is already there.
    #[error("{0} already holds a register; use it as it is, or name an empty folder")]
    Present(PathBuf),
    /// Another program holds the register.
    #[error("{0} is in use by another sijil; wait until it has ended and try again")]
    Busy(PathBuf),
    /// The store was written by a newer program.
    #[error("this register has format {found}, this program knows {known}; use a newer sijil")]
    Newer {
        /// Format of the store.
        found: u32,
        /// Newest format known.
        known: u32,
    },
    /// A file operation failed.
    #[error("{what} {path}: {source}")]
    Io {
        /// What was tried.
        what: &'static str,
        /// On which path.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// The database refused.
    #[error("the register's database failed ({0}); run `sijil verify` before anything else")]
    Database(#[source] rusqlite::Error),
    /// The database file is not what a register writes.
    #[error(
        "sijil.db is broken ({0}); keep the folder as it is and put a copy of the register in its \
         place"
    )]
    Broken(String),
    /// Something stored does not read as what it should be.
    #[error("the register holds a {what} that does not read ({detail}); run `sijil verify`")]
    Corrupt {
        /// What kind of thing.
        what: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// The register is encrypted and no key was given.
    #[error(
        "{0} is encrypted: type its passphrase on a terminal, or name a file that holds it with \
         --passphrase-file or SIJIL_PASSPHRASE_FILE"
    )]
    Locked(PathBuf),
    /// Keys or passphrases are not what they must be.
    #[error(transparent)]
    Keys(#[from] sijil_vault::Error),
    /// The system has no randomness to give.
    #[error("the system gave no random bytes for a new key: {0}")]
    Random(String),
}

impl From<rusqlite::Error> for Error {
    /// Tells a database that is no register, or no longer one, from one that cannot be used now.
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as Sql;
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        let broken = match &error {
            // Our own statements do not fit its tables, or its values not their columns.
            Sql::SqlInputError { .. }
            | Sql::FromSqlConversionFailure(..)
            | Sql::IntegralValueOutOfRange(..)
            | Sql::InvalidColumnType(..)
            | Sql::Utf8Error(..) => true,
            _ => matches!(error.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase)),
        };
        if broken { Self::Broken(error.to_string()) } else { Self::Database(error) }
    }
}

/// What the register gives back.
pub type Result<T> = std::result::Result<T, Error>;

/// Names the operation and the path of a failed file operation.
pub(crate) fn io(
    what: &'static str,
    path: impl Into<PathBuf>,
) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.into();
    move |source| Error::Io { what, path, source }
}

/// Says which kind of stored thing did not read.
pub(crate) fn corrupt<E: std::fmt::Display>(what: &'static str) -> impl FnOnce(E) -> Error {
    move |e| Error::Corrupt { what, detail: e.to_string() }
}
