//! Everything found sentence by sentence, before it is put together: speakers, frames, tolls.

use super::Page;
use super::blame::{Frame, frames};
use super::speaker::{Saying, sayings};
use super::toll::{Toll, tolls};
use super::voices::{Voice, Voices, same_speaker};
use crate::lexicon::Tag;

/// Everything found sentence by sentence.
pub(super) struct Sentences {
    /// Sayings with their speakers' names.
    pub(super) voices: Vec<Vec<Voice>>,
    /// Where speakers' names stand.
    pub(super) speakers: Vec<std::ops::Range<usize>>,
    /// Frames of blame.
    pub(super) frames: Vec<Vec<Frame>>,
    /// All tolls, in order.
    pub(super) tolls: Vec<Toll>,
}

impl Sentences {
    /// Looks at every sentence of a page.
    pub(super) fn of(page: &Page<'_>) -> Self {
        let all: Vec<Vec<Saying>> = page.cut.sentences.iter().map(|s| sayings(page, s)).collect();
        let mut heard = Voices::of(page, all.iter().flatten());
        let speakers = all.iter().flatten().map(|s| s.speaker.clone()).collect();
        let voices = all
            .iter()
            .map(|s| s.iter().filter_map(|saying| heard.hear(page, saying)).collect())
            .collect();
        let frames = page.cut.sentences.iter().map(|s| frames(page, s)).collect();
        let mut found: Vec<Toll> = Vec::new();
        for (number, sentence) in page.cut.sentences.iter().enumerate() {
            let here = tolls(page, number, sentence, &found);
            found.extend(here);
        }
        Self { voices, speakers, frames, tolls: found }
    }

    /// Who says what stands at a token; in a sentence without a speaker of its own the last one
    /// of the paragraph.
    pub(super) fn voice_at(&self, page: &Page<'_>, token: usize) -> Option<&Voice> {
        let number = page.sentence_of(token);
        if let Some(voice) = self.named_behind(page, number, token) {
            return Some(voice);
        }
        if let Some(voice) = self.voices[number].iter().rev().find(|v| v.from <= token) {
            // "Officials have collected 360 bodies, the prosecutor said."
            let closing = self.voices[number].iter().find(|v| v.at > token && !v.weak);
            return Some(closing.filter(|_| voice.weak).unwrap_or(voice));
        }
        if let Some(voice) = self.voices[number].first() {
            return Some(voice);
        }
        if is_reaction(page, number) || tells_anew(page, number) || is_our_own(page, number) {
            return None;
        }
        // In its own report a monitor tells what nobody else is said to tell.
        let own = page.own_report && !goes_on(page, number);
        let paragraph = page.cut.sentences[number].paragraph;
        let mut reach = usize::from(goes_on(page, number));
        for before in (0..number).rev() {
            let above = paragraph - page.cut.sentences[before].paragraph;
            let far = above > reach;
            // A paragraph that goes on with the one above is read as one with it.
            reach = reach.max(above + usize::from(above < MOST_ABOVE && goes_on(page, before)));
            if far || page.cut.sentences[before].heading || is_reaction(page, before) {
                return None;
            }
            if let Some(voice) = self.voices[before].last() {
                let itself =
                    page.outlet.is_some_and(|outlet| same_speaker(outlet, &voice.speaker.text));
                return Some(voice).filter(|_| !own || itself);
            }
        }
        None
    }
}

impl Sentences {
    /// "… killed 1,200, according to the ministry": the speaker named behind the words of its own
    /// clause, whoever speaks in the rest of the sentence.
    fn named_behind(&self, page: &Page<'_>, number: usize, token: usize) -> Option<&Voice> {
        self.voices[number].iter().find(|v| {
            v.rule == "source/according to"
                && v.at > token
                && v.at - token <= OWN_CLAUSE
                && !(token..v.at).any(|t| page.marks.has(t, |tag| tag == Tag::Say))
                && !(token + 1..v.at)
                    .any(|t| page.cut.word(t) == "and" && page.cut.word(t + 1) == ",")
        })
    }

    /// The speaker of the last toll before a sentence.
    pub(super) fn last_counter(&self, page: &Page<'_>, sentence: usize) -> Option<&Voice> {
        let last = self.tolls.iter().rev().find(|t| t.sentence < sentence)?;
        self.voice_at(page, last.amount.tokens.start)
    }
}

/// Words between a number and the speaker named behind its clause.
const OWN_CLAUSE: usize = 30;

/// Paragraphs above one whose speaker may still be speaking.
const MOST_ABOVE: usize = 3;

/// Words at the head of a sentence that may point back.
const HEAD: usize = 6;

/// Whether a sentence goes on with what was said before: it points back at the people or the speaker
/// of the sentences before it.
fn goes_on(page: &Page<'_>, number: usize) -> bool {
    if page.arabic {
        return true;
    }
    let tokens = page.tokens_of(number);
    let start =
        tokens.start + usize::from(matches!(page.cut.word(tokens.start), "\"" | "\u{201C}"));
    let head = start..(start + HEAD).min(tokens.end);
    // "That brings the toll to 12", but not "It began with".
    let brings = matches!(page.cut.word(start), "it" | "this" | "that")
        && matches!(page.cut.word(start + 1), "brings" | "makes" | "takes" | "raises" | "is");
    let points = brings
        || matches!(page.cut.word(start), "of" | "among" | "another" | "those" | "these" | "they")
        || matches!(page.cut.word(start), "its" | "their" | "our" | "we" | "most")
        || matches!(page.cut.word(start), "he" | "she" | "his" | "her")
        || head.clone().any(|t| {
            matches!(page.cut.word(t), "other" | "others" | "more" | "another" | "them" | "their")
        });
    let victims = page.marks.within(&tokens).iter().any(|m| m.tag == Tag::Opens)
        || head.clone().any(|t| {
            page.cut.word(t) == "of" && matches!(page.cut.word(t + 1), "the" | "these" | "those")
        });
    points || victims
}

/// "We have logged 131 deaths": the outlet's own count.
fn is_our_own(page: &Page<'_>, number: usize) -> bool {
    let tokens = page.tokens_of(number);
    let quoted = tokens.clone().any(|t| matches!(page.cut.word(t), "\"" | "\u{201C}"));
    let ours = |t: usize| {
        page.cut.word(t) == "we"
            && (t + 1..t + 4).any(|t| {
                page.marks.has(t, |tag| matches!(tag, Tag::Counts | Tag::Say | Tag::Gives))
            })
    };
    !quoted && tokens.clone().any(ours)
}

/// "On Monday police arrested …", "Elsewhere …": the outlet tells of something else.
fn tells_anew(page: &Page<'_>, number: usize) -> bool {
    let start = page.tokens_of(number).start;
    let dated =
        matches!(page.cut.word(start), "on" | "last" | "earlier") && page.is_date(start + 1);
    dated || matches!(page.cut.word(start), "separately" | "meanwhile" | "elsewhere")
}

/// Whether a sentence is about a reaction: what it mentions is nobody's statement.
fn is_reaction(page: &Page<'_>, sentence: usize) -> bool {
    let tokens = page.tokens_of(sentence);
    page.marks
        .within(&tokens)
        .iter()
        .any(|m| matches!(m.tag, Tag::Response(kind) if kind != crate::ResponseKind::Deployment))
}
