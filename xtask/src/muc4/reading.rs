//! An article as the learners see it: tokens with word classes, and the features of each token.
//!
//! Features are what stands at and around a token: words, endings, classes, the nearest word that
//! tells of violence on either side and how it is joined ("by", a passive), and the kinds of
//! violence in the sentence and its neighbours.

use super::clusters::Clusters;
use super::corpus::Article;
use super::crf::Features;
use super::hash::{feature, word};
use super::lexicon::{Classes, Lexicon};
use super::words::Words;

/// An article cut into words, with what the lexicon knows of them.
pub(super) struct Reading<'a> {
    pub(super) words: Words<'a>,
    pub(super) classes: Vec<Classes>,
    hashes: Vec<u64>,
    /// Classes that tell of violence.
    triggers: Classes,
    class_count: usize,
    being: Classes,
    /// The bits of [`HEADS`].
    heads: Vec<Classes>,
    /// The cluster of each token, counted from 1; 0 for none.
    clusters: Vec<u64>,
}

/// The classes that tell of violence, in the order of the lexicon.
pub(super) const TRIGGERS: [&str; 9] =
    ["murder", "death", "wound", "explode", "damage", "assault", "abduct", "burn", "rob"];

/// The classes that tell what somebody or something named is.
const HEADS: [&str; 10] = [
    "fighter",
    "organisation",
    "state",
    "arm",
    "building",
    "vehicle",
    "civilian",
    "official",
    "title",
    "given name",
];

impl<'a> Reading<'a> {
    pub(super) fn new(article: &'a Article, lexicon: &Lexicon, clusters: &Clusters) -> Self {
        let words = Words::new(&article.text);
        let cluster = |at| clusters.of(words.word(at)).map_or(0, |number| number as u64 + 1);
        Self {
            clusters: (0..words.len()).map(cluster).collect(),
            classes: lexicon.classes(&words),
            hashes: (0..words.len()).map(|at| word(words.word(at))).collect(),
            triggers: TRIGGERS.iter().map(|name| lexicon.bit(name)).sum(),
            class_count: lexicon.len(),
            being: lexicon.bit("being"),
            heads: HEADS.iter().map(|name| lexicon.bit(name)).collect(),
            words,
        }
    }

    /// The hash of a token, 0 beyond the text.
    pub(super) fn hash(&self, at: usize) -> u64 {
        self.hashes.get(at).copied().unwrap_or(0)
    }

    /// The classes that some token of these has.
    pub(super) fn union(&self, tokens: std::ops::Range<usize>) -> Classes {
        self.classes[tokens].iter().fold(0, |all, classes| all | classes)
    }

    /// The numbers of the classes in a set.
    pub(super) fn each(&self, classes: Classes) -> impl Iterator<Item = u64> + use<> {
        let count = self.class_count as u64;
        (0..count).filter(move |class| classes >> class & 1 == 1)
    }

    /// The share of tokens in each class.
    pub(super) fn shares(&self) -> Vec<f64> {
        let all = self.words.len().max(1) as f64;
        let having = |class| self.classes.iter().filter(|c| *c >> class & 1 == 1).count() as f64;
        (0..self.class_count).map(|class| having(class) / all).collect()
    }

    /// 1 for each of [`HEADS`] that one of these tokens has, else 0.
    pub(super) fn heads(&self, tokens: std::ops::Range<usize>) -> impl Iterator<Item = f64> {
        let classes = self.union(tokens);
        self.heads.iter().map(move |bit| f64::from(u8::from(classes & bit != 0)))
    }

    /// The features of every token of a sentence.
    pub(super) fn features(&self, sentence: usize) -> Features {
        let range = self.words.sentences[sentence].clone();
        let around = [
            self.union(range.clone()) & self.triggers,
            self.neighbour(sentence.checked_sub(1)),
            self.neighbour(Some(sentence + 1)),
        ];
        range
            .clone()
            .map(|at| {
                let mut features = Vec::with_capacity(80);
                let window = Window { at, start: range.start, end: range.end };
                self.word_features(&window, &mut features);
                self.class_features(&window, &mut features);
                self.trigger_features(&window, &mut features);
                self.sentence_features(&window, sentence, around, &mut features);
                features
            })
            .collect()
    }

    fn neighbour(&self, sentence: Option<usize>) -> Classes {
        let range = sentence.and_then(|at| self.words.sentences.get(at));
        range.map_or(0, |range| self.union(range.clone()) & self.triggers)
    }

    fn word_features(&self, window: &Window, to: &mut Vec<u64>) {
        let w = |offset| window.token(offset).map_or(0, |at| self.hash(at));
        to.push(feature(0, &[]));
        for offset in -3..=3_isize {
            to.push(feature(1, &[w(offset), offset as u64]));
        }
        for offset in -2..=1_isize {
            to.push(feature(2, &[w(offset), w(offset + 1), offset as u64]));
        }
        to.push(feature(3, &[w(-1), w(1)]));
        to.push(feature(4, &[w(-2), w(-1), w(0)]));
        to.push(feature(5, &[w(0), w(1), w(2)]));
        let text = self.words.word(window.at);
        for length in 2..=4 {
            to.push(feature(6, &[ending(text, length), length as u64]));
        }
        to.push(feature(7, &[beginning(text, 3)]));
        let next = window.token(1).map_or("", |at| self.words.word(at));
        let before = window.token(-1).map_or("", |at| self.words.word(at));
        to.push(feature(8, &[ending(next, 3)]));
        to.push(feature(9, &[ending(before, 3)]));
        to.push(feature(10, &[shape(text)]));
    }

