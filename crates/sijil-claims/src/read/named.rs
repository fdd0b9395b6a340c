//! Victims by name: each counts as one.
//!
//! Careful on purpose: a name has two words or more, is nothing else that the lexicon knows, and is
//! taken where it is the subject of "was killed" or the object of "killed", or where a list of the
//! dead names it.

use std::ops::Range;

use super::Page;
use super::evidence::{act_at, is_active};
use super::grammar::{ends_phrase, is_auxiliary, is_be, is_determiner};
use super::handed::opened_by;
use super::list::{is_list, opener, opens_list};
use super::phrase::Phrase;
use super::quantity::{Amount, AmountKind};
use super::toll::{How, Toll};
use crate::lexicon::{Form, Tag};
use crate::text::{Sentence, Shape};
use crate::{Act, Qualifier, Quantity};

/// Words that a name may have.
const LONGEST: usize = 6;

/// Words that describe a person before the name: "the fisherman".
const MOST_BEFORE: usize = 4;

/// Sentences behind a toll that may name its people.
const REACH: usize = 3;

/// The persons' names of a sentence, in order.
pub(super) fn names(page: &Page<'_>, sentence: &Sentence) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = sentence.tokens.start;
    while at < sentence.tokens.end {
        let name = name_at(page, at, sentence.tokens.end);
        at = name.as_ref().map_or(at + 1, |name| name.end);
        out.extend(name);
    }
    out
}

/// The toll of one that a name stands for, if something says what was done to the person.
pub(super) fn named(
    page: &Page<'_>,
    number: usize,
    sentence: &Sentence,
    name: &Range<usize>,
    out: &[Toll],
    before: &[Toll],
) -> Option<Toll> {
    if let Some((act, trigger, how)) = act_of(page, name, sentence) {
        return Some(toll(name, act, Some(trigger), how, number));
    }
    let act = listed(page, number, sentence, name, out, before)?;
    Some(toll(name, act, None, How::Listed, number))
}

fn toll(
    name: &Range<usize>,
    act: Act,
    trigger: Option<Range<usize>>,
    how: How,
    sentence: usize,
) -> Toll {
    let quantity = Quantity { low: 1, high: Some(1), qualifier: Qualifier::Exact };
    let phrase = Phrase { tokens: name.end..name.end, people: true, ..Phrase::default() };
    let amount = Amount { tokens: name.clone(), quantity, kind: AmountKind::Named };
    Toll { amount, phrase, act, trigger, how, sentence }
}

