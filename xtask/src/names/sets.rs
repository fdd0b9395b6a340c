//! Pairs of names of which it is known whether they are one: those of a person, and three kinds of
//! traps. Brothers share all parts but the first; look-alikes are what a plain measure finds nearest;
//! strangers are drawn by chance (seeded).

use std::collections::BTreeMap;

use anyhow::Result;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use sijil_text::letters::fold;
use sijil_text::names::{Name, NameIndex, Scripts};

use super::data::{self, Pair, Use, used_for};
use super::near::Near;

/// What kind of pair it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sort {
    /// One name.
    Same,
    /// Two people with all parts in common but the first.
    Brother,
    /// What a plain measure finds nearest among other people's names.
    LookAlike,
    /// Two drawn by chance.
    Stranger,
    /// What our own search finds nearest among other people's names: only for learning.
    Found,
    /// The name with one part exchanged for a near one: only for learning.
    Near,
}

/// A pair of names.
#[derive(Clone, Debug)]
pub(crate) struct Labelled {
    pub(crate) a: String,
    pub(crate) b: String,
    pub(crate) sort: Sort,
}

/// At most so many of each kind.
const EACH: usize = 1_600;
/// Look-alikes are looked for among so many of a list.
const LOOKED_AT: usize = 3_000;
const SEED: u64 = 20_250_307;

/// Names of people in one list: what is asked with, and what it is asked among.
struct List {
    asked: Vec<String>,
    among: Vec<String>,
    /// The person of each, as a number: names of one person are never a trap for each other.
    person: Vec<usize>,
    wanted: Use,
}

/// Four-part names of Gaza in two scripts.
pub(crate) fn gaza(wanted: Use) -> Result<Vec<Labelled>> {
    Ok(list_of(data::gaza()?, wanted, People::known()?).pairs(true))
}

/// People of 25 countries, Arabic and Latin.
pub(crate) fn wikidata(wanted: Use) -> Result<Vec<Labelled>> {
    let people = data::wikidata()?.into_iter().filter(|person| person.kind != "alias");
    Ok(list_of(people.collect(), wanted, People::default()).pairs(true))
}

/// Journalists killed: too few to hold any out, so they are measured alone and never learned from.
pub(crate) fn press() -> Result<Vec<Labelled>> {
    let mut list = list_of(data::press()?, Use::Measure, People::default());
    list.wanted = Use::Parts;
    Ok(list.pairs(true))
}

/// Single tokens of one of the parts that their makers split them into.
pub(crate) fn tokens(part: &str) -> Result<Vec<Labelled>> {
    let tokens = data::tokens()?.into_iter().filter(|token| token.kind == part).collect();
    let mut list = list_of(tokens, Use::Measure, People::default());
    // All of them: their makers have split them already.
    list.wanted = Use::Parts;
    Ok(list.pairs(false))
}

/// Names with a part exchanged for a near one, by scripts.
pub(crate) fn near(scripts: Scripts, near: &Near) -> Result<Vec<Labelled>> {
    let people = data::wikidata()?.into_iter().filter(|person| person.kind != "alias");
    let people = people.chain(data::gaza()?);
    let people = people.filter(|person| used_for(&person.arabic) == Use::Weights);
    let made = people.enumerate().filter_map(|(number, person)| {
        let (arabic, latin) = near.exchanged(&person.arabic, &person.latin, number)?;
        Some(match scripts {
            Scripts::Crossed if number % 2 == 0 => labelled(arabic, person.latin, Sort::Near),
            Scripts::Crossed => labelled(person.arabic, latin, Sort::Near),
            Scripts::Arabic => labelled(person.arabic, arabic, Sort::Near),
            Scripts::Other => labelled(person.latin, latin, Sort::Near),
        })
    });
    let mut pairs: Vec<Labelled> = made.collect();
    let step = pairs.len().div_ceil(EACH).max(1);
    pairs = pairs.into_iter().step_by(step).collect();
    Ok(pairs)
}

