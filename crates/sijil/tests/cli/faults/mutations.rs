//! Seeds of the fuzz targets, changed at random and read: a short run of what `fuzz/` does for hours,
//! on a stable compiler and without a guide.

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use sijil::intake::{self, Allowance};
use sijil::model::Format;

use super::{asked, figure};
use crate::fixture::repository;

/// Readers, and the folder of their seeds.
const READERS: &[(&str, Format)] = &[
    ("txt", Format::Txt),
    ("html", Format::Html),
    ("eml", Format::Eml),
    ("entry", Format::Entry),
    ("csv", Format::Csv),
    ("json", Format::Json),
    ("settings", Format::Settings),
    ("columns", Format::Columns),
    ("feed", Format::Feed),
    ("warc", Format::Warc),
    ("mail", Format::Eml),
];

/// What `read` says of a file on which a reader panicked.
const CAUGHT: &str = "is damaged: kept as evidence, not read";

/// Bytes that mean something to one reader or another.
const SIGNS: &[u8] = b"\0\xFF<>&\"'=[]{}0\n\r;,";

/// Numbers by chance, the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most.max(1) as u64).expect("below a length")
    }
}

/// Up to eight changes: a bit, a byte, a piece removed, doubled or moved.
fn changed(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len());
        let end = (at + 1 + dice.below(32)).min(bytes.len());
        match dice.below(5) {
            _ if bytes.is_empty() => return bytes,
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = SIGNS[dice.below(SIGNS.len())],
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                let times = 1 + dice.below(64);
                bytes.splice(at..at, piece.repeat(times));
            }
            _ => {
                let piece: Vec<u8> = bytes.drain(at..end).collect();
                let to = dice.below(bytes.len() + 1).min(bytes.len());
                bytes.splice(to..to, piece);
            }
        }
    }
    bytes
}

/// Whether a reader panicked on a file.
fn panics(name: &str, format: Format, path: &Path, bytes: u64) -> bool {
    if intake::holds_items(format) && name != "eml" {
        let unpacked = panic::catch_unwind(AssertUnwindSafe(|| {
            let mut allowance = Allowance::of(bytes);
            let _: Result<_, ()> =
                intake::unpack("a", format, &path, 0, &mut allowance, &mut |_, member| {
                    Ok(std::io::copy(member, &mut std::io::sink()).err())
                });
        }));
        return unpacked.is_err();
    }
    let (_, problems) = intake::read("a", format, &path, bytes);
    problems.iter().any(|problem| problem.message == CAUGHT)
}

#[test]
fn no_reader_panics_on_what_chance_makes_of_a_file() {
    let each = asked("SIJIL_FAULT_MUTATIONS", 150);
    let folder = tempfile::tempdir().expect("a throw-away folder");
    let path = folder.path().join("a");
    let mut wrongs = Vec::new();
    for (nth, (name, format)) in (1..).zip(READERS) {
        let seed = std::fs::read(repository("fuzz/seeds").join(name).join("first"));
        let seed = seed.expect("a seed");
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ nth);
        for time in 0..each {
            let bytes = changed(&seed, &mut dice);
            std::fs::write(&path, &bytes).expect("can be written");
            if panics(name, *format, &path, bytes.len() as u64) {
                wrongs.push(format!("{name}, change {time}"));
            }
        }
    }
    figure(&format!(
        "{} readers given {each} changed files each: {} panics",
        READERS.len(),
        wrongs.len()
    ));
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
}
