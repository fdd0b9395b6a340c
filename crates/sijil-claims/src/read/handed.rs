//! The act that an earlier toll hands down to an amount: in a list, to a bare number right behind
//! it, to what became of people taken, to a number that somebody counts.

use std::ops::Range;

use super::Page;
use super::grammar::{is_auxiliary, is_be};
use super::list::{is_list, is_year_like, names_place, opener, opens_list};
use super::phrase::Phrase;
use super::quantity::{Amount, AmountKind};
use super::toll::Toll;
use crate::Act;
use crate::lexicon::{Form, Tag};
use crate::text::{Sentence, Shape};

/// The act that an earlier toll hands down to an amount that stands in a list.
pub(super) fn listed(
    page: &Page<'_>,
    sentence: &Sentence,
    counted: &[(Amount, Phrase)],
    at: usize,
    out: &[Toll],
    before: &[Toll],
) -> Option<Act> {
    let (amount, phrase) = &counted[at];
    let people = phrase.people || phrase.is_empty() || follows_opener(page, sentence, amount);
    let agent = amount.tokens.start.checked_sub(1).is_some_and(|b| page.cut.word(b) == "by")
        && amount.kind == AmountKind::Singular;
    let other = agent
        || speaks(page, sentence, amount, phrase)
        || is_member_who_acts(page, amount, phrase)
        || is_population(page, amount);
    if !people || other || matches!(amount.kind, AmountKind::Vague) && !phrase.people {
        return None;
    }
    if let Some(act) = custody(page, sentence, amount, phrase, out, before) {
        return Some(act);
    }
    if let Some(act) = bare(page, sentence, amount, phrase, out, before) {
        return Some(act);
    }
    if let Some(act) = opened_act(page, sentence, amount, phrase) {
        return Some(act);
    }
    if phrase.points_back {
        return out.last().or(before.last()).map(|t| t.act);
    }
    if out.is_empty() && is_object_of_count(page, amount, phrase) {
        let near = before.last().filter(|t| t.sentence + 3 > page.sentence_of(amount.tokens.start));
        return near.map(|t| t.act);
    }
    match out.last() {
        Some(last) => {
            let between = last.phrase.tokens.end.max(last.amount.tokens.end)..amount.tokens.start;
            // Behind its own verb a toll is over: the list must say that it goes on.
            let past_verb =
                last.trigger.as_ref().map_or(between.start, |t| t.end.max(between.start));
            let rest = past_verb.min(between.end)..between.end;
            // A list that the first toll opened goes on, whatever stands between its members.
            let since = out.first().map_or(between.start, |t| t.amount.tokens.end);
            let open =
                opener(page, &between) || (phrase.people && opener(page, &(since..between.end)));
            let fits =
                open || is_list(page, rest) || (names_place(page, amount) && phrase.is_empty());
            let plain = amount.kind != AmountKind::Singular
                || follows_opener(page, sentence, amount)
                || is_list(page, past_verb.min(between.end)..between.end);
            let fits = fits
                || describes(page, phrase)
                || and_in_place(page, amount, phrase, &between)
                || follows(page, amount, &["as", "well", "as"])
                || follows(page, amount, &["in", "addition", "to"]);
            (fits && plain && !(phrase.is_empty() && is_year_like(page, amount)))
                .then_some(last.act)
        }
        None => {
            let within = sentence.tokens.start..amount.tokens.start;
            // "There were 90 women among the dead" opens behind its number.
            let behind = opens_list(page, phrase.tokens.end);
            let of = page.cut.word(sentence.tokens.start) == "of";
            let opens = behind || of || within.clone().any(|t| opens_list(page, t));
            let near = |t: &&Toll| t.sentence + 2 >= page.sentence_of(amount.tokens.start);
            let described = before.last().filter(near).filter(|_| describes(page, phrase));
            before.last().filter(|_| opens).or(described).map(|t| t.act)
        }
    }
}

/// "Eight were children.": the phrase says what people counted before were.
fn describes(page: &Page<'_>, phrase: &Phrase) -> bool {
    let first = phrase.tokens.start;
    !phrase.tokens.is_empty() && is_be(page.cut.word(first)) && phrase.people
}

/// Whether these words stand right before an amount.
fn follows(page: &Page<'_>, amount: &Amount, words: &[&str]) -> bool {
    let start = amount.tokens.start.checked_sub(words.len());
    start.is_some_and(|s| words.iter().enumerate().all(|(n, w)| page.cut.word(s + n) == *w))
}

