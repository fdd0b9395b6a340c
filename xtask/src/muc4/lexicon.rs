//! Word classes: the hand-written ones of `lexicon.txt` and the place names of the training keys.
//!
//! The hand-written words are general vocabulary, common names and known organisations, written
//! with a look at what the training keys name most often; no text of the corpus is in them.
//! Place names are learned at run time and live no longer than the run.

use std::collections::{BTreeMap, BTreeSet};

use super::words::Words;

/// The classes a token belongs to, one bit each.
pub(super) type Classes = u64;

const LIST: &str = include_str!("lexicon.txt");

/// Words and phrases with their classes.
pub(super) struct Lexicon {
    names: Vec<String>,
    /// By first word: the rest of the phrase, and the class.
    phrases: BTreeMap<String, Vec<(Vec<String>, usize)>>,
}

impl Lexicon {
    /// The hand-written lists and a class `known place` of these phrases.
    pub(super) fn new<'a>(places: impl Iterator<Item = &'a str>) -> Self {
        let mut lexicon = Self { names: Vec::new(), phrases: BTreeMap::new() };
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                lexicon.names.push(name.to_owned());
            } else {
                line.split(',').for_each(|phrase| lexicon.insert(phrase));
            }
        }
        lexicon.names.push("known place".to_owned());
        let places: BTreeSet<String> = places.map(str::to_lowercase).collect();
        places.iter().for_each(|place| lexicon.insert(place));
        lexicon
    }

    /// Adds a phrase to the class that was opened last.
    fn insert(&mut self, phrase: &str) {
        let words = Words::new(phrase);
        let mut words = (0..words.len()).map(|at| words.word(at).to_owned());
        let (Some(first), Some(class)) = (words.next(), self.names.len().checked_sub(1)) else {
            return;
        };
        self.phrases.entry(first).or_default().push((words.collect(), class));
    }

    /// The bit of a class; 0 for a name that is none.
    pub(super) fn bit(&self, name: &str) -> Classes {
        self.names.iter().position(|known| known == name).map_or(0, |at| 1 << at)
    }

    /// How many classes there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The classes of each token of a text.
    pub(super) fn classes(&self, words: &Words<'_>) -> Vec<Classes> {
        let mut classes = vec![0; words.len()];
        for at in 0..words.len() {
            for (rest, class) in self.phrases.get(words.word(at)).into_iter().flatten() {
                let end = at + 1 + rest.len();
                let here = end <= words.len()
                    && rest.iter().zip(at + 1..).all(|(word, at)| word == words.word(at));
                if here {
                    classes[at..end].iter_mut().for_each(|bits| *bits |= 1 << class);
                }
            }
        }
        classes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_and_words_are_found_in_all_their_classes() {
        let lexicon = Lexicon::new(["NEW MILLTOWN"].into_iter());
        let words = Words::new("hooded men set fire to a bus in new milltown");
        let classes = lexicon.classes(&words);
        let has = |at: usize, name: &str| classes[at] & lexicon.bit(name) != 0;
        assert!(has(0, "fighter") && has(2, "burn") && has(3, "burn") && has(6, "vehicle"));
        assert!(has(8, "known place") && has(9, "known place"));
        assert!(!has(1, "burn") && !has(6, "known place"));
    }

    #[test]
    fn classes_fit_their_bits() {
        assert!(Lexicon::new([].into_iter()).len() <= 64);
    }
}
