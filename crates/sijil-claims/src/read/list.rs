//! Lists: what joins the members of one, and what opens one.

use std::ops::Range;

use super::Page;
use super::grammar::is_auxiliary;
use super::quantity::Amount;
use crate::lexicon::{Blame, Tag};
use crate::text::{DASH, Shape};

/// A four-digit number without a separator and without a noun is more often a year.
pub(super) fn is_year_like(page: &Page<'_>, amount: &Amount) -> bool {
    amount.tokens.len() == 1
        && page.cut.tokens[amount.tokens.start].text.len() == 4
        && (1900..2100).contains(&amount.quantity.low)
}

/// "Latakia 683": the place stands before its number.
pub(super) fn names_place(page: &Page<'_>, amount: &Amount) -> bool {
    let before = amount.tokens.start.checked_sub(1);
    let colon = before.is_some_and(|b| page.cut.word(b) == ":");
    let last = before.map(|b| b - usize::from(colon && b > 0));
    let Some(last) = last.filter(|b| page.place_covers(*b)) else { return false };
    // "The heartland of Suwayda: 30": the colon opens a list, no label.
    let first = page.places.iter().find(|p| p.tokens.contains(&last)).map(|p| p.tokens.start);
    let before = first.and_then(|f| f.checked_sub(1)).filter(|b| !page.begins_sentence(b + 1));
    !colon || before.is_none_or(|b| page.cut.shape(b) == Shape::Mark)
}

/// Whether something in `tokens` opens the parts of a total.
pub(super) fn opener(page: &Page<'_>, tokens: &Range<usize>) -> bool {
    tokens.clone().any(|t| opens_list(page, t) || matches!(page.cut.word(t), ":" | "(" | DASH))
}

/// Whether the words at `at` open the parts of a total; "most of them" opens none.
pub(super) fn opens_list(page: &Page<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |b| page.cut.word(b));
    let share = matches!(
        before,
        "most" | "many" | "all" | "some" | "majority" | "both" | "half" | "none" | "several"
    );
    page.marks.has(at, |tag| tag == Tag::Opens) && !(share && page.cut.word(at) == "of")
}

/// Whether tokens hold nothing but what joins the members of a list: commas, "and", places,
/// parties with "by", dates.
pub(super) fn is_list(page: &Page<'_>, tokens: Range<usize>) -> bool {
    tokens.clone().all(|t| {
        let word = page.cut.word(t);
        matches!(
            word,
            "," | "and"
                | "or"
                | "as"
                | "well"
                | "plus"
                | "along"
                | "with"
                | "another"
                | "further"
                | "other"
                | "others"
                | "also"
                | "in"
                | "from"
                | "at"
                | "near"
                | "around"
                | "of"
                | "the"
                | ";"
                | "("
                | ")"
                | "by"
                | "some"
                | "province"
                | "governorate"
                | "countryside"
                | "rural"
                | "city"
                | "village"
                | "town"
                | "villages"
                | "least"
                | "her"
                | "his"
                | "their"
                | "addition"
                | "to"
                | "a"
                | "on"
                | "together"
                | "more"
                | "were"
                | "was"
                | "'s"
        ) || page.marks.has(t, |tag| matches!(tag, Tag::Victims(..) | Tag::Group(_)))
            || page.place_covers(t)
            || page.party_covers(t)
            || page.is_date(t)
            || (page.cut.shape(t) == Shape::Capital && !is_auxiliary(word))
            || page.marks.has(t, |tag| tag == Tag::Blame(Blame::By))
    })
}
