//! Judgements of users: on pairs of records, on claims, on incidents. Reversible, with a reason.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::error::{Error, Result};
use super::progress::Hand;
use crate::model::entity::{
    Author, Body, ClaimRef, Entity, EntityId, EntityKind, Judgement, Member, Subject, Verdict,
};
use crate::model::{PersonId, RecordRef};
use crate::register::{self, AsOf, Register};

/// The record that `name` names: a record as `sijil trace` prints it, or a person, who is stood
/// for by its first record.
///
/// # Errors
/// When nothing in the register goes by that name.
pub fn record_called(register: &Register, name: &str) -> Result<RecordRef> {
    if let Some(at) = register.record_named(name, AsOf::NOW)? {
        return Ok(at);
    }
    let behind = register.records_behind(&PersonId(name.to_owned()), AsOf::NOW)?;
    behind.into_iter().next().ok_or_else(|| {
        Error::Unknown(format!(
            "no record or person is called {name:?}; take one from `sijil trace` or persons.csv"
        ))
    })
}

/// The claim that `name` names, as claims.csv and `sijil trace` print it.
///
/// # Errors
/// When no document has a claim of that name.
pub fn claim_called(register: &Register, name: &str) -> Result<ClaimRef> {
    let unknown =
        || Error::Unknown(format!("no claim is called {name:?}; take one from claims.csv"));
    let (short, start) = name.rsplit_once('-').ok_or_else(unknown)?;
    let start: usize = start.parse().map_err(|_| unknown())?;
    let documents = register.documents(AsOf::NOW)?;
    let row = documents.iter().find(|row| {
        row.item.short() == short && row.reading.claims.iter().any(|c| c.span.start == start)
    });
    row.map(|row| ClaimRef { item: row.item.clone(), start }).ok_or_else(unknown)
}

/// Decides whether two records stand for one person. Linkage takes it as given from its next run.
/// Gives false where the same was decided already.
///
/// # Errors
/// When both are one record or the register fails.
pub fn judge_records(
    register: &mut Register,
    (a, b): (&RecordRef, &RecordRef),
    verdict: register::Verdict,
    why: &str,
    hand: Hand<'_>,
) -> Result<bool> {
    if a == b {
        return Err(Error::Unknown("that is one record, named twice; name two".to_owned()));
    }
    let mut write = register.write()?;
    let new = write.judge_pair((a, b), verdict, why, hand.name)?;
    if new {
        let body = json!({ "a": a, "b": b, "verdict": verdict.code(), "why": why });
        write.append(hand.clock.now(), hand.name, "judge", &body)?;
    }
    write.commit()?;
    Ok(new)
}

/// Takes back what a user decided on two records; gives false where nobody had.
///
/// # Errors
/// When the register fails.
pub fn unjudge_records(
    register: &mut Register,
    (a, b): (&RecordRef, &RecordRef),
    why: &str,
    hand: Hand<'_>,
) -> Result<bool> {
    let mut write = register.write()?;
    let stood = write.unjudge_pair(a, b)?;
    if stood {
        let body = json!({ "a": a, "b": b, "verdict": "taken back", "why": why });
        write.append(hand.clock.now(), hand.name, "judge", &body)?;
    }
    write.commit()?;
    Ok(stood)
}

/// Decides on a claim. Gives false where the same was decided already.
///
/// # Errors
/// When the register fails.
pub fn judge_claim(
    register: &mut Register,
    at: &ClaimRef,
    verdict: Verdict,
    why: &str,
    hand: Hand<'_>,
) -> Result<bool> {
    judge(register, Subject::Claim(at.clone()), verdict, why, hand)
}

/// Decides whether two members speak of one incident. Gives false where the same was decided
/// already.
///
/// # Errors
/// When the register fails.
pub fn judge_members(
    register: &mut Register,
    (a, b): (&Member, &Member),
    same: bool,
    why: &str,
    hand: Hand<'_>,
) -> Result<bool> {
    let pair = (a.min(b).clone(), a.max(b).clone());
    let verdict = if same { Verdict::Same } else { Verdict::Different };
    judge(register, Subject::Members(Box::new(pair)), verdict, why, hand)
}

/// Takes back a decision on a claim or on two members; gives false where nobody had decided.
///
/// # Errors
/// When the register fails.
pub fn unjudge(register: &mut Register, on: &Subject, why: &str, hand: Hand<'_>) -> Result<bool> {
    super::withdraw(register, EntityKind::Judgement, &judgement_id(on), why, hand)
}

/// Takes back the decision that a ledger entry of kind `judge` tells of; gives false where it no
/// longer stands.
///
/// # Errors
/// When the entry tells of no decision or the register fails.
pub fn undo_entry(register: &mut Register, number: u64, why: &str, hand: Hand<'_>) -> Result<bool> {
    let none = || {
        Error::Unknown(format!(
            "entry {number} tells of no decision; `sijil log --kind judge` lists those that do"
        ))
    };
    let entry = register.entry(number)?.filter(|stored| stored.entry.kind == "judge");
    let said = entry.ok_or_else(none)?.said();
    let field = |name: &str| said.get(name).cloned().unwrap_or_default();
    if let Ok(on) = serde_json::from_value::<Subject>(field("on")) {
        return unjudge(register, &on, why, hand);
    }
    let record = |name| serde_json::from_value::<RecordRef>(field(name)).map_err(|_| none());
    let pair = (record("a")?, record("b")?);
    unjudge_records(register, (&pair.0, &pair.1), why, hand)
}

fn judge(
    register: &mut Register,
    on: Subject,
    verdict: Verdict,
    why: &str,
    hand: Hand<'_>,
) -> Result<bool> {
    let said = json!({ "on": on, "verdict": verdict.code(), "why": why });
    let entity = Entity {
        id: judgement_id(&on),
        body: Body::Judgement(Judgement { on, verdict, why: why.to_owned() }),
        author: Author::User(hand.name.to_owned()),
        basis: Vec::new(),
    };
    let done = super::enter(register, &[entity], "judge", said, hand)?;
    Ok(done.new + done.changed > 0)
}

/// A judgement is named after what it is on: a newer one takes the place of the older.
fn judgement_id(on: &Subject) -> EntityId {
    let json = serde_json::to_vec(on).expect("a subject is plain data");
    let digest = Sha256::digest(json);
    let hex: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    EntityId(format!("j-{hex}"))
}
