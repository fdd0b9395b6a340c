//! Originals under their SHA-256: added, never changed, never removed.
//!
//! A file comes in as a staging file, is flushed, and is renamed to its hash before the
//! transaction that names it commits. A crash in between leaves either a staging file (swept at
//! the next opening) or an original that no entry names yet (harmless, and found again by the
//! next run). The folder is flat: one directory to flush a batch.
//!
//! In an encrypted register every file is encrypted from its first byte on, and lies under a name
//! that only the key gives. There is one door for readers, [`Evidence::original`].

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sijil_vault::{Keys, NONCE, Writer};

use super::error::{Error, Result, io as io_error};
use super::original::Original;
use crate::model::ItemId;

const FOLDER: &str = "evidence";
const LOCK: &str = ".lock";
const STAGING: &str = ".incoming-";

/// The folder of originals.
#[derive(Debug)]
pub struct Evidence {
    folder: PathBuf,
    next: AtomicU64,
    /// Where the register is encrypted.
    keys: Option<Keys>,
}

/// Bytes on their way in, not yet named by their hash. Removed when dropped unused.
pub struct Staged {
    path: PathBuf,
    /// The open staging file, until it is kept.
    to: Option<To>,
}

enum To {
    Plain(File),
    Sealed(Box<Writer<File>>),
}

/// Times that a lock is asked for, and how long between two of them: a program that was killed a
/// moment ago holds its files until the system has cleared it away.
const PATIENCE: (u32, Duration) = (40, Duration::from_millis(25));

/// Takes the lock of the register at `path`, or tells that another program keeps it.
fn take(
    path: &Path,
    lock_path: &Path,
    lock: impl Fn() -> std::result::Result<(), TryLockError>,
) -> Result<()> {
    let (times, pause) = PATIENCE;
    for _ in 0..times {
        match lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(pause),
            Err(TryLockError::Error(e)) => return Err(io_error("cannot lock", lock_path)(e)),
        }
    }
    Err(Error::Busy(path.to_path_buf()))
}

impl Evidence {
    /// Opens the folder below a register's `path`, takes its lock and sweeps staging files.
    pub(super) fn open(path: &Path, keys: Option<Keys>) -> Result<(Self, File)> {
        let folder = path.join(FOLDER);
        fs::create_dir_all(&folder).map_err(io_error("cannot create", &folder))?;
        let lock_path = folder.join(LOCK);
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .map_err(io_error("cannot open", &lock_path))?;
        take(path, &lock_path, || lock.try_lock())?;
        let evidence = Self { folder, next: AtomicU64::new(0), keys };
        evidence.sweep()?;
        Ok((evidence, lock))
    }

    /// Opens the folder below a register's `path` for reading, with a lock that other readers share
    /// and writers do not. On a medium that nobody can write there may be none to take.
    pub(super) fn read(path: &Path, keys: Option<Keys>) -> Result<(Self, Option<File>)> {
        let folder = path.join(FOLDER);
        let lock_path = folder.join(LOCK);
        let lock = File::open(&lock_path).or_else(|_| File::create_new(&lock_path)).ok();
        if let Some(lock) = &lock {
            take(path, &lock_path, || lock.try_lock_shared())?;
        }
        Ok((Self { folder, next: AtomicU64::new(0), keys }, lock))
    }

    /// Whether a program began to take files in below `path` and no longer runs.
    pub(super) fn is_abandoned(path: &Path) -> bool {
        let lock = File::open(path.join(FOLDER).join(LOCK));
        lock.is_ok_and(|lock| lock.try_lock().is_ok())
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where an original lies, as it is stored. To read it, open [`Evidence::original`].
    pub fn path_of(&self, item: &ItemId) -> PathBuf {
        match &self.keys {
            Some(keys) => self.folder.join(keys.name_of(item.0.as_bytes())),
            None => self.folder.join(&item.0),
        }
    }

    /// An original, to be opened.
    pub fn original(&self, item: &ItemId) -> Original<'_> {
        Original { path: self.path_of(item), keys: self.keys.as_ref(), item: item.clone() }
    }

