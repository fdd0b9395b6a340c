//! Features of sentences and documents that tell whether they report an incident, and of what type.
//!
//! The guideline of the task decides what is relevant: clashes between soldiers and fighters are
//! out, attacks that hit civilians are in, events long past are out unless news is added. The
//! features are those that such rules would look at: who is hit (military, civilian, official),
//! what is done, when, whether it is told as news or argued about, and the place above the text.

use super::hash::{feature, word};
use super::reading::{Reading, bucket};

/// The features of one sentence.
pub(super) fn sentence(reading: &Reading<'_>, at: usize) -> Vec<u64> {
    let mut features = Vec::new();
    let range = reading.words.sentences[at].clone();
    for token in range.clone() {
        features.push(feature(100, &[reading.hash(token)]));
        if token + 1 < range.end {
            features.push(feature(101, &[reading.hash(token), reading.hash(token + 1)]));
        }
    }
    let own: Vec<u64> = reading.each(reading.union(range)).collect();
    for (place, class) in own.iter().enumerate() {
        features.push(feature(102, &[*class]));
        features.extend(own[..place].iter().map(|other| feature(103, &[*other, *class])));
    }
    for (side, neighbour) in [(0, at.checked_sub(1)), (1, Some(at + 1))] {
        let Some(range) = neighbour.and_then(|at| reading.words.sentences.get(at)) else {
            features.push(feature(104, &[side]));
            continue;
        };
        let classes = reading.union(range.clone());
        features.extend(reading.each(classes).map(|class| feature(105, &[side, class])));
    }
    features.push(feature(106, &[(at as u64).min(6)]));
    features.push(feature(107, &[bucket(own.len())]));
    unique(features)
}

/// The features of a whole document.
pub(super) fn document(reading: &Reading<'_>, dateline: &str, tags: &[String]) -> Vec<u64> {
    let mut features = Vec::new();
    let words = &reading.words;
    for (at, range) in words.sentences.iter().enumerate() {
        // What stands first is what the report is about.
        let lead = u64::from(at < 2);
        for token in range.clone() {
            features.push(feature(110, &[reading.hash(token)]));
            if lead == 1 {
                features.push(feature(111, &[reading.hash(token)]));
            }
            if token + 1 < range.end {
                features.push(feature(112, &[reading.hash(token), reading.hash(token + 1)]));
            }
        }
        let classes: Vec<u64> = reading.each(reading.union(range.clone())).collect();
        for (place, class) in classes.iter().enumerate() {
            features.push(feature(113, &[lead, *class]));
            features.extend(classes[..place].iter().map(|other| feature(114, &[*other, *class])));
        }
    }
    let head = super::words::Words::new(dateline);
    features.extend((0..head.len()).map(|at| feature(115, &[word(&head.word(at).to_lowercase())])));
    features.extend(tags.iter().map(|tag| feature(116, &[word(tag)])));
    features.push(feature(117, &[bucket(words.sentences.len())]));
    unique(features)
}

fn unique(mut features: Vec<u64>) -> Vec<u64> {
    features.sort_unstable();
    features.dedup();
    features
}
