//! The little of RFC 3161 that is needed to ask for a time stamp and to read what a reply is about.
//!
//! Whether a reply is signed by whom it should be is not told here: that takes certificates.

use jiff::Timestamp;

// Tags of ASN.1 that occur.
const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const NAME: u8 = 0x06;
const TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const EXPLICIT: u8 = 0xA0;

/// SHA-256 as an algorithm: its name (2.16.840.1.101.3.4.2.1), and no parameters.
const SHA_256: &[u8] = &[0x30, 0x0D, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0];

/// `signedData`, 1.2.840.113549.1.7.2.
const SIGNED_DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2];

/// What a time stamp signs, `TSTInfo`, 1.2.840.113549.1.9.16.1.4.
const STAMP: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 16, 1, 4];

/// What a reply says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// SHA-256 of what was stamped.
    pub(super) imprint: Vec<u8>,
    /// When, by the clock of the authority.
    pub(super) time: Timestamp,
}

/// A request (`TimeStampReq`) for something with this SHA-256, asking for the certificate as well.
pub(super) fn request(imprint: &[u8; 32]) -> Vec<u8> {
    let octets = [&[OCTETS, 32], imprint.as_slice()].concat();
    let message = [&[SEQUENCE, 49], SHA_256, &octets].concat();
    // Version 1 before it, and behind it that a certificate is wanted.
    [&[SEQUENCE, 57, INTEGER, 1, 1], message.as_slice(), &[1, 1, 0xFF]].concat()
}

/// What a reply (`TimeStampResp`) says; why it says nothing.
pub(super) fn read(reply: &[u8]) -> Result<Stamp, &'static str> {
    let (whole, _) = take(reply, SEQUENCE).ok_or("is no reply of a time stamp authority")?;
    let (status, token) = take(whole, SEQUENCE).ok_or("is no reply of a time stamp authority")?;
    let (status, _) = take(status, INTEGER).ok_or("has no status")?;
    // 0 is granted, 1 granted with changes.
    if !matches!(status, [0 | 1]) {
        return Err("says that the authority refused; ask again or ask another one");
    }
    stamp(token).ok_or("holds no time stamp over a SHA-256")
}

/// Walks from `ContentInfo` down to the message and the time.
fn stamp(token: &[u8]) -> Option<Stamp> {
    let (content, _) = take(token, SEQUENCE)?;
    let (name, content) = take(content, NAME)?;
    let (signed, _) = take(content, EXPLICIT)?;
    let (signed, _) = take(signed, SEQUENCE)?;
    let (_, signed) = take(signed, INTEGER)?;
    let (_, signed) = take(signed, SET)?;
    let (inner, _) = take(signed, SEQUENCE)?;
    let (what, inner) = take(inner, NAME)?;
    let (inner, _) = take(inner, EXPLICIT)?;
    let (info, _) = take(inner, OCTETS)?;
    let (info, _) = take(info, SEQUENCE)?;
    let (_, info) = take(info, INTEGER)?;
    let (_, info) = take(info, NAME)?;
    let (message, info) = take(info, SEQUENCE)?;
    let (_, info) = take(info, INTEGER)?;
    let (time, _) = take(info, TIME)?;
    let (imprint, _) = take(message.strip_prefix(SHA_256)?, OCTETS)?;
    (name == SIGNED_DATA && what == STAMP).then_some(())?;
    Some(Stamp { imprint: imprint.to_vec(), time: time_of(time)? })
}

/// The content of the element that `bytes` begin with, if it has this tag, and what follows it.
fn take(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let (length, rest) = rest.split_first()?;
    (*first == tag).then_some(())?;
    let (length, rest) = match length {
        0..=0x7F => (usize::from(*length), rest),
        // The length in so many bytes; one of no stated length is not DER.
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(length - 0x80))?;
            (digits.iter().fold(0, |number, digit| number << 8 | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}

/// `YYYYMMDDHHMMSS`, perhaps with a fraction, and `Z`.
fn time_of(text: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (whole.len() == 14 && digits(whole) && digits(fraction)).then_some(())?;
    let part = |from: usize, to: usize| &whole[from..to];
    format!(
        "{}-{}-{}T{}:{}:{}.{fraction}Z",
        part(0, 4),
        part(4, 6),
        part(6, 8),
        part(8, 10),
        part(10, 12),
        part(12, 14)
    )
    .parse()
    .ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_request_is_what_openssl_writes() {
        // `openssl ts -query -digest 0101… -sha256 -no_nonce -cert`, in digits.
        let due = "30390201013031300d0609608648016503040201050004200101010101010101010101010101010\
                   1010101010101010101010101010101010101ff";
        let made: String = request(&[1; 32]).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(made, due);
    }

    #[test]
    fn times_are_read_with_and_without_fractions() {
        let read = |text: &str| time_of(text.as_bytes()).map(|time| time.to_string());
        assert_eq!(read("20310512083000Z").as_deref(), Some("2031-05-12T08:30:00Z"));
        assert_eq!(read("20310512083000.25Z").as_deref(), Some("2031-05-12T08:30:00.25Z"));
        for bad in ["", "Z", "20310512083000", "20311312083000Z", "2031051208300\u{661}Z"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_take_it_down(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
            let _ = stamp(&bytes);
        }
    }
}
