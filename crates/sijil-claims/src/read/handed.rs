//! The act that an earlier toll hands down to an amount: in a list, to a bare number right behind
//! it, to what became of people taken, to a number that somebody counts.

use std::ops::Range;

use super::Page;
use super::grammar::{is_auxiliary, is_be, is_preposition};
use super::headless::headless;
use super::list::{is_list, is_year_like, names_place, opener, opens_list};
use super::phrase::Phrase;
use super::quantity::{Amount, AmountKind};
use super::toll::Toll;
use crate::Act;
use crate::lexicon::{Form, Mark, Tag};
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
        || has_other_antecedent(page, amount, phrase)
        || is_population(page, amount);
    if !people || other || matches!(amount.kind, AmountKind::Vague) && !phrase.people {
        return None;
    }
    if let Some(act) = custody(page, sentence, amount, phrase, out, before) {
        return Some(act);
    }
    if let Some(act) = headless(page, sentence, amount, phrase, out, before) {
        return Some(act);
    }
    if let Some(act) = opened_act(page, sentence, amount, phrase) {
        return Some(act);
    }
    if phrase.points_back {
        return out.last().or(before.last()).map(|t| t.act);
    }
    if is_object_of_count(page, amount, phrase) || counts_names(page, amount, phrase) {
        let at = page.sentence_of(amount.tokens.start);
        let near = before.last().filter(|t| t.sentence + COUNT_REACH > at);
        return out.last().or(near).map(|t| t.act);
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
                || follows(page, amount, &["in", "addition"])
                || and_in_place(page, amount, phrase, &between)
                || follows(page, amount, &["as", "well", "as"])
                || follows(page, amount, &["in", "addition", "to"]);
            (fits && plain && !(phrase.is_empty() && is_year_like(page, amount)))
                .then_some(last.act)
        }
        None if is_fragment(page, sentence, amount, phrase) => {
            let here = page.sentence_of(amount.tokens.start);
            let paragraph = |n: usize| page.cut.sentences[n].paragraph;
            let near = |t: &&Toll| paragraph(t.sentence) == paragraph(here);
            before.last().filter(near).map(|t| t.act)
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

/// Words of a sentence without a verb.
const LONGEST_FRAGMENT: usize = 16;

/// "Dead: 47, as follows. 8 other members of the police. 10 civilians.": a sentence that is nothing
/// but a number of people.
fn is_fragment(page: &Page<'_>, sentence: &Sentence, amount: &Amount, phrase: &Phrase) -> bool {
    let verb = |t: usize| {
        is_auxiliary(page.cut.word(t))
            || page.cut.word(t).ends_with("ed")
            || page.marks.has(t, |tag| matches!(tag, Tag::Say | Tag::Act(..) | Tag::Attack(_)))
    };
    amount.tokens.start == sentence.tokens.start
        && phrase.people
        && sentence.tokens.len() <= LONGEST_FRAGMENT
        && !(phrase.tokens.start..sentence.tokens.end).any(verb)
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
    // "A civil society leader in the territory reported": no act stands between.
    let far = (phrase.tokens.end + FARTHEST_SAY).min(sentence.tokens.end);
    let said = (phrase.tokens.end..far)
        .take_while(|t| page.cut.shape(*t) != Shape::Mark)
        .find(|t| page.marks.has(*t, |tag| matches!(tag, Tag::Say | Tag::Act(..))));
    if amount.kind == AmountKind::Singular && said.is_some_and(say) {
        return true;
    }
    let before = amount.tokens.start.checked_sub(1).is_some_and(say);
    let one = amount.quantity.low == 1 || phrase.points_back;
    phrase.people && (behind || (before && one))
}

/// Words between somebody and the verb that says that he speaks.
const FARTHEST_SAY: usize = 9;

/// "The shells, six or seven of them": the words right before say of what, and it is nobody.
fn has_other_antecedent(page: &Page<'_>, amount: &Amount, phrase: &Phrase) -> bool {
    let comma = amount.tokens.start.checked_sub(1).filter(|c| page.cut.word(*c) == ",");
    let noun = comma.and_then(|c| c.checked_sub(1));
    phrase.points_back
        && noun.is_some_and(|n| {
            page.marks.has(n, |tag| tag == Tag::Stop)
                && !page.marks.has(n, |tag| matches!(tag, Tag::Victims(..)))
        })
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

/// "… in Toretsk and one in Avdiivka", "and two in the capital", "383 by the loyalists and 259 by
/// others": a number between "and" and where or by whom.
fn and_in_place(page: &Page<'_>, amount: &Amount, phrase: &Phrase, between: &Range<usize>) -> bool {
    let joined = between
        .end
        .checked_sub(1)
        .is_some_and(|b| b >= between.start && matches!(page.cut.word(b), "and" | "," | ";"));
    let next = page.cut.word(amount.tokens.end);
    let placed =
        is_preposition(next) && !matches!(next, "of" | "to" | "per" | "than" | "as" | "for");
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
    near.chain(far).find_map(|m| act_of_opener(page, m))
}

/// The act that words which open a list name: "the youngest of the dead".
pub(super) fn opened_by(page: &Page<'_>, tokens: &Range<usize>) -> Option<Act> {
    page.marks.within(tokens).iter().rev().find_map(|m| act_of_opener(page, m))
}

fn act_of_opener(page: &Page<'_>, mark: &Mark) -> Option<Act> {
    if mark.tag != Tag::Opens {
        return None;
    }
    mark.tokens.clone().find_map(|t| match page.cut.word(t) {
        "victim" => Some(Act::Killed),
        "casualties" => None,
        _ => page.marks.find(t, |m| match m.tag {
            Tag::Act(act, form) if form != Form::Active => Some(act),
            _ => None,
        }),
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

/// "The mukhtar has a notebook with 253 names": names of the dead, where the dead are spoken of.
fn counts_names(page: &Page<'_>, amount: &Amount, phrase: &Phrase) -> bool {
    amount.quantity.low > 1
        && phrase.tokens.len() == 1
        && matches!(page.cut.word(phrase.tokens.start), "names" | "entries")
}

/// Sentences behind a toll in which a number that somebody gives may be of the same people.
const COUNT_REACH: usize = 6;

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

/// "The office counted 15.", "officials spoke of 40 in all", "a source mentioned 'about fifty'": a
/// number that somebody gives is of what was counted before.
fn is_object_of_count(page: &Page<'_>, amount: &Amount, phrase: &Phrase) -> bool {
    let start = amount.tokens.start;
    let filler = |t: usize| {
        matches!(
            page.cut.word(t),
            "only" | "\"" | "\u{201C}" | "figure" | "a" | "of" | "the" | "at" | "toll" | "lower"
        ) || matches!(
            page.cut.word(t),
            "higher" | "that" | "instead" | "," | "first" | "now" | "to"
        )
    };
    let governed = |wanted: fn(Tag) -> bool| {
        (start.saturating_sub(5)..start).any(|t| {
            page.marks.at(t).iter().any(|m| {
                wanted(m.tag) && m.tokens.end <= start && (m.tokens.end..start).all(filler)
            })
        })
    };
    let verb = governed(|tag| matches!(tag, Tag::Say | Tag::Counts | Tag::Gives));
    let next = page.cut.word(phrase.tokens.end);
    let ends = page.cut.shape(phrase.tokens.end) == Shape::Mark
        || matches!(next, "in" | "for" | "since" | "at" | "on" | "and" | "from");
    let names = (phrase.tokens.start..phrase.tokens.end)
        .any(|t| matches!(page.cut.word(t), "names" | "of" | "victims"));
    let people = phrase.people && ends && governed(|tag| tag == Tag::Gives);
    let names = names && amount.quantity.low > 1;
    amount.quantity.low > 1
        && verb
        && (ends && phrase.is_empty() || names && phrase.people || people)
        && matches!(amount.kind, AmountKind::Number | AmountKind::Vague)
}
