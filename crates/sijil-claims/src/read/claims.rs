//! Puts the fields of each claim together from what the passes found.

use std::ops::Range;

use super::Page;
use super::carry::carry;
use super::found::Sentences;
use super::manner;
use super::parts::links;
use super::quantity::AmountKind;
use super::responsible::{perpetrators, responsible};
use super::time::DayKind;
use super::toll::{How, Toll};
use super::voices::Voice;
use super::whence::{day, places};
use super::whom::victims;
use crate::lexicon::Tag;
use crate::{Claim, Scope, Victims, Window};

/// The claims of a page.
pub(super) fn claims(page: &Page<'_>, sentences: &Sentences) -> Vec<Claim> {
    let tolls = &sentences.tolls;
    let links = links(page, tolls);
    let mut out: Vec<Claim> = Vec::with_capacity(tolls.len());
    for (at, toll) in tolls.iter().enumerate() {
        let parent_at = links.total(at);
        // A total stands before its parts, or behind all of them: then nothing is handed down.
        let parent = parent_at.filter(|p| *p < at).map(|p| out[p].clone());
        let mut claim = claim(page, sentences, at, parent_at, parent.as_ref());
        // Who gives a total need not have named each of its dead.
        let apart = matches!(links.rule(at), Some("link/one of them" | "link/adds up"));
        if apart && voice(page, sentences, toll).is_none() {
            claim.source = None;
            claim.speaker_chain = Vec::new();
        }
        claim.rules.extend(links.rule(at).map(str::to_owned));
        out.push(claim);
    }
    close_windows(page, sentences, &mut out);
    carry(page, sentences, &mut out);
    out
}

fn claim(
    page: &Page<'_>,
    sentences: &Sentences,
    at: usize,
    parent_at: Option<usize>,
    parent: Option<&Claim>,
) -> Claim {
    let toll = &sentences.tolls[at];
    let region = region(page, sentences, at);
    let scope_tokens = clause(page, sentences, at, &region);
    let mut rules = vec![toll.how.rule().to_owned()];
    // The words of the lexicon that said what was done.
    rules.extend(toll.trigger.as_ref().map(|t| format!("word/{}", page.cut.slice(t))));
    let (parties, rule) = responsible(page, sentences, at, &region);
    rules.extend(rule.map(str::to_owned));
    let mut perpetrators = perpetrators(page, &parties);
    let mut violations = manner::violations(page, &scope_tokens);
    let mut motives = manner::motives(page, &scope_tokens);
    let (mut victims, mut group) = victims(page, sentences, at, &region);
    let mut places = places(page, sentences, at, &region);
    rules.extend((!places.is_empty()).then(|| "place/of the sentence".to_owned()));
    let own_day = day(page, toll, &region);
    rules.extend(own_day.map(|d| format!("day/{}", page.cut.slice(&d.tokens))));
    let mut window = own_day.and_then(|d| d.window);
    let voice = voice(page, sentences, toll);
    rules.extend(voice.map(|v| v.rule.to_owned()));
    let elsewhere = voice.is_some_and(|v| page.sentence_of(v.at) != toll.sentence);
    rules.extend(elsewhere.then(|| "source/of a sentence before".to_owned()));
    let mut source = voice.map(|v| v.speaker.clone());
    let mut chain = voice.map(|v| v.chain.clone()).unwrap_or_default();
    if let Some(parent) = parent {
        if toll.phrase.victims.is_empty() && !toll.phrase.people {
            victims.clone_from(&parent.victims);
            group = group.or_else(|| parent.group.clone());
        } else if parent.victims == [Victims::Civilians] && may_be_civilians(&victims) {
            // "612 civilians, among them 39 women": these are civilians too.
            victims.insert(0, Victims::Civilians);
        }
        inherit(&mut perpetrators, &parent.perpetrators);
        inherit(&mut violations, &parent.violations);
        inherit(&mut motives, &parent.motives);
        inherit(&mut places, &parent.places);
        window = window.or(parent.window);
        if source.is_none() {
            source.clone_from(&parent.source);
            chain.clone_from(&parent.speaker_chain);
        }
    }
    let (scope, rule) = match parent_at {
        Some(_) => (Scope::Breakdown, None),
        None => manner::scope(page, toll, own_day, window),
    };
    rules.extend(rule.map(str::to_owned));
    let sentence = page.cut.sentences[toll.sentence].span;
    Claim {
        span: page.cut.span(&toll.amount.tokens),
        surface: page.cut.slice(&toll.amount.tokens).to_owned(),
        act: toll.act,
        quantity: toll.amount.quantity,
        scope,
        parent: parent_at,
        victims,
        group,
        names: names(page, toll),
        perpetrators,
        source,
        speaker_chain: chain,
        modality: manner::modality(page, toll, &page.tokens_of(toll.sentence)),
        places,
        window,
        violations,
        motives,
        sentence,
        confidence: confidence(toll.how),
        rules,
        stated: None,
    }
}

