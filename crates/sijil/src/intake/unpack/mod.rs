//! What a file holds within it: members of archives, attachments of mails, entries of feeds, pages of
//! web archives, the one file behind a `.gz`. Each becomes an item of its own.
//!
//! A member's name is a label in the register, `archive.zip/report.txt`; nothing is ever written
//! under it. Still a name that leads out of its archive is refused: whoever made it meant harm.
//! Everything is bounded together, over all that one file holds, however deep.

mod feed;
mod gz;
mod mail;
mod warc;
mod zip;

use std::collections::BTreeSet;
use std::io::{self, Read};

use super::bytes::Bytes;
use crate::model::{Format, Place, Problem};

/// Archives within archives that are opened.
const DEEPEST: usize = 4;

/// Members of one file that are taken in, however deep they lie.
const MOST_MEMBERS: u32 = 20_000;

/// Bytes that one file may unpack to, however deep they lie.
const LARGEST: u64 = 4 << 30;

/// Bytes that any file may unpack to, however small it is.
const ALWAYS: u64 = 32 << 20;

/// Times its own size that a file may unpack to beyond that.
const RATIO: u64 = 100;

/// Bytes of a member's name.
const LONGEST_NAME: usize = 512;

/// Names that programs leave in archives and nobody hands over.
const LEFT_BEHIND: &[&str] = &["__MACOSX", "Thumbs.db", "desktop.ini"];

/// What may still be taken out of one file that came in.
#[derive(Debug)]
pub struct Allowance {
    members: u32,
    bytes: u64,
}

impl Allowance {
    /// For a file of this many bytes.
    pub fn of(bytes: u64) -> Self {
        Self { members: MOST_MEMBERS, bytes: bytes.saturating_mul(RATIO).clamp(ALWAYS, LARGEST) }
    }
}

/// Takes one member: its name and its bytes. Gives the error with which the bytes ended before
/// their end, if they did; fails when it cannot keep them.
pub type Take<'a, E> = dyn FnMut(&str, &mut dyn Read) -> Result<Option<io::Error>, E> + 'a;

/// Whether files of this format hold others.
pub fn holds_items(format: Format) -> bool {
    use Format::{Eml, Feed, Gz, Warc, Zip};
    matches!(format, Zip | Gz | Eml | Feed | Warc)
}

/// Hands every member of the file called `name` to `take`, in order. `depth` counts the
/// files around it.
///
/// # Errors
/// When `take` fails. What cannot be read is a problem, and the rest is taken.
pub fn unpack<E>(
    name: &str,
    format: Format,
    from: &dyn Bytes,
    depth: usize,
    allowance: &mut Allowance,
    take: &mut Take<'_, E>,
) -> Result<Vec<Problem>, E> {
    let mut members =
        Members { within: name, taken: BTreeSet::new(), allowance, take, problems: Vec::new() };
    if depth >= DEEPEST {
        let why = format!("lies within {depth} other archives: kept, not opened");
        members.problem(name, why);
        return Ok(members.problems);
    }
    match format {
        Format::Zip => zip::members(from, &mut members)?,
        Format::Gz => gz::members(from, &mut members)?,
        Format::Eml => mail::members(from, &mut members)?,
        Format::Feed => feed::members(from, &mut members)?,
        Format::Warc => warc::members(from, &mut members)?,
        _ => {}
    }
    Ok(members.problems)
}

/// What a reader of members needs: where they go and what may still go there.
struct Members<'a, 't, E> {
    within: &'a str,
    taken: BTreeSet<String>,
    allowance: &'a mut Allowance,
    take: &'a mut Take<'t, E>,
    problems: Vec<Problem>,
}

/// Whether to go on with the next member.
type Next = bool;

impl<E> Members<'_, '_, E> {
    fn problem(&mut self, file: &str, message: String) {
        let place = Place::File;
        self.problems.push(Problem { file: file.to_owned(), place, message });
    }

