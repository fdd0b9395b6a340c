//! Who did it, over a whole text: parties that a figure takes from what the text says elsewhere.
//!
//! A figure of an incident without parties of its own takes those of the nearest figure of the
//! incident that has some, else the side that the text holds responsible if it holds one only. A
//! running toll takes none, nor does a total that holds the dead of several sides.

use std::collections::BTreeSet;

use super::Page;
use super::found::Sentences;
use super::responsible::{OF_CLASH, fits_act, perpetrators};
use crate::lexicon::Tag;
use crate::{Act, Claim, Modality, PartyClass, Perpetrator, Scope, Victims};

/// Sentences that the parties of another figure hold for where a text blames several sides.
const REACH: usize = 1;

/// Sides, in order and each once.
type Sides = BTreeSet<PartyClass>;

/// Gives every figure of an incident the parties of that incident.
pub(super) fn spread(page: &Page<'_>, sentences: &Sentences, claims: &mut [Claim]) {
    let blamed = blamed(page, sentences);
    let mut sides: BTreeSet<Sides> = blamed.iter().map(|b| classes(&b.parties)).collect();
    sides.extend(claims.iter().map(|c| classes(&c.perpetrators)).filter(|s| !s.is_empty()));
    let several = sides.len() > 1;
    // What a text with a running toll says of the guilty may be said of that toll.
    let of_toll = claims
        .iter()
        .any(|c| c.scope == Scope::Cumulative && c.act.is_violent() && c.parent.is_none());
    for at in 0..claims.len() {
        let running = claims[at].scope == Scope::Cumulative || holds_both(claims, at);
        let nobody = claims[at].rules.iter().any(|r| r == OF_CLASH)
            || is_natural(page, sentences.tolls[at].sentence);
        if nobody
            || !claims[at].perpetrators.is_empty()
            || running
            || claims[at].parent.is_some_and(|p| p < at)
        {
            continue;
        }
        let sentence = |n: usize| sentences.tolls[n].sentence;
        let near = |n: usize| !several || sentence(n).abs_diff(sentence(at)) <= REACH;
        let mut others = (0..at).rev().chain(at + 1..claims.len()).filter(|n| near(*n));
        let donor = others
            .find(|n| claims[*n].parent != Some(at) && of_one_incident(&claims[*n], &claims[at]));
        let other_day = claims[at].rules.iter().any(|r| r.starts_with("day/"))
            && claims.iter().any(|c| {
                c.parent.is_none()
                    && c.scope != Scope::Cumulative
                    && c.window.is_some()
                    && c.window != claims[at].window
                    && !c.perpetrators.is_empty()
            });
        let told = told_near(page, &blamed, &claims[at], sentence(at));
        let found = match donor {
            Some(donor) => Some(claims[donor].perpetrators.clone()),
            // A figure that a monitor adds to its running toll is no more somebody's than that toll.
            None if of_toll && is_tally(page, sentence(at)) => None,
            None if other_day => None,
            None if told.is_some() => told.map(|b| b.parties.clone()),
            None => main(&blamed, &claims[at]).map(|b| b.parties.clone()),
        };
        let found = found.filter(|p| fits(&claims[at], p));
        if let Some(parties) = found {
            claims[at].perpetrators = parties;
            claims[at].rules.push("party/of the incident".to_owned());
        }
    }
    for at in 0..claims.len() {
        let total = claims[at].parent.map(|p| claims[p].perpetrators.clone());
        if let Some(parties) = total.filter(|_| claims[at].perpetrators.is_empty()) {
            claims[at].perpetrators = parties;
        }
    }
}

/// "Deaths due to famine": what nobody did with a weapon.
fn is_natural(page: &Page<'_>, sentence: usize) -> bool {
    let tokens = page.tokens_of(sentence);
    page.marks.within(&tokens).iter().any(|m| m.tag == Tag::Natural)
}

/// Whether a sentence counts up a toll.
fn is_tally(page: &Page<'_>, sentence: usize) -> bool {
    let tokens = page.tokens_of(sentence);
    page.marks
        .within(&tokens)
        .iter()
        .any(|m| matches!(m.tag, Tag::Cumulative | Tag::Rise) || m.tag == Tag::Gives)
}

