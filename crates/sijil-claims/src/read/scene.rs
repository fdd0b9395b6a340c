//! The country that a text plays in: whose soldiers are the state's and whose are foreign.

use super::Page;
use crate::lexicon::{NationWord, Tag};
use crate::text::Shape;

/// How much a place tells, against a people.
const PLACE: u32 = 4;

/// How much a country's name tells.
const NAME: u32 = 3;

/// How much the name of a country tells whose forces are often abroad.
const ABROAD: u32 = 1;

/// Number of the country whose places and people the text names most; of several the first.
pub(super) fn scene(page: &Page<'_>) -> Option<u16> {
    let mut votes: Vec<(u16, u32)> = Vec::new();
    let mut vote = |nation: u16, weight: u32| match votes.iter_mut().find(|v| v.0 == nation) {
        Some(found) => found.1 += weight,
        None => votes.push((nation, weight)),
    };
    for place in &page.places {
        let code = place.id.as_deref().and_then(|id| id.get(..2));
        if let Some(nation) = code.and_then(|code| page.lexicon.country(code)) {
            vote(nation, PLACE);
        }
    }
    for at in 0..page.cut.tokens.len() {
        for mark in page.marks.at(at) {
            let Tag::Nation(word, nation) = mark.tag else { continue };
            if !is_name(page, at) {
                continue;
            }
            let abroad = page.lexicon.acts_abroad(nation);
            match word {
                // A capital may stand for its government.
                NationWord::Place if abroad => vote(nation, PLACE / 2),
                NationWord::Place => vote(nation, PLACE),
                NationWord::Name if !abroad => vote(nation, NAME),
                NationWord::Name => vote(nation, ABROAD),
                NationWord::People if !abroad => vote(nation, 1),
                NationWord::Forces if !abroad => vote(nation, 1),
                NationWord::People | NationWord::Forces => {}
            }
        }
    }
    let best = votes.iter().map(|v| v.1).max()?;
    votes.into_iter().find(|v| v.1 == best).map(|v| v.0)
}

/// Whether the word at `at` is written as names are.
fn is_name(page: &Page<'_>, at: usize) -> bool {
    let token = &page.cut.tokens[at];
    page.cut.shape(at) == Shape::Capital
        || token.text.chars().next().is_some_and(sijil_text::letters::is_arabic)
        || !page.cut.word(at).is_ascii()
}
