//! What the alignment of two names shows, as a row of numbers: the worst answer, how rare the
//! agreeing parts are, what contradicts, what is left out.

use super::align::{Alignment, Link, align};
use super::similarity::Evidence;

/// What an alignment shows, in the order of the numbers.
pub const FEATURES: [&str; 24] = [
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
    "worst answer below 0",
    "first part below 1",
];

/// A row of numbers for the model.
pub type Features = [f32; FEATURES.len()];

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
            while let (Some(x), Some(y)) =
                ((i..end_a).find(|at| open_a[*at]), (j..end_b).find(|at| open_b[*at]))
            {
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
    let last =
        alignment.links.iter().any(|link| {
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
    row[22] = worst.min(0.0);
    row[23] = (row[7] - 1.0).min(0.0);
    row
}
