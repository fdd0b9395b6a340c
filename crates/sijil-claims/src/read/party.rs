//! Parties: noun phrases that name a side, with the side that their words stand for.

use std::ops::Range;

use super::Page;
use super::grammar::{ends_phrase, is_determiner};
use super::side::{class, links, of_name, of_nation, sides};
use crate::PartyClass;
use crate::lexicon::{Beside, Link, NationWord, SideWord, Tag};
use crate::text::Shape;

/// Words before a head that may belong to it.
const MOST_BEFORE: usize = 6;

/// Sentences over which "the troops" are those named before.
const SAME_REACH: usize = 3;

/// A party named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Party {
    /// All its words.
    pub(super) tokens: Range<usize>,
    /// The head, or the whole name.
    pub(super) head: Range<usize>,
    /// The side.
    pub(super) class: PartyClass,
    /// A community named where a party is expected ("the government and the X community").
    pub(super) community: bool,
}

/// All parties of a text, in order, none within another.
pub(super) fn parties(page: &Page<'_>) -> Vec<Party> {
    let mut out: Vec<Party> = Vec::new();
    let mut at = 0;
    while at < page.cut.tokens.len() {
        match party(page, at, out.last().map_or(0, |last| last.tokens.end)) {
            Some(party) => {
                at = party.tokens.end;
                out.push(party);
            }
            None => at += 1,
        }
    }
    link_of_both(page, &mut out);
    the_gunmen(page, &mut out);
    same_words_same_side(page, &mut out);
    out
}

/// "Armed groups and foreign fighters with ties to the government": the link is said of both.
fn link_of_both(page: &Page<'_>, parties: &mut [Party]) {
    for at in 1..parties.len() {
        let between = parties[at - 1].tokens.end..parties[at].tokens.start;
        let joined = between.len() == 1 && matches!(page.cut.word(between.start), "and" | "or");
        let (_, links) = links(page, parties[at].head.end);
        let linked = links.contains(&(Link::With, SideWord::Government))
            && !links.iter().any(|(_, side)| *side == SideWord::Former);
        if joined && linked && parties[at - 1].class == PartyClass::NonState {
            parties[at - 1].class = PartyClass::StateAligned;
        }
        // "Killed by security forces and armed groups": on one side, unless they fought each other.
        let before = parties[at - 1].tokens.start.checked_sub(1).map_or("", |b| page.cut.word(b));
        let one_side = parties[at - 1].class == PartyClass::State && before == "by";
        // "Government forces and their allies".
        let theirs = parties[at - 1].class == PartyClass::State
            && page.cut.word(parties[at].tokens.start) == "their";
        let open = matches!(parties[at].class, PartyClass::NonState | PartyClass::Unknown);
        if joined && (theirs && open || one_side && parties[at].class == PartyClass::NonState) {
            parties[at].class = PartyClass::StateAligned;
        }
    }
}

/// "Gunmen", where the text says once whose: "gunmen loyal to the ousted president".
fn the_gunmen(page: &Page<'_>, parties: &mut [Party]) {
    let head = |p: &Party| page.cut.word(p.head.end - 1).to_owned();
    for at in 0..parties.len() {
        if parties[at].class != PartyClass::Unknown || parties[at].tokens.len() > 2 {
            continue;
        }
        let told: Vec<PartyClass> = parties
            .iter()
            .filter(|p| p.class != PartyClass::Unknown && head(p) == head(&parties[at]))
            .map(|p| p.class)
            .collect();
        // One side only, or nobody knows which.
        if let Some(class) = told.first().filter(|c| told.iter().all(|o| o == *c)) {
            parties[at].class = *class;
        }
    }
}

/// "The factions", named before with their side, are those factions.
fn same_words_same_side(page: &Page<'_>, parties: &mut [Party]) {
    for at in 1..parties.len() {
        let word = page.cut.word(parties[at].tokens.start);
        if matches!(word, "the" | "its" | "their") || parties[at].tokens.len() <= 2 {
            the_same_state(page, parties, at);
        }
        let unclear = matches!(parties[at].class, PartyClass::NonState | PartyClass::Unknown);
        if !unclear || !matches!(word, "the" | "these" | "those") || parties[at].tokens.len() > 3 {
            continue;
        }
        let head = page.cut.word(parties[at].head.end - 1);
        let known = parties[..at].iter().rev().find(|p| {
            page.cut.word(p.head.end - 1) == head
                && !matches!(p.class, PartyClass::NonState | PartyClass::Unknown)
        });
        if let Some(class) = known.map(|p| p.class) {
            parties[at].class = class;
        }
    }
}

