//! What humans have decided on claims: rejected ones count nowhere, corrected ones as corrected.

use std::collections::{BTreeMap, BTreeSet};

use sijil_claims::{Claim, Perpetrator, Span, Window};

use super::error::Result;
use super::extract::named_records;
use crate::model::RecordRef;
use crate::model::entity::{
    Author, Body, ClaimRef, Correction, EntityKind, Judgement, Member, Subject, Verdict,
};
use crate::register::{AsOf, DocumentRow, RecordRow, Register};

/// Judgements in force at one point of the history.
#[derive(Clone, Debug, Default)]
pub(super) struct Judged {
    claims: BTreeMap<ClaimRef, Verdict>,
    /// Records that count no longer.
    struck: BTreeSet<RecordRef>,
    /// Pairs of members with whether they speak of one incident.
    pub(super) members: Vec<(Member, Member, bool)>,
}

/// How many claims a human has read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimsRead {
    /// Read and kept as they are.
    pub accepted: u64,
    /// Read and corrected.
    pub corrected: u64,
    /// Read and struck out.
    pub rejected: u64,
}

impl Judged {
    /// The judgements that stand at `as_of`.
    pub(super) fn of(register: &Register, as_of: AsOf) -> Result<Self> {
        let mut judged = Self::default();
        for entity in register.entities(EntityKind::Judgement, as_of)? {
            let Body::Judgement(Judgement { on, verdict, .. }) = entity.body else { continue };
            // Rules suggest; humans decide.
            if matches!(entity.author, Author::Rule(_)) {
                continue;
            }
            match on {
                Subject::Claim(at) => {
                    judged.claims.insert(at, verdict);
                }
                Subject::Members(pair) => {
                    judged.members.push((pair.0, pair.1, verdict == Verdict::Same));
                }
            }
        }
        judged.struck = struck(register, as_of, &judged.claims)?;
        Ok(judged)
    }

    /// Strikes rejected claims out of the documents' readings and corrects the corrected ones.
    pub(super) fn apply(&self, documents: &mut [DocumentRow]) -> ClaimsRead {
        let mut read = ClaimsRead::default();
        if self.claims.is_empty() {
            return read;
        }
        for row in documents {
            let mut kept = Vec::with_capacity(row.reading.claims.len());
            for claim in &mut row.reading.claims {
                let at = ClaimRef { item: row.item.clone(), start: claim.span.start };
                let verdict = self.claims.get(&at);
                kept.push(verdict != Some(&Verdict::Rejected));
                match verdict {
                    Some(Verdict::Accepted) => read.accepted += 1,
                    Some(Verdict::Rejected) => read.rejected += 1,
                    Some(Verdict::Corrected(correction)) => {
                        read.corrected += 1;
                        correct(claim, correction);
                    }
                    _ => {}
                }
            }
            strike(&mut row.reading.claims, &kept);
        }
        read
    }

    /// The records that count: those of victims named in a rejected claim do not.
    pub(super) fn counted(&self, mut records: Vec<RecordRow>) -> Vec<RecordRow> {
        if !self.struck.is_empty() {
            records.retain(|row| !self.struck.contains(&row.record.at));
        }
        records
    }
}

/// The records of victims named in rejected claims.
fn struck(
    register: &Register,
    as_of: AsOf,
    claims: &BTreeMap<ClaimRef, Verdict>,
) -> Result<BTreeSet<RecordRef>> {
    let mut struck = BTreeSet::new();
    if claims.values().all(|verdict| *verdict != Verdict::Rejected) {
        return Ok(struck);
    }
    for row in register.documents(as_of)? {
        for claim in &row.reading.claims {
            let at = ClaimRef { item: row.item.clone(), start: claim.span.start };
            if claims.get(&at) == Some(&Verdict::Rejected) {
                struck.extend(named_records(&row.item, claim));
            }
        }
    }
    Ok(struck)
}

fn correct(claim: &mut Claim, correction: &Correction) {
    let Correction { low, high, start, end, party } = correction;
    claim.quantity.low = low.unwrap_or(claim.quantity.low);
    claim.quantity.high = high.or(claim.quantity.high);
    if start.is_some() || end.is_some() {
        let window = claim.window.unwrap_or(Window { start: None, end: None });
        claim.window = Some(Window { start: start.or(window.start), end: end.or(window.end) });
    }
    if let Some(class) = *party {
        let span = claim
            .perpetrators
            .first()
            .map_or(Span { start: claim.span.start, end: claim.span.start }, |party| party.span);
        let text = claim.perpetrators.first().map(|p| p.text.clone()).unwrap_or_default();
        claim.perpetrators = vec![Perpetrator { text, class, span }];
    }
    claim.rules.push("corrected by a human".to_owned());
}

/// Takes out the claims that are not kept; parts of one that is out are parts of what it was.
fn strike(claims: &mut Vec<Claim>, kept: &[bool]) {
    if kept.iter().all(|kept| *kept) {
        return;
    }
    let mut moved = Vec::with_capacity(kept.len());
    let mut next = 0;
    for kept in kept {
        moved.push(kept.then_some(next));
        next += usize::from(*kept);
    }
    let parents: Vec<Option<usize>> = claims.iter().map(|claim| claim.parent).collect();
    let standing = |mut at: Option<usize>| {
        // A ring of parts would be the reader's mistake; it ends where it began.
        for _ in 0..parents.len() {
            match at {
                Some(parent) if !kept[parent] => at = parents[parent],
                _ => break,
            }
        }
        at.and_then(|parent| moved[parent])
    };
    for claim in claims.iter_mut() {
        claim.parent = standing(claim.parent);
    }
    let mut kept = kept.iter();
    claims.retain(|_| kept.next().copied().unwrap_or(true));
}
