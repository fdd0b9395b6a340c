//! Tolls: amounts of people that something was done to. An amount without an act is none.
//!
//! An act is found, in this order: in the noun counted ("12 deaths"), behind it ("12 people were
//! killed"), before it ("killed 12", "the killing of 12"), at the head of a toll ("the toll rose to
//! 12"), or by a list that an earlier toll of the sentence opens ("including 12 in the north").

use std::ops::Range;

use super::Page;
use super::evidence::{Evidence, evidence, is_enough, is_threat};
use super::handed::listed;
use super::list::is_year_like;
use super::named::{named, names};
use super::phrase::Phrase;
use super::quantity::{Amount, AmountKind, amounts};
use crate::lexicon::Tag;
use crate::text::Sentence;
use crate::{Act, Victims};

/// An amount of people with what was done to them.
#[derive(Clone, Debug)]
pub(super) struct Toll {
    /// How many.
    pub(super) amount: Amount,
    /// Of whom.
    pub(super) phrase: Phrase,
    /// What was done.
    pub(super) act: Act,
    /// The words for the act; `None` where a list hands it down.
    pub(super) trigger: Option<Range<usize>>,
    /// How the act was found.
    pub(super) how: How,
    /// Number of its sentence.
    pub(super) sentence: usize,
}

/// How the act of a toll was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// The noun counted is the act.
    Noun,
    /// The act stands behind.
    Behind,
    /// The act stands before.
    Before,
    /// A word for a toll leads to it.
    Lead,
    /// An earlier toll hands it down.
    Listed,
}

impl How {
    /// The rule's name.
    pub(super) fn rule(self) -> &'static str {
        match self {
            Self::Noun => "toll/noun",
            Self::Behind => "toll/act behind",
            Self::Before => "toll/act before",
            Self::Lead => "toll/led to",
            Self::Listed => "toll/listed",
        }
    }
}

/// The tolls of one sentence; `before` are those of the text before it.
pub(super) fn tolls(
    page: &Page<'_>,
    number: usize,
    sentence: &Sentence,
    before: &[Toll],
) -> Vec<Toll> {
    let mut counted: Vec<(Amount, Phrase)> = Vec::new();
    for amount in amounts(page, &sentence.tokens) {
        // "Two of the nine": the nine are no amount of their own.
        let within = counted.last().is_some_and(|(_, p)| p.tokens.end > amount.tokens.start);
        let phrase = Phrase::behind(page, &amount, sentence.tokens.end);
        // "Many of them had been killed days before" counts nobody anew.
        let anew = !(phrase.points_back && amount.kind == AmountKind::Vague);
        if anew && !within {
            counted.push((amount, phrase));
        }
    }
    let mut out: Vec<Toll> = Vec::new();
    let mut names = names(page, sentence).into_iter().peekable();
    for at in 0..counted.len() {
        while let Some(name) = names.next_if(|n| n.start < counted[at].0.tokens.start) {
            take_name(page, number, sentence, &name, &mut out, before);
        }
        out.extend(counted_toll(page, number, sentence, &counted, at, &out, before));
    }
    for name in names {
        take_name(page, number, sentence, &name, &mut out, before);
    }
    if out.is_empty() { summed(page, number, &counted, before) } else { out }
}

/// Adds the toll of a named victim, where none stands yet.
fn take_name(
    page: &Page<'_>,
    number: usize,
    sentence: &Sentence,
    name: &Range<usize>,
    out: &mut Vec<Toll>,
    before: &[Toll],
) {
    if out.last().is_none_or(|last| last.amount.tokens.end <= name.start) {
        let toll = named(page, number, sentence, name, out, before);
        out.extend(toll);
    }
}

/// The toll that an amount is, if something was done to those it counts.
fn counted_toll(
    page: &Page<'_>,
    number: usize,
    sentence: &Sentence,
    counted: &[(Amount, Phrase)],
    at: usize,
    out: &[Toll],
    before: &[Toll],
) -> Option<Toll> {
    let (amount, phrase) = &counted[at];
    let within_name = out.last().is_some_and(|last| last.amount.tokens.end > amount.tokens.start);
    if phrase.stop || within_name || repeats(page, amount, out) {
        return None;
    }
    let own = evidence(page, sentence, counted, at, out, before)
        .filter(|e| is_enough(amount, phrase, e) && !is_threat(page, sentence, e))
        .filter(|e| !is_escape(phrase, e.act) && !is_owned(page, amount, e))
        .filter(|e| !is_of_things(page, phrase, e) && !has_returned(page, sentence, phrase, e));
    if is_no_count(page, sentence, amount, phrase) {
        return None;
    }
    // "The dead of one prison wing".
    if amount.quantity.low == 1
        && amount.kind == AmountKind::Number
        && phrase.unknown
        && !(phrase.people || phrase.points_back)
    {
        return None;
    }
    let own = own.map(|e| e.of_suspects(phrase));
    if phrase.suspects && own.as_ref().is_none_or(|e| e.act != Act::Detained) {
        return None;
    }
    let (act, trigger, how) = match own {
        Some(e) => (e.act, Some(e.trigger), e.how),
        None => (listed(page, sentence, counted, at, out, before)?, None, How::Listed),
    };
    let mut phrase = phrase.clone();
    if how == How::Lead
        && let Some(trigger) = trigger.as_ref().filter(|t| t.start >= sentence.tokens.start)
    {
        lend(page, trigger.start..amount.tokens.start, &mut phrase);
    }
    Some(Toll { amount: amount.clone(), phrase, act, trigger, how, sentence: number })
}

