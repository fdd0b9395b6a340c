//! Parties: noun phrases that name a side, with the side that their words stand for.

use std::ops::Range;

use super::Page;
use super::grammar::{ends_phrase, is_auxiliary, is_determiner};
use crate::PartyClass;
use crate::lexicon::{HeadKind, Link, SideWord, Tag};
use crate::text::Shape;

/// Words before a head that may belong to it.
const MOST_BEFORE: usize = 6;

/// Words behind a link that may belong to it.
const MOST_BEHIND: usize = 9;

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
        if joined && one_side && parties[at].class == PartyClass::NonState {
            parties[at].class = PartyClass::StateAligned;
        }
    }
}

/// "The factions", named before with their side, are those factions.
fn same_words_same_side(page: &Page<'_>, parties: &mut [Party]) {
    for at in 1..parties.len() {
        let unclear = matches!(parties[at].class, PartyClass::NonState | PartyClass::Unknown);
        let word = page.cut.word(parties[at].tokens.start);
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

fn party(page: &Page<'_>, at: usize, after: usize) -> Option<Party> {
    named(page, at)
        .or_else(|| headed(page, at, after))
        .or_else(|| weapon(page, at))
        .or_else(|| community(page, at))
}

fn named(page: &Page<'_>, at: usize) -> Option<Party> {
    let (end, class) = page.marks.find(at, |mark| match mark.tag {
        Tag::Named(class) => Some((mark.tokens.end, class)),
        _ => None,
    })?;
    // "Syrian army" is a name; "Israel" may only be where something happened.
    let place = page.marks.has(at, |tag| tag == Tag::Side(SideWord::ForeignState)) && end == at + 1;
    let acts = place
        && at.checked_sub(1).is_some_and(|b| matches!(page.cut.word(b), "in" | "from" | "to"));
    // A name with a head behind it is described by the head: "HTS fighters".
    let head = (end..end + 2).find(|h| page.marks.has(*h, |t| matches!(t, Tag::Head(_))));
    let end = head.filter(|h| *h == end).map_or(end, |h| h + 1);
    (!acts).then_some(Party { tokens: at..end, head: at..end, class, community: false })
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
    let before = sides(page, &(start..at));
    let (end, behind) = links(page, head_end);
    let class = class(page, &head, kind, &before, &behind)?;
    Some(Party { tokens: start..end, head, class, community: false })
}

/// "A Russian missile", "Israeli air strikes", "army shelling": whose weapon it is.
fn weapon(page: &Page<'_>, at: usize) -> Option<Party> {
    let side = page.marks.find(at, |m| match m.tag {
        Tag::Side(side @ (SideWord::ForeignState | SideWord::Government)) => Some(side),
        _ => None,
    })?;
    let armed = (at + 1..at + 3).any(|t| {
        page.marks.has(t, |tag| matches!(tag, Tag::Event(_) | Tag::Violation(_)))
            || matches!(
                page.cut.word(t),
                "missile"
                    | "missiles"
                    | "drone"
                    | "drones"
                    | "strike"
                    | "strikes"
                    | "warplanes"
                    | "jets"
                    | "tank"
                    | "fire"
                    | "attack"
                    | "offensive"
            )
    });
    let plain = page.cut.shape(at) == Shape::Capital || side == SideWord::Government;
    let state = matches!(
        page.cut.word(at),
        "government" | "army" | "military" | "police" | "regime" | "state"
    );
    let class = match side {
        SideWord::ForeignState => PartyClass::ForeignState,
        _ if state => PartyClass::State,
        _ => return None,
    };
    (armed && plain).then(|| Party {
        tokens: at..at + 1,
        head: at..at + 1,
        class,
        community: false,
    })
}

/// A community named beside a party, as if it were one: "factions … and the X community".
fn community(page: &Page<'_>, at: usize) -> Option<Party> {
    if !matches!(page.cut.word(at), "community" | "sect" | "minority") {
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
    }) && !page.marks.has(at, |tag| matches!(tag, Tag::Side(_)))
}

/// Side words within tokens, with the link they stand behind.
fn sides(page: &Page<'_>, tokens: &Range<usize>) -> Vec<SideWord> {
    let mut sides: Vec<SideWord> = Vec::new();
    for at in tokens.clone() {
        sides.extend(page.marks.at(at).iter().filter_map(|mark| match mark.tag {
            Tag::Side(side) => Some(side),
            _ => None,
        }));
        sides.extend(compound(page.cut.word(at)));
    }
    sides
}

/// "Pro-X", "X-linked", "X-aligned": the side of a compound that no lexicon lists.
fn compound(word: &str) -> Option<SideWord> {
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
        Some(SideWord::Former)
    } else if of_state {
        Some(SideWord::Allied)
    } else {
        None
    }
}

