//! Which format bytes are in: by what they begin with, then by the name.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::model::Format;

/// Bytes looked at to tell a format.
const HEAD: u64 = 4096;

/// First bytes of a zip archive, which every xlsx is.
const ZIP: &[u8] = b"PK\x03\x04";

/// The first bytes of a file, enough for [`format_of`].
///
/// # Errors
/// When the file cannot be read.
pub fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

/// The format of a file by the name it came under and its first bytes.
pub fn format_of(name: &str, head: &[u8]) -> Format {
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
    let extension = extension.as_deref().unwrap_or_default();
    match extension {
        _ if name == "sijil.toml" => Format::Settings,
        "xlsx" | "xlsm" => Format::Xlsx,
        "html" | "htm" | "xhtml" => Format::Html,
        "csv" | "tsv" => Format::Csv,
        "txt" | "text" | "md" if looks_like_html(head) => Format::Html,
        "txt" | "text" | "md" => Format::Txt,
        "" if head.starts_with(ZIP) || head.contains(&0) => Format::Other,
        "" if looks_like_html(head) => Format::Html,
        "" if !head.is_empty() => Format::Txt,
        _ => Format::Other,
    }
}

fn looks_like_html(head: &[u8]) -> bool {
    let start: Vec<u8> = head.iter().take(256).map(u8::to_ascii_lowercase).collect();
    let start = start.trim_ascii_start();
    start.starts_with(b"<!doctype html") || start.starts_with(b"<html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_first_bytes_tell_the_format() {
        for (name, head, format) in [
            ("a.txt", b"text".as_slice(), Format::Txt),
            ("a.txt", b"<!DOCTYPE html><p>", Format::Html),
            ("a.HTM", b"<p>", Format::Html),
            ("b.csv", b"a,b", Format::Csv),
            ("c.xlsx", b"broken", Format::Xlsx),
            ("README", b"text", Format::Txt),
            ("blob", b"a\0b", Format::Other),
            ("photo.jpg", b"\xFF\xD8", Format::Other),
            ("sijil.toml", b"", Format::Settings),
            ("lists/sijil.toml", b"", Format::Other),
        ] {
            assert_eq!(format_of(name, head), format, "{name}");
        }
    }
}
