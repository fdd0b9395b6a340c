//! Recomputes everything that can be recomputed and names what does not agree.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

use sijil_ledger::{Entry, Tree, leaf_hash, verify as verify_signature};

use super::error::Result;
use crate::intake;
use crate::model::ItemId;
use crate::register::{LedgerEntry, Register, SignedHead, damaged_pages};

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong: an entry, a head, an original, a reading.
    pub object: String,
    /// How it is wrong and what rests on it.
    pub detail: String,
}

/// Checks the database file itself, entries against the tree, heads against their signatures,
/// originals against their hashes, every row against the digests of the entries that brought and
/// ended it, columns and the index of words against the rows that they are derived from.
///
/// # Errors
/// When the register cannot be read at all.
pub fn verify(register: &Register) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (object, detail) in
        register.page_findings()?.into_iter().chain(register.database_findings()?)
    {
        findings.push(Finding { object, detail });
    }
    let entries = register.entries()?;
    check_key(register, &entries, &mut findings);
    check_entries(&entries, &mut findings);
    check_heads(register, &entries, &mut findings)?;
    check_originals(register, &entries, &mut findings)?;
    check_rows(register, &entries, &mut findings)?;
    for (object, detail) in
        register.column_findings()?.into_iter().chain(register.search_findings()?)
    {
        findings.push(Finding { object, detail });
    }
    Ok(findings)
}

/// What can be said of a register that does not open any more: the damaged pages of its database.
pub fn damage(folder: &Path) -> Vec<Finding> {
    let pages = damaged_pages(folder).unwrap_or_default().0;
    let name = |page| Finding {
        object: format!("page {page} of sijil.db"),
        detail: "its bytes are not those that were written".to_owned(),
    };
    pages.into_iter().map(name).collect()
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
    check_sizes(&heads, entries, findings);
    Ok(())
}

/// Each transaction left one head, over all entries up to it; its entries say where it began.
fn check_sizes(heads: &[SignedHead], entries: &[LedgerEntry], findings: &mut Vec<Finding>) {
    let begun = entries.iter().filter_map(LedgerEntry::after);
    let due: BTreeSet<u64> = begun.chain([entries.len() as u64]).filter(|size| *size > 0).collect();
    let there: BTreeSet<u64> = heads.iter().map(|signed| signed.head.size).collect();
    for size in due.difference(&there) {
        found(findings, format!("head over {size} entries"), "it is missing");
    }
    for size in there.difference(&due) {
        let detail = "no transaction ended there: it was slipped in";
        found(findings, format!("head over {size} entries"), detail);
    }
}

/// The key that signs is the one that the register was made with.
fn check_key(register: &Register, entries: &[LedgerEntry], findings: &mut Vec<Finding>) {
    let key: String = register.public_key().iter().map(|byte| format!("{byte:02x}")).collect();
    for (_, body) in of_kind(entries, "init") {
        if text(&body, "public_key").as_deref() != Some(&key) {
            let detail = "it is not the one that the register was made with";
            found(findings, "signing key".to_owned(), detail);
        }
    }
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
        let object = format!("original {item}");
        match intake::hash(&register.evidence().original(item)) {
            Err(e) if e.kind() == ErrorKind::InvalidData => {
                found(findings, object, "it does not decrypt: damaged, cut off or another's");
            }
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
    // In an encrypted register names tell nothing of what a file holds.
    let names = if register.key().is_none() { register.evidence().names()? } else { Vec::new() };
    for name in names {
        // A run that was broken off may leave an original that no entry names yet.
        let item = ItemId(name);
        let left = || intake::hash(&register.evidence().path_of(&item)).is_ok_and(|h| h.0 == item);
        if !known.contains(&item.0) && !left() {
            let detail = "no original has that name: it was put there by something else";
            found(findings, format!("file {item} in evidence"), detail);
        }
    }
    Ok(())
}

/// Compares what each entry says that it did to the rows with what the rows say now.
fn check_rows(
    register: &Register,
    entries: &[LedgerEntry],
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let mut stored = register.changes()?;
    for logged in entries {
        let number = i64::try_from(logged.entry.number).unwrap_or(i64::MAX);
        let object = |table: &str| format!("{table} rows of {}", name_of(logged));
        for (table, said) in logged.rows() {
            let detail = match stored.remove(&(number, table.clone())) {
                Some(now) if now == said => continue,
                Some(now) if (now.added, now.ended) == (said.added, said.ended) => {
                    "their content is not what was written: it was changed afterwards".to_owned()
                }
                now => {
                    let (added, ended) = now.map_or((0, 0), |now| (now.added, now.ended));
                    format!(
                        "the entry brought {} and ended {}, the store says {added} and {ended}: \
                         rows were removed, slipped in, ended or revived",
                        said.added, said.ended
                    )
                }
            };
            found(findings, object(&table), &detail);
        }
        let foreign = (number, String::new())..=(number, char::MAX.to_string());
        let foreign: Vec<_> = stored.range(foreign).map(|(at, _)| at.clone()).collect();
        for at in foreign {
            stored.remove(&at);
            let detail = "rows say that this entry brought or ended them, the entry does not";
            found(findings, object(&at.1), detail);
        }
    }
    for (entry, table) in stored.into_keys() {
        let detail = "rows name this entry, which the ledger does not have";
        found(findings, format!("{table} rows of ledger entry {entry}"), detail);
    }
    Ok(())
}

/// An entry by number, kind and the item that it is about.
fn name_of(logged: &LedgerEntry) -> String {
    let Entry { number, kind, .. } = &logged.entry;
    match text(&logged.said(), "item") {
        Some(item) => format!("ledger entry {number} ({kind} of item {})", ItemId(item).short()),
        None => format!("ledger entry {number} ({kind})"),
    }
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