/// The side that a text tells of, where it tells of one far more often than of all others.
fn main<'b>(blamed: &'b [Blamed], claim: &Claim) -> Option<&'b Blamed> {
    let fit: Vec<&Blamed> =
        blamed.iter().filter(|b| b.fits(claim.act) && fits(claim, &b.parties)).collect();
    let side = |b: &Blamed| classes(&b.parties);
    let times = |s: &Sides| fit.iter().filter(|b| side(b) == *s).count();
    let most = fit.iter().max_by_key(|b| times(&side(b)))?;
    let share = times(&side(most)) * MAIN.1 >= fit.len() * MAIN.0;
    let first = fit.iter().find(|b| side(b) == side(most)).copied()?;
    let clear = first.sentence < LEAD || times(&side(most)) > 1;
    (share && clear).then_some(first)
}

/// Sentences at the head of a text that tell what it is about.
const LEAD: usize = 4;

/// Share of the frames of a text that its main side must have: two of three.
const MAIN: (usize, usize) = (2, 3);

/// Sentences before a figure in which the attack that it is of may be told.
const TOLD: usize = 1;

/// The side that the sentences right before a figure tell of: the attack comes first, then its dead.
fn told_near<'b>(
    page: &Page<'_>,
    blamed: &'b [Blamed],
    claim: &Claim,
    sentence: usize,
) -> Option<&'b Blamed> {
    let paragraph = |n: usize| page.cut.sentences[n].paragraph;
    let near = |b: &&Blamed| {
        b.sentence <= sentence
            && b.sentence + TOLD >= sentence
            && paragraph(b.sentence) + 1 >= paragraph(sentence)
            && b.fits(claim.act)
            && fits(claim, &b.parties)
    };
    blamed.iter().rev().find(near)
}

/// Parties that a sentence holds responsible.
struct Blamed {
    sentence: usize,
    parties: Vec<Perpetrator>,
    /// Acts that they may have done.
    acts: Vec<Act>,
}

impl Blamed {
    fn fits(&self, act: Act) -> bool {
        self.acts.contains(&act)
    }
}

/// Parties that sentences hold responsible, where nobody denies it there.
fn blamed(page: &Page<'_>, sentences: &Sentences) -> Vec<Blamed> {
    let mut out = Vec::new();
    for (number, frames) in sentences.frames.iter().enumerate() {
        let tokens = page.tokens_of(number);
        let denied =
            page.marks.within(&tokens).iter().any(|m| m.tag == Tag::Modality(Modality::Denied));
        for frame in frames.iter().filter(|_| !denied) {
            // Whoever attacked need not have made the arrests that a text tells of too.
            let raid = |act: &Act| frame.rule != "party/attacker" || *act != Act::Detained;
            let acts = Act::ALL.iter().copied().filter(raid);
            let acts = acts.filter(|act| fits_act(page, frame, *act)).collect();
            let parties = perpetrators(page, &frame.parties);
            out.push(Blamed { sentence: number, parties, acts });
        }
    }
    out
}

fn classes(parties: &[Perpetrator]) -> Sides {
    parties.iter().map(|p| p.class).collect()
}

/// Whether a total has the dead of both armed sides among its parts, or is a part of one that has.
fn holds_both(claims: &[Claim], at: usize) -> bool {
    let total = claims[at].parent.filter(|p| *p < at).unwrap_or(at);
    let has =
        |kind: Victims| claims.iter().any(|c| c.parent == Some(total) && c.victims.contains(&kind));
    has(Victims::SecurityForces) && has(Victims::Fighters)
}

/// Whether two figures may be of one incident, the first with parties to give.
fn of_one_incident(donor: &Claim, claim: &Claim) -> bool {
    let other_day =
        donor.window.is_some() && claim.window.is_some() && donor.window != claim.window;
    let other_place = !donor.places.is_empty()
        && !claim.places.is_empty()
        && donor.sentence != claim.sentence
        && claim.places.iter().all(|p| donor.places.iter().all(|d| d.text != p.text));
    let same_act = donor.act == claim.act
        || (donor.act.is_violent() && (claim.act.is_violent() || claim.act == Act::Missing));
    // A part of a total says nothing of another total.
    let part = donor.parent.is_some() && donor.parent != claim.parent;
    let running = donor.scope == Scope::Cumulative;
    let another = part || running || (other_day && other_place);
    !another && !donor.perpetrators.is_empty() && same_act
}

/// Whether parties can have done it to those people: nobody kills their own.
fn fits(claim: &Claim, parties: &[Perpetrator]) -> bool {
    let only = |kind: Victims| claim.victims == [kind];
    let own = parties.iter().all(|p| match p.class {
        PartyClass::State => only(Victims::SecurityForces),
        PartyClass::NonState | PartyClass::FormerRegime => only(Victims::Fighters),
        _ => false,
    });
    !own && claim.act != Act::Displaced
}
