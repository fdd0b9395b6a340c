//! Learning the shares: strangers from pairs drawn by chance, the rest by expectation maximisation.
//!
//! Dempster, Laird and Rubin (1977): given shares, each candidate pair belongs to each kind with
//! some probability; given those, the shares are counts. Every share starts from an expectation
//! worth a few pairs (a Dirichlet prior), so that lists of ten rows do not run wild and a level
//! that never occurs does not become impossible.

use rayon::prelude::*;

use super::{KINDS, Lists, Model, Shares, Ties};
use crate::Kind;
use crate::block::{Blocks, ends, pair_of};
use crate::compare::{Comparer, Comparison, MISSING, Pattern, Plan, Role};
use crate::hash;
use crate::table::{Column, Table};

/// Pairs drawn by chance for the shares among strangers.
const DRAWN: usize = 200_000;
/// Candidate pairs that are learned from.
const LEARNED: u64 = 200_000;
/// Rounds of learning at the most.
const ROUNDS: usize = 30;
/// Pairs that the expectation among strangers is worth.
const WORTH_OTHER: f64 = 200.0;
/// Pairs that the expectation among pairs of one person is worth.
const WORTH_SAME: f64 = 20.0;
/// Pairs that what all lists say is worth for two of them.
const WORTH_LISTS: f64 = 20.0;

/// Pairs tied together by something else that the limit on a level is worth.
const WORTH_TIED: f64 = 200.0;

/// Patterns with the lists that the pair stands on.
type Sample = Vec<(Pattern, (u32, u32))>;

pub(super) fn learn(comparer: &Comparer<'_>, plan: &Plan, blocks: &Blocks) -> Model {
    let table = comparer.table;
    let mut model = expected(table, plan);
    let drawn = drawn(comparer);
    strangers(&mut model, plan, &drawn);
    // About a hundred pairs a row lie in blocks.
    let every = (table.len() as u64 * 100 / LEARNED).max(1);
    let (chosen, _) = blocks.pairs(|block, pairs| {
        for (at, a) in block.iter().enumerate() {
            let candidates = block[at + 1..].iter().map(|b| pair_of(*a, *b));
            pairs.extend(candidates.filter(|pair| is_chosen(*pair, every)));
        }
    });
    let sample = compared(comparer, &chosen);
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    let worth = every as f64;
    for _ in 0..ROUNDS {
        let counts = count(&model, &sample, worth);
        if update(&mut model, plan, &counts, table.len()) < 1e-4 {
            break;
        }
    }
    model
}

/// Whether a pair is among the one in `every` that are learned from.
fn is_chosen(pair: u64, every: u64) -> bool {
    every == 1 || hash::mix(pair).is_multiple_of(every)
}

/// Learns once more what pairs of one person are like, from clusters instead of pairs.
///
/// Pair by pair, a cousin with a gap where the father should be is taken for the same person now
/// and then, and what cousins contradict each other in is then taken for slips. Clusters have seen
/// more: all rows of one person together, and that a list seldom repeats itself.
pub(super) fn refine(model: &mut Model, comparer: &Comparer<'_>, plan: &Plan, clusters: &[u32]) {
    let mut rows: Vec<(u32, u32)> = clusters.iter().copied().zip(0..).collect();
    rows.sort_unstable();
    let of_one = |rows: &[(u32, u32)]| {
        let pair = |at: usize, b: u32| u64::from(rows[at].1) << 32 | u64::from(b);
        let ends: Vec<u64> = (0..rows.len())
            .flat_map(|at| rows[at + 1..].iter().map(move |(_, b)| (at, *b)))
            .map(|(at, b)| pair(at, b))
            .collect();
        ends
    };
    let pairs: Vec<u64> = rows.chunk_by(|a, b| a.0 == b.0).flat_map(of_one).collect();
    let every = (pairs.len() as u64).div_ceil(LEARNED).max(1);
    let chosen: Vec<u64> = pairs.iter().copied().filter(|pair| is_chosen(*pair, every)).collect();
    let sample = compared(comparer, &chosen);
    #[expect(clippy::cast_precision_loss, reason = "counts of pairs stay below 2^52")]
    let worth = pairs.len() as f64 / (sample.len() as f64).max(1.0);
    let mut kinds = vec![0.0; model.lists.numbers()];
    let mut levels: Vec<Vec<[f64; 3]>> =
        model.shares.iter().map(|s| vec![[0.0; 3]; s.same.len()]).collect();
    for (pattern, (a, b)) in &sample {
        kinds[model.lists.number(*a, *b)] += worth;
        let tied = if model.tied(pattern) { worth } else { 0.0 };
        for (levels, level) in levels.iter_mut().zip(pattern.levels) {
            if let Some(count) = levels.get_mut(usize::from(level)) {
                count[0] += worth;
                count[2] += tied;
            }
        }
    }
    for (at, comparison) in plan.comparisons.iter().enumerate() {
        model.shares[at].same = same(comparison, &levels[at]);
    }
    repeats(model, &kinds, comparer.table.len());
}

