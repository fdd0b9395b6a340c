//! The name lists that are learned from and measured on, and which rows of them are held out.
//!
//! The lists lie beside the repository and are not part of it: some hold the names of the killed.
//! No row of them is ever printed. What is held out is a function of the name alone, so that
//! learning and measuring agree on it and no name stands on both sides.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use sijil_text::letters::fold;

/// A name or a part of one in both scripts.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) arabic: String,
    pub(crate) latin: String,
    /// `en`, `fr` or `alias` for Wikidata, the split for single tokens, else empty.
    pub(crate) kind: String,
}

/// The folder of the lists: `SIJIL_NAMES_DATA`, or where the project keeps them.
pub(crate) fn folder() -> PathBuf {
    let beside = || {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        own.ancestors().nth(2).unwrap_or(own).join("shared/data/names")
    };
    std::env::var_os("SIJIL_NAMES_DATA").map_or_else(beside, PathBuf::from)
}

/// What a name may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// To learn how parts are written.
    Parts,
    /// To learn how much parts weigh in a name, and probabilities.
    Weights,
    /// To measure.
    Measure,
}

/// What the person of this Arabic name is used for: three in five for parts, one each for the rest.
pub(crate) fn used_for(arabic: &str) -> Use {
    let bytes = fold(arabic).into_bytes();
    // FNV-1a, written out so that the split never changes with a library; its low bits are mixed.
    let hash = bytes.iter().filter(|b| !b.is_ascii_whitespace());
    let hash = hash.fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
        (h ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    match (hash ^ (hash >> 29)) % 5 {
        0 => Use::Measure,
        1 => Use::Weights,
        _ => Use::Parts,
    }
}

/// People of 25 countries, from Wikidata.
pub(crate) fn wikidata() -> Result<Vec<Pair>> {
    rows::<(String, String, String, String)>("wikidata_names_ar_latin.csv")
        .map(|rows| rows.into_iter().map(|(a, l, _, kind)| pair(a, l, kind)).collect())
}

/// Single tokens, with the split that their makers gave them.
pub(crate) fn tokens() -> Result<Vec<Pair>> {
    rows::<(String, String, u64, String)>("wikidata_tokens_ar_en.csv")
        .map(|rows| rows.into_iter().map(|(a, l, _, split)| pair(a, l, split)).collect())
}

/// The killed of Gaza, romanised by a dictionary.
pub(crate) fn gaza() -> Result<Vec<Pair>> {
    two_columns("gaza_ar_en.csv")
}

/// Journalists killed, romanised by people.
pub(crate) fn press() -> Result<Vec<Pair>> {
    two_columns("press_ar_en.csv")
}

/// One person written in two ways, both Arabic (`latin` is the second way).
pub(crate) fn variants() -> Result<Vec<Pair>> {
    two_columns("gaza_ar_spelling_variants.csv")
}

fn two_columns(file: &str) -> Result<Vec<Pair>> {
    let rows = rows::<(String, String)>(file)?;
    Ok(rows.into_iter().map(|(a, l)| pair(a, l, String::new())).collect())
}

fn pair(arabic: String, latin: String, kind: String) -> Pair {
    Pair { arabic, latin, kind }
}

fn rows<T: DeserializeOwned>(file: &str) -> Result<Vec<T>> {
    let path = folder().join(file);
    let missing =
        || format!("{} cannot be read; SIJIL_NAMES_DATA says where the lists are", path.display());
    let mut reader = csv::Reader::from_path(&path).with_context(missing)?;
    reader.deserialize().collect::<Result<_, _>>().with_context(|| format!("{file} is damaged"))
}
