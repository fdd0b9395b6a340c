//! Trusted time: an authority's word that a head was there at a time (RFC 3161).
//!
//! No connection is opened: a request is written to a file, carried to an authority by whatever the
//! user trusts, and the reply is taken in and kept in the ledger. A stamp on a head vouches for all
//! entries under it. Whether the authority's signature holds is checked offline by `openssl`, the
//! program that courts and authorities use themselves, against a certificate that the user names.

mod der;

use std::path::Path;
use std::process::{Command, Stdio};

use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sijil_ledger::Head;

use self::der::Stamp;
use super::digits::{hex, unhex};
use super::error::{Error, Result};
use super::progress::Hand;
use crate::register::Register;

/// Kind of the ledger entries that keep stamps.
const KIND: &str = "stamp";

/// Bytes of a reply that are taken in: it holds a few certificates at most.
const LARGEST: u64 = 256 << 10;

/// A head, and the stamp on it if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StampLine {
    /// Entries under the head.
    pub size: u64,
    /// Its root.
    pub root: String,
    /// When the authority says that it was there; `None` while no stamp covers it.
    pub time: Option<Timestamp>,
    /// The ledger entry that keeps the stamp.
    pub entry: Option<u64>,
}

/// What `openssl` says of one stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StampCheck {
    /// Entries under the head.
    pub size: u64,
    /// When the authority says that it was there.
    pub time: Timestamp,
    /// What is wrong; `None` where the signature and its certificates hold.
    pub wrong: Option<String>,
}

/// The request for a stamp on the newest head, as DER, and how many entries that head covers.
///
/// # Errors
/// When the register has no head.
pub fn stamp_request(register: &Register) -> Result<(Vec<u8>, u64)> {
    let head = register.newest_head()?.head;
    Ok((der::request(&imprint(&head)), head.size))
}

/// Keeps a reply: the time that it gives, and whether it was new.
///
/// # Errors
/// When the file is no reply, or is about no head of this register; then nothing is written.
pub fn take_stamp(
    register: &mut Register,
    file: &Path,
    hand: Hand<'_>,
) -> Result<(StampLine, bool)> {
    let bad = |reason: String| Error::Input { path: file.to_path_buf(), reason };
    let unreadable = |e: std::io::Error| bad(format!("cannot be read ({e})"));
    if std::fs::metadata(file).map_err(unreadable)?.len() > LARGEST {
        return Err(bad("is too large for a reply of a time stamp authority".to_owned()));
    }
    let reply = std::fs::read(file).map_err(unreadable)?;
    let stamp = der::read(&reply).map_err(|why| bad(why.to_owned()))?;
    let heads = register.heads()?;
    let Some(signed) = heads.iter().find(|signed| imprint(&signed.head)[..] == stamp.imprint[..])
    else {
        let why = "is about no head of this register; ask with a request that `sijil stamp request` wrote";
        return Err(bad(why.to_owned()));
    };
    let head = signed.head;
    let line = |entry| StampLine {
        size: head.size,
        root: head.root.to_string(),
        time: Some(stamp.time),
        entry: Some(entry),
    };
    let digits = hex(&reply);
    if let Some(there) = kept(register)?.into_iter().find(|there| there.reply == reply) {
        return Ok((line(there.entry), false));
    }
    let body = json!({
        "size": head.size, "root": head.root.to_string(), "time": stamp.time.to_string(),
        "reply": digits,
    });
    let mut write = register.write()?;
    let entry = write.append(hand.clock.now(), hand.name, KIND, &body)?;
    write.commit()?;
    Ok((line(entry), true))
}

