//! A long list of invented names to time searches with: parts of real names put together by chance.
//!
//! A part stands where it stands in the lists and is drawn as often as it is borne there, so the list
//! has the few very common and the many rare parts that make a search slow or hard. Nobody bears
//! these names but by chance; they are made anew for each run and written nowhere.

use std::collections::HashSet;

use anyhow::{Result, ensure};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::data::{self, Pair};

const SEED: u64 = 20_250_308;
/// Of four invented names three have four parts, as lists of victims write them; one has as many as
/// names of Wikidata.
const FOUR: u32 = 3;

/// A word in Arabic and as Latin script writes it.
type Word = (String, String);

/// Words by the place they have in a name; the last place holds family names.
struct Words {
    places: Vec<Vec<Word>>,
}

impl Words {
    /// Of the names with `count` words in both scripts.
    fn of(pairs: &[Pair], count: usize) -> Self {
        let mut places = vec![Vec::new(); count];
        for pair in pairs {
            let arabic: Vec<&str> = pair.arabic.split_whitespace().collect();
            let latin: Vec<&str> = pair.latin.split_whitespace().collect();
            if arabic.len() == count && latin.len() == count {
                for (place, (a, l)) in places.iter_mut().zip(arabic.iter().zip(&latin)) {
                    place.push(((*a).to_owned(), (*l).to_owned()));
                }
            }
        }
        Self { places }
    }

    fn drawn(&self, dice: &mut ChaCha8Rng) -> Word {
        let mut name = Word::default();
        for place in self.places.iter().filter(|words| !words.is_empty()) {
            let (arabic, latin) = &place[dice.random_range(0..place.len())];
            for (to, word) in [(&mut name.0, arabic), (&mut name.1, latin)] {
                if !to.is_empty() {
                    to.push(' ');
                }
                to.push_str(word);
            }
        }
        name
    }
}

/// So many names in both scripts, no two alike in Latin.
pub(crate) fn names(count: usize) -> Result<Vec<Pair>> {
    let wikidata: Vec<Pair> =
        data::wikidata()?.into_iter().filter(|person| person.kind != "alias").collect();
    let kinds = [Words::of(&data::gaza()?, 4), Words::of(&wikidata, 2), Words::of(&wikidata, 3)];
    let mut dice = ChaCha8Rng::seed_from_u64(SEED);
    let mut known = HashSet::new();
    let mut names = Vec::with_capacity(count);
    for _ in 0..count * 4 {
        if names.len() == count {
            break;
        }
        let kind = if dice.random_range(0..=FOUR) < FOUR { 0 } else { dice.random_range(1..=2) };
        let (arabic, latin) = kinds[kind].drawn(&mut dice);
        if known.insert(latin.clone()) {
            names.push(Pair { arabic, latin, kind: String::new() });
        }
    }
    ensure!(names.len() == count, "the lists are too short to make up {count} names from");
    Ok(names)
}
