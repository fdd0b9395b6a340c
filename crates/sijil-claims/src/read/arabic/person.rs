//! People counted by an Arabic noun: duals ("طفلان"), singulars behind what was done ("مقتل
//! امرأة"), and names behind a title ("الشاب فلان الفلاني").

use std::ops::Range;

use super::super::Page;
use super::super::quantity::{Amount, AmountKind, made};
use super::{is_mark, is_small};
use crate::Qualifier;
use crate::lexicon::{Count, Form, Tag};
use crate::text::Shape;

/// Words that a name may have.
const LONGEST_NAME: usize = 4;

/// Words between an act and the person that it was done to.
const NEAR: usize = 2;

/// A dual, or a singular that something was done to.
pub(in super::super) fn people(page: &Page<'_>, at: usize) -> Option<Amount> {
    dual(page, at).or_else(|| singular(page, at))
}

fn dual(page: &Page<'_>, at: usize) -> Option<Amount> {
    let end = page.marks.find(at, |mark| match mark.tag {
        Tag::Victims(_, Count::Two) | Tag::Kin(Count::Two) => Some(mark.tokens.end),
        _ => None,
    })?;
    let again = page.marks.has(end, |tag| tag == Tag::Number(2));
    let tokens = at..end + usize::from(again);
    Some(made(tokens, 2, Some(2), Qualifier::Exact, AmountKind::Family))
}

fn singular(page: &Page<'_>, at: usize) -> Option<Amount> {
    let end = page.marks.at(at).iter().filter_map(|mark| match mark.tag {
        Tag::Victims(_, Count::One) | Tag::Kin(Count::One) => Some(mark.tokens.end),
        _ => None,
    });
    let end = end.max()?;
    // "الطفل" with its article is somebody spoken of before, or stands before a name.
    let definite = page.cut.tokens[at].folded.starts_with("ال");
    let before = at.checked_sub(1)?;
    let counted = page.cut.shape(before) == Shape::Number
        || page
            .marks
            .has(before, |tag| matches!(tag, Tag::Number(_) | Tag::Scale(_) | Tag::Vague(_)));
    let done = (at.saturating_sub(NEAR)..at).any(|t| {
        page.marks.at(t).iter().any(|m| {
            let act = matches!(m.tag, Tag::Act(_, Form::Past | Form::Active));
            (act || m.tag == Tag::Opens) && m.tokens.end == at
        })
    });
    let joined = page.cut.word(before) == "and" || page.cut.word(before) == "that";
    // "رجل" before a noun of its own: "رجل أمن", "سائق شاحنة" stay one person.
    (!definite && !counted && (done || joined))
        .then(|| made(at..end, 1, Some(1), Qualifier::Exact, AmountKind::Singular))
}

/// A person's name that begins at `at`: up to four words that are nothing else, behind a title.
pub(in super::super) fn name_at(page: &Page<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let titled = at.checked_sub(1).is_some_and(|b| {
        page.marks.has(b, |tag| tag == Tag::Title) && page.cut.tokens[b].folded.starts_with("ال")
    });
    if !titled {
        return None;
    }
    let to = (at..end.min(at + LONGEST_NAME)).take_while(|t| is_name_word(page, *t)).count();
    (to >= 2).then_some(at..at + to)
}

fn is_name_word(page: &Page<'_>, at: usize) -> bool {
    !is_mark(page, at)
        && !is_small(page, at)
        && page.cut.shape(at) != Shape::Number
        && !page.is_date(at)
        && !page.marks.has(at, |tag| {
            matches!(tag, Tag::Act(..) | Tag::Say | Tag::Counts | Tag::Victims(..) | Tag::Blame(_))
                || matches!(tag, Tag::Where(_) | Tag::Opens | Tag::Qualifier(_) | Tag::Before)
        })
}
