//! Names of speakers: the noun phrase beside a verb of saying, without what only describes it.
//!
//! A name is capitals, a noun that speakers are called by ("office", "residents"), or a force or a
//! state. Whether it says anything is decided in `speaker.rs`.

use std::ops::Range;

use super::Page;
use super::grammar::{
    ends_phrase, is_auxiliary, is_determiner, is_passed_over, is_preposition, is_relative,
    joins_name,
};
use crate::lexicon::{HeadKind, NationWord, Tag, WhereWord};
use crate::text::{Sentence, Shape};

/// Words that a speaker's name may have.
const LONGEST_NAME: usize = 12;

/// Words of what describes a speaker between commas or behind the name.
const LONGEST_ASIDE: usize = 16;

/// The name or noun that stands before a verb.
pub(super) fn name_before(
    page: &Page<'_>,
    sentence: &Sentence,
    verb: usize,
    counts: bool,
) -> Option<Range<usize>> {
    let start = sentence.tokens.start;
    let mut end = verb;
    // "Has also said"; ", meanwhile, said".
    while end > start
        && (is_passed_over(page.cut.word(end - 1))
            || page.is_date(end - 1)
            || page.cut.word(end - 1) == "this"
            || (is_preposition(page.cut.word(end - 1))
                && end < verb
                && (page.is_date(end) || page.cut.word(end) == "this")))
        && !matches!(page.cut.word(end - 1), "who" | "that")
    {
        end -= 1;
    }
    let mut aside = false;
    if end > start && page.cut.word(end - 1) == "," {
        end -= 1;
        // "The Office, which is based abroad, said": the name before what describes it.
        if let Some(name) = before_aside(page, start, end, counts) {
            return Some(name);
        }
        aside = true;
    }
    if end > start && page.cut.word(end - 1) == ")" {
        // "The Network (SN) said".
        end = (start..end).rev().find(|t| page.cut.word(*t) == "(")?;
    }
    if end == start {
        return None;
    }
    if page.marks.has(end - 1, |tag| tag == Tag::Pronoun)
        && matches!(page.cut.word(end - 1), "it" | "they" | "he" | "she")
    {
        return Some(end - 1..end);
    }
    name_at_end(page, start, end, counts)
        .or_else(|| modified(page, start, end, counts))
        .or_else(|| introduced(page, start, end, verb).filter(|_| !aside && !counts))
}

/// The name before an aside that ends at `end`, whatever commas the aside has itself; the person whom
/// the aside names, where what stands before it only says what he is.
fn before_aside(page: &Page<'_>, start: usize, end: usize, counts: bool) -> Option<Range<usize>> {
    let from = end.saturating_sub(LONGEST_ASIDE).max(start);
    let mut commas = (from..end).rev().filter(|t| page.cut.word(*t) == ",");
    let (comma, name) =
        commas.find_map(|comma| Some((comma, name_at_end(page, start, comma, counts)?)))?;
    // "Its president, Faustin Kasereka, told": the name is fuller than the office.
    let inner = comma + 1..end;
    // "Another monitor, the Centre for Civilian Protection, said".
    let body = trimmed(page, inner.clone());
    let named = body.len() > 1
        && body
            .clone()
            .all(|t| page.cut.shape(t) == Shape::Capital || joins_name(page.cut.word(t)))
        && is_speaker(page, &body, true);
    if named && name.clone().all(|t| page.cut.shape(t) != Shape::Capital) {
        return Some(body);
    }
    let titled = page.marks.has(inner.start, |tag| tag == Tag::Title);
    let person = inner.len() >= 2
        && inner.len() <= LONGEST_NAME
        && inner.clone().skip(usize::from(titled)).all(|t| page.cut.shape(t) == Shape::Capital)
        && name.clone().all(|t| page.cut.shape(t) != Shape::Capital);
    Some(if person { inner } else { name })
}

/// The name or noun that ends at `end`.
fn name_at_end(page: &Page<'_>, start: usize, end: usize, counts: bool) -> Option<Range<usize>> {
    let from = name_start(page, start, end);
    let name = trimmed(page, from..end);
    let none = name
        .start
        .checked_sub(1)
        .is_some_and(|b| matches!(page.cut.word(b), "no" | "our" | "whose"));
    let at_place = name.start > start
        && matches!(page.cut.word(name.start - 1), "in" | "at" | "of" | "near" | "from")
        && name.clone().all(|t| page.place_covers(t));
    (!none && !at_place && is_speaker(page, &name, counts)).then(|| joint(page, start, name))
}

