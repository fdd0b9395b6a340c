//! Finds place names in running text.

use std::ops::Range;

use super::PlaceHit;
use super::key::push;
use crate::letters::{fold, is_arabic};

/// Letters that a Latin key needs at least: shorter names are too often something else.
const SHORTEST: usize = 4;

/// Letters that Arabic joins to the next word: and, so, in, to, as.
const JOINED: [char; 5] = ['و', 'ف', 'ب', 'ل', 'ك'];

struct Word<'t> {
    range: Range<usize>,
    text: &'t str,
    arabic: bool,
    /// Only spaces or hyphens lie before it.
    joins: bool,
}

/// Every place that `lookup` knows by the key of up to `longest` words.
pub(super) fn scan<'g>(
    text: &str,
    longest: usize,
    lookup: impl Fn(&str) -> Option<&'g str>,
) -> Vec<PlaceHit> {
    let words = words(text);
    let mut hits = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match longest_from(&words[at..], longest, &lookup) {
            Some((count, skip, id)) => {
                let start = words[at].range.start + skip;
                let range = start..words[at + count - 1].range.end;
                hits.push(PlaceHit { range, id: id.to_owned() });
                at += count;
            }
            None => at += 1,
        }
    }
    hits
}

/// Number of words of the longest name here, bytes of a joined letter before it, and its id.
fn longest_from<'g>(
    words: &[Word<'_>],
    longest: usize,
    lookup: &impl Fn(&str) -> Option<&'g str>,
) -> Option<(usize, usize, &'g str)> {
    let first = words.first()?;
    if !first.arabic && !starts_name(words) {
        return None;
    }
    if let Some((count, id)) = longest_name(words, first.text, longest, lookup) {
        return Some((count, 0, id));
    }
    let joined = first.text.chars().next().filter(|c| first.arabic && JOINED.contains(c))?;
    let rest = &first.text[joined.len_utf8()..];
    let (count, id) = longest_name(words, rest, longest, lookup)?;
    Some((count, joined.len_utf8(), id))
}

fn longest_name<'g>(
    words: &[Word<'_>],
    first: &str,
    longest: usize,
    lookup: &impl Fn(&str) -> Option<&'g str>,
) -> Option<(usize, &'g str)> {
    let mut key = String::new();
    let mut best = None;
    for (nth, word) in words.iter().take(longest + 1).enumerate() {
        if nth > 0 && (!word.joins || word.arabic != words[0].arabic) {
            break;
        }
        let before = key.len();
        push(&fold(if nth == 0 { first } else { word.text }), &mut key);
        // A word of kind or an article extends a name that was found ("Latakia Governorate").
        if key.len() == before && nth > 0 && word.text.starts_with(char::is_lowercase) {
            break;
        }
        if (words[0].arabic || key.chars().count() >= SHORTEST)
            && let Some(id) = lookup(&key)
        {
            best = Some((nth + 1, id));
        }
    }
    best
}

/// A Latin name begins with a capital, or with an article before one.
fn starts_name(words: &[Word<'_>]) -> bool {
    let capital = |word: &Word<'_>| word.text.starts_with(char::is_uppercase);
    let article = |word: &Word<'_>| matches!(word.text, "al" | "el" | "ash" | "as" | "ad" | "ar");
    match words {
        [first, ..] if capital(first) => true,
        [first, second, ..] => article(first) && second.joins && capital(second),
        _ => false,
    }
}

/// Whether `text`, which begins with an apostrophe, begins with the "'s" of an owner.
fn is_possessive(text: &str) -> bool {
    let mut rest = text.chars().skip(1);
    rest.next() == Some('s') && !rest.next().is_some_and(char::is_alphanumeric)
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut start = None;
    let mut last_end = 0;
    let ends = text.char_indices().chain(std::iter::once((text.len(), ' ')));
    for (at, c) in ends {
        let inside = c.is_alphanumeric()
            || (start.is_some()
                && (matches!(c, '\'' | '\u{2019}' | '`') && !is_possessive(&text[at..])
                    || !c.is_ascii() && is_mark(c)));
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let gap = &text[last_end..from];
                let joins =
                    !gap.is_empty() && gap.chars().all(|c| matches!(c, ' ' | '-' | '\u{2010}'));
                let word = &text[from..at];
                let arabic = word.chars().any(is_arabic);
                words.push(Word { range: from..at, text: word, arabic, joins });
                start = None;
                last_end = at;
            }
            _ => {}
        }
    }
    words
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || c == '\u{640}'
}
