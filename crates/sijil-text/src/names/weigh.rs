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

use std::sync::LazyLock;

use super::align::{Alignment, Link, align};
use super::learned::lines;
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
    pub(super) fn of(a_is_arabic: bool, b_is_arabic: bool) -> Self {
        match (a_is_arabic, b_is_arabic) {
            (true, true) => Self::Arabic,
            (false, false) => Self::Other,
            _ => Self::Crossed,
        }
    }

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

/// Pairs of parts that contradict each other.
#[derive(Clone, Copy, Default)]
struct Against {
    pairs: [(usize, usize); MOST],
    count: usize,
}

impl Against {
    fn add(&mut self, i: usize, j: usize) {
        if let Some(pair) = self.pairs.get_mut(self.count) {
            *pair = (i, j);
            self.count += 1;
        }
    }

    fn pairs(&self) -> &[(usize, usize)] {
        &self.pairs[..self.count]
    }

    /// The parts left open on both sides between the same answers; then any left open on both.
    fn of(a: usize, b: usize, alignment: &Alignment) -> Self {
        let (mut open_a, mut open_b) = ([true; MOST], [true; MOST]);
        for link in &alignment.links {
            open_a[link.a..link.a + link.a_parts].fill(false);
            open_b[link.b..link.b + link.b_parts].fill(false);
        }
        let mut against = Self::default();
        if !alignment.turned {
            against.within_gaps((&mut open_a[..a], &mut open_b[..b]), &alignment.links);
        }
        let open = |open: &[bool; MOST], count: usize| {
            let open = *open;
            (0..count).filter(move |at| open[*at])
        };
        for (i, j) in open(&open_a, a).zip(open(&open_b, b)) {
            against.add(i, j);
        }
        against
    }

    /// Goes along both names at once; an answer closes the gap before it.
    fn within_gaps(&mut self, (open_a, open_b): (&mut [bool], &mut [bool]), links: &[Link]) {
        let (mut i, mut j) = (0, 0);
        let ends = links.iter().map(|link| (link.a, link.b)).chain([(open_a.len(), open_b.len())]);
        for (end_a, end_b) in ends {
            while let (Some(x), Some(y)) = (
                (i..end_a).find(|at| open_a[*at]),
                (j..end_b).find(|at| open_b[*at]),
            ) {
                (open_a[x], open_b[y]) = (false, false);
                self.add(x, y);
                (i, j) = (x + 1, y + 1);
            }
            (i, j) = (i.max(end_a), j.max(end_b));
        }
    }
}

/// What the parts of an alignment say: answers first, then contradictions.
#[derive(Default)]
struct Answers {
    odds: [f32; 2 * MOST],
    count: usize,
    /// How much the answers weigh together.
    weight: f32,
    /// What the first parts say, if they stand against each other.
    first: Option<f32>,
    /// Parts of each name that have an answer.
    used: [usize; 2],
}

impl Answers {
    fn add(&mut self, odds: f32, first: bool) {
        self.odds[self.count] = odds;
        self.count += 1;
        if first {
            self.first.get_or_insert(odds);
        }
    }

    fn of(alignment: &Alignment, against: &Against, evidence: &mut Of<'_>) -> Self {
        let mut answers = Self::default();
        for link in &alignment.links {
            let found = evidence(link.a, link.a_parts, link.b, link.b_parts);
            answers.used[0] += link.a_parts;
            answers.used[1] += link.b_parts;
            answers.weight += found.weight.clamp(-6.0, 10.0);
            let first = link.a == 0 && (alignment.turned || link.b == 0);
            answers.add(found.odds.clamp(-4.0, 6.0), first);
        }
        for (i, j) in against.pairs() {
            let odds = evidence(*i, 1, *j, 1).odds;
            // A part that is found elsewhere in the other name is no answer: father and son.
            let odds = if odds > 1.5 { -4.0 } else { odds.max(-4.0) };
            answers.add(odds, *i == 0 && *j == 0);
        }
        answers
    }

    /// The worst and the second worst.
    fn worst(&self) -> (f32, Option<f32>) {
        let (mut worst, mut second) = (f32::INFINITY, f32::INFINITY);
        for odds in self.all() {
            second = second.min(odds.max(worst));
            worst = worst.min(*odds);
        }
        let worst = if worst.is_finite() { worst } else { -4.0 };
        (worst, Some(second).filter(|second| second.is_finite()))
    }

    fn all(&self) -> &[f32] {
        &self.odds[..self.count]
    }
}

/// Gives the evidence of parts `i` and `j`, of so many parts each.
type Of<'a> = dyn FnMut(usize, usize, usize, usize) -> Evidence + 'a;

