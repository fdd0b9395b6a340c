//! Ledger entries in their canonical bytes.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// First bytes of every entry.
const MAGIC: &[u8] = b"sijil entry 1\n";

/// One entry.
pub(crate) struct Entry {
    pub(crate) number: u64,
    pub(crate) kind: String,
    pub(crate) body: Value,
    /// Leaf hash of RFC 6962 over the bytes.
    pub(crate) leaf: [u8; 32],
}

impl Entry {
    /// Reads the bytes: the magic, the number, then time, name, kind and body, each behind its
    /// length, and nothing after.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let broken = || "these are no bytes of an entry".to_owned();
        let mut rest = bytes.strip_prefix(MAGIC).ok_or_else(broken)?;
        let number = take_number(&mut rest).ok_or_else(broken)?;
        let mut texts = Vec::new();
        for _ in 0..4 {
            let length = take_number(&mut rest).and_then(|n| usize::try_from(n).ok());
            let (text, after) =
                length.and_then(|length| rest.split_at_checked(length)).ok_or_else(broken)?;
            texts.push(String::from_utf8(text.to_vec()).map_err(|_| broken())?);
            rest = after;
        }
        let (Some(body), Some(kind)) = (texts.pop(), texts.pop()) else { return Err(broken()) };
        if !rest.is_empty() {
            return Err(broken());
        }
        let body = serde_json::from_str(&body).map_err(|_| broken())?;
        let leaf = Sha256::new().chain_update([0]).chain_update(bytes).finalize().into();
        Ok(Self { number, kind, body, leaf })
    }
}

fn take_number(rest: &mut &[u8]) -> Option<u64> {
    let (first, after) = rest.split_first_chunk::<8>()?;
    *rest = after;
    Some(u64::from_be_bytes(*first))
}
