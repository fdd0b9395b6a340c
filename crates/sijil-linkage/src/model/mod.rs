//! How likely two rows are one person, given how they agree.
//!
//! Fellegi and Sunter weigh agreement by its share among pairs of one person over its share among
//! pairs of two. Two persons, though, are not always strangers: those killed together share day
//! and place, relatives share their further names, and families killed together share all of it.
//! So pairs of two persons are of four kinds (strangers, of one event, relatives, both), which
//! differ in the fields that such persons share and in nothing else. All shares are learned from
//! the rows, starting from what is expected of lists of persons.

mod evidence;
mod kept;
mod learn;
mod learned;
mod lists;

use crate::block::Blocks;
use crate::compare::{Comparer, MISSING, Pattern, Plan, Role};
use crate::table::Table;

pub(crate) use evidence::Evidence;
pub use kept::Kept;
pub use learned::{Learned, LearnedComparison, LearnedLevel};
pub(crate) use lists::Lists;

/// Kinds of pairs: one person, then strangers, of one event, relatives, relatives of one event.
pub(crate) const KINDS: usize = 5;

/// Shares of each level of one comparison.
#[derive(Clone, Debug)]
pub(crate) struct Shares {
    /// Among pairs of one person.
    pub(crate) same: Vec<f64>,
    /// Among pairs of strangers.
    pub(crate) other: Vec<f64>,
    /// The same for each level of an earlier place, with the index of its comparison: strangers
    /// of one town are of one province.
    pub(crate) after: Option<(usize, Vec<Vec<f64>>)>,
    /// Among pairs of persons who share such fields: relatives or those of one event.
    pub(crate) sharing: Vec<f64>,
    /// Who shares it.
    pub(crate) role: Role,
    /// Whether it ties records to one person by itself: a day of birth, an id.
    pub(crate) ties: Ties,
}

impl Shares {
    /// The least share of this level among relatives: some are twins.
    pub(crate) fn twins(&self, level: usize) -> f64 {
        if self.ties == Ties::Birth && level == 0 { TWINS } else { 0.0 }
    }

    /// The chance that strangers agree as these two do in comparison `at`, which has a level.
    /// Chance agreement on a rare value is rarer, on a common one commoner.
    pub(crate) fn by_chance(&self, pattern: &Pattern, at: usize) -> f64 {
        let level = usize::from(pattern.levels[at]);
        let other = match &self.after {
            Some((earlier, other)) => other
                .get(usize::from(pattern.levels[*earlier]))
                .map_or(self.other[level], |other| other[level]),
            None => self.other[level],
        };
        (other * f64::from(pattern.rarity[at])).clamp(1e-9, 1.0)
    }
}

/// Whether a comparison can tie two records to one person by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ties {
    /// It is the person's own name.
    Name,
    /// A day of birth: relatives may be twins.
    Birth,
    /// An id.
    Id,
    /// It cannot.
    No,
}

/// Share of relatives who were born on one day.
const TWINS: f64 = 0.01;
/// Bits from which on rows count as tied together.
const TIE: f64 = 7.0;

/// The most that a repeat on one list speaks against one person, in bits.
const LOUDEST_REPEAT: f64 = 8.0;

/// What was learned.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// Shares of levels, one a comparison.
    pub(crate) shares: Vec<Shares>,
    /// The lists that pairs of rows stand on.
    pub(crate) lists: Lists,
    /// Share of each kind among all pairs of rows, for each two lists.
    pub(crate) kinds: Vec<[f64; KINDS]>,
    /// Share of pairs of one person among all pairs on two lists, and on one.
    pub(crate) ones: [f64; 2],
}

impl Model {
    /// What is expected before anything is seen.
    pub(crate) fn expected(table: &Table, plan: &Plan) -> Self {
        learn::expected(table, plan)
    }