/// "Residents of a village in the north said", "a resident who helped to recover the bodies said":
/// the nearest noun for speakers before what describes it.
fn modified(page: &Page<'_>, start: usize, end: usize, counts: bool) -> Option<Range<usize>> {
    let from = end.saturating_sub(LONGEST_ASIDE).max(start);
    for at in (from + 1..end).rev() {
        let word = page.cut.word(at);
        if matches!(word, "," | ";" | ":" | "\"" | "\u{201C}" | "\u{201D}") {
            return None;
        }
        let joint = is_preposition(word)
            || is_relative(word)
            || matches!(word, "set" | "run" | "based" | "kept");
        if joint && let Some(name) = name_at_end(page, start, at, counts) {
            let noun = name.clone().any(|t| is_noun_part(page, t));
            if noun {
                return Some(name);
            }
        }
    }
    None
}

/// ", a local baker said", ", the navy reported.": somebody introduced by what he is, whatever
/// that is.
fn introduced(page: &Page<'_>, start: usize, end: usize, verb: usize) -> Option<Range<usize>> {
    let from = end.saturating_sub(5).max(start);
    let closes = page.cut.shape(verb + 1) == Shape::Mark
        || page.is_date(verb + 1)
        || page.cut.word(verb + 1) == "on";
    let article = (from..end).rev().find(|t| {
        matches!(page.cut.word(*t), "a" | "an" | "one") || (page.cut.word(*t) == "the" && closes)
    })?;
    let opens = article == start || matches!(page.cut.word(article - 1), "," | "\"" | "\u{201D}");
    let plain = (article + 1..end).all(|t| {
        page.cut.shape(t) == Shape::Lower
            && !ends_phrase(page.cut.word(t))
            && !page
                .marks
                .has(t, |tag| matches!(tag, Tag::Stop | Tag::Event(_) | Tag::Violation(_)))
    });
    (opens && plain && article + 1 < end).then_some(article + 1..end)
}

/// "X, Y and Z said": the speakers of a joint statement, as one.
fn joint(page: &Page<'_>, start: usize, name: Range<usize>) -> Range<usize> {
    let capital = |t: usize| page.cut.shape(t) == Shape::Capital;
    let and = name.start.checked_sub(1).filter(|a| *a > start && page.cut.word(*a) == "and");
    let Some(mut at) = and.filter(|_| capital(name.start)) else { return name };
    at -= usize::from(page.cut.word(at - 1) == ",");
    let mut first = name.start;
    loop {
        let from = name_start(page, start, at);
        let member = trimmed(page, from..at);
        if member.len() < 2 || !capital(member.start) || !is_speaker(page, &member, true) {
            break;
        }
        first = member.start;
        if first == start || page.cut.word(first - 1) != "," {
            break;
        }
        at = first - 1;
    }
    first..name.end
}

/// First token of the name that ends before `end`.
pub(super) fn name_start(page: &Page<'_>, start: usize, end: usize) -> usize {
    let mut from = end;
    while from > start && end - from < LONGEST_NAME {
        let at = from - 1;
        let word = page.cut.word(at);
        let connects = joins_name(word) && from < end;
        let noun = page.cut.shape(at) == Shape::Capital
            || is_noun_part(page, at)
            || (page.cut.shape(at) == Shape::Lower && !connects && is_before_noun(page, at, end));
        // "According to the Office": words that lead to a name are none of it.
        let leads = page.marks.has(at, |tag| tag == Tag::Before);
        if leads || page.is_date(at) || !(noun || connects) {
            break;
        }
        // "In all of Syria the Network": an article begins a name unless a connector goes before.
        let inner = at > start
            && matches!(page.cut.word(at - 1), "of" | "for" | "on" | "to" | "with" | "and");
        if matches!(word, "the" | "a" | "an") && !inner {
            break;
        }
        from = at;
    }
    from
}

/// Whether a lower-case word is or belongs to a noun for speakers; forces speak too.
pub(super) fn is_noun_part(page: &Page<'_>, at: usize) -> bool {
    (at.saturating_sub(2)..=at).any(|start| {
        page.marks.at(start).iter().any(|m| {
            let speaks = match m.tag {
                Tag::SpeakerNoun | Tag::Named(_) => true,
                Tag::Body => page.cut.shape(at) == Shape::Capital && !page.begins_sentence(at),
                Tag::Head(kind) => kind != HeadKind::Unknown,
                _ => false,
            };
            speaks && m.tokens.contains(&at)
        })
    })
}

/// An adjective before a noun for speakers: "local residents", "war monitoring group".
fn is_before_noun(page: &Page<'_>, at: usize, end: usize) -> bool {
    let plain = !is_auxiliary(page.cut.word(at))
        && !ends_phrase(page.cut.word(at))
        && !page
            .marks
            .has(at, |t| matches!(t, Tag::Act(..) | Tag::Say | Tag::Counts | Tag::Blame(_)));
    plain && at + 1 < end && (at + 1..end.min(at + 3)).any(|t| is_noun_part(page, t))
}