/// Arabic names written in two ways, against other Arabic names of the list.
pub(crate) fn arabic(wanted: Use) -> Result<Vec<Labelled>> {
    let mut list = list_of(data::gaza()?, wanted, People::known()?);
    list.among.clone_from(&list.asked);
    let mut pairs = list.pairs(true);
    pairs.retain(|pair| pair.sort != Sort::Same);
    let one = data::variants()?.into_iter().filter(|pair| used_for(&pair.arabic) == wanted);
    pairs.extend(one.map(|pair| labelled(pair.arabic, pair.latin, Sort::Same)).take(EACH));
    Ok(pairs)
}

/// Latin names written in two ways (one Arabic name), against other Latin names of the list.
pub(crate) fn latin(wanted: Use) -> Result<Vec<Labelled>> {
    let people = data::wikidata()?.into_iter().filter(|person| person.kind != "alias");
    let people: Vec<Pair> = people.collect();
    let mut spellings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for person in people.iter().filter(|person| used_for(&person.arabic) == wanted) {
        let known = spellings.entry(fold(&person.arabic)).or_default();
        if !known.contains(&person.latin) {
            known.push(person.latin.clone());
        }
    }
    let mut list = list_of(people, wanted, People::default());
    list.asked.clone_from(&list.among);
    let mut pairs = list.pairs(true);
    pairs.retain(|pair| pair.sort != Sort::Same);
    let several: Vec<Vec<String>> =
        spellings.into_values().filter(|known| known.len() > 1).collect();
    if wanted == Use::Measure {
        // As many of each kind as of pairs of one name; there are fewer of these.
        let mut counts: BTreeMap<Sort, usize> = BTreeMap::new();
        pairs.retain(|pair| {
            let count = counts.entry(pair.sort).or_default();
            *count += 1;
            *count <= several.len()
        });
    }
    let one = several.into_iter().map(|known| (known[0].clone(), known[1].clone()));
    pairs.extend(one.map(|(a, b)| labelled(a, b, Sort::Same)));
    Ok(pairs)
}

fn labelled(a: String, b: String, sort: Sort) -> Labelled {
    Labelled { a, b, sort }
}

/// Numbers of people, by how they are written in Arabic.
#[derive(Default)]
pub(crate) struct People {
    numbers: BTreeMap<String, usize>,
    /// Of each number the one that it turned out to be.
    is: Vec<usize>,
}

impl People {
    /// As far as is known: names whose parts are written alike are one, and so are spelling variants
    /// of one identity number.
    pub(crate) fn known() -> Result<Self> {
        let mut people = Self::default();
        for pair in data::variants()? {
            let (a, b) = (people.number(&pair.arabic), people.number(&pair.latin));
            let (a, b) = (a.min(b), a.max(b));
            people.is.iter_mut().filter(|is| **is == b).for_each(|is| *is = a);
        }
        Ok(people)
    }

    /// The number of a name.
    pub(crate) fn number(&mut self, arabic: &str) -> usize {
        let parts = Name::of(arabic).parts;
        let key = parts.iter().map(|part| part.text.as_str()).collect::<String>();
        let next = self.is.len();
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.is.push(next);
        }
        self.is[number]
    }
}

fn list_of(pairs: Vec<Pair>, wanted: Use, mut people: People) -> List {
    let mut list = List { asked: Vec::new(), among: Vec::new(), person: Vec::new(), wanted };
    for pair in pairs {
        list.person.push(people.number(&pair.arabic));
        list.asked.push(pair.arabic);
        list.among.push(pair.latin);
    }
    list
}

