//! Tells from a few numbers that two rows cannot be one person.
//!
//! Of the pairs in blocks nearly all are two people, and most show it without their names being
//! heard. So what a pair can weigh at the most is put together step by step: first the fields that
//! are numbers, with the best that the names of the two could do, then the given names. As soon as
//! that is too little the pair is dropped. What is left is compared in full; nothing is weighed here.
//!
//! The bound is against strangers alone: the other kinds of pairs of two can only lower a weight.

use super::{Comparer, Comparison, Plan, levels, names};
use crate::Kind;
use crate::model::{Model, Shares};
use crate::table::{NONE, Values};

/// Bounds for one model.
pub(crate) struct Screen<'a> {
    comparer: &'a Comparer<'a>,
    /// Bits below which a pair is dropped.
    least: f32,
    /// Bits before anything is compared, on two lists and on one.
    prior: [f32; 2],
    /// The comparisons that are made on numbers.
    numbers: Vec<Test>,
    /// Bits of the levels of the given name, and its column.
    given: Option<(usize, Vec<f32>)>,
    /// For each row the most that its names can add, and the same without the given name.
    reach: Vec<[f32; 2]>,
}

/// One comparison of numbers.
struct Test {
    at: usize,
    column: usize,
    /// The most that each level adds, for a value of average rarity.
    bits: Vec<f32>,
    /// Of each level, whether it adds more for a rare value.
    rare: Vec<bool>,
    /// The least that the first level adds, however common the value.
    floor: f32,
}

#[expect(clippy::cast_possible_truncation, reason = "a bound needs no more digits")]
fn narrow(bits: f64) -> f32 {
    bits as f32
}

fn bits_of(shares: &Shares) -> Vec<f32> {
    let level = |level: usize| {
        let after = shares.after.iter().flat_map(|(_, other)| other).map(|other| other[level]);
        let other = after.fold(shares.other[level], f64::min);
        // Rounding must not let the bound fall below the weight.
        narrow((shares.same[level] / other.clamp(1e-9, 1.0)).log2()) + 0.01
    };
    (0..shares.same.len()).map(level).collect()
}

fn best(bits: &[f32]) -> f32 {
    bits.iter().copied().fold(0.0, f32::max)
}

impl<'a> Screen<'a> {
    /// For pairs of at least `least` bits.
    pub(crate) fn of(comparer: &'a Comparer<'a>, plan: &Plan, model: &Model, least: f64) -> Self {
        let prior = model.kinds.map(|kinds| narrow((kinds[0] / kinds[1]).log2()));
        let table = comparer.table;
        let (mut numbers, mut given) = (Vec::new(), None);
        let mut named: Vec<(&Comparison, Vec<f32>)> = Vec::new();
        for (at, (comparison, shares)) in plan.comparisons.iter().zip(&model.shares).enumerate() {
            let (column, bits) = (comparison.column, bits_of(shares));
            if matches!(table.columns[column].values, Values::Names(_)) {
                if plan.own_name == Some(column) && !comparison.further {
                    given = Some((column, bits.clone()));
                }
                named.push((comparison, bits));
                continue;
            }
            let kind = table.columns[column].kind;
            let counted = |level: usize| match kind {
                Kind::Place => level == 0 || level == usize::from(levels::PLACE_SPELLED),
                Kind::Age | Kind::Sex => false,
                _ => level == 0,
            };
            let rare = (0..bits.len()).map(counted).collect();
            let floor = narrow(shares.same[0].log2());
            numbers.push(Test { at, column, bits, rare, floor });
        }
        let rows = u32::try_from(table.len()).unwrap_or(NONE);
        let reach = (0..rows).map(|row| reach(comparer, plan, &named, row)).collect();
        Self { comparer, least: narrow(least), prior, numbers, given, reach }
    }

