//! What was done to an Arabic amount: the verb or verbal noun before it, over its subject.

use std::ops::Range;

use super::super::Page;
use super::is_mark;
use crate::Act;
use crate::lexicon::{Form, Tag};

/// Words between a verb and those it was done to.
const FARTHEST: usize = 12;

/// Words between a verbal noun and those it was done to.
const NEAR: usize = 5;

/// The act before an amount that begins at `amount`, its words and the words between: "قتلت قوات
/// النظام 12".
pub(in super::super) fn ahead(
    page: &Page<'_>,
    start: usize,
    amount: usize,
) -> Option<(Act, Range<usize>, usize)> {
    let mut t = amount;
    while t > start && amount - t < FARTHEST {
        let gap = amount - t;
        let found = (t.saturating_sub(4).max(start)..t).find_map(|from| {
            page.marks.find(from, |m| match m.tag {
                Tag::Act(act, Form::Past) if m.tokens.end == t => Some((act, m.tokens.clone())),
                Tag::Act(act, Form::Active) if m.tokens.end == t && gap <= NEAR => {
                    Some((act, m.tokens.clone()))
                }
                _ => None,
            })
        });
        // "فقد" before a noun is "lost"; before anything else it is a particle.
        let particle = |trigger: &Range<usize>| page.cut.word(trigger.start) == "فقد" && gap > 0;
        if let Some((act, trigger)) = found.filter(|(_, trigger)| !particle(trigger)) {
            return Some((act, trigger, gap));
        }
        let at = t - 1;
        let stops = (is_mark(page, at) && page.cut.word(at) != "\"")
            || page.amount_starts(at, amount)
            || page.marks.has(at, |tag| matches!(tag, Tag::Say | Tag::Opens | Tag::Before))
            || matches!(page.cut.word(at), "and" | "that" | "while" | "but" | "when");
        if stops && !page.party_covers(at) && !page.is_date(at) {
            return None;
        }
        t -= 1;
    }
    None
}

/// Whether the noun counted says more than the verb: "خلف القصف 12 جريحا", but "مقتل 12 معتقلا".
pub(in super::super) fn noun_or_verb(noun: Act, verb: Act) -> Act {
    match noun {
        Act::Killed | Act::Injured => noun,
        _ => verb,
    }
}
