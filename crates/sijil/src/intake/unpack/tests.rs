//! Archives that are made to do harm, and what is taken out of honest ones.

use std::io::{Cursor, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{ALWAYS, Allowance, unpack};
use crate::model::Format;

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Names and bytes of what is taken out, and the problems.
fn taken(name: &str, format: Format, bytes: &[u8]) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    std::fs::write(&path, bytes).unwrap();
    let mut out = Vec::new();
    let mut allowance = Allowance::of(bytes.len() as u64);
    let problems = at(&path, name, format, &mut allowance, &mut out);
    (out, problems)
}

fn at(
    path: &Path,
    name: &str,
    format: Format,
    allowance: &mut Allowance,
    out: &mut Vec<(String, Vec<u8>)>,
) -> Vec<String> {
    let problems = unpack::<()>(name, format, &path, 0, allowance, &mut |name, source| {
        let mut bytes = Vec::new();
        let ended = source.read_to_end(&mut bytes).err();
        if ended.is_none() {
            out.push((name.to_owned(), bytes));
        }
        Ok(ended)
    });
    problems.unwrap().iter().map(ToString::to_string).collect()
}

fn names(out: &[(String, Vec<u8>)]) -> Vec<&str> {
    out.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn members_are_named_within_their_archive() {
    let bytes = zipped(&[
        ("تقارير/أ.txt", "قتل تسعة".as_bytes()),
        ("b.csv", b"Name"),
        (".hidden", b"x"),
        ("__MACOSX/b.csv", b"x"),
    ]);
    let (out, problems) = taken("in/a.zip", Format::Zip, &bytes);
    assert_eq!(names(&out), ["in/a.zip/تقارير/أ.txt", "in/a.zip/b.csv"]);
    assert_eq!(out[0].1, "قتل تسعة".as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn names_that_lead_out_of_the_archive_are_refused() {
    let bad = ["../a.txt", "a/../../b.txt", "/etc/c", "..\\d.txt", "C:\\e.txt", "C:f", "g/\0.txt"];
    for name in bad {
        let (out, problems) = taken("a.zip", Format::Zip, &zipped(&[(name, b"x"), ("ok", b"y")]));
        assert_eq!(names(&out), ["a.zip/ok"], "{name:?}");
        assert_eq!(problems.len(), 1, "{name:?}: {problems:?}");
        assert!(problems[0].contains("refused"), "{problems:?}");
    }
    let (out, _) = taken("a.zip", Format::Zip, &zipped(&[("a\u{202E}txt.exe", b"x")]));
    assert_eq!(names(&out), ["a.zip/a\u{FFFD}txt.exe"]);
}

#[test]
fn bombs_are_refused_and_what_stands_before_them_is_taken() {
    let flat = vec![0; usize::try_from(ALWAYS).unwrap() + (8 << 20)];
    let bytes = zipped(&[("a.txt", b"nine"), ("bomb.txt", &flat), ("z.txt", b"ten")]);
    let (out, problems) = taken("a.zip", Format::Zip, &bytes);
    assert_eq!(names(&out), ["a.zip/a.txt", "a.zip/z.txt"]);
    assert!(problems[0].contains("would unpack"), "{problems:?}");
    let (out, problems) = taken("a.gz", Format::Gz, &gzipped(&flat));
    assert!(out.is_empty());
    assert!(problems[0].contains("would unpack"), "{problems:?}");
}

#[test]
fn an_archive_that_declares_millions_of_entries_is_refused_at_once() {
    // End record of the long form: 2^40 entries.
    let mut bytes = b"PK\x06\x06".to_vec();
    bytes.extend([0; 28]);
    bytes.extend((1_u64 << 40).to_le_bytes());
    bytes.extend([0; 16]);
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend(0_u64.to_le_bytes());
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(b"PK\x05\x06");
    bytes.extend([0xFF; 16]);
    bytes.extend([0; 2]);
    let (out, problems) = taken("a.zip", Format::Zip, &bytes);
    assert!(out.is_empty());
    assert!(problems[0].contains("entries"), "{problems:?}");
}

#[test]
fn damaged_archives_are_problems() {
    let whole = zipped(&[("a.txt", &b"nine people ".repeat(100))]);
    for length in (0..whole.len()).step_by(7) {
        let (_, problems) = taken("a.zip", Format::Zip, &whole[..length]);
        assert_eq!(problems.len(), 1, "{length}");
    }
    let mut broken = gzipped(&b"nine people died ".repeat(50));
    let middle = broken.len() / 2;
    broken[middle] ^= 0xFF;
    let (out, problems) = taken("a.csv.gz", Format::Gz, &broken);
    assert_eq!((out.len(), problems.len()), (0, 1), "{problems:?}");
    let (out, _) = taken("b/a.csv.gz", Format::Gz, &gzipped(b"Name"));
    assert_eq!(out, [("b/a.csv.gz/a.csv".to_owned(), b"Name".to_vec())]);
}

#[test]
fn attachments_and_entries_are_members() {
    let mail = "From: a@example.org\r\nSubject: list\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
        See the list.\r\n--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; \
        filename=\"../../list.csv\"\r\nContent-Transfer-Encoding: base64\r\n\r\nTmFtZQ==\r\n--b--\r\n";
    let (out, problems) = taken("m.eml", Format::Eml, mail.as_bytes());
    assert_eq!(out, [("m.eml/list.csv".to_owned(), b"Name".to_vec())], "{problems:?}");
    let feed = "<?xml version='1.0'?><rss><channel><title>News</title><item><title>a</title>\
        </item>\n<item><title>ب</title></item></channel></rss>";
    let (out, problems) = taken("f.rss", Format::Feed, feed.as_bytes());
    assert_eq!(names(&out), ["f.rss/0001.xml", "f.rss/0002.xml"]);
    assert_eq!(out[1].1, "<item><title>ب</title></item>".as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
    let (out, problems) = taken("f.rss", Format::Feed, &feed.as_bytes()[..100]);
    assert_eq!((out.len(), problems.len()), (1, 1), "{problems:?}");
}

#[test]
fn responses_of_a_web_archive_are_members() {
    let record = |kind: &str, address: &str, block: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n\
             Content-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n\
                3\r\n<p>\r\n4\r\nNine\r\n0\r\n\r\n";
    let warc = [
        record("warcinfo", "", "software: a"),
        record("request", "https://example.org/a", "GET /a HTTP/1.1\r\n\r\n"),
        record("response", "https://example.org/a/../news?x=1", page),
        record("response", "https://example.org/gone", "HTTP/1.1 404 Not Found\r\n\r\nno"),
    ]
    .concat();
    let (out, problems) = taken("w.warc", Format::Warc, warc.as_bytes());
    assert_eq!(out, [("w.warc/example.org/a/news.html".to_owned(), b"<p>Nine".to_vec())]);
    assert!(problems.is_empty(), "{problems:?}");
    let (_, problems) = taken("w.warc", Format::Warc, &warc.as_bytes()[..warc.len() - 20]);
    assert_eq!(problems.len(), 1, "{problems:?}");
}
