//! What opens an encrypted register: asked for on the terminal, or read from files that are named.
//!
//! Never an argument: what stands on a command line is seen by others and kept by the shell.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::Args;
use sijil::register::Error as Store;
use sijil::work::{self, Factors, Key, Needs};
use zeroize::Zeroizing;

use super::failure::{Failure, note};

/// Where a passphrase and a key file come from.
#[derive(Args)]
pub(super) struct Secrets {
    /// File that holds the passphrase of an encrypted register; named twice where two people
    /// have one each; else it is asked for on the terminal
    #[arg(long, env = "SIJIL_PASSPHRASE_FILE", value_name = "FILE", global = true)]
    passphrase_file: Vec<PathBuf>,
    /// Key file that an encrypted register needs beside its passphrase
    #[arg(long, env = "SIJIL_KEY_FILE", value_name = "FILE", global = true)]
    key_file: Option<PathBuf>,
}

/// Bytes that a key file must have, and the most that are read of one.
const KEY_FILE: std::ops::RangeInclusive<u64> = 32..=16 << 20;

impl Secrets {
    /// The key of the register in `folder`; `None` where it is not encrypted.
    pub(super) fn key(&self, folder: &Path) -> Result<Option<Key>, Failure> {
        let Some(needs) = work::needs(folder)? else {
            if !self.passphrase_file.is_empty() {
                note(&format!("{} is not encrypted: its passphrase is not used", folder.display()));
            }
            return Ok(None);
        };
        leave_no_dump();
        let locked = || Failure::from(Store::Locked(folder.to_path_buf()));
        let passphrases = if self.passphrase_file.is_empty() {
            asked(needs.passphrases, "Passphrase", false).ok_or_else(locked)??
        } else {
            self.passphrase_file.iter().map(|file| passphrase_in(file)).collect::<Result<_, _>>()?
        };
        let key_file = self.key_file(needs)?;
        Ok(Some(work::unlock(folder, &Factors { passphrases, key_file })?))
    }

    fn key_file(&self, needs: Needs) -> Result<Option<Zeroizing<[u8; 32]>>, Failure> {
        self.key_file.as_deref().filter(|_| needs.key_file).map(read_key_file).transpose()
    }

    /// What a new register is to be opened with: so many passphrases, and the key file if named,
    /// which is made where there is none.
    pub(super) fn new_factors(&self, people: usize) -> Result<Factors, Failure> {
        new_factors(&self.passphrase_file, self.key_file.as_deref(), people)
    }

    /// The key file of this register, as it stands.
    pub(super) fn present_key_file(&self) -> Option<&Path> {
        self.key_file.as_deref()
    }
}

/// New passphrases, from files or asked for twice, and a key file.
pub(super) fn new_factors(
    files: &[PathBuf],
    key_file: Option<&Path>,
    people: usize,
) -> Result<Factors, Failure> {
    leave_no_dump();
    let passphrases = if files.is_empty() {
        asked(people, "New passphrase", true).ok_or_else(|| {
            let why = "a new passphrase is asked for on a terminal, and this is none: name a file \
                       that holds it";
            Failure::Usage(why.to_owned())
        })??
    } else {
        files.iter().map(|file| passphrase_in(file)).collect::<Result<Vec<_>, _>>()?
    };
    if passphrases.len() != people {
        let why =
            format!("{} passphrases for {people} people: name one file for each", files.len());
        return Err(Failure::Usage(why));
    }
    let mut factors = Factors { passphrases, key_file: None };
    factors.check().map_err(work::Error::from)?;
    if let Some(file) = key_file {
        if !file.exists() {
            work::make_key_file(file)?;
            note(&format!("{}: a new key file; keep a copy of it", file.display()));
        }
        factors.key_file = Some(read_key_file(file)?);
    }
    Ok(factors)
}

/// From here on a crash writes no memory to the disk, and on Linux no other program of this user
/// looks into it. Where the system refuses, the register opens all the same.
#[cfg(unix)]
pub(super) fn leave_no_dump() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// Other systems have no such limit to set.
#[cfg(not(unix))]
pub(super) fn leave_no_dump() {}

fn read_key_file(file: &Path) -> Result<Zeroizing<[u8; 32]>, Failure> {
    let bytes = read(file, "key file")?;
    if !KEY_FILE.contains(&(bytes.len() as u64)) {
        let (least, most) = (KEY_FILE.start(), KEY_FILE.end() >> 20);
        let why = format!("{}: a key file has {least} bytes to {most} MiB", file.display());
        return Err(Failure::Usage(why));
    }
    Ok(work::digest_of_key_file(&bytes))
}

fn read(file: &Path, what: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let unreadable = |e| {
        let why =
            format!("the {what} {} cannot be read ({e}); name the right file", file.display());
        Failure::Usage(why)
    };
    fs::read(file).map(Zeroizing::new).map_err(unreadable)
}

/// The one line of a file.
pub(super) fn passphrase_in(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let wrong = |why: &str| Failure::Usage(format!("passphrase file {}: {why}", file.display()));
    let bytes = read(file, "passphrase file")?;
    let text = std::str::from_utf8(&bytes).map_err(|_| wrong("it is not text in UTF-8"))?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.contains('\n') {
        return Err(wrong("it has more than one line; it must hold the passphrase alone"));
    }
    Ok(Zeroizing::new(line.to_owned()))
}

/// Passphrases typed on a terminal, one for each person; `None` where there is no terminal.
fn asked(
    people: usize,
    what: &str,
    twice: bool,
) -> Option<Result<Vec<Zeroizing<String>>, Failure>> {
    if !std::io::stdin().is_terminal() {
        return None;
    }
    let typed = (1..=people).map(|person| {
        let whose = if people > 1 { format!("{what} of person {person}") } else { what.to_owned() };
        let words = typed(&format!("{whose}: "))?;
        if twice && typed(&format!("{whose}, again: "))? != words {
            return Err(Failure::Usage("the two are not the same; nothing was done".to_owned()));
        }
        Ok(words)
    });
    Some(typed.collect())
}

/// A line typed on the terminal, which does not show it.
pub(super) fn typed(prompt: &str) -> Result<Zeroizing<String>, Failure> {
    let line = rpassword::prompt_password(prompt);
    line.map(Zeroizing::new).map_err(|e| Failure::Usage(format!("nothing could be typed: {e}")))
}
