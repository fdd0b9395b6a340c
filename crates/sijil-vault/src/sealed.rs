//! Boxes that only some people open: words sealed to their public keys.
//!
//! A box is bound to what it is about, so that it cannot be put in the place of another. It says for
//! how many people it is, not for whom, and its length tells the length of the words in steps only.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};
use zeroize::Zeroizing;

use crate::chance::Chance;
use crate::error::{Error, Result};
use crate::hex::{digits, undigits};
use crate::key::expanded;
use crate::person::{Person, PrivateKey, shared};

/// First bytes of a box: name and version of the format.
const MAGIC: &[u8; 8] = b"sijilbx1";

/// The words are filled up to a multiple of so many bytes.
const STEP: usize = 256;

/// Bytes of a wrapped key.
const WRAPPED: usize = 48;

/// Bytes before the wrapped keys: the beginning, a public key, how many there are.
const START: usize = MAGIC.len() + 32 + 1;

const NONCE: usize = 24;

/// Seals `words` about `about` to people; gives the box as hexadecimal digits.
///
/// # Errors
/// When there is nobody to seal to, or there are no random bytes.
pub fn seal(words: &str, about: &str, to: &[Person], chance: &mut Chance<'_>) -> Result<String> {
    let count = u8::try_from(to.len()).ok().filter(|count| *count > 0);
    let count = count.ok_or_else(|| Error::Needs("a box is for 1 to 255 people".to_owned()))?;
    let (once, key) = (chance.draw::<32>()?, chance.draw::<32>()?);
    let public = x25519(*once, X25519_BASEPOINT_BYTES);
    let mut sealed = [MAGIC.as_slice(), &public, &[count]].concat();
    for person in to {
        let weak = || Error::Typed(format!("the public key of {} is none", person.name));
        let secret = shared(&once, &person.public).ok_or_else(weak)?;
        let wrapping = wrapping(&secret, &public, &person.public);
        sealed.extend(encrypted(&wrapping, &[0; NONCE], key.as_slice(), &[]));
    }
    let nonce = chance.draw::<NONCE>()?;
    let aad = [&sealed, about.as_bytes()].concat();
    sealed.extend(nonce.as_slice());
    sealed.extend(encrypted(&key, &nonce, &filled(words), &aad));
    Ok(digits(&sealed))
}

/// The words in a box about `about`.
///
/// # Errors
/// When it is damaged, about something else, or not sealed to this person.
pub fn unseal(text: &str, about: &str, with: &PrivateKey) -> Result<Zeroizing<String>> {
    let damaged = || Error::Header("a sealed box is damaged or another's".to_owned());
    let sealed = undigits(text).ok_or_else(damaged)?;
    let count = count(&sealed).ok_or_else(damaged)?;
    let public: [u8; 32] = sealed[MAGIC.len()..START - 1].try_into().map_err(|_| damaged())?;
    let (head, rest) = sealed.split_at_checked(START + count * WRAPPED).ok_or_else(damaged)?;
    let (nonce, body) = rest.split_at_checked(NONCE).ok_or_else(damaged)?;
    let secret = with.shared(&public).ok_or_else(damaged)?;
    let wrapping = wrapping(&secret, &public, &with.person().public);
    let mut wrapped = head[START..].chunks(WRAPPED);
    let key = wrapped.find_map(|wrapped| decrypted(&wrapping, &[0; NONCE], wrapped, &[]));
    let key = key.ok_or_else(|| {
        Error::Needs(format!("this is not sealed to {}; ask one of those that it is", with.name))
    })?;
    let key: [u8; 32] = key.as_slice().try_into().map_err(|_| damaged())?;
    let aad = [head, about.as_bytes()].concat();
    let nonce: &[u8; NONCE] = nonce.try_into().map_err(|_| damaged())?;
    let plain = decrypted(&Zeroizing::new(key), nonce, body, &aad).ok_or_else(damaged)?;
    emptied(&plain).ok_or_else(damaged)
}

/// How many people a box is for; `None` where it is none.
fn count(sealed: &[u8]) -> Option<usize> {
    let head = sealed.get(..START)?;
    head.starts_with(MAGIC).then(|| usize::from(head[START - 1]))
}

fn wrapping(secret: &[u8; 32], once: &[u8; 32], person: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    expanded(&[once.as_slice(), person].concat(), secret, "sijil box 1")
}

