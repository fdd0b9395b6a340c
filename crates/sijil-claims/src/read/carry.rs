//! What a text does not say again: days, places and parties that hold over sentences.
//!
//! A heading repeats a figure of the body and takes over who did it, where and when; who says so
//! only a heading itself tells. A later
//! figure of the same incident takes day, place and parties from the nearest figure before that
//! has them, as long as the text has not changed the subject: another day of its own, another
//! place, a running total, or a second side held responsible.

use super::Page;
use super::found::Sentences;
use super::manner::GROWS;
use super::spread::spread;
use super::whence::{dateline, day_of_scene, of_lead, of_speaker, of_topic, scene_of};
use crate::{Claim, PlaceMention, Scope};

/// Sentences that a day or a place holds for.
const REACH: usize = 8;

/// Fills what `claims`, in the order of the tolls, leave to the context.
pub(super) fn carry(page: &Page<'_>, sentences: &Sentences, claims: &mut [Claim]) {
    for at in 0..claims.len() {
        if claims[at].parent.is_some_and(|p| p < at) {
            from_sister(claims, at);
            from_total(claims, at);
        } else if !page.cut.sentences[sentences.tolls[at].sentence].heading {
            carry_day(page, sentences, claims, at);
            from_behind(sentences, claims, at);
            carry_place(page, sentences, claims, at);
        }
    }
    of_period(page, sentences, claims);
    of_incident(page, sentences, claims);
    for at in 0..claims.len() {
        if page.cut.sentences[sentences.tolls[at].sentence].heading {
            from_body(page, sentences, claims, at);
        }
    }
    spread(page, sentences, claims);
}

/// The nearest figure of the body before `at`, within reach, that has what is asked for.
fn before(
    page: &Page<'_>,
    sentences: &Sentences,
    claims: &[Claim],
    at: usize,
    has: impl Fn(&Claim) -> bool,
) -> Option<usize> {
    let near = |n: &usize| {
        let other = sentences.tolls[*n].sentence;
        !page.cut.sentences[other].heading && other + REACH >= sentences.tolls[at].sentence
    };
    (0..at).rev().filter(near).find(|n| has(&claims[*n]))
}

fn is_single(claim: &Claim) -> bool {
    claim.scope != Scope::Cumulative
}

fn carry_day(page: &Page<'_>, sentences: &Sentences, claims: &mut [Claim], at: usize) {
    if claims[at].window.is_some() || !is_single(&claims[at]) {
        return;
    }
    let donor = before(page, sentences, claims, at, |c| c.window.is_some());
    let donor = donor.filter(|d| root_is_single(claims, *d));
    let sentence = sentences.tolls[at].sentence;
    // The day of an attack told nearer than that figure.
    let from = donor.map_or(sentence.saturating_sub(REACH), |d| sentences.tolls[d].sentence + 1);
    let told = (from..sentence).rev().find_map(|n| day_of_scene(page, n));
    let (window, rule) = match (told, donor) {
        (Some(window), _) => (Some(window), "day/of the attack"),
        (None, Some(donor)) => (claims[donor].window, "day/of the figure before"),
        (None, None) => return,
    };
    claims[at].window = window;
    claims[at].rules.push(rule.to_owned());
    let incident = donor.is_some_and(|d| claims[d].scope == Scope::Incident);
    if claims[at].scope == Scope::Unknown && incident {
        claims[at].scope = Scope::Incident;
    }
}

/// "It put the toll at 56": the toll of an incident that the text tells of, not a running one.
fn of_incident(page: &Page<'_>, sentences: &Sentences, claims: &mut [Claim]) {
    for at in 0..claims.len() {
        let grows = claims[at].rules.iter().any(|r| r == GROWS);
        let act = claims[at].act;
        let told = before(page, sentences, claims, at, |c| c.act == act && c.parent.is_none());
        if grows && told.is_some_and(|n| claims[n].scope == Scope::Incident) {
            claims[at].scope = Scope::Incident;
        }
    }
}

/// "In 2021 the Observatory recorded 326 dead … We also registered …": figures of a report without a
/// day of their own are of the period that its first figure names.
fn of_period(page: &Page<'_>, sentences: &Sentences, claims: &mut [Claim]) {
    let body = |n: &usize| !page.cut.sentences[sentences.tolls[*n].sentence].heading;
    let Some(first) = (0..claims.len()).find(body) else { return };
    let period = claims[first].window.filter(|w| w.start.is_some() && w.start != w.end);
    let Some(window) = period else { return };
    for claim in claims.iter_mut().skip(first).filter(|c| c.window.is_none()) {
        claim.window = Some(window);
        claim.rules.push("day/of the period".to_owned());
    }
}

/// "102 men, 17 women and 12 children in the north": the place stands behind the last part.
fn from_sister(claims: &mut [Claim], at: usize) {
    let sister = claims[at + 1..].iter().find(|c| {
        c.parent == claims[at].parent && c.sentence == claims[at].sentence && !c.places.is_empty()
    });
    let places = sister.map(|c| c.places.clone());
    if claims[at].places.is_empty() {
        claims[at].places = places.unwrap_or_default();
    }
}

