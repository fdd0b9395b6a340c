//! Totals and parts: which toll is part of which.
//!
//! A part stands behind words that open a list ("including", a colon, a bracket), or belongs to
//! the total of the sentence before ("Of these, …"), or its numbers and its neighbours' add up
//! exactly to a total that stands before them: arithmetic alone is enough for that.

use std::ops::Range;

use super::Page;
use super::grammar::is_be;
use super::list::{opener, opens_list};
use super::quantity::AmountKind;
use super::toll::{How, Toll};
use crate::lexicon::Tag;
use crate::{Act, Victims};

/// Sentences behind a total in which its parts may stand without a word that says so.
const REACH: usize = 8;

/// For each toll the number of its total.
pub(super) fn parents(page: &Page<'_>, tolls: &[Toll]) -> Vec<Option<usize>> {
    let mut parents = vec![None; tolls.len()];
    let mut from = 0;
    while from < tolls.len() {
        let sentence = tolls[from].sentence;
        let to = from + tolls[from..].iter().take_while(|t| t.sentence == sentence).count();
        in_sentence(page, tolls, from..to, &mut parents);
        from = to;
    }
    by_sum(page, tolls, &mut parents);
    parents
}

fn in_sentence(
    page: &Page<'_>,
    tolls: &[Toll],
    range: Range<usize>,
    parents: &mut [Option<usize>],
) {
    // The totals that are open at this point, the innermost last.
    let mut open: Vec<usize> = Vec::new();
    if let Some(total) = opened_before(page, tolls, range.start) {
        open.push(total);
    }
    for at in range.clone() {
        if at > range.start {
            let between = gap(&tolls[at - 1], &tolls[at]);
            if closes_bracket(page, &between) {
                open.pop();
            } else if apposed(page, tolls, at, &between)
                || points_at(tolls, at)
                || (opens_near(page, &between) && may_hold(&tolls[at - 1], &tolls[at]))
            {
                open.push(at - 1);
            } else if ends_list(page, &tolls[at], &between) {
                open.clear();
            }
            if open.len() > 1 && between.clone().any(|t| page.cut.word(t) == ";") {
                open.truncate(1);
            }
            // "683 in the north, including 39 children, 433 in the south": back one level.
            while open.len() > 1 && resumes(tolls, parents, &open, at) {
                open.pop();
            }
        }
        let total = open.last().copied().filter(|total| may_hold(&tolls[*total], &tolls[at]));
        parents[at] = total.or_else(|| pointed_at(page, tolls, parents, at));
    }
}

/// "360 bodies, more than 250 with bullet wounds": a bare number right behind another.
fn apposed(page: &Page<'_>, tolls: &[Toll], at: usize, between: &Range<usize>) -> bool {
    let (last, toll) = (&tolls[at - 1], &tolls[at]);
    between.len() == 1
        && page.cut.word(between.start) == ","
        && toll.phrase.is_empty()
        && last.phrase.people
        && may_hold(last, toll)
        && toll.amount.quantity.low < last.amount.quantity.low
        && matches!(page.cut.word(toll.amount.tokens.end), "with" | "of")
}

/// Whether what stands between two tolls opens a list with the second one, not with something
/// else: "factions, including armed groups, and 383 by".
fn opens_near(page: &Page<'_>, between: &Range<usize>) -> bool {
    let from = between.end.saturating_sub(NEAR_OPENER).max(between.start);
    opener(page, &(from..between.end))
        || between.clone().any(|t| matches!(page.cut.word(t), ":" | "("))
}

/// Words between what opens a list and its first number.
const NEAR_OPENER: usize = 7;

/// Sentences behind a total in which a toll may point back at it.
const POINTS_REACH: usize = 6;

/// The total that a toll points back at in so many words: "eight were children", "two nurses were
/// among the wounded", "several are in critical condition", "three were released", a name.
fn pointed_at(
    page: &Page<'_>,
    tolls: &[Toll],
    parents: &[Option<usize>],
    at: usize,
) -> Option<usize> {
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
        || (toll.phrase.tokens.end..toll.phrase.tokens.end + 2).any(|t| opens_list(page, t));
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
    let one = amount.kind == AmountKind::Named
        || amount.kind == AmountKind::Singular && toll.how != How::Before;
    let points = toll.phrase.points_back || described || custody || alone || state;
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
    let root = |n: usize| parents[n].unwrap_or(n);
    let found = (0..at).rev().filter(near).find(whole)?;
    // A name is one of the whole, not of a part of another kind.
    Some(if points { found } else { root(found) })
}

/// "57 people, 12 of whom were women"; "and 7 of whom were men" points at the 57 too.
fn points_at(tolls: &[Toll], at: usize) -> bool {
    tolls[at].phrase.points_back
        && !tolls[at - 1].phrase.points_back
        && may_hold(&tolls[at - 1], &tolls[at])
}

fn gap(a: &Toll, b: &Toll) -> Range<usize> {
    let start = a.phrase.tokens.end.max(a.amount.tokens.end);
    start..b.amount.tokens.start.max(start)
}

