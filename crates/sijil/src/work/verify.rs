//! Recomputes everything that can be recomputed and names what does not agree.

use std::collections::BTreeSet;

use sijil_ledger::{Tree, leaf_hash, verify as verify_signature};

use super::error::Result;
use crate::intake;
use crate::model::ItemId;
use crate::register::{AsOf, LedgerEntry, Register};

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong: an entry, a head, an original, a reading.
    pub object: String,
    /// How it is wrong and what rests on it.
    pub detail: String,
}

/// Checks entries against the tree, heads against their signatures, originals against their
/// hashes, readings and links against the digests in the ledger, and the database file itself.
///
/// # Errors
/// When the register cannot be read at all.
pub fn verify(register: &Register) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for detail in register.database_findings()? {
        findings.push(Finding { object: "database sijil.db".to_owned(), detail });
    }
    let entries = register.entries()?;
    check_entries(&entries, &mut findings);
    check_heads(register, &entries, &mut findings)?;
    check_originals(register, &entries, &mut findings)?;
    check_readings(register, &entries, &mut findings)?;
    check_links(register, &entries, &mut findings)?;
    Ok(findings)
}

fn found(findings: &mut Vec<Finding>, object: String, detail: &str) {
    findings.push(Finding { object, detail: detail.to_owned() });
}

fn check_entries(entries: &[LedgerEntry], findings: &mut Vec<Finding>) {
    for (expected, stored) in (0..).zip(entries) {
        let number = stored.entry.number;
        if number != expected {
            let detail = "entries are not numbered without a gap: one was removed or slipped in";
            found(findings, format!("ledger entry {expected}"), detail);
        }
        if leaf_hash(&stored.entry.to_bytes()).as_bytes().as_slice() != stored.leaf.as_slice() {
            let detail = "its content is not what was hashed: it was changed afterwards";
            found(findings, format!("ledger entry {number}"), detail);
        }
    }
}

fn check_heads(
    register: &Register,
    entries: &[LedgerEntry],
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let heads = register.heads()?;
    let key = register.public_key();
    let mut tree = Tree::default();
    let mut left = entries.iter();
    for signed in &heads {
        let object = format!("head over {} entries", signed.head.size);
        while tree.size() < signed.head.size {
            let Some(stored) = left.next() else {
                found(findings, object.clone(), "entries that it covers are missing");
                return Ok(());
            };
            tree.append(leaf_hash(&stored.entry.to_bytes()));
        }
        if tree.root() != signed.head.root {
            let detail = "its root is not that of the entries: an entry up to it was changed";
            found(findings, object.clone(), detail);
        }
        if !verify_signature(&key, &signed.head, &signed.signature) {
            found(findings, object, "its signature is not by this register's key");
        }
    }
    if heads.last().map_or(0, |signed| signed.head.size) != entries.len() as u64 {
        found(findings, "the last entries".to_owned(), "no signed head covers them");
    }
    Ok(())
}

fn check_originals(
    register: &Register,
    entries: &[LedgerEntry],
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let logged: BTreeSet<String> =
        of_kind(entries, "add").filter_map(|(_, body)| text(&body, "item")).collect();
    let items = register.all_items()?;
    for item in &items {
        let path = register.evidence().path_of(item);
        let object = format!("original {item}");
        match intake::hash(&path) {
            Err(_) => found(findings, object, "it is missing or cannot be read"),
            Ok((actual, _)) if actual != *item => {
                found(findings, object, "its bytes are not those that came in");
            }
            Ok(_) => {}
        }
        if !logged.contains(&item.0) {
            found(findings, format!("item {item}"), "no ledger entry says that it came in");
        }
    }
    let known: BTreeSet<String> = items.into_iter().map(|item| item.0).collect();
    for item in logged.difference(&known) {
        found(findings, format!("item {item}"), "the ledger says it came in, the store lacks it");
    }
    Ok(())
}

fn check_readings(
    register: &Register,
    entries: &[LedgerEntry],
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let mut stored = BTreeSet::new();
    for (item, since, digest) in register.reading_digests()? {
        let object = format!("reading of item {} (entry {since})", item.short());
        let logged = usize::try_from(since).ok().and_then(|n| entries.get(n));
        let logged = logged.and_then(|entry| serde_json::from_str(&entry.entry.body).ok());
        if logged.as_ref().and_then(|body| text(body, "digest")).as_deref() != Some(&digest) {
            found(findings, object.clone(), "its digest is not the one in the ledger");
        }
        if register.recompute_digest(&item, since)? != digest {
            let detail = "its text, statements or records were changed after it was read";
            found(findings, object, detail);
        }
        stored.insert((item, since));
    }
    for (number, body) in of_kind(entries, "read") {
        let item = ItemId(text(&body, "item").unwrap_or_default());
        if !stored.contains(&(item.clone(), number)) {
            let object = format!("reading of item {} (entry {number})", item.short());
            found(findings, object, "the ledger says it was made, the store lacks it");
        }
    }
    Ok(())
}

fn check_links(
    register: &Register,
    entries: &[LedgerEntry],
    findings: &mut Vec<Finding>,
) -> Result<()> {
    for (number, body) in of_kind(entries, "link") {
        let now = register.links_digest(AsOf(number))?;
        if text(&body, "digest").as_deref() != Some(&now) {
            let detail = "who stands for whom was changed after linking";
            found(findings, format!("linkage of entry {number}"), detail);
        }
    }
    Ok(())
}

/// Number and body of every entry of a kind; an unreadable body is found by its hash.
fn of_kind<'e>(
    entries: &'e [LedgerEntry],
    kind: &'static str,
) -> impl Iterator<Item = (u64, serde_json::Value)> + 'e {
    entries.iter().filter(move |stored| stored.entry.kind == kind).filter_map(|stored| {
        Some((stored.entry.number, serde_json::from_str(&stored.entry.body).ok()?))
    })
}

fn text(body: &serde_json::Value, field: &str) -> Option<String> {
    Some(body.get(field)?.as_str()?.to_owned())
}
