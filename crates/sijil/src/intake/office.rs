//! Office files are zip archives of XML parts: opened with what they declare checked first.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use jiff::civil::Date;
use zip::ZipArchive;
use zip::result::ZipError;

use super::bytes::{Bytes, Stream};
use super::dates::day_of;
use super::xml::{Piece, walk};

/// Bytes that the parts of an office file may unpack to, all together.
pub(super) const LARGEST_UNPACKED: u64 = 1 << 30;

/// Entries of an archive that are looked at: its directory is held in memory.
pub(super) const MOST_ENTRIES: u64 = 20_000;

/// An archive whose directory was read.
pub(super) type Archive = ZipArchive<BufReader<Box<dyn Stream>>>;

/// Opens an office file.
///
/// # Errors
/// Says what is wrong with it.
pub(super) fn open(from: &dyn Bytes) -> Result<Archive, String> {
    let mut archive = open_archive(from)?;
    // From the directory at the end: the entries' own heads may leave their sizes open.
    let mut size = 0_u64;
    for number in 0..archive.len() {
        size = size.saturating_add(archive.by_index_raw(number).map_err(|e| damage(&e))?.size());
    }
    if size > LARGEST_UNPACKED {
        return Err(format!("would unpack to {size} bytes: kept, not read"));
    }
    Ok(archive)
}

/// Opens any zip archive with no more entries than are looked at.
///
/// # Errors
/// Says what is wrong with it.
pub(super) fn open_archive(from: &dyn Bytes) -> Result<Archive, String> {
    let mut file = from.open().map_err(|e| format!("cannot be read ({e}); try again"))?;
    let entries = declared_entries(&mut file).map_err(|e| damage(&ZipError::Io(e)))?;
    if entries > MOST_ENTRIES {
        return Err(format!("declares {entries} entries, more than the {MOST_ENTRIES} read"));
    }
    file.rewind().map_err(|e| damage(&ZipError::Io(e)))?;
    ZipArchive::new(BufReader::new(file)).map_err(|e| damage(&e))
}

/// The number of entries that the end of an archive declares; 0 where it has no such end.
fn declared_entries(file: &mut dyn Stream) -> io::Result<u64> {
    /// Bytes of the end record and the longest comment behind it.
    const TAIL: u64 = 22 + 65_535;
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    let Some(end) = tail.windows(4).rposition(|four| four == b"PK\x05\x06") else { return Ok(0) };
    let short = tail.get(end + 10..end + 12).map_or(0, |n| u64::from(n[0]) | u64::from(n[1]) << 8);
    let locator = end.checked_sub(20).and_then(|at| tail.get(at..at + 16));
    let Some(locator) = locator.filter(|l| l.starts_with(b"PK\x06\x07")) else { return Ok(short) };
    file.seek(SeekFrom::Start(number(&locator[8..16])))?;
    let mut long = [0; 40];
    file.read_exact(&mut long)?;
    Ok(number(&long[32..40]).max(short))
}

/// A little-endian number.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// The part of this name; `None` where the archive has none.
///
/// # Errors
/// Says why it cannot be unpacked.
pub(super) fn part<'a>(
    archive: &'a mut Archive,
    name: &str,
) -> Result<Option<impl Read + use<'a>>, String> {
    match archive.by_name(name) {
        Ok(part) => Ok(Some(part)),
        Err(ZipError::FileNotFound) => Ok(None),
        Err(e) => Err(damage(&e)),
    }
}

/// What is wrong with an archive and what to do.
pub(super) fn damage(error: &ZipError) -> String {
    format!("is no whole archive ({error}); ask its sender for the file again")
}

/// What an office file says of itself.
#[derive(Default)]
pub(super) struct Properties {
    /// Title as its author entered it.
    pub(super) title: Option<String>,
    /// Day on which it was last changed, else on which it was made.
    pub(super) day: Option<Date>,
}

/// Reads the part with the properties; a damaged one says nothing.
pub(super) fn properties(archive: &mut Archive, name: &str) -> Properties {
    let mut properties = Properties::default();
    let (mut inside, mut changed, mut made) = (String::new(), None, None);
    let Ok(Some(source)) = part(archive, name) else { return properties };
    let read = walk(source, &mut |piece| match piece {
        Piece::Open(tag) => inside.clone_from(&tag.name),
        Piece::Close(_) => inside.clear(),
        Piece::Text(text) => match inside.as_str() {
            "title" => properties.title.get_or_insert_default().push_str(text),
            "modified" | "date" => changed = day_of(text).or(changed),
            "created" | "creation-date" => made = day_of(text).or(made),
            _ => {}
        },
    });
    if read.is_err() {
        return Properties::default();
    }
    properties.title = properties.title.map(|title| title.trim().to_owned());
    properties.title = properties.title.filter(|title| !title.is_empty());
    properties.day = changed.or(made);
    properties
}