fn encrypted(key: &[u8; 32], nonce: &[u8; NONCE], msg: &[u8], aad: &[u8]) -> Vec<u8> {
    let cipher = XChaCha20Poly1305::new(key.into());
    cipher
        .encrypt(&XNonce::from(*nonce), Payload { msg, aad })
        .expect("words are fewer than the cipher can take")
}

fn decrypted(
    key: &[u8; 32],
    nonce: &[u8; NONCE],
    msg: &[u8],
    aad: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let cipher = XChaCha20Poly1305::new(key.into());
    cipher.decrypt(&XNonce::from(*nonce), Payload { msg, aad }).ok().map(Zeroizing::new)
}

/// Words with one byte 1 behind them and bytes 0 up to a step.
fn filled(words: &str) -> Zeroizing<Vec<u8>> {
    let length = (words.len() + 1).next_multiple_of(STEP);
    let mut bytes = Zeroizing::new(Vec::with_capacity(length));
    bytes.extend(words.as_bytes());
    bytes.push(1);
    bytes.resize(length, 0);
    bytes
}

fn emptied(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let end = bytes.iter().rposition(|byte| *byte != 0).filter(|end| bytes[*end] == 1)?;
    Some(Zeroizing::new(std::str::from_utf8(&bytes[..end]).ok()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_chance<T>(seed: u8, with: impl FnOnce(&mut Chance<'_>) -> T) -> T {
        let mut next = seed;
        with(&mut Chance::new(&mut |bytes| {
            for byte in bytes {
                next = next.wrapping_mul(167).wrapping_add(13);
                *byte = next;
            }
            Ok(())
        }))
    }

    fn person(name: &str, seed: u8) -> PrivateKey {
        with_chance(seed, |chance| PrivateKey::draw(name, chance)).unwrap()
    }

    #[test]
    fn those_it_is_sealed_to_open_it_and_nobody_else() {
        let (rana, omar, other) = (person("Rana", 1), person("Omar", 2), person("Rana", 3));
        let to = [rana.person(), omar.person()];
        for words in ["", "x", &"أم الخير ".repeat(100)] {
            let sealed = with_chance(9, |chance| seal(words, "W-17", &to, chance)).unwrap();
            assert_eq!(*unseal(&sealed, "W-17", &rana).unwrap(), words);
            assert_eq!(*unseal(&sealed, "W-17", &omar).unwrap(), words);
            assert!(matches!(unseal(&sealed, "W-17", &other), Err(Error::Needs(_))));
            assert!(unseal(&sealed, "W-18", &rana).is_err(), "put under another's name");
        }
        assert!(with_chance(9, |chance| seal("x", "W-17", &[], chance)).is_err());
        let nobody = Person { name: "Zero".to_owned(), public: [0; 32] };
        assert!(with_chance(9, |chance| seal("x", "W-17", &[nobody], chance)).is_err());
    }

    #[test]
    fn lengths_tell_steps_only_and_any_change_is_seen() {
        let rana = person("Rana", 1);
        let sealed = |words: &str| {
            with_chance(9, |chance| seal(words, "W-17", &[rana.person()], chance)).unwrap()
        };
        assert_eq!(sealed("Umm").len(), sealed(&"long".repeat(60)).len());
        let whole = sealed("Umm Khalid, the red house");
        for at in 0..whole.len() {
            let mut changed = whole.clone().into_bytes();
            changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(unseal(&changed, "W-17", &rana).is_err(), "digit {at}");
            assert!(unseal(&whole[..at], "W-17", &rana).is_err(), "{at} digits");
        }
    }

    #[test]
    fn lines_with_keys_come_back_and_slips_are_told() {
        let rana = person("Rana of the desk", 1);
        let (public, private) = (rana.person().to_text(), rana.to_text());
        assert_eq!(Person::from_text(&format!("# a key\n\n{public}")).unwrap(), rana.person());
        assert_eq!(PrivateKey::from_text(&private).unwrap().person(), rana.person());
        let slip = public.replacen('-', "-0", 4);
        for wrong in ["", private.as_str(), &public.repeat(2), &slip, &public[..40]] {
            assert!(Person::from_text(wrong).is_err(), "{wrong:?}");
        }
        assert!(PrivateKey::from_text(&public).is_err());
    }
}