/// "Of the 744, …", "nine in ten", "all but two", "a reserve of 1,200 people", "the 2016 accord":
/// numbers that say nothing new of what was done.
fn is_no_count(page: &Page<'_>, sentence: &Sentence, amount: &Amount, phrase: &Phrase) -> bool {
    let (start, end) = (amount.tokens.start, amount.tokens.end);
    let word = |back: usize| start.checked_sub(back).map_or("", |t| page.cut.word(t));
    // "Of the 744, …" counts them again; "of the 18 killed" says what was done to them.
    let told = (end..end + 2).any(|t| page.marks.has(t, |tag| matches!(tag, Tag::Act(..))));
    let again = word(1) == "the" && word(2) == "of" && start == sentence.tokens.start + 2 && !told;
    // "Nine in ten of them": the second number of a share.
    let out_of = word(1) == "in"
        && start >= 2
        && page.number_at(start - 2).is_some_and(|(end, _)| end == start - 1)
        && page.cut.shape(start) == page.cut.shape(start - 2);
    let share = out_of
        || page.cut.word(end) == "in"
            && page.amount_starts(end + 1, sentence.tokens.end)
            && !page.is_date(end + 1)
            && page.cut.shape(end + 1) == page.cut.shape(start);
    let crowd = word(1) == "of" && start >= 2 && page.marks.has(start - 2, |tag| tag == Tag::Crowd);
    let year = is_year_like(page, amount)
        && !phrase.people
        && phrase.act.is_none()
        && !phrase.tokens.is_empty();
    let all_but = word(1) == "but" && matches!(word(2), "all" | "none" | "everyone" | "everybody");
    again || share || crowd || year || all_but
}

/// "4,000 inmates fled", "the gunmen fled": nobody was displaced.
fn is_escape(phrase: &Phrase, act: Act) -> bool {
    let held = phrase.act.is_some_and(|(act, _)| act == Act::Detained);
    act == Act::Displaced
        && (held || phrase.victims.contains(&Victims::Fighters) && phrase.victims.len() == 1)
}

/// "Two million displaced people have gone home": they are displaced no more.
fn has_returned(
    page: &Page<'_>,
    sentence: &Sentence,
    phrase: &Phrase,
    evidence: &Evidence,
) -> bool {
    let end = phrase.tokens.end;
    let behind = end..(end + 5).min(sentence.tokens.end);
    evidence.act == Act::Displaced
        && behind.clone().any(|t| {
            matches!(page.cut.word(t), "returned" | "return")
                || matches!(page.cut.word(t), "home" | "back")
                    && matches!(page.cut.word(t - 1), "gone" | "come" | "went" | "came" | "go")
        })
}

/// "68 shrines blown up", "forty Kalashnikovs seized": what may be done to things was done to some.
fn is_of_things(page: &Page<'_>, phrase: &Phrase, evidence: &Evidence) -> bool {
    let things = page.marks.has(evidence.trigger.start, |tag| tag == Tag::OfThings);
    things && phrase.unknown && !phrase.people && phrase.act.is_none()
}

/// "The village has 330 inhabitants, so that every sixth is dead": how many there are.
fn is_owned(page: &Page<'_>, amount: &Amount, evidence: &Evidence) -> bool {
    let before = amount.tokens.start.checked_sub(1).map_or("", |b| page.cut.word(b));
    evidence.how == How::Behind
        && evidence.gap > 3
        && matches!(before, "has" | "have" | "had" | "houses" | "housed" | "employs" | "hosts")
}

/// "One of the wounded, a boy of six, lost a leg", "one of them a child": the one counted before,
/// described.
fn repeats(page: &Page<'_>, amount: &Amount, out: &[Toll]) -> bool {
    let Some(last) = out.last() else { return false };
    let end = last.phrase.tokens.end.max(last.amount.tokens.end);
    let one = last.amount.quantity.low == 1 && last.amount.quantity.high == Some(1);
    let apposed = page.cut.word(end) == "," && end + 1 == amount.tokens.start
        || last.phrase.points_back && end == amount.tokens.start;
    one && apposed
        && amount.kind == AmountKind::Singular
        && matches!(page.cut.word(amount.tokens.start), "a" | "an")
}

/// A sentence without an act whose numbers add up exactly to a toll of its paragraph: "In the
/// north, 38 were from one village and three from another."
fn summed(
    page: &Page<'_>,
    number: usize,
    counted: &[(Amount, Phrase)],
    before: &[Toll],
) -> Vec<Toll> {
    let plain = |(amount, phrase): &(Amount, Phrase)| {
        amount.kind == AmountKind::Number && !phrase.stop && (phrase.people || phrase.is_empty())
    };
    let sum: u64 = counted.iter().fold(0, |sum, (a, _)| a.quantity.low.saturating_add(sum));
    if counted.len() < 2 || !counted.iter().all(plain) {
        return Vec::new();
    }
    let paragraph = |n: usize| page.cut.sentences[n].paragraph;
    let near = before.iter().rev().take_while(|t| paragraph(t.sentence) == paragraph(number));
    let Some(total) = near.into_iter().find(|t| t.amount.quantity.low == sum) else {
        return Vec::new();
    };
    let one = |(amount, phrase): &(Amount, Phrase)| Toll {
        amount: amount.clone(),
        phrase: phrase.clone(),
        act: total.act,
        trigger: None,
        how: How::Listed,
        sentence: number,
    };
    counted.iter().map(one).collect()
}

/// A number that a toll's noun leads to counts whom the noun names.
fn lend(page: &Page<'_>, tokens: Range<usize>, phrase: &mut Phrase) {
    for mark in page.marks.within(&tokens) {
        match mark.tag {
            Tag::Victims(kind, _) => {
                phrase.victims.extend(kind);
                phrase.people = true;
            }
            Tag::Group(group) => phrase.group = phrase.group.or(Some(group)),
            _ => {}
        }
    }
}