impl List {
    fn pairs(&self, brothers: bool) -> Vec<Labelled> {
        let mut dice = ChaCha8Rng::seed_from_u64(SEED);
        let usable =
            |at: &usize| self.wanted == Use::Parts || used_for(&self.asked[*at]) == self.wanted;
        let mut chosen: Vec<usize> = (0..self.asked.len()).filter(usable).collect();
        for at in (1..chosen.len()).rev() {
            chosen.swap(at, dice.random_range(0..=at));
        }
        chosen.truncate(EACH);
        let pair = |at: usize, to: usize, sort| {
            labelled(self.asked[at].clone(), self.among[to].clone(), sort)
        };
        let mut pairs: Vec<Labelled> = chosen.iter().map(|at| pair(*at, *at, Sort::Same)).collect();
        if brothers {
            let tails = self.tails();
            let brothers = chosen.iter().filter_map(|at| {
                let of = tails.get(&self.tail(*at)?)?;
                let others: Vec<usize> =
                    of.iter().copied().filter(|to| self.are_brothers(*at, *to)).collect();
                let to = *others.get(dice.random_range(0..others.len().max(1)))?;
                Some(pair(*at, to, Sort::Brother))
            });
            pairs.extend(brothers.collect::<Vec<_>>());
        }
        let folded: Vec<String> = self.among.par_iter().map(|name| fold(name)).collect();
        let look_alikes: Vec<Option<usize>> =
            chosen.par_iter().map(|at| self.look_alike(&folded, *at)).collect();
        let found = chosen.iter().zip(look_alikes);
        pairs.extend(found.filter_map(|(at, to)| Some(pair(*at, to?, Sort::LookAlike))));
        if self.wanted == Use::Weights {
            let index = self.index();
            let found: Vec<Option<usize>> =
                chosen.par_iter().map(|at| self.found(&index, &folded, *at)).collect();
            let found = chosen.iter().zip(found);
            pairs.extend(found.filter_map(|(at, to)| Some(pair(*at, to?, Sort::Found))));
        }
        for at in &chosen {
            let to = dice.random_range(0..self.among.len());
            if self.person[to] != self.person[*at] {
                pairs.push(pair(*at, to, Sort::Stranger));
            }
        }
        pairs
    }

    /// The name of another person that a plain measure finds nearest to how the person stands in
    /// the list.
    fn look_alike(&self, folded: &[String], at: usize) -> Option<usize> {
        let own = &folded[at];
        let other = |to: &usize| self.person[*to] != self.person[at] && folded[*to] != *own;
        let likeness = |to: usize| (strsim::jaro_winkler(own, &folded[to]), usize::MAX - to);
        // Another part of the list for each name.
        let step = folded.len().div_ceil(LOOKED_AT).max(1);
        let near = (at % step..folded.len()).step_by(step).filter(other).map(likeness);
        let near = near.max_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)))?;
        Some(usize::MAX - near.1)
    }

    fn index(&self) -> NameIndex {
        let mut index = NameIndex::default();
        let names: Vec<Name> = self.among.par_iter().map(|name| Name::of(name)).collect();
        names.into_iter().for_each(|name| index.add(name));
        index
    }

    fn found(&self, index: &NameIndex, folded: &[String], at: usize) -> Option<usize> {
        let found = index.nearest(&Name::of(&self.asked[at]), 8).into_iter().map(|f| f.name);
        let mut others =
            found.filter(|to| self.person[*to] != self.person[at] && folded[*to] != folded[at]);
        // Not always the nearest: that one is of the same person more often than the lists tell.
        others.nth(at % 3)
    }

    /// All parts but the first, where there are three or more.
    fn tail(&self, at: usize) -> Option<Vec<String>> {
        let parts = Name::of(&self.asked[at]).parts;
        (parts.len() >= 3).then(|| parts[1..].iter().map(|part| part.text.clone()).collect())
    }

    fn tails(&self) -> BTreeMap<Vec<String>, Vec<usize>> {
        let mut tails: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for at in 0..self.asked.len() {
            if let Some(tail) = self.tail(at) {
                tails.entry(tail).or_default().push(at);
            }
        }
        tails
    }

    fn are_brothers(&self, a: usize, b: usize) -> bool {
        let first =
            |at: usize| Name::of(&self.asked[at]).parts.first().map(|part| part.text.clone());
        self.person[a] != self.person[b]
            && first(a) != first(b)
            && fold(&self.among[a]) != fold(&self.among[b])
    }
}
