//! Signed heads and inclusion in the tree of RFC 6962.

use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Size and root of a ledger, with the signature over them.
#[derive(Debug)]
pub struct Head {
    /// Number of entries.
    pub size: u64,
    /// Root over their leaf hashes.
    pub root: [u8; 32],
    signature: Vec<u8>,
}

impl Head {
    /// A head from its JSON; `None` where a part is missing.
    pub(crate) fn of(json: &Value) -> Option<Self> {
        Some(Self {
            size: json["size"].as_u64()?,
            root: unhex(json["root"].as_str()?)?.try_into().ok()?,
            signature: unhex(json["signature"].as_str()?)?,
        })
    }

    /// Whether the key of these hexadecimal digits has signed it.
    pub(crate) fn is_signed_by(&self, key: &str) -> bool {
        let bytes = [b"sijil head 1\n", self.size.to_be_bytes().as_slice(), &self.root].concat();
        let key: Option<[u8; 32]> = unhex(key).and_then(|key| key.try_into().ok());
        let key = key.and_then(|key| VerifyingKey::from_bytes(&key).ok());
        let signature = Signature::from_slice(&self.signature);
        key.zip(signature.ok()).is_some_and(|(key, s)| key.verify_strict(&bytes, &s).is_ok())
    }

    /// Whether `proof`, a list of hashes in hexadecimal digits, shows that the leaf is number
    /// `index` under this head (RFC 9162, section 2.1.3.2).
    pub(crate) fn includes(&self, leaf: &[u8; 32], index: u64, proof: &Value) -> bool {
        let hashes = proof.as_array().map(|all| all.iter().map(|hash| unhex(hash.as_str()?)));
        let Some(path) = hashes.and_then(Iterator::collect::<Option<Vec<_>>>) else { return false };
        if index >= self.size {
            return false;
        }
        let (mut node, mut last) = (index, self.size - 1);
        let mut hash = leaf.to_vec();
        for sibling in path {
            if last == 0 {
                return false;
            }
            if node % 2 == 1 || node == last {
                hash = join(&sibling, &hash);
                while node % 2 == 0 && node != 0 {
                    (node, last) = (node >> 1, last >> 1);
                }
            } else {
                hash = join(&hash, &sibling);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        last == 0 && hash == self.root
    }
}

fn join(left: &[u8], right: &[u8]) -> Vec<u8> {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().to_vec()
}

/// Hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes of lower-case hexadecimal digits.
pub(crate) fn unhex(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.as_bytes();
    let value = |digit: &u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let byte = |pair: &[u8]| match pair {
        [high, low] => Some(value(high)? << 4 | value(low)?),
        _ => None,
    };
    digits.chunks(2).map(byte).collect()
}
