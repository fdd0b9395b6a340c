//! Attributions: who is held responsible for what kind of act, with or without a number.

use super::Page;
use super::blame::Frame;
use super::found::Sentences;
use super::manner;
use super::responsible::perpetrators;
use crate::lexicon::{Blame, Tag};
use crate::{Attribution, Perpetrator, Speaker, Victims, Violation};

/// The attributions of a page, one a sentence that holds somebody responsible.
pub(super) fn attributions(page: &Page<'_>, sentences: &Sentences) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = Vec::new();
    for number in 0..page.cut.sentences.len() {
        let found =
            direct(page, sentences, number).or_else(|| carried(page, sentences, number, &out));
        out.extend(found);
    }
    out
}

/// A sentence whose own frames name parties.
fn direct(page: &Page<'_>, sentences: &Sentences, number: usize) -> Option<Attribution> {
    let frames = &sentences.frames[number];
    let tokens = page.tokens_of(number);
    let speaks_of_violence = tokens.clone().any(|t| {
        page.marks.has(t, |tag| matches!(tag, Tag::Violation(_) | Tag::Attack(_) | Tag::Act(..)))
            || matches!(
                page.cut.word(t),
                "violence" | "attacks" | "abuses" | "crimes" | "violations" | "atrocities"
            )
    });
    if frames.is_empty() || !speaks_of_violence {
        return None;
    }
    let mut numbers: Vec<usize> = frames.iter().flat_map(|f| f.parties.iter().copied()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let parties = perpetrators(page, &numbers);
    let rules = frames.iter().map(|f| f.rule.to_owned()).collect();
    Some(attribution(page, sentences, number, parties, frames.first(), rules))
}

/// A sentence that names kinds of violation for a speaker who has named the parties before.
fn carried(
    page: &Page<'_>,
    sentences: &Sentences,
    number: usize,
    before: &[Attribution],
) -> Option<Attribution> {
    let tokens = page.tokens_of(number);
    let violations = manner::violations(page, &tokens);
    let grave = violations.iter().any(|v| {
        matches!(
            v,
            Violation::ExtrajudicialKilling
                | Violation::Execution
                | Violation::Massacre
                | Violation::Torture
        )
    });
    let own = sentences.voices[number].first()?;
    let last = before
        .iter()
        .rev()
        .find(|a| a.source.as_ref().map(|s| &s.text) == Some(&own.speaker.text))?;
    if !grave {
        return None;
    }
    let rules = vec!["party/named before by the speaker".to_owned()];
    Some(attribution(page, sentences, number, last.parties.clone(), None, rules))
}

fn attribution(
    page: &Page<'_>,
    sentences: &Sentences,
    number: usize,
    parties: Vec<Perpetrator>,
    frame: Option<&Frame>,
    rules: Vec<String>,
) -> Attribution {
    let tokens = page.tokens_of(number);
    let at = frame.map_or(tokens.start, |f| f.anchor.start);
    let source: Option<Speaker> = sentences.voice_at(page, at).map(|v| v.speaker.clone());
    let places = page.places_within(&tokens).iter().map(|p| page.place_mention(p)).collect();
    let (victims, group) = targets(page, number, &parties);
    Attribution {
        span: page.cut.sentences[number].span,
        parties,
        source,
        zone: page.cut.sentences[number].zone,
        violations: manner::violations(page, &tokens),
        motives: manner::motives(page, &tokens),
        places,
        victims,
        group,
        rules,
    }
}

/// Kinds and group of victims that a sentence names outside the words for the parties.
fn targets(
    page: &Page<'_>,
    number: usize,
    parties: &[Perpetrator],
) -> (Vec<Victims>, Option<String>) {
    let tokens = page.tokens_of(number);
    let free = |at: usize| {
        let span = page.cut.tokens[at].span;
        parties.iter().all(|p| span.end <= p.span.start || span.start >= p.span.end)
    };
    let mut victims = std::collections::BTreeSet::new();
    let mut group = None;
    for mark in page.marks.within(&tokens).iter().filter(|m| free(m.tokens.start)) {
        match mark.tag {
            Tag::Victims(kind, _) => victims.extend(kind),
            Tag::Group(g) => group = group.or(Some(page.lexicon.group(g).to_owned())),
            _ => {}
        }
    }
    (victims.into_iter().collect(), group)
}

/// Whether a frame blames in so many words, rather than tells who acted.
pub(super) fn blames(page: &Page<'_>, frame: &Frame) -> bool {
    page.marks.has(frame.anchor.start, |tag| {
        matches!(tag, Tag::Blame(Blame::On | Blame::Object | Blame::To | Blame::Subject))
    })
}
