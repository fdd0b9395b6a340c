//! The recovery key: printed once, kept on paper, opens the register when the passphrase is lost.

use zeroize::Zeroizing;

use crate::base32;
use crate::chance::Chance;
use crate::error::{Error, Result};
use crate::key::{Key, expanded};

/// 160 random bits: nobody guesses them, so no price is put on a guess.
pub struct Recovery(Zeroizing<[u8; 20]>);

const LABEL: &str = "sijil recovery key 1";

impl Recovery {
    /// A fresh one.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn draw(chance: &mut Chance<'_>) -> Result<Self> {
        Ok(Self(chance.draw()?))
    }

    /// As it is printed: nine groups of four signs, the last of them a check.
    pub fn to_text(&self) -> Zeroizing<String> {
        base32::to_text(LABEL, self.0.as_slice())
    }

    /// As somebody typed it, in letters of either size, with or without dashes and spaces.
    ///
    /// # Errors
    /// When a sign was misread or left out.
    pub fn from_text(text: &str) -> Result<Self> {
        let wrong = |why| Error::Typed(format!("this is no recovery key: {why}; read it again"));
        Ok(Self(base32::from_text(LABEL, text).map_err(wrong)?))
    }

    /// The key that it wraps a register's key with.
    pub(crate) fn wrapping(&self, register: &[u8]) -> Key {
        Key::new(expanded(register, self.0.as_slice(), LABEL))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slip_of_a_sign_is_seen_and_lookalikes_are_forgiven() {
        let key = Recovery(Zeroizing::new(*b"twenty bytes, or so."));
        let text = key.to_text();
        assert_eq!(text.len(), 36 + 8);
        let typed = text.to_lowercase().replace('0', "o").replace('1', "l").replace('-', " ");
        assert_eq!(*Recovery::from_text(&typed).unwrap().0, *key.0);
        let signs: Vec<char> = text.chars().collect();
        for at in (0..signs.len()).filter(|at| signs[*at] != '-') {
            let mut slip = signs.clone();
            slip[at] = if slip[at] == '7' { '8' } else { '7' };
            assert!(Recovery::from_text(&slip.iter().collect::<String>()).is_err(), "sign {at}");
        }
        for wrong in ["", "7", &text[1..], &format!("{}7", *text), "U", &text.replace('-', "*")] {
            assert!(Recovery::from_text(wrong).is_err(), "{wrong:?}");
        }
    }
}
