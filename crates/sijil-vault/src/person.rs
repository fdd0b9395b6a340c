//! Keys of people: a private one that a person keeps, a public one that others seal to.

use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};
use zeroize::Zeroizing;

use crate::base32;
use crate::chance::Chance;
use crate::error::{Error, Result};

/// A person that can be sealed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name that the person goes by.
    pub name: String,
    pub(crate) public: [u8; 32],
}

/// The private key of a person.
pub struct PrivateKey {
    /// The name that the person goes by.
    pub name: String,
    secret: Zeroizing<[u8; 32]>,
}

/// What lines with keys begin with, and what their checks are made with.
const PUBLIC: &str = "sijil-person-1";
const PRIVATE: &str = "sijil-private-1";

/// Names are one line of this many signs at most.
const LONGEST_NAME: usize = 100;

impl PrivateKey {
    /// A fresh key for the person of this name.
    ///
    /// # Errors
    /// When the name is none or there are no random bytes.
    pub fn draw(name: &str, chance: &mut Chance<'_>) -> Result<Self> {
        let name = name.trim();
        let fine = !name.is_empty()
            && name.chars().count() <= LONGEST_NAME
            && !name.contains(char::is_control);
        if !fine {
            let why = "a person's key needs the person's name, of one line; give it with --by";
            return Err(Error::Typed(why.to_owned()));
        }
        Ok(Self { name: name.to_owned(), secret: chance.draw()? })
    }

    /// Whom others seal to.
    pub fn person(&self) -> Person {
        let public = x25519(*self.secret, X25519_BASEPOINT_BYTES);
        Person { name: self.name.clone(), public }
    }

    /// What both sides of an exchange have, and nobody else; `None` for a public key that gives
    /// the same to all.
    pub(crate) fn shared(&self, public: &[u8; 32]) -> Option<Zeroizing<[u8; 32]>> {
        shared(&self.secret, public)
    }

    /// The line that a person keeps.
    pub fn to_text(&self) -> Zeroizing<String> {
        let key = base32::to_text(PRIVATE, self.secret.as_slice());
        Zeroizing::new(format!("{PRIVATE} {} {}\n", *key, self.name))
    }

    /// The key in such a line.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_text(text: &str) -> Result<Self> {
        let (name, secret) = line(PRIVATE, text)?;
        Ok(Self { name, secret })
    }
}

/// X25519 of a secret and a public key.
pub(crate) fn shared(secret: &[u8; 32], public: &[u8; 32]) -> Option<Zeroizing<[u8; 32]>> {
    let shared = Zeroizing::new(x25519(*secret, *public));
    shared.iter().any(|byte| *byte != 0).then_some(shared)
}

impl Person {
    /// The line that a person gives to others.
    pub fn to_text(&self) -> String {
        format!("{PUBLIC} {} {}\n", *base32::to_text(PUBLIC, &self.public), self.name)
    }

    /// The person in such a line.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_text(text: &str) -> Result<Self> {
        let (name, public) = line(PUBLIC, text)?;
        Ok(Self { name, public: *public })
    }
}

/// Name and key of the one line that begins with `kind`; lines that begin with # say what it is.
fn line(kind: &str, text: &str) -> Result<(String, Zeroizing<[u8; 32]>)> {
    let wrong = |why: &str| {
        let what = if kind == PUBLIC { "public" } else { "private" };
        Error::Typed(format!("this is no {what} key of a person: {why}; take the right file"))
    };
    let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let (Some(line), None) = (lines.next(), lines.next()) else {
        return Err(wrong("it has not one line with a key"));
    };
    let mut words = line.trim().splitn(3, ' ');
    if words.next() != Some(kind) {
        return Err(wrong(&format!("its line does not begin with {kind}")));
    }
    let key = words.next().unwrap_or_default();
    let key = base32::from_text(kind, key).map_err(|why| wrong(&why))?;
    let name = words.next().map(str::trim).filter(|name| !name.is_empty());
    Ok((name.ok_or_else(|| wrong("it has no name"))?.to_owned(), key))
}
