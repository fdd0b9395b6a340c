//! Times evidence: bytes hashed and stored, entries appended, proofs made.
//!
//! `cargo bench -p sijil --bench evidence -- FOLDER` works in that folder, which must not be there,
//! and prints one line a measurement: name, number, unit (between tabs). Rates are by seconds of
//! processor, so that other work on the machine does not count. `cargo xtask bench evidence` makes
//! a table of it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use sijil::model::FixedClock;
use sijil::register::Register;
use sijil::work::{self, Hand, Quiet};
use sijil_ledger::{Hash, Tree, leaf_hash, verify_inclusion};

/// Large files.
const LARGE: usize = 4;

/// Bytes of each.
const LARGE_BYTES: usize = 256 << 20;

/// Small files, as a folder of reports has them.
const SMALL: usize = 5000;

/// Entries appended to a register.
const ENTRIES: usize = 100_000;

/// Entries a transaction.
const BATCH: usize = 256;

/// Entries of the log that proofs are made in.
const LOG: u64 = 1_000_000;

/// Proofs made in it.
const PROOFS: u64 = 2000;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let [folder] = words.as_slice() else {
        // `cargo test` and `cargo bench` without arguments come by here: nothing is timed then.
        return;
    };
    let folder = PathBuf::from(folder);
    fs::create_dir_all(&folder).expect("a folder");
    hash(&folder);
    take_in(&folder);
    append(&folder);
    prove();
}

/// Bytes that no two places share: no medium can save on them.
fn noise(bytes: usize, seed: u64) -> Vec<u8> {
    let mut state = seed | 1;
    let mut word = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    (0..bytes / 8).flat_map(|_| word()).collect()
}

fn hash(folder: &Path) {
    let file = folder.join("noise");
    fs::write(&file, noise(LARGE_BYTES, 1)).expect("written");
    // The first look brings it into the memory of the system.
    sijil::intake::hash(&file).expect("hashed");
    let (_, clock, busy) = timed(|| sijil::intake::hash(&file).expect("hashed"));
    tell("hash of a file", megabytes(LARGE_BYTES) / busy, "MB/s");
    tell("hash of a file, by the clock", megabytes(LARGE_BYTES) / clock, "MB/s");
    fs::remove_file(&file).expect("removed");
}

fn take_in(folder: &Path) {
    let clock = FixedClock(jiff::Timestamp::UNIX_EPOCH);
    let hand = Hand { name: "bench", clock: &clock };
    let material = folder.join("large");
    fs::create_dir_all(&material).expect("a folder");
    for nth in 0..LARGE {
        let bytes = noise(LARGE_BYTES, 2 + nth as u64);
        fs::write(material.join(format!("{nth}.bin")), bytes).expect("written");
    }
    let mut register = work::init(&folder.join("register"), hand).expect("made");
    let (_, _, busy) = timed(|| work::add(&mut register, &material, &[], hand, &Quiet));
    tell("hash and store large files", megabytes(LARGE * LARGE_BYTES) / busy, "MB/s");
    fs::remove_dir_all(&material).expect("removed");
    let material = folder.join("small");
    fs::create_dir_all(&material).expect("a folder");
    for nth in 0..SMALL {
        let bytes = noise(2000, 100 + nth as u64);
        fs::write(material.join(format!("{nth}.txt")), bytes).expect("written");
    }
    let (added, _, busy) = timed(|| work::add(&mut register, &material, &[], hand, &Quiet));
    assert_eq!(added.expect("taken in").new, SMALL as u64);
    tell("take in small files, with their rows and entries", SMALL as f64 / busy, "files/s");
}

fn append(folder: &Path) {
    let clock = FixedClock(jiff::Timestamp::UNIX_EPOCH);
    let hand = Hand { name: "bench", clock: &clock };
    let mut register: Register = work::init(&folder.join("log"), hand).expect("made");
    let ((), wall, busy) = timed(|| {
        for _ in 0..ENTRIES / BATCH {
            let mut write = register.write().expect("begins");
            for nth in 0..BATCH {
                let said = json!({ "note": nth });
                write.append(clock.0, "bench", "note", &said).expect("appended");
            }
            write.commit().expect("committed");
        }
    });
    let entries = (ENTRIES / BATCH * BATCH) as f64;
    tell("append entries, 256 a transaction", entries / busy, "entries/s");
    tell("append entries, by the clock", entries / wall, "entries/s");
}

fn prove() {
    let leaf = |nth: u64| leaf_hash(&nth.to_be_bytes());
    let (tree, _, busy) = timed(|| Tree::from_leaves((0..LOG).map(leaf)));
    tell("build the tree of a log of 1,000,000 entries", busy * 1e3, "ms");
    let head = tree.head();
    let step = LOG / PROOFS;
    let (proofs, _, busy) = timed(|| {
        let prove = |nth| tree.inclusion(nth * step, LOG).expect("a proof");
        (0..PROOFS).map(prove).collect::<Vec<Vec<Hash>>>()
    });
    tell("inclusion proof in it", busy * 1e3 / PROOFS as f64, "ms");
    let longest = proofs.iter().map(|proof| proof.len() * 32).max().unwrap_or(0);
    tell("bytes of the longest of them", longest as f64, "bytes");
    let (sound, _, busy) = timed(|| {
        let numbered = (0..).zip(&proofs);
        numbered
            .filter(|(nth, proof)| {
                let index: u64 = nth * step;
                verify_inclusion(&leaf(index), index, &head, proof)
            })
            .count()
    });
    assert_eq!(sound, proofs.len(), "a proof does not hold");
    tell("check of such a proof", busy * 1e3 / PROOFS as f64, "ms");
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// One line of what is measured.
#[expect(clippy::print_stdout, reason = "what is measured is what it prints")]
fn tell(name: &str, number: f64, unit: &str) {
    println!("{name}\t{number:.4}\t{unit}");
}

/// Seconds that something takes, by the clock and on the processors.
#[expect(clippy::disallowed_methods, reason = "a benchmark is a stop-watch")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64, f64) {
    let (start, busy) = (std::time::Instant::now(), busy());
    let done = work();
    let wall = start.elapsed().as_secs_f64();
    // Hundredths of a second are all that the system tells: shorter ones are taken by the clock.
    let busy = self::busy() - busy;
    (done, wall, if busy >= 0.05 { busy } else { wall })
}

/// Seconds that this process has had of the processors; 0 where the system does not say.
fn busy() -> f64 {
    let about = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = about.rsplit(')').next().unwrap_or_default().split_whitespace();
    // User and system time are the 14th and 15th field, in hundredths of a second.
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