fn features(a: usize, b: usize, alignment: &Alignment, evidence: &mut Of<'_>) -> Features {
    let mut row = [0.0_f32; FEATURES.len()];
    row[0] = 1.0;
    if a == 0 || b == 0 {
        return row;
    }
    let against = Against::of(a, b, alignment);
    let answers = Answers::of(alignment, &against, evidence);
    let (linked, contradicted) = (alignment.links.len(), against.pairs());
    let [used_a, used_b] = answers.used;
    let left = (a - used_a).max(b - used_b);
    let open = left - contradicted.len().min(left);
    let last = alignment.links.iter().any(|link| {
        alignment.turned || (link.a + link.a_parts == a && link.b + link.b_parts == b)
    }) || contradicted.iter().any(|(i, j)| i + 1 == a && j + 1 == b);
    let joined = alignment.links.iter().filter(|link| link.a_parts + link.b_parts > 2);
    let (worst, second) = answers.worst();
    let weight = answers.weight;
    let count = |n: usize| f32::from(u8::try_from(n).unwrap_or(u8::MAX));
    let flag = |is: bool| f32::from(u8::from(is));
    row[1] = weight.clamp(-6.0, 6.0);
    row[2] = (weight - 6.0).clamp(0.0, 14.0);
    row[3] = worst;
    row[4] = worst.max(0.0);
    row[5] = (worst - 2.5).max(0.0);
    row[6] = second.unwrap_or(5.0);
    row[7] = answers.first.unwrap_or(2.0);
    row[8] = (row[7] - 2.0).max(0.0);
    row[9] = answers.all().iter().sum::<f32>() / count(answers.count.max(1));
    row[10] = count(contradicted.len());
    row[11] = flag(contradicted.contains(&(0, 0)));
    row[12] = flag(open > 0);
    row[13] = count(open.saturating_sub(1));
    row[14] = flag(answers.first.is_none());
    row[15] = flag(!last);
    row[16] = count(joined.count());
    row[17] = flag(alignment.turned);
    row[18] = flag(a == 1 && b == 1);
    row[19] = flag((a == 1) != (b == 1));
    row[20] = count(answers.all().iter().filter(|odds| **odds < 4.0).count());
    row[21] = weight / count(linked.max(1));
    row
}

/// Weights of the features, and the scale from log odds to probability.
struct Model {
    weights: Features,
    scale: Vec<(f32, f64)>,
}

static MODELS: LazyLock<[Model; 3]> = LazyLock::new(|| {
    let text = include_str!("../../data/name_weights.csv");
    [Scripts::Crossed, Scripts::Arabic, Scripts::Other].map(|scripts| Model::read(text, scripts))
});

impl Model {
    fn read(text: &'static str, scripts: Scripts) -> Self {
        let mut model = Self { weights: [0.0; FEATURES.len()], scale: Vec::new() };
        for line in lines(text) {
            let cells: Vec<&str> = line.split(',').collect();
            let [of, what, value] = cells[..] else { continue };
            if of != scripts.word() {
                continue;
            }
            if let Some(at) = FEATURES.iter().position(|feature| *feature == what) {
                model.weights[at] = value.parse().unwrap_or(0.0);
            } else if let (Ok(odds), Ok(probability)) = (what.parse(), value.parse()) {
                model.scale.push((odds, probability));
            }
        }
        model
    }
}

/// Log odds that two names are one.
pub(super) fn odds(scripts: Scripts, features: &Features) -> f32 {
    if features[ONE_EACH] > 0.0 {
        // The odds of the only parts are those of the names.
        return features[WORST];
    }
    MODELS[scripts as usize].weights.iter().zip(features).map(|(w, x)| w * x).sum()
}

/// Log odds and probability.
pub(super) fn weighed(scripts: Scripts, features: &Features) -> (f32, f64) {
    let odds = odds(scripts, features);
    if features[ONE_EACH] > 0.0 {
        return (odds, 1.0 / (1.0 + f64::from(-odds).exp()));
    }
    let probability = on_scale(&MODELS[scripts as usize].scale, odds);
    let first_out =
        features[FIRST_OUT] > 0.0 && features[TURNED] == 0.0 && features[ONE_ONLY] == 0.0;
    // Without the first part it is the father's name as well as the son's.
    (odds, if first_out { probability.min(FATHER_OR_SON) } else { probability })
}

/// The most that is given to a name that lacks the other's first part.
const FATHER_OR_SON: f64 = 0.4;
/// Places of features that decide by themselves.
const WORST: usize = 3;
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
