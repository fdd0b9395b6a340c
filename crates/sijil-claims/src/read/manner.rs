//! How, why and how wide: modality, motives, violations and scope of a toll.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Page;
use super::time::{DayKind, DayMention};
use super::toll::Toll;
use crate::lexicon::Tag;
use crate::text::Shape;
use crate::{Act, Modality, Motive, Scope, Violation, Window};

/// Words around a toll that its modality is looked for in.
const NEAR: usize = 12;

/// How a toll is put: by the words nearest before it, in its sentence.
pub(super) fn modality(page: &Page<'_>, toll: &Toll, sentence: &Range<usize>) -> Modality {
    let from = toll.amount.tokens.start.saturating_sub(NEAR).max(sentence.start);
    let trigger = toll.trigger.as_ref().map_or(0, |t| t.end);
    let to = toll.phrase.tokens.end.max(trigger).max(toll.amount.tokens.end).min(sentence.end);
    let mut found = Modality::Asserted;
    for mark in page.marks.within(&(from..to)) {
        if claims_lives(page, mark.tokens.start) {
            continue;
        }
        if let Tag::Modality(modality) = mark.tag {
            // An accusation that names its victims is an allegation of the speaker's, not a doubt
            // about the number; "feared dead" is.
            found = modality;
        }
    }
    found
}

/// "Claimed nine more lives", "claimed responsibility": what was done, and nobody's claim of a number.
pub(super) fn claims_lives(page: &Page<'_>, at: usize) -> bool {
    page.cut.word(at).starts_with("claim")
        && page.cut.word(at + 1) != "that"
        && (at + 1..at + LIVES)
            .take_while(|t| page.cut.shape(*t) != Shape::Mark)
            .any(|t| matches!(page.cut.word(t), "lives" | "life" | "responsibility"))
}

/// Words between "claimed" and the lives.
const LIVES: usize = 8;

/// Motives that a range of tokens names.
pub(super) fn motives(page: &Page<'_>, tokens: &Range<usize>) -> Vec<Motive> {
    let found: BTreeSet<Motive> = page
        .marks
        .within(tokens)
        .iter()
        .filter_map(|mark| match mark.tag {
            Tag::Motive(motive) => Some(motive),
            _ => None,
        })
        .collect();
    found.into_iter().collect()
}

/// Kinds of violation that a range of tokens names.
pub(super) fn violations(page: &Page<'_>, tokens: &Range<usize>) -> Vec<Violation> {
    let found: BTreeSet<Violation> = page
        .marks
        .within(tokens)
        .iter()
        .filter_map(|mark| match mark.tag {
            Tag::Violation(kind) => Some(kind),
            _ => None,
        })
        .collect();
    found.into_iter().collect()
}

/// What a toll covers, for one that is no part, and the rule where it is worth telling.
pub(super) fn scope(
    page: &Page<'_>,
    toll: &Toll,
    day: Option<&DayMention>,
    window: Option<Window>,
) -> (Scope, Option<&'static str>) {
    let sentence = page.tokens_of(toll.sentence);
    let strong = page.marks.within(&sentence).iter().any(|m| m.tag == Tag::Cumulative);
    let rises = page.marks.within(&sentence).iter().any(|m| m.tag == Tag::Rise);
    let length = window.and_then(|w| Some((w.end? - w.start?).get_days()));
    // A night has two days.
    let one_day = length.is_some_and(|days| days <= 1);
    let event = page.marks.within(&sentence).iter().any(|m| matches!(m.tag, Tag::Event(_)));
    // "An attack in December": the month says when, not for how long.
    let dated = event && day.is_some_and(|d| d.kind == DayKind::On);
    let several_days = length.is_some_and(|days| days > 1) && !dated;
    let single = matches!(
        toll.amount.kind,
        super::quantity::AmountKind::Singular | super::quantity::AmountKind::Family
    );
    let cue = strong || (rises && !event);
    let uprooted = toll.act == Act::Displaced && !one_day;
    if single || (event && !several_days && (one_day || !cue)) {
        (Scope::Incident, None)
    } else if several_days || uprooted || (strong && !one_day) {
        (Scope::Cumulative, None)
    } else if rises && !one_day {
        (Scope::Cumulative, Some(GROWS))
    } else {
        (Scope::Incident, None)
    }
}

/// The rule by which a figure is a running toll for no more than being called a toll.
pub(super) const GROWS: &str = "scope/toll that grows";
