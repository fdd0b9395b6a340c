//! Web archives: the body of every response that a server gave in full, under its address.
//!
//! Transfer and content codings are undone; requests, redirects, errors and revisits are passed
//! over. The archive itself stays the evidence of heads and times.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

use super::Members;
use crate::intake::{Bytes, Stream};

/// Bytes of one head, and of one line of it.
const LONGEST_HEAD: u64 = 64 << 10;

/// Records of one archive that are looked at.
const MOST_RECORDS: usize = 1_000_000;

pub(super) fn members<E>(from: &dyn Bytes, members: &mut Members<'_, '_, E>) -> Result<(), E> {
    let mut source = match from.open() {
        Ok(file) => BufReader::new(file),
        Err(e) => {
            members.damaged(format!("cannot be read ({e}); try again"));
            return Ok(());
        }
    };
    for number in 1..=MOST_RECORDS {
        match Head::read(&mut source) {
            Ok(Some(head)) if head.first.starts_with("WARC/") => {
                let length = head.field("content-length").and_then(|n| n.parse::<u64>().ok());
                let Some(length) = length else {
                    members.damaged(format!("record {number} has no length: the rest is not read"));
                    return Ok(());
                };
                let mut block = (&mut source).take(length);
                let go_on = record(&head, &mut block, members)?;
                let rest = block.limit();
                if !go_on {
                    return Ok(());
                }
                let passed = io::copy(&mut (&mut source).take(rest), &mut io::sink());
                if passed.ok() != Some(rest) {
                    members.damaged(format!("ends within record {number}"));
                    return Ok(());
                }
            }
            Ok(None) => return Ok(()),
            _ => {
                members.damaged(format!("record {number} is damaged: the rest is not read"));
                return Ok(());
            }
        }
    }
    members.damaged(format!("has more than {MOST_RECORDS} records: the rest is not read"));
    Ok(())
}

fn record<E>(
    head: &Head,
    block: &mut io::Take<&mut BufReader<Box<dyn Stream>>>,
    members: &mut Members<'_, '_, E>,
) -> Result<bool, E> {
    let kind = head.field("warc-type").unwrap_or_default();
    let address = head.field("warc-target-uri").unwrap_or_default().trim_matches(['<', '>']);
    match kind {
        "resource" => {
            let name = name_of(address, head.field("content-type").unwrap_or_default());
            members.member(&name, block.limit(), block)
        }
        "response" if address.starts_with("http") => {
            let Ok(Some(reply)) = Head::read(block) else { return Ok(true) };
            let status = reply.first.split(' ').nth(1).unwrap_or_default();
            if !reply.first.starts_with("HTTP/") || !status.starts_with('2') {
                return Ok(true);
            }
            let is = |field, coding: &str| {
                reply.field(field).is_some_and(|f| f.to_ascii_lowercase().contains(coding))
            };
            let name = name_of(address, reply.field("content-type").unwrap_or_default());
            let chunked = is("transfer-encoding", "chunked");
            let body: Box<dyn Read + '_> = if chunked {
                Box::new(Chunks { block, left: 0, over: false })
            } else {
                Box::new(block)
            };
            if is("content-encoding", "gzip") {
                members.member(&name, 0, &mut GzDecoder::new(BufReader::new(body)))
            } else {
                let mut body = body;
                members.member(&name, 0, &mut body)
            }
        }
        _ => Ok(true),
    }
}

/// An address as the name of an item: host and path, an ending that tells the format.
fn name_of(address: &str, kind: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = rest.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let parts = path.split('/').filter(|part| !part.trim_matches('.').is_empty());
    let path: Vec<&str> = parts.collect();
    let path = path.join("/").replace(['\\', ':'], "_");
    let endings = [
        ("html", &["html", "htm", "xhtml"][..]),
        ("pdf", &["pdf"]),
        ("json", &["json"]),
        ("csv", &["csv"]),
        ("plain", &["txt", "csv", "md"]),
    ];
    for (word, endings) in endings {
        if kind.contains(word) {
            let lower = path.to_ascii_lowercase();
            let has = endings.iter().any(|e| lower.ends_with(&format!(".{e}")));
            return if has { path } else { format!("{path}.{}", endings[0]) };
        }
    }
    path
}

/// The first line of a record or a reply, and its fields in lower case.
struct Head {
    first: String,
    fields: Vec<(String, String)>,
}

impl Head {
    /// The next head; `None` at the end.
    fn read(source: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut source = source.take(LONGEST_HEAD);
        let mut first = line(&mut source)?;
        while first.as_deref() == Some("") {
            first = line(&mut source)?;
        }
        let Some(first) = first else { return Ok(None) };
        let mut fields = Vec::new();
        while let Some(line) = line(&mut source)?.filter(|line| !line.is_empty()) {
            if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Ok(Some(Self { first, fields }))
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

fn line(source: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if source.read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end().to_owned()))
}

/// A body that was sent in chunks, without the lines between them.
struct Chunks<'a, R> {
    block: &'a mut R,
    left: u64,
    over: bool,
}

impl<R: BufRead> Read for Chunks<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.left == 0 && !self.over {
            let mut head = (&mut *self.block).take(LONGEST_HEAD);
            let Some(size) = line(&mut head)? else { return Ok(0) };
            let digits = size.split(';').next().unwrap_or_default().trim();
            if digits.is_empty() {
                continue;
            }
            self.left = u64::from_str_radix(digits, 16)
                .map_err(|_| io::Error::other("its chunks are damaged"))?;
            self.over = self.left == 0;
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let count = self.block.read(&mut buffer[..most])?;
        self.left -= count as u64;
        Ok(count)
    }
}
