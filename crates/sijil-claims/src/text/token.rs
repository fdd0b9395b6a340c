//! Tokens: words, numbers and marks.
//!
//! A hyphen joins letters ("Assad-linked", "al-Bahr"), a point joins the letters of an acronym
//! ("U.S."), a comma or point joins digits ("1,383"). A possessive "'s" is a token of its own.

use std::ops::Range;

use sijil_text::letters::{ascii_digit, fold, is_arabic, is_invisible};

use crate::Span;

/// One token.
#[derive(Clone, Debug)]
pub(crate) struct Token<'a> {
    /// The characters.
    pub(crate) text: &'a str,
    /// Folded form, for comparing.
    pub(crate) folded: String,
    /// Bytes in the text.
    pub(crate) bytes: Range<usize>,
    /// Code points in the text.
    pub(crate) span: Span,
    /// What it looks like.
    pub(crate) shape: Shape,
    /// A blank or nothing but invisible characters lie before it.
    pub(crate) spaced: bool,
}

/// A part of a token.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Bytes of the token.
    pub(crate) bytes: Range<usize>,
    /// Folded form.
    pub(crate) folded: String,
}

impl<'a> Token<'a> {
    /// A part of this token as a token; it is spaced where the token is and the part begins it.
    pub(super) fn part(&self, piece: Piece) -> Self {
        let text = &self.text[piece.bytes.clone()];
        let before = self.text[..piece.bytes.start].chars().count();
        let start = self.span.start + before;
        let end = start + text.chars().count();
        let from = self.bytes.start;
        Self {
            text,
            folded: piece.folded,
            bytes: from + piece.bytes.start..from + piece.bytes.end,
            span: Span { start, end },
            shape: text.chars().next().map_or(Shape::Mark, |first| shape(text, first)),
            spaced: self.spaced && piece.bytes.start == 0,
        }
    }
}

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A word that begins with a small letter, or with a letter of a script without capitals.
    Lower,
    /// A word that begins with a capital, or an article joined to one ("al-Bahr").
    Capital,
    /// Digits, possibly with separators.
    Number,
    /// Anything else.
    Mark,
}

/// Cuts `text` from byte `from`, which is code point `point`, up to its end.
pub(crate) fn tokens(text: &str, from: usize, point: usize) -> Vec<Token<'_>> {
    let mut out = Vec::with_capacity((text.len() - from) / 5);
    let (mut at, mut point, mut spaced) = (from, point, true);
    while let Some(first) = text[at..].chars().next() {
        let bytes = length(&text[at..], first);
        let token = &text[at..at + bytes];
        let points = if token.is_ascii() { bytes } else { token.chars().count() };
        if first.is_whitespace() || is_invisible(first) {
            spaced |= first.is_whitespace();
        } else {
            let span = Span { start: point, end: point + points };
            out.push(Token {
                text: token,
                folded: folded(token),
                bytes: at..at + bytes,
                span,
                shape: shape(token, first),
                spaced,
            });
            spaced = false;
        }
        (at, point) = (at + bytes, point + points);
    }
    mark_dashes(&mut out);
    out
}

/// What the rules call a dash between words or at the head of a line, however it is typed; a hyphen within
/// a word or a range stays "-".
pub(crate) const DASH: &str = "\u{2014}";

/// Gives every dash one name: "deaths—ten", "deaths – ten", "deaths - ten".
fn mark_dashes(tokens: &mut [Token<'_>]) {
    for at in 0..tokens.len() {
        let spaced = tokens[at].spaced && tokens.get(at + 1).is_some_and(|next| next.spaced);
        let dash = match tokens[at].text {
            "\u{2014}" | "\u{2015}" => true,
            "-" | "\u{2013}" | "\u{2212}" => spaced,
            _ => false,
        };
        if dash {
            DASH.clone_into(&mut tokens[at].folded);
        }
    }
}

/// Bytes of the token that `text` begins with.
fn length(text: &str, first: char) -> usize {
    if first.is_alphabetic() {
        word_length(text)
    } else if ascii_digit(first).is_some() {
        number_length(text)
    } else if is_apostrophe(first) && possessive(text) {
        first.len_utf8() + 1
    } else {
        first.len_utf8()
    }
}

fn word_length(text: &str) -> usize {
    let acronym = acronym_length(text);
    if acronym > 0 {
        return acronym;
    }
    let mut chars = text.char_indices().peekable();
    let arabic = text.chars().next().is_some_and(is_arabic);
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let inside = match c {
            // "و30": Arabic joins words to digits, not digits to words.
            _ if arabic && ascii_digit(c).is_some() => false,
            _ if c.is_alphanumeric() || is_invisible(c) => true,
            '-' | '\u{2010}' | '\u{2011}' => next.is_some_and(char::is_alphanumeric),
            _ if is_apostrophe(c) => {
                next.is_some_and(char::is_alphabetic) && !possessive(&text[at..])
            }
            _ => fold(c.encode_utf8(&mut [0; 4])).is_empty(),
        };
        if !inside {
            return at;
        }
    }
    text.len()
}

