//! Pairs: one name or not, against brothers, look-alikes and strangers.

use std::fmt::Write as _;

use anyhow::Result;
use rayon::prelude::*;
use sijil_text::names::{Name, compare};

use crate::names::data::Use;
use crate::names::sets::{self, Labelled, Sort};

/// From here on `sijil names` says that two names are one.
const SAME: f64 = 0.5;

struct Scored {
    odds: f64,
    probability: f64,
    sort: Sort,
}

/// The sets of pairs, by what they are called in the table.
pub(super) fn sets() -> Result<Vec<(&'static str, Vec<Labelled>)>> {
    Ok(vec![
        ("four-part names", sets::gaza(Use::Measure)?),
        ("people of 25 countries", sets::wikidata(Use::Measure)?),
        ("journalists", sets::press()?),
        ("single tokens", sets::tokens("dev")?),
        ("Arabic and Arabic", sets::arabic(Use::Measure)?),
        ("Latin and Latin", sets::latin(Use::Measure)?),
    ])
}

const HEAD: &str = "\
| set | pairs | recall at 99 % precision | brothers taken there | called the same: recall | precision | brothers called the same | probability off by |
|---|---|---|---|---|---|---|---|
";

/// One line a set.
pub(super) fn measure(sets: &[(&'static str, Vec<Labelled>)]) -> String {
    let mut text = String::from(HEAD);
    for (name, set) in sets {
        let scored = scored(set);
        let (recall, cut) = at_precision(&scored, 0.99);
        let share = |sort: Sort, taken: &dyn Fn(&Scored) -> bool| {
            let of = scored.iter().filter(|s| s.sort == sort);
            let (all, taken) = of
                .fold((0.0, 0.0), |(all, sum), s| (all + 1.0, sum + f64::from(u8::from(taken(s)))));
            if all > 0.0 { format!("{:.4}", taken / all) } else { "-".to_owned() }
        };
        let is_same = |s: &Scored| s.probability >= SAME;
        let said = scored.iter().filter(|s| is_same(s)).count().max(1);
        let right = scored.iter().filter(|s| is_same(s) && s.sort == Sort::Same).count();
        let _ = writeln!(
            text,
            "| {name} | {} | {recall:.4} | {} | {} | {:.4} | {} | {:.4} |",
            scored.len(),
            share(Sort::Brother, &|s| s.odds >= cut),
            share(Sort::Same, &is_same),
            right as f64 / said as f64,
            share(Sort::Brother, &is_same),
            off(&scored)
        );
    }
    text
}

fn scored(set: &[Labelled]) -> Vec<Scored> {
    let score = |pair: &Labelled| {
        let found = compare(&Name::of(&pair.a), &Name::of(&pair.b));
        Scored { odds: f64::from(found.odds), probability: found.probability, sort: pair.sort }
    };
    let mut scored: Vec<Scored> = set.par_iter().map(score).collect();
    scored.sort_by(|x, y| y.odds.total_cmp(&x.odds));
    scored
}

/// The greatest recall at which precision is at least `wanted`, and the odds there.
fn at_precision(scored: &[Scored], wanted: f64) -> (f64, f64) {
    let all = scored.iter().filter(|s| s.sort == Sort::Same).count() as f64;
    let (mut right, mut best) = (0.0, (0.0, f64::INFINITY));
    for (at, s) in scored.iter().enumerate() {
        right += f64::from(u8::from(s.sort == Sort::Same));
        let last = scored.get(at + 1).is_none_or(|next| next.odds < s.odds);
        if last && right / (at + 1) as f64 >= wanted {
            best = (right / all, s.odds);
        }
    }
    best
}

/// How far stated probabilities are from the truth: ten bins of equal width, weighted by size.
fn off(scored: &[Scored]) -> f64 {
    let mut bins = [(0.0, 0.0, 0.0); 10];
    for s in scored {
        let at = (1..10).filter(|at| s.probability * 10.0 >= f64::from(*at)).count();
        let bin = &mut bins[at];
        *bin =
            (bin.0 + s.probability, bin.1 + f64::from(u8::from(s.sort == Sort::Same)), bin.2 + 1.0);
    }
    bins.iter().map(|(stated, true_, _)| f64::abs(stated - true_)).sum::<f64>()
        / scored.len() as f64
}
