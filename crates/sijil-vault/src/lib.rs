//! Encryption of a register at rest, and of what few people may see.
//!
//! One random key opens a register ([`Key`]); from it one key for each purpose is derived
//! ([`Keys`]). The random key itself is kept wrapped in a small file ([`Header`]), once for a
//! passphrase, once for a recovery key ([`Recovery`]). Originals are streams of encrypted blocks
//! ([`Writer`], [`Reader`]) under names that tell nobody what they hold ([`Keys::name_of`]). What only
//! some people may see is sealed to their own keys ([`seal`], [`unseal`]).
//!
//! Pure: bytes, readers, writers and chance are handed in. No primitive is written here; those of
//! the RustCrypto and dalek libraries are put together, in a format that `docs/encryption.md`
//! describes well enough to write another reader from it.

mod base32;
mod chance;
mod error;
mod header;
mod hex;
mod key;
mod person;
mod recovery;
mod sealed;
mod slot;
mod stream;

pub use chance::Chance;
pub use error::{Error, Result};
pub use header::{Header, Needs};
pub use key::{Key, Keys};
pub use person::{Person, PrivateKey};
pub use recovery::Recovery;
pub use sealed::{seal, unseal};
pub use slot::{Cost, Factors};
pub use stream::{BLOCK, NONCE, Reader, Writer};