/// "17 were killed and 20 wounded in the north": the place stands behind the last of them. A list
/// by place names several and gives none.
fn from_behind(sentences: &Sentences, claims: &mut [Claim], at: usize) {
    let here = |n: &usize| sentences.tolls[*n].sentence == sentences.tolls[at].sentence;
    let behind: Vec<usize> =
        (at + 1..claims.len()).take_while(here).filter(|n| !claims[*n].places.is_empty()).collect();
    let same = behind.windows(2).all(|pair| claims[pair[0]].places == claims[pair[1]].places);
    if let Some(next) = behind.first().filter(|_| same && claims[at].places.is_empty()) {
        claims[at].places = claims[*next].places.clone();
        claims[at].rules.push("place/behind the next figure".to_owned());
    }
}

/// The place of an attack told before, of a figure before, of the dateline, or of the speaker.
fn carry_place(page: &Page<'_>, sentences: &Sentences, claims: &mut [Claim], at: usize) {
    if !claims[at].places.is_empty() {
        return;
    }
    let sentence = sentences.tolls[at].sentence;
    let single = is_single(&claims[at]);
    // A running toll is not of the place of one incident.
    let donor = before(page, sentences, claims, at, |c| {
        let total = c.parent.is_none() || c.sentence == claims[at].sentence;
        !c.places.is_empty() && total
    });
    let donor = donor.filter(|d| single || !is_single(&claims[*d]));
    let from = sentence.saturating_sub(REACH);
    let told = (from..sentence).rev().map(|n| scene_of(page, n)).find(|p| !p.is_empty());
    let near = donor.map(|d| page.cut.sentences[sentences.tolls[d].sentence].span.end);
    let nearer = |p: &Vec<PlaceMention>| {
        let start = p.first().map_or(0, |p| p.span.start);
        near.is_none_or(|end| end < start)
    };
    let (places, rule) = if let Some(places) = told.filter(|p| single && nearer(p)) {
        (places, "place/of the attack")
    } else if let Some(donor) = donor {
        (claims[donor].places.clone(), "place/of the figure before")
    } else if page.arabic && !single {
        // An Arabic heading names the place of the news, seldom that of a running toll.
        return;
    } else {
        elsewhere(page, sentence, single)
    };
    if !places.is_empty() {
        claims[at].rules.push(rule.to_owned());
    }
    claims[at].places = places;
}

/// Where a text plays, for a figure that nothing near gives a place: its dateline, the speaker, the
/// heading, the first sentences.
fn elsewhere(page: &Page<'_>, sentence: usize, single: bool) -> (Vec<PlaceMention>, &'static str) {
    let line = if single { dateline(page) } else { Vec::new() };
    let line = if single && line.is_empty() { of_speaker(page, sentence) } else { line };
    if !line.is_empty() {
        return (line, "place/dateline");
    }
    let topic = of_topic(page);
    if topic.is_empty() {
        (of_lead(page), "place/of the lead")
    } else {
        (topic, "place/of the heading")
    }
}

fn root_is_single(claims: &[Claim], at: usize) -> bool {
    let root = claims[at].parent.filter(|p| *p < at).unwrap_or(at);
    claims[root].scope != Scope::Cumulative
}

/// A part takes from its total what was filled there.
fn from_total(claims: &mut [Claim], at: usize) {
    let Some(total) = claims[at].parent.map(|p| claims[p].clone()) else { return };
    let claim = &mut claims[at];
    claim.window = claim.window.or(total.window);
    if claim.places.is_empty() {
        claim.places = total.places;
    }
    if claim.perpetrators.is_empty() {
        claim.perpetrators = total.perpetrators;
    }
}

/// A figure of a heading takes over from the first figure of the body that it repeats.
fn from_body(page: &Page<'_>, sentences: &Sentences, claims: &mut [Claim], at: usize) {
    let repeated = (at + 1..claims.len()).find(|n| {
        let body = !page.cut.sentences[sentences.tolls[*n].sentence].heading;
        body && claims[*n].act == claims[at].act
            && claims[*n].quantity.low == claims[at].quantity.low
    });
    let Some(donor) = repeated.map(|n| claims[n].clone()) else {
        let first = (at + 1..claims.len()).find(|n| {
            let body = !page.cut.sentences[sentences.tolls[*n].sentence].heading;
            body && claims[*n].act == claims[at].act && claims[*n].parent.is_none()
        });
        let Some(first) = first.map(|n| claims[n].clone()) else { return };
        claims[at].window = claims[at].window.or(first.window);
        if claims[at].places.is_empty() {
            claims[at].places = first.places;
        }
        return;
    };
    let claim = &mut claims[at];
    if claim.perpetrators.is_empty() {
        claim.perpetrators = donor.perpetrators;
    }
    let within = claim.places.iter().all(|p| donor.places.iter().any(|d| d.text == p.text));
    if within {
        claim.places = donor.places;
    }
    claim.window = claim.window.or(donor.window);
    if claim.parent.is_none() {
        claim.scope = donor.scope;
    }
}
