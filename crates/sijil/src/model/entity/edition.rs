//! Editions: what was published, frozen at a point of the history.

use serde::{Deserialize, Serialize};

/// A frozen state of what was published: enough to make the same bytes again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Last ledger entry that counts in it.
    pub entry: u64,
    /// Title given where the settings name none.
    pub title: String,
    /// Whether names of victims are shown.
    pub names: bool,
    /// What was counted, in short: see the report's fingerprint.
    pub fingerprint: String,
    /// The files with their hashes.
    pub files: Vec<EditionFile>,
    /// Version of the program that wrote them: another may draw the same figures otherwise.
    pub program: String,
}

/// One file of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionFile {
    /// Its name.
    pub file: String,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
}
