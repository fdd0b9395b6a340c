//! Numbers that count nobody: ages, times, shares, money, parts of names.

use std::ops::Range;

use super::Page;
use super::quantity::number;
use crate::lexicon::{Count, Tag};
use crate::text::Shape;

/// Ages, times, shares, money, parts of names: numbers that count nobody.
pub(super) fn is_other_number(page: &Page<'_>, tokens: &Range<usize>) -> bool {
    let cut = &page.cut;
    let (before, after) = (tokens.start.checked_sub(1), tokens.end);
    let glued = cut.tokens.get(after).is_some_and(|t| !t.spaced);
    let word = cut.word(after);
    let digit = cut.tokens.get(after + 1).is_some_and(|t| !t.spaced && t.shape == Shape::Number);
    let is_joined =
        glued && (matches!(word, "-" | "/" | "%" | "°" | "\u{2013}") || (word == ":" && digit));
    let is_share = matches!(word, "percent" | "per" | "%" | "pc" | "st" | "nd" | "rd" | "th");
    let is_money = before.is_some_and(|b| matches!(cut.word(b), "$" | "€" | "£"));
    let is_numbered = before.is_some_and(|b| {
        matches!(
            cut.word(b),
            "no." | "no" | "number" | "resolution" | "unit" | "article" | "age" | "aged" | "ages"
        ) || (cut.word(b) == "under" && cut.shape(after) == Shape::Mark)
            || (cut.shape(b) == Shape::Mark
                && matches!(cut.word(b), "/" | ":" | "#")
                && !cut.tokens[tokens.start].spaced)
    });
    is_joined || is_age(page, tokens) || is_share || is_money || is_numbered
}

/// "N, 34, was", "another man, 66, died", "a boy of six", "brothers, 7, 9 and 12,": ages.
fn is_age(page: &Page<'_>, tokens: &Range<usize>) -> bool {
    let cut = &page.cut;
    let Some(comma) = tokens.start.checked_sub(1) else { return false };
    let single = tokens.len() == 1 && quantity_below(page, tokens.start, OLDEST);
    let ends = cut.shape(tokens.end) == Shape::Mark || matches!(cut.word(tokens.end), "and" | "or");
    if !single || !ends {
        return false;
    }
    let person = |at: usize| {
        cut.shape(at) == Shape::Capital
            || page.marks.has(at, |tag| matches!(tag, Tag::Victims(_, Count::One) | Tag::Kin(_)))
    };
    let Some(before) = comma.checked_sub(1) else { return false };
    match cut.word(comma) {
        "," => person(before) || age_word(page, before),
        "of" => page
            .marks
            .has(before, |tag| matches!(tag, Tag::Victims(_, Count::One) | Tag::Kin(Count::One))),
        "and" => age_word(page, before) && is_age_list(page, before),
        _ => false,
    }
}

/// Years that a person may have lived.
const OLDEST: u64 = 110;

fn quantity_below(page: &Page<'_>, at: usize, limit: u64) -> bool {
    number(page, at).is_some_and(|(end, value)| end == at + 1 && value < limit)
}

fn age_word(page: &Page<'_>, at: usize) -> bool {
    page.cut.shape(at) == Shape::Number && quantity_below(page, at, OLDEST)
}

/// "Aged 8 and 11", "brothers, 7, 9 and 12": whether the number at `at` is an age itself.
fn is_age_list(page: &Page<'_>, at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map_or("", |b| page.cut.word(b));
    matches!(before(1), "aged" | "ages" | "age")
        || (before(1) == "," && at >= 2)
            && (is_age_list(page, at - 2)
                || page
                    .marks
                    .has(at - 2, |tag| matches!(tag, Tag::Kin(_) | Tag::Victims(_, Count::One))))
}