/// "Three residents and a priest said": who speaks, or who does something else, is no victim.
fn speaks(page: &Page<'_>, sentence: &Sentence, amount: &Amount, phrase: &Phrase) -> bool {
    let say = |t: usize| page.marks.has(t, |tag| tag == Tag::Say);
    let end = (phrase.tokens.end + 5).min(sentence.tokens.end);
    let verb = (phrase.tokens.end..end).find(|t| say(*t));
    let behind = verb.is_some_and(|v| {
        (phrase.tokens.end..v).all(|t| {
            matches!(page.cut.word(t), "and" | "a" | "an" | "the" | "also" | "have" | "has")
                || page.marks.has(t, |tag| matches!(tag, Tag::SpeakerNoun | Tag::Victims(..)))
        })
    });
    let before = amount.tokens.start.checked_sub(1).is_some_and(say);
    let one = amount.quantity.low == 1 || phrase.points_back;
    phrase.people && (behind || (before && one))
}

/// "One of them stepped on a mine": a member of a group whom nothing was done to.
fn is_member_who_acts(page: &Page<'_>, amount: &Amount, phrase: &Phrase) -> bool {
    let next = phrase.tokens.end;
    let word = page.cut.word(next);
    let open = page.cut.shape(next) == Shape::Mark
        || is_auxiliary(word)
        || word.ends_with("ly")
        || matches!(word, "in" | "at" | "from" | "near" | "and" | "a" | "an" | "the")
        || page
            .marks
            .has(next, |tag| matches!(tag, Tag::Act(..) | Tag::Victims(..) | Tag::Custody));
    phrase.points_back && amount.quantity.low == 1 && !open
}

/// "52 of its 330 inhabitants": how many live there.
fn is_population(page: &Page<'_>, amount: &Amount) -> bool {
    let before = amount.tokens.start.checked_sub(1).map_or("", |b| page.cut.word(b));
    matches!(before, "its" | "their" | "'s" | "\u{2019}s") && amount.kind == AmountKind::Number
}

/// "… in Toretsk and one in Avdiivka": a number between "and" and its place.
fn and_in_place(page: &Page<'_>, amount: &Amount, phrase: &Phrase, between: &Range<usize>) -> bool {
    let joined = between
        .end
        .checked_sub(1)
        .is_some_and(|b| b >= between.start && matches!(page.cut.word(b), "and" | "," | ";"));
    let placed = matches!(page.cut.word(amount.tokens.end), "in" | "at" | "near" | "from")
        && (amount.tokens.end + 1..amount.tokens.end + 4).any(|t| page.place_covers(t));
    joined && placed && phrase.is_empty()
}

/// "Those killed were", "among the wounded": the act that the words which open a list name.
fn opened_act(
    page: &Page<'_>,
    sentence: &Sentence,
    amount: &Amount,
    phrase: &Phrase,
) -> Option<Act> {
    let start = sentence.tokens.start..amount.tokens.start;
    let behind = phrase.tokens.end..(phrase.tokens.end + 2).min(sentence.tokens.end);
    let near = page.marks.within(&behind).iter().rev();
    let far = page
        .marks
        .within(&start)
        .iter()
        .rev()
        .filter(|m| m.tokens.start <= sentence.tokens.start + 1);
    near.chain(far).filter(|m| m.tag == Tag::Opens).find_map(|m| {
        m.tokens.clone().find_map(|t| match page.cut.word(t) {
            "victim" => Some(Act::Killed),
            "casualties" => None,
            _ => page.marks.find(t, |m| match m.tag {
                Tag::Act(act, form) if form != Form::Active => Some(act),
                _ => None,
            }),
        })
    })
}

/// Whether words that open a list stand right before an amount.
fn follows_opener(page: &Page<'_>, sentence: &Sentence, amount: &Amount) -> bool {
    let from = amount.tokens.start.saturating_sub(LONGEST_OPENER).max(sentence.tokens.start);
    (from..amount.tokens.start).any(|t| {
        opens_list(page, t)
            && page.marks.at(t).iter().any(|m| {
                m.tag == Tag::Opens
                    && m.tokens.end <= amount.tokens.start
                    && (m.tokens.end..amount.tokens.start).all(|t| {
                        matches!(
                            page.cut.word(t),
                            "at" | "least" | "also" | "were" | "was" | "are" | "is" | "some"
                        )
                    })
            })
    })
}

/// Words of an opener and what may stand between it and its number.
const LONGEST_OPENER: usize = 7;

/// Sentences behind a toll in which a bare number may count the same people.
const BARE_REACH: usize = 3;

