//! Bundles of evidence as one ZIP archive: stored, not packed, so that any tool can cut it open.

use std::io::{self, Read, Seek, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Writes the files of a bundle one after another. Same files, same bytes: no clock, no owner.
pub struct BundleWriter<W: Write + Seek> {
    zip: ZipWriter<W>,
}

impl<W: Write + Seek> BundleWriter<W> {
    /// A bundle that is written into `out`.
    pub fn new(out: W) -> Self {
        Self { zip: ZipWriter::new(out) }
    }

    /// Adds a file.
    ///
    /// # Errors
    /// When `content` cannot be read or the archive cannot be written.
    pub fn add(&mut self, name: &str, content: &mut dyn Read) -> io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default())
            .large_file(true);
        self.zip.start_file(name, options)?;
        io::copy(content, &mut self.zip)?;
        Ok(())
    }

    /// Ends the archive and gives back what it was written into.
    ///
    /// # Errors
    /// When its index cannot be written.
    pub fn finish(self) -> io::Result<W> {
        Ok(self.zip.finish()?)
    }
}