/// Heads with their stamps, and behind them those that wait for one: heads over entries that no
/// stamp covers, unless all of those only keep stamps.
///
/// # Errors
/// When the register cannot be read.
pub fn stamp_lines(register: &Register) -> Result<Vec<StampLine>> {
    let mut lines: Vec<StampLine> = kept(register)?
        .into_iter()
        .map(|Kept { entry, head, stamp, .. }| StampLine {
            size: head.size,
            root: head.root.to_string(),
            time: Some(stamp.time),
            entry: Some(entry),
        })
        .collect();
    let covered = lines.iter().map(|line| line.size).max().unwrap_or(0);
    let entries = register.entries()?;
    let open = |size: u64| {
        let new = entries.iter().filter(|e| e.entry.number >= covered && e.entry.number < size);
        new.into_iter().any(|logged| logged.entry.kind != KIND)
    };
    let waiting = register.heads()?.into_iter().map(|signed| signed.head);
    lines.extend(waiting.filter(|head| head.size > covered && open(head.size)).map(|head| {
        StampLine { size: head.size, root: head.root.to_string(), time: None, entry: None }
    }));
    lines.sort_by_key(|line| (line.size, line.entry));
    Ok(lines)
}

/// Checks every stamp against the certificate of an authority's root, and others on the way to it.
/// Certificates count as of the time of the stamp: that they expire later takes nothing from it.
///
/// # Errors
/// When the register cannot be read, or there is no `openssl` on this machine.
pub fn check_stamps(
    register: &Register,
    root: &Path,
    others: Option<&Path>,
) -> Result<Vec<StampCheck>> {
    let mut checks = Vec::new();
    for Kept { head, reply, stamp, .. } in kept(register)? {
        let wrong = if stamp.imprint[..] == imprint(&head)[..] {
            ask_openssl(&head, &reply, stamp.time, root, others)?
        } else {
            Some("it is about another head".to_owned())
        };
        checks.push(StampCheck { size: head.size, time: stamp.time, wrong });
    }
    Ok(checks)
}

/// What `openssl` finds wrong with a reply.
fn ask_openssl(
    head: &Head,
    reply: &[u8],
    time: Timestamp,
    root: &Path,
    others: Option<&Path>,
) -> Result<Option<String>> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| Error::Output { path, source }
    };
    // It reads the reply from a file; there is no secret in it.
    let aside = tempfile::NamedTempFile::new().map_err(failed(&std::env::temp_dir()))?;
    std::fs::write(aside.path(), reply).map_err(failed(aside.path()))?;
    let mut command = Command::new("openssl");
    command.args(["ts", "-verify", "-digest", &hex(&imprint(head)), "-in"]).arg(aside.path());
    command.arg("-CAfile").arg(root);
    command.args(["-attime", &time.as_second().to_string()]);
    if let Some(others) = others {
        command.arg("-untrusted").arg(others);
    }
    let output = command.stdin(Stdio::null()).output().map_err(|e| {
        Error::Unknown(format!(
            "openssl cannot be run ({e}); install it, or check the replies of `sijil log --kind \
             stamp` with another program"
        ))
    })?;
    if output.status.success() {
        return Ok(None);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let why = said.lines().find(|line| line.contains("error:")).unwrap_or("it gave no reason");
    // The last field is the reason; those before it are numbers of its own.
    let why = why.rsplit(':').find(|part| !part.trim().is_empty()).unwrap_or(why);
    Ok(Some(format!("openssl does not accept it: {}", why.trim())))
}

/// A stamp that the ledger keeps.
struct Kept {
    entry: u64,
    head: Head,
    reply: Vec<u8>,
    stamp: Stamp,
}

fn kept(register: &Register) -> Result<Vec<Kept>> {
    let heads = register.heads()?;
    let entries = register.entries()?;
    let stamps = entries.iter().filter(|logged| logged.entry.kind == KIND).filter_map(|logged| {
        let said = logged.said();
        let size = said.get("size").and_then(Value::as_u64)?;
        let head = heads.iter().find(|signed| signed.head.size == size)?.head;
        let reply = unhex(said.get("reply").and_then(Value::as_str)?)?;
        let stamp = der::read(&reply).ok()?;
        Some(Kept { entry: logged.entry.number, head, reply, stamp })
    });
    Ok(stamps.collect())
}

/// SHA-256 of the bytes that a head's signature is over.
fn imprint(head: &Head) -> [u8; 32] {
    Sha256::digest(head.to_bytes()).into()
}
