//! Who is held responsible for what: frames that tie parties to acts, attacks and events.

use std::ops::Range;

use super::Page;
use super::evidence::is_active;
use super::grammar::{ends_phrase, is_auxiliary};
use crate::lexicon::{Beside, Blame, Form, Tag};
use crate::text::{Sentence, Shape};

/// Words between "by" and its party.
const NEAR: usize = 5;

/// Words between a verb and its object.
const OBJECT: usize = 6;

/// Words between a subject and its verb.
const FAR: usize = 24;

/// Parties tied to something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// The words for what was done, or for who is blamed.
    pub(super) anchor: Range<usize>,
    /// Numbers of the parties held responsible, in order.
    pub(super) parties: Vec<usize>,
    /// Number of the party that was attacked.
    pub(super) target: Option<usize>,
    /// The rule's name.
    pub(super) rule: &'static str,
}

/// All frames of a sentence, in order of their anchors.
pub(super) fn frames(page: &Page<'_>, sentence: &Sentence) -> Vec<Frame> {
    if page.arabic {
        return super::arabic::frames(page, sentence);
    }
    let mut out = Vec::new();
    for at in sentence.tokens.clone() {
        for mark in page.marks.at(at) {
            let frame = match mark.tag {
                Tag::Act(_, Form::Past | Form::Active) => acted(page, sentence, &mark.tokens),
                Tag::Attack(_) => attacked(page, sentence, &mark.tokens),
                Tag::Blame(blame) => blamed(page, sentence, &mark.tokens, blame),
                _ => None,
            };
            out.extend(frame.filter(|f| !f.parties.is_empty()));
        }
    }
    out.extend(whose_attacks(page, sentence));
    out.sort_by_key(|f| f.anchor.start);
    out.dedup();
    out
}

/// "A Houthi missile attack", "US-led coalition air strikes": the owner of what kills.
fn whose_attacks(page: &Page<'_>, sentence: &Sentence) -> Vec<Frame> {
    let from = page.parties.partition_point(|p| p.tokens.start < sentence.tokens.start);
    let within = page.parties.iter().enumerate().skip(from);
    within
        .take_while(|(_, p)| p.tokens.end <= sentence.tokens.end)
        .filter_map(|(number, party)| {
            let from = party.tokens.end;
            let near = (from..from + NEAR - 2)
                .take_while(|t| page.cut.shape(*t) != Shape::Mark || page.cut.word(*t) == "-");
            let weapon = near.take_while(|t| !ends_phrase(page.cut.word(*t))).find(|t| {
                page.marks.has(*t, |tag| matches!(tag, Tag::Beside(Beside::Weapon) | Tag::Event(_)))
                    && !page.marks.has(*t, |tag| matches!(tag, Tag::Say))
            })?;
            // "Militants attacked": a verb has its own frame; "attacks on" is somebody's deed.
            let verb = weapon == from
                && page.cut.shape(from) == Shape::Lower
                && page.marks.has(weapon, |tag| matches!(tag, Tag::Attack(_)));
            (!verb).then(|| Frame {
                anchor: weapon..weapon + 1,
                parties: vec![number],
                target: None,
                rule: "party/whose attack",
            })
        })
        .collect()
}

/// "Gunmen killed 12", "killing 12".
fn acted(page: &Page<'_>, sentence: &Sentence, verb: &Range<usize>) -> Option<Frame> {
    let gerund =
        page.marks.at(verb.start).iter().any(|m| matches!(m.tag, Tag::Act(_, Form::Active)));
    // "The killing of 12": a noun, its party stands behind a "by".
    if (gerund && page.cut.word(verb.end) == "of")
        || !(gerund || is_active(page, verb.start, verb.end))
    {
        return None;
    }
    // Who lost people did nothing to them.
    if matches!(page.cut.word(verb.start), "lost" | "buried") {
        return None;
    }
    let parties = subject(page, sentence, verb.start);
    Some(Frame { anchor: verb.clone(), parties, target: None, rule: "party/subject of act" })
}

/// "Militants attacked a patrol".
fn attacked(page: &Page<'_>, sentence: &Sentence, verb: &Range<usize>) -> Option<Frame> {
    let passive = verb.start.checked_sub(1).is_some_and(|b| is_auxiliary(page.cut.word(b)))
        && page.cut.word(verb.start - 1) != "have"
        && page.cut.word(verb.start - 1) != "had"
        && page.cut.word(verb.start - 1) != "has";
    if passive {
        return None;
    }
    let parties = subject(page, sentence, verb.start);
    let target = page.party_from(verb.end, verb.end + NEAR, sentence.tokens.end);
    Some(Frame { anchor: verb.clone(), parties, target, rule: "party/attacker" })
}

