//! A document cut into tokens, sentences and paragraphs, with positions in code points.
//!
//! Cutting never fails and never changes a character: every token is a slice of the text. What a
//! word means is none of this room's business.

mod sentence;
mod token;

use std::ops::Range;

pub(crate) use sentence::Sentence;
pub(crate) use token::{DASH, Piece, Shape, Token, tokens};

use crate::Span;

/// A text, cut.
#[derive(Debug)]
pub(crate) struct Cut<'a> {
    /// The whole text.
    pub(crate) text: &'a str,
    /// Tokens of the body.
    pub(crate) tokens: Vec<Token<'a>>,
    /// Sentences of the body, in order, covering every token.
    pub(crate) sentences: Vec<Sentence>,
    /// First byte of the body.
    pub(crate) body: usize,
}

impl<'a> Cut<'a> {
    /// Cuts `text` from code point `body` on, and the title line of the head before it.
    pub(crate) fn of(text: &'a str, body: usize) -> Self {
        let from = text.char_indices().nth(body).map_or(text.len(), |(at, _)| at);
        let mut tokens = title(text, from);
        tokens.extend(self::tokens(text, from, body.min(text.chars().count())));
        let sentences = sentence::sentences(text, &tokens);
        Self { text, tokens, sentences, body: from }
    }

    /// Cuts tokens once more: `pieces` gives the parts of a token, none for one that is whole, `whole` whether
    /// a word is one as it stands, `name` what the rules call it. `starts` are bytes of the text that begin a word.
    pub(crate) fn finer(
        &mut self,
        starts: &[usize],
        pieces: impl Fn(&Token<'a>) -> Vec<Piece>,
        whole: impl Fn(&str) -> bool,
        name: impl Fn(String) -> String,
    ) {
        let old = std::mem::take(&mut self.tokens);
        for token in old {
            let mut parts = pieces(&token);
            let inner = |at: &&usize| **at > token.bytes.start && **at < token.bytes.end;
            let may_part = parts.is_empty() && !whole(&token.folded);
            if let Some(at) = starts.iter().find(inner).filter(|_| may_part) {
                let at = at - token.bytes.start;
                let part = |bytes: Range<usize>| {
                    let folded = name(sijil_text::letters::fold(&token.text[bytes.clone()]));
                    Piece { bytes, folded }
                };
                parts = vec![part(0..at), part(at..token.text.len())];
            }
            if parts.is_empty() {
                let folded = name(token.folded.clone());
                self.tokens.push(Token { folded, ..token });
            } else {
                self.tokens.extend(parts.into_iter().map(|p| token.part(p)));
            }
        }
        self.sentences = sentence::sentences(self.text, &self.tokens);
    }

    /// The span of a range of tokens, which must not be empty.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        Span {
            start: self.tokens[range.start].span.start,
            end: self.tokens[range.end - 1].span.end,
        }
    }

    /// The text of a range of tokens, which must not be empty.
    pub(crate) fn slice(&self, range: &Range<usize>) -> &'a str {
        &self.text[self.tokens[range.start].bytes.start..self.tokens[range.end - 1].bytes.end]
    }

    /// The folded word at `at`, empty past the end.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.folded.as_str())
    }

    /// Shape of the token at `at`, a mark past the end.
    pub(crate) fn shape(&self, at: usize) -> Shape {
        self.tokens.get(at).map_or(Shape::Mark, |token| token.shape)
    }

    /// Index of the first token that starts at or after byte `at`.
    pub(crate) fn token_at(&self, at: usize) -> usize {
        self.tokens.partition_point(|token| token.bytes.end <= at)
    }
}

/// The value of the first line `Key: value` before byte `body` whose key is one of `keys`.
pub(crate) fn head_value<'a>(text: &'a str, body: usize, keys: &[&str]) -> Option<&'a str> {
    let lines = text[..body].lines().filter_map(|line| line.split_once(':'));
    let mut values = lines.filter(|(key, _)| keys.contains(&key.trim().to_lowercase().as_str()));
    values.next().map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
}

/// The tokens of the title that the head before byte `body` gives.
fn title(text: &str, body: usize) -> Vec<Token<'_>> {
    let mut at = 0;
    for line in text[..body].split_inclusive('\n') {
        if let Some((key, value)) = line.split_once(':')
            && matches!(key.trim().to_lowercase().as_str(), "title" | "headline" | "العنوان")
        {
            let from = at + key.len() + 1;
            let end = from + value.trim_end().len();
            // Cut as if the text ended with the title: nothing behind it may join its last word.
            return tokens(&text[..end], from, text[..from].chars().count());
        }
        at += line.len();
    }
    Vec::new()
}
