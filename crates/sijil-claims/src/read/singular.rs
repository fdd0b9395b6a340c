//! People counted by a noun rather than a number: "a woman", "his wife", "a family of five".
//!
//! The noun belongs to the expression, so that its text says who is meant.

use super::Page;
use super::grammar::{ends_phrase, is_be, is_determiner};
use super::quantity::{Amount, AmountKind, made, number};
use crate::lexicon::{Count, Form, Tag};
use crate::text::Shape;
use crate::{Qualifier, Victims};

/// Words between an article and its noun.
const MOST_BETWEEN: usize = 6;

/// "A family of five", "her two daughters".
pub(super) fn few(page: &Page<'_>, at: usize) -> Option<Amount> {
    family(page, at)
        .or_else(|| of_somebody(page, at))
        .or_else(|| both(page, at))
        .or_else(|| couple(page, at))
}

/// "Both her sons": two.
fn both(page: &Page<'_>, at: usize) -> Option<Amount> {
    if page.cut.word(at) != "both" || !is_possessive(page.cut.word(at + 1)) {
        return None;
    }
    let end =
        page.marks.find(at + 2, |m| (m.tag == Tag::Kin(Count::Many)).then_some(m.tokens.end))?;
    Some(made(at..end, 2, Some(2), Qualifier::Exact, AmountKind::Family))
}

/// "A newly married couple": two.
fn couple(page: &Page<'_>, at: usize) -> Option<Amount> {
    if !matches!(page.cut.word(at), "a" | "an" | "another" | "the") {
        return None;
    }
    let noun = (at + 1..at + MOST_BETWEEN - 2).find(|t| page.cut.word(*t) == "couple")?;
    let plain =
        (at + 1..noun).all(|t| page.cut.shape(t) != Shape::Mark && !ends_phrase(page.cut.word(t)));
    (plain && page.cut.word(noun + 1) != "of")
        .then(|| made(at..noun + 1, 2, Some(2), Qualifier::Exact, AmountKind::Family))
}

/// "A woman", "another civilian", "his wife": one. A noun that the lexicon does not know counts
/// only where a verb right beside it says what was done: "killing a schoolteacher".
pub(super) fn singular(page: &Page<'_>, at: usize) -> Option<Amount> {
    let word = page.cut.word(at);
    let possessive = is_possessive(word);
    let article = matches!(word, "a" | "an" | "another" | "one");
    // "Not one member", "how many", "whether a man": nobody is said to have been killed.
    let before = at.checked_sub(1).map_or("", |b| page.cut.word(b));
    if matches!(before, "not" | "nor" | "whether" | "without") {
        return None;
    }
    // "Did not kill a single civilian" counts nobody.
    if !(possessive || article || word == "the") || page.cut.word(at + 1) == "single" {
        return None;
    }
    if let Some(end) = relative_of(page, at) {
        return Some(one(at, end));
    }
    if word == "the" {
        return definite(page, at);
    }
    for noun in at + 1..at + MOST_BETWEEN {
        if let Some(end) = known(page, noun) {
            // "A nurse said": who speaks was not hurt.
            // "A guest house" is no guest.
            let speaks =
                page.marks.has(end, |tag| matches!(tag, Tag::Say | Tag::Stop | Tag::SpeakerNoun));
            return (!names_somebody(page, end) && !speaks).then(|| one(at, end));
        }
        let word = page.cut.word(noun);
        let shape = page.cut.shape(noun);
        // "A 60-year-old man".
        let joint = word == "-" && !page.cut.tokens.get(noun).is_some_and(|t| t.spaced);
        if (shape == Shape::Mark && !joint) || ends_phrase(word) || is_determiner(word) {
            return None;
        }
        if shape == Shape::Lower && !possessive && is_last(page, noun) {
            let person = unknown(page, at, noun) && !names_somebody(page, noun + 1);
            return person.then(|| one(at, noun + 1));
        }
    }
    None
}

/// "The driver was shot", "arrested the guard": somebody known, with the verb right beside.
fn definite(page: &Page<'_>, at: usize) -> Option<Amount> {
    let end = (at + 1..at + MOST_BETWEEN - 2)
        .take_while(|t| page.cut.shape(*t) == Shape::Lower && !ends_phrase(page.cut.word(*t)))
        .find_map(|noun| known(page, noun))?;
    let beside = is_killed(page, at) || was_killed(page, end);
    (beside && !names_somebody(page, end)).then(|| one(at, end))
}

/// "The woman's grandson", "a farmer's wife": a relative of somebody who is not counted.
fn relative_of(page: &Page<'_>, at: usize) -> Option<usize> {
    let owner = known(page, at + 1)?;
    let joint = matches!(page.cut.word(owner), "'s" | "\u{2019}s");
    let end = page
        .marks
        .find(owner + 1, |mark| (mark.tag == Tag::Kin(Count::One)).then_some(mark.tokens.end))?;
    (joint && !names_somebody(page, end)).then_some(end)
}

