//! Bytes to text in whatever encoding they came.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

use super::Report;
use crate::model::Place;

/// The text of `bytes`: UTF-8 as it stands (a mark at its start stays a code point of the text),
/// else by a mark, else by the most likely encoding. What cannot be decoded is a problem.
pub(super) fn decode(bytes: &[u8], problem: &mut Report<'_>) -> String {
    // Latin text in UTF-16 is UTF-8 too, with a zero beside each letter: look for it first.
    let wide = wide(bytes);
    if wide.is_none()
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return text.to_owned();
    }
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked.or(wide).unwrap_or_else(|| guess(bytes));
    let (text, _, lost) = encoding.decode(bytes);
    if lost {
        let at = first_loss(bytes, encoding);
        let name = encoding.name();
        problem(
            at,
            format!("some bytes are no {name} text and are shown as U+FFFD; resave as UTF-8"),
        );
    }
    text.into_owned()
}

/// Where the first byte that is no UTF-8 stands; for another encoding the file as a whole.
fn first_loss(bytes: &[u8], encoding: &'static Encoding) -> Place {
    match std::str::from_utf8(bytes) {
        Err(e) if encoding == UTF_8 => Place::Byte(e.valid_up_to() as u64),
        _ => Place::File,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if mostly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Allow);
    // Short Arabic lists are taken for Western text: there every high byte is an accented letter,
    // and no Western text is made of those alone.
    if encoding == WINDOWS_1252 && reads_as_arabic(bytes) { WINDOWS_1256 } else { encoding }
}

/// UTF-16 without a mark: every second byte of plain text is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let half = head.len() / 2;
    match (zeros(0), zeros(1)) {
        (even, odd) if half > 4 && odd > half / 2 && even == 0 => Some(UTF_16LE),
        (even, odd) if half > 4 && even > half / 2 && odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether a text is UTF-8 but for a few damaged places.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let lossy = String::from_utf8_lossy(bytes);
    let damaged = lossy.chars().filter(|c| *c == '\u{FFFD}').count();
    damaged * 20 < high
}

fn reads_as_arabic(bytes: &[u8]) -> bool {
    let (text, _, lost) = WINDOWS_1256.decode(bytes);
    let arabic = text.chars().filter(|c| sijil_text::letters::is_arabic(*c)).count();
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    !lost && arabic * 10 > high * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, usize) {
        let mut problems = 0;
        let text = decode(bytes, &mut |_, _| problems += 1);
        (text, problems)
    }

    #[test]
    fn encodings_of_the_field_are_read() {
        let text = "الاسم;العمر\nسامي يوسف;31\n";
        let (windows, _, _) = WINDOWS_1256.encode(text);
        assert_eq!(decoded(&windows), (text.to_owned(), 0));
        let (short, _, _) = WINDOWS_1256.encode("الاسم\n");
        assert_eq!(decoded(&short), ("الاسم\n".to_owned(), 0));
        let wide: Vec<u8> = "Name\nSami\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&wide), ("Name\nSami\n".to_owned(), 0));
        assert_eq!(decoded(text.as_bytes()), (text.to_owned(), 0));
        let mut damaged = text.repeat(5).into_bytes();
        damaged[1] = 0xFF;
        assert_eq!(decoded(&damaged).1, 1);
    }
}