/// A person's name that begins at `at`: capitals, with small words of names between them.
fn name_at(page: &Page<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    if page.arabic {
        return super::arabic::name_at(page, at, end);
    }
    let is_capital = |t: usize| page.cut.shape(t) == Shape::Capital;
    let is_title = |t: usize| page.marks.has(t, |tag| tag == Tag::Title);
    let article = at.checked_sub(1).is_some_and(|b| page.cut.word(b) == "the");
    if !is_capital(at)
        || article
        || is_title(at)
        || at.checked_sub(1).is_some_and(|b| is_capital(b) && !is_title(b))
    {
        return None;
    }
    let mut to = at;
    while to < end.min(at + LONGEST) {
        let particle = matches!(
            page.cut.word(to),
            "al" | "bin" | "ibn" | "abu" | "abd" | "el" | "umm" | "-" | "de" | "bint"
        );
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

/// What a verb beside the name says was done.
fn act_of(
    page: &Page<'_>,
    name: &Range<usize>,
    sentence: &Sentence,
) -> Option<(Act, Range<usize>, How)> {
    let mut t = behind(page, name.end, sentence.tokens.end);
    // "N, 34, and M, 19, died", "a midwife, N, and a driver, M, were killed": said of both.
    for _ in 0..3 {
        match next_name(page, t, sentence.tokens.end) {
            Some(other) => t = behind(page, other.end, sentence.tokens.end),
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

/// The name that a list goes on with at `at`: "and M", ", and a driver, M".
fn next_name(page: &Page<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let mut next = at;
    while next < at + 2 && matches!(page.cut.word(next), "and" | ",") {
        next += 1;
    }
    if next == at {
        return None;
    }
    let described = is_determiner(page.cut.word(next))
        .then(|| (next..next + MOST_BEFORE).find(|t| page.cut.word(*t) == ","));
    let next = described.flatten().map_or(next, |comma| comma + 1);
    let titled = page.marks.has(next, |tag| tag == Tag::Title);
    name_at(page, next + usize::from(titled), end)
}

/// The token behind a name and what describes it: "N, 34, was", "N, a father of two, was".
fn behind(page: &Page<'_>, end: usize, limit: usize) -> usize {
    if page.cut.word(end) != "," {
        return end;
    }
    let aged = page.cut.shape(end + 1) == Shape::Number && page.cut.word(end + 2) == ",";
    let described = is_determiner(page.cut.word(end + 1));
    let closes = |from: usize| (from..limit.min(from + 8)).find(|t| page.cut.word(*t) == ",");
    match (aged, described) {
        (true, _) => {
            let again = is_determiner(page.cut.word(end + 3)).then(|| closes(end + 3)).flatten();
            again.map_or(end + 3, |comma| comma + 1)
        }
        (false, true) => closes(end + 1).map_or(end, |comma| comma + 1),
        _ => end + usize::from(is_auxiliary(page.cut.word(end + 1))),
    }
}

/// "Killed N", "the killing of N", "the body of the fisherman N".
fn before(page: &Page<'_>, name: &Range<usize>) -> Option<(Act, Range<usize>, How)> {
    let mut end = described(page, name.start);
    let of = end.checked_sub(1).filter(|b| page.cut.word(*b) == "of");
    end = of.unwrap_or(end);
    let start = end.checked_sub(1)?;
    let body = of.is_some() && matches!(page.cut.word(start), "body" | "bodies" | "remains");
    if body {
        return Some((Act::Killed, start..end, How::Before));
    }
    let (act, stop) = act_at(page, start, |form| match form {
        Form::Noun => of.is_some(),
        Form::Past | Form::Active => of.is_none(),
        Form::State => false,
    })?;
    let passive = start.checked_sub(1).is_some_and(|b| is_be(page.cut.word(b)));
    (stop == end && !passive).then_some((act, start..end, How::Before))
}

/// First token of what describes the person named at `name`: "the fisherman", "a commander,".
fn described(page: &Page<'_>, name: usize) -> usize {
    let mut from = name;
    while from > 0 && name - from < MOST_BEFORE {
        let at = from - 1;
        let noun = page.marks.has(at, |tag| {
            matches!(tag, Tag::Victims(..) | Tag::Kin(_) | Tag::Title | Tag::Head(_))
        });
        let word = page.cut.word(at);
        let adjective = from < name && page.cut.shape(at) != Shape::Mark && !ends_phrase(word);
        if !(noun || adjective) || page.marks.has(at, |tag| matches!(tag, Tag::Act(..))) {
            break;
        }
        from = at;
    }
    from
}

/// The act that a list of victims hands down to a name.
fn listed(
    page: &Page<'_>,
    number: usize,
    sentence: &Sentence,
    name: &Range<usize>,
    out: &[Toll],
    before: &[Toll],
) -> Option<Act> {
    let plain = |tokens: Range<usize>| {
        !tokens.clone().any(|t| {
            page.marks.has(t, |tag| {
                matches!(tag, Tag::Say | Tag::Counts | Tag::Attack(_) | Tag::Before | Tag::Pronoun)
            })
        })
    };
    let near = before.last().filter(|t| t.sentence + REACH >= number);
    if let Some(last) = out.last() {
        let from = last.phrase.tokens.end.max(last.amount.tokens.end);
        let between = from..name.start.max(from);
        // "A girl, N, was among …": the one counted is the one named.
        let again = last.amount.kind == AmountKind::Named
            && is_list(page, between.clone())
            && last.how == How::Listed;
        let opened = last.amount.quantity.low > 0
            && opener(page, &between)
            && between.len() <= 8
            && plain(between.clone());
        return (again || opened).then_some(last.act);
    }
    let within = sentence.tokens.start..name.start;
    let opens = within.clone().any(|t| opens_list(page, t)) && within.len() <= 9;
    let says = within.clone().any(|t| page.marks.has(t, |tag| tag == Tag::Names));
    let named = opened_by(page, &within).filter(|_| opens && plain(within.clone()));
    named.or_else(|| near.filter(|_| (opens && plain(within)) || says).map(|t| t.act))
}
