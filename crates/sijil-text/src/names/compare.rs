//! Two whole names compared.

use super::similarity::evidence;
use super::weigh::{self, Comparison, Features, Scripts, aligned};
use super::{Alignment, Kunya, Name, Part};

/// A name in parts, wherever they lie.
pub(super) trait Pieces {
    /// How many parts it has.
    fn count(&self) -> usize;
    /// Part `at`, or with the next one as one word.
    fn piece(&self, at: usize, parts: usize) -> &Part;
}

impl Pieces for Name {
    fn count(&self) -> usize {
        self.parts.len()
    }

    fn piece(&self, at: usize, parts: usize) -> &Part {
        if parts == 1 { &self.parts[at] } else { &self.joined[at] }
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
    let scripts = match (is_arabic(a), is_arabic(b)) {
        (true, true) => Scripts::Arabic,
        (false, false) => Scripts::Other,
        _ => Scripts::Crossed,
    };
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
    aligned(a.count(), b.count(), |i, n, j, m| evidence(a.piece(i, n), b.piece(j, m)))
}

/// What names of one text have in common.
fn marks(name: &impl Pieces) -> impl Iterator<Item = (&str, Option<bool>)> {
    (0..name.count()).map(|at| {
        let part = name.piece(at, 1);
        (part.text.as_str(), part.kunya.map(|kunya| kunya == Kunya::Father))
    })
}

fn is_arabic(name: &impl Pieces) -> bool {
    name.count() > 0 && name.piece(0, 1).phones.arabic
}