    /// Whether an original is there.
    pub fn holds(&self, item: &ItemId) -> bool {
        self.path_of(item).is_file()
    }

    /// Every file of the folder that is named like an original, in order of name.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn names(&self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(io_error("cannot read", &self.folder))? {
            let entry = entry.map_err(io_error("cannot read", &self.folder))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !name.starts_with('.') {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    /// A new staging file.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn stage(&self) -> Result<Staged> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let path = self.folder.join(format!("{STAGING}{number}"));
        let file = OpenOptions::new()
            .create_new(true)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(io_error("cannot create", &path))?;
        let to = match &self.keys {
            None => To::Plain(file),
            Some(keys) => {
                let mut nonce = [0; NONCE];
                getrandom::fill(&mut nonce).map_err(|e| Error::Random(e.to_string()))?;
                let writer = Writer::begin(keys.files(), &nonce, file);
                To::Sealed(Box::new(writer.map_err(io_error("cannot write", &path))?))
            }
        };
        Ok(Staged { path, to: Some(to) })
    }

    /// Flushes a staging file and gives it its name. Call [`Evidence::flush`] after a batch.
    ///
    /// What has the name already gives way to the same bytes, flushed now: a run whose flush of
    /// the folder failed may have left it, and the system no longer tells whether it is on disk.
    ///
    /// # Errors
    /// When flushing or renaming fails: a failed flush is never tried again, the bytes must be
    /// taken in anew.
    pub fn keep(&self, mut staged: Staged, item: &ItemId) -> Result<()> {
        let target = self.path_of(item);
        let file = staged.end(item).map_err(io_error("cannot write", &staged.path))?;
        file.sync_all().map_err(io_error("cannot flush", &staged.path))?;
        make_read_only(&file).map_err(io_error("cannot protect", &staged.path))?;
        fs::rename(&staged.path, &target).map_err(io_error("cannot name", &target))?;
        Ok(())
    }

    /// Flushes the folder itself, so that renames are durable.
    ///
    /// # Errors
    /// When the folder cannot be flushed.
    pub fn flush(&self) -> Result<()> {
        sync_folder(&self.folder).map_err(io_error("cannot flush", &self.folder))
    }

    fn sweep(&self) -> Result<()> {
        for entry in fs::read_dir(&self.folder).map_err(io_error("cannot read", &self.folder))? {
            let entry = entry.map_err(io_error("cannot read", &self.folder))?;
            if entry.file_name().to_string_lossy().starts_with(STAGING) {
                fs::remove_file(entry.path()).map_err(io_error("cannot remove", entry.path()))?;
            }
        }
        Ok(())
    }
}

impl Staged {
    /// Ends what is written, as the bytes of this item.
    fn end(&mut self, item: &ItemId) -> io::Result<File> {
        match self.to.take() {
            Some(To::Plain(file)) => Ok(file),
            Some(To::Sealed(writer)) => writer.finish(item.0.as_bytes()),
            None => Err(ended()),
        }
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.to.as_mut().ok_or_else(ended)? {
            To::Plain(file) => file.write(bytes),
            To::Sealed(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.to.as_mut().ok_or_else(ended)? {
            To::Plain(file) => file.flush(),
            To::Sealed(writer) => writer.flush(),
        }
    }
}

fn ended() -> io::Error {
    io::Error::other("its staging file has been kept already")
}

impl Drop for Staged {
    fn drop(&mut self) {
        // After `keep` the path is gone already; an error here only leaves work for `sweep`.
        let _ = fs::remove_file(&self.path);
    }
}

fn make_read_only(file: &File) -> io::Result<()> {
    let mut permissions = file.metadata()?.permissions();
    permissions.set_readonly(true);
    file.set_permissions(permissions)
}

#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows flushes a rename with the file; folders cannot be opened there.
#[cfg(not(unix))]
pub(super) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
