//! Acts that stand at a distance: in the label before a number, in the heading of a list, or at the
//! head of a toll ("the death toll rose to 12").

use std::ops::Range;

use super::Page;
use super::evidence::Evidence;
use super::quantity::Amount;
use super::toll::{How, Toll};
use crate::Act;
use crate::lexicon::{Form, Tag};
use crate::text::{DASH, Sentence};

/// Words between a toll's noun and its number.
const FARTHEST_LEAD: usize = 24;

/// Words of a label before a colon.
const LONGEST_LABEL: usize = 10;

/// Lines of a list below its heading.
const LONGEST_LIST: usize = 30;

/// "Arrests: 23", or a line of a list below "Killed, by party:" or below a toll.
pub(super) fn labelled(
    page: &Page<'_>,
    sentence: &Sentence,
    amount: &Amount,
    before: &[Toll],
) -> Option<Evidence> {
    let mark = amount.tokens.start.checked_sub(1).filter(|c| {
        page.cut.word(*c) == ":" || (is_bullet(page.cut.word(*c)) && *c > sentence.tokens.start)
    })?;
    let label = sentence.tokens.start..mark.max(sentence.tokens.start);
    let of = |tokens: &Range<usize>| {
        page.marks.within(tokens).iter().rev().find_map(|mark| match mark.tag {
            Tag::Act(act, form) if form != Form::Active => Some((act, mark.tokens.clone())),
            _ => None,
        })
    };
    let short = label.len() <= LONGEST_LABEL;
    let own = of(&label).filter(|_| short && page.cut.word(mark) == ":");
    let (act, trigger) = own.or_else(|| {
        let number = page.sentence_of(sentence.tokens.start);
        let above = heading_of(page, number).filter(|_| short && is_line(page, number))?;
        let heading = &page.cut.sentences[above];
        let opened = before.iter().rev().find(|t| t.sentence <= above && t.sentence + 1 >= above);
        of(&heading.tokens).or_else(|| opened.map(|t| (t.act, heading.tokens.clone())))
    })?;
    Some(Evidence::new(act, trigger, How::Lead, 0))
}

/// Number of the sentence that heads the list in which sentence `number` is a line.
fn heading_of(page: &Page<'_>, number: usize) -> Option<usize> {
    let from = number.saturating_sub(LONGEST_LIST);
    let heading = (from..number).rev().find(|n| {
        let sentence = &page.cut.sentences[*n];
        opens(page, sentence) || (sentence.heading && !is_line(page, *n))
    })?;
    (heading + 1..number).all(|n| is_line(page, n)).then_some(heading)
}

/// Whether a sentence is a line of a list: it begins with a bullet, or is a short paragraph.
fn is_line(page: &Page<'_>, number: usize) -> bool {
    let sentence = &page.cut.sentences[number];
    let end = sentence.tokens.end.min(sentence.tokens.start + LONGEST_LABEL);
    let labelled = (sentence.tokens.start..end).any(|t| {
        let mark =
            page.cut.word(t) == ":" || (is_bullet(page.cut.word(t)) && page.cut.tokens[t].spaced);
        mark && page.amount_starts(t + 1, sentence.tokens.end)
    });
    let begins =
        number.checked_sub(1).is_none_or(|n| page.cut.sentences[n].paragraph != sentence.paragraph);
    is_bullet(page.cut.word(sentence.tokens.start)) || (labelled && begins)
}

fn is_bullet(word: &str) -> bool {
    matches!(word, "-" | "*" | "\u{2022}" | DASH)
}

/// Whether a sentence ends with a colon.
fn opens(page: &Page<'_>, sentence: &Sentence) -> bool {
    page.cut.word(sentence.tokens.end - 1) == ":"
}

/// "The death toll rose to 12", "the number of civilians killed to 12", "deaths rose to 12".
pub(super) fn led_to(
    page: &Page<'_>,
    sentence: &Sentence,
    amount: &Amount,
    out: &[Toll],
) -> Option<Evidence> {
    let start = amount.tokens.start;
    let led = |t: usize| page.marks.has(t, |tag| tag == Tag::Leads);
    // "بلغ عدد القتلى 12": Arabic has the verb first.
    let first = page.arabic
        && (start.saturating_sub(FARTHEST_LEAD).max(sentence.tokens.start)..start)
            .any(|t| led(t) && page.marks.has(t + 1, |tag| tag == Tag::Toll));
    if !((start.saturating_sub(2)..start).any(led) || first) {
        return None;
    }
    let from = start.saturating_sub(FARTHEST_LEAD).max(sentence.tokens.start);
    let Some(toll) = (from..start).rev().find(|t| page.marks.has(*t, |tag| tag == Tag::Toll))
    else {
        return noun_led(page, from, start);
    };
    let within = toll.saturating_sub(1).max(from)..start;
    let act = page.marks.within(&within).iter().rev().find_map(|mark| match mark.tag {
        Tag::Act(act, form) if form != Form::Active => Some(act),
        _ => None,
    });
    let people = page.marks.within(&within).iter().any(|m| matches!(m.tag, Tag::Victims(..)));
    // "The number of massacres rose to 50": what is counted stands first.
    let counted = page
        .marks
        .within(&(toll + 1..start))
        .iter()
        .find(|m| matches!(m.tag, Tag::Stop | Tag::Victims(..) | Tag::Act(..)));
    let stop = counted.is_some_and(|m| m.tag == Tag::Stop);
    let names_deaths = (toll..toll + 2).any(|t| {
        matches!(page.cut.word(t), "toll" | "dead" | "deaths" | "death" | "body" | "fatalities")
    });
    if stop && !names_deaths {
        return None;
    }
    let before = out.last().map(|t| t.act);
    let act = act.or((names_deaths || people).then_some(Act::Killed)).or(before)?;
    Some(Evidence::new(act, toll..toll + 1, How::Lead, start - toll))
}

/// "Deaths rose to 12", "displacement reached 70,000".
fn noun_led(page: &Page<'_>, from: usize, start: usize) -> Option<Evidence> {
    let rise = (start.saturating_sub(3)..start).find(|t| {
        page.marks.has(*t, |tag| tag == Tag::Rise)
            || matches!(page.cut.word(*t), "exceeded" | "passed" | "topped" | "at" | "likely")
    })?;
    let near = rise.saturating_sub(6).max(from)..rise;
    page.marks.within(&near).iter().rev().find_map(|mark| match mark.tag {
        Tag::Act(act, Form::Noun) => {
            Some(Evidence::new(act, mark.tokens.clone(), How::Lead, start - mark.tokens.end))
        }
        _ => None,
    })
}
