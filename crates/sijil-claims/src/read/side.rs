//! Sides: whose a party is, by its head, the words before it and the links behind it.
//!
//! A state's forces are `state` in the country where the text plays and `foreign_state` elsewhere.
//! Before the day on which it fell, the Syrian regime is the state.

use std::ops::Range;

use jiff::civil::{Date, date};

use super::Page;
use super::grammar::{ends_phrase, is_auxiliary, is_determiner};
use crate::PartyClass;
use crate::lexicon::{Beside, HeadKind, Link, NationWord, SideWord, Tag};
use crate::text::Shape;

/// Words behind a link that may belong to it.
const MOST_BEHIND: usize = 9;

/// The day on which the Syrian regime fell.
const FALL: Date = date(2024, 12, 8);

/// The side of a country's forces.
pub(super) fn of_nation(page: &Page<'_>, nation: u16) -> PartyClass {
    if page.lexicon.is_stateless(nation) {
        return PartyClass::NonState;
    }
    let own = match page.scene {
        Some(scene) => scene == nation,
        None => !page.lexicon.acts_abroad(nation),
    };
    if own { PartyClass::State } else { PartyClass::ForeignState }
}

/// Whether whoever ruled before is not yet "former" on the day of publication.
fn still_rules(page: &Page<'_>) -> bool {
    page.published.is_some_and(|day| day < FALL)
}

/// The side of a party by name.
pub(super) fn of_name(page: &Page<'_>, class: PartyClass) -> PartyClass {
    match class {
        PartyClass::FormerRegime if still_rules(page) => PartyClass::State,
        class => class,
    }
}

/// Side words within tokens, with the link they stand behind.
pub(super) fn sides(page: &Page<'_>, tokens: &Range<usize>) -> Vec<SideWord> {
    let mut sides: Vec<SideWord> = Vec::new();
    for at in tokens.clone() {
        sides.extend(page.marks.at(at).iter().filter_map(|mark| match mark.tag {
            Tag::Side(SideWord::Former) if still_rules(page) => Some(SideWord::Government),
            Tag::Side(side) => Some(side),
            Tag::Nation(NationWord::People | NationWord::Forces | NationWord::Name, nation) => {
                match of_nation(page, nation) {
                    PartyClass::State => Some(SideWord::OwnState),
                    _ => Some(SideWord::ForeignState),
                }
            }
            _ => None,
        }));
        sides.extend(compound(page, page.cut.word(at)));
    }
    sides
}

/// "Pro-X", "X-linked", "X-aligned": the side of a compound that no lexicon lists.
fn compound(page: &Page<'_>, word: &str) -> Option<SideWord> {
    const TIES: &[&str] = &["linked", "aligned", "affiliated", "backed", "allied", "led", "loyal"];
    let (left, right) = word.rsplit_once('-')?;
    let name = match left {
        "pro" => right,
        _ if TIES.contains(&right) => left,
        _ => return None,
    };
    let of_state = matches!(name, "government" | "state" | "ministry" | "authorities" | "damascus");
    let of_former = matches!(name, "assad" | "al-assad" | "regime" | "baath" | "ex-regime");
    if of_former {
        Some(if still_rules(page) { SideWord::Allied } else { SideWord::Former })
    } else if of_state {
        Some(SideWord::Allied)
    } else {
        None
    }
}

/// End of the words behind a head, and the sides that they name with their links.
pub(super) fn links(page: &Page<'_>, from: usize) -> (usize, Vec<(Link, SideWord)>) {
    let mut found = Vec::new();
    let mut end = from;
    for _ in 0..3 {
        let skip = end + usize::from(page.cut.word(end) == "," || page.cut.word(end) == "both");
        let link = page.marks.find(skip, |mark| match mark.tag {
            Tag::Link(link) => Some((mark.tokens.end, link)),
            _ => None,
        });
        let Some((object, link)) = link else { break };
        let object_end = object_end(page, object);
        let mut named: Vec<SideWord> = object_sides(page, &(object..object_end));
        // "Factions affiliated with them": with whoever was named before.
        if link == Link::With && object_end == object + 1 && page.cut.word(object) == "them" {
            named.push(SideWord::Allied);
        }
        // "Members of the security forces" yes, "forces in the village" no.
        if named.is_empty() {
            break;
        }
        found.extend(named.into_iter().map(|side| (link, side)));
        end = object_end;
    }
    (end, found)
}

fn object_end(page: &Page<'_>, from: usize) -> usize {
    let mut end = from;
    while end < from + MOST_BEHIND && end < page.cut.tokens.len() {
        let word = page.cut.word(end);
        let joint = matches!(word, "'s" | "\u{2019}s" | "-");
        let mark = page.cut.shape(end) == Shape::Mark && !joint;
        let within = word == "of";
        if mark || page.is_date(end) || page.begins_sentence(end) {
            break;
        }
        if !within && (ends_phrase(word) || is_auxiliary(word) || is_act(page, end)) {
            break;
        }
        end += 1;
    }
    // A trailing "of" or determiner leads to nothing that belongs here.
    while end > from && (page.cut.word(end - 1) == "of" || is_determiner(page.cut.word(end - 1))) {
        end -= 1;
    }
    end
}

fn is_act(page: &Page<'_>, at: usize) -> bool {
    page.marks.has(at, |tag| {
        matches!(tag, Tag::Act(..) | Tag::Attack(_) | Tag::Say | Tag::Blame(_) | Tag::Counts)
    })
}

