//! Hides names of victims in what a page quotes from texts.
//!
//! A name is hidden wherever it stands, not only where a claim was read: a title repeats it, and a
//! text may name a victim whom only a list knows. Whole names are found, with any case and spacing
//! that the text itself uses; a family name alone, or a spelling that no claim and no list has, is
//! not.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use sijil_claims::{Claim, Span};

use super::material::Material;

/// Shown in place of what may identify a person.
pub(super) const MASK: &str = "•••";

/// Words that a name of a list must have to be looked for in texts: shorter ones are borne by
/// many, officials and spokesmen among them.
const LIST_WORDS: usize = 3;

/// Letters that a name of a text must have to be looked for elsewhere.
const SHORTEST: usize = 3;

/// Finds the names that a page may not show.
pub(super) struct Mask {
    names: Option<AhoCorasick>,
}

impl Mask {
    /// A mask that hides nothing.
    pub(super) fn nothing() -> Self {
        Self { names: None }
    }

    /// A mask for every victim that a text or a list names.
    pub(super) fn of(material: &Material) -> Self {
        let claims = material.claims().flat_map(|(_, _, claim)| &claim.names);
        let claims = claims.filter(|name| name.chars().count() >= SHORTEST);
        let lists = material.records.iter().map(|row| &row.record);
        let lists = lists.flat_map(|record| [&record.name, &record.name_other]).flatten();
        let lists = lists.filter(|name| name.split_whitespace().count() >= LIST_WORDS);
        Self::of_names(claims.chain(lists).map(String::as_str))
    }

    fn of_names<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let one_line = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
        let all: BTreeSet<String> =
            names.flat_map(|name| [name.to_owned(), one_line(name)]).collect();
        let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(&all);
        // A finder that cannot be built would have to be larger than memory allows.
        Self { names: finder.ok().filter(|_| !all.is_empty()) }
    }

    /// Where hidden names stand in a text, in code points, in order and apart from each other.
    pub(super) fn spans(&self, text: &str) -> Vec<Span> {
        let Some(names) = &self.names else { return Vec::new() };
        let mut found: Vec<(usize, usize)> = names
            .find_overlapping_iter(text)
            .map(|hit| whole_words(text, hit.start(), hit.end()))
            .collect();
        found.sort_unstable();
        let mut spans: Vec<Span> = Vec::new();
        let (mut byte, mut point) = (0, 0);
        for (start, end) in found {
            // Sorted by their beginning: the points before it are counted once.
            point += text[byte..start].chars().count();
            byte = start;
            let last = point + text[start..end].chars().count();
            match spans.last_mut() {
                Some(before) if before.end >= point => before.end = before.end.max(last),
                _ => spans.push(Span { start: point, end: last }),
            }
        }
        spans
    }

    /// A text without the hidden names.
    pub(super) fn text(&self, text: &str) -> String {
        hidden(text, &self.spans(text)).0
    }

    /// A claim without the hidden names. Its spans still count the code points of the document.
    pub(super) fn claim(&self, claim: &Claim) -> Claim {
        let mut claim = claim.clone();
        if self.names.is_none() {
            return claim;
        }
        claim.names.clear();
        claim.surface = self.text(&claim.surface);
        claim.speaker_chain.iter_mut().for_each(|speaker| *speaker = self.text(speaker));
        claim.source.iter_mut().for_each(|speaker| speaker.text = self.text(&speaker.text));
        claim.perpetrators.iter_mut().for_each(|party| party.text = self.text(&party.text));
        claim.places.iter_mut().for_each(|place| place.text = self.text(&place.text));
        claim
    }
}

/// A hit up to the ends of its first and last word: no half of a longer name stays.
fn whole_words(text: &str, start: usize, end: usize) -> (usize, usize) {
    let inside = |c: &char| c.is_alphanumeric();
    let before = text[..start].chars().rev().take_while(inside).map(char::len_utf8);
    let after = text[end..].chars().take_while(inside).map(char::len_utf8);
    (start - before.sum::<usize>(), end + after.sum::<usize>())
}

/// A text with a mask in place of each span, and the places where code points of the text stand
/// in it.
pub(super) fn hidden<'s>(text: &str, spans: &'s [Span]) -> (String, Moved<'s>) {
    let mut masked = String::with_capacity(text.len());
    let mut rest = spans.iter().peekable();
    for (at, c) in text.chars().enumerate() {
        while rest.next_if(|span| span.end <= at).is_some() {}
        match rest.peek() {
            Some(span) if span.start == at => masked.push_str(MASK),
            Some(span) if span.start < at => {}
            _ => masked.push(c),
        }
    }
    (masked, Moved(spans))
}

/// Where code points of a text stand after its spans were masked.
pub(super) struct Moved<'s>(&'s [Span]);

impl Moved<'_> {
    /// The first code point of what begins at `at`; the mask's where it begins within a name.
    pub(super) fn start(&self, at: usize) -> usize {
        self.place(at, |span| span.start)
    }

    /// One past the last code point of what ends at `at`; the mask's where it ends within a name.
    pub(super) fn end(&self, at: usize) -> usize {
        self.place(at, |span| span.end)
    }

    fn place(&self, at: usize, within: impl Fn(&Span) -> usize) -> usize {
        let width = MASK.chars().count();
        let inside = self.0.iter().find(|span| span.start < at && at < span.end);
        let at = inside.map_or(at, within);
        let before = self.0.iter().filter(|span| span.end <= at);
        before.fold(at, |place, span| place + width - (span.end - span.start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_hidden_whole_and_in_any_case() {
        let mask = Mask::of_names(["Yasin Zaytun", "Zaytun\nQasim", "ليلى نجار"].into_iter());
        for (text, expected) in [
            ("Yasin Zaytun was killed", "••• was killed"),
            ("YASIN ZAYTUN's house", "•••'s house"),
            ("of Yasin Zaytuni, 34", "of •••, 34"),
            ("Yasin Zaytun Qasim", "•••"),
            ("قتلت وليلى نجار أمس", "قتلت ••• أمس"),
            ("Yasin was killed", "Yasin was killed"),
        ] {
            assert_eq!(mask.text(text), expected);
        }
        assert_eq!(Mask::nothing().text("Yasin Zaytun"), "Yasin Zaytun");
    }

    #[test]
    fn positions_move_with_the_text() {
        let mask = Mask::of_names(["Sami Yusuf", "Lo"].into_iter());
        let text = "قتل Sami Yusuf and Lo and 12 others";
        let spans = mask.spans(text);
        let (masked, moved) = hidden(text, &spans);
        assert_eq!(masked, "قتل ••• and ••• and 12 others");
        let points: Vec<char> = text.chars().collect();
        let at = |word: &str| {
            let start = text.find(word).map(|byte| text[..byte].chars().count()).unwrap();
            (start, start + word.chars().count())
        };
        let after = |(start, end): (usize, usize)| -> String {
            let length = moved.end(end) - moved.start(start);
            masked.chars().skip(moved.start(start)).take(length).collect()
        };
        assert_eq!(after(at("12")), "12");
        assert_eq!(after(at("Sami Yusuf")), MASK);
        assert_eq!(after(at("Yusuf and")), "••• and");
        assert_eq!(after((0, points.len())), masked);
    }
}