    /// A problem of the file as a whole.
    fn damaged(&mut self, message: String) {
        let within = self.within.to_owned();
        self.problem(&within, message);
    }

    /// Hands over one member, or says why not. `size` is what it declares, if anything.
    fn member(&mut self, raw: &str, size: u64, bytes: &mut dyn Read) -> Result<Next, E> {
        let parts = match parts(raw) {
            Ok(parts) if parts.is_empty() => return Ok(true),
            Ok(parts) => parts,
            Err(why) => {
                self.damaged(format!("a member {why}: refused; ask who made the archive"));
                return Ok(true);
            }
        };
        if parts.iter().any(|p| p.starts_with('.') || LEFT_BEHIND.contains(&p.as_str())) {
            return Ok(true);
        }
        let name = self.name(&parts.join("/"));
        if self.allowance.members == 0 {
            self.damaged(format!(
                "holds more than {MOST_MEMBERS} files: the rest is not taken out"
            ));
            return Ok(false);
        }
        if size > self.allowance.bytes {
            self.problem(&name, self.too_large());
            return Ok(true);
        }
        self.allowance.members -= 1;
        let mut limited = Limited { bytes, left: &mut self.allowance.bytes, full: false };
        let ended = (self.take)(&name, &mut limited)?;
        let full = limited.full;
        if full {
            self.problem(&name, self.too_large());
            self.damaged("what stands behind it in the archive is not taken out".to_owned());
        } else if let Some(e) = ended {
            self.problem(&name, format!("cannot be unpacked ({e}); ask for the file again"));
        }
        Ok(!full)
    }

    fn too_large(&self) -> String {
        format!(
            "would unpack to more than is taken out of one file ({RATIO} times its size, at most \
             {} GiB): kept packed, not read",
            LARGEST >> 30
        )
    }

    /// The full name of a member; a second one of the same name gets a number.
    fn name(&mut self, own: &str) -> String {
        let whole = format!("{}/{own}", self.within);
        let name = (2_u64..).map(|n| format!("{whole}~{n}")).find(|n| !self.taken.contains(n));
        let name = if self.taken.contains(&whole) { name.unwrap_or(whole) } else { whole };
        self.taken.insert(name.clone());
        name
    }
}

/// The parts of a member's name; why it is refused, without quoting it.
fn parts(raw: &str) -> Result<Vec<String>, &'static str> {
    let name = raw.replace('\\', "/");
    let drive = name.as_bytes().get(1) == Some(&b':');
    if name.contains('\0') {
        return Err("has a name with a zero in it");
    }
    if name.starts_with('/') || drive {
        return Err("has a name that begins at the root of a disk");
    }
    if name.len() > LONGEST_NAME {
        return Err("has a name that is too long");
    }
    let mut parts = Vec::new();
    for part in name.split('/') {
        match part.trim() {
            "" | "." => {}
            ".." => return Err("has a name that leads out of the archive"),
            part => parts.push(part.chars().map(shown).collect()),
        }
    }
    Ok(parts)
}

/// Signs that make a name look like another stand as a mark in their place.
fn shown(c: char) -> char {
    let steering = matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}');
    let isolating = matches!(c, '\u{2066}'..='\u{2069}' | '\u{FEFF}');
    if c.is_control() || steering || isolating { '\u{FFFD}' } else { c }
}

/// Bytes that count against an allowance.
struct Limited<'a> {
    bytes: &'a mut dyn Read,
    left: &'a mut u64,
    full: bool,
}

impl Read for Limited<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(*self.left).unwrap_or(usize::MAX).min(buffer.len());
        if most == 0 && !buffer.is_empty() {
            // One byte more tells whether anything is left out.
            let over = self.bytes.read(&mut [0])? > 0;
            self.full = over;
            return if over { Err(io::Error::other("the limit is reached")) } else { Ok(0) };
        }
        let count = self.bytes.read(&mut buffer[..most])?;
        *self.left -= count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