/// The expectation before anything is seen.
pub(super) fn expected(table: &Table, plan: &Plan) -> Model {
    let shares = plan
        .comparisons
        .iter()
        .map(|comparison| {
            let same: Vec<f64> = comparison.levels.iter().map(|level| level.same).collect();
            let other = comparison.levels.iter().map(|level| level.other).collect();
            let column = &table.columns[comparison.column];
            let ties = match column.kind {
                _ if plan.own_name == Some(comparison.column) && !comparison.further => Ties::Name,
                Kind::Date if Column::is_birth(&column.name) => Ties::Birth,
                Kind::Id => Ties::Id,
                _ => Ties::No,
            };
            Shares { sharing: same.clone(), same, other, after: None, role: comparison.role, ties }
        })
        .collect();
    let rows = count_of(table.len());
    let lists = Lists::of(table);
    let ones = pooled(&lists, &lists.pairs).map(|all| (0.15 * rows / all).min(0.2));
    let all = pooled(&lists, &lists.pairs);
    let kinds = (0..lists.numbers()).map(|number| {
        let one = usize::from(lists.is_one(number));
        // In pairs a row: a seventh of a repeat, one of the same event, half a relative.
        let share = |a_row: f64| (a_row * rows / all[one]).min(0.2);
        [share(0.15), 1.0, share(1.0), share(0.5), share(0.5)]
    });
    let kinds = kinds.collect();
    Model { shares, lists, kinds, ones }
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows stay below 2^52")]
fn count_of(rows: usize) -> f64 {
    rows as f64
}

/// Pairs drawn by chance: the order of the table is by hash of content, so neighbours in it, at
/// any distance, are strangers to each other. Of few rows all pairs are taken.
fn drawn(comparer: &Comparer<'_>) -> Sample {
    let rows = comparer.table.len();
    let reach = (DRAWN / rows.max(1)).clamp(1, rows.max(1));
    let pair = |a: usize, step: usize| {
        // The nearest neighbours of all may be equal rows; begin a little away when there is room.
        let step = if rows > 2 * reach + 16 { step + 7 } else { step };
        let b = a + step;
        (b < rows).then_some((a as u64) << 32 | b as u64)
    };
    let pairs: Vec<u64> =
        (1..=reach).flat_map(|step| (0..rows).filter_map(move |a| pair(a, step))).collect();
    compared(comparer, &pairs)
}

fn compared(comparer: &Comparer<'_>, pairs: &[u64]) -> Sample {
    let compare = |pair: &u64| {
        let (a, b) = ends(*pair);
        (comparer.compare(a, b), comparer.lists(a, b))
    };
    pairs.par_iter().map(compare).collect()
}

fn strangers(model: &mut Model, plan: &Plan, drawn: &Sample) {
    for (at, comparison) in plan.comparisons.iter().enumerate() {
        let mut counts: Vec<f64> =
            comparison.levels.iter().map(|level| level.other * WORTH_OTHER).collect();
        for (pattern, _) in drawn {
            if let Some(count) = counts.get_mut(usize::from(pattern.levels[at])) {
                *count += 1.0;
            }
        }
        model.shares[at].other = normal(counts);
        model.shares[at].after = after_place(plan, at, &model.shares[at].other, drawn);
    }
}

/// Shares among strangers of the levels of a place, for each level of the place field before it.
fn after_place(
    plan: &Plan,
    at: usize,
    other: &[f64],
    drawn: &Sample,
) -> Option<(usize, Vec<Vec<f64>>)> {
    let place = |comparison: &Comparison| comparison.is_place;
    if !place(&plan.comparisons[at]) {
        return None;
    }
    let earlier = plan.comparisons[..at].iter().rposition(place)?;
    let start: Vec<f64> = other.iter().map(|share| share * WORTH_SAME).collect();
    let mut counts = vec![start; plan.comparisons[earlier].levels.len()];
    for (pattern, _) in drawn {
        let row = counts.get_mut(usize::from(pattern.levels[earlier]));
        if let Some(count) = row.and_then(|row| row.get_mut(usize::from(pattern.levels[at]))) {
            *count += 1.0;
        }
    }
    Some((earlier, counts.into_iter().map(normal).collect()))
}

fn normal(mut counts: Vec<f64>) -> Vec<f64> {
    let sum: f64 = counts.iter().sum();
    counts.iter_mut().for_each(|count| *count /= sum);
    counts
}

/// Expected numbers of pairs.
#[derive(Clone)]
struct Counts {
    /// Of each kind, for each two lists.
    kinds: Vec<[f64; KINDS]>,
    /// For each comparison and level: pairs of one person, of persons who share the field, and of
    /// one person with rows that something other than the name ties together.
    levels: Vec<Vec<[f64; 3]>>,
}

/// The expectation step.
fn count(model: &Model, sample: &Sample, worth: f64) -> Counts {
    let none = || Counts {
        kinds: vec![[0.0; KINDS]; model.lists.numbers()],
        levels: model.shares.iter().map(|s| vec![[0.0; 3]; s.same.len()]).collect(),
    };
    // Sums of fixed chunks, added in their order: the same on any number of threads.
    let sums: Vec<Counts> = sample
        .par_chunks(8192)
        .map(|chunk| {
            let mut counts = none();
            for (pattern, lists) in chunk {
                add(&mut counts, model, pattern, *lists, worth);
            }
            counts
        })
        .collect();
    sums.into_iter().fold(none(), |mut all, part| {
        for (a, b) in all.kinds.iter_mut().flatten().zip(part.kinds.iter().flatten()) {
            *a += b;
        }
        let levels = |counts: &Counts| counts.levels.concat().concat();
        let flat = levels(&part);
        let all_flat = all.levels.iter_mut().flatten().flatten();
        all_flat.zip(flat).for_each(|(a, b)| *a += b);
        all
    })
}

fn add(counts: &mut Counts, model: &Model, pattern: &Pattern, lists: (u32, u32), worth: f64) {
    let chances = model.chances(pattern, lists);
    let sum: f64 = chances.iter().sum();
    let belongs = chances.map(|chance| chance / sum.max(1e-300) * worth);
    let number = model.lists.number(lists.0, lists.1);
    for (count, share) in counts.kinds[number].iter_mut().zip(belongs) {
        *count += share;
    }
    let tied = if model.tied(pattern) { belongs[0] } else { 0.0 };
    for (at, shares) in model.shares.iter().enumerate() {
        if pattern.levels[at] == MISSING {
            continue;
        }
        let level = &mut counts.levels[at][usize::from(pattern.levels[at])];
        level[0] += belongs[0];
        level[1] += match shares.role {
            Role::Own => 0.0,
            Role::Event => belongs[2] + belongs[4],
            Role::Family => belongs[3] + belongs[4],
        };
        level[2] += tied;
    }
}

/// The maximisation step; returns the greatest change of a share.
fn update(model: &mut Model, plan: &Plan, counts: &Counts, rows: usize) -> f64 {
    let mut change = 0.0_f64;
    for (at, comparison) in plan.comparisons.iter().enumerate() {
        let levels = &counts.levels[at];
        let (same, sharing) = (same(comparison, levels), learned(comparison, levels, 1));
        let shares = &mut model.shares[at];
        for (old, new) in shares.same.iter().zip(&same) {
            change = change.max((old - new).abs());
        }
        (shares.same, shares.sharing) = (same, sharing);
    }
    let kind = |kind: usize| counts.kinds.iter().map(|kinds| kinds[kind]).collect::<Vec<f64>>();
    repeats(model, &kind(0), rows);
    let before = (0.03 * count_of(rows)).min(10.0);
    let all = pooled(&model.lists, &model.lists.pairs);
    for of in [2, 3, 4] {
        let counted = pooled(&model.lists, &kind(of));
        for (number, kinds) in model.kinds.iter_mut().enumerate() {
            let one = usize::from(model.lists.is_one(number));
            kinds[of] = ((counted[one] + before) / all[one]).min(0.5);
        }
    }
    change
}

/// Sums over all two lists, and over all lists with themselves.
fn pooled(lists: &Lists, of: &[f64]) -> [f64; 2] {
    let mut sums = [0.0; 2];
    of.iter().enumerate().for_each(|(at, n)| sums[usize::from(lists.is_one(at))] += n);
    sums.map(|sum| sum.max(1.0))
}

/// Shares of levels from counted pairs, of one person (0) or of persons who share the field (1).
fn learned(comparison: &Comparison, levels: &[[f64; 3]], kind: usize) -> Vec<f64> {
    let expected = comparison.levels.iter().map(|level| level.same * WORTH_SAME);
    normal(expected.zip(levels).map(|(expected, count)| expected + count[kind]).collect())
}

/// Shares of levels among pairs of one person, within their limits.
fn same(comparison: &Comparison, levels: &[[f64; 3]]) -> Vec<f64> {
    let mut same = learned(comparison, levels, 0);
    let tied: f64 = levels.iter().map(|count| count[2]).sum();
    for ((share, level), count) in same.iter_mut().zip(comparison.levels).zip(levels) {
        let seen = (count[2] + level.most * WORTH_TIED) / (tied + WORTH_TIED);
        *share = share.min(seen.max(level.most));
    }
    same
}

/// Sets how many pairs are of one person, for all two lists, for all lists with themselves, and then
/// for each.
fn repeats(model: &mut Model, counted: &[f64], rows: usize) {
    let all = pooled(&model.lists, &model.lists.pairs);
    let mut sums = [0.0; 2];
    for (at, counted) in counted.iter().enumerate() {
        sums[usize::from(model.lists.is_one(at))] += counted;
    }
    // A few pairs are expected beforehand, fewer within one list than across two.
    for (one, expected) in [0.03, 0.01].into_iter().enumerate() {
        let before = (expected * count_of(rows)).min(10.0);
        model.ones[one] = ((sums[one] + before) / all[one]).min(0.5);
    }
    for (at, kinds) in model.kinds.iter_mut().enumerate() {
        let share = model.ones[usize::from(model.lists.is_one(at))];
        let own = (counted[at] + WORTH_LISTS) / (model.lists.pairs[at] + WORTH_LISTS / share);
        kinds[0] = own.min(0.5);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Roll;
    use crate::{Field, Row, Spec, Value};

    /// 2,000 people with an id of their own, each on two lists; of the second entries one in
    /// `wrong` has another category.
    fn table(wrong: usize) -> (Table, Plan) {
        let field = |name: &str, kind| Field { name: name.to_owned(), kind };
        let fields = vec![
            field("number", Kind::Id),
            field("serial", Kind::Id),
            field("category", Kind::Category),
            field("sex", Kind::Sex),
        ];
        let spec = Spec { fields };
        let text = |text: String| Some(Value::Text(text));
        let row = |person: usize, list: u32| {
            let other = usize::from(list == 1 && person.is_multiple_of(wrong));
            Row {
                list,
                values: vec![
                    text(format!("{:06}", person * 7919 % 999_983)),
                    text(format!("{:06}", person * 104_729 % 999_979)),
                    text(format!("kind {}", (person / 3 + other) % 8)),
                    text(format!("{}", person % 2)),
                ],
            }
        };
        let rows: Vec<Row> = (0..4000).map(|at| row(at / 2, u32::from(at % 2 == 1))).collect();
        let plan = Plan::of(&spec, &mut Vec::new());
        (Table::of(Roll::of(&rows, &spec)), plan)
    }

    fn learned(table: &Table, plan: &Plan) -> Model {
        let comparer = Comparer::new(table, plan);
        Model::learn(&comparer, plan, &Blocks::of(table, plan, 48))
    }

    #[test]
    fn shares_are_learned_back() {
        let (table, plan) = table(5);
        let model = learned(&table, &plan);
        let category = &model.shares[2];
        assert!((category.same[0] - 0.8).abs() < 0.02, "{category:?}");
        assert!((category.other[0] - 0.125).abs() < 0.02, "{category:?}");
        assert!(model.shares[3].same[0] > 0.98, "sex never differs: {:?}", model.shares[3]);
        let repeats = model.ones[0] * pooled(&model.lists, &model.lists.pairs)[0];
        assert!((repeats - 2000.0).abs() < 100.0, "{repeats} repeats across the lists");
    }

    #[test]
    fn clusters_teach_what_pairs_do() {
        let (table, plan) = table(5);
        let mut model = learned(&table, &plan);
        // The true clusters: rows of one person have one serial number.
        let serials: Vec<u32> = table.codes.column(1).collect();
        model.refine(&Comparer::new(&table, &plan), &plan, &serials);
        let category = &model.shares[2];
        assert!((category.same[0] - 0.8).abs() < 0.01, "{category:?}");
        let repeats = model.ones[0] * pooled(&model.lists, &model.lists.pairs)[0];
        assert!((repeats - 2010.0).abs() < 1.0, "{repeats} repeats across the lists");
        assert!(
            model.repeats().iter().all(|bits| *bits < -5.0),
            "no list repeats itself: {model:?}"
        );
    }

    #[test]
    fn shares_stay_shares() {
        let (table, plan) = table(2);
        for shares in learned(&table, &plan).shares {
            for of in [&shares.same, &shares.other, &shares.sharing] {
                assert!((of.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{shares:?}");
                assert!(of.iter().all(|share| *share > 0.0), "{shares:?}");
            }
        }
    }

    #[test]
    fn without_rows_the_expectation_stays() {
        let spec = Spec { fields: vec![Field { name: "name".into(), kind: Kind::Name }] };
        let plan = Plan::of(&spec, &mut Vec::new());
        let model = learned(&Table::of(Roll::new(&spec)), &plan);
        let level = &plan.comparisons[0].levels[0];
        assert!((model.shares[0].same[0] - level.same).abs() < 0.01);
        assert!((model.shares[0].other[0] - level.other).abs() < 0.01);
    }
}