fn object_sides(page: &Page<'_>, tokens: &Range<usize>) -> Vec<SideWord> {
    let name = |t: usize| page.marks.has(t, |tag| tag == Tag::Named(PartyClass::NonState));
    if tokens.clone().any(name) {
        return vec![SideWord::NonState];
    }
    let mut named = sides(page, tokens);
    for at in tokens.clone() {
        for mark in page.marks.at(at) {
            named.extend(match mark.tag {
                Tag::Head(HeadKind::State) => Some(SideWord::Government),
                Tag::Head(HeadKind::FormerRegime) => Some(SideWord::Former),
                Tag::Named(PartyClass::State | PartyClass::StateAligned) => {
                    Some(SideWord::Government)
                }
                Tag::Named(PartyClass::FormerRegime) if still_rules(page) => {
                    Some(SideWord::Government)
                }
                Tag::Named(PartyClass::FormerRegime) => Some(SideWord::Former),
                Tag::Named(PartyClass::NonState) => Some(SideWord::NonState),
                Tag::Named(PartyClass::ForeignState) => Some(SideWord::ForeignState),
                _ => None,
            });
        }
    }
    named
}

/// The side of a head with its words; `None` where the words are no party ("a group of …").
pub(super) fn class(
    page: &Page<'_>,
    head: &Range<usize>,
    kind: HeadKind,
    before: &[SideWord],
    behind: &[(Link, SideWord)],
) -> Option<PartyClass> {
    if is_own_name(page, head, before) {
        return Some(PartyClass::NonState);
    }
    let is = |beside: Beside| {
        page.marks.has(head.end - 1, |tag| tag == Tag::Beside(beside))
            || page.marks.has(head.start, |tag| tag == Tag::Beside(beside))
    };
    let (force, irregular) = (is(Beside::Force), is(Beside::Irregular));
    let has = |side: SideWord| before.contains(&side) || behind.iter().any(|(_, s)| *s == side);
    let behind_has = |link: Link, side: SideWord| behind.contains(&(link, side));
    // "Former rebels" are no remnants of the regime that they fought.
    if matches!(page.cut.word(head.end - 1), "rebels" | "insurgents" | "opposition")
        && behind.is_empty()
    {
        return Some(PartyClass::NonState);
    }
    if kind == HeadKind::FormerRegime || has(SideWord::Former) {
        let state = still_rules(page) && kind != HeadKind::FormerRegime;
        return Some(if state { PartyClass::State } else { PartyClass::FormerRegime });
    }
    // "Foreign forces" are another state's, "foreign fighters" nobody's.
    let regular = matches!(
        page.cut.word(head.end - 1),
        "forces" | "troops" | "army" | "armies" | "military" | "soldiers" | "warplanes" | "jets"
    );
    if before.contains(&SideWord::Foreign) && regular && !before.contains(&SideWord::NonState) {
        return Some(PartyClass::ForeignState);
    }
    if has(SideWord::Foreign) && !has(SideWord::Government) || before.contains(&SideWord::Foreign) {
        return Some(PartyClass::ForeignFighters);
    }
    if behind_has(Link::Of, SideWord::NonState) || behind_has(Link::With, SideWord::NonState) {
        return Some(PartyClass::NonState);
    }
    let foreign = before.contains(&SideWord::ForeignState);
    if !irregular && (foreign || behind_has(Link::Of, SideWord::ForeignState)) {
        return Some(PartyClass::ForeignState);
    }
    if foreign {
        return Some(PartyClass::NonState);
    }
    if before.contains(&SideWord::OwnState) && force && !irregular {
        return Some(PartyClass::State);
    }
    let joins_in = behind_has(Link::In, SideWord::Government);
    if joins_in && matches!(page.cut.word(head.end - 1), "forces" | "army" | "troops" | "units") {
        return Some(PartyClass::State);
    }
    if joins_in || behind_has(Link::With, SideWord::Government) || has(SideWord::Allied) {
        return Some(PartyClass::StateAligned);
    }
    if behind_has(Link::With, SideWord::ForeignState) {
        return Some(PartyClass::ForeignState);
    }
    if kind == HeadKind::State || behind_has(Link::Of, SideWord::Government) {
        return Some(PartyClass::State);
    }
    if before.contains(&SideWord::Government) {
        return Some(if irregular { PartyClass::StateAligned } else { PartyClass::State });
    }
    unaffiliated(page, head, kind, before)
}

/// "Arakan Army", "Allied Democratic Forces": a force's own name, which no state's name begins.
fn is_own_name(page: &Page<'_>, head: &Range<usize>, before: &[SideWord]) -> bool {
    let capital = |t: usize| page.cut.shape(t) == Shape::Capital;
    let named = |t: usize| capital(t) && !page.place_covers(t);
    let force = matches!(
        page.cut.word(head.end - 1),
        "army" | "forces" | "brigade" | "brigades" | "front" | "movement"
    );
    let of_state = before.iter().any(|side| {
        matches!(
            side,
            SideWord::Government | SideWord::ForeignState | SideWord::OwnState | SideWord::Former
        )
    });
    let first = head.end.checked_sub(2).filter(|f| !page.begins_sentence(*f));
    force && head.len() == 1 && capital(head.start) && first.is_some_and(named) && !of_state
}

fn unaffiliated(
    page: &Page<'_>,
    head: &Range<usize>,
    kind: HeadKind,
    before: &[SideWord],
) -> Option<PartyClass> {
    let unknown = kind == HeadKind::Unknown && !before.contains(&SideWord::NonState);
    if before.contains(&SideWord::Unidentified) || unknown {
        return Some(PartyClass::Unknown);
    }
    let armed = head.start.checked_sub(1).is_some_and(|b| page.cut.word(b) == "armed");
    let bare =
        page.marks.has(head.start, |tag| tag == Tag::Beside(Beside::Bare)) && head.len() == 1;
    // "A group", "members", "officers" say nothing of a side by themselves.
    if bare && !armed && !before.contains(&SideWord::NonState) {
        return None;
    }
    Some(PartyClass::NonState)
}
