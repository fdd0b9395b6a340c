//! Originals as readers see them: plain bytes, from any place, whether they lie there encrypted or not.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use sijil_vault::{Keys, Reader};

use crate::model::ItemId;

/// An original that can be opened.
#[derive(Clone, Debug)]
pub struct Original<'e> {
    pub(super) path: PathBuf,
    /// Where the register is encrypted.
    pub(super) keys: Option<&'e Keys>,
    pub(super) item: ItemId,
}

/// The plain bytes of an original, from any place.
pub enum OpenOriginal {
    /// As they lie there.
    Plain(File),
    /// Decrypted as they are read.
    Sealed(Box<Reader<File>>),
}

impl Original<'_> {
    /// Where it lies, as it is stored: for messages.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens it at its beginning.
    ///
    /// # Errors
    /// When it is missing or cannot be read, or an encrypted one is not what was written for it.
    pub fn open(&self) -> io::Result<OpenOriginal> {
        let file = File::open(&self.path)?;
        let Some(keys) = self.keys else { return Ok(OpenOriginal::Plain(file)) };
        let reader = Reader::open(keys.files(), file, self.item.0.as_bytes())?;
        Ok(OpenOriginal::Sealed(Box::new(reader)))
    }
}

impl Read for OpenOriginal {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.read(buffer),
            Self::Sealed(reader) => reader.read(buffer),
        }
    }
}

impl Seek for OpenOriginal {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Plain(file) => file.seek(to),
            Self::Sealed(reader) => reader.seek(to),
        }
    }
}
