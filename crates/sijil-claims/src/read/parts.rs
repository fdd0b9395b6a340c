//! Totals and parts: which toll is part of which.
//!
//! A part stands behind words that open a list ("including", a colon, a bracket), or belongs to
//! the total of the sentence before ("Of these, …"), or its numbers and its neighbours' add up
//! exactly to a total that stands before them: arithmetic alone is enough for that.

use std::ops::Range;

use super::Page;
use super::claims::begins_clause;
use super::grammar::is_be;
use super::list::{opener, opens_list};
use super::pointing::pointed_at;
use super::quantity::AmountKind;
use super::sums::{brought, by_sum};
use super::toll::{How, Toll};
use crate::text::{DASH, Shape};

/// For each toll the number of its total.
pub(super) fn links(page: &Page<'_>, tolls: &[Toll]) -> Links {
    let mut links = Links::of(tolls.len());
    let mut from = 0;
    while from < tolls.len() {
        let sentence = tolls[from].sentence;
        let to = from + tolls[from..].iter().take_while(|t| t.sentence == sentence).count();
        in_sentence(page, tolls, from..to, &mut links);
        from = to;
    }
    by_sum(page, tolls, &mut links);
    brought(page, tolls, &mut links);
    links
}

/// Which toll is part of which, and by which rule.
#[derive(Clone, Debug)]
pub(super) struct Links {
    of: Vec<Option<(usize, &'static str)>>,
}

impl Links {
    fn of(tolls: usize) -> Self {
        Self { of: vec![None; tolls] }
    }

    /// The total of a toll.
    pub(super) fn total(&self, at: usize) -> Option<usize> {
        self.of[at].map(|(total, _)| total)
    }

    /// The name of the rule that found the total of a toll.
    pub(super) fn rule(&self, at: usize) -> Option<&'static str> {
        self.of[at].map(|(_, rule)| rule)
    }

    /// Makes a toll a part of another one; nothing is part of itself or of its own part.
    pub(super) fn set(&mut self, at: usize, total: usize, rule: &'static str) {
        if at != total && self.total(total) != Some(at) {
            self.of[at] = Some((total, rule));
        }
    }

    /// The parts that a total has, in order.
    pub(super) fn parts(&self, total: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.of.len()).filter(move |n| self.total(*n) == Some(total))
    }
}

