//! Sentences, paragraphs and headings.
//!
//! A line break ends a paragraph, except in a text that is broken to a fixed width: there only a
//! blank line does. The lead of a document is its headings, what stands right below a heading and
//! the first paragraph; all the rest is body.

use std::ops::Range;

use super::{Shape, Token};
use crate::{Span, Zone};

/// One sentence.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// Its code points.
    pub(crate) span: Span,
    /// Number of the paragraph, from 0.
    pub(crate) paragraph: usize,
    /// Lead or body.
    pub(crate) zone: Zone,
    /// It stands in a heading.
    pub(crate) heading: bool,
}

/// Lines longer than this are not broken to a fixed width.
const WIDEST_BROKEN_LINE: usize = 120;

/// A paragraph below a heading that is longer than this is body.
const LONGEST_SUBTITLE: usize = 260;

/// Words before a point that do not end a sentence.
const TITLES: &[&str] =
    &["mr", "mrs", "ms", "dr", "gen", "col", "lt", "maj", "capt", "sgt", "st", "no", "vs", "prof"];

/// Sentences of `tokens`, in order.
pub(super) fn sentences(text: &str, tokens: &[Token<'_>]) -> Vec<Sentence> {
    let paragraphs = paragraphs(text, tokens);
    let zones = zones(tokens, &paragraphs);
    let mut out = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let mut start = paragraph.start;
        for at in paragraph.clone() {
            let last = at + 1 == paragraph.end;
            if last || ends_sentence(tokens, start, at, paragraph.end) {
                let tokens_of = start..at + 1;
                let span = Span { start: tokens[start].span.start, end: tokens[at].span.end };
                out.push(Sentence {
                    tokens: tokens_of,
                    span,
                    paragraph: number,
                    zone: zones[number].0,
                    heading: zones[number].1,
                });
                start = at + 1;
            }
        }
    }
    out
}

/// Whether a sentence that began at `start` ends with the token at `at`.
fn ends_sentence(tokens: &[Token<'_>], start: usize, at: usize, end: usize) -> bool {
    let closing = |t: &Token<'_>| matches!(t.text, "\"" | "\u{201D}" | "\u{2019}" | ")" | "»");
    let mut mark = at;
    while mark > start && closing(&tokens[mark]) {
        mark -= 1;
    }
    let next = tokens.get(at + 1).filter(|_| at + 1 < end);
    if next.is_some_and(|next| closing(next) && !next.spaced) {
        return false;
    }
    match tokens[mark].text {
        "!" | "?" | "؟" => true,
        "." => {
            let before = mark.checked_sub(1).filter(|b| *b >= start).map(|b| &tokens[b]);
            let abbreviated = before.is_some_and(|b| {
                TITLES.contains(&b.folded.as_str())
                    || (b.shape == Shape::Capital && b.text.chars().count() == 1)
            });
            !abbreviated
                && next.is_none_or(|next| {
                    next.spaced && next.shape != Shape::Lower
                        || sijil_text::letters::is_arabic(next.text.chars().next().unwrap_or(' '))
                })
        }
        // An acronym ends a sentence where a word that only begins sentences follows.
        word if mark == at && word.len() > 3 && word.ends_with('.') => next
            .is_some_and(|n| matches!(n.text, "The" | "It" | "In" | "This" | "A" | "He" | "They")),
        _ => false,
    }
}

/// Ranges of tokens between the breaks.
fn paragraphs(text: &str, tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let lines = || text.lines().map(|line| line.trim().chars().count());
    let is_broken = lines().all(|length| length <= WIDEST_BROKEN_LINE)
        && lines().filter(|length| (55..).contains(length)).count() >= 3;
    let mut out = Vec::new();
    let mut start = 0;
    for at in 1..tokens.len() {
        let gap = &text[tokens[at - 1].bytes.end..tokens[at].bytes.start];
        let breaks = gap.matches('\n').count();
        if breaks > 1 || (breaks == 1 && (!is_broken || begins_list(&tokens[at]))) {
            out.push(start..at);
            start = at;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

fn begins_list(token: &Token<'_>) -> bool {
    matches!(token.text, "-" | "*" | "•" | "–")
}

/// Zone of each paragraph, and whether it is a heading.
fn zones(tokens: &[Token<'_>], paragraphs: &[Range<usize>]) -> Vec<(Zone, bool)> {
    let length = |p: &Range<usize>| tokens[p.end - 1].span.end - tokens[p.start].span.start;
    let is_heading = |p: &Range<usize>| {
        length(p) < 160
            && !matches!(tokens[p.end - 1].text, "." | "!" | "?" | "\"" | "\u{201D}" | ":")
    };
    let mut zones = Vec::with_capacity(paragraphs.len());
    let mut in_lead = true;
    let mut after_heading = false;
    for (number, p) in paragraphs.iter().enumerate() {
        let heading = is_heading(p);
        let lead =
            in_lead && (number == 0 || heading || (after_heading && length(p) <= LONGEST_SUBTITLE));
        // The first long paragraph that no heading announces begins the body.
        in_lead = in_lead && (lead || number == 0);
        zones.push((if lead { Zone::Lead } else { Zone::Body }, heading));
        after_heading = heading;
    }
    zones
}

#[cfg(test)]
mod tests {
    use crate::Zone;
    use crate::text::Cut;

    fn cut(text: &str) -> Vec<(String, usize, Zone)> {
        let cut = Cut::of(text, 0);
        let one = |s: &super::Sentence| (cut.slice(&s.tokens).to_owned(), s.paragraph, s.zone);
        cut.sentences.iter().map(one).collect()
    }

    #[test]
    fn points_that_end_nothing_are_passed_over() {
        let text = "Dr. Amal said 1.018 were killed in the U.S. raid. It rained.";
        let cut = cut(text);
        assert_eq!(cut.len(), 2, "{cut:?}");
        assert_eq!(cut[1].0, "It rained.");
    }

    #[test]
    fn a_closing_quote_belongs_to_its_sentence() {
        let cut = cut("\"Nine died.\" He left.");
        assert_eq!(cut[0].0, "\"Nine died.\"");
    }

    #[test]
    fn lines_broken_to_a_width_are_one_paragraph() {
        let line = "word word word word word word word word word word word word wor";
        let broken = format!("{line}\n{line}\n{line}\n{line}.\n\nNext.");
        assert_eq!(cut(&broken).iter().map(|c| c.1).max(), Some(1));
        assert_eq!(cut("A heading\nOne.\nTwo.").iter().map(|c| c.1).max(), Some(2));
    }

    #[test]
    fn headings_and_what_stands_below_are_the_lead() {
        let body = "This is the first paragraph of the body and says what happened. ".repeat(6);
        let text = format!("A heading\n\nA short line below it.\n{body}\n{body}");
        let zones: Vec<Zone> = cut(&text).iter().map(|c| c.2).collect();
        assert_eq!(zones[0], Zone::Lead);
        assert_eq!(zones[1], Zone::Lead);
        assert!(zones[2..].iter().all(|z| *z == Zone::Body), "{zones:?}");
    }
}
