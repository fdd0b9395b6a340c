//! The files of a bundle: of a ZIP archive, or of the folder that it unpacks to.

use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::tree::hex;

/// Most bytes of a file that is read as a whole; originals are hashed as they stream by.
const LARGEST: u64 = 1 << 30;

/// Where the files lie.
pub(crate) enum Files {
    Folder(PathBuf),
    Archive(ZipArchive<BufReader<File>>),
}

impl Files {
    pub(crate) fn open(path: &Path) -> Result<Self, String> {
        if path.is_dir() {
            return Ok(Self::Folder(path.to_path_buf()));
        }
        let file = File::open(path).map_err(|e| format!("cannot be opened: {e}"))?;
        let archive = ZipArchive::new(BufReader::new(file));
        Ok(Self::Archive(
            archive.map_err(|e| format!("is neither a ZIP archive nor a folder: {e}"))?,
        ))
    }

    /// Names of all files, with `/` between the parts.
    pub(crate) fn names(&self) -> Vec<String> {
        match self {
            Self::Archive(archive) => {
                archive.file_names().flatten().map(|name| name.into_owned()).collect()
            }
            Self::Folder(root) => {
                let mut names = Vec::new();
                list(root, "", &mut names);
                names
            }
        }
    }

    fn with<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut dyn Read) -> Result<T, String>,
    ) -> Result<T, String> {
        match self {
            Self::Folder(root) => {
                let file = File::open(root.join(name)).map_err(|_| "is missing".to_owned())?;
                read(&mut BufReader::new(file))
            }
            Self::Archive(archive) => {
                let mut file = archive.by_name(name).map_err(|e| match e {
                    zip::result::ZipError::FileNotFound => "is missing".to_owned(),
                    e => format!("cannot be unpacked: {e}"),
                })?;
                read(&mut file)
            }
        }
    }

    pub(crate) fn bytes(&mut self, name: &str) -> Result<Vec<u8>, String> {
        self.with(name, |file| {
            let mut bytes = Vec::new();
            let read = file.take(LARGEST).read_to_end(&mut bytes);
            read.map_err(|e| format!("cannot be read: {e}"))?;
            Ok(bytes)
        })
    }

    pub(crate) fn json(&mut self, name: &str) -> Result<Value, String> {
        let bytes = self.bytes(name).map_err(|why| format!("{name} {why}"))?;
        serde_json::from_slice(&bytes).map_err(|e| format!("{name} is no JSON: {e}"))
    }

    /// SHA-256 in hexadecimal digits, and the number of bytes.
    pub(crate) fn hash(&mut self, name: &str) -> Result<(String, u64), String> {
        self.with(name, |file| {
            let (mut hash, mut length) = (Sha256::new(), 0);
            let mut buffer = vec![0; 1 << 16];
            loop {
                let read = file.read(&mut buffer).map_err(|e| format!("cannot be read: {e}"))?;
                if read == 0 {
                    return Ok((hex(&hash.finalize()), length));
                }
                hash.update(&buffer[..read]);
                length += read as u64;
            }
        })
    }
}

fn list(root: &Path, below: &str, names: &mut Vec<String>) {
    for entry in fs::read_dir(root.join(below)).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let name = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.path().is_dir() {
            list(root, &name, names);
        } else {
            names.push(name);
        }
    }
}
