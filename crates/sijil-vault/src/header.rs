//! The file of keys: the key of a register, wrapped once for each way to it.

use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::error::{Error, Result};
use crate::hex::Bytes;
use crate::key::Key;
use crate::recovery::Recovery;
use crate::slot::{Cost, Factors, OpenedBy, Slot};

/// What stands above the keys in their file.
const ABOVE: &str = "\
# The key of this register, wrapped: without this file neither passphrase nor recovery key opens it.
# Copies of the register must hold it. Format: docs/encryption.md.
";

/// Number of the format.
const FORMAT: u32 = 1;

/// The content of the file of keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    format: u32,
    /// Ties the slots of one register together.
    register: Bytes<16>,
    slot: Vec<Slot>,
}

/// What must be given to open a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// Passphrases, of different people where there are two.
    pub passphrases: usize,
    /// Whether the key file is needed as well.
    pub key_file: bool,
}

impl Header {
    /// Wraps a fresh key for what a user will give and for a recovery key.
    ///
    /// # Errors
    /// When a passphrase is too short or there are no random bytes.
    pub fn new(
        key: &Key,
        factors: &Factors,
        cost: Cost,
        recovery: &Recovery,
        chance: &mut Chance<'_>,
    ) -> Result<Self> {
        let register: Bytes<16> = Bytes(*chance.draw()?);
        let slot = vec![
            Slot::of_passphrase(&register.0, key, factors, cost, chance)?,
            Slot::of_recovery(&register.0, key, recovery, chance)?,
        ];
        Ok(Self { format: FORMAT, register, slot })
    }

    /// The same key wrapped for another passphrase; the recovery key stays what it is.
    ///
    /// # Errors
    /// As for [`Header::new`].
    pub fn with_passphrase(
        &self,
        key: &Key,
        factors: &Factors,
        cost: Cost,
        chance: &mut Chance<'_>,
    ) -> Result<Self> {
        let mut slot = vec![Slot::of_passphrase(&self.register.0, key, factors, cost, chance)?];
        slot.extend(self.slot.iter().filter(|s| s.opened_by != OpenedBy::Passphrase).cloned());
        Ok(Self { slot, ..self.clone() })
    }

    /// The same key wrapped for another recovery key; the old one opens nothing in this file.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn with_recovery(
        &self,
        key: &Key,
        recovery: &Recovery,
        chance: &mut Chance<'_>,
    ) -> Result<Self> {
        let mut slot = self.slot.clone();
        slot.retain(|slot| slot.opened_by != OpenedBy::RecoveryKey);
        slot.push(Slot::of_recovery(&self.register.0, key, recovery, chance)?);
        Ok(Self { slot, ..self.clone() })
    }

    /// The file.
    ///
    /// # Errors
    /// When it cannot be put into words.
    pub fn to_text(&self) -> Result<String> {
        let text = toml::to_string(self).map_err(|e| Error::Header(e.to_string()))?;
        Ok(format!("{ABOVE}\n{text}"))
    }

    /// The content of the file.
    ///
    /// # Errors
    /// When it does not read or a newer program wrote it.
    pub fn from_text(text: &str) -> Result<Self> {
        let header: Self = toml::from_str(text).map_err(|e| Error::Header(e.message().into()))?;
        if header.format > FORMAT {
            let why = format!("its format is {}, this program knows {FORMAT}", header.format);
            return Err(Error::Header(why));
        }
        Ok(header)
    }

    fn slot(&self, opened_by: OpenedBy) -> Result<&Slot> {
        let slot = self.slot.iter().find(|slot| slot.opened_by == opened_by);
        slot.ok_or_else(|| Error::Header("it has no key for this way in".to_owned()))
    }

    /// What a user must give.
    ///
    /// # Errors
    /// When no passphrase opens this register.
    pub fn needs(&self) -> Result<Needs> {
        let slot = self.slot(OpenedBy::Passphrase)?;
        Ok(Needs { passphrases: slot.passphrase.len(), key_file: slot.key_file })
    }

    /// Whether guesses at the passphrase are cheap: made for tests.
    pub fn is_weak(&self) -> bool {
        self.slot.iter().any(Slot::is_weak)
    }

    /// The key of the register.
    ///
    /// # Errors
    /// When something is missing, or what was given does not open it.
    pub fn open(&self, factors: &Factors) -> Result<Key> {
        let (slot, needs) = (self.slot(OpenedBy::Passphrase)?, self.needs()?);
        if needs.passphrases != factors.passphrases.len() {
            let why = "this register opens with the passphrases of two people, each in a file or \
                       typed one after the other";
            let why = if needs.passphrases > 1 { why } else { "this register has one passphrase" };
            return Err(Error::Needs(why.to_owned()));
        }
        if needs.key_file && factors.key_file.is_none() {
            let why = "this register needs its key file as well: name it with --key-file";
            return Err(Error::Needs(why.to_owned()));
        }
        let with = slot.wrapping(&self.register.0, factors)?;
        slot.unwrap(&self.register.0, &with).ok_or(Error::Wrong)
    }

    /// The key of the register, by its recovery key.
    ///
    /// # Errors
    /// When it is another register's.
    pub fn recover(&self, recovery: &Recovery) -> Result<Key> {
        let slot = self.slot(OpenedBy::RecoveryKey)?;
        let with = recovery.wrapping(&self.register.0);
        slot.unwrap(&self.register.0, &with).ok_or(Error::WrongRecovery)
    }
}

#[cfg(test)]
mod tests;