/// End of the words behind a head, and the sides that they name with their links.
fn links(page: &Page<'_>, from: usize) -> (usize, Vec<(Link, SideWord)>) {
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
    let mut named = sides(page, tokens);
    for at in tokens.clone() {
        for mark in page.marks.at(at) {
            named.extend(match mark.tag {
                Tag::Head(HeadKind::State) => Some(SideWord::Government),
                Tag::Head(HeadKind::FormerRegime) => Some(SideWord::Former),
                Tag::Named(PartyClass::State | PartyClass::StateAligned) => {
                    Some(SideWord::Government)
                }
                Tag::Named(PartyClass::FormerRegime) => Some(SideWord::Former),
                Tag::Named(PartyClass::ForeignState) => Some(SideWord::ForeignState),
                _ => None,
            });
        }
    }
    named
}

/// The side of a head with its words; `None` where the words are no party ("a group of …").
fn class(
    page: &Page<'_>,
    head: &Range<usize>,
    kind: HeadKind,
    before: &[SideWord],
    behind: &[(Link, SideWord)],
) -> Option<PartyClass> {
    if is_own_name(page, head, before) {
        return Some(PartyClass::NonState);
    }
    let has = |side: SideWord| before.contains(&side) || behind.iter().any(|(_, s)| *s == side);
    let behind_has = |link: Link, side: SideWord| behind.contains(&(link, side));
    // "Former rebels" are no remnants of the regime that they fought.
    if matches!(page.cut.word(head.end - 1), "rebels" | "insurgents" | "opposition")
        && behind.is_empty()
    {
        return Some(PartyClass::NonState);
    }
    if has(SideWord::Former) || kind == HeadKind::FormerRegime {
        return Some(PartyClass::FormerRegime);
    }
    if has(SideWord::Foreign) && !has(SideWord::Government) || before.contains(&SideWord::Foreign) {
        return Some(PartyClass::ForeignFighters);
    }
    if before.contains(&SideWord::ForeignState) || behind_has(Link::Of, SideWord::ForeignState) {
        return Some(PartyClass::ForeignState);
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
        let force = matches!(
            page.cut.word(head.end - 1),
            "factions" | "militias" | "groups" | "militia" | "gunmen" | "faction"
        );
        return Some(if force { PartyClass::StateAligned } else { PartyClass::State });
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
        matches!(side, SideWord::Government | SideWord::ForeignState | SideWord::Former)
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
    let bare = matches!(
        page.cut.word(head.end - 1),
        "groups"
            | "group"
            | "forces"
            | "members"
            | "personnel"
            | "units"
            | "unit"
            | "elements"
            | "individuals"
            | "officers"
            | "commanders"
            | "organisations"
            | "volunteers"
            | "division"
            | "brigade"
            | "brigades"
            | "supporters"
            | "formations"
            | "battalions"
            | "regiments"
    ) && head.len() == 1;
    // "A group", "members", "officers" say nothing of a side by themselves.
    if bare && !armed && !before.contains(&SideWord::NonState) {
        return None;
    }
    Some(PartyClass::NonState)
}
