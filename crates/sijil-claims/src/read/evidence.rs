//! Where the act of an amount is said: in its noun, behind it, before it, or at the head of a toll.

use std::ops::Range;

use super::Page;
use super::behind::behind;
use super::grammar::{is_be, is_determiner, is_passed_over, is_preposition};
use super::label::{labelled, led_to};
use super::phrase::Phrase;
use super::quantity::{Amount, AmountKind};
use super::toll::{How, Toll};
use crate::lexicon::{Form, Tag};
use crate::text::{Sentence, Shape};
use crate::{Act, Victims};

/// The words that say what was done.
pub(super) struct Evidence {
    /// What was done.
    pub(super) act: Act,
    /// The words.
    pub(super) trigger: Range<usize>,
    /// Where they stand.
    pub(super) how: How,
    /// Tokens between the words and the act.
    pub(super) gap: usize,
    /// The words stand behind another amount that they are said of too.
    pub(super) shared: bool,
}

impl Evidence {
    /// Words for an act at a distance from the amount.
    pub(super) fn new(act: Act, trigger: Range<usize>, how: How, gap: usize) -> Self {
        Self { act, trigger, how, gap, shared: false }
    }
}

impl Evidence {
    /// "Accomplices were seized": suspects and fighters are detained, whoever seizes them.
    pub(super) fn of_suspects(self, phrase: &Phrase) -> Self {
        let held = phrase.suspects || phrase.victims.contains(&Victims::Fighters);
        let act = if self.act == Act::Abducted && held { Act::Detained } else { self.act };
        Self { act, ..self }
    }
}

/// Words between a threat and the act that nobody has done.
const FARTHEST_THREAT: usize = 3;

/// "A threat to kill 20 prisoners", "ten workers will be killed unless": nobody has done it.
pub(super) fn is_threat(page: &Page<'_>, sentence: &Sentence, evidence: &Evidence) -> bool {
    let at = evidence.trigger.start;
    let from = at.saturating_sub(FARTHEST_THREAT).max(sentence.tokens.start);
    (from..at).any(|t| {
        page.marks.find(t, |m| (m.tag == Tag::Threat).then_some(m.tokens.end)).is_some_and(|end| {
            let to_be = at >= 2 && page.cut.word(at - 1) == "be" && page.cut.word(at - 2) == "to";
            let infinitive = (page.cut.word(at - 1) == "to" || to_be) && end <= at;
            infinitive || end == at
        })
    })
}

/// Vague words and singulars, and nouns that nobody knows, need a closer act than numbers do.
pub(super) fn is_enough(amount: &Amount, phrase: &Phrase, evidence: &Evidence) -> bool {
    let near = evidence.gap <= 4;
    match amount.kind {
        AmountKind::Singular | AmountKind::Named => evidence.gap <= 7,
        AmountKind::Vague => {
            // "Dozens are believed to have been kidnapped".
            let bare = phrase.is_empty() && evidence.gap <= 6;
            phrase.people || phrase.act.is_some() || evidence.gap == 0 || bare
        }
        AmountKind::Number | AmountKind::Family => {
            let known = phrase.people || phrase.act.is_some() || phrase.is_empty();
            known || near || evidence.how == How::Lead
        }
    }
}

