//! Places of a text: names of the gazetteer, wider areas, and names that only the wording gives.

use std::ops::Range;

use sijil_text::places::Gazetteer;

use super::Page;
use crate::lexicon::Tag;
use crate::text::{Cut, Shape};
use crate::{PlaceMention, lexicon::Marks};

/// A place named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Gazetteer id, where it resolves.
    pub(super) id: Option<String>,
}

/// Nouns that a place's name may follow with "of".
const KINDS: &[&str] = &[
    "village",
    "villages",
    "town",
    "city",
    "district",
    "neighbourhood",
    "neighborhood",
    "province",
    "governorate",
    "countryside",
    "region",
    "area",
    "camp",
    "suburb",
    "outskirts",
    "port",
];

/// All places of a text, in order, none within another.
pub(super) fn places(cut: &Cut<'_>, marks: &Marks, gazetteer: &Gazetteer) -> Vec<Placed> {
    let from = cut.tokens.first().map_or(0, |token| token.bytes.start);
    let mut out: Vec<Placed> = Vec::new();
    for hit in gazetteer.scan(&cut.text[from..]) {
        let start = cut.token_at(from + hit.range.start);
        let end = cut.token_at(from + hit.range.end - 1) + 1;
        if start < end && end <= cut.tokens.len() && !is_other(cut, marks, start, end) {
            out.push(Placed { tokens: start..end, id: Some(hit.id) });
        }
    }
    for at in 0..cut.tokens.len() {
        let area = marks.find(at, |m| (m.tag == Tag::Area).then(|| bare(cut, m.tokens.clone())));
        let named = area.or_else(|| worded(cut, marks, at));
        if let Some(tokens) = named
            && !out.iter().any(|p| p.tokens.start < tokens.end && tokens.start < p.tokens.end)
        {
            out.push(Placed { tokens, id: None });
        }
    }
    out.sort_by_key(|p| p.tokens.start);
    out
}

/// "The coast", "all of Syria": the name without what stands before it.
fn bare(cut: &Cut<'_>, mut tokens: Range<usize>) -> Range<usize> {
    while tokens.len() > 1
        && matches!(cut.word(tokens.start), "the" | "all" | "of" | "whole" | "across")
    {
        tokens.start += 1;
    }
    tokens
}

/// Whether a gazetteer's name is here part of another name: "Latakia Media Office".
fn is_other(cut: &Cut<'_>, marks: &Marks, start: usize, end: usize) -> bool {
    // "DAMASCUS, 10 March -": where the report was written.
    let dateline = cut.tokens[start].text.chars().all(|c| !c.is_lowercase())
        && cut.tokens[start].text.chars().count() > 3
        && cut.tokens[start].text.chars().any(char::is_uppercase);
    let noun = marks.has(end, |tag| tag == Tag::SpeakerNoun) && cut.shape(end) == Shape::Capital;
    let person = end < cut.tokens.len()
        && cut.shape(end) == Shape::Capital
        && start > 0
        && cut.shape(start - 1) == Shape::Capital
        && !cut.tokens[start - 1].text.ends_with('.');
    // "Between" at the head of a sentence is no town of that sound.
    let small_word = end == start + 1 && super::grammar::ends_phrase(cut.word(start));
    dateline || noun || person || small_word
}

/// A capitalised name behind "in", "near" or "the village of" that no gazetteer knows.
fn worded(cut: &Cut<'_>, marks: &Marks, at: usize) -> Option<Range<usize>> {
    if cut.shape(at) != Shape::Capital || at == 0 {
        return None;
    }
    let before = cut.word(at - 1);
    let behind_kind = before == "of" && at >= 2 && KINDS.contains(&cut.word(at - 2));
    let kind_before = KINDS.contains(&before) && cut.shape(at - 1) == Shape::Lower;
    let behind_in = matches!(before, "in" | "near" | "outside" | "around");
    let origin = before == "from" && at >= 2 && !marks.has(at - 2, |tag| tag == Tag::Members);
    if !(behind_kind || kind_before || behind_in || origin) {
        return None;
    }
    let mut end = at + 1;
    while end < at + 3 && cut.shape(end) == Shape::Capital {
        end += 1;
    }
    let is_date = (at..end).any(|t| {
        matches!(
            cut.word(t),
            "january"
                | "february"
                | "march"
                | "april"
                | "may"
                | "june"
                | "july"
                | "august"
                | "september"
                | "october"
                | "november"
                | "december"
                | "ramadan"
        )
    });
    let other = (at..end).any(|t| {
        marks.has(t, |tag| {
            matches!(tag, Tag::Group(_) | Tag::SpeakerNoun | Tag::Named(_) | Tag::Head(_))
        })
    });
    let joined = cut.word(end) == "'s" || cut.word(end) == "\u{2019}s";
    (!is_date && !other && !joined).then_some(at..end)
}

impl Page<'_> {
    /// Number of the place that begins at `at`.
    pub(super) fn place_at(&self, at: usize) -> Option<usize> {
        let number = self.places.partition_point(|p| p.tokens.start < at);
        self.places.get(number).filter(|p| p.tokens.start == at).map(|_| number)
    }

    /// Whether a place's name covers the token at `at`.
    pub(super) fn place_covers(&self, at: usize) -> bool {
        let number = self.places.partition_point(|p| p.tokens.end <= at);
        self.places.get(number).is_some_and(|p| p.tokens.start <= at)
    }

    /// The places that begin within a range of tokens.
    pub(super) fn places_within(&self, tokens: &Range<usize>) -> &[Placed] {
        let from = self.places.partition_point(|p| p.tokens.start < tokens.start);
        let to = self.places.partition_point(|p| p.tokens.start < tokens.end);
        &self.places[from..to.max(from)]
    }

    /// A place as claims give it.
    pub(super) fn place_mention(&self, place: &Placed) -> PlaceMention {
        PlaceMention {
            text: self.cut.slice(&place.tokens).to_owned(),
            id: place.id.clone(),
            span: self.cut.span(&place.tokens),
        }
    }
}
