//! Tells from a few numbers that two rows cannot be one person.
//!
//! Of the pairs in blocks nearly all are two people, and most show it without their names being
//! heard. So what a pair can weigh at the most is put together step by step: first the fields that
//! are numbers, with the best that the names of the two could do, then the given names. As soon as
//! that is too little the pair is dropped. What is left is compared in full; nothing is weighed here.
//!
//! A pair of two is of one of four kinds (strangers, of one event, relatives, both), and its weight
//! is at most what speaks for one person against any one of them. So there are four bounds, and the
//! lowest counts.

use super::{Comparer, MOST, Plan, Role, levels, names};
use crate::Kind;
use crate::model::{KINDS, Lists, Model, Shares};
use crate::table::{Column, NONE, Rarity, Values};

/// Bits for one person, against each kind of pairs of two.
type Bits = [f32; KINDS - 1];

/// Bounds for one model.
pub(crate) struct Screen<'a> {
    comparer: &'a Comparer<'a>,
    /// Bits below which a pair is dropped.
    least: f32,
    lists: Lists,
    /// Bits before anything is compared, for each two lists.
    prior: Vec<Bits>,
    /// The comparisons that are made on numbers.
    numbers: Vec<Test>,
    /// The comparisons of other names.
    names: Vec<Other>,
    /// Column and bits of the levels of the given name.
    given: Option<(usize, Vec<f32>)>,
    /// For each row the most that its names can add.
    reach: Vec<Reach>,
}

/// One comparison of numbers.
struct Test {
    at: usize,
    column: usize,
    /// The most that each level adds, for a value of average rarity.
    bits: Vec<Bits>,
    /// Of each level, which kinds a rare value speaks against.
    rare: Vec<Bits>,
    /// The most that any level but the first adds.
    unlike: Bits,
    /// The least that agreement adds, however common the value.
    floor: f32,
}

/// One comparison of names other than the given one.
struct Other {
    column: usize,
    further: bool,
    bits: Vec<Bits>,
}

/// The most that the names of a row can add.
#[derive(Clone, Copy, Default)]
struct Reach {
    given: f32,
    others: Bits,
}

#[expect(clippy::cast_possible_truncation, reason = "a bound needs no more digits")]
fn narrow(bits: f64) -> f32 {
    // Rounding must not let the bound fall below the weight.
    bits as f32 + 0.01
}

