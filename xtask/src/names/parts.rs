//! Pairs of parts of names, taken out of lists of names in both scripts.

use std::collections::BTreeMap;

use anyhow::Result;
use sijil_text::letters::{Script, script_of};
use sijil_text::names::Name;
use sijil_text::names::spelling::{latin, signs};

use super::data::{self, Pair, Use, used_for};
use super::transducer::{Example, Transducer};

/// How often a part in Arabic and a part in Latin script answer each other, by list.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen {
    /// In Wikidata's names and the single tokens.
    pub(crate) open: f64,
    /// In the list of Gaza, whose romanisation is a machine's.
    pub(crate) gaza: f64,
}

/// Pairs of parts by their texts, Arabic first.
pub(crate) type Pairs = BTreeMap<(String, String), Seen>;

/// A pair of the machine's counts this much: it knows consonants and not how people write vowels.
const MACHINE: f64 = 0.25;
/// A pair whose letters answer each other worse than this a letter (in nats) is taken for noise.
const NOISE: f64 = 2.2;

/// How many names have a part, by script: shares of all parts.
#[derive(Default)]
pub(crate) struct Counts {
    parts: BTreeMap<String, u32>,
    /// Parts in Latin and in Arabic script.
    sums: [u32; 2],
}

impl Counts {
    /// Of the names of Wikidata that may be learned from.
    pub(crate) fn of_names() -> Result<Self> {
        let mut counts = Self::default();
        let people = data::wikidata()?;
        let clean = people.iter().filter(|person| person.kind != "alias");
        for person in clean.filter(|person| used_for(&person.arabic) == Use::Parts) {
            for part in [&person.arabic, &person.latin].into_iter().flat_map(|n| Name::of(n).parts)
            {
                counts.sums[usize::from(is_arabic(&part.text))] += 1;
                *counts.parts.entry(part.text).or_default() += 1;
            }
        }
        Ok(counts)
    }

    /// The share of a part among all parts of its script; one that was never met counts half.
    pub(crate) fn share(&self, part: &str) -> f64 {
        let count = self.parts.get(part).map_or(0.5, |count| f64::from(*count));
        count / f64::from(self.sums[usize::from(is_arabic(part))].max(1))
    }

    /// Parts that at least so many names have, with their shares.
    pub(crate) fn of_at_least(&self, least: u32) -> impl Iterator<Item = (&str, f64)> {
        let often = self.parts.iter().filter(move |(_, count)| **count >= least);
        often.map(|(part, _)| (part.as_str(), self.share(part)))
    }
}

fn is_arabic(part: &str) -> bool {
    script_of(part) == Script::Arabic
}

/// All pairs that may be learned from.
pub(crate) fn pairs() -> Result<Pairs> {
    let mut pairs = Pairs::new();
    for token in data::tokens()?.iter().filter(|token| token.kind == "train") {
        add(token, &mut pairs, |seen| seen.open += 1.0);
    }
    let people = data::wikidata()?;
    let clean = people.iter().filter(|person| person.kind != "alias");
    for person in clean.filter(|person| used_for(&person.arabic) == Use::Parts) {
        add(person, &mut pairs, |seen| seen.open += 1.0);
    }
    for person in data::gaza()?.iter().filter(|person| used_for(&person.arabic) == Use::Parts) {
        add(person, &mut pairs, |seen| seen.gaza += 1.0);
    }
    Ok(pairs)
}

/// Parts answer in order where both names have as many.
fn add(names: &Pair, pairs: &mut Pairs, count: impl Fn(&mut Seen)) {
    let (arabic, latin) = (Name::of(&names.arabic), Name::of(&names.latin));
    if arabic.parts.len() != latin.parts.len() {
        return;
    }
    for (a, l) in arabic.parts.into_iter().zip(latin.parts) {
        if a.kunya == l.kunya {
            count(pairs.entry((a.text, l.text)).or_default());
        }
    }
}

/// The pairs as examples; how often a pair occurs counts by its logarithm.
pub(crate) fn examples(pairs: &Pairs) -> Vec<Example> {
    let example = |((arabic, latin_text), seen): (&(String, String), &Seen)| Example {
        signs: signs(arabic),
        letters: latin(latin_text),
        weight: (1.0 + seen.open).ln() + MACHINE * (1.0 + seen.gaza).ln(),
    };
    pairs.iter().map(example).filter(|e| !e.signs.is_empty() && !e.letters.is_empty()).collect()
}

/// The pairs without those that a first model finds to be noise: another name, a shorter name.
pub(crate) fn without_noise(pairs: Pairs, model: &Transducer) -> Pairs {
    let is_sound = |(arabic, latin_text): &(String, String)| {
        let example = Example { signs: signs(arabic), letters: latin(latin_text), weight: 1.0 };
        let length = example.signs.len().max(2);
        let length = f64::from(u32::try_from(length).unwrap_or(1));
        model.log_probability(&example) > -NOISE * length - 1.0
    };
    pairs.into_iter().filter(|(pair, _)| is_sound(pair)).collect()
}
