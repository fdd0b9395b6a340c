//! Keys in memory: wiped when they are dropped, never shown.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::chance::Chance;
use crate::error::Result;
use crate::hex::digits;

/// 32 secret bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Zeroizing<[u8; 32]>);

impl Key {
    /// The key with these bytes.
    pub fn new(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    /// A fresh key.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn draw(chance: &mut Chance<'_>) -> Result<Self> {
        Ok(Self(chance.draw()?))
    }

    /// The key for one purpose that follows from this one (HKDF-SHA256).
    pub(crate) fn derive(&self, salt: &[u8], purpose: &str) -> Self {
        Self(expanded(salt, self.0.as_slice(), purpose))
    }

    /// The bytes.
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

/// 32 bytes from secret ones by HKDF-SHA256.
pub(crate) fn expanded(salt: &[u8], secret: &[u8], purpose: &str) -> Zeroizing<[u8; 32]> {
    let mut bytes = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(salt), secret)
        .expand(purpose.as_bytes(), bytes.as_mut_slice())
        .expect("32 bytes are fewer than HKDF can give");
    bytes
}

/// The keys of a register by what they are for.
#[derive(Clone, Debug)]
pub struct Keys {
    database: Key,
    files: Key,
    names: Key,
}

impl Keys {
    /// The keys that follow from a register's own.
    pub fn of(register: &Key) -> Self {
        Self {
            database: register.derive(&[], "sijil database 1"),
            files: register.derive(&[], "sijil evidence 1"),
            names: register.derive(&[], "sijil names 1"),
        }
    }

    /// The key of the database, as digits.
    pub fn database(&self) -> Zeroizing<String> {
        Zeroizing::new(digits(self.database.bytes()))
    }

    /// The key of originals.
    pub fn files(&self) -> &Key {
        &self.files
    }

    /// The name under which an original lies: HMAC-SHA256 over the SHA-256 of its bytes. Who
    /// knows a file but not the key cannot tell whether it is there.
    pub fn name_of(&self, original: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.names.bytes())
            .expect("an HMAC takes keys of any length");
        mac.update(original);
        digits(&mac.finalize().into_bytes())
    }
}
