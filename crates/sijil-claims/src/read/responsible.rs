//! Who is held responsible for a toll: the frame of blame that its words belong to.

use std::ops::Range;

use super::Page;
use super::blame::Frame;
use super::found::Sentences;
use super::grammar::is_auxiliary;
use super::toll::{How, Toll};
use crate::lexicon::{Blame, Form, Tag};
use crate::text::DASH;
use crate::{Act, Perpetrator, Violation};

/// Numbers of the parties held responsible for a toll, and the rule that found them.
pub(super) fn responsible(
    page: &Page<'_>,
    sentences: &Sentences,
    at: usize,
    region: &Range<usize>,
) -> (Vec<usize>, Option<&'static str>) {
    let toll = &sentences.tolls[at];
    let frames = &sentences.frames[toll.sentence];
    let is_by = |f: &Frame| page.marks.has(f.anchor.start, |tag| tag == Tag::Blame(Blame::By));
    let own = frames.iter().find(|f| {
        region.contains(&f.anchor.start)
            && f.target.is_none()
            && !page.marks.has(f.anchor.start, |tag| matches!(tag, Tag::Act(..)))
    });
    let by_verb = toll.trigger.as_ref().and_then(|trigger| {
        let next = sentences.tolls[at + 1..].iter().find(|t| t.amount.tokens.start >= trigger.end);
        let end = next.map_or(usize::MAX, |t| t.amount.tokens.start);
        frames.iter().find(|f| is_by(f) && f.anchor.start >= trigger.end && f.anchor.start < end)
    });
    let subject = toll
        .trigger
        .as_ref()
        .and_then(|trigger| frames.iter().find(|f| f.anchor.start == trigger.start));
    let first = sentences.tolls.iter().find(|t| t.sentence == toll.sentence);
    let first = first.map_or(0, |t| t.amount.tokens.start);
    let fits = |f: &&Frame| fits_act(page, f, toll.act);
    let around = frames.iter().rev().filter(fits).find(|f| f.anchor.start < first).or_else(|| {
        frames.iter().filter(fits).find(|f| {
            !is_by(f)
                && f.target.is_none()
                && !page.marks.has(f.anchor.start, |tag| matches!(tag, Tag::Act(..)))
        })
    });
    if let Some(party) = label(page, toll) {
        return (vec![party], Some("party/label"));
    }
    if own.is_none() && by_verb.is_none() && is_of_clash(page, toll) {
        return (Vec::new(), Some(OF_CLASH));
    }
    let candidates = [subject, own, by_verb.filter(|_| own.is_none()), around];
    for frame in candidates.into_iter().flatten() {
        let parties = without_victims(page, toll, &frame.parties);
        if !parties.is_empty() {
            return (parties, Some(frame.rule));
        }
    }
    if let Some(parties) = subject_of_sentence(page, toll) {
        return (parties, Some("party/subject of the sentence"));
    }
    match nearby(page, sentences, toll) {
        Some(frame) if !matches!(toll.how, How::Listed | How::Lead) => {
            (without_victims(page, toll, &frame.parties), Some("party/of the paragraph"))
        }
        _ => (Vec::new(), None),
    }
}

/// The rule that says why nobody is held responsible.
pub(super) const OF_CLASH: &str = "party/clash of two sides";

/// "Fighting between the army and the rebels has killed 12", "12 were killed in clashes between": a
/// sentence that says who fought and not who killed.
fn is_of_clash(page: &Page<'_>, toll: &Toll) -> bool {
    let sentence = page.tokens_of(toll.sentence);
    sentence.clone().any(|t| {
        let from = t.saturating_sub(CLASH).max(sentence.start);
        page.cut.word(t) == "between"
            && page.party_from(t + 1, t + CLASH, sentence.end).is_some()
            && (from..t).any(|t| {
                page.marks.has(t, |tag| tag == Tag::Violation(Violation::Clash))
                    || matches!(page.cut.word(t), "war" | "conflict" | "violence" | "hostilities")
            })
    })
}

/// Words between a word for fighting and its "between", and from there to who fought.
const CLASH: usize = 5;

/// Whether a frame can be of a toll's act: whoever arrested somebody killed nobody by that.
pub(super) fn fits_act(page: &Page<'_>, frame: &Frame, act: Act) -> bool {
    let of = page.marks.find(frame.anchor.start, |m| match m.tag {
        Tag::Act(act, Form::Past | Form::Active) => Some(act),
        _ => None,
    });
    match of {
        Some(of) => of == act || (of.is_violent() && (act.is_violent() || act == Act::Missing)),
        None => {
            let raid = frame.rule == "party/attacker" && act != Act::Displaced;
            // "Is accused of abducting": whatever somebody is blamed for.
            let blamed = frame.rule.contains("blame") || frame.rule == "party/attributed to";
            act.is_violent() || act == Act::Missing || frame.rule == "party/by" || raid || blamed
        }
    }
}

