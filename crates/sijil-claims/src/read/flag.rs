//! Flags: where a document does not agree with itself.

use super::Page;
use super::attribution::blames;
use super::found::Sentences;
use crate::lexicon::Tag;
use crate::{Act, Claim, Flag, FlagKind, Scope, Span, Zone};

/// The flags of a page.
pub(super) fn flags(page: &Page<'_>, sentences: &Sentences, claims: &[Claim]) -> Vec<Flag> {
    let mut out = Vec::new();
    out.extend(lead_names_others(page, sentences));
    out.extend(two_totals(claims));
    out
}

/// A heading or lead that holds a community responsible which the body never does.
fn lead_names_others(page: &Page<'_>, sentences: &Sentences) -> Option<Flag> {
    let named = |zone: Zone| {
        let frames = sentences.frames.iter().enumerate();
        let of_zone = frames.filter(move |(n, _)| page.cut.sentences[*n].zone == zone);
        of_zone.flat_map(|(n, frames)| {
            frames.iter().flat_map(move |f| f.parties.iter().map(move |p| (n, f, *p)))
        })
    };
    let group_of = |party: usize| {
        let tokens = page.parties[party].tokens.clone();
        page.marks.within(&tokens).iter().find_map(|m| match m.tag {
            Tag::Group(g) => Some(g),
            _ => None,
        })
    };
    let body: Vec<u16> = named(Zone::Body).filter_map(|(_, _, p)| group_of(p)).collect();
    let (number, _, party) = named(Zone::Lead)
        .filter(|(_, frame, _)| blames(page, frame))
        .find(|(_, _, p)| group_of(*p).is_some_and(|g| !body.contains(&g)))?;
    // Only where the body says itself who did it is there anything to contradict.
    let said = named(Zone::Body).next()?;
    let words = page.cut.slice(&page.parties[party].tokens);
    let others = page.cut.slice(&page.parties[said.2].tokens);
    Some(Flag {
        kind: FlagKind::LeadNamesOtherParties,
        message: format!(
            "The heading or lead holds “{words}” responsible; the body names “{others}” and never \
             “{words}”: read who is victim and who is accused before quoting it."
        ),
        spans: vec![page.cut.sentences[number].span, page.cut.sentences[said.0].span],
    })
}

/// Two exact running totals of one thing by one speaker in one document.
fn two_totals(claims: &[Claim]) -> Vec<Flag> {
    let mut out = Vec::new();
    for (at, a) in claims.iter().enumerate() {
        for b in &claims[at + 1..] {
            if is_same_total(a, b) && a.quantity.low != b.quantity.low {
                out.push(Flag {
                    kind: FlagKind::ContradictsItself,
                    message: format!(
                        "The document gives {} and {} for what reads as one total: check which \
                         population or day each means.",
                        a.surface, b.surface
                    ),
                    spans: vec![span(a), span(b)],
                });
            }
        }
    }
    out
}

fn span(claim: &Claim) -> Span {
    claim.sentence
}

fn is_same_total(a: &Claim, b: &Claim) -> bool {
    let total = |c: &Claim| {
        c.act == Act::Killed
            && c.scope == Scope::Cumulative
            && c.quantity.high == Some(c.quantity.low)
    };
    let source = |c: &Claim| c.source.as_ref().map(|s| s.text.clone());
    let ids = |c: &Claim| c.places.iter().map(|p| p.text.clone()).collect::<Vec<_>>();
    total(a)
        && total(b)
        && source(a) == source(b)
        && a.victims == b.victims
        && a.group == b.group
        && a.window == b.window
        && ids(a) == ids(b)
        && a.perpetrators.iter().map(|p| p.class).eq(b.perpetrators.iter().map(|p| p.class))
}
