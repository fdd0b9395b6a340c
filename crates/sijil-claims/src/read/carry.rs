//! What a text does not say again: days, places and parties that hold over sentences.
//!
//! A heading repeats a figure of the body and takes over who says so and who did it. A later
//! figure of the same incident takes day, place and parties from the nearest figure before that
//! has them, as long as the text has not changed the subject: another day of its own, another
//! place, a running total, or a second side held responsible.

use super::Page;
use super::found::Sentences;
use super::spread::spread;
use super::whence::{dateline, of_speaker, scene_of};
use crate::{Claim, PlaceMention, Scope};

/// Sentences that a day or a place holds for.
const REACH: usize = 8;

/// Fills what `claims`, in the order of the tolls, leave to the context.
pub(super) fn carry(page: &Page<'_>, sentences: &Sentences, claims: &mut [Claim]) {
    for at in 0..claims.len() {
        if claims[at].parent.is_some_and(|p| p < at) {
            // "102 men, 17 women and 12 children in the north": the place stands behind the last.
            let sister = claims.get(at + 1..).unwrap_or_default().iter().find(|c| {
                c.parent == claims[at].parent && c.sentence == claims[at].sentence
                    && !c.places.is_empty()
            });
            if claims[at].places.is_empty() && let Some(sister) = sister {
                claims[at].places = sister.places.clone();
            }
            from_total(claims, at);
            continue;
        }
        let sentence = sentences.tolls[at].sentence;
        if page.cut.sentences[sentence].heading {
            continue;
        }
        let near = |n: &usize, reach: usize| {
            let other = &sentences.tolls[*n];
            !page.cut.sentences[other.sentence].heading && other.sentence + reach >= sentence
        };
        let before = |claims: &[Claim], reach: usize, has: &dyn Fn(&Claim) -> bool| {
            (0..at).rev().filter(|n| near(n, reach)).find(|n| has(&claims[*n]))
        };
        let single = |c: &Claim| c.scope != Scope::Cumulative;
        if claims[at].window.is_none() && single(&claims[at]) {
            let donor = before(claims, REACH, &|c| c.window.is_some());
            if let Some(donor) = donor.filter(|d| root_is_single(claims, *d)) {
                claims[at].window = claims[donor].window;
                claims[at].rules.push("day/of the figure before".to_owned());
                if claims[at].scope == Scope::Unknown && claims[donor].scope == Scope::Incident {
                    claims[at].scope = Scope::Incident;
                }
            }
        }
        // "17 were killed and 20 wounded in the north": the place stands behind the last of them.
        if claims[at].places.is_empty() {
            let here = |n: &usize| sentences.tolls[*n].sentence == sentence;
            let behind: Vec<usize> = (at + 1..claims.len())
                .take_while(here)
                .filter(|n| !claims[*n].places.is_empty())
                .collect();
            // A list by place names several.
            let one = |a: &usize, b: &usize| claims[*a].places == claims[*b].places;
            let same = behind.windows(2).all(|pair| one(&pair[0], &pair[1]));
            let next = behind.first().copied().filter(|_| same);
            if let Some(next) = next {
                claims[at].places = claims[next].places.clone();
                claims[at].rules.push("place/behind the next figure".to_owned());
            }
        }
        if claims[at].places.is_empty() {
            let donor = before(claims, REACH, &|c| !c.places.is_empty() && c.parent.is_none());
            // A running toll is not of the place of one incident.
            let fits = |d: &usize| single(&claims[at]) || !single(&claims[*d]);
            let scene = || {
                let from = sentence.saturating_sub(REACH);
                (from..sentence).rev().map(|n| scene_of(page, n)).find(|p| !p.is_empty())
            };
            let donor = donor.filter(fits);
            let near = donor.map(|d| sentences.tolls[d].sentence);
            let told = scene().filter(|_| single(&claims[at]));
            let nearer = |p: &Vec<PlaceMention>| {
                let at = p.first().map_or(0, |p| p.span.start);
                near.is_none_or(|n| page.cut.sentences[n].span.end < at)
            };
            if let Some(places) = told.filter(nearer) {
                claims[at].places = places;
                claims[at].rules.push("place/of the attack".to_owned());
            } else if let Some(donor) = donor {
                claims[at].places = claims[donor].places.clone();
                claims[at].rules.push("place/of the figure before".to_owned());
            } else if single(&claims[at]) {
                claims[at].places = dateline(page);
                if claims[at].places.is_empty() {
                    claims[at].places = of_speaker(page, sentence);
                }
                let found = (!claims[at].places.is_empty()).then(|| "place/dateline".to_owned());
                claims[at].rules.extend(found);
            }
        }
    }
    for at in 0..claims.len() {
        if page.cut.sentences[sentences.tolls[at].sentence].heading {
            from_body(page, sentences, claims, at);
        }
    }
    spread(page, sentences, claims);
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
    let Some(donor) = repeated.map(|n| claims[n].clone()) else { return };
    let claim = &mut claims[at];
    if claim.source.is_none() {
        claim.source = donor.source;
        claim.speaker_chain = donor.speaker_chain;
    }
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
