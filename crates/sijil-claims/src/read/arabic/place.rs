//! Places that only their wording gives: the name behind "قرية", "حي", "مدينة".

use std::ops::Range;

use crate::lexicon::{Marks, Tag, WhereWord};
use crate::text::{Cut, Shape};

/// Words that a place's name may have.
const LONGEST: usize = 3;

/// A name behind a noun for a place.
pub(in super::super) fn worded(cut: &Cut<'_>, marks: &Marks, at: usize) -> Option<Range<usize>> {
    let kind = |t: usize| marks.has(t, |tag| tag == Tag::Where(WhereWord::Kind));
    // "السوق الشعبي" is described, "سوق الهال" is named.
    let idafa = |t: usize| kind(t) && !cut.word(t).starts_with("ال");
    if !at.checked_sub(1).is_some_and(idafa) || kind(at) || !is_name(cut, marks, at) {
        return None;
    }
    let mut end = at + 1;
    while end < at + LONGEST && is_name(cut, marks, end) && !kind(end) {
        end += 1;
    }
    Some(at..end)
}

fn is_name(cut: &Cut<'_>, marks: &Marks, at: usize) -> bool {
    let word = cut.word(at);
    cut.shape(at) == Shape::Lower
        && !word.is_ascii()
        && !super::super::time::is_calendar_word(word)
        && marks.at(at).iter().all(|m| matches!(m.tag, Tag::Nation(..) | Tag::Group(_)))
}
