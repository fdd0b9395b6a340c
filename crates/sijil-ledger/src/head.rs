//! Signed heads: size and root of a tree, vouched for by a register's key.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::hash::Hash;

/// Size and root of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of leaves.
    pub size: u64,
    /// Root over them.
    pub root: Hash,
}

/// First bytes of every signed head: name and version of the format.
const MAGIC: &[u8] = b"sijil head 1\n";

impl Head {
    /// The bytes that are signed: the format's name, the size as eight bytes (big-endian), the
    /// root.
    pub fn to_bytes(&self) -> Vec<u8> {
        [MAGIC, &self.size.to_be_bytes(), self.root.as_bytes()].concat()
    }
}

/// Signs heads with an Ed25519 key.
pub struct Signer(SigningKey);

impl Signer {
    /// The signer of a 32-byte secret seed. The caller draws it at random and keeps it.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }

    /// Public half of the key.
    pub fn public_key(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Signature over a head; the same head and key give the same bytes.
    pub fn sign(&self, head: &Head) -> [u8; 64] {
        self.0.sign(&head.to_bytes()).to_bytes()
    }
}

/// First bytes of every cosignature: name and version of the format.
const COSIGNATURE: &[u8] = b"sijil cosignature 1\n";

/// The bytes that a witness signs: the format's name, the public key of the register that the head
/// is of, the head's own bytes. So a witness's word on one register is none on another.
fn witnessed(of: &[u8; 32], head: &Head) -> Vec<u8> {
    [COSIGNATURE, of.as_slice(), &head.to_bytes()].concat()
}

impl Signer {
    /// Signature of a witness over a head of the register with the key `of`.
    pub fn cosign(&self, of: &[u8; 32], head: &Head) -> [u8; 64] {
        self.0.sign(&witnessed(of, head)).to_bytes()
    }
}

/// Whether `signature` is the word of the witness with this public key on a head of the register
/// with the key `of`.
pub fn verify_cosignature(
    witness: &[u8; 32],
    of: &[u8; 32],
    head: &Head,
    signature: &[u8],
) -> bool {
    let Ok(key) = VerifyingKey::from_bytes(witness) else { return false };
    let Ok(signature) = Signature::from_slice(signature) else { return false };
    key.verify_strict(&witnessed(of, head), &signature).is_ok()
}

/// Whether `signature` over `head` is by the key with this public half.
pub fn verify(public_key: &[u8; 32], head: &Head, signature: &[u8]) -> bool {
    let Ok(key) = VerifyingKey::from_bytes(public_key) else { return false };
    let Ok(signature) = Signature::from_slice(signature) else { return false };
    // Strict: one signature a head and key, no other encodings of it.
    key.verify_strict(&head.to_bytes(), &signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;

    #[test]
    fn a_signature_holds_for_its_head_and_key_alone() {
        let signer = Signer::from_seed([7; 32]);
        let head = Head { size: 3, root: leaf_hash(b"a") };
        let signature = signer.sign(&head);
        assert!(verify(&signer.public_key(), &head, &signature));
        assert!(!verify(&signer.public_key(), &Head { size: 4, ..head }, &signature));
        assert!(!verify(&Signer::from_seed([8; 32]).public_key(), &head, &signature));
        let of = signer.public_key();
        let witness = Signer::from_seed([9; 32]);
        let word = witness.cosign(&of, &head);
        assert!(verify_cosignature(&witness.public_key(), &of, &head, &word));
        assert!(!verify_cosignature(&witness.public_key(), &[1; 32], &head, &word));
        assert!(!verify_cosignature(&of, &of, &head, &word));
        assert!(!verify(&witness.public_key(), &head, &word), "no signature of its own head");
        let mut flipped = signature;
        flipped[10] ^= 1;
        assert!(!verify(&signer.public_key(), &head, &flipped));
        assert!(!verify(&signer.public_key(), &head, &signature[..63]));
    }
}
