//! What was done, said behind the people counted: "12 people were killed", "12 dead", "12 and their
//! drivers were last seen in custody".

use std::ops::Range;

use super::Page;
use super::evidence::{Evidence, act_at, is_active};
use super::grammar::{ends_phrase, is_be, is_determiner, is_preposition};
use super::list::{is_list, opens_list};
use super::phrase::Phrase;
use super::quantity::Amount;
use super::toll::How;
use crate::Act;
use crate::lexicon::{Form, Tag};
use crate::text::{DASH, Sentence, Shape};

/// Words of an aside between commas.
const LONGEST_ASIDE: usize = 14;

/// Words between a noun and what was done to it.
const FARTHEST_BEHIND: usize = 16;

/// The act behind the noun: "12 people were killed", "12 dead".
pub(super) fn behind(
    page: &Page<'_>,
    sentence: &Sentence,
    counted: &[(Amount, Phrase)],
    at: usize,
) -> Option<Evidence> {
    let from = counted[at].1.tokens.end;
    let (mut chain, mut shared) = (at, false);
    let mut t = from;
    let mut limit = from + FARTHEST_BEHIND;
    while t < sentence.tokens.end.min(limit) {
        // "Six workers - four doctors and two nurses - were abducted": the aside is passed over.
        if let Some(end) = dashed(page, sentence, t) {
            chain = counted.partition_point(|(a, _)| a.tokens.start < end).max(chain + 1) - 1;
            (t, limit) = (end, end + FARTHEST_BEHIND);
            continue;
        }
        if let Some(next) = counted.get(chain + 1).filter(|(a, _)| a.tokens.start == t) {
            // Another number: the act may be said of both, if they are one list.
            let between = counted[chain].1.tokens.end..t;
            if is_among(page, &between) {
                return among(page, sentence, counted, chain + 1, from);
            }
            if !is_list(page, between) {
                return None;
            }
            // "Seven hostages, three of them women, died": an aside, not another subject.
            shared |= !next.1.points_back;
            (chain, t) = (chain + 1, next.1.tokens.end.max(t + 1));
            continue;
        }
        if page.arabic && (t > from + FARTHEST_BEHIND / 4 || page.cut.word(t) == "and") {
            return None;
        }
        match verb_at(page, sentence, t, from) {
            Verb::Act(act, end) => {
                let found = Evidence::new(act, t..end, How::Behind, t - from);
                return Some(Evidence { shared, ..found });
            }
            Verb::Other => return None,
            Verb::Passed => {
                t += 1;
                continue;
            }
            Verb::None => {}
        }
        if page.marks.has(t, |tag| tag == Tag::Say) {
            t = behind_aside(page, t)?;
            continue;
        }
        if stops(page, t) {
            return None;
        }
        if opens_list(page, t) {
            t = behind_aside(page, t)?;
            limit = from + FARTHEST_BEHIND + LONGEST_ASIDE;
            continue;
        }
        t += 1;
    }
    None
}

/// End of an aside between two dashes that begins at `at`.
fn dashed(page: &Page<'_>, sentence: &Sentence, at: usize) -> Option<usize> {
    let last = (at + LONGEST_DASHED).min(sentence.tokens.end);
    let close = (page.cut.word(at) == DASH)
        .then(|| (at + 1..last).find(|t| page.cut.word(*t) == DASH))??;
    Some(close + 1)
}

/// Words of an aside between dashes.
const LONGEST_DASHED: usize = 24;

/// What a word behind an amount says of the people counted.
enum Verb {
    /// That this was done to them, up to this token.
    Act(Act, usize),
    /// That something was done to others.
    Other,
    /// It is a word for an act and says nothing here.
    Passed,
    /// It is no word for an act.
    None,
}

fn verb_at(page: &Page<'_>, sentence: &Sentence, t: usize, from: usize) -> Verb {
    if let Some((act, end)) = act_at(page, t, |form| matches!(form, Form::Past | Form::State)) {
        let joined = t > from && matches!(page.cut.word(t - 1), "and" | "or");
        let state = page.marks.has(t, |tag| tag == Tag::Act(act, Form::State));
        if joined || (!state && is_active(page, t, end)) {
            return Verb::Other;
        }
        // "Pulled from under the rubble": found, and not missing any more.
        let found = act == Act::Missing && t > 0 && page.cut.word(t - 1) == "from";
        if attributive(page, t) || found {
            return Verb::Passed;
        }
        let (act, end) = and_killed(page, act, end);
        let act = hurt_too(page, act, end);
        let act = if only_shot(page, sentence, t..end) { Act::Injured } else { act };
        return Verb::Act(act, end);
    }
    let harmed = page.marks.has(t, |tag| tag == Tag::Harmed)
        && (t + 1..t + 6).any(|t| page.marks.has(t, |tag| tag == Tag::Harm));
    if harmed {
        return Verb::Act(Act::Injured, t + 1);
    }
    // "Are believed to have been kidnapped": said of them, not by them.
    let said = page.marks.has(t, |tag| tag == Tag::Say)
        && t.checked_sub(1).is_some_and(|b| is_be(page.cut.word(b)))
        && page.cut.word(t + 1) == "to";
    if said { Verb::Passed } else { Verb::None }
}