fn in_sentence(page: &Page<'_>, tolls: &[Toll], range: Range<usize>, links: &mut Links) {
    // The totals that are open at this point, the innermost last.
    let mut open: Vec<usize> = Vec::new();
    if let Some(total) = opened_before(page, tolls, links, range.start) {
        open.push(total);
    }
    for at in range.clone() {
        if at > range.start {
            let between = gap(&tolls[at - 1], &tolls[at]);
            if closes_bracket(page, &between) || closes_dash(page, &tolls[at], &between) {
                open.pop();
            } else if next_bracket(page, &between) {
                // "Rusafa (61, including nine children), Tuwaym (34)": members of one list.
                open.truncate(1);
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
            while open.len() > 1 && resumes(tolls, links, &open, at) {
                open.pop();
            }
        }
        let total = open.last().copied().filter(|total| may_hold(&tolls[*total], &tolls[at]));
        let numbered = numbered(tolls, at);
        if let Some(total) = numbered {
            links.set(at, total, "link/of the number named");
        } else if let Some(total) = named_behind(page, tolls, at) {
            links.set(at, total, "link/name of one of them");
        } else if let Some(total) = is_among(page, tolls, at) {
            links.set(at, total, "link/among those behind");
        } else if let Some(total) = total {
            links.set(at, total, "link/listed behind the total");
        } else if let Some((total, rule)) = pointed_at(page, tolls, links, at) {
            links.set(at, total, rule);
        }
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

/// "57 people, 12 of whom were women"; "and 7 of whom were men" points at the 57 too.
fn points_at(tolls: &[Toll], at: usize) -> bool {
    tolls[at].phrase.points_back
        && !tolls[at - 1].phrase.points_back
        && may_hold(&tolls[at - 1], &tolls[at])
}

pub(super) fn gap(a: &Toll, b: &Toll) -> Range<usize> {
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

/// "forty deaths—six women and two children—while": whether the second of two dashes stands between.
fn closes_dash(page: &Page<'_>, toll: &Toll, between: &Range<usize>) -> bool {
    let dashes = |tokens: Range<usize>| tokens.filter(|t| page.cut.word(*t) == DASH).count();
    let start = page.tokens_of(toll.sentence).start;
    dashes(between.clone()) == 1 && dashes(start..between.start) % 2 == 1
}

/// Whether a bracket closes between two tolls and the next one opens.
fn next_bracket(page: &Page<'_>, between: &Range<usize>) -> bool {
    let closes = between.clone().find(|t| page.cut.word(*t) == ")");
    closes.is_some_and(|c| (c..between.end).any(|t| page.cut.word(t) == "("))
}

/// A toll with a verb of its own behind a semicolon or a conjunction is no part any more.
fn ends_list(page: &Page<'_>, toll: &Toll, between: &Range<usize>) -> bool {
    let own = !matches!(toll.how, How::Listed);
    let over = |t: usize| {
        begins_clause(page, t)
            || page.cut.word(t) == "but"
            || is_be(page.cut.word(t)) && between.len() > 4
    };
    own && between.clone().any(over) || toll.how == How::Lead
}

/// Whether the total that a list opens with stands in the sentence before.
fn opened_before(page: &Page<'_>, tolls: &[Toll], links: &Links, first: usize) -> Option<usize> {
    let toll = &tolls[first];
    let start = page.tokens_of(toll.sentence).start;
    if let Some(whole) = of_number(page, start)
        && let Some(total) = (0..first)
            .rev()
            .find(|n| tolls[*n].amount.quantity.low == whole && may_hold(&tolls[*n], toll))
    {
        return Some(total);
    }
    let opens = (start..toll.amount.tokens.start).any(|t| opens_list(page, t))
        || opens_with_colon(page, tolls, first);
    if !opens && !toll.phrase.points_back && !opens_list(page, toll.phrase.tokens.end) {
        return None;
    }
    // "Breakdown by governorate: 402, 251, 74, 17": the toll that these add up to.
    let members = tolls[first..].iter().take_while(|t| t.sentence == toll.sentence);
    let (count, sum) =
        members.fold((0, 0_u64), |(n, sum), t| (n + 1, sum.saturating_add(t.amount.quantity.low)));
    let closes = |n: &usize| count > 1 && tolls[*n].amount.quantity.low == sum;
    let fits = |n: &usize| may_hold(&tolls[*n], toll);
    if let Some(total) = (0..first).rev().filter(fits).find(closes) {
        return Some(total);
    }
    // The root of the last toll before; its parts are no totals of a sentence behind.
    let reach = if toll.phrase.points_back { 4 } else { 2 };
    let near = |n: &usize| tolls[*n].sentence + reach >= toll.sentence;
    let found = (0..first).rev().filter(near).find(|n| fits(n) && is_first(tolls, *n))?;
    // "They included" speaks of the last people named, not of all.
    let they = page.cut.word(start) == "they";
    let root = links.total(found).filter(|root| !toll.phrase.points_back && !they && fits(root));
    Some(root.unwrap_or(found))
}

/// The number that a sentence begins with, "Of the 744, …".
fn of_number(page: &Page<'_>, start: usize) -> Option<u64> {
    let of = page.cut.word(start) == "of" && matches!(page.cut.word(start + 1), "the" | "these");
    of.then(|| page.number_at(start + 2)).flatten().map(|(_, value)| value)
}

/// "The localities are: Rusafa (61), Tuwaym (34), Arza (23)": a list behind a colon.
fn opens_with_colon(page: &Page<'_>, tolls: &[Toll], first: usize) -> bool {
    let toll = &tolls[first];
    let start = page.tokens_of(toll.sentence).start;
    let colon = (start..toll.amount.tokens.start).any(|t| page.cut.word(t) == ":");
    let members = tolls[first..].iter().take_while(|t| t.sentence == toll.sentence).count();
    colon && members >= SHORTEST_LIST
}

/// Members that make a list of what stands behind a colon.
const SHORTEST_LIST: usize = 3;

/// "Two of the nine": the toll of that number.
fn numbered(tolls: &[Toll], at: usize) -> Option<usize> {
    let whole = tolls[at].phrase.out_of?;
    let fits =
        |n: &usize| tolls[*n].amount.quantity.low == whole && may_hold(&tolls[*n], &tolls[at]);
    (0..at).rev().find(fits)
}

/// "Two brothers, Amal and Hadi Nasser, were shot": the number that names right behind it spell out.
fn named_behind(page: &Page<'_>, tolls: &[Toll], at: usize) -> Option<usize> {
    let named = |n: usize| tolls[n].amount.kind == AmountKind::Named;
    let total = (0..at).rev().find(|n| !named(*n)).filter(|_| named(at))?;
    let here = tolls[total].sentence == tolls[at].sentence;
    let close = (total..at).all(|n| {
        gap(&tolls[n], &tolls[n + 1]).all(|t| {
            matches!(page.cut.word(t), "," | "and" | ":" | DASH | "(" | ")" | "aged")
                || page.cut.shape(t) == Shape::Number
        })
    });
    let several = tolls[total].amount.quantity.low >= (at - total) as u64;
    let holds = tolls[total].amount.quantity.low > 1 && may_hold(&tolls[total], &tolls[at]);
    (here && close && several && holds).then_some(total)
}

/// "31 children were among the 46 people killed": the toll behind.
fn is_among(page: &Page<'_>, tolls: &[Toll], at: usize) -> Option<usize> {
    let next = tolls.get(at + 1).filter(|t| t.sentence == tolls[at].sentence)?;
    let between = gap(&tolls[at], next);
    let last = between.end.checked_sub(1)?;
    let joint = last - usize::from(page.cut.word(last) == "the" && last > between.start);
    let among = matches!(page.cut.word(joint), "among" | "amongst")
        && between.clone().any(|t| is_be(page.cut.word(t)));
    (among && may_hold(next, &tolls[at])).then_some(at + 1)
}

fn is_first(tolls: &[Toll], at: usize) -> bool {
    at == 0 || tolls[at - 1].sentence != tolls[at].sentence
}

/// Whether `part` can be part of `total`: the same act, and not more.
pub(super) fn may_hold(total: &Toll, part: &Toll) -> bool {
    let vague = total.amount.kind == AmountKind::Vague;
    let fits = part.amount.quantity.low <= total.amount.quantity.low || vague;
    total.act == part.act && fits
}

/// Whether a toll goes on with the list one level up: it is cut by place as that list is.
fn resumes(tolls: &[Toll], links: &Links, open: &[usize], at: usize) -> bool {
    let [.., outer, inner] = open else { return false };
    let first = |total: usize| (0..at).find(|n| links.total(*n) == Some(total));
    let (Some(above), Some(here)) = (first(*outer), first(*inner)) else { return false };
    let kind = |n: usize| by_place(&tolls[n]);
    kind(at) == kind(above) && kind(at) != kind(here) || completes(tolls, links, *outer, at)
}

/// "116: 64 from the town, among them two women, 18 herders and 34 policemen": whether a toll and those
/// behind it in its sentence bring the parts of a total to exactly its number.
fn completes(tolls: &[Toll], links: &Links, total: usize, at: usize) -> bool {
    let low = |n: usize| tolls[n].amount.quantity.low;
    let mut sum: u64 = links.parts(total).filter(|n| *n < at).map(low).sum();
    let sentence = tolls[at].sentence;
    (at..tolls.len()).take_while(|n| tolls[*n].sentence == sentence).any(|n| {
        sum = sum.saturating_add(low(n));
        sum == low(total)
    })
}

/// Whether a part says where and not who.
fn by_place(toll: &Toll) -> bool {
    toll.phrase.victims.is_empty() && !toll.phrase.people
}
