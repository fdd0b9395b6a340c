//! Images and recordings: kept as they are; what a camera wrote into an image is read.
//!
//! No pixel is decoded, so no declared size can cost memory. What a camera wrote is no proof: it can
//! be wrong or changed. Recordings are recognised and not looked into.

use std::io::BufReader;

use exif::{Exif, In, Reader, Tag, Value};
use serde::{Deserialize, Serialize};

use super::apart::{Asked, ask};

use super::bytes::Bytes;

/// First bytes by which an image or a recording is known.
const BEGINNINGS: &[(&[u8], usize)] = &[
    (b"\xFF\xD8\xFF", 0),
    (b"\x89PNG\r\n\x1A\n", 0),
    (b"GIF8", 0),
    (b"RIFF", 0),
    (b"II*\0", 0),
    (b"MM\0*", 0),
    (b"ftyp", 4),
    (b"OggS", 0),
    (b"ID3", 0),
    (b"\x1A\x45\xDF\xA3", 0),
    (b"fLaC", 0),
];

/// The shortest file that can be an image or a recording.
const SHORTEST: u64 = 32;

/// What an image says of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImageFacts {
    /// Time of taking as the camera wrote it, `YYYY-MM-DD HH:MM:SS`, in the camera's own clock.
    pub taken: Option<String>,
    /// Latitude and longitude in degrees, north and east positive.
    pub position: Option<(f64, f64)>,
    /// Camera, as it calls itself.
    pub camera: Option<String>,
}

/// Whether bytes begin as an image or a recording does.
pub(super) fn begins_as_media(head: &[u8]) -> bool {
    BEGINNINGS.iter().any(|(mark, at)| head.get(*at..).is_some_and(|h| h.starts_with(mark)))
}

/// Whether a file can be what its first bytes say.
pub(super) fn is_whole(head: &[u8], bytes: u64) -> bool {
    bytes >= SHORTEST && begins_as_media(head)
}

/// What an image says of itself, read apart; nothing where it says nothing or is damaged.
pub fn image_facts(image: &dyn Bytes) -> ImageFacts {
    ask(Asked::Image, image).facts
}

/// The same, read here.
pub(super) fn facts(image: &dyn Bytes) -> ImageFacts {
    let read = image
        .open()
        .ok()
        .and_then(|file| Reader::new().read_from_container(&mut BufReader::new(file)).ok());
    let Some(exif) = read else { return ImageFacts::default() };
    let taken = text(&exif, Tag::DateTimeOriginal).or_else(|| text(&exif, Tag::DateTime));
    let latitude = degrees(&exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, "S", 90.0);
    let longitude = degrees(&exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, "W", 180.0);
    let camera = [Tag::Make, Tag::Model].iter().filter_map(|tag| text(&exif, *tag));
    let camera = camera.collect::<Vec<_>>().join(" ");
    ImageFacts {
        taken,
        position: latitude.zip(longitude),
        camera: Some(camera).filter(|camera| !camera.is_empty()),
    }
}

fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let value = exif.get_field(tag, In::PRIMARY)?.display_value().to_string();
    let value: String = value.trim_matches('"').chars().filter(|c| !c.is_control()).collect();
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// Degrees, minutes and seconds as degrees.
fn degrees(exif: &Exif, tag: Tag, side: Tag, negative: &str, most: f64) -> Option<f64> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let [whole, minutes, seconds] = parts.as_slice() else { return None };
    let size = whole.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3600.0;
    let signed = if text(exif, side).as_deref() == Some(negative) { -size } else { size };
    Some(signed).filter(|degrees| degrees.is_finite() && degrees.abs() <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A TIFF head with these entries of the first directory, as (tag, type, count, value).
    fn tiff() -> Vec<u8> {
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        // DateTime (0x0132) and the directory of positions (0x8825).
        bytes.extend(2_u16.to_le_bytes());
        for (tag, kind, count, value) in [(0x0132_u16, 2_u16, 20_u32, 38_u32), (0x8825, 4, 1, 58)] {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(kind.to_le_bytes());
            bytes.extend(count.to_le_bytes());
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend(0_u32.to_le_bytes());
        bytes.extend(b"2031:05:12 08:30:00\0");
        bytes.extend(4_u16.to_le_bytes());
        let north = u32::from_le_bytes(*b"N\0\0\0");
        let west = u32::from_le_bytes(*b"W\0\0\0");
        for (tag, kind, count, value) in
            [(1_u16, 2_u16, 2_u32, north), (2, 5, 3, 112), (3, 2, 2, west), (4, 5, 3, 136)]
        {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(kind.to_le_bytes());
            bytes.extend(count.to_le_bytes());
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend(0_u32.to_le_bytes());
        for number in [35_u32, 30, 0, 36, 15, 0] {
            bytes.extend(number.to_le_bytes());
            bytes.extend(1_u32.to_le_bytes());
        }
        bytes
    }

    fn facts(bytes: &[u8]) -> ImageFacts {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tif");
        std::fs::write(&path, bytes).unwrap();
        image_facts(&path)
    }

    #[test]
    fn time_and_position_are_read_and_damage_says_nothing() {
        let whole = tiff();
        assert!(is_whole(&whole, whole.len() as u64));
        let said = facts(&whole);
        assert_eq!(said.taken.as_deref(), Some("2031-05-12 08:30:00"));
        assert_eq!(said.position, Some((35.5, -36.25)));
        for length in 0..whole.len() {
            facts(&whole[..length]);
        }
        assert_eq!(facts(&whole[..20]), ImageFacts::default());
    }
}
