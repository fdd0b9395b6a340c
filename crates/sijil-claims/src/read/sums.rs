//! Totals and parts by arithmetic: tolls that add up exactly to another one, and the newly dead that
//! bring a toll to its number.

use super::Page;
use super::parts::{Links, may_hold};
use super::toll::{How, Toll};
use crate::Victims;

/// Sentences behind a total in which its parts may stand without a word that says so.
const REACH: usize = 8;

/// Parts that no word announces: a run of tolls right behind a total that adds up to it, and
/// tolls before a total of the same sentence that do.
pub(super) fn by_sum(page: &Page<'_>, tolls: &[Toll], links: &mut Links) {
    for total in 0..tolls.len() {
        if links.parts(total).next().is_some() && !included_only(tolls, links, total) {
            continue;
        }
        let run = run_behind(page, tolls, links, total, false)
            .or_else(|| run_behind(page, tolls, links, total, true))
            .or_else(|| run_before(page, tolls, links, total));
        for part in run.into_iter().flatten() {
            links.set(part, total, "link/adds up");
        }
    }
}

/// Whether every part of a total so far is of a kind that cuts across, or points back at it.
fn included_only(tolls: &[Toll], links: &Links, total: usize) -> bool {
    links.parts(total).all(|n| is_across(&tolls[n]) || tolls[n].phrase.points_back)
}

/// Whether a part counts women, children, medics …: kinds that cut across every split.
fn is_across(toll: &Toll) -> bool {
    let across = |v: &Victims| {
        matches!(
            v,
            Victims::Women
                | Victims::Children
                | Victims::Elderly
                | Victims::Medics
                | Victims::Journalists
        )
    };
    !toll.phrase.victims.is_empty() && toll.phrase.victims.iter().all(across)
}

/// Tolls behind a total that add up to it; with `sisters` also those that a wider total already has.
fn run_behind(
    page: &Page<'_>,
    tolls: &[Toll],
    links: &Links,
    total: usize,
    sisters: bool,
) -> Option<Vec<usize>> {
    let whole = tolls[total].amount.quantity.low;
    let paragraph = |t: &Toll| page.cut.sentences[t.sentence].paragraph;
    let (mut sum, mut members) = (0, 0);
    let mut run = Vec::new();
    for at in total + 1..tolls.len() {
        let near = tolls[at].sentence <= tolls[total].sentence + REACH
            && paragraph(&tolls[at]) <= paragraph(&tolls[total]) + 3 + run.len();
        // "38 were killed and 71 wounded: 20 dead and 40 hurt in the north": the wounded stand between
        // a total and its parts.
        if near && tolls[at].act != tolls[total].act {
            continue;
        }
        if !near {
            break;
        }
        match links.total(at) {
            None => run.push(at),
            // "Of 447 bodies 425 were of civilians, 215 women, …": a nearer total whose parts close.
            Some(parent) if sisters && Some(parent) == links.total(total) => run.push(at),
            // "889 of them": a part already, and no kind that cuts across.
            Some(parent) if parent == total && !is_across(&tolls[at]) => members += 1,
            Some(_) => continue,
        }
        sum += tolls[at].amount.quantity.low;
        if sum >= whole {
            break;
        }
    }
    (run.len() + members > 1 && sum == whole && whole > 2).then_some(run)
}

/// Tolls before a total that add up to it: those of its sentence, or for "the overall toll" those
/// of the sentences before.
fn run_before(page: &Page<'_>, tolls: &[Toll], links: &Links, total: usize) -> Option<Vec<usize>> {
    let whole = tolls[total].amount.quantity.low;
    let mut sum = 0;
    let mut run = Vec::new();
    for at in (0..total).rev() {
        let near = match tolls[total].how {
            How::Lead => tolls[at].sentence + REACH >= tolls[total].sentence,
            _ if is_brought(page, &tolls[total]) => {
                tolls[at].sentence + REACH >= tolls[total].sentence
            }
            _ => tolls[at].sentence == tolls[total].sentence,
        };
        if !near || tolls[at].act != tolls[total].act {
            break;
        }
        if links.total(at).is_some() {
            continue;
        }
        sum += tolls[at].amount.quantity.low;
        run.push(at);
        if sum >= whole {
            break;
        }
    }
    (run.len() > 1 && sum == whole && whole > 2).then_some(run)
}

/// Words between what brings a toll to its number and the number.
const FARTHEST_BRING: usize = 6;

/// "Bringing the toll to 45", "which makes 27 in all", "takes to thirteen the soldiers lost".
fn is_brought(page: &Page<'_>, toll: &Toll) -> bool {
    let start = toll.amount.tokens.start;
    let from = start.saturating_sub(FARTHEST_BRING).max(page.tokens_of(toll.sentence).start);
    (from..start).any(|t| {
        matches!(
            page.cut.word(t),
            "bring" | "brings" | "bringing" | "brought" | "takes" | "taking" | "took" | "makes"
        ) || matches!(page.cut.word(t), "make" | "making" | "raises" | "raising" | "raised")
    })
}

/// The figure right before a toll that it is said to bring to its number is part of that toll.
pub(super) fn brought(page: &Page<'_>, tolls: &[Toll], links: &mut Links) {
    for total in 1..tolls.len() {
        if !is_brought(page, &tolls[total]) || links.parts(total).next().is_some() {
            continue;
        }
        let near = |n: &usize| tolls[*n].sentence + 1 >= tolls[total].sentence;
        let more = |n: &usize| tolls[*n].amount.quantity.low < tolls[total].amount.quantity.low;
        let last = (0..total)
            .rev()
            .take_while(near)
            .filter(more)
            .find(|n| links.total(*n).is_none() && may_hold(&tolls[total], &tolls[*n]));
        if let Some(part) = last.filter(|_| links.total(total).is_none()) {
            links.set(part, total, "link/brings the toll to");
        }
    }
}