/// "Suspected fighters of the Front hacked 21 people to death": whatever the verb, a sentence that
/// a party begins and a toll follows is about what the party did.
fn subject_of_sentence(page: &Page<'_>, toll: &Toll) -> Option<Vec<usize>> {
    let sentence = page.tokens_of(toll.sentence);
    let start = sentence
        .clone()
        .take(MOST_OPENING)
        .find(|t| page.parties.iter().any(|p| p.tokens.start == *t))?;
    let number = page.parties.iter().position(|p| p.tokens.start == start)?;
    let party = &page.parties[number];
    let opening = sentence.start..party.tokens.start;
    let plain = opening.clone().all(|t| {
        matches!(
            page.cut.word(t),
            "suspected" | "the" | "a" | "an" | "group" | "of" | "alleged" | "masked"
        )
    }) || matches!(page.cut.word(opening.end.saturating_sub(1)), "-" | DASH);
    let next = party.tokens.end;
    let other = is_auxiliary(page.cut.word(next))
        && !matches!(page.cut.word(next), "have" | "had" | "has")
        || (next..next + 4).any(|t| {
            page.marks
                .has(t, |tag| matches!(tag, Tag::Say | Tag::Counts | Tag::Act(_, Form::State)))
                || matches!(
                    page.cut.word(t),
                    "found" | "recovered" | "freed" | "rescued" | "lost" | "discovered"
                )
        });
    let behind = toll.amount.tokens.start >= next;
    let parties = without_victims(page, toll, &[number]);
    (plain && !other && behind && !parties.is_empty()).then_some(parties)
}

/// Words before the party that begins a sentence: a dateline at the most.
const MOST_OPENING: usize = 8;

/// "- Border guards: 12": the party that labels a number.
fn label(page: &Page<'_>, toll: &Toll) -> Option<usize> {
    // "وتنظيم داعش 86": Arabic needs no colon.
    if page.arabic && toll.how == How::Listed {
        let at = toll.amount.tokens.start;
        let party = page.party_before(at, page.tokens_of(toll.sentence).start)?;
        return (page.parties[party].tokens.end == at).then_some(party);
    }
    let colon = toll.amount.tokens.start.checked_sub(1).filter(|c| page.cut.word(*c) == ":")?;
    let party = page.party_before(colon + 1, page.tokens_of(toll.sentence).start)?;
    (page.parties[party].tokens.end == colon).then_some(party)
}

/// The parties that are not the victims counted.
fn without_victims(page: &Page<'_>, toll: &Toll, parties: &[usize]) -> Vec<usize> {
    let counted = toll.amount.tokens.start..toll.phrase.tokens.end;
    let apart = |n: &usize| {
        let tokens = &page.parties[*n].tokens;
        tokens.start >= counted.end || tokens.end <= counted.start
    };
    parties.iter().copied().filter(apart).collect()
}

/// A frame of the paragraph that speaks of the same deaths: blame in the sentence before that this
/// one leans on, or in the one behind that says who is blamed.
fn nearby<'s>(page: &Page<'_>, sentences: &'s Sentences, toll: &Toll) -> Option<&'s Frame> {
    let paragraph = |n: usize| page.cut.sentences.get(n).map(|s| s.paragraph);
    let here = paragraph(toll.sentence);
    let blames = |f: &&Frame| {
        page.marks.has(f.anchor.start, |tag| {
            matches!(tag, Tag::Blame(Blame::On | Blame::Object | Blame::To | Blame::Subject))
        })
    };
    let behind = toll.sentence + 1;
    if paragraph(behind) == here {
        let start = page.tokens_of(behind).start;
        let pronoun = page.marks.has(start, |tag| tag == Tag::Pronoun) || leans(page, start);
        let frame = sentences.frames[behind].iter().find(blames).filter(|_| pronoun);
        let free = sentences.tolls.iter().all(|t| t.sentence != behind);
        if frame.is_some() && free {
            return frame;
        }
    }
    let before = toll.sentence.checked_sub(1).filter(|n| paragraph(*n) == here)?;
    let leaning = leans(page, page.tokens_of(toll.sentence).start);
    sentences.frames[before].iter().find(blames).filter(|_| leaning)
}

/// Whether a sentence begins by pointing back: "This wave …", "The killings …", "It …".
fn leans(page: &Page<'_>, start: usize) -> bool {
    matches!(page.cut.word(start), "this" | "these" | "the" | "such" | "those" | "it" | "they")
}

/// Parties as claims give them.
pub(super) fn perpetrators(page: &Page<'_>, parties: &[usize]) -> Vec<Perpetrator> {
    let one = |n: &usize| {
        let party = &page.parties[*n];
        Perpetrator {
            text: page.cut.slice(&party.tokens).to_owned(),
            class: party.class,
            span: page.cut.span(&party.tokens),
        }
    };
    parties.iter().map(one).collect()
}
