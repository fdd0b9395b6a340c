//! Tolls that point back at a total: "eight were children", "two nurses were among the wounded",
//! "several are in critical condition", "three were released", a name.

use super::Page;
use super::grammar::is_be;
use super::list::opens_list;
use super::parts::{Links, may_hold};
use super::quantity::AmountKind;
use super::toll::{How, Toll};
use crate::Act;
use crate::lexicon::Tag;

/// Sentences behind a total in which a toll may point back at it.
const POINTS_REACH: usize = 6;

/// The total that a toll points back at in so many words: "eight were children", "two nurses were
/// among the wounded", "several are in critical condition", "three were released", a name.
pub(super) fn pointed_at(
    page: &Page<'_>,
    tolls: &[Toll],
    links: &Links,
    at: usize,
) -> Option<(usize, &'static str)> {
    let toll = &tolls[at];
    let start = page.tokens_of(toll.sentence).start;
    let amount = &toll.amount;
    let another = amount
        .tokens
        .start
        .checked_sub(1)
        .is_some_and(|b| matches!(page.cut.word(b), "another" | "further" | "other"))
        || (amount.tokens.start..toll.phrase.tokens.end)
            .any(|t| matches!(page.cut.word(t), "another" | "others" | "other" | "more"));
    if another {
        return None;
    }
    let opens = (start..amount.tokens.start).any(|t| opens_list(page, t))
        || (toll.phrase.tokens.end..toll.phrase.tokens.end + 2).any(|t| {
            let one = matches!(page.cut.word(t + 1), "youngest" | "eldest" | "oldest");
            // "Tartus: 225, including 16 women": it has parts of its own.
            let own = matches!(page.cut.word(t), "including" | "comprising" | "included")
                || matches!(page.cut.word(t + 1), "them" | "whom");
            opens_list(page, t) && !one && !own
        });
    let described = is_be(page.cut.word(toll.phrase.tokens.start)) && toll.phrase.people;
    let behind = toll.phrase.tokens.end..toll.phrase.tokens.end + 7;
    let custody = page.marks.within(&behind).iter().any(|m| m.tag == Tag::Custody);
    let alone = page.cut.word(toll.phrase.tokens.end) == "alone"
        || behind.clone().any(|t| page.cut.word(t) == "alone");
    let state = toll.act == Act::Injured
        && toll.trigger.as_ref().is_some_and(|t| {
            t.clone().any(|t| {
                matches!(
                    page.cut.word(t),
                    "critical" | "serious" | "surgery" | "intensive" | "hospital"
                )
            })
        });
    // "He lost his wife and two sons": relatives of somebody who tells of the whole.
    let kin = matches!(page.cut.word(amount.tokens.start), "his" | "her" | "their" | "my" | "our")
        && matches!(amount.kind, AmountKind::Singular | AmountKind::Family);
    let one = kin
        || amount.kind == AmountKind::Named
        || amount.kind == AmountKind::Singular && toll.how != How::Before;
    let points = toll.phrase.points_back || described || custody || alone || state;
    let pointing = opens && toll.trigger.is_none() || points;
    // "Killing five women and a girl": one beside others of a list, and none of them.
    let beside = tolls[..at].last().is_some_and(|t| t.sentence == toll.sentence);
    if !pointing && one && (beside || toll.act != Act::Killed) {
        return None;
    }
    let reach = match (opens && toll.trigger.is_none() || points, one) {
        (true, _) => POINTS_REACH,
        (false, true) => POINTS_REACH,
        _ => return None,
    };
    let near = |n: &usize| tolls[*n].sentence + reach >= toll.sentence;
    let whole = |n: &usize| {
        let more = tolls[*n].amount.quantity.low > amount.quantity.low;
        more && may_hold(&tolls[*n], toll)
    };
    let root = |n: usize| links.total(n).unwrap_or(n);
    let found = (0..at).rev().filter(near).find(whole)?;
    // A name is one of the whole, not of a part of another kind, and so is a state of health.
    Some(match (points, state || custody) {
        (true, false) => (found, "link/points back"),
        (true, true) => (root(found), "link/what became of them"),
        (false, _) => (root(found), "link/one of them"),
    })
}
