//! Who says so in Arabic: the name behind a verb of saying or "بحسب", or before a colon.

use std::ops::Range;

use super::super::Page;
use super::super::speaker::Saying;
use super::{is_mark, is_small};
use crate::lexicon::Tag;
use crate::text::{Sentence, Shape};

/// Words that a speaker's name may have.
const LONGEST: usize = 9;

/// Words before a colon that a speaker stands before.
const LONGEST_HEAD: usize = 6;

/// All sayings of a sentence, in order of the words that are theirs.
pub(in super::super) fn sayings(page: &Page<'_>, sentence: &Sentence) -> Vec<Saying> {
    let mut out = Vec::new();
    out.extend(headed(page, sentence));
    for at in sentence.tokens.clone() {
        for mark in page.marks.at(at) {
            let found = match mark.tag {
                Tag::Say | Tag::Counts => said(page, sentence, &mark.tokens),
                Tag::Before => before(page, sentence, &mark.tokens),
                _ => None,
            };
            out.extend(found);
        }
    }
    out.sort_by_key(|s| (s.from, s.speaker.start));
    out.dedup_by(|b, a| a.speaker == b.speaker);
    out
}

fn said(page: &Page<'_>, sentence: &Sentence, verb: &Range<usize>) -> Option<Saying> {
    // "وأضاف أن": whoever spoke before.
    if matches!(page.cut.word(verb.end), "that" | ":" | "\"") {
        let speaker = verb.clone();
        let from = verb.end;
        return Some(saying(speaker, from, true, "source/subject"));
    }
    // "وكانت المنظمة قد تحدثت عن": the subject stands before.
    if verb.start.checked_sub(1).is_some_and(|b| page.cut.word(b) == "has") {
        let from = verb.start.saturating_sub(LONGEST + 2).max(sentence.tokens.start);
        let was = (from..verb.start).rev().find(|t| page.cut.word(*t) == "was")?;
        let name = name_from(page, was + 1, verb.start - 1)?;
        return Some(saying(name, verb.end, false, "source/subject"));
    }
    let name = name_from(page, verb.end, sentence.tokens.end)?;
    let from = name.end;
    Some(saying(name, from, false, "source/subject"))
}

fn before(page: &Page<'_>, sentence: &Sentence, words: &Range<usize>) -> Option<Saying> {
    let name = name_from(page, words.end, sentence.tokens.end)?;
    Some(saying(name, sentence.tokens.start, false, "source/according to"))
}

/// "وزارة الصحة: 22 قتيلا".
fn headed(page: &Page<'_>, sentence: &Sentence) -> Option<Saying> {
    let start = sentence.tokens.start;
    let end = sentence.tokens.end.min(start + LONGEST_HEAD);
    let colon = (start + 1..end).find(|t| page.cut.word(*t) == ":")?;
    let name = name_from(page, start, colon)?;
    let known = page.marks.has(start, |tag| matches!(tag, Tag::SpeakerNoun | Tag::Named(_)));
    (known && name.end == colon && colon + 1 < sentence.tokens.end)
        .then(|| saying(name, colon, false, "source/before colon"))
}

fn saying(speaker: Range<usize>, from: usize, stands_for: bool, rule: &'static str) -> Saying {
    Saying { speaker, carrier: None, from, stands_for, weak: false, rule }
}

/// The name that begins at `at`: it begins with a noun for speakers or somebody's name, and ends
/// where something else begins.
fn name_from(page: &Page<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let noun = |t: usize| page.marks.has(t, |tag| tag == Tag::SpeakerNoun);
    let mut to = at;
    while to < end.min(at + LONGEST) && !ends(page, at, to) {
        to += 1;
    }
    while to > at && is_small(page, to - 1) {
        to -= 1;
    }
    let known = noun(at) || page.marks.has(at, |tag| matches!(tag, Tag::Named(_) | Tag::Head(_)));
    let name = at..to;
    // A person's name alone has two words: one alone is a name said before, or none.
    (!name.is_empty() && (known || name.len() <= 3)).then_some(name)
}

/// Whether a speaker's name, begun at `from`, is over before the token at `at`.
fn ends(page: &Page<'_>, from: usize, at: usize) -> bool {
    let word = page.cut.word(at);
    let joins = matches!(word, "of" | "in" | "and" | "with" | "on");
    if is_mark(page, at) || page.cut.shape(at) == Shape::Number || page.is_date(at) {
        return true;
    }
    if joins {
        return at == from || ends_behind(page, at + 1, word);
    }
    if is_small(page, at) {
        return true;
    }
    // "مقتل", "أن": what is said begins; a noun for speakers may be another word too.
    let noun = page.marks.has(at, |tag| tag == Tag::SpeakerNoun);
    let other = page.marks.has(at, |tag| {
        matches!(
            tag,
            Tag::Act(..) | Tag::Say | Tag::Counts | Tag::Before | Tag::Told | Tag::Attack(_)
        ) || matches!(tag, Tag::Qualifier(_) | Tag::Number(_) | Tag::Opens | Tag::Title)
    });
    let accusative =
        word.ends_with('ا') && page.marks.has(at, |tag| matches!(tag, Tag::Victims(..)));
    (other && !noun) || accusative || (at > from && page.marks.has(at, |tag| tag == Tag::Told))
}

/// Whether what "in", "of" or "and" leads to is no part of the name.
fn ends_behind(page: &Page<'_>, at: usize, joint: &str) -> bool {
    let told = page.marks.has(at, |tag| tag == Tag::Told);
    let noun = page.marks.has(at, |tag| tag == Tag::SpeakerNoun);
    let name = page.place_at(at).is_some() || noun;
    let other = page.is_date(at)
        || is_small(page, at)
        || is_mark(page, at)
        || page.cut.shape(at) == Shape::Number
        || page.marks.has(at, |tag| matches!(tag, Tag::Act(..) | Tag::Say | Tag::Counts));
    match joint {
        "and" => told || other,
        "in" => told || other || !(name || page.cut.word(at).starts_with("ال")),
        "of" => told || other,
        _ => !noun,
    }
}