fn blamed(
    page: &Page<'_>,
    sentence: &Sentence,
    words: &Range<usize>,
    blame: Blame,
) -> Option<Frame> {
    let end = sentence.tokens.end;
    let (parties, rule) = match blame {
        Blame::By if !of_violence(page, sentence, words.start) => return None,
        Blame::By => {
            (coordinated(page, page.party_from(words.end, words.end + NEAR, end)?), "party/by")
        }
        Blame::On => (
            coordinated(page, page.party_from(words.end, words.end + NEAR, end)?),
            "party/blamed on",
        ),
        Blame::Object => (
            coordinated(page, page.party_from(words.end, words.end + NEAR, end)?),
            "party/object of blame",
        ),
        Blame::Subject => (subject(page, sentence, words.start), "party/subject of blame"),
        Blame::To => {
            let to = (words.end..end).find(|t| page.cut.word(*t) == "to")?;
            (coordinated(page, page.party_from(to + 1, to + 1 + NEAR, end)?), "party/attributed to")
        }
    };
    Some(Frame { anchor: words.clone(), parties, target: None, rule })
}

/// "Killed by", "drones operated by", and not "a truce brokered by".
fn of_violence(page: &Page<'_>, sentence: &Sentence, by: usize) -> bool {
    let from = by.saturating_sub(BEFORE_BY).max(sentence.tokens.start);
    // "A checkpoint manned by", "a town held by": who is there, not who did it.
    let there = by.checked_sub(1).is_some_and(|b| page.marks.has(b, |tag| tag == Tag::Held));
    !there
        && (from..by).any(|t| {
            page.marks.has(t, |tag| {
                matches!(tag, Tag::Act(..) | Tag::Attack(_) | Tag::Violation(_) | Tag::Event(_))
                    || matches!(tag, Tag::Launched | Tag::Beside(Beside::Weapon) | Tag::Toll)
                    || tag == Tag::Modality(crate::Modality::Alleged)
            })
        })
        || page.cut.word(by) == "at"
}

/// Words before "by" that say what was done.
const BEFORE_BY: usize = 6;

/// The parties that the verb at `verb` has as its subject: the nearest before it, with those that
/// are coordinated with it.
fn subject(page: &Page<'_>, sentence: &Sentence, verb: usize) -> Vec<usize> {
    let from = verb.saturating_sub(FAR).max(sentence.tokens.start);
    let Some(last) = page.party_before(verb, from) else { return Vec::new() };
    let party = &page.parties[last];
    // "Militants attacked a patrol, killing 12": the patrol is the target, not the subject.
    let attack = (from..party.tokens.start)
        .rev()
        .find(|t| page.marks.has(*t, |tag| matches!(tag, Tag::Attack(_))));
    if let Some(attack) = attack
        && page.party_from(attack + 1, attack + 1 + NEAR, verb) == Some(last)
        && attack > from
    {
        return subject(page, sentence, attack);
    }
    // "Gunmen killed two members of the army and wounded a third": the object of the other verb.
    let other = (from..party.tokens.start).rev().take(OBJECT).find(|t| {
        page.marks.at(*t).iter().any(|m| {
            matches!(m.tag, Tag::Act(_, Form::Past | Form::Active))
                && is_active(page, m.tokens.start, m.tokens.end)
        })
    });
    if let Some(other) = other {
        return subject(page, sentence, other);
    }
    let before = party.tokens.start.checked_sub(1).map_or("", |b| page.cut.word(b));
    // "A commander of the security forces", "clashes with the army": not the subject.
    let object = matches!(before, "against" | "with" | "on" | "from" | "targeting" | "to");
    let crossed = page.marks.within(&(party.tokens.end..verb)).iter().any(|m| {
        matches!(m.tag, Tag::Say | Tag::Counts)
            || (matches!(m.tag, Tag::Act(_, Form::Past)))
                && is_active(page, m.tokens.start, m.tokens.end)
    });
    if object || crossed {
        return Vec::new();
    }
    let mut first = last;
    while first > 0 && joins(page, first - 1, first) && page.parties[first - 1].tokens.start >= from
    {
        first -= 1;
    }
    (first..=last).collect()
}

/// The party and those that follow it with "and".
fn coordinated(page: &Page<'_>, first: usize) -> Vec<usize> {
    let mut last = first;
    while page.parties.get(last + 1).is_some() && joins(page, last, last + 1) {
        last += 1;
    }
    (first..=last).collect()
}

/// Whether only commas and conjunctions lie between two parties.
fn joins(page: &Page<'_>, a: usize, b: usize) -> bool {
    let (a, b) = (&page.parties[a], &page.parties[b]);
    let between = a.tokens.end..b.tokens.start;
    between.len() <= 4
        && !between.is_empty()
        && between.clone().all(|t| {
            matches!(
                page.cut.word(t),
                "," | "and"
                    | "or"
                    | "as"
                    | "well"
                    | "by"
                    | "along"
                    | "with"
                    | "other"
                    | "also"
                    | "alongside"
                    | "the"
                    | "of"
                    | "elements"
            )
        })
}
