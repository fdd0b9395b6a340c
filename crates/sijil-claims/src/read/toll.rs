//! Tolls: amounts of people that something was done to. An amount without an act is none.
//!
//! An act is found, in this order: in the noun counted ("12 deaths"), behind it ("12 people were
//! killed"), before it ("killed 12", "the killing of 12"), at the head of a toll ("the toll rose to
//! 12"), or by a list that an earlier toll of the sentence opens ("including 12 in the north").

use std::ops::Range;

use super::Page;
use super::grammar::{is_auxiliary, is_be, is_determiner, is_passed_over};
use super::phrase::Phrase;
use super::quantity::{Amount, AmountKind, amounts};
use crate::Act;
use crate::lexicon::{Blame, Form, Tag};
use crate::text::{Sentence, Shape};

/// Words between a noun and what was done to it.
const FARTHEST_BEHIND: usize = 16;

/// Words between a toll's noun and its number.
const FARTHEST_LEAD: usize = 24;

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

struct Evidence {
    act: Act,
    trigger: Range<usize>,
    how: How,
    /// Tokens between the words and the act.
    gap: usize,
}

/// The tolls of one sentence; `before` are those of the text before it.
pub(super) fn tolls(
    page: &Page<'_>,
    number: usize,
    sentence: &Sentence,
    before: &[Toll],
) -> Vec<Toll> {
    let counted: Vec<(Amount, Phrase)> = amounts(page, &sentence.tokens)
        .into_iter()
        .map(|amount| {
            let phrase = Phrase::behind(page, &amount, sentence.tokens.end);
            (amount, phrase)
        })
        // "Many of them had been killed days before" counts nobody anew.
        .filter(|(amount, phrase)| !(phrase.points_back && amount.kind == AmountKind::Vague))
        .collect();
    let mut out: Vec<Toll> = Vec::new();
    for at in 0..counted.len() {
        let (amount, phrase) = &counted[at];
        if phrase.stop {
            continue;
        }
        let own = evidence(page, sentence, &counted, at).filter(|e| is_enough(amount, phrase, e));
        if phrase.suspects && own.as_ref().is_none_or(|e| e.act != Act::Detained) {
            continue;
        }
        let (act, trigger, how) = match own {
            Some(e) => (e.act, Some(e.trigger), e.how),
            None => match listed(page, sentence, &counted, at, &out, before) {
                Some(act) => (act, None, How::Listed),
                None => continue,
            },
        };
        let mut phrase = phrase.clone();
        if how == How::Lead
            && let Some(trigger) = &trigger
        {
            lend(page, trigger.start..amount.tokens.start, &mut phrase);
        }
        out.push(Toll { amount: amount.clone(), phrase, act, trigger, how, sentence: number });
    }
    if out.is_empty() { summed(page, number, &counted, before) } else { out }
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

/// Vague words and singulars, and nouns that nobody knows, need a closer act than numbers do.
fn is_enough(amount: &Amount, phrase: &Phrase, evidence: &Evidence) -> bool {
    let near = evidence.gap <= 4;
    match amount.kind {
        AmountKind::Singular | AmountKind::Named => evidence.gap <= 7,
        AmountKind::Vague => phrase.people || phrase.act.is_some() || evidence.gap == 0,
        AmountKind::Number | AmountKind::Family => {
            let known = phrase.people || phrase.act.is_some() || phrase.is_empty();
            known || near || evidence.how == How::Lead
        }
    }
}

fn evidence(
    page: &Page<'_>,
    sentence: &Sentence,
    counted: &[(Amount, Phrase)],
    at: usize,
) -> Option<Evidence> {
    let (amount, phrase) = &counted[at];
    let noun = phrase.act.map(|(act, token)| Evidence {
        act,
        trigger: token..token + 1,
        how: How::Noun,
        gap: 0,
    });
    let behind = behind(page, sentence, counted, at);
    let before = before_it(page, sentence, amount);
    // "12 bodies were found", "12 victims were killed": the verb says more than the noun.
    let nearest = match (behind, before) {
        (Some(b), Some(a)) if a.gap < b.gap || (a.gap == 0 && b.gap > 0) => Some(a),
        (Some(b), _) => Some(b),
        (None, a) => a,
    };
    match (noun, nearest) {
        // "Executed 12 detainees": people held are people, and the verb says what was done.
        (Some(noun), Some(verb)) if verb.act != noun.act => {
            let people = page.marks.has(noun.trigger.start, |tag| matches!(tag, Tag::Victims(..)));
            Some(if people { verb } else { noun })
        }
        (Some(_), Some(verb)) => Some(verb),
        (noun, verb) => noun.or(verb),
    }
    .or_else(|| led_to(page, sentence, amount))
}

/// The act behind the noun: "12 people were killed", "12 dead".
fn behind(
    page: &Page<'_>,
    sentence: &Sentence,
    counted: &[(Amount, Phrase)],
    at: usize,
) -> Option<Evidence> {
    let from = counted[at].1.tokens.end;
    let mut chain = at;
    let mut t = from;
    let mut aside = false;
    while t < sentence.tokens.end && t < from + FARTHEST_BEHIND + if aside { 14 } else { 0 } {
        let word = page.cut.word(t);
        if let Some(next) = counted.get(chain + 1).filter(|(a, _)| a.tokens.start == t) {
            // Another number: the act may be said of both, if they are one list.
            if !is_list(page, counted[chain].1.tokens.end..t) {
                return None;
            }
            (chain, t) = (chain + 1, next.1.tokens.end.max(t + 1));
            continue;
        }
        if let Some((act, end)) = act_at(page, t, |form| matches!(form, Form::Past | Form::State)) {
            let joined = t > from && matches!(page.cut.word(t - 1), "and" | "or");
            if joined || is_active(page, t, end) {
                return None;
            }
            return Some(Evidence { act, trigger: t..end, how: How::Behind, gap: t - from });
        }
        let stops =
            matches!(word, ";" | ":" | "while" | "after" | "when" | "whereas" | "but" | "(" | "by")
                || page
                    .marks
                    .has(t, |tag| matches!(tag, Tag::Act(_, Form::Active) | Tag::Attack(_)));
        if stops {
            return None;
        }
        if opens_list(page, t) {
            t = behind_aside(page, t)?;
            aside = true;
            continue;
        }
        t += 1;
    }
    None
}

/// Where the sentence goes on behind an aside that a comma closes: "…, including four children,
/// were killed".
fn behind_aside(page: &Page<'_>, at: usize) -> Option<usize> {
    let goes_on = |t: usize| {
        is_be(page.cut.word(t)) || matches!(page.cut.word(t), "have" | "had" | "has" | "died")
    };
    (at + 1..at + 14).find(|t| page.cut.word(*t) == "," && goes_on(t + 1)).map(|t| t + 1)
}

/// The act at a token, in one of the wanted forms, and its end.
pub(super) fn act_at(
    page: &Page<'_>,
    at: usize,
    wanted: impl Fn(Form) -> bool,
) -> Option<(Act, usize)> {
    page.marks.find(at, |mark| match mark.tag {
        Tag::Act(act, form) if wanted(form) => Some((act, mark.tokens.end)),
        _ => None,
    })
}

/// Whether the verb at `at` has its victims behind it: "gunmen killed 12", not "12 were killed".
pub(super) fn is_active(page: &Page<'_>, at: usize, end: usize) -> bool {
    let mut b = at;
    while b > 0 && is_passed_over(page.cut.word(b - 1)) {
        b -= 1;
        if is_be(page.cut.word(b)) {
            return false;
        }
    }
    let word = page.cut.word(end);
    let object = is_determiner(word)
        && !matches!(word, "that" | "all" | "both" | "another" | "more" | "most")
        || page.amount_starts(end, page.cut.tokens.len())
        || page.marks.has(end, |tag| matches!(tag, Tag::Victims(..) | Tag::Kin(_)));
    // "Killed on 7 March" and "killed in Latakia" have no object.
    object && !page.is_date(end)
}

/// The act before the amount: "killed 12", "killing at least 12", "the deaths of 12".
fn before_it(page: &Page<'_>, sentence: &Sentence, amount: &Amount) -> Option<Evidence> {
    let mut t = amount.tokens.start;
    let mut of = false;
    while t > sentence.tokens.start && amount.tokens.start - t < 5 {
        let gap = amount.tokens.start - t;
        for start in t.saturating_sub(5).max(sentence.tokens.start)..t {
            let found = page.marks.find(start, |mark| match mark.tag {
                Tag::Act(act, form) if mark.tokens.end == t => Some((act, form)),
                _ => None,
            });
            let Some((act, form)) = found else { continue };
            let fits = match form {
                Form::Active => true,
                Form::Past => !of && is_active(page, start, t),
                Form::Noun => of || page.cut.word(t - 1) == "of",
                Form::State => false,
            };
            if fits || (form == Form::Active && of) {
                return Some(Evidence { act, trigger: start..t, how: How::Before, gap });
            }
        }
        let word = page.cut.word(t - 1);
        of |= word == "of";
        let passes = matches!(
            word,
            "of" | "the"
                | "a"
                | "total"
                | "some"
                | "another"
                | "more"
                | "also"
                | "then"
                | "around"
                | "additional"
                | "further"
        );
        if !passes {
            return None;
        }
        t -= 1;
    }
    None
}

/// "The death toll rose to 12", "the number of civilians killed to 12".
fn led_to(page: &Page<'_>, sentence: &Sentence, amount: &Amount) -> Option<Evidence> {
    let start = amount.tokens.start;
    let leads =
        (start.saturating_sub(2)..start).any(|t| page.marks.has(t, |tag| tag == Tag::Leads));
    if !leads {
        return None;
    }
    let from = start.saturating_sub(FARTHEST_LEAD).max(sentence.tokens.start);
    let toll = (from..start).rev().find(|t| page.marks.has(*t, |tag| tag == Tag::Toll))?;
    let within = toll.saturating_sub(1).max(from)..start;
    let act = page.marks.within(&within).iter().rev().find_map(|mark| match mark.tag {
        Tag::Act(act, form) if form != Form::Active => Some(act),
        _ => None,
    });
    let people = page.marks.within(&within).iter().any(|m| matches!(m.tag, Tag::Victims(..)));
    // "The number of massacres rose to 50": what is counted stands first.
    let counted = page
        .marks
        .within(&(toll + 1..start))
        .iter()
        .find(|m| matches!(m.tag, Tag::Stop | Tag::Victims(..) | Tag::Act(..)));
    let stop = counted.is_some_and(|m| m.tag == Tag::Stop);
    let names_deaths =
        (toll..toll + 2).any(|t| matches!(page.cut.word(t), "toll" | "dead" | "deaths" | "death"));
    if stop && !names_deaths {
        return None;
    }
    let act = act.or((names_deaths || people).then_some(Act::Killed))?;
    Some(Evidence { act, trigger: toll..toll + 1, how: How::Lead, gap: start - toll })
}

/// The act that an earlier toll hands down to an amount that stands in a list.
fn listed(
    page: &Page<'_>,
    sentence: &Sentence,
    counted: &[(Amount, Phrase)],
    at: usize,
    out: &[Toll],
    before: &[Toll],
) -> Option<Act> {
    let (amount, phrase) = &counted[at];
    let people = phrase.people || phrase.is_empty();
    if !people || matches!(amount.kind, AmountKind::Vague) && !phrase.people {
        return None;
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
            let plain = amount.kind != AmountKind::Singular || is_list(page, between.clone());
            (fits && plain && !(phrase.is_empty() && is_year_like(page, amount)))
                .then_some(last.act)
        }
        None => {
            let within = sentence.tokens.start..amount.tokens.start;
            // "There were 90 women among the dead" opens behind its number.
            let behind = opens_list(page, phrase.tokens.end);
            let opens = behind || within.clone().any(|t| opens_list(page, t));
            before.last().filter(|_| opens).map(|t| t.act)
        }
    }
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
    verb && ends && phrase.is_empty() && amount.kind == AmountKind::Number
}

/// A four-digit number without a separator and without a noun is more often a year.
fn is_year_like(page: &Page<'_>, amount: &Amount) -> bool {
    amount.tokens.len() == 1
        && page.cut.tokens[amount.tokens.start].text.len() == 4
        && (1900..2100).contains(&amount.quantity.low)
}

/// "Latakia 683": the place stands before its number.
pub(super) fn names_place(page: &Page<'_>, amount: &Amount) -> bool {
    let before = amount.tokens.start.checked_sub(1);
    let colon = before.is_some_and(|b| page.cut.word(b) == ":");
    let last = before.map(|b| b - usize::from(colon && b > 0));
    last.is_some_and(|b| page.place_covers(b))
}

/// Whether something in `tokens` opens the parts of a total.
pub(super) fn opener(page: &Page<'_>, tokens: &Range<usize>) -> bool {
    tokens.clone().any(|t| {
        opens_list(page, t) || matches!(page.cut.word(t), ":" | "(" | "\u{2014}" | "\u{2013}")
    })
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
fn is_list(page: &Page<'_>, tokens: Range<usize>) -> bool {
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
