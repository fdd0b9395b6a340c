//! Terms of a question, and where a text answers them.

use crate::register::{keys, tokens};

/// Code points shown before and behind the first word found.
const AROUND: usize = 60;

/// One term of a question.
pub(super) enum Term {
    /// Words in a row.
    Row(Vec<String>),
    /// The beginning of a word.
    Beginning(String),
    /// A word, and how it sounds as a name.
    Word(String, Vec<String>),
}

pub(super) fn terms(words: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    for (nth, part) in words.split('"').enumerate() {
        if nth % 2 == 1 {
            let row = tokens(part);
            terms.extend((!row.is_empty()).then_some(Term::Row(row)));
            continue;
        }
        for word in part.split_whitespace() {
            let split = tokens(word);
            match (split.as_slice(), word.ends_with('*')) {
                ([], _) => {}
                ([only], true) => terms.push(Term::Beginning(only.clone())),
                ([only], false) => {
                    let sounds = keys(word).iter().flat_map(|key| tokens(key)).collect();
                    terms.push(Term::Word(only.clone(), sounds));
                }
                _ => terms.push(Term::Row(split)),
            }
        }
    }
    terms
}

/// What a snippet marks.
pub(super) struct Wanted(Vec<Term>);

impl Wanted {
    pub(super) fn of(words: &str) -> Self {
        Self(terms(words))
    }

    /// How many of these words, from the first on, are one of the terms; `heard` is how the first
    /// of them sounds as a name.
    fn begins(&self, words: &[Vec<String>], heard: &[String]) -> usize {
        let first = words.first().map_or(&[][..], Vec::as_slice);
        let lengths = self.0.iter().map(|term| match term {
            Term::Row(row) => row_length(row, words),
            Term::Beginning(start) => usize::from(first.iter().any(|word| word.starts_with(start))),
            Term::Word(word, sounds) => {
                let sounds = heard.iter().any(|key| sounds.contains(key));
                usize::from(sounds || first.contains(word))
            }
        });
        lengths.max().unwrap_or(0)
    }

    /// The words of `text` around the first that is wanted, each wanted one marked.
    pub(super) fn snippet(&self, text: &str, by_sound: bool) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let split: Vec<Vec<String>> = words.iter().map(|word| tokens(word)).collect();
        let mut marked = vec![false; words.len()];
        for start in 0..words.len() {
            let heard = if by_sound { keys(words[start]) } else { Vec::new() };
            let length = self.begins(&split[start..], &heard);
            marked[start..start + length].fill(true);
        }
        let first = marked.iter().position(|marked| *marked).unwrap_or(0);
        let start = first - fitting(words[..first].iter().rev());
        let end = (first + 1).min(words.len());
        let end = end + fitting(words[end..].iter());
        let shown = words[start..end].iter().zip(&marked[start..end]);
        let shown = shown
            .map(|(word, marked)| if *marked { format!("«{word}»") } else { (*word).to_owned() });
        let before = (start > 0).then(|| "…".to_owned());
        let behind = (end < words.len()).then(|| "…".to_owned());
        before.into_iter().chain(shown).chain(behind).collect::<Vec<_>>().join(" ")
    }
}

/// Words that `row` takes of `words` if it stands at their beginning; else 0.
fn row_length(row: &[String], words: &[Vec<String>]) -> usize {
    let mut left = row;
    for (nth, word) in words.iter().enumerate() {
        for token in word {
            match left.split_first() {
                Some((next, rest)) if next == token => left = rest,
                _ => return 0,
            }
            if left.is_empty() {
                return nth + 1;
            }
        }
    }
    0
}

/// How many of these words have room beside the first one found.
fn fitting<'w>(words: impl Iterator<Item = &'w &'w str>) -> usize {
    let lengths = words.scan(0, |length, word| {
        *length += word.chars().count() + 1;
        Some(*length)
    });
    lengths.take_while(|length| *length <= AROUND).count()
}
