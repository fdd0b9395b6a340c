//! Finds the names of a list that are nearest to a name, without comparing it with all of them.
//!
//! A list has few distinct parts for its many names. A query's parts are compared with all of them;
//! the names that hold near parts gather points, more for rare parts and for parts in their place;
//! only the names with the most points are compared in full, and ranked by that.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::compare::{Pieces, compare_pieces};
use super::similarity::{CLOSE, How, evidence_within};
use super::{Comparison, Kunya, Name, Part};

/// A list of names made ready for searching. Names are numbered in the order they are added.
#[derive(Debug, Default)]
pub struct NameIndex {
    /// The distinct parts.
    parts: Vec<Part>,
    sieves: Vec<Sieve>,
    numbers: HashMap<(String, Option<bool>), u32>,
    /// Where each name's parts begin in `made_of`, and the end of the last.
    starts: Vec<u32>,
    made_of: Vec<u32>,
    /// For each part the names that hold it and the place it has in them, packed.
    holders: Vec<Vec<u32>>,
}

/// A name that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its number.
    pub name: usize,
    /// How it answers the query.
    pub comparison: Comparison,
}

/// What tells quickly that two parts are not near: which classes of consonants they have.
#[derive(Clone, Copy, Debug)]
struct Sieve {
    classes: u32,
    /// How many classes may differ.
    slack: u32,
}

impl Sieve {
    fn of(part: &Part) -> Self {
        let slack = match (part.phones.is_empty(), part.phones.firm) {
            (true, _) => u32::MAX,
            (false, 0..=3) => 2,
            (false, 4) => 3,
            _ => 4,
        };
        Self { classes: part.phones.classes, slack }
    }

    /// Quick, and wrong only where several consonants are written against habit.
    fn lets_through(self, other: Self) -> bool {
        (self.classes ^ other.classes).count_ones() <= self.slack.max(other.slack)
    }
}

/// Bits of a holder that tell the place of the part.
const PLACE_BITS: u32 = 3;
/// Names with the most points that are compared in full, for each name that is wanted.
const COMPARED: usize = 40;
/// At least so many names are compared in full.
const AT_LEAST: usize = 400;

impl NameIndex {
    /// Adds a name.
    pub fn add(&mut self, name: Name) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        let number = u32::try_from(self.starts.len() - 1).unwrap_or(u32::MAX);
        for (place, part) in (0..).zip(name.parts) {
            let key = (part.text.clone(), part.kunya.map(|kunya| kunya == Kunya::Father));
            let next = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
            let at = *self.numbers.entry(key).or_insert(next);
            if at == next {
                self.sieves.push(Sieve::of(&part));
                self.parts.push(part);
                self.holders.push(Vec::new());
            }
            let last_place = (1 << PLACE_BITS) - 1;
            self.holders[at as usize].push(number << PLACE_BITS | last_place.min(place));
            self.made_of.push(at);
        }
        self.starts.push(u32::try_from(self.made_of.len()).unwrap_or(u32::MAX));
    }

    /// How many names were added.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The names nearest to `query`, at most `top`, the nearest first; of equally near ones the
    /// first added. Names that have no part near one of the query's are not found.
    pub fn nearest(&self, query: &Name, top: usize) -> Vec<Found> {
        let points = self.points(query);
        let wanted = AT_LEAST.max(COMPARED * top);
        self.ranked(query, best(&points, wanted), top)
    }

    /// What [`nearest`](Self::nearest) would find if it compared all names in full.
    pub fn nearest_of_all(&self, query: &Name, top: usize) -> Vec<Found> {
        self.ranked(query, (0..self.len()).collect(), top)
    }

    /// The points that each name gathers.
    fn points(&self, query: &Name) -> Vec<u16> {
        let mut points = vec![0_u16; self.len()];
        let pieces = query.parts.iter().map(|part| (part, true));
        let pieces = pieces.chain(query.joined.iter().map(|part| (part, false)));
        for (place, (piece, single)) in (0..).zip(pieces) {
            let sieve = Sieve::of(piece);
            for (at, other) in self.sieves.iter().enumerate() {
                if !sieve.lets_through(*other) {
                    continue;
                }
                let (part, holders) = (&self.parts[at], &self.holders[at]);
                let found = evidence_within(piece, part, CLOSE);
                if found.likeness.how == How::Different {
                    continue;
                }
                let rarity = self.rarity(holders.len());
                let gain = rarity * (found.odds + 3.0).clamp(2.0, 7.0) / 7.0;
                for holder in holders {
                    let in_place = single && holder & ((1 << PLACE_BITS) - 1) == place;
                    let first = in_place && place == 0;
                    let gain = if first {
                        gain * 1.3
                    } else if in_place {
                        gain * 1.15
                    } else {
                        gain
                    };
                    let name = (holder >> PLACE_BITS) as usize;
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "gains are small and positive"
                    )]
                    let gain = (gain * 64.0) as u16;
                    points[name] = points[name].saturating_add(gain);
                }
            }
        }
        points
    }

    /// How rare a part is that so many names hold.
    fn rarity(&self, holders: usize) -> f32 {
        let count = |n: usize| f32::from(u16::try_from(n.ilog2()).unwrap_or(0));
        1.0 + count(self.len().max(1)) - count(holders.max(1))
    }

    fn ranked(&self, query: &Name, names: Vec<usize>, top: usize) -> Vec<Found> {
        let compared = names.into_iter().map(|name| {
            let comparison = compare_pieces(query, &self.listed(name));
            Found { name, comparison }
        });
        let mut found: Vec<Found> =
            compared.filter(|found| !found.comparison.alignment.links.is_empty()).collect();
        let order = |x: &Found, y: &Found| {
            y.comparison.odds.total_cmp(&x.comparison.odds).then(x.name.cmp(&y.name))
        };
        if found.len() > top && top > 0 {
            found.select_nth_unstable_by(top - 1, order);
        }
        found.truncate(top);
        found.sort_unstable_by(order);
        found
    }

    fn listed(&self, name: usize) -> Listed<'_> {
        let made_of = &self.made_of[self.starts[name] as usize..self.starts[name + 1] as usize];
        let parts: Vec<&Part> = made_of.iter().map(|part| &self.parts[*part as usize]).collect();
        let joined = vec![OnceCell::new(); parts.len().saturating_sub(1)];
        Listed { parts, joined }
    }
}

/// The numbers of names with the most points, none without any.
fn best(points: &[u16], wanted: usize) -> Vec<usize> {
    let mut counts = vec![0_usize; usize::from(u16::MAX) + 1];
    for point in points {
        counts[usize::from(*point)] += 1;
    }
    let mut least = usize::from(u16::MAX);
    let mut sum = counts[least];
    while least > 1 && sum < wanted {
        least -= 1;
        sum += counts[least];
    }
    let enough = points.iter().enumerate().filter(|(_, point)| usize::from(**point) >= least);
    enough.map(|(name, _)| name).collect()
}

/// A name of the list.
struct Listed<'a> {
    parts: Vec<&'a Part>,
    joined: Vec<OnceCell<Part>>,
}

impl Pieces for Listed<'_> {
    fn count(&self) -> usize {
        self.parts.len()
    }

    fn piece(&self, at: usize, parts: usize) -> &Part {
        if parts == 1 {
            return self.parts[at];
        }
        self.joined[at].get_or_init(|| self.parts[at].joined(self.parts[at + 1]))
    }
}
