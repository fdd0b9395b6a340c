//! Likeness of numbered parts of names.

use sijil_text::names::{How, Likeness, Link, align, likeness};

use super::memory::Memory;
use super::slips::may_be_slips;
use crate::table::Parts;

/// Likeness of parts, remembered.
pub(crate) struct Likenesses<'a> {
    pub(super) parts: &'a Parts,
    memory: Memory,
}

const DIFFERENT: Likeness = Likeness { score: 0.0, how: How::Different };
/// Names that slips of the pen tell apart.
const SLIP: Likeness = Likeness { score: 0.7, how: How::Near };
/// Steps in which a score is kept.
const STEPS: f64 = 65_536.0;

/// The ways, numbered.
const WAYS: [How; 6] =
    [How::Same, How::OtherScript, How::OtherSpelling, How::KnownForm, How::Near, How::Different];

impl<'a> Likenesses<'a> {
    pub(super) fn of(parts: &'a Parts) -> Self {
        // Room for so many pairs a part, within bounds.
        let room = (parts.all.len() * 64).clamp(1 << 10, 1 << 22);
        Self { parts, memory: Memory::of(room) }
    }

    pub(super) fn like(&self, a: u32, b: u32) -> Likeness {
        if a == b {
            return Likeness { score: 1.0, how: How::Same };
        }
        unpacked(self.memory.recall(a, b, || packed(self.heard_or_read(a.min(b), a.max(b)))))
    }

    /// The likeness of what is heard; of what is read, if only slips of the pen lie between.
    fn heard_or_read(&self, a: u32, b: u32) -> Likeness {
        let [a, b] = [a, b].map(|at| &self.parts.all[at as usize]);
        let heard = likeness(a, b);
        if heard.score < SLIP.score && may_be_slips(&a.text, &b.text) { SLIP } else { heard }
    }

    /// Two neighbouring parts, written as one word, and a part.
    fn joined(&self, two: &[u32], one: u32) -> Likeness {
        if !self.may_be_one_word(two, one) {
            return DIFFERENT;
        }
        let part = |at: u32| &self.parts.all[at as usize];
        likeness(&part(two[0]).joined(part(two[1])), part(one))
    }

    /// Whether two parts may be the word that one is. Most are not: their keys tell without the
    /// sounds being heard.
    fn may_be_one_word(&self, two: &[u32], one: u32) -> bool {
        let key = |at: u32| self.parts.all[at as usize].key.as_str();
        let (first, second, one) = (key(two[0]), key(two[1]), key(one));
        let letters = first.len() + second.len();
        letters.abs_diff(one.len()) <= 2 && first.chars().next() == one.chars().next()
    }

    /// Whether the first part of one name may be two in the other.
    pub(super) fn may_join(&self, a: &[u32], b: &[u32]) -> bool {
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        short.len() < long.len() && self.may_be_one_word(&long[..2], short[0])
    }

    /// Aligns two names; the same whichever comes first.
    pub(super) fn align(&self, a: &[u32], b: &[u32]) -> (Vec<Link>, f64) {
        let swapped = a > b;
        let (x, y) = if swapped { (b, a) } else { (a, b) };
        let found = align(x.len(), y.len(), |i, n, j, m| match (n, m) {
            (1, 1) => self.like(x[i], y[j]),
            (2, 1) => self.joined(&x[i..], y[j]),
            _ => self.joined(&y[j..], x[i]),
        });
        let mut links = found.links;
        if swapped {
            for link in &mut links {
                (link.a, link.b) = (link.b, link.a);
                (link.a_parts, link.b_parts) = (link.b_parts, link.a_parts);
            }
        }
        (links, found.score)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 65536 steps")]
fn packed(likeness: Likeness) -> u32 {
    let way = WAYS.iter().position(|way| *way == likeness.how).unwrap_or(WAYS.len() - 1) as u32;
    ((likeness.score * STEPS).round() as u32) << 3 | way
}

fn unpacked(bits: u32) -> Likeness {
    Likeness { score: f64::from(bits >> 3) / STEPS, how: WAYS[(bits & 7) as usize % WAYS.len()] }
}