    /// The pairs of a block that may be one person, the smaller row first.
    pub(crate) fn pass(&self, block: &[u32], mut hand: impl FnMut(u32, u32)) {
        for (at, a) in block.iter().enumerate() {
            let row_a = self.comparer.table.codes.row(*a);
            let [all_a, rest_a] = self.reach[*a as usize];
            for b in &block[at + 1..] {
                let row_b = self.comparer.table.codes.row(*b);
                let [all_b, rest_b] = self.reach[*b as usize];
                let same_list = usize::from(self.comparer.same_list(*a, *b));
                let known = self.prior[same_list] + self.numbers(row_a, row_b);
                if known + all_a.min(all_b) < self.least {
                    continue;
                }
                if known + self.given(row_a, row_b) + rest_a.min(rest_b) >= self.least {
                    hand((*a).min(*b), (*a).max(*b));
                }
            }
        }
    }

    /// The most that the fields of numbers say.
    fn numbers(&self, a: &[u32], b: &[u32]) -> f32 {
        let mut sum = 0.0;
        for test in &self.numbers {
            let (x, y) = (a[test.column], b[test.column]);
            if x == NONE || y == NONE {
                continue;
            }
            let column = &self.comparer.table.columns[test.column];
            let level = if x == y { 0 } else { self.comparer.level(test.at, column, x, y).0 };
            let level = usize::from(level);
            let mut bits = test.bits[level];
            if test.rare[level] {
                bits += column.rarity.bits(x).min(column.rarity.bits(y));
                bits = bits.max(test.floor);
            }
            sum += bits;
        }
        sum
    }

    /// The most that the given names say.
    fn given(&self, a: &[u32], b: &[u32]) -> f32 {
        let Some((at, bits)) = &self.given else { return 0.0 };
        let column = &self.comparer.table.columns[*at];
        let (Values::Names(entries), true) = (&column.values, a[*at] != NONE && b[*at] != NONE)
        else {
            return 0.0;
        };
        let (a, b) = (entries.get(a[*at]), entries.get(b[*at]));
        let parts = &self.comparer.likenesses.parts;
        let key = |part: &u32| parts.key(*part);
        let whole = column.kind == Kind::Name;
        // Names that may stand turned round, or be put together of two words, are heard in full.
        let turned = |a: &[u32], b: &[u32]| a[1..].iter().any(|part| key(part) == key(&b[0]));
        if (whole && (turned(a, b) || turned(b, a))) || (!whole && a.len() + b.len() > 2) {
            return f32::INFINITY;
        }
        let level = names::level_of(self.comparer.likenesses.like(a[0], b[0]).score);
        if level >= levels::NEAR && whole && a.len() != b.len() {
            // One may have the given name in two words.
            return f32::INFINITY;
        }
        let rare = column.rarity.bits(key(&a[0])).min(column.rarity.bits(key(&b[0])));
        bits[usize::from(level)] + if level <= levels::NEAR { rare.max(0.0) } else { 0.0 }
    }
}

/// The most that the names of a row can add: with the given name and without.
fn reach(
    comparer: &Comparer<'_>,
    plan: &Plan,
    named: &[(&Comparison, Vec<f32>)],
    row: u32,
) -> [f32; 2] {
    let table = comparer.table;
    let codes = table.codes.row(row);
    let (mut all, mut rest) = (0.0, 0.0);
    for (comparison, bits) in named {
        let column = &table.columns[comparison.column];
        let Values::Names(entries) = &column.values else { continue };
        let code = codes[comparison.column];
        if code == NONE {
            // The father may be found within the name.
            let borrowed = best(&bits[..=usize::from(levels::SPELLED).min(bits.len() - 1)]);
            if !comparison.further {
                (all, rest) = (all + borrowed, rest + borrowed);
            }
            continue;
        }
        let parts = entries.get(code);
        let key = |part: &u32| table.parts.key(*part);
        let most = if comparison.further {
            let rare = parts.iter().map(|part| column.further.bits(key(part)).max(0.0));
            best(bits) + rare.sum::<f32>()
        } else {
            best(bits) + parts.first().map_or(0.0, |part| column.rarity.bits(key(part)).max(0.0))
        };
        all += most;
        if comparison.further || plan.own_name != Some(comparison.column) {
            rest += most;
        }
    }
    [all, rest]
}
