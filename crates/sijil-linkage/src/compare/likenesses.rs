//! Likeness of numbered parts of names.

use sijil_text::names::{How, Likeness, Link, align, likeness};

use super::memory::Memory;
use crate::table::Parts;

/// Likeness of parts, remembered.
pub(crate) struct Likenesses<'a> {
    pub(super) parts: &'a Parts,
    memory: Memory,
}

const DIFFERENT: Likeness = Likeness { score: 0.0, how: How::Different };
/// Steps in which a score is kept.
const STEPS: f64 = 65_536.0;

/// The ways, numbered.
const WAYS: [How; 6] =
    [How::Same, How::OtherScript, How::OtherSpelling, How::KnownForm, How::Near, How::Different];

impl<'a> Likenesses<'a> {
    pub(super) fn of(parts: &'a Parts) -> Self {
        // Room for sixteen pairs a part, within bounds.
        let room = (parts.all.len() * 16).clamp(1 << 10, 1 << 21);
        Self { parts, memory: Memory::of(room) }
    }

    pub(super) fn like(&self, a: u32, b: u32) -> Likeness {
        if a == b {
            return Likeness { score: 1.0, how: How::Same };
        }
        let part = |at: u32| &self.parts.all[at as usize];
        unpacked(self.memory.recall(a, b, || packed(likeness(part(a.min(b)), part(a.max(b))))))
    }

    /// Two neighbouring parts, written as one word, and a part.
    fn joined(&self, two: &[u32], one: u32) -> Likeness {
        let part = |at: u32| &self.parts.all[at as usize];
        let (first, second, one) = (part(two[0]), part(two[1]), part(one));
        // Most words are no two others: their keys tell without hearing the sounds.
        let letters = first.key.len() + second.key.len();
        if letters.abs_diff(one.key.len()) > 2 || first.key.chars().next() != one.key.chars().next()
        {
            return DIFFERENT;
        }
        likeness(&first.joined(second), one)
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
