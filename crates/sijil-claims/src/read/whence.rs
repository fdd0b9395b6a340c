//! Where and when: the places and days that a toll's words belong to.

use std::ops::Range;

use super::Page;
use super::found::Sentences;
use super::list::names_place;
use super::time::{DayKind, DayMention};
use super::toll::{How, Toll};
use crate::PlaceMention;
use crate::lexicon::Tag;

/// Where: behind the toll, else before it, else in the sentence before.
pub(super) fn places(
    page: &Page<'_>,
    sentences: &Sentences,
    at: usize,
    region: &Range<usize>,
) -> Vec<PlaceMention> {
    let toll = &sentences.tolls[at];
    let mention = |tokens: Range<usize>| -> Vec<PlaceMention> {
        let of = page.places_within(&tokens).iter().filter(|p| !page.party_covers(p.tokens.start));
        of.map(|p| page.place_mention(p)).collect()
    };
    let counted = mention(toll.amount.tokens.start..toll.phrase.tokens.end);
    if !counted.is_empty() {
        return counted;
    }
    let sentence = page.tokens_of(toll.sentence);
    let previous = at.checked_sub(1).map(|n| &sentences.tolls[n]);
    let previous = previous.filter(|t| t.sentence == toll.sentence);
    if names_place(page, &toll.amount) && previous.is_some() {
        let before = toll.amount.tokens.start.saturating_sub(4)..toll.amount.tokens.start;
        if let Some(last) = mention(before).pop() {
            return vec![last];
        }
    }
    let mut own = mention(region.clone());
    let next = sentences.tolls.get(at + 1).filter(|t| t.sentence == toll.sentence);
    if next.is_some_and(|next| names_place(page, &next.amount)) {
        own.pop();
    }
    if !own.is_empty() || previous.is_some() {
        return own;
    }
    let before = mention(sentence.start..toll.amount.tokens.start);
    if !before.is_empty() {
        return before;
    }
    let paragraph = |n: usize| page.cut.sentences[n].paragraph;
    let above = toll.sentence.checked_sub(1).filter(|n| paragraph(*n) == paragraph(toll.sentence));
    above.map(|n| mention(page.tokens_of(n))).unwrap_or_default()
}

/// The days that a toll speaks of: its own, else the nearest of its sentence.
pub(super) fn day<'p>(
    page: &'p Page<'_>,
    toll: &Toll,
    region: &Range<usize>,
) -> Option<&'p DayMention> {
    let sentence = page.tokens_of(toll.sentence);
    let of_sentence = page.days.iter().filter(|d| {
        !is_comparison(page, d)
            && sentence.contains(&d.tokens.start)
            && d.window.is_some()
            && !is_day_of_saying(page, d, &sentence)
    });
    let candidates: Vec<&DayMention> = of_sentence.collect();
    let own = candidates.iter().find(|d| region.contains(&d.tokens.start));
    let at = toll.amount.tokens.start;
    let nearest = candidates.iter().min_by_key(|d| d.tokens.start.abs_diff(at));
    // A day behind the next toll is that toll's; one before the first is everybody's.
    let shared = nearest.filter(|d| d.tokens.start < at || toll.how != How::Listed);
    own.or(shared).copied()
}

/// "The bloodiest attack since December": a comparison, not a window.
fn is_comparison(page: &Page<'_>, day: &DayMention) -> bool {
    let from = day.tokens.start.saturating_sub(8);
    day.kind == DayKind::Since
        && (from..day.tokens.start).any(|t| {
            let word = page.cut.word(t);
            matches!(word, "worst" | "first" | "largest")
                || (word.ends_with("iest") && word.len() > 6)
        })
}

/// "Said on Monday", "in a statement on 11 March": the day of the words, not of the deaths.
fn is_day_of_saying(page: &Page<'_>, day: &DayMention, sentence: &Range<usize>) -> bool {
    if day.kind != DayKind::On {
        return false;
    }
    let from = day.tokens.start.saturating_sub(6).max(sentence.start);
    for t in (from..day.tokens.start).rev() {
        let said =
            page.marks.has(t, |tag| matches!(tag, Tag::Say | Tag::Counts | Tag::Response(_)))
                || matches!(
                    page.cut.word(t),
                    "statement" | "report" | "published" | "released" | "issued"
                );
        let done =
            page.marks.has(t, |tag| matches!(tag, Tag::Act(..) | Tag::Attack(_) | Tag::Event(_)))
                || page.cut.word(t) == ","
                || page.cut.shape(t) == crate::text::Shape::Number;
        if said {
            return true;
        }
        if done {
            return false;
        }
    }
    // "On Monday the network said": the day opens the sentence and the verb of saying follows.
    let opens = day.tokens.start <= sentence.start + 1;
    opens
        && (day.tokens.end..(day.tokens.end + 8).min(sentence.end))
            .any(|t| page.marks.has(t, |tag| matches!(tag, Tag::Say)))
}