fn add(sum: &mut Bits, more: &Bits) {
    sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

/// Whether two persons of each kind share fields of a role.
fn shared(role: Role) -> [bool; KINDS - 1] {
    match role {
        Role::Own => [false; KINDS - 1],
        Role::Event => [false, true, false, true],
        Role::Family => [false, false, true, true],
    }
}

/// The most that each level adds, for a value of average rarity.
fn bits_of(shares: &Shares) -> Vec<Bits> {
    let level = |level: usize| {
        let after = shares.after.iter().flat_map(|(_, other)| other).map(|other| other[level]);
        let other = after.fold(shares.other[level], f64::min);
        let twins = shares.twins(level);
        let mut kind = 0..;
        shared(shares.role).map(|shared| {
            let related = kind.next().is_some_and(|kind| kind > 1);
            let two = match (shared, related) {
                (true, _) => shares.sharing[level],
                (false, true) => other.max(twins),
                (false, false) => other,
            };
            narrow((shares.same[level] / two.clamp(1e-9, 1.0)).log2())
        })
    };
    (0..shares.same.len()).map(level).collect()
}

/// The most that any of these levels adds, and not less than a missing value does.
fn best(bits: &[Bits]) -> Bits {
    bits.iter().fold([0.0; KINDS - 1], |mut best, bits| {
        best.iter_mut().zip(bits).for_each(|(best, bits)| *best = best.max(*bits));
        best
    })
}

/// Adds bits for a rare value, against those who do not share the field.
fn with_rarity(mut bits: Bits, rare: f32, role: Role) -> Bits {
    let kinds = bits.iter_mut().zip(shared(role));
    kinds.for_each(|(bits, shared)| *bits += if shared { 0.0 } else { rare });
    bits
}

impl Test {
    /// Adds the most that a level says of a value that adds `rare` bits for being rare.
    fn add(&self, level: usize, rare: f32, sum: &mut Bits) {
        for ((sum, bits), counts) in sum.iter_mut().zip(&self.bits[level]).zip(&self.rare[level]) {
            let most = bits + rare * counts;
            *sum += if *counts > 0.0 { most.max(self.floor) } else { most };
        }
    }
}

impl<'a> Screen<'a> {
    /// For pairs of at least `least` bits.
    pub(crate) fn of(comparer: &'a Comparer<'a>, plan: &Plan, model: &Model, least: f64) -> Self {
        let bits = |[one, two @ ..]: &[f64; KINDS]| two.map(|two| narrow((one / two).log2()));
        let (lists, prior) = (model.lists.clone(), model.kinds.iter().map(bits).collect());
        let table = comparer.table;
        let bits: Vec<Vec<Bits>> = model.shares.iter().map(bits_of).collect();
        let (mut numbers, mut names, mut given) = (Vec::new(), Vec::new(), None);
        for (at, (comparison, bits)) in plan.comparisons.iter().zip(&bits).enumerate() {
            let column = comparison.column;
            if matches!(table.columns[column].values, Values::Names(_)) {
                if plan.own_name == Some(column) && !comparison.further {
                    given = Some((column, bits.iter().map(|bits| bits[0]).collect()));
                } else {
                    let further = comparison.further;
                    names.push(Other { column, further, bits: bits.clone() });
                }
                continue;
            }
            let rare = |level: usize| {
                let counts = match table.columns[column].kind {
                    Kind::Place => level <= usize::from(levels::PLACE_SPELLED),
                    Kind::Age | Kind::Sex => false,
                    _ => level == 0,
                };
                with_rarity([0.0; KINDS - 1], f32::from(u8::from(counts)), comparison.role)
            };
            let rare = (0..bits.len()).map(rare).collect();
            let floor = narrow(model.shares[at].same[0].log2());
            let unlike = best(&bits[1..]);
            numbers.push(Test { at, column, bits: bits.clone(), rare, unlike, floor });
        }
        let rows = u32::try_from(table.len()).unwrap_or(NONE);
        let reach = (0..rows).map(|row| reach(comparer, plan, &bits, row)).collect();
        #[expect(clippy::cast_possible_truncation, reason = "a bound needs no more digits")]
        let least = least as f32;
        Self { comparer, least, lists, prior, numbers, names, given, reach }
    }

    /// Hands out the pairs of a block that may be one person.
    pub(crate) fn pass(&self, block: &[u32], mut hand: impl FnMut(u32, u32)) {
        for (at, a) in block.iter().enumerate() {
            for b in &block[at + 1..] {
                if self.passes(*a, *b) {
                    hand(*a, *b);
                }
            }
        }
    }

    /// Whether two rows may be one person.
    pub(crate) fn passes(&self, a: u32, b: u32) -> bool {
        let [x, y] = [a, b].map(|row| &self.reach[row as usize]);
        let (list, other) = self.comparer.lists(a, b);
        let mut bits = self.prior[self.lists.number(list, other)];
        let [a, b] = [a, b].map(|row| self.comparer.table.codes.row(row));
        let mut unlike = [false; MOST];
        for (test, unlike) in self.numbers.iter().zip(&mut unlike) {
            *unlike = self.test(test, a, b, &mut bits);
        }
        let mut others = x.others;
        others.iter_mut().zip(&y.others).for_each(|(x, y)| *x = x.min(*y));
        let enough = |bits: &Bits, given: f32, others: &Bits| {
            bits.iter().zip(others).all(|(bits, others)| bits + given + others >= self.least)
        };
        let given = x.given.min(y.given);
        if !enough(&bits, given, &others) {
            return false;
        }
        // What takes a look at what was found before comes now, and only for the few.
        for (test, _) in self.numbers.iter().zip(unlike).filter(|(_, unlike)| *unlike) {
            self.places(test, a, b, &mut bits);
        }
        if !enough(&bits, given, &others) {
            return false;
        }
        let given = self.given(a, b);
        enough(&bits, given, &others) && enough(&bits, given, &self.others(a, b))
    }

    /// The most that the other names say.
    fn others(&self, a: &[u32], b: &[u32]) -> Bits {
        let mut sum = [0.0; KINDS - 1];
        for name in &self.names {
            let column = &self.comparer.table.columns[name.column];
            let Values::Names(entries) = &column.values else { continue };
            let (x, y) = (a[name.column], b[name.column]);
            let more = match (x, y) {
                (NONE, NONE) => continue,
                (NONE, _) | (_, NONE) if name.further => continue,
                // The father may be found within the name.
                (NONE, _) | (_, NONE) => best(&name.bits[..=usize::from(levels::SPELLED)]),
                _ if name.further => self.further(name, column, entries.get(x), entries.get(y)),
                _ => {
                    let (x, y) = (entries.get(x), entries.get(y));
                    let (level, _) = names::single(&self.comparer.likenesses, column, x, y);
                    let rare = self.rarer(&column.rarity, x[0], y[0]);
                    let rare = if level <= levels::NEAR { rare } else { 0.0 };
                    with_rarity(name.bits[usize::from(level)], rare, Role::Family)
                }
            };
            add(&mut sum, &more);
        }
        sum
    }

    /// The most that further names say.
    fn further(&self, name: &Other, column: &Column, a: &[u32], b: &[u32]) -> Bits {
        if let ([_, x], [_, y]) = (a, b) {
            let like = self.comparer.likenesses.like(*x, *y);
            let level = match like {
                like if like.is_same_name() => levels::ONLY_ONE,
                // What nearly agrees may as well be another part of a turned name.
                like if names::level_of(like.score) <= levels::NEAR => levels::NEARLY,
                _ => levels::NONE_AGREE,
            };
            let rare =
                if level == levels::ONLY_ONE { self.rarer(&column.further, *x, *y) } else { 0.0 };
            return with_rarity(name.bits[usize::from(level)], rare, Role::Family);
        }
        let rare = |name: &[u32]| -> f32 {
            let key = |part: &u32| column.further.bits(self.comparer.likenesses.parts.key(*part));
            name.iter().map(|part| key(part).max(0.0)).sum()
        };
        with_rarity(best(&name.bits), rare(a).min(rare(b)), Role::Family)
    }

    /// Bits that the commoner of two parts adds, where it is rare.
    fn rarer(&self, rarity: &Rarity, a: u32, b: u32) -> f32 {
        let key = |part: u32| self.comparer.likenesses.parts.key(part);
        rarity.bits(key(a)).min(rarity.bits(key(b))).max(0.0)
    }

    /// Adds the most that one field of numbers says. Of two different places it does not look how
    /// like they are, adds what they could say at the most, and says so.
    fn test(&self, test: &Test, a: &[u32], b: &[u32], sum: &mut Bits) -> bool {
        let (x, y) = (a[test.column], b[test.column]);
        if x == NONE || y == NONE {
            return false;
        }
        let column = &self.comparer.table.columns[test.column];
        if x != y && column.kind == Kind::Place {
            let rare = column.rarity.bits(x).min(column.rarity.bits(y)).max(0.0);
            sum.iter_mut().zip(&test.unlike).for_each(|(sum, bits)| *sum += bits + rare);
            return true;
        }
        let level = if x == y { 0 } else { self.comparer.level(test.at, column, x, y).0 };
        test.add(usize::from(level), column.rarity.bits(x).min(column.rarity.bits(y)), sum);
        false
    }

    /// Puts what two different places say in place of the most that they could say.
    fn places(&self, test: &Test, a: &[u32], b: &[u32], sum: &mut Bits) {
        let column = &self.comparer.table.columns[test.column];
        let (x, y) = (a[test.column], b[test.column]);
        let rare = column.rarity.bits(x).min(column.rarity.bits(y));
        sum.iter_mut().zip(&test.unlike).for_each(|(sum, bits)| *sum -= bits + rare.max(0.0));
        test.add(usize::from(self.comparer.level(test.at, column, x, y).0), rare, sum);
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
        let likenesses = &self.comparer.likenesses;
        let key = |part: u32| likenesses.parts.key(part);
        let stands_in = |part: u32, name: &[u32]| name[1..].iter().any(|p| key(*p) == key(part));
        let unclear = if column.kind == Kind::Name {
            // Names that may be turned round, or a family name alone, are heard in full.
            let (first, second) = (stands_in(a[0], b), stands_in(b[0], a));
            let alone = (a.len() == 1) != (b.len() == 1);
            (first && second) || (alone && (first || second)) || likenesses.may_join(a, b)
        } else {
            a.len() + b.len() > 2
        };
        if unclear {
            return bits.iter().copied().fold(0.0, f32::max) + column.rarity.most();
        }
        let level = names::level_of(likenesses.like(a[0], b[0]).score);
        let rare = self.rarer(&column.rarity, a[0], b[0]);
        bits[usize::from(level)] + if level <= levels::NEAR { rare } else { 0.0 }
    }
}

/// The most that the names of a row can add.
fn reach(comparer: &Comparer<'_>, plan: &Plan, bits: &[Vec<Bits>], row: u32) -> Reach {
    let table = comparer.table;
    let codes = table.codes.row(row);
    let mut reach = Reach::default();
    for (comparison, bits) in plan.comparisons.iter().zip(bits) {
        let column = &table.columns[comparison.column];
        let Values::Names(entries) = &column.values else { continue };
        let code = codes[comparison.column];
        if code == NONE {
            if !comparison.further {
                // The father may be found within the name.
                add(&mut reach.others, &best(&bits[..=usize::from(levels::SPELLED)]));
            }
            continue;
        }
        let parts = entries.get(code);
        let rare = |rarity: f32| rarity.max(0.0);
        let own = plan.own_name == Some(comparison.column) && !comparison.further;
        let first = parts.first().map_or(0, |part| table.parts.key(*part));
        if own {
            reach.given = best(bits)[0] + rare(column.rarity.bits(first));
        } else if comparison.further {
            let each = parts.iter().map(|part| rare(column.further.bits(table.parts.key(*part))));
            add(&mut reach.others, &with_rarity(best(bits), each.sum(), comparison.role));
        } else {
            let first = rare(column.rarity.bits(first));
            add(&mut reach.others, &with_rarity(best(bits), first, comparison.role));
        }
    }
    if plan.own_name.is_some_and(|own| codes[own] == NONE) {
        reach.given = 0.0;
    }
    reach
}