/// The name or noun that begins at `at`, an article passed over.
pub(super) fn name_from(page: &Page<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let mut start = at;
    while start < end && (is_determiner(page.cut.word(start)) || page.cut.word(start) == "by") {
        start += 1;
    }
    let mut last = start;
    let mut to = start;
    while to < end && to - start < LONGEST_NAME {
        let word = page.cut.word(to);
        let connects = joins_name(word) && to > start;
        let noun = page.cut.shape(to) == Shape::Capital || is_noun_part(page, to);
        let adjective = page.cut.shape(to) == Shape::Lower
            && !connects
            && page.cut.shape(to + 1) != Shape::Mark
            && !is_auxiliary(word)
            && (to + 1..to + 3).any(|t| is_noun_part(page, t))
            && !ends_phrase(word);
        // "The city's emergency service".
        let owner = page.cut.shape(to) == Shape::Lower
            && matches!(page.cut.word(to + 1), "'s" | "\u{2019}s")
            && to < start + 3;
        if page.is_date(to) || !(noun || connects || adjective || owner) {
            break;
        }
        if noun {
            last = to + 1;
        }
        to += 1;
    }
    let name = without_tally(page, trimmed(page, start..last.max(start)));
    is_speaker(page, &name, false).then_some(name)
}

/// "The Network report", "Office figures": whose they are.
fn without_tally(page: &Page<'_>, mut name: Range<usize>) -> Range<usize> {
    let tally = |t: usize| {
        page.cut.shape(t) == Shape::Lower
            && (page.marks.has(t, |tag| tag == Tag::Tally)
                || matches!(page.cut.word(t), "report" | "statement" | "tallies" | "reports"))
    };
    while name.len() > 1 && tally(name.end - 1) && page.cut.shape(name.start) == Shape::Capital {
        name.end -= 1;
    }
    name
}

/// Without articles, connectors and possessives at the ends.
pub(super) fn trimmed(page: &Page<'_>, mut name: Range<usize>) -> Range<usize> {
    let loose = |word: &str| is_determiner(word) || joins_name(word) || word == "by";
    // "The UK-based Observatory".
    let based = |t: usize| page.cut.word(t).ends_with("-based");
    while !name.is_empty()
        && (loose(page.cut.word(name.start)) || name.len() > 1 && based(name.start))
    {
        name.start += 1;
    }
    while !name.is_empty() && loose(page.cut.word(name.end - 1)) {
        name.end -= 1;
    }
    body_of(page, name)
}

/// "Director of the Network" speaks for the network.
fn body_of(page: &Page<'_>, name: Range<usize>) -> Range<usize> {
    let office = name.clone().find(|t| page.marks.has(*t, |tag| tag == Tag::Office));
    let Some(joint) =
        office.map(|o| o + 1).filter(|j| matches!(page.cut.word(*j), "of" | "for" | "at" | "from"))
    else {
        return name;
    };
    let mut start = joint + 1;
    while start < name.end && is_determiner(page.cut.word(start)) {
        start += 1;
    }
    if start < name.end { start..name.end } else { name }
}

/// Whether a phrase can say something: a name, or a noun for speakers.
pub(super) fn is_speaker(page: &Page<'_>, name: &Range<usize>, counts: bool) -> bool {
    if name.is_empty() {
        return false;
    }
    let noun = name.clone().any(|t| is_noun_part(page, t));
    let capitals = name.clone().filter(|t| page.cut.shape(*t) == Shape::Capital).count();
    let known = crate::accounts::canonical_source(page.cut.slice(name)).is_some();
    let place = name.clone().all(|t| page.place_covers(t));
    // "Israel said", "Hamas said", "Ankara said": who acts also speaks.
    let power = page.marks.at(name.start).iter().any(|m| {
        let speaks = matches!(
            m.tag,
            Tag::Named(_)
                | Tag::Nation(NationWord::Forces | NationWord::Name, _)
                | Tag::Where(WhereWord::Bureau)
        );
        speaks && m.tokens == *name && !counts
    });
    if power {
        return true;
    }
    let first_word = capitals == 1
        && name.len() == 1
        && page.begins_sentence(name.start)
        && !known
        && !noun
        && !is_somebodys_name(page, name.start);
    known || noun || (capitals > usize::from(counts) && !place && !first_word)
}

/// Whether a capitalised word that begins a sentence ends a longer name elsewhere in the text.
fn is_somebodys_name(page: &Page<'_>, at: usize) -> bool {
    let word = page.cut.tokens[at].text;
    page.cut.tokens.windows(2).any(|pair| {
        pair[1].text == word
            && pair[0].shape == Shape::Capital
            && pair[1].spaced
            && pair[1].span.start != page.cut.tokens[at].span.start
    })
}
