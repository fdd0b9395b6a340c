//! A ledger head as one office hands it to another.

use serde::{Deserialize, Serialize};

/// A signed head in a file, with what lets a witness trust that nothing before it was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadFile {
    /// `sijil head file 1`.
    pub format: String,
    /// Public key of the register, in hexadecimal digits, as all bytes here.
    pub public_key: String,
    /// Number of entries.
    pub size: u64,
    /// Root over them.
    pub root: String,
    /// Signature of the register.
    pub signature: String,
    /// Proof that an older head is the beginning of this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Consistency>,
    /// Words of witnesses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cosignatures: Vec<Cosignature>,
}

/// Proof that the head of size `size` is the beginning of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consistency {
    /// Size of the older head.
    pub size: u64,
    /// Hashes of RFC 6962, section 2.1.2.
    pub proof: Vec<String>,
}

/// The word of another register that it has seen this head after all those it saw before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cosignature {
    /// Public key of the witness.
    pub public_key: String,
    /// Its signature over key and head.
    pub signature: String,
}

impl HeadFile {
    /// The format that is written and read.
    pub const FORMAT: &'static str = "sijil head file 1";
}
