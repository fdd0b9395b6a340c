//! How likely two names are one, from how their parts answer each other.
//!
//! The parts are aligned; what the alignment shows (the worst answer, how rare the agreeing parts
//! are, what is left out) becomes a row of numbers, and a logistic model with learned weights makes
//! log odds of them. A learned scale turns these into a probability. There are three models: for
//! names in two scripts, both in Arabic, and both in another script.
//!
//! The probability is that of a list in which a quarter of the pairs that are looked at are of one
//! name and the rest are brothers, look-alikes and strangers in equal parts. It is about names: two
//! people may bear one.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::align::{Alignment, Link, align};
use super::similarity::{Evidence, How, Likeness};

/// The scripts of two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scripts {
    /// One is Arabic, the other is not.
    Crossed,
    /// Both are Arabic.
    Arabic,
    /// Neither is Arabic.
    Other,
}

impl Scripts {
    /// The word for it in data files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Crossed => "crossed",
            Self::Arabic => "arabic",
            Self::Other => "other",
        }
    }
}

/// What an alignment shows, in the order of the numbers.
pub const FEATURES: [&str; 22] = [
    "constant",
    "weight up to 6",
    "weight beyond 6",
    "worst answer",
    "worst answer above 0",
    "worst answer above 2.5",
    "second worst answer",
    "first part",
    "first part above 2",
    "mean answer",
    "contradictions",
    "first part contradicted",
    "one part left out",
    "more parts left out",
    "first part left out",
    "last part left out",
    "parts joined",
    "turned",
    "one part each",
    "one part only in one",
    "answers below 4 in like names",
    "weight a part",
];

/// A row of numbers for the model.
pub type Features = [f32; FEATURES.len()];

/// Two names compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Which parts answer each other.
    pub alignment: Alignment,
    /// The logarithm of the odds that the names are one; finer than the probability, for ranking.
    pub odds: f32,
    /// The probability that the names are spellings of one name.
    pub probability: f64,
}

/// Most parts of a name that are compared.
pub(super) const MOST: usize = 8;

/// Aligns two names of `a` and `b` parts by the evidence of their parts.
pub(super) fn aligned(
    a: usize,
    b: usize,
    mut of: impl FnMut(usize, usize, usize, usize) -> Evidence,
) -> (Alignment, Features) {
    let (a, b) = (a.min(MOST), b.min(MOST));
    let mut single = [[None::<Evidence>; MOST]; MOST];
    let alignment = align(a, b, |i, n, j, m| {
        if (n, m) == (1, 1) {
            single[i][j].get_or_insert_with(|| of(i, 1, j, 1)).likeness
        } else {
            of(i, n, j, m).likeness
        }
    });
    let mut evidence = |i: usize, n: usize, j: usize, m: usize| {
        if (n, m) == (1, 1) {
            *single[i][j].get_or_insert_with(|| of(i, 1, j, 1))
        } else {
            of(i, n, j, m)
        }
    };
    let features = features(a, b, &alignment, &mut evidence);
    (alignment, features)
}

/// The parts that contradict each other: left open on both sides between the same answers.
fn contradictions(a: usize, b: usize, alignment: &Alignment) -> Vec<(usize, usize)> {
    let mut open_a: Vec<usize> = (0..a).collect();
    let mut open_b: Vec<usize> = (0..b).collect();
    for link in &alignment.links {
        open_a.retain(|i| !(link.a..link.a + link.a_parts).contains(i));
        open_b.retain(|j| !(link.b..link.b + link.b_parts).contains(j));
    }
    if alignment.turned {
        return open_a.into_iter().zip(open_b).collect();
    }
    // What stands open on both sides contradicts itself, first within one gap, then anywhere.
    let gap_a = |i: &usize| alignment.links.iter().filter(|link| link.a < *i).count();
    let gap_b = |j: &usize| alignment.links.iter().filter(|link| link.b < *j).count();
    let mut found = Vec::new();
    for gap in 0..=alignment.links.len() {
        let in_a = open_a.iter().filter(|i| gap_a(i) == gap);
        let in_b = open_b.iter().filter(|j| gap_b(j) == gap);
        found.extend(in_a.zip(in_b).map(|(i, j)| (*i, *j)));
    }
    open_a.retain(|i| found.iter().all(|(x, _)| x != i));
    open_b.retain(|j| found.iter().all(|(_, y)| y != j));
    found.extend(open_a.into_iter().zip(open_b));
    found
}

