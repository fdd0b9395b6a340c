//! Where bytes come from: a file of the user's, or an original that only its register can open.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes that can be read from any place.
pub trait Stream: Read + Seek + Send {}

impl<T: Read + Seek + Send> Stream for T {}

/// Bytes that can be opened more than once.
pub trait Bytes: Sync {
    /// Opens them at their beginning.
    ///
    /// # Errors
    /// When they cannot be read.
    fn open(&self) -> io::Result<Box<dyn Stream>>;
}

impl Bytes for &Path {
    fn open(&self) -> io::Result<Box<dyn Stream>> {
        Ok(Box::new(File::open(self)?))
    }
}

impl Bytes for PathBuf {
    fn open(&self) -> io::Result<Box<dyn Stream>> {
        self.as_path().open()
    }
}

/// Bytes that are held already.
pub(super) struct Held(pub(super) Arc<[u8]>);

impl Bytes for Held {
    fn open(&self) -> io::Result<Box<dyn Stream>> {
        Ok(Box::new(Cursor::new(Arc::clone(&self.0))))
    }
}

/// How many there are.
///
/// # Errors
/// When they cannot be read.
pub fn length(bytes: &dyn Bytes) -> io::Result<u64> {
    bytes.open()?.seek(SeekFrom::End(0))
}

/// All of them.
pub(super) fn whole(bytes: &dyn Bytes) -> io::Result<Vec<u8>> {
    let mut stream = bytes.open()?;
    let length = stream.seek(SeekFrom::End(0))?;
    stream.rewind()?;
    let mut all = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    stream.read_to_end(&mut all)?;
    Ok(all)
}
