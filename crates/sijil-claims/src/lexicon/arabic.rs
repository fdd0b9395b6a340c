//! Arabic words as the lexicon knows them: which are whole as they stand, and what small ones are
//! called.
//!
//! Arabic joins "and", "in", "of" and the article to the next word. A word that the lexicon has is
//! whole; of another one the joined letters are cut off where the rest is known, has the article,
//! or begins with a digit. Small words take the names that the rules have for them ("في" is "in"),
//! so that one set of rules reads both languages.

use std::collections::{HashMap, HashSet};

use sijil_text::letters::{ascii_digit, fold, is_arabic};

use crate::text::{Piece, Token};

/// The article.
const ARTICLE: &str = "ال";

/// Letters that a word must have left when its article is taken off.
const SHORTEST: usize = 2;

/// What the lexicon knows of Arabic words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// Folded words that are whole.
    whole: HashSet<String>,
    /// Names that the rules have for small words, by the folded word.
    small: HashMap<String, String>,
}

impl Words {
    /// With these small words and their names.
    pub(super) fn of(small: &[(String, String)]) -> Self {
        let small: HashMap<String, String> =
            small.iter().map(|(word, name)| (fold(word), name.clone())).collect();
        let whole = small.keys().filter(|word| word.chars().count() > 1).cloned().collect();
        Self { whole, small }
    }

    /// Remembers the words of a phrase as whole.
    pub(super) fn learn(&mut self, words: &[String]) {
        let arabic = words.iter().filter(|w| w.chars().next().is_some_and(is_arabic));
        self.whole.extend(arabic.filter(|w| w.chars().count() > 1).cloned());
    }

    /// The name of a word: a small one's, else the word.
    pub(crate) fn name(&self, word: String) -> String {
        self.small.get(&word).cloned().unwrap_or(word)
    }

    pub(crate) fn is_whole(&self, word: &str) -> bool {
        self.whole.contains(word) || bare(word).is_some_and(|word| self.whole.contains(word))
    }

    /// The pieces that a token is cut into: joined letters, each with its name, and the rest.
    pub(crate) fn pieces(&self, token: &Token<'_>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = 0;
        let mut rest = token.folded.clone();
        for joined in ["\u{648}\u{641}", "\u{628}\u{644}\u{643}"] {
            let Some(first) = rest.chars().next().filter(|c| joined.contains(*c)) else { continue };
            let tail = &rest[first.len_utf8()..];
            if self.is_whole(&rest) || !self.may_stand(tail) {
                continue;
            }
            let end = at + letter_bytes(&token.text[at..]);
            pieces.push(Piece { bytes: at..end, folded: self.name(first.to_string()) });
            at = end;
            // "للنظام" is "ل" and "النظام".
            let article = first == 'ل' && tail.starts_with('ل') && !self.is_whole(tail);
            rest = if article { format!("ا{tail}") } else { tail.to_owned() };
        }
        if !pieces.is_empty() {
            let folded = self.name(rest);
            pieces.push(Piece { bytes: at..token.text.len(), folded });
        }
        pieces
    }

    /// Whether what is left behind a joined letter is a word.
    fn may_stand(&self, tail: &str) -> bool {
        let letters = tail.chars().count();
        let digits = tail.chars().next().and_then(ascii_digit).is_some();
        let article = tail.starts_with(ARTICLE) || tail.starts_with("لل");
        let again = tail.chars().next().is_some_and(|c| "بلك".contains(c)) && letters > 3 && {
            let rest = &tail[tail.chars().next().map_or(0, char::len_utf8)..];
            self.is_whole(rest) || rest.starts_with(ARTICLE)
        };
        let of_article = tail.strip_prefix('ل').is_some_and(|rest| self.whole.contains(rest));
        digits
            || (letters > 1 && self.is_whole(tail))
            || (article && letters > 4)
            || again
            || of_article
    }
}

/// A word without its article.
pub(super) fn bare(word: &str) -> Option<&str> {
    word.strip_prefix(ARTICLE).filter(|rest| rest.chars().count() >= SHORTEST)
}

/// Whether a word of a text is a word of a phrase, with or without the article.
pub(super) fn same(word: &str, wanted: &str) -> bool {
    word == wanted || bare(word) == Some(wanted)
}

/// Bytes of the first letter with its marks.
fn letter_bytes(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    chars.find(|(_, c)| c.is_alphanumeric()).map_or(text.len(), |(at, _)| at)
}