fn closes_bracket(page: &Page<'_>, between: &Range<usize>) -> bool {
    let mut closed = false;
    for t in between.clone() {
        closed |= page.cut.word(t) == ")";
        if page.cut.word(t) == "(" {
            closed = false;
        }
    }
    closed && !between.clone().any(|t| page.cut.word(t) == "(")
}

/// A toll with a verb of its own behind a semicolon or a conjunction is no part any more.
fn ends_list(page: &Page<'_>, toll: &Toll, between: &Range<usize>) -> bool {
    let own = !matches!(toll.how, How::Listed);
    let over = |t: usize| {
        matches!(page.cut.word(t), ";" | "while" | "but" | "whereas")
            || is_be(page.cut.word(t)) && between.len() > 4
    };
    own && between.clone().any(over) || toll.how == How::Lead
}

/// Whether the total that a list opens with stands in the sentence before.
fn opened_before(page: &Page<'_>, tolls: &[Toll], first: usize) -> Option<usize> {
    let toll = &tolls[first];
    let start = page.tokens_of(toll.sentence).start;
    let opens = (start..toll.amount.tokens.start).any(|t| opens_list(page, t));
    if !opens && !toll.phrase.points_back && !opens_list(page, toll.phrase.tokens.end) {
        return None;
    }
    // The root of the last toll before; its parts are no totals of a sentence behind.
    let reach = if toll.phrase.points_back { 4 } else { 2 };
    let near = |t: &Toll| t.sentence + reach >= toll.sentence;
    (0..first).rev().find(|n| near(&tolls[*n]) && may_hold(&tolls[*n], toll) && is_first(tolls, *n))
}

fn is_first(tolls: &[Toll], at: usize) -> bool {
    at == 0 || tolls[at - 1].sentence != tolls[at].sentence
}

/// Whether `part` can be part of `total`: the same act, and not more.
fn may_hold(total: &Toll, part: &Toll) -> bool {
    let open = total.amount.quantity.high.is_none();
    let fits = part.amount.quantity.low <= total.amount.quantity.low || open;
    total.act == part.act && fits
}

/// Whether a toll goes on with the list one level up: it is cut by place as that list is.
fn resumes(tolls: &[Toll], parents: &[Option<usize>], open: &[usize], at: usize) -> bool {
    let [.., outer, inner] = open else { return false };
    let first = |total: usize| (0..at).find(|n| parents[*n] == Some(total));
    let (Some(above), Some(here)) = (first(*outer), first(*inner)) else { return false };
    let kind = |n: usize| by_place(&tolls[n]);
    kind(at) == kind(above) && kind(at) != kind(here)
}

/// Whether a part says where and not who.
fn by_place(toll: &Toll) -> bool {
    toll.phrase.victims.is_empty() && !toll.phrase.people
}

/// Parts that no word announces: a run of tolls right behind a total that adds up to it, and
/// tolls before a total of the same sentence that do.
fn by_sum(page: &Page<'_>, tolls: &[Toll], parents: &mut [Option<usize>]) {
    for total in 0..tolls.len() {
        if parents.contains(&Some(total)) && !included_only(tolls, parents, total) {
            continue;
        }
        let run =
            run_behind(page, tolls, parents, total).or_else(|| run_before(tolls, parents, total));
        for part in run.into_iter().flatten() {
            parents[part] = Some(total);
        }
    }
}

/// Whether every part of a total so far is of a kind that cuts across, or points back at it.
fn included_only(tolls: &[Toll], parents: &[Option<usize>], total: usize) -> bool {
    let mut parts = (0..tolls.len()).filter(|n| parents[*n] == Some(total));
    parts.all(|n| is_across(&tolls[n]) || tolls[n].phrase.points_back)
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

fn run_behind(
    page: &Page<'_>,
    tolls: &[Toll],
    parents: &[Option<usize>],
    total: usize,
) -> Option<Vec<usize>> {
    let whole = tolls[total].amount.quantity.low;
    let paragraph = |t: &Toll| page.cut.sentences[t.sentence].paragraph;
    let (mut sum, mut members) = (0, 0);
    let mut run = Vec::new();
    for at in total + 1..tolls.len() {
        let near = tolls[at].sentence <= tolls[total].sentence + REACH
            && paragraph(&tolls[at]) <= paragraph(&tolls[total]) + 3 + run.len();
        // "38 were killed and 71 wounded": the wounded stand between a total and its parts.
        if tolls[at].sentence == tolls[total].sentence && tolls[at].act != tolls[total].act {
            continue;
        }
        if !near || tolls[at].act != tolls[total].act {
            break;
        }
        match parents[at] {
            None => run.push(at),
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
fn run_before(tolls: &[Toll], parents: &[Option<usize>], total: usize) -> Option<Vec<usize>> {
    let whole = tolls[total].amount.quantity.low;
    let mut sum = 0;
    let mut run = Vec::new();
    for at in (0..total).rev() {
        let near = match tolls[total].how {
            How::Lead => tolls[at].sentence + REACH >= tolls[total].sentence,
            _ => tolls[at].sentence == tolls[total].sentence,
        };
        if !near || tolls[at].act != tolls[total].act {
            break;
        }
        if parents[at].is_some() {
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
