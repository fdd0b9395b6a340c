//! Originals as encrypted streams: blocks that cannot be left out, moved, cut off or swapped.
//!
//! The STREAM construction over XChaCha20-Poly1305: each block's nonce holds its number and whether
//! it is the last. The last block also vouches for the SHA-256 of the whole, which is known only
//! when all is written, so that one file cannot lie under the name of another. A reader checks that
//! block before it gives the first byte, and each other block before it gives any of it.

use std::io::{self, Read, Seek, SeekFrom, Write};

use aead_stream::{NewStream, StreamBE32, StreamPrimitive};
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::Payload;
use zeroize::Zeroizing;

use crate::key::Key;

/// Plain bytes of every block but the last, which may have fewer.
pub const BLOCK: usize = 64 << 10;

/// Random bytes that each file begins with, behind [`MAGIC`].
pub const NONCE: usize = 19;

/// First bytes of an encrypted original: name and version of the format.
const MAGIC: &[u8; 8] = b"sijilev1";

/// Bytes before the first block.
const START: u64 = (MAGIC.len() + NONCE) as u64;

/// Bytes that encryption adds to a block.
const TAG: usize = 16;

type Stream = StreamBE32<XChaCha20Poly1305>;

fn cipher(key: &Key, nonce: &[u8; NONCE]) -> Stream {
    Stream::new(key.bytes().into(), nonce.into())
}

/// Takes plain bytes and writes encrypted ones.
pub struct Writer<W> {
    to: W,
    cipher: Stream,
    block: Zeroizing<Vec<u8>>,
    number: u32,
}

impl<W: Write> Writer<W> {
    /// Begins a file with a nonce that was drawn for it alone.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(key: &Key, nonce: &[u8; NONCE], mut to: W) -> io::Result<Self> {
        to.write_all(MAGIC)?;
        to.write_all(nonce)?;
        let block = Zeroizing::new(Vec::with_capacity(BLOCK));
        Ok(Self { to, cipher: cipher(key, nonce), block, number: 0 })
    }

    /// Ends the file and binds it to `original`, the SHA-256 of all that was written.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self, original: &[u8]) -> io::Result<W> {
        self.seal(true, original)?;
        self.to.flush()?;
        Ok(self.to)
    }

    fn seal(&mut self, last: bool, aad: &[u8]) -> io::Result<()> {
        let plain = Payload { msg: &self.block, aad };
        let sealed = self.cipher.encrypt(self.number, last, plain);
        self.to.write_all(&sealed.map_err(|_| io::Error::other("a block cannot be encrypted"))?)?;
        self.block.clear();
        self.number = self.number.checked_add(1).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(())
    }
}

impl<W: Write> Write for Writer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full block waits until more comes: it may be the last.
        if self.block.len() == BLOCK && !bytes.is_empty() {
            self.seal(false, &[])?;
        }
        let count = bytes.len().min(BLOCK - self.block.len());
        self.block.extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    /// What is less than a block waits for the rest.
    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Gives the plain bytes of an encrypted file, from any place.
pub struct Reader<R> {
    from: R,
    cipher: Stream,
    original: Vec<u8>,
    /// Plain bytes of all.
    length: u64,
    position: u64,
    /// The block that is open, and its plain bytes.
    open: Option<(u64, Zeroizing<Vec<u8>>)>,
}

impl<R: Read + Seek> Reader<R> {
    /// Opens the file of `original`, the SHA-256 of its plain bytes, and checks its end.
    ///
    /// # Errors
    /// When it cannot be read, or is not that file as it was written.
    pub fn open(key: &Key, mut from: R, original: &[u8]) -> io::Result<Self> {
        let end = from.seek(SeekFrom::End(0))?;
        let (magic, nonce) = start(&mut from)?;
        let length = plain_length(end).filter(|_| magic == *MAGIC);
        let length = length.ok_or_else(|| damaged("it is cut off or no encrypted original"))?;
        let cipher = cipher(key, &nonce);
        let mut reader =
            Self { from, cipher, original: original.to_vec(), length, position: 0, open: None };
        reader.block(reader.last())?;
        Ok(reader)
    }

    /// Number of the last block.
    fn last(&self) -> u64 {
        self.length.saturating_sub(1) / BLOCK as u64
    }

    /// The plain bytes of a block.
    fn block(&mut self, number: u64) -> io::Result<&[u8]> {
        if self.open.as_ref().is_none_or(|(open, _)| *open != number) {
            let last = number == self.last();
            let begin = START + number * (BLOCK + TAG) as u64;
            let mut sealed = Vec::with_capacity(BLOCK + TAG);
            self.from.seek(SeekFrom::Start(begin))?;
            (&mut self.from).take((BLOCK + TAG) as u64).read_to_end(&mut sealed)?;
            let aad = if last { self.original.as_slice() } else { &[] };
            let counter = u32::try_from(number).map_err(|_| damaged("it is too long"))?;
            let plain = self.cipher.decrypt(counter, last, Payload { msg: &sealed, aad });
            let plain = plain.map_err(|_| damaged("a block is not what was written"))?;
            self.open = Some((number, Zeroizing::new(plain)));
        }
        Ok(self.open.as_ref().map_or(&[], |(_, plain)| plain.as_slice()))
    }
}

/// What a file begins with.
fn start(from: &mut (impl Read + Seek)) -> io::Result<([u8; MAGIC.len()], [u8; NONCE])> {
    let (mut magic, mut nonce) = ([0; MAGIC.len()], [0; NONCE]);
    from.rewind()?;
    let read = from.read_exact(&mut magic).and_then(|()| from.read_exact(&mut nonce));
    match read {
        Ok(()) => Ok((magic, nonce)),
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Err(damaged("it is cut off")),
        Err(e) => Err(e),
    }
}

/// Plain bytes in a file of so many; `None` where no file can have that length.
fn plain_length(file: u64) -> Option<u64> {
    let (sealed, whole) = (file.checked_sub(START)?, (BLOCK + TAG) as u64);
    let (blocks, rest) = (sealed / whole, sealed % whole);
    match rest.checked_sub(TAG as u64) {
        // Only a file without a byte ends with a block without one.
        Some(0) if blocks > 0 => None,
        Some(plain) => Some(blocks * BLOCK as u64 + plain),
        None => Some(blocks * BLOCK as u64).filter(|_| rest == 0 && blocks > 0),
    }
}

fn damaged(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("an encrypted original is damaged: {why}"))
}

impl<R: Read + Seek> Read for Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.length || buffer.is_empty() {
            return Ok(0);
        }
        let (number, within) = (self.position / BLOCK as u64, self.position % BLOCK as u64);
        let within = usize::try_from(within).unwrap_or(usize::MAX);
        let plain = self.block(number)?.get(within..).unwrap_or_default();
        let count = plain.len().min(buffer.len());
        buffer[..count].copy_from_slice(&plain[..count]);
        self.position += count as u64;
        Ok(count)
    }
}

impl<R: Read + Seek> Seek for Reader<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
        };
        self.position = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

#[cfg(test)]
mod tests;