    /// Learns from the rows and the candidate pairs.
    pub(crate) fn learn(comparer: &Comparer<'_>, plan: &Plan, blocks: &Blocks) -> Self {
        learn::learn(comparer, plan, blocks)
    }

    /// Learns once more from clusters that were found with it.
    pub(crate) fn refine(&mut self, comparer: &Comparer<'_>, plan: &Plan, clusters: &[u32]) {
        learn::refine(self, comparer, plan, clusters);
    }

    /// The chance of this pattern together with each kind of pair, up to one factor.
    pub(crate) fn chances(&self, pattern: &Pattern, lists: (u32, u32)) -> [f64; KINDS] {
        let mut chances = self.prior(lists);
        for at in (0..self.shares.len()).filter(|at| pattern.levels[*at] != MISSING) {
            let of = self.field(pattern, at);
            chances.iter_mut().zip(of).for_each(|(chance, of)| *chance *= of);
        }
        chances
    }

    /// Share of each kind among all pairs of rows on these two lists.
    pub(crate) fn prior(&self, (a, b): (u32, u32)) -> [f64; KINDS] {
        self.kinds[self.lists.number(a, b)]
    }

    /// The chance of the level of comparison `at`, which has one, under each kind of pair.
    fn field(&self, pattern: &Pattern, at: usize) -> [f64; KINDS] {
        let shares = &self.shares[at];
        let level = usize::from(pattern.levels[at]);
        let other = shares.by_chance(pattern, at);
        let sharing = shares.sharing[level];
        let (event, family, both) = match shares.role {
            Role::Own => {
                let related = other.max(shares.twins(level));
                (other, related, related)
            }
            Role::Event => (sharing, other, sharing),
            Role::Family => (other, sharing, sharing),
        };
        [shares.same[level], other, event, family, both]
    }

    /// All that two rows say, field by field.
    pub(crate) fn evidence(&self, comparer: &Comparer<'_>, a: u32, b: u32) -> Evidence {
        let pattern = comparer.compare(a, b);
        Evidence::of(self, &pattern, comparer.lists(a, b))
    }

    /// For each list, bits by which two rows of it are beforehand less likely one person than two
    /// rows of two lists.
    pub(crate) fn repeats(&self) -> Vec<f64> {
        let repeat = |list: u32| {
            let one = self.prior((list, list))[0];
            (one / self.ones[0]).log2().clamp(-LOUDEST_REPEAT, 0.0)
        };
        self.lists.each().map(repeat).collect()
    }

    /// Whether something of the person's own other than the name ties two rows together. It must be
    /// the same on both: that two days of birth lie near each other is true of many namesakes.
    fn tied(&self, pattern: &Pattern) -> bool {
        let bits = |(shares, at): (&Shares, usize)| {
            if pattern.levels[at] != 0 || !matches!(shares.ties, Ties::Birth | Ties::Id) {
                return 0.0;
            }
            (shares.same[usize::from(pattern.levels[at])] / shares.by_chance(pattern, at)).log2()
        };
        self.shares.iter().zip(0..).map(bits).sum::<f64>() >= TIE
    }

    /// Evidence that two rows are one person, in bits: log2 of the odds.
    pub(crate) fn weight(&self, comparer: &Comparer<'_>, a: u32, b: u32) -> f64 {
        let pattern = comparer.compare(a, b);
        bits(&self.chances(&pattern, comparer.lists(a, b)))
    }
}

/// Log2 of the odds of one person.
pub(crate) fn bits(chances: &[f64; KINDS]) -> f64 {
    let two: f64 = chances[1..].iter().sum();
    (chances[0].max(1e-300) / two.max(1e-300)).log2()
}

/// The probability of these bits.
pub(crate) fn probability(bits: f64) -> f64 {
    1.0 / (1.0 + (-bits).exp2())
}

/// The bits of this probability.
pub(crate) fn bits_of(probability: f64) -> f64 {
    let p = probability.clamp(1e-9, 1.0 - 1e-9);
    (p / (1.0 - p)).log2()
}
