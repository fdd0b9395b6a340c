//! Of whom a toll speaks: kinds and group of its victims.

use std::ops::Range;

use super::Page;
use super::found::Sentences;
use super::quantity::{Amount, AmountKind};
use super::toll::How;
use crate::lexicon::Tag;
use crate::{PartyClass, Victims};

/// Kinds and group of the victims.
pub(super) fn victims(
    page: &Page<'_>,
    sentences: &Sentences,
    at: usize,
    region: &Range<usize>,
) -> (Vec<Victims>, Option<String>) {
    let toll = &sentences.tolls[at];
    let mut kinds = toll.phrase.victims.clone();
    let counted = toll.amount.tokens.start..toll.phrase.tokens.end;
    if kinds.is_empty() {
        let of = page.parties.iter().find(|p| counted.contains(&p.head.start));
        kinds.extend(of.map(|p| kind_of(p.class)));
    }
    if kinds.is_empty() && toll.how != How::Listed && !matches!(toll.amount.kind, AmountKind::Named)
    {
        // "Militants attacked a patrol, killing over a dozen individuals."
        let target = sentences.frames[toll.sentence]
            .iter()
            .find_map(|f| f.target.filter(|_| f.anchor.start < toll.amount.tokens.start));
        kinds.extend(target.map(|n| kind_of(page.parties[n].class)));
    }
    if kinds.is_empty() && is_family(page, &toll.amount) {
        kinds.insert(Victims::Civilians);
    }
    // "Killed 95 civilians and injured 248": the second number counts the same people.
    if kinds.is_empty() && toll.phrase.is_empty() && !toll.phrase.points_back {
        let before = sentences.tolls[..at].last().filter(|t| t.sentence == toll.sentence);
        let alike = before.filter(|t| t.act != toll.act && t.phrase.victims.len() == 1);
        kinds.extend(alike.into_iter().flat_map(|t| t.phrase.victims.iter().copied()));
    }
    if kinds.is_empty() {
        kinds.insert(Victims::Unspecified);
    }
    let group = toll.phrase.group.or_else(|| mostly(page, region));
    (kinds.into_iter().collect(), group.map(|g| page.lexicon.group(g).to_owned()))
}

/// "Her brother", "a family of seven": somebody's family.
fn is_family(page: &Page<'_>, amount: &Amount) -> bool {
    matches!(amount.kind, AmountKind::Family | AmountKind::Singular)
        && page
            .marks
            .within(&amount.tokens)
            .iter()
            .any(|m| matches!(m.tag, Tag::Kin(_) | Tag::Family))
}

fn kind_of(class: PartyClass) -> Victims {
    match class {
        PartyClass::State => Victims::SecurityForces,
        _ => Victims::Fighters,
    }
}

/// "…, most of them Alawites": the group that most of them belong to.
fn mostly(page: &Page<'_>, region: &Range<usize>) -> Option<u16> {
    let end = region.end.min(region.start + 10);
    let most = (region.start..end.min(region.start + 3)).find(|t| {
        matches!(
            page.cut.word(*t),
            "most"
                | "mostly"
                | "mainly"
                | "majority"
                | "all"
                | "largely"
                | "predominantly"
                | "overwhelmingly"
        )
    })?;
    (most..end).find_map(|t| {
        page.marks.find(t, |m| match m.tag {
            Tag::Group(g) => Some(g),
            _ => None,
        })
    })
}
