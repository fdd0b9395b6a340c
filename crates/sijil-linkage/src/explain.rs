//! Says of a pair why it is joined or open.

use rayon::prelude::*;

use crate::cluster::Weighed;
use crate::compare::{Comparer, MISSING, Plan};
use crate::model::{KINDS, Model, bits, probability};
use crate::{Pair, Part};

/// The pairs in terms of rows, each with its reasons.
pub(crate) fn pairs(
    comparer: &Comparer<'_>,
    plan: &Plan,
    model: &Model,
    pairs: &[Weighed],
) -> Vec<Pair> {
    pairs.par_iter().map(|pair| explain(comparer, plan, model, pair)).collect()
}

fn explain(comparer: &Comparer<'_>, plan: &Plan, model: &Model, pair: &Weighed) -> Pair {
    let table = comparer.table;
    let pattern = comparer.compare(pair.a, pair.b);
    let mut parts: Vec<Part> = Vec::new();
    for (at, comparison) in plan.comparisons.iter().enumerate() {
        if pattern.levels[at] == MISSING {
            continue;
        }
        let level = usize::from(pattern.levels[at]);
        let shares = &model.shares[at];
        let other = shares.by_chance(&pattern, at);
        let mut words = comparison.levels[level].words.to_owned();
        if pattern.rarity[at] < 0.25 {
            words.push_str(" and rare");
        } else if pattern.rarity[at] > 4.0 {
            words.push_str(" and common");
        }
        parts.push(Part {
            field: table.columns[comparison.column].name.clone(),
            level: words,
            weight: (shares.same[level] / other).log2(),
        });
    }
    let chances = model.chances(&pattern, comparer.lists(pair.a, pair.b));
    parts.sort_by(|x, y| y.weight.abs().total_cmp(&x.weight.abs()).then(x.field.cmp(&y.field)));
    parts.extend(company(&chances));
    let (a, b) = (table.order[pair.a as usize], table.order[pair.b as usize]);
    Pair {
        a: a.min(b),
        b: a.max(b),
        probability: probability(pair.weight),
        weight: pair.weight,
        parts,
    }
}

/// What it takes off that the two may be relatives, or may have died together, where that counts.
fn company(chances: &[f64; KINDS]) -> Option<Part> {
    let mut strangers = *chances;
    strangers[2..].fill(0.0);
    let weight = bits(chances) - bits(&strangers);
    let kin = chances[3] + chances[4] > chances[2];
    (weight < -1.0).then(|| Part {
        field: "others".to_owned(),
        level: if kin {
            "two relatives could agree as much"
        } else {
            "two who died together could agree as much"
        }
        .to_owned(),
        weight,
    })
}
