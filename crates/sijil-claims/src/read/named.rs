//! Victims by name: each counts as one.
//!
//! Careful on purpose: a name is taken only as the subject of "was killed" or the object of
//! "killed", of two words or more, and never where the lexicon knows it as anything else.

use std::ops::Range;

use super::Page;
use super::evidence::{act_at, is_active};
use super::grammar::is_be;
use super::phrase::Phrase;
use super::quantity::{Amount, AmountKind};
use super::toll::{How, Toll};
use crate::lexicon::{Form, Tag};
use crate::text::{Sentence, Shape};
use crate::{Act, Qualifier, Quantity};

/// Words that a name may have.
const LONGEST: usize = 6;

/// Tolls of one named victim each.
pub(super) fn named(page: &Page<'_>, number: usize, sentence: &Sentence) -> Vec<Toll> {
    let mut out = Vec::new();
    let mut at = sentence.tokens.start;
    while at < sentence.tokens.end {
        let name = name_at(page, at, sentence.tokens.end);
        if let Some(name) = &name
            && let Some((act, trigger, how)) = act_of(page, name, sentence)
        {
            out.push(toll(name, act, trigger, how, number));
        }
        at = name.map_or(at + 1, |name| name.end);
    }
    out
}

fn toll(name: &Range<usize>, act: Act, trigger: Range<usize>, how: How, sentence: usize) -> Toll {
    let quantity = Quantity { low: 1, high: Some(1), qualifier: Qualifier::Exact };
    let phrase = Phrase { tokens: name.end..name.end, people: true, ..Phrase::default() };
    let amount = Amount { tokens: name.clone(), quantity, kind: AmountKind::Named };
    Toll { amount, phrase, act, trigger: Some(trigger), how, sentence }
}

/// A person's name that begins at `at`: capitals, with small words of names between them.
fn name_at(page: &Page<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let is_capital = |t: usize| page.cut.shape(t) == Shape::Capital;
    if !is_capital(at) || at.checked_sub(1).is_some_and(is_capital) {
        return None;
    }
    let mut to = at;
    while to < end.min(at + LONGEST) {
        let particle =
            matches!(page.cut.word(to), "al" | "bin" | "ibn" | "abu" | "abd" | "el" | "umm" | "-");
        if !(is_capital(to) || (particle && to > at)) {
            break;
        }
        to += 1;
    }
    let name = at..to;
    let capitals = name.clone().filter(|t| is_capital(*t)).count();
    (capitals >= 2 && is_capital(to - 1) && is_person(page, &name)).then_some(name)
}

/// Whether nothing in a name says that it is a body, a place, a day or a title.
fn is_person(page: &Page<'_>, name: &Range<usize>) -> bool {
    let other = name.clone().any(|t| {
        page.is_date(t)
            || page.party_covers(t)
            || page.place_covers(t)
            || page.cut.word(t).ends_with('.')
            || page.marks.has(t, |tag| {
                matches!(
                    tag,
                    Tag::SpeakerNoun | Tag::Group(_) | Tag::Head(_) | Tag::Area | Tag::Stop
                ) || matches!(
                    tag,
                    Tag::Victims(..) | Tag::Act(..) | Tag::Say | Tag::Side(_) | Tag::Opens
                )
            })
    });
    !other && crate::accounts::canonical_source(page.cut.slice(name)).is_none()
}

fn act_of(
    page: &Page<'_>,
    name: &Range<usize>,
    sentence: &Sentence,
) -> Option<(Act, Range<usize>, How)> {
    let mut t = behind(page, name.end);
    // "N, 34, and M, 19, died": said of both.
    for _ in 0..3 {
        let next = t + usize::from(matches!(page.cut.word(t), "and" | ","));
        match (next > t).then(|| name_at(page, next, sentence.tokens.end)).flatten() {
            Some(other) => t = behind(page, other.end),
            None => break,
        }
    }
    let mut seen_be = false;
    let from = t;
    while t < sentence.tokens.end && t < from + 9 {
        let word = page.cut.word(t);
        if let Some((act, end)) = act_at(page, t, |f| matches!(f, Form::Past | Form::State)) {
            let died = page.marks.has(t, |tag| matches!(tag, Tag::Act(_, Form::State)));
            let passive = seen_be && !is_active(page, t, end);
            return (passive || died).then_some((act, t..end, How::Behind));
        }
        seen_be |= is_be(word);
        let passes = super::grammar::is_passed_over(word) && !matches!(word, "who" | "that");
        if !passes {
            break;
        }
        t += 1;
    }
    before(page, name)
}

/// The token behind a name and its age, or behind a comma before the verb: "N, 34, was killed".
fn behind(page: &Page<'_>, end: usize) -> usize {
    let aged = page.cut.word(end) == "," && page.cut.shape(end + 1) == Shape::Number;
    if aged && page.cut.word(end + 2) == "," {
        return end + 3;
    }
    end + usize::from(page.cut.word(end) == "," && is_be(page.cut.word(end + 1)))
}

/// "Killed N", "the killing of N".
fn before(page: &Page<'_>, name: &Range<usize>) -> Option<(Act, Range<usize>, How)> {
    let of = name.start.checked_sub(1).filter(|b| page.cut.word(*b) == "of");
    let end = of.unwrap_or(name.start);
    let start = end.checked_sub(1)?;
    let (act, stop) = act_at(page, start, |form| match form {
        Form::Noun => of.is_some(),
        Form::Past | Form::Active => of.is_none(),
        Form::State => false,
    })?;
    let passive = start.checked_sub(1).is_some_and(|b| is_be(page.cut.word(b)));
    (stop == end && !passive).then_some((act, start..end, How::Before))
}
