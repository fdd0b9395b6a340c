//! Backups: a second register that is the same, byte for byte, and has been verified.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::error::{Error, Result};
use super::locks::{Cost, Factors, Key, Recovery, new_lock};
use super::verify::verify;
use crate::register::Register;

/// What was backed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// Ledger entries.
    pub entries: u64,
    /// Originals.
    pub originals: usize,
    /// Root of the ledger, which the backup has as well.
    pub root: String,
}

/// Copies the register into the new folder `to` and verifies the copy. Others may read meanwhile;
/// nobody writes, for the reader holds the lock. The folder gets its name when all is there: a
/// backup that was broken off is named `TO.part`.
///
/// # Errors
/// When `to` is there already or cannot be written, or the copy does not verify; then it is named.
pub fn backup(register: &Register, to: &Path) -> Result<BackedUp> {
    let aside = begun(to)?;
    let originals = register.all_items()?;
    let evidence = aside.join("evidence");
    fs::create_dir_all(&evidence).map_err(failed(&evidence))?;
    for item in &originals {
        let original = register.evidence().path_of(item);
        let copy = evidence.join(original.file_name().unwrap_or_default());
        copied(&original, &copy).map_err(failed(&copy))?;
    }
    let database = aside.join("sijil.db");
    copied(&register.path().join("sijil.db"), &database).map_err(failed(&database))?;
    if let Some(lock) = Register::lock(register.path())? {
        Register::set_lock(&aside, &lock)?;
    }
    let pages = register.path().join("sijil.db-pages");
    if pages.exists() {
        let copy = aside.join("sijil.db-pages");
        copied(&pages, &copy).map_err(failed(&copy))?;
    }
    ended(register, &aside, register.key(), to)
}

/// The same, encrypted with a key of its own: of a plain register an encrypted one, of an encrypted
/// one a copy that the old key does not open. Gives the copy's recovery key as well.
///
/// # Errors
/// As for [`backup`], or when a passphrase is too short.
pub fn backup_encrypted(
    register: &Register,
    to: &Path,
    factors: &Factors,
    cost: Cost,
) -> Result<(BackedUp, Recovery)> {
    let aside = begun(to)?;
    let (key, recovery, lock) = new_lock(factors, cost)?;
    Register::create_locked(&aside, &lock)?;
    register.copy_anew(&aside, &key)?;
    Ok((ended(register, &aside, Some(&key), to)?, recovery))
}

/// The empty folder in which a backup is made.
fn begun(to: &Path) -> Result<PathBuf> {
    if to.exists() {
        let reason = "is there already; name a new folder for the backup".to_owned();
        return Err(Error::Input { path: to.to_path_buf(), reason });
    }
    let aside = part_of(to);
    if aside.exists() {
        fs::remove_dir_all(&aside).map_err(failed(&aside))?;
    }
    Ok(aside)
}

/// Verifies a backup and gives it its name.
fn ended(register: &Register, aside: &Path, key: Option<&Key>, to: &Path) -> Result<BackedUp> {
    let root = checked(aside, key, register)?;
    for folder in [&aside.join("evidence"), aside] {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(folder))?;
    }
    fs::rename(aside, to).map_err(failed(to))?;
    let originals = register.all_items()?.len();
    Ok(BackedUp { entries: register.size()?, originals, root })
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> Error + use<> {
    let path = path.to_path_buf();
    move |source| Error::Output { path, source }
}

/// Verifies the copy and gives the root of its ledger, which must be the register's.
fn checked(copy: &Path, key: Option<&Key>, register: &Register) -> Result<String> {
    let broken = |reason: String| Error::Input { path: copy.to_path_buf(), reason };
    let copied = Register::read_with(copy, key)?;
    if let Some(finding) = verify(&copied)?.first() {
        let (object, detail) = (&finding.object, &finding.detail);
        return Err(broken(format!("the backup does not verify: {object}: {detail}")));
    }
    let (root, kept) = (copied.newest_head()?.head.root, register.newest_head()?.head.root);
    if root != kept {
        return Err(broken("the backup has another head than the register".to_owned()));
    }
    Ok(root.to_string())
}

/// Copies a file and has it on disk.
fn copied(from: &Path, to: &Path) -> io::Result<()> {
    let (mut source, mut copy) = (File::open(from)?, File::create(to)?);
    io::copy(&mut source, &mut copy)?;
    copy.sync_all()?;
    copy.set_permissions(source.metadata()?.permissions())
}

fn part_of(to: &Path) -> PathBuf {
    let mut name = to.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    to.with_file_name(name)
}