/// Whether the word at `t` begins a clause about something else.
fn stops(page: &Page<'_>, t: usize) -> bool {
    let word = page.cut.word(t);
    let before = t.checked_sub(1).map_or("", |b| page.cut.word(b));
    matches!(word, ";" | ":" | "while" | "after" | "when" | "whereas" | "but" | "(" | "by")
        || matches!(word, "no" | "nobody")
        || word == "with" && before == ","
        || word == "that" && before == "and"
        || page.marks.has(t, |tag| matches!(tag, Tag::Act(_, Form::Active) | Tag::Attack(_)))
}

/// "31 children were among the 46 people killed": what stands between the two amounts.
fn is_among(page: &Page<'_>, between: &Range<usize>) -> bool {
    let last = between.end.saturating_sub(1);
    let joint = last - usize::from(page.cut.word(last) == "the" && last > between.start);
    (between.start..joint).any(|t| is_be(page.cut.word(t)))
        && matches!(page.cut.word(joint), "among" | "amongst")
}

/// The act of the amount that another one is among.
fn among(
    page: &Page<'_>,
    sentence: &Sentence,
    counted: &[(Amount, Phrase)],
    whole: usize,
    from: usize,
) -> Option<Evidence> {
    let phrase = &counted[whole].1;
    let noun = phrase.act.map(|(act, token)| Evidence::new(act, token..token + 1, How::Behind, 0));
    let found = noun.or_else(|| behind(page, sentence, counted, whole))?;
    Some(Evidence { gap: found.trigger.start.saturating_sub(from), ..found })
}

/// "A camp for displaced families": the participle says what others are.
fn attributive(page: &Page<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |b| page.cut.word(b));
    (is_preposition(before) && before != "as" || is_determiner(before) && before != "all")
        && page.marks.has(at, |tag| matches!(tag, Tag::Act(_, Form::Past)))
        && page.cut.shape(at + 1) == Shape::Lower
        // "Eleven more injured when": nothing follows that the participle could describe.
        && !(before == "more" && ends_phrase(page.cut.word(at + 1)))
}

/// "Evacuated with injuries": hurt, whatever else was done with them.
fn hurt_too(page: &Page<'_>, act: Act, end: usize) -> Act {
    let hurt = |t: usize| page.marks.has(t, |tag| tag == Tag::Act(Act::Injured, Form::State));
    if act == Act::Displaced && (end..end + 3).any(hurt) { Act::Injured } else { act }
}

/// "Were led away and shot": killed, whatever else was done with them.
fn and_killed(page: &Page<'_>, act: Act, end: usize) -> (Act, usize) {
    let joined = matches!(page.cut.word(end), "and" | "then") || page.cut.word(end) == ",";
    let from = end + 1 + usize::from(matches!(page.cut.word(end + 1), "then" | "later" | "and"));
    let next = act_at(page, from, |form| form == Form::Past).filter(|_| joined);
    match next {
        Some((Act::Killed, last)) if act != Act::Killed && !is_active(page, from, last) => {
            (Act::Killed, last)
        }
        _ => (act, end),
    }
}

/// "More than a hundred people were shot; six are in a critical state", "was shot and is in
/// hospital": whoever was shot need not be dead.
fn only_shot(page: &Page<'_>, sentence: &Sentence, verb: Range<usize>) -> bool {
    if verb.len() != 1 || page.cut.word(verb.start) != "shot" {
        return false;
    }
    let said = |tokens: Range<usize>, act: Act| {
        page.marks.within(&tokens).iter().any(|m| matches!(m.tag, Tag::Act(a, _) if a == act))
    };
    said(verb.end..sentence.tokens.end, Act::Injured)
        && !said(sentence.tokens.start..verb.start, Act::Killed)
        && !said(verb.end..sentence.tokens.end, Act::Killed)
}

/// Where the sentence goes on behind an aside that a comma closes: "…, including four children,
/// were killed".
fn behind_aside(page: &Page<'_>, at: usize) -> Option<usize> {
    let goes_on = |t: usize| {
        is_be(page.cut.word(t))
            || matches!(page.cut.word(t), "have" | "had" | "has")
            || page.marks.has(t, |tag| tag == Tag::Harmed)
            || act_at(page, t, |form| matches!(form, Form::State)).is_some()
    };
    (at + 1..at + LONGEST_ASIDE).find(|t| page.cut.word(*t) == "," && goes_on(t + 1)).map(|t| t + 1)
}
