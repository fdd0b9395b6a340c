//! Tokens and sentences of the lower-case wire texts.
//!
//! A token is a run of letters and digits, with inner hyphens, points, slashes and apostrophes
//! (`m-16`, `u.s`, `sayani's` without its `'s`), or one other mark. A sentence ends at a full stop,
//! question or exclamation mark before a space, unless the word before it is an abbreviation, and
//! at the gap of three spaces that the corpus leaves between paragraphs.

use std::ops::Range;

/// A text cut into tokens and sentences.
pub(super) struct Words<'a> {
    text: &'a str,
    tokens: Vec<Range<usize>>,
    /// Token ranges; together they cover all tokens.
    pub(super) sentences: Vec<Range<usize>>,
}

const ABBREVIATIONS: [&str; 24] = [
    "gen", "col", "lt", "dr", "mr", "mrs", "ms", "capt", "maj", "sgt", "rev", "no", "st", "jr",
    "sr", "msgr", "gov", "sen", "rep", "ing", "lic", "brig", "adm", "ave",
];

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut words = Self { text, tokens: tokens(text), sentences: Vec::new() };
        let mut start = 0;
        for at in 0..words.len() {
            if words.ends_sentence(at) {
                words.sentences.push(start..at + 1);
                start = at + 1;
            }
        }
        if start < words.len() {
            words.sentences.push(start..words.len());
        }
        words
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn word(&self, at: usize) -> &'a str {
        &self.text[self.tokens[at].clone()]
    }

    /// The text from the first to the last of these tokens.
    pub(super) fn slice(&self, tokens: &Range<usize>) -> &'a str {
        if tokens.is_empty() {
            return "";
        }
        &self.text[self.tokens[tokens.start].start..self.tokens[tokens.end - 1].end]
    }

    /// The tokens that these bytes touch.
    pub(super) fn covering(&self, bytes: &Range<usize>) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.end <= bytes.start);
        let end = self.tokens.partition_point(|token| token.start < bytes.end);
        start..end.max(start)
    }

    /// Every place where a phrase stands on token boundaries.
    pub(super) fn occurrences(&self, phrase: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if phrase.is_empty() {
            return found;
        }
        for (at, _) in self.text.match_indices(phrase) {
            let tokens = self.covering(&(at..at + phrase.len()));
            if self.slice(&tokens).len() == phrase.len() {
                found.push(tokens);
            }
        }
        found
    }

    fn ends_sentence(&self, at: usize) -> bool {
        let end = self.tokens[at].end;
        let next = self.tokens.get(at + 1).map_or(self.text.len(), |next| next.start);
        if next - end >= 3 {
            return true;
        }
        let stop = matches!(self.word(at), "." | "?" | "!");
        let abbreviated = at > 0
            && self.tokens[at - 1].end == self.tokens[at].start
            && ABBREVIATIONS.contains(&self.word(at - 1));
        stop && next > end && !abbreviated
    }
}

fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, first)) = characters.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut end = start + first.len_utf8();
        if first.is_alphanumeric() {
            while let Some((at, next)) = characters.peek().copied() {
                let after = text[at + next.len_utf8()..].chars().next();
                if !(next.is_alphanumeric() || joins(next, &text[start..at], after, &text[at..])) {
                    break;
                }
                end = at + next.len_utf8();
                characters.next();
            }
        }
        if possessive(&text[start..]) {
            end = start + 2;
            characters.next();
        }
        tokens.push(start..end);
    }
    tokens
}

/// Whether a mark keeps what stands around it together.
fn joins(mark: char, before: &str, after: Option<char>, rest: &str) -> bool {
    let inner = after.is_some_and(char::is_alphanumeric);
    match mark {
        '-' | '/' => inner,
        // A possessive is a token of its own; `o'higgins` is one word.
        '\'' => inner && !possessive(rest),
        ',' => {
            before.ends_with(|c: char| c.is_ascii_digit())
                && after.is_some_and(|c| c.is_ascii_digit())
        }
        // `u.s.` keeps its last point too, so that it does not end a sentence.
        '.' => inner || before.len() >= 3 && before[..before.len() - 1].ends_with('.'),
        _ => false,
    }
}

fn possessive(rest: &str) -> bool {
    rest.strip_prefix("'s").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::Words;

    fn check(text: &str, expected: &[&str]) {
        let words = Words::new(text);
        let sentences: Vec<String> = words
            .sentences
            .iter()
            .map(|s| s.clone().map(|at| words.word(at)).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(sentences, expected);
    }

    #[test]
    fn words_keep_what_belongs_together() {
        check("an m-16 of the u.s. army, no.4", &["an m-16 of the u.s. army , no.4"]);
        check("ana's 1,000 cars,yes", &["ana 's 1,000 cars , yes"]);
    }

    #[test]
    fn sentences_end_at_stops_and_gaps_but_not_after_abbreviations() {
        check(
            "gen. soto left.  he (too) ran. no",
            &["gen . soto left .", "he ( too ) ran .", "no"],
        );
        check("a title    a text", &["a title", "a text"]);
        check("", &[]);
    }

    #[test]
    fn bytes_and_tokens_answer_to_each_other() {
        let text = "the mill and the mills of ana";
        let words = Words::new(text);
        assert_eq!(words.occurrences("mill"), vec![1..2]);
        assert_eq!(words.slice(&(3..6)), "the mills of");
        assert_eq!(words.covering(&(4..8)), 1..2);
        assert_eq!(words.covering(&(5..14)), 1..4);
    }
}
