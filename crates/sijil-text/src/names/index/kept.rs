//! What a query's parts say to the distinct parts of a list, worked out once for all its names.

use super::super::compare::two_as_one;
use super::super::features::{MOST, aligned};
use super::super::similarity::{Evidence, How, evidence};
use super::super::weigh::{self, Scripts};
use super::super::{Name, Part};
use super::{NameIndex, keep_first};

/// A query and the evidence of its parts.
pub(super) struct Kept<'a> {
    pub(super) query: &'a Name,
    index: &'a NameIndex,
    /// Parts of the query that are compared.
    count: usize,
    /// For each distinct part of the list its row, from 1; 0 for what is far.
    rows: Vec<u32>,
    /// The evidence of each part of the query, row by row; the first row is of far parts.
    evidence: Vec<Evidence>,
    /// Points that a part gives to a name, for each part of the query, row by row.
    gains: Vec<[f32; MOST]>,
    /// For each part of the query the parts of the list that are near it.
    near: Vec<Vec<u32>>,
}

/// Points more for a part in its place, and for the first part.
const IN_PLACE: f32 = 1.15;
const FIRST: f32 = 1.3;
/// Names of at most so many parts are looked for more widely.
const FEW: usize = 2;
/// Before a part that so many names hold it is asked whether enough are found.
const LONG: usize = 2_000;
/// Points that a name loses for each part of its own that should answer and does not.
const CONTRADICTED: f32 = 2.0;

impl<'a> Kept<'a> {
    /// With the parts that may be near.
    pub(super) fn of_near(index: &'a NameIndex, query: &'a Name) -> Self {
        let mut kept = Self::empty(index, query);
        let widely = kept.count <= FEW;
        for place in 0..kept.count {
            let part = &query.parts[place];
            let half = part.halves.as_ref().map(|halves| &halves[1]);
            let joined = (place + 1 < kept.count).then(|| query.joined_at(place));
            for own in [Some(part), half, joined].into_iter().flatten() {
                for number in index.neighbours.of(own, widely) {
                    kept.gain(number, place, own);
                }
            }
        }
        kept
    }

    /// With all parts of the list.
    pub(super) fn of_all(index: &'a NameIndex, query: &'a Name) -> Self {
        let mut kept = Self::empty(index, query);
        for number in 0..u32::try_from(index.parts.len()).unwrap_or(u32::MAX) {
            kept.row(number);
        }
        kept
    }

    fn empty(index: &'a NameIndex, query: &'a Name) -> Self {
        let count = query.parts.len().min(MOST);
        Self {
            query,
            index,
            count,
            rows: vec![0; index.parts.len()],
            evidence: vec![Evidence::NONE; count],
            gains: vec![[0.0; MOST]],
            near: vec![Vec::new(); count],
        }
    }

    /// The row of a part of the list; it is made if there is none.
    fn row(&mut self, number: u32) -> usize {
        let at = number as usize;
        if self.rows[at] == 0 {
            self.rows[at] = u32::try_from(self.gains.len()).unwrap_or(0);
            let part = &self.index.parts[at];
            let query = &self.query.parts[..self.count];
            self.evidence.extend(query.iter().map(|own| evidence(own, part)));
            self.gains.push([0.0; MOST]);
        }
        self.rows[at] as usize
    }

    /// Takes down that a part of the list answers what stands at a place of the query.
    fn gain(&mut self, number: u32, place: usize, own: &Part) {
        let part = &self.index.parts[number as usize];
        let whole = evidence(own, part);
        let half = part.halves.as_ref().map(|halves| evidence(own, &halves[1]));
        let found = half.filter(|half| half.odds > whole.odds).unwrap_or(whole);
        if found.likeness.how == How::Different {
            return;
        }
        let rarity = self.rarity(number);
        let gain = rarity * (found.odds + 3.0).clamp(2.0, 7.0) / 7.0;
        let row = self.row(number);
        let known = &mut self.gains[row][place];
        if *known == 0.0 {
            self.near[place].push(number);
        }
        *known = known.max(gain);
    }

    /// How rare a part is that so many names hold.
    fn rarity(&self, part: u32) -> f32 {
        let count = |n: usize| f32::from(u16::try_from(n.max(1).ilog2()).unwrap_or(0));
        1.0 + count(self.index.len()) - count(self.index.holders[part as usize].len())
    }