/// Kinds that say nothing of whether somebody fought.
fn may_be_civilians(victims: &[Victims]) -> bool {
    let open = |v: &Victims| {
        matches!(v, Victims::Women | Victims::Children | Victims::Elderly | Victims::Unspecified)
    };
    victims.iter().all(open) && victims != [Victims::Unspecified]
}

/// Who says so: in its sentence, or who was counting before where the toll goes on with that.
fn voice<'s>(page: &Page<'_>, sentences: &'s Sentences, toll: &Toll) -> Option<&'s Voice> {
    sentences.voice_at(page, toll.amount.tokens.start).or_else(|| {
        // "The overall toll stands at …"
        let said = page.tokens_of(toll.sentence).start..toll.amount.tokens.start;
        let toll_word = page.marks.within(&said).iter().any(|m| m.tag == Tag::Toll);
        let goes_on = toll_word || toll.phrase.points_back;
        goes_on.then(|| sentences.last_counter(page, toll.sentence))?
    })
}

fn inherit<T: Clone>(own: &mut Vec<T>, from: &[T]) {
    if own.is_empty() {
        own.extend_from_slice(from);
    }
}

fn names(page: &Page<'_>, toll: &Toll) -> Vec<String> {
    match toll.amount.kind {
        AmountKind::Named => vec![page.cut.slice(&toll.amount.tokens).to_owned()],
        _ => Vec::new(),
    }
}

/// How sure a rule is: the share of its tolls on the `dev` articles of `bench/claims` that a
/// reader had written down too, one added to right and to wrong (45 of 47, 104 of 107, 38 of 38,
/// 17 of 17, 65 of 74 in the order below). The articles were seen when the rules were written.
fn confidence(how: How) -> f64 {
    match how {
        How::Before => 0.94,
        How::Behind => 0.96,
        How::Noun => 0.97,
        How::Lead => 0.95,
        How::Listed => 0.87,
    }
}

/// The tokens behind a toll that are its own: up to the next toll of its sentence.
fn region(page: &Page<'_>, sentences: &Sentences, at: usize) -> Range<usize> {
    let toll = &sentences.tolls[at];
    let end = page.tokens_of(toll.sentence).end;
    let next = sentences.tolls.get(at + 1).filter(|t| t.sentence == toll.sentence);
    let start = toll.phrase.tokens.end.max(toll.amount.tokens.end);
    // What stands behind "while" is the next toll's.
    let next = next.map(|t| {
        let before = start..t.amount.tokens.start.max(start);
        before.clone().find(|t| begins_clause(page, *t)).unwrap_or(before.end)
    });
    start..next.unwrap_or(end).max(start)
}

/// Whether a clause with a toll of its own begins at `at`: "…; in the south", "…, while the village".
pub(super) fn begins_clause(page: &Page<'_>, at: usize) -> bool {
    matches!(page.cut.word(at), ";" | "while" | "whereas")
}

/// The words that say how and why: the whole sentence of a single toll, else the toll's own.
fn clause(
    page: &Page<'_>,
    sentences: &Sentences,
    at: usize,
    region: &Range<usize>,
) -> Range<usize> {
    let toll = &sentences.tolls[at];
    let sentence = page.tokens_of(toll.sentence);
    let own_verb = |t: &Toll| matches!(t.how, How::Before | How::Behind);
    let other = sentences.tolls.iter().enumerate().any(|(n, t)| {
        n != at && t.sentence == toll.sentence && own_verb(t) && t.trigger != toll.trigger
    });
    if !other {
        return sentence;
    }
    let previous = at.checked_sub(1).map(|n| &sentences.tolls[n]);
    let previous = previous.filter(|t| t.sentence == toll.sentence);
    previous.map_or(sentence.start, |t| t.phrase.tokens.end)..region.end
}

/// A running total without days of its own runs since the day that its text gives for one.
fn close_windows(page: &Page<'_>, sentences: &Sentences, claims: &mut [Claim]) {
    let since = page.days.iter().find(|d| d.kind == DayKind::Since && d.window.is_some());
    let Some((window, token)) = since.and_then(|d| Some((d.window?, d.tokens.start))) else {
        return;
    };
    let from = page.sentence_of(token);
    for at in 0..claims.len() {
        let heading = page.cut.sentences[sentences.tolls[at].sentence].heading;
        if sentences.tolls[at].sentence < from && !heading {
            continue;
        }
        let running = claims[at].scope == Scope::Cumulative && claims[at].window.is_none();
        let of_parent = claims[at].parent.and_then(|p| claims.get(p)).and_then(|p| p.window);
        if running && sentences.tolls[at].how != How::Listed {
            claims[at].window = Some(Window { start: window.start, end: page.published });
        } else if claims[at].window.is_none() {
            claims[at].window = of_parent;
        }
    }
}
