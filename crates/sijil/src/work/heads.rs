//! Heads that leave the house: told to others, compared with later, cosigned by a witness.
//!
//! A ledger that verifies may still be another one than yesterday's: whoever holds the folder holds
//! the key. Only a head that somebody else kept shows a rollback or a rewritten history.

use serde_json::{Value, json};
use sijil_ledger::{Hash, Head, verify, verify_consistency, verify_cosignature};

use super::digits::{hex, unhex};
use super::error::{Error, Result};
use super::progress::Hand;
use super::verify::Finding;
use crate::model::{Consistency, Cosignature, HeadFile};
use crate::register::Register;

/// The newest head, to be handed on. With `since` it proves that the older head is its beginning.
///
/// # Errors
/// When the register has no head, or `since` is not of this register's past.
pub fn head(register: &Register, since: Option<&HeadFile>) -> Result<HeadFile> {
    let newest = register.newest_head()?;
    let since = match since {
        None => None,
        Some(old) => {
            if let Some(finding) = check_head(register, old)?.first() {
                return Err(Error::Unknown(format!("{}: {}", finding.object, finding.detail)));
            }
            let proof =
                register.tree()?.consistency(old.size, newest.head.size).unwrap_or_default();
            let proof = proof.iter().map(ToString::to_string).collect();
            Some(Consistency { size: old.size, proof })
        }
    };
    Ok(HeadFile {
        format: HeadFile::FORMAT.to_owned(),
        public_key: hex(&register.public_key()),
        size: newest.head.size,
        root: newest.head.root.to_string(),
        signature: hex(&newest.signature),
        since,
        cosignatures: Vec::new(),
    })
}

/// Compares the register with a head of it that was kept elsewhere: a rollback, another key or a
/// rewritten history are named.
///
/// # Errors
/// When the file is no head.
pub fn check_head(register: &Register, kept: &HeadFile) -> Result<Vec<Finding>> {
    let (key, head, signature) = parts(kept)?;
    let tree = register.tree()?;
    let mut findings = Vec::new();
    let object = format!("the head kept at {} entries", kept.size);
    let mut find = |detail: &str| {
        findings.push(Finding { object: object.clone(), detail: detail.to_owned() });
    };
    if key != register.public_key() {
        find("is of another register: its key is not this one's");
    } else if !verify(&key, &head, &signature) {
        find("is not signed by this register's key");
    } else if head.size > tree.size() {
        find("is longer than the ledger: the register was rolled back to an older copy");
    } else if tree.head_at(head.size) != Some(head) {
        find("is not the beginning of the ledger: history was rewritten");
    }
    for word in &kept.cosignatures {
        let witness: Option<[u8; 32]> = unhex(&word.public_key).and_then(|k| k.try_into().ok());
        let signed = unhex(&word.signature).unwrap_or_default();
        if !witness.is_some_and(|witness| verify_cosignature(&witness, &key, &head, &signed)) {
            find("carries a cosignature that is none");
        }
    }
    Ok(findings)
}

/// Cosigns a head of another register: this register has seen it, and it continues every head of
/// that register that it has seen before. The word is kept in the ledger.
///
/// # Errors
/// When the head is not signed, or does not prove that it continues the last one seen; then nothing
/// is written.
pub fn witness(register: &mut Register, seen: &HeadFile, hand: Hand<'_>) -> Result<HeadFile> {
    let (key, head, signature) = parts(seen)?;
    if key == register.public_key() {
        let why = "it is this register's own head; a witness is another office";
        return Err(Error::Unknown(why.to_owned()));
    }
    if !verify(&key, &head, &signature) {
        return Err(Error::Unknown("the head is not signed by the key that it names".to_owned()));
    }
    if let Some(last) = last_seen(register, &seen.public_key)? {
        continues(&last, &head, seen)?;
    }
    let mut cosigned = seen.clone();
    let own = hex(&register.public_key());
    cosigned.cosignatures.retain(|word| word.public_key != own);
    let word = hex(&register.cosign(&key, &head));
    cosigned.cosignatures.push(Cosignature { public_key: own, signature: word });
    if last_seen(register, &seen.public_key)? != Some(head) {
        let mut write = register.write()?;
        let body = json!({ "of": seen.public_key, "size": seen.size, "root": seen.root });
        write.append(hand.clock.now(), hand.name, "witness", &body)?;
        write.commit()?;
    }
    Ok(cosigned)
}

fn continues(last: &Head, head: &Head, seen: &HeadFile) -> Result<()> {
    if head.size < last.size {
        return Err(Error::Unknown(format!(
            "it has {} entries, and {} were seen before: the register was rolled back",
            head.size, last.size
        )));
    }
    let proof = match &seen.since {
        Some(since) if since.size == last.size => {
            since.proof.iter().map(|hash| hash_of(hash)).collect::<Option<Vec<Hash>>>()
        }
        _ if head == last => Some(Vec::new()),
        _ => None,
    };
    let Some(proof) = proof else {
        return Err(Error::Unknown(format!(
            "it does not prove that it continues the head of {} entries seen before; ask for one made \
             with `sijil head --since` that head",
            last.size
        )));
    };
    if verify_consistency(last, head, &proof) {
        return Ok(());
    }
    let why = "it does not continue the head seen before: that register shows two histories";
    Err(Error::Unknown(why.to_owned()))
}

/// The last head of the register with this key that was witnessed here.
fn last_seen(register: &Register, of: &str) -> Result<Option<Head>> {
    let entries = register.entries()?;
    let seen = entries.iter().rev().filter(|stored| stored.entry.kind == "witness");
    let mut heads = seen.filter_map(|stored| {
        let said = stored.said();
        let text = |name: &str| said.get(name).and_then(Value::as_str).map(str::to_owned);
        let size = said.get("size").and_then(Value::as_u64)?;
        (text("of")? == of).then_some(())?;
        Some(Head { size, root: hash_of(&text("root")?)? })
    });
    Ok(heads.next())
}

/// Key, head and signature of a file.
fn parts(file: &HeadFile) -> Result<([u8; 32], Head, Vec<u8>)> {
    let broken = || Error::Unknown("the file is no head of a register".to_owned());
    let key = unhex(&file.public_key).and_then(|key| key.try_into().ok()).ok_or_else(broken)?;
    let root = hash_of(&file.root).ok_or_else(broken)?;
    let signature = unhex(&file.signature).ok_or_else(broken)?;
    if file.format != HeadFile::FORMAT {
        return Err(broken());
    }
    Ok((key, Head { size: file.size, root }, signature))
}

fn hash_of(digits: &str) -> Option<Hash> {
    Hash::try_from(unhex(digits)?.as_slice()).ok()
}