/// "Israeli soldiers … The troops": soldiers whom the text does not call anybody else's.
fn the_same_state(page: &Page<'_>, parties: &mut [Party], at: usize) {
    let first = parties[at].tokens.start;
    if matches!(page.cut.word(first), "its" | "their") && parties[at].class == PartyClass::State {
        // "Russia's ministry said that its troops": whose they are stands before.
        let sentence = page.tokens_of(page.sentence_of(first));
        let nation =
            page.marks.within(&(sentence.start..first)).iter().rev().find_map(|m| match m.tag {
                Tag::Nation(NationWord::Name | NationWord::People, nation) => Some(nation),
                _ => None,
            });
        parties[at].class = nation.map_or(PartyClass::State, |n| of_nation(page, n));
        return;
    }
    let bare = parties[at].tokens.len() <= 3 && parties[at].class == PartyClass::State;
    let own = parties[at].tokens.clone().any(|t| {
        page.marks.has(t, |tag| matches!(tag, Tag::Nation(..) | Tag::Side(_) | Tag::Named(_)))
            && !page.marks.has(t, |tag| matches!(tag, Tag::Head(_)))
    });
    if !bare || own || matches!(page.cut.word(parties[at].head.start), "police" | "authorities") {
        return;
    }
    // "The army said": where nobody's soldiers are a state's own, they are another state's.
    if page.scene.is_some_and(|scene| page.lexicon.is_stateless(scene)) {
        parties[at].class = PartyClass::ForeignState;
        return;
    }
    let sentence = page.sentence_of(parties[at].tokens.start);
    let last = parties[..at].iter().rev().find(|p| {
        matches!(p.class, PartyClass::State | PartyClass::ForeignState)
            && page.sentence_of(p.tokens.start) + SAME_REACH >= sentence
    });
    if last.is_some_and(|p| p.class == PartyClass::ForeignState) {
        parties[at].class = PartyClass::ForeignState;
    }
}

fn party(page: &Page<'_>, at: usize, after: usize) -> Option<Party> {
    if page.arabic {
        return super::arabic::party(page, at);
    }
    named(page, at)
        .or_else(|| headed(page, at, after))
        .or_else(|| weapon(page, at))
        .or_else(|| community(page, at))
}

fn named(page: &Page<'_>, at: usize) -> Option<Party> {
    let (end, class) = page.marks.find(at, |mark| match mark.tag {
        Tag::Named(class) => Some((mark.tokens.end, of_name(page, class))),
        Tag::Nation(NationWord::Forces, nation) => Some((mark.tokens.end, of_nation(page, nation))),
        _ => None,
    })?;
    // "The IDF" is a force; "Israel" may only be where something happened, or whose town.
    let country = page.marks.has(at, |tag| matches!(tag, Tag::Nation(NationWord::Name, _)));
    let before = at.checked_sub(1).map_or("", |b| page.cut.word(b));
    let place =
        matches!(before, "in" | "from" | "to" | "into" | "with" | "across" | "inside" | "of");
    if country && (place || owns_no_force(page, end)) {
        return None;
    }
    // A name with a head behind it is described by the head: "HTS fighters".
    let head = end + usize::from(matches!(page.cut.word(end), "'s" | "\u{2019}s"));
    let end = if page.marks.has(head, |t| matches!(t, Tag::Head(_))) { head + 1 } else { end };
    Some(Party { tokens: at..end, head: at..end, class, community: false })
}

/// "Russia's Belgorod region": a country's name with something that is no force.
fn owns_no_force(page: &Page<'_>, end: usize) -> bool {
    matches!(page.cut.word(end), "'s" | "\u{2019}s")
        && !(end + 1..end + 4).any(|t| {
            page.marks.has(t, |tag| matches!(tag, Tag::Head(_) | Tag::Beside(_) | Tag::Named(_)))
        })
}