/// The nearest words that say what was done to the people of `counted[at]`.
pub(super) fn evidence(
    page: &Page<'_>,
    sentence: &Sentence,
    counted: &[(Amount, Phrase)],
    at: usize,
    out: &[Toll],
    before: &[Toll],
) -> Option<Evidence> {
    let (amount, phrase) = &counted[at];
    let noun = phrase.act.map(|(act, token)| Evidence::new(act, token..token + 1, How::Noun, 0));
    let behind = behind(page, sentence, counted, at);
    let ahead = if page.arabic {
        super::arabic::ahead(page, sentence.tokens.start, amount.tokens.start)
            .map(|(act, trigger, gap)| Evidence::new(act, trigger, How::Before, gap))
    } else {
        before_it(page, sentence, amount)
    };
    // "12 bodies were found", "12 victims were killed": the verb says more than the noun.
    let nearest = match (behind, ahead) {
        (Some(b), Some(a)) if a.gap < b.gap || (a.gap == 0 && b.gap > 0) => Some(a),
        (Some(b), _) => Some(b),
        (None, a) => a,
    };
    match (noun, nearest) {
        // "Executed 12 detainees": people held are people, and the verb says what was done.
        (Some(noun), Some(verb)) if page.arabic => {
            let act = super::arabic::noun_or_verb(noun.act, verb.act);
            Some(if act == verb.act { verb } else { noun })
        }
        (Some(noun), Some(verb)) if verb.act != noun.act => {
            let people = page.marks.has(noun.trigger.start, |tag| matches!(tag, Tag::Victims(..)));
            let alive = noun.act != Act::Killed || page.cut.word(noun.trigger.start) == "victims";
            // "11 wounded soldiers died": the participle says what they were before.
            let participle =
                page.marks.has(noun.trigger.start, |tag| tag == Tag::Act(noun.act, Form::Past));
            let verb_wins = people && alive || participle;
            Some(if verb_wins && !verb.shared { verb } else { noun })
        }
        (Some(_), Some(verb)) => Some(verb),
        (noun, verb) => noun.or(verb),
    }
    .or_else(|| cared_for(page, sentence, amount, phrase))
    .or_else(|| labelled(page, sentence, amount, before))
    .or_else(|| led_to(page, sentence, amount, out))
    .or_else(|| tallied(page, sentence, amount, phrase))
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
    let quoted = matches!(page.cut.word(end), "\"" | "\u{201C}" | "\u{2018}");
    let end = end + usize::from(quoted);
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
                return Some(Evidence::new(act, start..t, How::Before, gap));
            }
        }
        let word = page.cut.word(t - 1);
        if word == "of"
            && let Some(found) = far_noun(page, sentence, t - 1, gap)
        {
            return Some(found);
        }
        // "Detained and tortured more than 100 men".
        if word.ends_with("ed") && t >= 3 && page.cut.word(t - 2) == "and" {
            t -= 2;
            continue;
        }
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
                | "\""
                | "\u{201C}"
                | "up"
                | "all"
        );
        if !passes {
            return None;
        }
        t -= 1;
    }
    None
}

/// Words between a noun and the "of" that it leads to.
const FARTHEST_OF: usize = 8;

/// "The deaths in Homs on Friday of four": a noun, where and when, and whose.
fn far_noun(page: &Page<'_>, sentence: &Sentence, of: usize, gap: usize) -> Option<Evidence> {
    let from = of.saturating_sub(FARTHEST_OF).max(sentence.tokens.start);
    (from..of).rev().find_map(|start| {
        let (act, end) = act_at(page, start, |form| form == Form::Noun)?;
        let aside = |t: usize| {
            page.is_date(t)
                || page.place_covers(t)
                || page.cut.shape(t) == Shape::Capital
                || is_preposition(page.cut.word(t)) && page.cut.word(t) != "of"
                || matches!(page.cut.word(t), "the" | "a")
                || page.marks.has(t, |tag| matches!(tag, Tag::Where(_)))
        };
        let plain = end < of && (end..of).all(aside);
        plain.then(|| Evidence::new(act, start..end, How::Before, gap))
    })
}

/// "Treated 33 people for gunshot wounds": a verb of care before, and what for behind.
fn cared_for(
    page: &Page<'_>,
    sentence: &Sentence,
    amount: &Amount,
    phrase: &Phrase,
) -> Option<Evidence> {
    let verb = (amount.tokens.start.saturating_sub(4)..amount.tokens.start).find(|t| {
        page.marks.at(*t).iter().any(|m| m.tag == Tag::Care && m.tokens.end == amount.tokens.start)
    })?;
    let behind = phrase.tokens.end..(phrase.tokens.end + 6).min(sentence.tokens.end);
    let why = matches!(page.cut.word(behind.start), "for" | "with" | "suffering" | "who");
    let harm = page
        .marks
        .within(&behind)
        .iter()
        .any(|m| m.tag == Tag::Harm || matches!(m.tag, Tag::Act(Act::Injured, Form::State)));
    let passive = verb.checked_sub(1).is_some_and(|b| is_be(page.cut.word(b)));
    (why && harm && !passive).then(|| Evidence::new(Act::Injured, verb..verb + 1, How::Before, 0))
}

/// "SDF losses two, tribesmen one", "killed 19; wounded 5": a number right behind the word for what
/// was done, with nothing of its own to count.
fn tallied(
    page: &Page<'_>,
    sentence: &Sentence,
    amount: &Amount,
    phrase: &Phrase,
) -> Option<Evidence> {
    let start = amount.tokens.start;
    let last = start.checked_sub(1).filter(|b| *b >= sentence.tokens.start)?;
    let bare = phrase.tokens.is_empty() && page.cut.shape(amount.tokens.end) == Shape::Mark;
    let act = act_at(page, last, |form| form != Form::Active)
        .filter(|(_, end)| *end == start)
        .map(|(act, _)| act)
        .or_else(|| (page.cut.word(last) == "losses").then_some(Act::Killed))?;
    bare.then(|| Evidence::new(act, last..start, How::Lead, 0))
}
