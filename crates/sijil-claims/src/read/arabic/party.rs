//! Parties in Arabic: a name, or a head with its owner or people behind it.

use super::super::Page;
use super::super::party::Party;
use super::super::side::{of_name, of_nation};
use super::{is_mark, is_small};
use crate::PartyClass;
use crate::lexicon::{Beside, HeadKind, NationWord, SideWord, Tag};

/// Words behind a head that may say whose it is.
const BEHIND: usize = 3;

/// The party that begins at `at`.
pub(in super::super) fn party(page: &Page<'_>, at: usize) -> Option<Party> {
    named(page, at).or_else(|| headed(page, at)).or_else(|| owner(page, at))
}

fn made(at: usize, end: usize, class: PartyClass) -> Party {
    Party { tokens: at..end, head: at..end, class, community: false }
}

fn named(page: &Page<'_>, at: usize) -> Option<Party> {
    let marks = page.marks.at(at).iter().filter_map(|mark| match mark.tag {
        Tag::Named(class) => Some((mark.tokens.end, of_name(page, class))),
        Tag::Nation(NationWord::Forces, n) => Some((mark.tokens.end, of_nation(page, n))),
        _ => None,
    });
    let (end, class) = marks.max_by_key(|(end, _)| *end)?;
    let country = page.marks.has(at, |tag| matches!(tag, Tag::Nation(NationWord::Name, _)));
    let before = at.checked_sub(1).map_or("", |b| page.cut.word(b));
    if country && matches!(before, "in" | "of" | "to" | "with" | "on") {
        return None;
    }
    // "مسلحون من تنظيم الدولة": whose they are.
    if class == PartyClass::Unknown && page.cut.word(end) == "of" {
        let of = page.marks.find(end + 1, |mark| match mark.tag {
            Tag::Named(class) => Some((mark.tokens.end, of_name(page, class))),
            _ => None,
        });
        if let Some((end, class)) = of {
            return Some(made(at, end, class));
        }
    }
    Some(match people(page, end) {
        Some(nation) => made(at, end + 1, of_nation(page, nation)),
        None => made(at, end, class),
    })
}

fn headed(page: &Page<'_>, at: usize) -> Option<Party> {
    let (end, kind) = page.marks.find(at, |mark| match mark.tag {
        Tag::Head(kind) => Some((mark.tokens.end, kind)),
        _ => None,
    })?;
    let mut class = match kind {
        HeadKind::State => PartyClass::State,
        HeadKind::Armed | HeadKind::FormerRegime => PartyClass::NonState,
        HeadKind::Unknown => PartyClass::Unknown,
    };
    let mut last = end;
    for t in end..end + BEHIND {
        if is_mark(page, t) || (is_small(page, t) && page.cut.word(t) != "of") {
            break;
        }
        let said = page.marks.find(t, |mark| match mark.tag {
            Tag::Nation(NationWord::People | NationWord::Forces, n) => Some(of_nation(page, n)),
            Tag::Named(class) => Some(of_name(page, class)),
            Tag::Side(SideWord::Allied) => Some(PartyClass::StateAligned),
            Tag::Side(SideWord::Former) => Some(of_name(page, PartyClass::FormerRegime)),
            Tag::Side(SideWord::Government) if kind == HeadKind::State => Some(PartyClass::State),
            _ => None,
        });
        if let Some(said) = said {
            // "ميليشيات عراقية" are no state's; "القوات الروسية" are.
            let irregular = kind == HeadKind::Armed
                && matches!(said, PartyClass::State | PartyClass::ForeignState);
            class = if irregular { class } else { said };
            last = t + 1;
        }
    }
    let known = last > end || kind != HeadKind::State || end > at + 1;
    let generic = page.cut.tokens[at].folded.starts_with("ال");
    (known || generic).then(|| made(at, last, class))
}

/// "قصف روسي", "غارة إسرائيلية": the people whose weapon stands before.
fn owner(page: &Page<'_>, at: usize) -> Option<Party> {
    let nation = people(page, at)?;
    let armed = (at.saturating_sub(BEHIND)..at).any(|t| {
        page.marks.has(t, |tag| tag == Tag::Beside(Beside::Weapon))
            && !(t + 1..at).any(|b| is_mark(page, b) || is_small(page, b))
    });
    armed.then(|| made(at, at + 1, of_nation(page, nation)))
}

fn people(page: &Page<'_>, at: usize) -> Option<u16> {
    page.marks.find(at, |mark| match mark.tag {
        Tag::Nation(NationWord::People, nation) => Some(nation),
        _ => None,
    })
}