fn headed(page: &Page<'_>, at: usize, after: usize) -> Option<Party> {
    let (head_end, kind) = page.marks.find(at, |mark| match mark.tag {
        Tag::Head(kind) => Some((mark.tokens.end, kind)),
        _ => None,
    })?;
    let head = at..head_end;
    let start = start_of(page, at, after);
    // Mines and shells that a war leaves behind are no party.
    let is_thing = page.cut.word(head_end) == "of" && page.cut.word(head_end + 1) == "war"
        || at.checked_sub(1).is_some_and(|b| page.cut.word(b) == "explosive");
    if is_thing {
        return None;
    }
    // "An intelligence official": somebody who speaks.
    let speaker = page.marks.has(head_end, |tag| tag == Tag::SpeakerNoun)
        && page.cut.shape(head_end) == Shape::Lower
        && !page.marks.has(head_end, |tag| matches!(tag, Tag::Head(_)));
    if speaker {
        return None;
    }
    let before = sides(page, &(start..at));
    let (end, behind) = links(page, head_end);
    let class = class(page, &head, kind, &before, &behind)?;
    Some(Party { tokens: start..end, head, class, community: false })
}

/// "A Russian missile", "Israeli air strikes", "army shelling": whose weapon it is.
fn weapon(page: &Page<'_>, at: usize) -> Option<Party> {
    let class = page.marks.find(at, |m| match m.tag {
        Tag::Nation(NationWord::People, nation) if page.cut.shape(at) == Shape::Capital => {
            Some(of_nation(page, nation))
        }
        // "A new drone", "the first official attack": not every such word owns what stands behind it.
        Tag::Side(SideWord::Government)
            if page.cut.shape(at) == Shape::Lower && owns_weapons(page.cut.word(at)) =>
        {
            Some(PartyClass::State)
        }
        _ => None,
    })?;
    let armed = (at + 1..at + 4)
        .take_while(|t| page.cut.shape(*t) != Shape::Mark || page.cut.word(*t) == "-")
        .any(|t| page.marks.has(t, |tag| tag == Tag::Beside(Beside::Weapon)));
    armed.then(|| Party { tokens: at..at + 1, head: at..at + 1, class, community: false })
}

/// Whether a word for a government may own a weapon by itself: "army shelling", "regime strikes".
fn owns_weapons(word: &str) -> bool {
    matches!(
        word,
        "government" | "army" | "regime" | "military" | "police" | "state" | "junta" | "federal"
    )
}

/// A community named beside a party, as if it were one: "factions … and the X community".
fn community(page: &Page<'_>, at: usize) -> Option<Party> {
    if !page.marks.has(at, |tag| tag == Tag::Beside(Beside::Community)) {
        return None;
    }
    let group = at.checked_sub(1).filter(|g| page.marks.has(*g, |t| matches!(t, Tag::Group(_))))?;
    let start = group - usize::from(group > 0 && is_determiner(page.cut.word(group - 1)));
    let head = group..at + 1;
    Some(Party { tokens: start..at + 1, head, class: PartyClass::Unknown, community: true })
}

/// First token of the words before a head that belong to it.
fn start_of(page: &Page<'_>, head: usize, after: usize) -> usize {
    let mut start = head;
    while start > after && head - start < MOST_BEFORE && !page.begins_sentence(start) {
        let word = page.cut.word(start - 1);
        let joint = matches!(word, "'s" | "\u{2019}s" | "-") && !page.cut.tokens[start - 1].spaced;
        if is_determiner(word) && !matches!(word, "more" | "most" | "all" | "any") {
            return if matches!(word, "the" | "its" | "their" | "his") { start - 1 } else { start };
        }
        let shape = page.cut.shape(start - 1);
        let stops = (shape == Shape::Mark && !joint)
            || shape == Shape::Number
            || ends_phrase(word)
            || is_verb(page, start - 1)
            || page.number_word(word).is_some()
            || page.is_date(start - 1)
            || (word.ends_with("ly") && word.len() > 5);
        if stops {
            break;
        }
        start -= 1;
    }
    start
}

fn is_verb(page: &Page<'_>, at: usize) -> bool {
    page.marks.has(at, |tag| {
        matches!(
            tag,
            Tag::Act(..) | Tag::Attack(_) | Tag::Say | Tag::Counts | Tag::Blame(_) | Tag::Vague(_)
        ) || matches!(tag, Tag::Opens | Tag::Response(_) | Tag::Victims(..) | Tag::Qualifier(_))
    }) && !page.marks.has(at, |tag| matches!(tag, Tag::Side(_) | Tag::Nation(..)))
}
