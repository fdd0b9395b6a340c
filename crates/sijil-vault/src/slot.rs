//! One way to the key of a register: what must be known, and the key wrapped with it.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::chance::Chance;
use crate::error::{Error, Result};
use crate::hex::Bytes;
use crate::key::{Key, expanded};
use crate::recovery::Recovery;

/// What a guess at a passphrase costs: Argon2id with this much memory, so often, in this many lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Times that the memory is gone through.
    pub passes: u32,
    /// Lanes that can be computed at once.
    pub lanes: u32,
}

impl Cost {
    /// What registers are made with: 256 MiB, four times.
    pub const STRONG: Self = Self { memory_kib: 256 << 10, passes: 4, lanes: 1 };

    /// For tests, which open hundreds of registers: guesses are cheap.
    pub const WEAK: Self = Self { memory_kib: 64, passes: 1, lanes: 1 };

    /// Whether a guess costs less than registers are made with.
    pub fn is_weak(&self) -> bool {
        u64::from(self.memory_kib) * u64::from(self.passes)
            < u64::from(Self::STRONG.memory_kib) * u64::from(Self::STRONG.passes)
    }

    /// Argon2 with these; a file that asks for more than any machine has is refused.
    fn argon(&self) -> Result<Argon2<'static>> {
        const MOST: Cost = Cost { memory_kib: 4 << 20, passes: 64, lanes: 64 };
        let Self { memory_kib, passes, lanes } = *self;
        if memory_kib > MOST.memory_kib || passes > MOST.passes || lanes > MOST.lanes {
            return Err(Error::Header("its costs are beyond what is made".to_owned()));
        }
        let params = Params::new(memory_kib, passes, lanes, Some(32));
        let params = params.map_err(|e| Error::Header(format!("its costs: {e}")))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

/// Signs that a passphrase must have.
const SHORTEST: usize = 10;

/// What is known of a passphrase without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    salt: Bytes<16>,
    #[serde(flatten)]
    cost: Cost,
}

/// What a user gives to open a register.
#[derive(Clone, Default)]
pub struct Factors {
    /// One passphrase, or one of each of two people.
    pub passphrases: Vec<Zeroizing<String>>,
    /// SHA-256 of the key file.
    pub key_file: Option<Zeroizing<[u8; 32]>>,
}

impl Factors {
    /// Refuses passphrases that are too short to be new ones.
    ///
    /// # Errors
    /// Says what a passphrase must be.
    pub fn check(&self) -> Result<()> {
        let short = |words: &Zeroizing<String>| words.trim().chars().count() < SHORTEST;
        if self.passphrases.is_empty() || self.passphrases.iter().any(short) {
            let why = "a passphrase must have at least";
            let advice = "take four or more words that nobody says in that order";
            return Err(Error::Passphrase(format!("{why} {SHORTEST} signs; {advice}")));
        }
        Ok(())
    }
}

/// A register's key, wrapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slot {
    pub(crate) opened_by: OpenedBy,
    /// Whether the key file is needed as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) key_file: bool,
    nonce: Bytes<24>,
    wrapped: Bytes<48>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) passphrase: Vec<Asked>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OpenedBy {
    Passphrase,
    RecoveryKey,
}

impl Slot {
    /// Wraps the key of the register with this id for what a user will give.
    pub(crate) fn of_passphrase(
        id: &[u8; 16],
        key: &Key,
        factors: &Factors,
        cost: Cost,
        chance: &mut Chance<'_>,
    ) -> Result<Self> {
        factors.check()?;
        let mut passphrase = Vec::new();
        for _ in &factors.passphrases {
            passphrase.push(Asked { salt: Bytes(*chance.draw()?), cost });
        }
        let (opened_by, key_file) = (OpenedBy::Passphrase, factors.key_file.is_some());
        let nonce = Bytes(*chance.draw()?);
        let mut slot = Self { opened_by, key_file, nonce, wrapped: Bytes([0; 48]), passphrase };
        slot.wrap(id, &slot.wrapping(id, factors)?, key);
        Ok(slot)
    }

    /// Wraps the key of the register with this id for a recovery key.
    pub(crate) fn of_recovery(
        id: &[u8; 16],
        key: &Key,
        recovery: &Recovery,
        chance: &mut Chance<'_>,
    ) -> Result<Self> {
        let (opened_by, nonce) = (OpenedBy::RecoveryKey, Bytes(*chance.draw()?));
        let wrapped = Bytes([0; 48]);
        let mut slot = Self { opened_by, key_file: false, nonce, wrapped, passphrase: Vec::new() };
        slot.wrap(id, &recovery.wrapping(id), key);
        Ok(slot)
    }

    /// The key that this slot's is wrapped with.
    pub(crate) fn wrapping(&self, id: &[u8; 16], factors: &Factors) -> Result<Key> {
        let mut secret = Zeroizing::new(Vec::new());
        for (asked, words) in self.passphrase.iter().zip(&factors.passphrases) {
            // The same letters whichever way a keyboard puts them together.
            let words: Zeroizing<String> = Zeroizing::new(words.nfc().collect());
            let mut hashed = Zeroizing::new([0; 32]);
            asked
                .cost
                .argon()?
                .hash_password_into(words.as_bytes(), &asked.salt.0, hashed.as_mut_slice())
                .map_err(|e| Error::Header(e.to_string()))?;
            secret.extend_from_slice(hashed.as_slice());
        }
        if let Some(file) = factors.key_file.as_ref().filter(|_| self.key_file) {
            secret.extend_from_slice(file.as_slice());
        }
        Ok(Key::new(expanded(id, &secret, "sijil passphrase 1")))
    }

    fn wrap(&mut self, id: &[u8; 16], with: &Key, key: &Key) {
        let (aad, cipher) = (self.named(id), XChaCha20Poly1305::new(with.bytes().into()));
        let sealed = cipher
            .encrypt(&XNonce::from(self.nonce.0), Payload { msg: key.bytes(), aad: &aad })
            .expect("32 bytes are fewer than the cipher can take");
        self.wrapped.0.copy_from_slice(&sealed);
    }

    /// The key, if this is what it was wrapped with.
    pub(crate) fn unwrap(&self, id: &[u8; 16], with: &Key) -> Option<Key> {
        let (aad, cipher) = (self.named(id), XChaCha20Poly1305::new(with.bytes().into()));
        let sealed = Payload { msg: &self.wrapped.0, aad: &aad };
        let plain = Zeroizing::new(cipher.decrypt(&XNonce::from(self.nonce.0), sealed).ok()?);
        let mut bytes = Zeroizing::new([0; 32]);
        bytes.as_mut_slice().copy_from_slice(plain.get(..32)?);
        Some(Key::new(bytes))
    }

    /// What the wrapping vouches for beside the key: everything in the slot but nonce and key.
    fn named(&self, id: &[u8; 16]) -> Vec<u8> {
        let mut bytes = b"sijil keys 1\n".to_vec();
        bytes.extend(id);
        bytes.push(u8::from(self.opened_by == OpenedBy::RecoveryKey));
        bytes.push(u8::from(self.key_file));
        for Asked { salt, cost } in &self.passphrase {
            bytes.extend(salt.0);
            for number in [cost.memory_kib, cost.passes, cost.lanes] {
                bytes.extend(number.to_be_bytes());
            }
        }
        bytes
    }

    /// Whether a guess costs less than it should.
    pub(crate) fn is_weak(&self) -> bool {
        self.passphrase.iter().any(|asked| asked.cost.is_weak())
    }
}
