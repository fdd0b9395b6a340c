//! Two whole names compared.

use super::features::{Features, aligned};
use super::similarity::{Evidence, evidence};
use super::weigh::{self, Comparison, Scripts};
use super::{Alignment, Kunya, Name, Part};

/// A name in parts, wherever they lie.
pub(super) trait Pieces {
    /// How many parts it has.
    fn count(&self) -> usize;
    /// Part `at`.
    fn part(&self, at: usize) -> &Part;
    /// Part `at` and the next as one word.
    fn joined(&self, at: usize) -> &Part;
}

impl Pieces for Name {
    fn count(&self) -> usize {
        self.parts.len()
    }

    fn part(&self, at: usize) -> &Part {
        &self.parts[at]
    }

    fn joined(&self, at: usize) -> &Part {
        self.joined_at(at)
    }
}

/// Compares two names part by part. Symmetric.
pub fn compare(a: &Name, b: &Name) -> Comparison {
    compare_pieces(a, b)
}

/// What the models of [`compare`] look at: for learning them.
pub fn examined(a: &Name, b: &Name) -> (Alignment, Scripts, Features) {
    examined_pieces(a, b)
}

pub(super) fn compare_pieces(a: &impl Pieces, b: &impl Pieces) -> Comparison {
    if a.count() == 0 || b.count() == 0 {
        return Comparison { alignment: Alignment::default(), odds: -20.0, probability: 0.0 };
    }
    if marks(a).eq(marks(b)) {
        return weigh::same(a.count());
    }
    let (alignment, scripts, features) = examined_pieces(a, b);
    let (odds, probability) = weigh::weighed(scripts, &features);
    Comparison { alignment, odds, probability }
}

fn examined_pieces(a: &impl Pieces, b: &impl Pieces) -> (Alignment, Scripts, Features) {
    let scripts = Scripts::of(is_arabic(a), is_arabic(b));
    // Of two equally good alignments the same one is taken whichever name comes first.
    if marks(a).gt(marks(b)) {
        let (mut alignment, features) = in_order(b, a);
        alignment.swap();
        return (alignment, scripts, features);
    }
    let (alignment, features) = in_order(a, b);
    (alignment, scripts, features)
}

fn in_order(a: &impl Pieces, b: &impl Pieces) -> (Alignment, Features) {
    aligned(a.count(), b.count(), |i, n, j, m| match (n, m) {
        (1, 1) => evidence(a.part(i), b.part(j)),
        (2, 1) => {
            let one = b.part(j);
            two_as_one([a.part(i), a.part(i + 1)], one, || evidence(a.joined(i), one))
        }
        _ => {
            let one = a.part(i);
            two_as_one([b.part(j), b.part(j + 1)], one, || evidence(b.joined(j), one))
        }
    })
}

/// Two neighbouring parts of one name against one part of the other: as one word, or as *Abd* and a
/// part of its own.
pub(super) fn two_as_one(
    [first, second]: [&Part; 2],
    one: &Part,
    as_word: impl FnOnce() -> Evidence,
) -> Evidence {
    let halves = one.halves.as_ref().map(|halves| {
        let [head, own] = [evidence(first, &halves[0]), evidence(second, &halves[1])];
        let weaker = if head.odds < own.odds { head } else { own };
        Evidence { weight: head.weight + own.weight, ..weaker }
    });
    let as_word = first.may_be_one_word_with(second, one).then(as_word);
    let best = halves.into_iter().chain(as_word).max_by(|x, y| x.odds.total_cmp(&y.odds));
    best.unwrap_or(Evidence::NONE)
}

/// What names of one text have in common.
fn marks(name: &impl Pieces) -> impl Iterator<Item = (&str, Option<bool>)> {
    (0..name.count()).map(|at| {
        let part = name.part(at);
        (part.text.as_str(), part.kunya.map(|kunya| kunya == Kunya::Father))
    })
}

fn is_arabic(name: &impl Pieces) -> bool {
    name.count() > 0 && name.part(0).phones.arabic
}
