//! Writes what was learned as the data files of `sijil-text`.
//!
//! Costs are negative logarithms in sixteenths of a nat, at most 254.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Result;
use sijil_text::names::spelling::{ARABIC, CHUNKS, PLACES, chunk_text, sign};

use super::parts::{Counts, Pairs, Seen};
use super::transducer::{Example, Transducer};

/// The most that is written.
const MOST: f64 = 254.0;
/// Writings of a letter rarer than this are left out: about 8 nats.
const RARE: f64 = 0.000_3;
/// Parts that fewer names have are left out, but for those of pairs.
const FEW: u32 = 4;
const ORIGIN: &str = "\
# Written by `cargo xtask names learn parts`; do not edit. Learned from names and aliases of Wikidata (CC0 1.0,\n\
# by way of the Python package arabic-name-romanizer 0.2.0) and from the token list of Merhav and Ash,\n\
# COLING 2018 (CC0 1.0, its training part)";

/// The same for weights of whole names.
pub(super) const WEIGHTS_ORIGIN: &str = "\
# Written by `cargo xtask names learn weights`; do not edit. Learned from pairs of names of Wikidata (CC0 1.0, by\n\
# way of the Python package arabic-name-romanizer 0.2.0), of the token list of Merhav and Ash, COLING 2018 (CC0 1.0,\n\
# its training part), and of the list of the killed of Gaza (public domain). Weights of what an alignment of two names\n\
# shows, and points of the scale from log odds to probability.\n";

/// Costs are written in sixteenths of a nat.
fn cost(probability: f64) -> u8 {
    let cost = (-16.0 * probability.ln()).round().clamp(0.0, MOST);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let cost = cost as u8;
    cost
}

/// How each Arabic letter is written.
pub(super) fn sounds(folder: &Path, model: &Transducer) -> Result<()> {
    let mut text = format!(
        "{ORIGIN} and, at a quarter of the weight, from\n\
         # the list of the killed of Gaza (public domain), as counts of letters only.\n\
         # The cost of each row of Latin letters for an Arabic letter in its place.\n\
         letter,place,latin,cost\n"
    );
    for (number, letter) in ARABIC.iter().enumerate() {
        for place in PLACES {
            let sign = usize::from(sign(number, place));
            for chunk in 0..CHUNKS {
                let probability = model.probability(sign, chunk);
                if probability >= RARE {
                    let (place, latin) = (place.word(), chunk_text(chunk));
                    let _ = writeln!(text, "{letter},{place},{latin},{}", cost(probability));
                }
            }
        }
    }
    Ok(fs::write(folder.join("name_sounds.csv"), text)?)
}

/// Which letter follows which, by script.
pub(super) fn letters(folder: &Path, examples: &[Example]) -> Result<()> {
    let mut text = format!(
        "{ORIGIN}.\n# The cost of a letter after another in parts of names; empty: the edge of the part.\n\
         script,before,letter,cost\n"
    );
    let last = PLACES.len();
    let arabic = examples.iter().map(|e| e.signs.iter().map(|s| usize::from(*s) / last).collect());
    bigrams(&mut text, "arabic", &ARABIC, arabic.collect());
    let alphabet: Vec<char> = ('a'..='z').collect();
    let latin = examples.iter().map(|e| e.letters.iter().map(|l| usize::from(*l)).collect());
    bigrams(&mut text, "latin", &alphabet, latin.collect());
    Ok(fs::write(folder.join("name_letters.csv"), text)?)
}

fn bigrams(text: &mut String, script: &str, alphabet: &[char], parts: Vec<Vec<usize>>) {
    let edge = alphabet.len();
    let mut counts = vec![vec![0.5_f64; edge + 1]; edge + 1];
    for part in parts {
        let mut before = edge;
        for letter in part.into_iter().chain([edge]) {
            counts[before][letter] += 1.0;
            before = letter;
        }
    }
    let shown = |at: usize| alphabet.get(at).map(char::to_string).unwrap_or_default();
    for (before, row) in counts.iter().enumerate() {
        let sum: f64 = row.iter().sum();
        for (letter, count) in row.iter().enumerate() {
            let (before, letter) = (shown(before), shown(letter));
            let _ = writeln!(text, "{script},{before},{letter},{}", cost(count / sum));
        }
    }
}

/// Parts that many names have, and pairs of parts.
pub(super) fn parts(folder: &Path, pairs: &Pairs, counts: &Counts) -> Result<(usize, usize)> {
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for ((arabic, _), seen) in pairs {
        *sums.entry(arabic).or_default() += seen.open;
    }
    let mut kept: BTreeMap<&str, f64> = BTreeMap::new();
    let mut lines = String::new();
    let mut written = 0;
    for ((arabic, latin_text), seen) in pairs {
        let probability = attested(*seen, sums[arabic.as_str()]);
        if seen.open < 2.0 {
            continue;
        }
        for part in [arabic, latin_text] {
            kept.insert(part, counts.share(part));
        }
        let _ = writeln!(lines, "{arabic},{latin_text},{}", cost(probability));
        written += 1;
    }
    let head = "# Pairs of parts met at least twice: the cost of the Latin one for the Arabic one.\n\
                arabic,latin,cost\n";
    fs::write(folder.join("name_pairs.csv"), format!("{ORIGIN}.\n{head}{lines}"))?;
    kept.extend(counts.of_at_least(FEW));
    let mut text = format!("{ORIGIN}.\n# How rare a part of a name is, by script.\npart,cost\n");
    for (part, share) in &kept {
        let _ = writeln!(text, "{part},{}", cost(*share));
    }
    fs::write(folder.join("name_parts.csv"), text)?;
    Ok((kept.len(), written))
}

/// How often an Arabic part is written as this Latin one, a little less than counted: the count
/// itself would leave nothing for spellings not met.
fn attested(seen: Seen, sum: f64) -> f64 {
    (seen.open - 0.5).max(0.1) / (sum + 1.0)
}
