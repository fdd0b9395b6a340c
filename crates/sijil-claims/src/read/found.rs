//! Everything found sentence by sentence, before it is put together: speakers, frames, tolls.

use super::Page;
use super::blame::{Frame, frames};
use super::speaker::{Saying, sayings};
use super::toll::{Toll, tolls};
use super::voices::{Voice, Voices};
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
            return Some(voice);
        }
        if let Some(voice) = self.voices[number].first() {
            return Some(voice);
        }
        if is_reaction(page, number) {
            return None;
        }
        let paragraph = page.cut.sentences[number].paragraph;
        for before in (0..number).rev() {
            let far = page.cut.sentences[before].paragraph + 1 < paragraph;
            if far || page.cut.sentences[before].heading || is_reaction(page, before) {
                return None;
            }
            if let Some(voice) = self.voices[before].last() {
                return Some(voice);
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

/// Whether a sentence is about a reaction: what it mentions is nobody's statement.
fn is_reaction(page: &Page<'_>, sentence: usize) -> bool {
    let tokens = page.tokens_of(sentence);
    page.marks
        .within(&tokens)
        .iter()
        .any(|m| matches!(m.tag, Tag::Response(kind) if kind != crate::ResponseKind::Deployment))
}
