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

pub(super) fn measure() -> Result<String> {
    let mut text = String::from(
        "| set | pairs | AUC | recall at 99 % precision | brothers taken there | look-alikes taken there | recall, precision at same | brothers taken at same | off probability |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    let sets: [(&str, Vec<Labelled>); 6] = [
        ("gaza", sets::gaza(Use::Measure)?),
        ("wikidata", sets::wikidata(Use::Measure)?),
        ("journalists", sets::press()?),
        ("tokens", sets::tokens("dev")?),
        ("arabic-arabic", sets::arabic(Use::Measure)?),
        ("latin-latin", sets::latin(Use::Measure)?),
    ];
    for (name, set) in sets {
        if std::env::var("SIJIL_NAMES_MISSES").is_ok() && name.starts_with("gaza") {
            let mut lines: Vec<String> = Vec::new();
            for pair in &set {
                let (a, b) = (Name::of(&pair.a), Name::of(&pair.b));
                let c = compare(&a, &b);
                if a.parts.len() == b.parts.len()
                    && ((pair.sort == Sort::Brother && c.probability >= 0.5)
                        || (pair.sort == Sort::Same && c.probability < 0.5))
                {
                    let i = if pair.sort == Sort::Brother {
                        0
                    } else {
                        (0..a.parts.len())
                            .min_by(|x, y| {
                                sijil_text::names::evidence(&a.parts[*x], &b.parts[*x])
                                    .odds
                                    .total_cmp(
                                        &sijil_text::names::evidence(&a.parts[*y], &b.parts[*y])
                                            .odds,
                                    )
                            })
                            .unwrap_or(0)
                    };
                    let e = sijil_text::names::evidence(&a.parts[i], &b.parts[i]);
                    lines.push(format!(
                        "{:?} {} {} {:.1} {:.1} p{:.2}",
                        pair.sort,
                        a.parts[i].text,
                        b.parts[i].text,
                        e.odds,
                        e.weight,
                        c.probability
                    ));
                }
            }
            lines.sort();
            std::fs::write("/tmp/miss.pairs", lines.join("\n"))?;
        }
        let mut scored: Vec<Scored> = set
            .par_iter()
            .map(|pair| {
                let found = compare(&Name::of(&pair.a), &Name::of(&pair.b));
                Scored {
                    odds: f64::from(found.odds),
                    probability: found.probability,
                    sort: pair.sort,
                }
            })
            .collect();
        scored.sort_by(|x, y| y.odds.total_cmp(&x.odds));
        let (recall, cut) = at_precision(&scored, 0.99);
        let taken = |sort: Sort, cut: f64| {
            let of: Vec<_> = scored.iter().filter(|s| s.sort == sort).collect();
            of.iter().filter(|s| s.odds >= cut).count() as f64 / of.len().max(1) as f64
        };
        let at_same = |sort: Sort| {
            let of: Vec<_> = scored.iter().filter(|s| s.sort == sort).collect();
            (of.iter().filter(|s| s.probability >= SAME).count(), of.len())
        };
        let (right, all) = at_same(Sort::Same);
        let said = scored.iter().filter(|s| s.probability >= SAME).count();
        let (brothers, of) = at_same(Sort::Brother);
        let _ = writeln!(
            text,
            "| {name} | {} | {:.4} | {recall:.4} | {:.4} | {:.4} | {:.4}, {:.4} | {:.4} | {:.4} |",
            scored.len(),
            auc(&scored),
            taken(Sort::Brother, cut),
            taken(Sort::LookAlike, cut),
            right as f64 / all as f64,
            right as f64 / said as f64,
            brothers as f64 / of.max(1) as f64,
            off(&scored)
        );
    }
    Ok(text)
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

/// The chance that a pair of one name has better odds than one of two.
fn auc(scored: &[Scored]) -> f64 {
    let (mut same, mut pairs, mut right) = (0.0, 0.0, 0.0);
    for s in scored {
        if s.sort == Sort::Same {
            same += 1.0;
        } else {
            right += same;
            pairs += 1.0;
        }
    }
    right / (pairs * f64::max(same, 1.0))
}

/// How far stated probabilities are from the truth: ten bins of equal width, weighted by size.
fn off(scored: &[Scored]) -> f64 {
    let mut bins = [(0.0, 0.0, 0.0); 10];
    for s in scored {
        let bin = &mut bins[((s.probability * 10.0) as usize).min(9)];
        *bin =
            (bin.0 + s.probability, bin.1 + f64::from(u8::from(s.sort == Sort::Same)), bin.2 + 1.0);
    }
    bins.iter().map(|(stated, true_, _)| f64::abs(stated - true_)).sum::<f64>()
        / scored.len() as f64
}
