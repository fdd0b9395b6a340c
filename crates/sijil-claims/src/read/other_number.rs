//! Numbers that count nobody: ages, times, shares, money, parts of names.

use std::ops::Range;

use super::Page;
use super::grammar::{is_be, is_preposition};
use super::quantity::number;
use crate::Victims;
use crate::lexicon::{Count, Tag};
use crate::text::Shape;

/// Ages, times, shares, money, parts of names: numbers that count nobody.
pub(super) fn is_other_number(page: &Page<'_>, tokens: &Range<usize>) -> bool {
    let cut = &page.cut;
    let (before, after) = (tokens.start.checked_sub(1), tokens.end);
    let glued = cut.tokens.get(after).is_some_and(|t| !t.spaced);
    let word = cut.word(after);
    let digit = cut.tokens.get(after + 1).is_some_and(|t| !t.spaced && t.shape == Shape::Number);
    let is_joined = glued && (matches!(word, "-" | "/" | "%" | "°") || (word == ":" && digit));
    let hour = matches!(word, "o'clock" | "a.m." | "p.m." | "am" | "pm" | "hours")
        || word == "in"
            && cut.word(after + 1) == "the"
            && matches!(cut.word(after + 2), "morning" | "afternoon" | "evening");
    // "So many wounded", "how many people", "not one member".
    let asked = before
        .is_some_and(|b| matches!(cut.word(b), "how" | "so" | "too" | "not" | "turned" | "every"));
    // "Two of the nine were over eighty."
    let old = matches!(cut.word(tokens.start), "over" | "under" | "above" | "below")
        && before.is_some_and(|b| is_be(cut.word(b)))
        && cut.shape(after) == Shape::Mark
        && quantity_below(page, tokens.end - 1, OLDEST);
    let fraction = matches!(word, "half" | "third" | "thirds" | "quarter" | "quarters" | "fifths");
    // "Five or more persons at once" defines something.
    let defines = tokens.len() == 3
        && cut.word(after - 1) == "more"
        && cut.word(after - 2) == "or"
        && quantity_below(page, tokens.start, FEW);
    let is_share = matches!(word, "percent" | "per" | "%" | "pc" | "st" | "nd" | "rd" | "th");
    let is_money = before.is_some_and(|b| matches!(cut.word(b), "$" | "€" | "£"));
    let is_numbered = before.is_some_and(|b| {
        matches!(
            cut.word(b),
            "no." | "no" | "number" | "resolution" | "unit" | "article" | "age" | "aged" | "ages"
        ) || (matches!(cut.word(b), "under" | "below") && cut.shape(after) == Shape::Mark)
            || (cut.shape(b) == Shape::Mark
                && matches!(cut.word(b), "/" | ":" | "#")
                && !cut.tokens[tokens.start].spaced)
    });
    if hour || asked || defines || fraction || old {
        return true;
    }
    is_joined || is_age(page, tokens) || is_share || is_money || is_numbered
}

/// "N, 34, was", "another man, 66, died", "a boy of six", "brothers, 7, 9 and 12,": ages.
fn is_age(page: &Page<'_>, tokens: &Range<usize>) -> bool {
    let cut = &page.cut;
    let Some(comma) = tokens.start.checked_sub(1) else { return false };
    let single = tokens.len() == 1 && quantity_below(page, tokens.start, OLDEST);
    let mark = cut.shape(tokens.end) == Shape::Mark;
    let ends = mark || matches!(cut.word(tokens.end), "and" | "or");
    if single && is_age_of(page, comma, tokens.end) {
        return true;
    }
    // "Boys of 13 to 16".
    let range = tokens.len() == 3
        && mark
        && cut.word(comma) == "of"
        && quantity_below(page, tokens.end - 1, OLDEST)
        && comma > 0
        && page.marks.has(comma - 1, |tag| {
            matches!(tag, Tag::Victims(Some(Victims::Children | Victims::Women), _))
        });
    if range {
        return true;
    }
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

/// "A village head of 62 in the north", "a herder of 12 named N", "N was 16.": the age of the person
/// described before the word at `joint`, with `end` behind the number.
fn is_age_of(page: &Page<'_>, joint: usize, end: usize) -> bool {
    let cut = &page.cut;
    let Some(before) = joint.checked_sub(1) else { return false };
    let role = page.marks.has(before, |tag| {
        matches!(tag, Tag::Victims(_, Count::One) | Tag::Kin(Count::One) | Tag::Title | Tag::Office)
    });
    match cut.word(joint) {
        "of" => {
            let one = (before.saturating_sub(3)..before)
                .any(|t| matches!(cut.word(t), "a" | "an" | "his" | "her" | "their"));
            let next = cut.word(end);
            let behind = is_preposition(next)
                || cut.shape(end) == Shape::Mark
                || is_be(next)
                || matches!(next, "named" | "called" | "who" | "had" | "has" | "died");
            let old = (role || number(page, end - 1).is_some_and(|(_, age)| age >= YOUNGEST))
                && may_have_age(page, before);
            old && one && behind
        }
        "were" | "are" | "aged" => {
            cut.word(end) == "," && age_word(page, end + 1) || cut.word(joint) == "aged"
        }
        "was" | "is" => {
            let named = cut.shape(before) == Shape::Capital && !page.place_covers(before);
            let person = named || role || matches!(cut.word(before), "he" | "she" | ",");
            person && cut.shape(end) == Shape::Mark
        }
        _ => false,
    }
}

/// Years that a person may have lived.
const OLDEST: u64 = 110;

/// Least age that a noun which nobody knows may have: "a contractor of 41".
const YOUNGEST: u64 = 12;

/// Numbers below which "or more" defines what counts, rather than counts it.
const FEW: u64 = 6;

/// Whether "a … of N" may tell how old somebody is: the noun at `noun` is no crowd.
fn may_have_age(page: &Page<'_>, noun: usize) -> bool {
    let crowd = page.marks.has(noun, |tag| {
        matches!(
            tag,
            Tag::Crowd | Tag::Family | Tag::Toll | Tag::Stop | Tag::Head(_) | Tag::Act(..)
        ) || matches!(tag, Tag::Vague(_) | Tag::Scale(_) | Tag::Event(_) | Tag::Tally)
            || matches!(tag, Tag::Beside(_) | Tag::Members)
    });
    page.cut.shape(noun) == Shape::Lower && !crowd
}

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
