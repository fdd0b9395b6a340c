//! Comparing names by their numbered parts.

use sijil_text::names::Link;

use super::levels;
use super::likenesses::Likenesses;
use crate::table::{Column, Parts};

pub(super) fn level_of(score: f64) -> u8 {
    match score {
        s if s >= 1.0 => levels::SAME,
        s if s >= 0.95 => levels::SOUNDS,
        s if s >= 0.80 => levels::SPELLED,
        s if s >= 0.65 => levels::NEAR,
        s if s >= 0.52 => levels::WEAK,
        _ => levels::DIFFERENT,
    }
}

/// A level with the rarity of the value agreed on; on a near agreement it counts half.
pub(super) fn with_rarity(level: u8, rarity: f64) -> (u8, f64) {
    match level {
        levels::SAME | levels::SOUNDS | levels::SPELLED => (level, rarity),
        levels::NEAR => (level, rarity.sqrt()),
        _ => (level, 1.0),
    }
}

/// Compares a name that is one part, or is taken as one.
pub(super) fn single(
    likenesses: &Likenesses<'_>,
    column: &Column,
    a: &[u32],
    b: &[u32],
) -> (u8, f64) {
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else {
        return (super::MISSING, 1.0);
    };
    let score = match (a.len(), b.len()) {
        (1, 1) => likenesses.like(*first_a, *first_b).score,
        _ if a == b => 1.0,
        _ => likenesses.align(a, b).1.min(0.99),
    };
    let key = |part: u32| column.rarity.ratio(likenesses.parts.key(part));
    with_rarity(level_of(score), key(*first_a).max(key(*first_b)))
}

/// Compares whole names: the first parts, and the further parts.
pub(super) fn whole(
    likenesses: &Likenesses<'_>,
    column: &Column,
    a: &[u32],
    b: &[u32],
) -> [(u8, f64); 2] {
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else {
        return [(super::MISSING, 1.0); 2];
    };
    let (links, _) = likenesses.align(a, b);
    // A name of one part that answers a further part of the other is a family name alone: what the
    // given name is, the list does not say.
    if (a.len() == 1) != (b.len() == 1)
        && let Some(link) = links.first().filter(|link| link.a + link.b > 0)
        && link.likeness.is_same_name()
    {
        let ratio = |part: u32| column.further.ratio(likenesses.parts.key(part));
        let rarity = ratio(a[link.a]).max(ratio(b[link.b]));
        return [(super::MISSING, 1.0), (levels::LEFT_OUT, rarity)];
    }
    let given = |link: &&Link| link.a == 0 || link.b == 0;
    let first = match links.iter().find(given) {
        Some(link) if link.a == 0 && link.b == 0 => level_of(link.likeness.score),
        straight => {
            let level = level_of(likenesses.like(*first_a, *first_b).score);
            let crossed = straight.is_some_and(|link| link.likeness.is_same_name());
            // The son of one may be the father of the other: a first name found elsewhere counts
            // only when the names are turned round, both first parts having their answer.
            let turned = links.iter().filter(given).count() == 2;
            if crossed && turned && level >= levels::NEAR { levels::ELSEWHERE } else { level }
        }
    };
    let ratio = |part: u32| column.rarity.ratio(likenesses.parts.key(part));
    let first = with_rarity(first, ratio(*first_a).max(ratio(*first_b)));
    if first.0 == levels::ELSEWHERE {
        // That the names are exchanged takes both to see: the further part is not counted again.
        return [first, (super::MISSING, 1.0)];
    }
    [first, further(likenesses.parts, column, (a, b), &links)]
}

fn further(parts: &Parts, column: &Column, (a, b): (&[u32], &[u32]), links: &[Link]) -> (u8, f64) {
    // A first name written as two words takes two parts of one name, one of the other.
    let head = links.iter().find(|link| link.a == 0 && link.b == 0);
    let (skip_a, skip_b) = head.map_or((1, 1), |link| (link.a_parts, link.b_parts));
    let (rest_a, rest_b) = (a.len() - skip_a, b.len() - skip_b);
    if rest_a == 0 || rest_b == 0 {
        return (super::MISSING, 1.0);
    }
    let others = links.iter().filter(|link| link.a > 0 && link.b > 0);
    let (mut agree, mut near, mut used, mut rarity) = (0_usize, 0_usize, [0_usize; 2], 1.0);
    let mut last = false;
    for link in others {
        used[0] += link.a_parts;
        used[1] += link.b_parts;
        last |= link.a + link.a_parts == a.len() && link.b + link.b_parts == b.len();
        if link.likeness.is_same_name() {
            agree += 1;
            let ratio = |part: u32| column.further.ratio(parts.key(part));
            rarity *= ratio(a[link.a]).max(ratio(b[link.b]));
        } else {
            near += 1;
        }
    }
    let open = rest_a.saturating_sub(used[0]).min(rest_b.saturating_sub(used[1]));
    let complete = rest_a == 1 && rest_b == 1;
    match (agree, near, open) {
        (0, 0, _) => (levels::NONE_AGREE, 1.0),
        (2.., _, 0) => (levels::TWO_AGREE, rarity),
        (1, 0, 0) if complete => (levels::ONLY_ONE, rarity),
        (1, 0, 0) => (levels::LEFT_OUT, rarity),
        (0, 1.., 0) => (levels::NEARLY, 1.0),
        (1.., _, 0) => (levels::LEFT_OUT, rarity),
        _ if last && agree > 0 => (levels::LAST_ONLY, rarity),
        _ => (levels::SOME, 1.0),
    }
}