fn features(
    a: usize,
    b: usize,
    alignment: &Alignment,
    evidence: &mut dyn FnMut(usize, usize, usize, usize) -> Evidence,
) -> Features {
    let mut row = [0.0_f32; FEATURES.len()];
    row[0] = 1.0;
    if a == 0 || b == 0 {
        return row;
    }
    let against = contradictions(a, b, alignment);
    let mut answers: Vec<(f32, f32, bool)> = Vec::with_capacity(MOST);
    let first = |link: &Link| link.a == 0 && (alignment.turned || link.b == 0);
    let mut used = [0_usize; 2];
    for link in &alignment.links {
        let found = evidence(link.a, link.a_parts, link.b, link.b_parts);
        used[0] += link.a_parts;
        used[1] += link.b_parts;
        answers.push((found.odds.clamp(-4.0, 6.0), found.weight.clamp(-6.0, 10.0), first(link)));
    }
    let count = |n: usize| f32::from(u8::try_from(n).unwrap_or(u8::MAX));
    let linked = answers.len();
    for (i, j) in &against {
        let found = evidence(*i, 1, *j, 1);
        // A part that is found elsewhere in the other name is no answer: father and son.
        let odds = if found.odds > 1.5 { -4.0 } else { found.odds.max(-4.0) };
        answers.push((odds, found.weight.clamp(-6.0, 0.0), *i == 0 && *j == 0));
    }
    let weight: f32 = answers[..linked].iter().map(|(_, weight, _)| weight).sum();
    let mut odds: Vec<f32> = answers.iter().map(|(odds, _, _)| *odds).collect();
    odds.sort_by(f32::total_cmp);
    let worst = odds.first().copied().unwrap_or(-4.0);
    let begin = answers.iter().find(|(_, _, first)| *first).map(|(odds, _, _)| *odds);
    let open = (a - used[0]).max(b - used[1]) - against.len().min((a - used[0]).max(b - used[1]));
    let last =
        alignment.links.iter().any(|link| {
            alignment.turned || (link.a + link.a_parts == a && link.b + link.b_parts == b)
        }) || against.iter().any(|(i, j)| i + 1 == a && j + 1 == b);
    row[1] = weight.clamp(-6.0, 6.0);
    row[2] = (weight - 6.0).clamp(0.0, 14.0);
    row[3] = worst;
    row[4] = worst.max(0.0);
    row[5] = (worst - 2.5).max(0.0);
    row[6] = odds.get(1).copied().unwrap_or(5.0);
    row[7] = begin.unwrap_or(2.0);
    row[8] = (row[7] - 2.0).max(0.0);
    row[9] = odds.iter().sum::<f32>() / count(odds.len().max(1));
    row[10] = count(against.len());
    row[11] = count(usize::from(against.contains(&(0, 0))));
    row[12] = count(usize::from(open > 0));
    row[13] = count(open.saturating_sub(1));
    row[14] = count(usize::from(begin.is_none()));
    row[15] = count(usize::from(!last));
    row[16] = count(alignment.links.iter().filter(|link| link.a_parts + link.b_parts > 2).count());
    row[17] = count(usize::from(alignment.turned));
    row[18] = count(usize::from(a == 1 && b == 1));
    row[19] = count(usize::from((a == 1) != (b == 1)));
    row[20] = count(odds.iter().filter(|odds| **odds < 4.0).count());
    row[21] = weight / count(linked.max(1));
    row
}

/// Weights of the features, and the scale from log odds to probability.
struct Model {
    weights: Features,
    scale: Vec<(f32, f64)>,
}

static MODELS: LazyLock<HashMap<&'static str, Model>> = LazyLock::new(|| {
    let mut models: HashMap<&'static str, Model> = HashMap::new();
    let text = include_str!("../../data/name_weights.csv");
    for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [scripts, what, value] = cells[..] else { continue };
        let model = models
            .entry(scripts)
            .or_insert_with(|| Model { weights: [0.0; FEATURES.len()], scale: Vec::new() });
        if let Some(at) = FEATURES.iter().position(|feature| *feature == what) {
            model.weights[at] = value.parse().unwrap_or(0.0);
        } else if let (Ok(odds), Ok(probability)) = (what.parse(), value.parse()) {
            model.scale.push((odds, probability));
        }
    }
    models
});

/// Log odds and probability.
pub(super) fn weighed(scripts: Scripts, features: &Features) -> (f32, f64) {
    let Some(model) = MODELS.get(scripts.word()) else { return (0.0, 0.5) };
    let [_, _, _, answer, ..] = *features;
    if features[ONE_EACH] > 0.0 {
        // The odds of the only parts are those of the names.
        return (answer, 1.0 / (1.0 + f64::from(-answer).exp()));
    }
    let odds: f32 = model.weights.iter().zip(features).map(|(w, x)| w * x).sum();
    let probability = on_scale(&model.scale, odds);
    let first_out =
        features[FIRST_OUT] > 0.0 && features[TURNED] == 0.0 && features[ONE_ONLY] == 0.0;
    // Without the first part it is the father's name as well as the son's.
    (odds, if first_out { probability.min(FATHER_OR_SON) } else { probability })
}

/// The most that is given to a name that lacks the other's first part.
const FATHER_OR_SON: f64 = 0.4;
/// Places of features that decide by themselves.
const FIRST_OUT: usize = 14;
const TURNED: usize = 17;
const ONE_EACH: usize = 18;
const ONE_ONLY: usize = 19;

/// Between the points of the scale it runs straight.
fn on_scale(scale: &[(f32, f64)], odds: f32) -> f64 {
    let at = scale.iter().take_while(|(point, _)| *point <= odds).count();
    match (at.checked_sub(1).and_then(|at| scale.get(at)), scale.get(at)) {
        (Some((o, p)), Some((q, r))) => p + f64::from((odds - o) / (q - o)) * (r - p),
        (Some((_, p)), None) | (None, Some((_, p))) => *p,
        (None, None) => 1.0 / (1.0 + f64::from(-odds).exp()),
    }
}

/// What names of one text get.
pub(super) fn same(parts: usize) -> Comparison {
    let like = |at| Link {
        a: at,
        a_parts: 1,
        b: at,
        b_parts: 1,
        likeness: Likeness { score: 1.0, how: How::Same },
    };
    let alignment =
        Alignment { links: (0..parts.min(MOST)).map(like).collect(), turned: false, score: 1.0 };
    Comparison { alignment, odds: 20.0, probability: 1.0 }
}