    /// The names with the most points, at most so many. It is not looked on when so many are found
    /// that are `enough` and better than what could come.
    pub(super) fn candidates(&self, wanted: usize, enough: usize) -> Vec<usize> {
        // Parts that give most come first: they are rare, and the long lists of common parts are
        // seldom reached.
        let mut parts: Vec<(f32, usize, u32)> = Vec::new();
        for (place, near) in self.near.iter().enumerate() {
            let gain = |part: &u32| self.gains[self.row_of(*part)][place];
            parts.extend(near.iter().map(|part| (gain(part), place, *part)));
        }
        parts.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.2.cmp(&y.2)));
        let mut seen = vec![false; self.index.len()];
        let mut found: Vec<(f32, u32)> = Vec::new();
        for (at, (_, _, part)) in parts.iter().enumerate() {
            let holders = &self.index.holders[*part as usize];
            let is_long = holders.len() >= LONG;
            if is_long && found.len() >= enough && least_of(&found, enough) >= most_of(&parts[at..])
            {
                break;
            }
            for name in holders {
                if !std::mem::replace(&mut seen[*name as usize], true) {
                    found.push((self.points(*name as usize), *name));
                }
            }
        }
        keep_first(&mut found, wanted, |x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        found.into_iter().map(|(_, name)| name as usize).collect()
    }

    fn row_of(&self, part: u32) -> usize {
        self.rows[part as usize] as usize
    }

    /// The points of a name: for each part of the query those of the part that gives it the most.
    fn points(&self, name: usize) -> f32 {
        let made_of = self.index.made_of(name);
        let mut best = [0.0_f32; MOST];
        for (at, part) in made_of.iter().enumerate() {
            let row = self.row_of(*part);
            if row == 0 {
                continue;
            }
            for (place, (best, gain)) in
                best.iter_mut().zip(&self.gains[row][..self.count]).enumerate()
            {
                let bonus = match at == place {
                    true if at == 0 => FIRST,
                    true => IN_PLACE,
                    false => 1.0,
                };
                *best = best.max(gain * bonus);
            }
        }
        let answered = best.iter().filter(|gain| **gain > 0.0).count();
        let open = self.count.min(made_of.len()).saturating_sub(answered);
        let lost = CONTRADICTED * f32::from(u8::try_from(open).unwrap_or(u8::MAX));
        best.iter().sum::<f32>() - lost
    }

    /// The log odds that a name is the query's, from the evidence that is kept.
    pub(super) fn odds(&self, name: usize) -> f32 {
        let made_of = self.index.made_of(name);
        let (Some(own), Some(first)) = (self.query.parts.first(), made_of.first()) else {
            return f32::NEG_INFINITY;
        };
        let part = |at: usize| &self.index.parts[made_of[at] as usize];
        let (_, features) = aligned(self.count, made_of.len(), |i, n, j, m| match (n, m) {
            (1, 1) => self.evidence[self.row_of(made_of[j]) * self.count + i],
            (2, 1) => {
                let two = [&self.query.parts[i], &self.query.parts[i + 1]];
                two_as_one(two, part(j), || evidence(self.query.joined_at(i), part(j)))
            }
            _ => {
                let (one, two) = (&self.query.parts[i], [part(j), part(j + 1)]);
                two_as_one(two, one, || evidence(one, &two[0].joined(two[1])))
            }
        });
        let first = &self.index.parts[*first as usize];
        let scripts = Scripts::of(own.phones.arabic, first.phones.arabic);
        weigh::odds(scripts, &features)
    }
}

/// The most points that a name can gather which holds none but these parts.
fn most_of(parts: &[(f32, usize, u32)]) -> f32 {
    let mut best = [0.0_f32; MOST];
    for (gain, place, _) in parts {
        best[*place] = best[*place].max(*gain);
    }
    FIRST * best.iter().sum::<f32>()
}

/// The points of the last of so many with the most.
fn least_of(found: &[(f32, u32)], count: usize) -> f32 {
    let mut points: Vec<f32> = found.iter().map(|(points, _)| *points).collect();
    *points.select_nth_unstable_by(count - 1, |x, y| y.total_cmp(x)).1
}