/// Bytes of letters that each have a point after them, two letters at least; else 0.
fn acronym_length(text: &str) -> usize {
    let mut length = 0;
    let mut chars = text.chars();
    loop {
        let (letter, point) = (chars.next(), chars.next());
        match (letter, point) {
            (Some(letter), Some('.')) if letter.is_alphabetic() => {
                length += letter.len_utf8() + 1;
            }
            _ => break,
        }
    }
    let one = text.chars().next().map_or(0, char::len_utf8) + 1;
    if length > one { length } else { 0 }
}

fn number_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().and_then(|(_, next)| ascii_digit(*next));
        let inside = match c {
            _ if ascii_digit(c).is_some() => true,
            ',' | '.' | '\u{66C}' | '\u{66B}' => next.is_some(),
            // "7th", "40mm" and "2x" are one token, so that none of them is a count.
            _ => c.is_alphabetic(),
        };
        if !inside {
            return at;
        }
    }
    text.len()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2BC}')
}

/// Whether `text`, which begins with an apostrophe, begins with a possessive "'s".
fn possessive(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(char::is_alphanumeric)
}

fn shape(token: &str, first: char) -> Shape {
    if ascii_digit(first).is_some() {
        Shape::Number
    } else if !first.is_alphabetic() {
        Shape::Mark
    } else if first.is_uppercase() || article_before_capital(token) {
        Shape::Capital
    } else {
        Shape::Lower
    }
}

/// "al-Bahr", "ash-Sham", "l'Orient": a name behind a small article.
fn article_before_capital(token: &str) -> bool {
    let mut parts = token.splitn(2, ['-', '\u{2010}', '\'', '\u{2019}']);
    let (Some(article), Some(name)) = (parts.next(), parts.next()) else { return false };
    article.chars().count() <= 3 && name.starts_with(char::is_uppercase)
}

fn folded(token: &str) -> String {
    // "IS", the group, is not "is".
    if token == "IS" {
        return "isis".to_owned();
    }
    if token.is_ascii() { token.to_ascii_lowercase() } else { fold(token) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text, 0, 0).iter().map(|t| t.text).collect()
    }

    #[test]
    fn words_numbers_and_marks_are_told_apart() {
        for (text, expected) in [
            ("1,383 killed.", vec!["1,383", "killed", "."]),
            ("the U.S. said", vec!["the", "U.S.", "said"]),
            ("Syria's Assad-linked men", vec!["Syria", "'s", "Assad-linked", "men"]),
            ("10-15 dead", vec!["10", "-", "15", "dead"]),
            ("al-Ra'i, 72-hour", vec!["al-Ra'i", ",", "72", "-", "hour"]),
            ("on 7th (62)", vec!["on", "7th", "(", "62", ")"]),
            ("قُتِلَ ٤٠ مدنياً", vec!["قُتِلَ", "٤٠", "مدنياً"]),
        ] {
            assert_eq!(cut(text), expected, "{text}");
        }
    }

    #[test]
    fn a_dash_has_one_name_and_a_hyphen_another() {
        for (text, expected) in [
            ("deaths\u{2014}ten", "\u{2014}"),
            ("deaths \u{2013} ten", "\u{2014}"),
            ("deaths - ten", "\u{2014}"),
            ("10-15", "-"),
            ("10\u{2013}15", "-"),
        ] {
            assert_eq!(tokens(text, 0, 0)[1].folded, expected, "{text}");
        }
    }

    #[test]
    fn spans_count_code_points() {
        let text = "قتل ٤٠ in Ḥamāh";
        let points: Vec<char> = text.chars().collect();
        for token in tokens(text, 0, 0) {
            let slice: String = points[token.span.start..token.span.end].iter().collect();
            assert_eq!(slice, token.text);
            assert_eq!(&text[token.bytes.clone()], token.text);
        }
    }
}
