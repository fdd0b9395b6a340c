//! A walk through a folder, and bytes copied under their hash.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::bytes::Bytes;
use crate::model::{ItemId, Place, Problem};

/// Folders below folders that a walk goes into.
const DEEPEST: usize = 64;

/// Names that programs leave behind and nobody hands over.
const LEFT_BEHIND: &[&str] = &["Thumbs.db", "desktop.ini"];

/// A file met on a walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it lies.
    pub path: PathBuf,
    /// Its path below the folder, with `/` between the parts.
    pub name: String,
    /// Its length in bytes when it was met.
    pub bytes: u64,
}

/// Every regular file below `folder`, in order of its name, and what is no regular file.
///
/// Left out in silence: hidden files and folders (a name that begins with a dot), what the
/// operating system leaves behind, and the folders of `skip`, given from the root without links.
/// Links are not followed: what one points at may not belong to the folder, or lead in a circle.
pub fn walk(folder: &Path, skip: &[PathBuf]) -> (Vec<Found>, Vec<Problem>) {
    let mut walk = Walk { skip, found: Vec::new(), problems: Vec::new() };
    walk.enter(folder, "", 0);
    walk.found.sort_by(|a, b| a.name.cmp(&b.name));
    walk.problems.sort();
    (walk.found, walk.problems)
}

struct Walk<'a> {
    skip: &'a [PathBuf],
    found: Vec<Found>,
    problems: Vec<Problem>,
}

impl Walk<'_> {
    fn problem(&mut self, name: &str, message: String) {
        let file = if name.is_empty() { ".".to_owned() } else { name.to_owned() };
        self.problems.push(Problem { file, place: Place::File, message });
    }

    fn enter(&mut self, folder: &Path, name: &str, depth: usize) {
        if depth > DEEPEST {
            let why = format!("lies more than {DEEPEST} folders deep; move it up");
            return self.problem(name, why);
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) => {
                let why = format!("cannot be opened ({e}); give this user the right to read it");
                return self.problem(name, why);
            }
        };
        for entry in entries {
            match entry {
                Ok(entry) => self.meet(&entry, name, depth),
                Err(e) => self.problem(name, format!("cannot be listed to its end ({e})")),
            }
        }
    }

    fn meet(&mut self, entry: &fs::DirEntry, parent: &str, depth: usize) {
        let own = entry.file_name().to_string_lossy().into_owned();
        if own.starts_with('.') || LEFT_BEHIND.contains(&own.as_str()) {
            return;
        }
        let path = entry.path();
        if self.skip.contains(&path) {
            return;
        }
        let name = if parent.is_empty() { own } else { format!("{parent}/{own}") };
        // Of the entry itself: what a link points at is not looked at.
        match entry.metadata() {
            Err(e) => self.problem(&name, format!("cannot be looked at ({e})")),
            Ok(about) if about.is_dir() => self.enter(&path, &name, depth + 1),
            Ok(about) if about.is_file() => {
                self.found.push(Found { path, name, bytes: about.len() });
            }
            Ok(about) if about.is_symlink() => {
                let why = "is a link and is not followed; put the file itself in its place";
                self.problem(&name, why.to_owned());
            }
            Ok(_) => self.problem(&name, "is neither a file nor a folder; left out".to_owned()),
        }
    }
}

/// Why bytes could not be copied.
#[derive(Debug)]
pub enum CopyError {
    /// The source failed.
    Read(io::Error),
    /// The target failed.
    Write(io::Error),
}

/// SHA-256 and length of bytes, in constant memory.
///
/// # Errors
/// When they cannot be read.
pub fn hash(bytes: &dyn Bytes) -> io::Result<(ItemId, u64)> {
    let mut source = bytes.open()?;
    match hash_and_copy(&mut source, &mut io::sink()) {
        Ok(hashed) => Ok(hashed),
        Err(CopyError::Read(e) | CopyError::Write(e)) => Err(e),
    }
}

/// Copies `from` to `to` and gives the SHA-256 and length of what was copied.
///
/// # Errors
/// When either side fails; the error says which.
pub fn hash_and_copy(
    from: &mut impl Read,
    to: &mut impl Write,
) -> Result<(ItemId, u64), CopyError> {
    let mut hash = Sha256::new();
    let mut block = vec![0; 1 << 17];
    let mut bytes = 0;
    loop {
        let count = match from.read(&mut block) {
            Ok(0) => break,
            Ok(count) => count,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(CopyError::Read(e)),
        };
        hash.update(&block[..count]);
        to.write_all(&block[..count]).map_err(CopyError::Write)?;
        bytes += count as u64;
    }
    let digits = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((ItemId(digits), bytes))
}
