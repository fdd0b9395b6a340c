//! Keys that people copy by hand: Crockford's base 32 in groups of four, with a check at the end.
//!
//! The alphabet has no I, L, O and U; who types I, L or O means 1, 1 and 0. The check is four signs
//! (20 bits of a SHA-256), so that one slip in a million goes unseen.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Signs of the check.
const CHECK: usize = 4;

/// Signs in a group.
const GROUP: usize = 4;

/// Bytes as groups of signs; `label` says what they are, so that a key of one kind is none of another.
pub(crate) fn to_text(label: &str, bytes: &[u8]) -> Zeroizing<String> {
    let mut signs = Zeroizing::new(signs_of(bytes));
    signs.extend(check(label, bytes));
    let mut text = Zeroizing::new(String::with_capacity(signs.len() * 5 / 4 + 1));
    for (at, sign) in signs.iter().enumerate() {
        if at > 0 && at % GROUP == 0 {
            text.push('-');
        }
        text.push(char::from(ALPHABET[usize::from(*sign)]));
    }
    text
}

/// The bytes behind what somebody typed.
///
/// # Errors
/// Says what is wrong, without the signs.
pub(crate) fn from_text<const N: usize>(
    label: &str,
    text: &str,
) -> Result<Zeroizing<[u8; N]>, String> {
    let mut signs = Zeroizing::new(Vec::with_capacity(N * 2));
    for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        let place = signs.len() + 1;
        let value = value_of(c).ok_or_else(|| format!("its sign {place} is no sign of a key"))?;
        signs.push(value);
    }
    let due = (N * 8).div_ceil(5) + CHECK;
    if signs.len() != due {
        return Err(format!("it has {} signs, not {due}", signs.len()));
    }
    let mut bytes = Zeroizing::new([0_u8; N]);
    let (mut held, mut bits, mut at) = (0_u32, 0, 0);
    for sign in &signs[..due - CHECK] {
        (held, bits) = (held << 5 | u32::from(*sign), bits + 5);
        if bits >= 8 && at < N {
            bits -= 8;
            bytes[at] = (held >> bits & 0xFF) as u8;
            at += 1;
        }
    }
    if signs[due - CHECK..] != check(label, bytes.as_slice()) {
        return Err("its last group does not fit the others: a sign was misread".to_owned());
    }
    Ok(bytes)
}

fn signs_of(bytes: &[u8]) -> Vec<u8> {
    let mut signs = Vec::with_capacity(bytes.len() * 8 / 5 + 1 + CHECK);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        (held, bits) = (held << 8 | u32::from(*byte), bits + 8);
        while bits >= 5 {
            bits -= 5;
            signs.push((held >> bits & 31) as u8);
        }
    }
    if bits > 0 {
        signs.push((held << (5 - bits) & 31) as u8);
    }
    signs
}

fn check(label: &str, bytes: &[u8]) -> [u8; CHECK] {
    let mut hash = Sha256::new();
    hash.update(label.as_bytes());
    hash.update(bytes);
    let hash = hash.finalize();
    let number = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
    [27, 22, 17, 12].map(|shift| (number >> shift & 31) as u8)
}

fn value_of(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|sign| char::from(*sign) == c).and_then(|at| u8::try_from(at).ok())
}