/// "Thirty-eight, and I fear we are not finished", "the corrected figure is 39", "fourteen were
/// inside one truck": a number without a noun, right behind a toll, counts what that counts.
fn bare(
    page: &Page<'_>,
    sentence: &Sentence,
    amount: &Amount,
    phrase: &Phrase,
    out: &[Toll],
    before: &[Toll],
) -> Option<Act> {
    let (start, end) = (amount.tokens.start, amount.tokens.end);
    let number = amount.kind == AmountKind::Number && amount.quantity.low > 1;
    if page.arabic || !number || !phrase.tokens.is_empty() || is_year_like(page, amount) {
        return None;
    }
    let opens = start == sentence.tokens.start;
    let word = |t: usize| page.cut.word(t);
    let ahead = if opens { "" } else { word(start - 1) };
    let figure = (start.saturating_sub(5).max(sentence.tokens.start)..start)
        .any(|t| page.marks.has(t, |tag| matches!(tag, Tag::Toll | Tag::Counts)));
    let stands = match ahead {
        "" | "\"" | "\u{201C}" => true,
        "," | ";" | ":" => true,
        "is" | "was" | "to" | "at" | "of" | "now" => figure,
        _ => {
            start > sentence.tokens.start
                && page.marks.has(start - 1, |tag| matches!(tag, Tag::Say | Tag::Counts))
        }
    };
    let next = word(end);
    let alone = page.cut.shape(end) == Shape::Mark && !matches!(next, "-" | "/" | "%" | "(" | "'s");
    let verb = is_be(next) || matches!(next, "had" | "have" | "still" | "more" | "for" | "in");
    let unit = matches!(next, "in" | "for") && ahead.is_empty();
    // A list's own numbers stand alone at the head of a line: "1. The first".
    let numbering = opens && page.cut.shape(start) == Shape::Number && alone;
    if !stands || !(alone || verb) || unit || numbering {
        return None;
    }
    let at = page.sentence_of(start);
    let near = out.last().or(before.last()).filter(|t| t.sentence + BARE_REACH > at)?;
    Some(near.act)
}

/// Sentences behind a seizure that may say what became of the people.
const CUSTODY_REACH: usize = 3;

/// "Three were released": the act is what had been done to them.
fn custody(
    page: &Page<'_>,
    sentence: &Sentence,
    amount: &Amount,
    phrase: &Phrase,
    out: &[Toll],
    before: &[Toll],
) -> Option<Act> {
    let behind = phrase.tokens.end..(phrase.tokens.end + 6).min(sentence.tokens.end);
    let ahead =
        amount.tokens.start.saturating_sub(2).max(sentence.tokens.start)..amount.tokens.start;
    let said =
        |tokens: &Range<usize>| page.marks.within(tokens).iter().any(|m| m.tag == Tag::Custody);
    if !(said(&behind) || said(&ahead)) {
        return None;
    }
    let number = page.sentence_of(amount.tokens.start);
    let mut near =
        out.iter().chain(before).rev().take_while(|t| t.sentence + CUSTODY_REACH >= number);
    near.find(|t| matches!(t.act, Act::Detained | Act::Abducted)).map(|t| t.act)
}

/// "The office counted 15.", "officials spoke of 40 in all": a bare number that somebody counts is
/// of what was counted before.
fn is_object_of_count(page: &Page<'_>, amount: &Amount, phrase: &Phrase) -> bool {
    let verb = (amount.tokens.start.saturating_sub(4)..amount.tokens.start).any(|t| {
        page.marks.at(t).iter().any(|m| {
            matches!(m.tag, Tag::Say | Tag::Counts)
                && (m.tokens.end == amount.tokens.start
                    || (m.tokens.end..amount.tokens.start).all(|t| {
                        matches!(
                            page.cut.word(t),
                            "only"
                                | "\""
                                | "\u{201C}"
                                | "figure"
                                | "a"
                                | "of"
                                | "the"
                                | "at"
                                | "toll"
                                | "lower"
                                | "higher"
                                | "that"
                        )
                    }))
        })
    });
    let ends = page.cut.shape(phrase.tokens.end) == Shape::Mark
        || page.cut.word(phrase.tokens.end) == "in";
    let names = (phrase.tokens.start..phrase.tokens.end)
        .any(|t| matches!(page.cut.word(t), "names" | "of" | "victims"));
    verb && (ends && phrase.is_empty() || names && phrase.people)
        && matches!(amount.kind, AmountKind::Number | AmountKind::Vague)
}
