//! Hides names of victims in what a page quotes from texts.
//!
//! A name is hidden wherever it stands, not only where a claim was read: a title repeats it, and a
//! text may name a victim whom only a list knows. Whole names are found, whatever their case,
//! accents and marks; a family name alone, or a spelling that no claim and no list has, is not.
//!
//! Texts are few and lists are long: the words of a text are looked up among the names, and of a
//! name no more than a hash is kept.

use std::collections::HashSet;
use std::ops::Range;

use sijil_claims::{Claim, Span};
use sijil_text::letters::{fold, is_arabic, is_invisible};

use super::material::Material;

/// Shown in place of what may identify a person.
pub(super) const MASK: &str = "•••";

/// Words that a name of a list must have to be looked for in texts: shorter ones are borne by
/// many, officials and spokesmen among them.
const LIST_WORDS: usize = 3;

/// Letters that a name of a text must have to be looked for elsewhere.
const SHORTEST: usize = 3;

/// Letters that Arabic joins to the word behind: and, so, in, to, as.
const JOINED: [char; 5] = ['و', 'ف', 'ب', 'ل', 'ك'];

/// Finds the names that a page may not show.
#[derive(Default)]
pub(super) struct Mask {
    /// Names as [`Words`] make them.
    names: HashSet<Words>,
    /// Words of the longest.
    longest: usize,
}

/// Folded words in a row, as a hash (FNV-1a): of two rows with one hash one more is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Words(u64);

impl Words {
    const NONE: Self = Self(0xcbf2_9ce4_8422_2325);

    fn and(self, word: &str) -> Self {
        let bytes = fold(word).into_bytes().into_iter().chain([b' ']);
        Self(
            bytes.fold(self.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)),
        )
    }
}

impl Mask {
    /// A mask that hides nothing.
    pub(super) fn nothing() -> Self {
        Self::default()
    }

    /// A mask for every victim that a text or a list names.
    pub(super) fn of(material: &Material) -> Self {
        let mut mask = Self::default();
        if material.documents.is_empty() {
            return mask;
        }
        for name in material.claims().flat_map(|(_, _, claim)| &claim.names) {
            if name.chars().count() >= SHORTEST {
                mask.add(name, 1);
            }
        }
        for row in &material.records {
            for name in [&row.record.name, &row.record.name_other].into_iter().flatten() {
                mask.add(name, LIST_WORDS);
            }
        }
        mask
    }

    /// Adds a name of so many words at least.
    fn add(&mut self, name: &str, words: usize) {
        let all = words_of(name);
        if !all.is_empty() && all.len() >= words {
            let hash = all.iter().fold(Words::NONE, |hash, word| hash.and(&name[word.clone()]));
            self.names.insert(hash);
            self.longest = self.longest.max(all.len());
        }
    }

    /// Where hidden names stand in a text, in code points, in order and apart from each other.
    pub(super) fn spans(&self, text: &str) -> Vec<Span> {
        if self.names.is_empty() {
            return Vec::new();
        }
        let words = words_of(text);
        let mut spans: Vec<Span> = Vec::new();
        let (mut byte, mut point) = (0, 0);
        for first in 0..words.len() {
            let Some(end) = self.name_at(text, &words[first..]) else { continue };
            let start = words[first].start;
            // Words come in order: the points before one are counted once.
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

    /// The last byte of the longest name that begins with these words.
    fn name_at(&self, text: &str, words: &[Range<usize>]) -> Option<usize> {
        let first = &text[words.first()?.clone()];
        let mut letters = first.chars();
        let joined = letters.next().is_some_and(|c| is_arabic(c) && JOINED.contains(&c));
        let bare = joined.then_some(letters.as_str());
        let longest = |first: &str| {
            let mut hash = Words::NONE.and(first);
            let mut end = self.names.contains(&hash).then(|| words[0].end);
            for word in words.iter().take(self.longest).skip(1) {
                hash = hash.and(&text[word.clone()]);
                if self.names.contains(&hash) {
                    end = Some(word.end);
                }
            }
            end
        };
        longest(first).max(bare.and_then(longest))
    }

    /// A text without the hidden names.
    pub(super) fn text(&self, text: &str) -> String {
        hidden(text, &self.spans(text)).0
    }

    /// A claim without the hidden names. Its spans still count the code points of the document.
    pub(super) fn claim(&self, claim: &Claim) -> Claim {
        let mut claim = claim.clone();
        if self.names.is_empty() {
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

/// The words of a text: letters and digits with the marks on them.
fn words_of(text: &str) -> Vec<Range<usize>> {
    let is_mark = |c: char| matches!(c, '\u{300}'..='\u{36F}') || is_invisible(c);
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut inside = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match words.last_mut() {
            Some(word) if inside && (c.is_alphanumeric() || is_mark(c)) => word.end = end,
            _ => {
                inside = c.is_alphanumeric();
                if inside {
                    words.push(at..end);
                }
            }
        }
    }
    words
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

    fn mask(names: &[&str]) -> Mask {
        let mut mask = Mask::nothing();
        names.iter().for_each(|name| mask.add(name, 1));
        mask
    }

    #[test]
    fn names_are_hidden_whole_and_in_any_case() {
        let mask = mask(&["Yasin Zaytun", "Zaytun\nQasim", "ليلى نجار", "Amr al-Ra'i"]);
        for (text, expected) in [
            ("Yasin Zaytun was killed", "••• was killed"),
            ("YASIN ZAYTUN's house", "•••'s house"),
            ("Yāsin  Zaytūn, 34", "•••, 34"),
            ("Amr Al Ra’i and Amr", "••• and Amr"),
            ("Yasin Zaytun Qasim", "•••"),
            ("قتلت وليلى نجار أمس", "قتلت ••• أمس"),
            ("ليلــى نَجّار", "•••"),
            ("of Yasin Zaytuni, 34", "of Yasin Zaytuni, 34"),
            ("Yasin was killed", "Yasin was killed"),
        ] {
            assert_eq!(mask.text(text), expected);
        }
        assert_eq!(Mask::nothing().text("Yasin Zaytun"), "Yasin Zaytun");
    }

    #[test]
    fn short_names_of_lists_are_not_looked_for() {
        let mut mask = Mask::nothing();
        mask.add("Sami Yusuf", LIST_WORDS);
        mask.add("Sami Karim Yusuf", LIST_WORDS);
        mask.add("--", 0);
        assert_eq!(mask.text("Sami Yusuf -- Sami Karim Yusuf"), "Sami Yusuf -- •••");
    }

    #[test]
    fn positions_move_with_the_text() {
        let mask = mask(&["Sami Yusuf", "Lo"]);
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
