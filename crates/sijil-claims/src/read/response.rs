//! Responses: what outsiders and authorities say or do about it. Never a toll.

use std::ops::Range;

use super::Page;
use super::found::Sentences;
use super::grammar::joins_name;
use super::time::DayKind;
use crate::lexicon::Tag;
use crate::text::Shape;
use crate::{Response, ResponseKind, Speaker};

/// The responses of a page: one a kind and sentence.
pub(super) fn responses(page: &Page<'_>, sentences: &Sentences) -> Vec<Response> {
    let mut out: Vec<Response> = Vec::new();
    for number in 0..page.cut.sentences.len() {
        let tokens = page.tokens_of(number);
        let mut kinds: Vec<ResponseKind> = Vec::new();
        for mark in page.marks.within(&tokens) {
            let Tag::Response(kind) = mark.tag else { continue };
            if kinds.contains(&kind) {
                continue;
            }
            kinds.push(kind);
            out.push(Response {
                span: page.cut.sentences[number].span,
                kind,
                actor: actor(page, sentences, number, mark.tokens.start),
                date: day(page, &tokens),
                rules: vec![format!("response/{}", kind.code())],
            });
        }
    }
    out
}

/// Who responds: the subject before the words, else whoever speaks there.
fn actor(page: &Page<'_>, sentences: &Sentences, number: usize, at: usize) -> Option<Speaker> {
    let start = page.tokens_of(number).start;
    subject(page, start, at)
        .map(|tokens| Speaker {
            text: page.cut.slice(&tokens).to_owned(),
            span: page.cut.span(&tokens),
        })
        .or_else(|| sentences.voice_at(page, at).map(|v| v.speaker.clone()))
}

/// The first name of a sentence that stands before the response, with the words that join it.
fn subject(page: &Page<'_>, start: usize, at: usize) -> Option<Range<usize>> {
    let named = |t: usize| page.cut.shape(t) == Shape::Capital && !page.is_date(t);
    let noun = |t: usize| page.marks.has(t, |tag| matches!(tag, Tag::SpeakerNoun | Tag::Head(_)));
    let first = (start..at).find(|t| (named(*t) && !is_opening(page, *t, start)) || noun(*t))?;
    let mut end = first;
    let mut last = first;
    while end < at && end < first + 10 {
        let joint = joins_name(page.cut.word(end));
        if !(named(end) || noun(end) || joint) {
            break;
        }
        if !joint {
            last = end + 1;
        }
        end += 1;
    }
    (last > first).then_some(first..last)
}

/// A capital that only begins the sentence: "The", "In".
fn is_opening(page: &Page<'_>, at: usize, start: usize) -> bool {
    let word = page.cut.word(at);
    at == start
        && (super::grammar::is_determiner(word)
            || super::grammar::ends_phrase(word)
            || page.marks.has(at, |tag| tag == Tag::Pronoun)
            || (page.cut.shape(at + 1) == Shape::Lower && word.ends_with("ly")))
}

/// The first single day that the sentence names.
fn day(page: &Page<'_>, tokens: &Range<usize>) -> Option<jiff::civil::Date> {
    let mut days =
        page.days.iter().filter(|d| tokens.contains(&d.tokens.start) && d.kind == DayKind::On);
    days.find_map(|d| d.window.filter(|w| w.start == w.end).and_then(|w| w.start))
}