fn one(at: usize, end: usize) -> Amount {
    made(at..end, 1, Some(1), Qualifier::Exact, AmountKind::Singular)
}

fn is_possessive(word: &str) -> bool {
    matches!(word, "his" | "her" | "their" | "my" | "our")
}

/// End of a noun for one person at `noun`.
fn known(page: &Page<'_>, noun: usize) -> Option<usize> {
    page.marks.find(noun, |mark| match mark.tag {
        Tag::Victims(_, Count::One) => Some(mark.tokens.end),
        Tag::Kin(Count::One) => Some(mark.tokens.end),
        _ => None,
    })
}

/// "A girl, Amal Nasser, was killed", "a woman of fifty, Hla Khin, was": the name that follows is what
/// is counted.
fn names_somebody(page: &Page<'_>, end: usize) -> bool {
    let end = behind_age(page, end);
    let comma = page.cut.word(end) == ",";
    let called = matches!(page.cut.word(end), "named" | "called");
    let from = end + usize::from(comma || called);
    let capital = |t: usize| page.cut.shape(t) == Shape::Capital;
    // One name alone must be told apart: "a boy, Emil, aged eleven".
    let alone = comma && page.cut.word(from + 1) == "," || called;
    capital(from) && (capital(from + 1) || alone) && !page.place_covers(from) && !page.is_date(from)
}

/// The token behind "of fifty", where a description goes on with an age.
fn behind_age(page: &Page<'_>, end: usize) -> usize {
    let age = (page.cut.word(end) == "of").then(|| number(page, end + 1)).flatten();
    age.map_or(end, |(behind, _)| behind)
}

/// Whether a noun phrase ends with the word at `noun`.
fn is_last(page: &Page<'_>, noun: usize) -> bool {
    let next = page.cut.tokens.get(noun + 1);
    !next.is_some_and(|t| t.shape == Shape::Lower && !ends_phrase(&t.folded))
}

/// Whether a noun that nobody knows is a person: something was done to it.
fn unknown(page: &Page<'_>, at: usize, noun: usize) -> bool {
    let thing = page.marks.has(noun, |tag| {
        matches!(tag, Tag::Stop | Tag::Scale(_) | Tag::Event(_) | Tag::Violation(_) | Tag::Head(_))
            || matches!(tag, Tag::Toll | Tag::Act(..) | Tag::Vague(_) | Tag::SpeakerNoun)
    });
    // "Lost a limb", "lost a third", "buried a time capsule": not always somebody.
    let lost = at.checked_sub(1).is_some_and(|b| matches!(page.cut.word(b), "lost" | "buried"));
    !thing && !lost && (is_killed(page, at) || was_killed(page, noun + 1))
}

/// Whether a verb of killing stands right before: "killing a schoolteacher".
fn is_killed(page: &Page<'_>, at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|t| {
        let passive = t > 0 && is_be(page.cut.word(t - 1));
        page.marks.at(t).iter().any(|m| {
            let verb = matches!(m.tag, Tag::Act(_, Form::Active | Form::Past));
            let of_things = page.marks.has(m.tokens.start, |tag| tag == Tag::OfThings);
            m.tokens.end == at && verb && !passive && !of_things
        })
    })
}

/// Whether what follows says that something was done: "an archivist had been kidnapped".
fn was_killed(page: &Page<'_>, at: usize) -> bool {
    let at = behind_age(page, at);
    let mut t = at;
    while t < at + 3 && (is_be(page.cut.word(t)) || matches!(page.cut.word(t), "had" | "has")) {
        t += 1;
    }
    t > at && page.marks.has(t, |tag| matches!(tag, Tag::Act(_, Form::Past)))
}

/// "Her two daughters", "his four children".
fn of_somebody(page: &Page<'_>, at: usize) -> Option<Amount> {
    if !is_possessive(page.cut.word(at)) {
        return None;
    }
    let (noun, value) = number(page, at + 1)?;
    let end = page.marks.find(noun, |m| match m.tag {
        Tag::Kin(Count::Many) | Tag::Victims(Some(Victims::Children), Count::Many) => {
            Some(m.tokens.end)
        }
        _ => None,
    })?;
    Some(made(at..end, value, Some(value), Qualifier::Exact, AmountKind::Family))
}

/// "A family of five".
fn family(page: &Page<'_>, at: usize) -> Option<Amount> {
    let article = matches!(page.cut.word(at), "a" | "an" | "one" | "whole" | "entire");
    let from = at + usize::from(article);
    let noun = (from..from + 2).find(|n| page.marks.has(*n, |tag| tag == Tag::Family))?;
    if noun == at || page.cut.word(noun + 1) != "of" {
        return None;
    }
    let (end, value) = number(page, noun + 2)?;
    Some(made(at..end, value, Some(value), Qualifier::Exact, AmountKind::Family))
}
