//! Locks of encrypted registers: made, opened, changed.
//!
//! What is encrypted does not change with a passphrase: its key is only wrapped anew. So an old copy
//! of the register still opens with the old passphrase.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use serde_json::json;
use sha2::{Digest, Sha256};
use sijil_vault::Header;
pub use sijil_vault::{Cost, Error as KeyError, Factors, Key, Needs, Recovery};

use zeroize::Zeroizing;

use super::error::{Error, Result};
use super::init::{begun, open_with};
use super::progress::Hand;
use crate::register::{Register, with_chance};

/// Makes an encrypted register in `folder`; gives it and its recovery key, which is kept nowhere.
///
/// # Errors
/// When a register or its keys are there, a passphrase is too short, or the folder cannot be
/// written.
pub fn init_encrypted(
    folder: &Path,
    factors: &Factors,
    cost: Cost,
    hand: Hand<'_>,
) -> Result<(Register, Recovery)> {
    if !Register::is_at(folder) && Register::lock(folder)?.is_some() {
        let reason = "has keys and no register: if making one was broken off, remove keys.toml; if \
                      sijil.db is lost, put a copy of it there";
        return Err(Error::Input { path: folder.to_path_buf(), reason: reason.to_owned() });
    }
    let (key, recovery, header) = new_lock(factors, cost)?;
    // Its keys first: a database whose key is nowhere would be lost.
    Register::create_locked(folder, &header)?;
    Ok((begun(Register::create_with(folder, Some(&key))?, hand)?, recovery))
}

/// A fresh key, wrapped.
pub(super) fn new_lock(factors: &Factors, cost: Cost) -> Result<(Key, Recovery, Header)> {
    Ok(with_chance(|chance| {
        let (key, recovery) = (Key::draw(chance)?, Recovery::draw(chance)?);
        let header = Header::new(&key, factors, cost, &recovery, chance)?;
        Ok((key, recovery, header))
    })?)
}

/// A key that is kept nowhere: for a register that must not outlive the program.
///
/// # Errors
/// When there are no random bytes.
pub fn passing_key() -> Result<Key> {
    Ok(with_chance(Key::draw)?)
}

/// What must be given to open the register in `folder`; `None` where it is not encrypted.
///
/// # Errors
/// When its keys cannot be read.
pub fn needs(folder: &Path) -> Result<Option<Needs>> {
    Ok(Register::lock(folder)?.map(|header| header.needs()).transpose()?)
}

/// Makes a key file of random bytes.
///
/// # Errors
/// When it cannot be written; one that is there is left as it is.
pub fn make_key_file(file: &Path) -> Result<()> {
    let failed = |source| Error::Output { path: file.to_path_buf(), source };
    let bytes = with_chance(|chance| chance.draw::<64>())?;
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut made = options.open(file).map_err(failed)?;
    made.write_all(bytes.as_slice()).and_then(|()| made.sync_all()).map_err(failed)
}

/// What a key file stands for: the SHA-256 of its bytes.
pub fn digest_of_key_file(bytes: &[u8]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(Sha256::digest(bytes).into())
}

fn lock_of(folder: &Path) -> Result<Header> {
    Register::lock(folder)?.ok_or_else(|| {
        let reason = "is no encrypted register; `sijil backup --encrypt` makes an encrypted copy";
        Error::Input { path: folder.to_path_buf(), reason: reason.to_owned() }
    })
}

/// The key of the register in `folder`.
///
/// # Errors
/// When it is not encrypted or this does not open it.
pub fn unlock(folder: &Path, factors: &Factors) -> Result<Key> {
    Ok(lock_of(folder)?.open(factors)?)
}

/// The key of the register in `folder`, by its recovery key.
///
/// # Errors
/// When it is not encrypted or this is not its recovery key.
pub fn recover(folder: &Path, recovery: &Recovery) -> Result<Key> {
    Ok(lock_of(folder)?.recover(recovery)?)
}

/// Wraps the key of the register in `folder` for what opens it from now on; the ledger says when
/// and by whom.
///
/// # Errors
/// When a passphrase is too short, or the register cannot be opened with this key or written.
pub fn change_passphrase(
    folder: &Path,
    key: &Key,
    factors: &Factors,
    cost: Cost,
    hand: Hand<'_>,
) -> Result<()> {
    let lock = lock_of(folder)?;
    let changed = with_chance(|chance| lock.with_passphrase(key, factors, cost, chance))?;
    change(folder, key, &changed, ("passphrase", factors.passphrases.len()), hand)
}

/// Gives the register in `folder` another recovery key; the old one opens it no longer.
///
/// # Errors
/// When the register cannot be opened with this key or written.
pub fn new_recovery_key(folder: &Path, key: &Key, hand: Hand<'_>) -> Result<Recovery> {
    let lock = lock_of(folder)?;
    let (recovery, changed) = with_chance(|chance| {
        let recovery = Recovery::draw(chance)?;
        let changed = lock.with_recovery(key, &recovery, chance)?;
        Ok((recovery, changed))
    })?;
    change(folder, key, &changed, ("recovery key", 1), hand)?;
    Ok(recovery)
}

fn change(
    folder: &Path,
    key: &Key,
    changed: &Header,
    (of, people): (&str, usize),
    hand: Hand<'_>,
) -> Result<()> {
    let mut register = open_with(folder, Some(key), hand)?;
    let mut write = register.write()?;
    let body = json!({ "changed": of, "people": people });
    write.append(hand.clock.now(), hand.name, "lock", &body)?;
    Register::set_lock(folder, changed)?;
    Ok(write.commit()?)
}
