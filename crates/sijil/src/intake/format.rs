//! Which format bytes are in: by what they begin with, then by the name.

use std::io::{self, Read};

use super::bytes::Bytes;
use super::columns::COLUMNS_ENDING;
use super::media::begins_as_media;
use crate::model::Format;

/// Bytes looked at to tell a format.
pub const HEAD: u64 = 4096;

/// First bytes of a zip archive, which every office file is.
const ZIP: &[u8] = b"PK\x03\x04";

/// First bytes of a compressed file.
const GZIP: &[u8] = b"\x1F\x8B";

/// The first bytes, enough for [`format_of`].
///
/// # Errors
/// When they cannot be read.
pub fn head(from: &dyn Bytes) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    from.open()?.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

/// The format of a file by the name it came under and its first bytes.
///
/// A name that promises a format is believed, so that damaged bytes are told as such; but bytes that
/// are beyond doubt another format than a name of text or of nothing says are read as what they are.
pub fn format_of(name: &str, head: &[u8]) -> Format {
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
    match extension.as_deref().unwrap_or_default() {
        _ if name == "sijil.toml" => Format::Settings,
        _ if name.ends_with(COLUMNS_ENDING) => Format::Columns,
        "xlsx" | "xlsm" => Format::Xlsx,
        "xls" => Format::Xls,
        "ods" => Format::Ods,
        "docx" | "docm" => Format::Docx,
        "odt" => Format::Odt,
        "pdf" => Format::Pdf,
        "eml" => Format::Eml,
        "zip" | "wacz" => Format::Zip,
        "gz" | "gzip" => Format::Gz,
        "warc" => Format::Warc,
        "rss" | "atom" => Format::Feed,
        "xml" => of_xml(head),
        "json" | "jsonl" | "ndjson" => Format::Json,
        "html" | "htm" | "xhtml" => Format::Html,
        "csv" | "tsv" => Format::Csv,
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "tif" | "tiff" | "heic" | "avif" | "mp4"
        | "mov" | "avi" | "mkv" | "webm" | "3gp" | "mp3" | "m4a" | "ogg" | "oga" | "opus"
        | "wav" | "flac" => Format::Media,
        "txt" | "text" | "md" => of_bytes(head).unwrap_or(Format::Txt),
        "" if head.is_empty() => Format::Other,
        "" => of_bytes(head).unwrap_or(if head.contains(&0) { Format::Other } else { Format::Txt }),
        _ => of_bytes(head).filter(|format| *format != Format::Html).unwrap_or(Format::Other),
    }
}

/// The format that first bytes leave no doubt about.
fn of_bytes(head: &[u8]) -> Option<Format> {
    if head.starts_with(b"%PDF-") {
        Some(Format::Pdf)
    } else if head.starts_with(b"WARC/") {
        Some(Format::Warc)
    } else if head.starts_with(ZIP) {
        Some(of_archive(head))
    } else if head.starts_with(GZIP) {
        Some(Format::Gz)
    } else if begins_as_media(head) {
        Some(Format::Media)
    } else if looks_like_html(head) {
        Some(Format::Html)
    } else {
        Some(of_xml(head)).filter(|format| *format != Format::Other)
    }
}

/// Office files name their kind near their beginning.
fn of_archive(head: &[u8]) -> Format {
    let has = |words: &[u8]| head.windows(words.len()).any(|window| window == words);
    if has(b"opendocument.text") {
        Format::Odt
    } else if has(b"opendocument.spreadsheet") {
        Format::Ods
    } else if has(b"word/") {
        Format::Docx
    } else if has(b"xl/") {
        Format::Xlsx
    } else {
        Format::Zip
    }
}

/// The first element tells what an XML file is.
fn of_xml(head: &[u8]) -> Format {
    let text = String::from_utf8_lossy(head);
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    while rest.starts_with("<?") || rest.starts_with("<!--") || rest.starts_with("<!DOCTYPE rss") {
        let end = if rest.starts_with("<!--") { "-->" } else { ">" };
        rest = rest.split_once(end).map_or("", |(_, rest)| rest).trim_start();
    }
    let name: String = rest.chars().skip(1).take_while(|c| !" \t\r\n/>".contains(*c)).collect();
    match name.as_str() {
        _ if !rest.starts_with('<') => Format::Other,
        "rss" | "feed" | "rdf:RDF" => Format::Feed,
        "item" | "entry" => Format::Entry,
        "html" => Format::Html,
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
            ("photo.jpg", b"\xFF\xD8", Format::Media),
            ("a.txt", b"%PDF-1.4", Format::Pdf),
            ("a.docx", b"broken", Format::Docx),
            ("a", b"PK\x03\x04....word/document.xml", Format::Docx),
            ("a", b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", Format::Odt),
            ("a.zip", b"PK\x03\x04", Format::Zip),
            ("list.csv.gz", b"\x1F\x8B", Format::Gz),
            ("a.xml", b"<?xml version='1.0'?>\n<rss version='2.0'>", Format::Feed),
            ("a/0001.xml", b"<item><title>", Format::Entry),
            ("a.xml", b"<other/>", Format::Other),
            ("a.jsonl", b"{}", Format::Json),
            ("mail.eml", b"Subject: a", Format::Eml),
            ("a.bin", b"WARC/1.0\r\n", Format::Warc),
            ("sijil.toml", b"", Format::Settings),
            ("lists/sijil.toml", b"", Format::Other),
        ] {
            assert_eq!(format_of(name, head), format, "{name}");
        }
    }
}