    fn class_features(&self, window: &Window, to: &mut Vec<u64>) {
        let c = |offset| window.token(offset).map_or(0, |at| self.classes[at]);
        for offset in -3..=3_isize {
            let known = c(offset);
            to.push(feature(20, &[known, offset as u64]));
            to.extend(self.each(known).map(|class| feature(21, &[class, offset as u64])));
        }
        to.push(feature(22, &[c(-1), c(0)]));
        to.push(feature(23, &[c(0), c(1)]));
        to.push(feature(24, &[c(-1), c(0), c(1)]));
        let k = |offset| window.token(offset).map_or(0, |at| self.clusters[at]);
        for offset in -2..=2_isize {
            to.push(feature(25, &[k(offset), offset as u64]));
        }
        to.push(feature(26, &[k(-1), k(0)]));
        to.push(feature(27, &[k(0), k(1)]));
        to.push(feature(28, &[k(-1), k(1)]));
    }

    /// The nearest words of violence on both sides, with distance and what joins them.
    fn trigger_features(&self, window: &Window, to: &mut Vec<u64>) {
        let own = self.classes[window.at];
        let by = word("by");
        let left =
            (window.start..window.at).rev().find(|at| self.classes[*at] & self.triggers != 0);
        let right = (window.at + 1..window.end).find(|at| self.classes[*at] & self.triggers != 0);
        for (side, found) in [(0, left), (1, right)] {
            let Some(trigger) = found else {
                to.push(feature(30, &[side]));
                continue;
            };
            let between = trigger.min(window.at) + 1..trigger.max(window.at);
            let far = bucket(between.len());
            let agent = u64::from((between.clone()).any(|at| self.hash(at) == by));
            let from = trigger.saturating_sub(3).max(window.start);
            let passive = u64::from(self.union(from..trigger) & self.being != 0);
            let kinds = self.classes[trigger] & self.triggers;
            for kind in self.each(kinds) {
                to.push(feature(31, &[side, kind, far]));
                to.push(feature(32, &[side, kind, agent, passive, far]));
                to.push(feature(33, &[side, kind, agent, passive, own]));
            }
            let trigger_word = self.hash(trigger);
            to.push(feature(34, &[side, trigger_word, agent, passive]));
            to.push(feature(35, &[side, trigger_word, self.hash(window.at)]));
            if between.len() <= 4 {
                let path = between.fold(0, |path, at| feature(36, &[path, self.hash(at)]));
                to.push(feature(37, &[side, kinds, path]));
            }
        }
    }

    fn sentence_features(
        &self,
        window: &Window,
        sentence: usize,
        around: [Classes; 3],
        to: &mut Vec<u64>,
    ) {
        let own = self.hash(window.at);
        let classes = self.classes[window.at];
        for (place, kinds) in around.into_iter().enumerate() {
            for kind in self.each(kinds) {
                to.push(feature(40, &[place as u64, kind]));
                to.push(feature(41, &[place as u64, kind, own]));
                to.push(feature(42, &[place as u64, kind, classes]));
            }
        }
        if around[0] == 0 {
            to.push(feature(43, &[own]));
            to.push(feature(44, &[classes]));
        }
        let early = (sentence as u64).min(4);
        to.push(feature(45, &[early]));
        to.push(feature(46, &[early, classes]));
    }
}

/// A token and the bounds of its sentence.
struct Window {
    at: usize,
    start: usize,
    end: usize,
}

impl Window {
    /// The token so many places away, if the sentence reaches so far.
    fn token(&self, offset: isize) -> Option<usize> {
        let at = self.at.checked_add_signed(offset)?;
        (self.start <= at && at < self.end).then_some(at)
    }
}

/// A distance by its order of size.
pub(super) fn bucket(distance: usize) -> u64 {
    match distance {
        0..=2 => distance as u64,
        3..=4 => 3,
        5..=7 => 4,
        8..=12 => 5,
        13..=20 => 6,
        _ => 7,
    }
}

fn ending(text: &str, length: usize) -> u64 {
    let start = text.char_indices().rev().nth(length - 1).map_or(0, |(at, _)| at);
    word(&text[start..])
}

fn beginning(text: &str, length: usize) -> u64 {
    let end = text.char_indices().nth(length).map_or(text.len(), |(at, _)| at);
    word(&text[..end])
}

/// Digits, marks and letters by kind, runs told once: `ak-47` is `a-0`.
fn shape(text: &str) -> u64 {
    let mut shape = String::new();
    for character in text.chars() {
        let kind = match character {
            c if c.is_alphabetic() => 'a',
            c if c.is_numeric() => '0',
            c => c,
        };
        if !shape.ends_with(kind) {
            shape.push(kind);
        }
    }
    word(&shape)
}
