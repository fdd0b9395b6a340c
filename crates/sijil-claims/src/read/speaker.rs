//! Who says so: speakers, and which words of a sentence are theirs.

use std::ops::Range;

use super::Page;
use super::grammar::{ends_phrase, is_be, is_determiner, is_preposition, joins_name};
use super::manner::claims_lives;
use super::speaker_name::{is_noun_part, is_speaker, name_before, name_from, name_start, trimmed};
use crate::lexicon::{NationWord, Tag};
use crate::text::{Sentence, Shape};

/// A speaker tied to words of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Saying {
    /// The speaker's name or noun, without an article.
    pub(super) speaker: Range<usize>,
    /// Whoever carries the speaker's words.
    pub(super) carrier: Option<Range<usize>>,
    /// First token that is the speaker's; the whole sentence where it is its start.
    pub(super) from: usize,
    /// A pronoun, or a noun that stands for a speaker named before.
    pub(super) stands_for: bool,
    /// Who counts or gives a figure rather than says it: whoever speaks behind the sentence wins.
    pub(super) weak: bool,
    /// The rule's name.
    pub(super) rule: &'static str,
}

/// All sayings of a sentence, in order of the words that are theirs.
pub(super) fn sayings(page: &Page<'_>, sentence: &Sentence) -> Vec<Saying> {
    if page.arabic {
        return super::arabic::sayings(page, sentence);
    }
    let mut out = Vec::new();
    out.extend(headed(page, sentence));
    out.extend(closing(page, sentence));
    for at in sentence.tokens.clone() {
        let mut done = false;
        out.extend(possessive(page, sentence, at));
        out.extend(by_account(page, sentence, at));
        for mark in page.marks.at(at) {
            let found = match mark.tag {
                // "States", "Reports" in a name are no verbs.
                _ if page.cut.shape(at) == Shape::Capital && !page.begins_sentence(at) => None,
                _ if claims_lives(page, at) => None,
                Tag::Say if !done => coordinated(page, sentence, &mark.tokens, &out)
                    .or_else(|| said(page, sentence, &mark.tokens, false))
                    .map(|s| weaken(page, sentence, s, &mark.tokens)),
                Tag::Counts if !done => coordinated(page, sentence, &mark.tokens, &out)
                    .or_else(|| said(page, sentence, &mark.tokens, true))
                    .map(|s| Saying { weak: true, ..s }),
                // "The council has 253 names", "the clinic gave 82": whoever gives a figure.
                Tag::Gives if !done && gives(page, sentence, &mark.tokens) => {
                    said(page, sentence, &mark.tokens, false).map(|s| Saying { weak: true, ..s })
                }
                Tag::Before => before(page, sentence, &mark.tokens),
                _ => None,
            };
            done |= found.is_some();
            out.extend(found);
        }
    }
    out.sort_by_key(|s| (s.from, s.speaker.start));
    out
}

/// "The commissioner called it a tale, but admitted that": the subject of the verb before.
fn coordinated(
    page: &Page<'_>,
    sentence: &Sentence,
    verb: &Range<usize>,
    out: &[Saying],
) -> Option<Saying> {
    let joint = verb.start.checked_sub(1).map_or("", |b| page.cut.word(b));
    if !matches!(joint, "and" | "but") {
        return None;
    }
    let rule = "source/subject of two verbs";
    let Some(before) = out.last() else {
        // "The Desk has watched 311 films and finds that".
        let first = name_from(page, sentence.tokens.start, verb.start)?;
        let near = first.start <= sentence.tokens.start + 1;
        return near.then(|| saying(page, first, None, verb.end, rule));
    };
    let subject = before.rule == "source/subject" && before.speaker.end < verb.start;
    subject.then(|| Saying { from: verb.end, carrier: None, rule, ..before.clone() })
}

/// "…, accusing them of backing the rebels, the commission said": a participle is a weak word.
fn weaken(page: &Page<'_>, sentence: &Sentence, saying: Saying, verb: &Range<usize>) -> Saying {
    let participle =
        page.cut.word(verb.start).ends_with("ing") && verb.start > sentence.tokens.start;
    Saying { weak: saying.weak || participle, ..saying }
}

/// "By his account", "by the same count": whoever spoke before.
fn by_account(page: &Page<'_>, sentence: &Sentence, at: usize) -> Option<Saying> {
    let by = matches!(page.cut.word(at), "by" | "on");
    let whose = matches!(page.cut.word(at + 1), "his" | "her" | "its" | "their")
        || page.cut.word(at + 1) == "the" && page.cut.word(at + 2) == "same";
    let tally = (at + 2..at + 4).any(|t| page.marks.has(t, |tag| tag == Tag::Tally));
    (by && whose && tally && at + 2 < sentence.tokens.end).then(|| Saying {
        speaker: at + 1..at + 2,
        carrier: None,
        from: sentence.tokens.start,
        stands_for: true,
        weak: false,
        rule: "source/by his account",
    })
}

/// Whether a verb that gives figures has one behind it.
fn gives(page: &Page<'_>, sentence: &Sentence, verb: &Range<usize>) -> bool {
    (verb.end..verb.end + 3).any(|t| page.amount_starts(t, sentence.tokens.end))
}

/// "X said", "X documented", "…, said X".
fn said(page: &Page<'_>, sentence: &Sentence, verb: &Range<usize>, counts: bool) -> Option<Saying> {
    // "Armed groups were cited as the culprits", "gunmen believed to belong to": they say nothing.
    let passive = verb.start.checked_sub(1).is_some_and(|b| is_be(page.cut.word(b)))
        || page.cut.word(verb.end) == "to"
            && !matches!(page.cut.word(verb.start), "says" | "admitted" | "claimed" | "claims");
    let speaker = (!passive).then(|| name_before(page, sentence, verb.start, counts)).flatten();
    // "According to the SOHR report": the verb is a noun.
    let speaker = speaker.filter(|name| !is_quoted_from(page, sentence, name, verb));
    if let Some(speaker) = speaker {
        let start = sentence.tokens.start;
        if let Some(first) = cited(page, sentence, &speaker) {
            return Some(saying(page, first, Some(speaker), verb.end, "source/cited by"));
        }
        let speaker = apposed(page, start, speaker);
        let carrier = told(page, sentence, verb);
        return Some(saying(page, speaker, carrier, verb.end, "source/subject"));
    }
    let quoted = verb.start.checked_sub(1).is_some_and(|b| {
        b >= sentence.tokens.start
            && matches!(page.cut.word(b), "," | "\"" | "\u{201D}" | "\u{2019}")
    });
    let inverted = page.marks.has(verb.start, |tag| tag == Tag::Inverted);
    if !quoted || counts || !inverted {
        return None;
    }
    let speaker = name_from(page, verb.end, sentence.tokens.end)
        .or_else(|| somebody(page, verb.end, sentence.tokens.end))?;
    // "…, says opposition fighters staged it": what is said, not who says it.
    let goes_on = page.cut.shape(speaker.end) == Shape::Lower
        && !ends_phrase(page.cut.word(speaker.end))
        && !page.is_date(speaker.end);
    (!goes_on).then(|| saying(page, speaker, None, sentence.tokens.start, "source/behind verb"))
}

/// Whether "report" or "claims" behind a name is a noun of what was said: words that lead to a source
/// stand right before the name.
fn is_quoted_from(
    page: &Page<'_>,
    sentence: &Sentence,
    name: &Range<usize>,
    noun: &Range<usize>,
) -> bool {
    let first = name.start.saturating_sub(LONGEST_BEFORE).max(sentence.tokens.start);
    noun.start == name.end
        && (first..name.end).any(|t| {
            page.marks.at(t).iter().any(|m| {
                m.tag == Tag::Before
                    && (m.tokens.end..name.start).all(|t| is_determiner(page.cut.word(t)))
            })
        })
}

/// Words that lead to a source, with an article behind them.
const LONGEST_BEFORE: usize = 6;

/// "Said a postwoman": whoever is introduced by what she is.
fn somebody(page: &Page<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    if !matches!(page.cut.word(at), "a" | "an" | "one") {
        return None;
    }
    let stop = (at + 1..end.min(at + 6))
        .find(|t| page.cut.shape(*t) != Shape::Lower || ends_phrase(page.cut.word(*t)))?;
    (stop > at + 1).then_some(at + 1..stop)
}

/// "Civil defence: 9 killed", "16:48 Doctor at the hospital to us: …": who speaks stands before a
/// colon at the head of a sentence.
fn headed(page: &Page<'_>, sentence: &Sentence) -> Option<Saying> {
    let (start, end) = (sentence.tokens.start, sentence.tokens.end);
    let number = |t: usize| page.cut.shape(t) == Shape::Number;
    let colon = (start + 1..end.min(start + LONGEST_HEAD))
        .find(|t| page.cut.word(*t) == ":" && !(number(t - 1) && number(t + 1)))?;
    // Behind the hour and the name of a channel.
    let last = (start..colon.min(start + HOUR)).rfind(|t| number(*t)).map(|t| t + 1);
    let first = last.filter(|t| *t < colon).unwrap_or(start);
    let stop = (first + 1..colon)
        .find(|t| {
            page.cut.word(*t) == ","
                || is_preposition(page.cut.word(*t)) && !joins_name(page.cut.word(*t))
        })
        .unwrap_or(colon);
    let name = trimmed(page, first..stop);
    // "On Tuesday alone it documented 132 deaths: 72 in Tartus": a clause stands before the colon.
    let clause = is_preposition(page.cut.word(first))
        || (stop..colon)
            .any(|t| page.marks.has(t, |tag| matches!(tag, Tag::Say | Tag::Counts | Tag::Act(..))));
    let plain = !clause
        && name.clone().all(|t| {
            page.cut.shape(t) == Shape::Capital
                || is_noun_part(page, t)
                || joins_name(page.cut.word(t))
        });
    let speaks = plain && is_speaker(page, &name, false) && !is_label(page, &name, colon, end);
    (colon + 1 < end && speaks).then(|| saying(page, name, None, colon, "source/before colon"))
}

/// "Strikes kill 63: monitor": who says so, at the end of a heading.
fn closing(page: &Page<'_>, sentence: &Sentence) -> Option<Saying> {
    let end = sentence.tokens.end;
    let from = end.saturating_sub(LONGEST_CLOSING).max(sentence.tokens.start + 1);
    let colon = (from..end).rev().find(|t| page.cut.word(*t) == ":")?;
    let name = trimmed(page, colon + 1..end);
    let speaks = sentence.heading && is_speaker(page, &name, false) && name.end == end;
    let number = page.amount_starts(colon + 1, end);
    (speaks && !number).then(|| {
        let start = sentence.tokens.start;
        saying(page, name, None, start, "source/at the end of the heading")
    })
}

/// Words of a speaker at the end of a heading, with the colon.
const LONGEST_CLOSING: usize = 6;

/// "Israeli forces: six.", "Myanmar: death toll rises": a label, and nobody who speaks.
fn is_label(page: &Page<'_>, name: &Range<usize>, colon: usize, end: usize) -> bool {
    let country = page
        .marks
        .at(name.start)
        .iter()
        .any(|m| matches!(m.tag, Tag::Nation(NationWord::Name, _)) && m.tokens.end >= name.end);
    let bare = page
        .number_at(colon + 1)
        .is_some_and(|(behind, _)| behind >= end || page.cut.shape(behind) == Shape::Mark);
    bare || country
}

/// Words of an hour and of the channel before it.
const HOUR: usize = 7;

/// Words before the colon that a speaker stands before.
const LONGEST_HEAD: usize = 12;

/// "A worker, cited by the Forum, said": the worker, whom the Forum carries.
fn cited(page: &Page<'_>, sentence: &Sentence, carrier: &Range<usize>) -> Option<Range<usize>> {
    let from = carrier.start.saturating_sub(4).max(sentence.tokens.start);
    let words = (from..carrier.start).find_map(|t| {
        page.marks.find(t, |m| {
            let near = m.tokens.end <= carrier.start && m.tokens.end + 1 >= carrier.start;
            let by = page.cut.word(m.tokens.end - 1) == "by";
            (m.tag == Tag::Before && near && by).then_some(m.tokens.start)
        })
    })?;
    page.marks
        .has(words, |tag| tag == Tag::Carries)
        .then(|| name_before(page, sentence, words, false))?
}

/// "The Forum, an advocacy group, said": the Forum.
fn apposed(page: &Page<'_>, start: usize, name: Range<usize>) -> Range<usize> {
    let article = name.start.checked_sub(1).filter(|a| matches!(page.cut.word(*a), "a" | "an"));
    let comma = article.and_then(|a| a.checked_sub(1)).filter(|c| page.cut.word(*c) == ",");
    let Some(comma) = comma.filter(|c| *c > start) else { return name };
    let main = trimmed(page, name_start(page, start, comma)..comma);
    let is_place =
        main.clone().any(|t| page.place_covers(t)) && !main.clone().any(|t| is_noun_part(page, t));
    let is_name = !main.is_empty() && page.cut.shape(main.start) == Shape::Capital && !is_place;
    if is_name && is_speaker(page, &main, false) { main } else { name }
}

/// "Residents told the agency": the agency carries what they said.
fn told(page: &Page<'_>, sentence: &Sentence, verb: &Range<usize>) -> Option<Range<usize>> {
    let told = matches!(page.cut.word(verb.start), "told" | "tells");
    told.then(|| name_from(page, verb.end, sentence.tokens.end))?
}

/// "The Network's list shows", "its report": whose count it is.
fn possessive(page: &Page<'_>, sentence: &Sentence, at: usize) -> Option<Saying> {
    let owns = matches!(page.cut.word(at), "'s" | "\u{2019}s");
    let counted = (at + 1..at + 4).any(|t| page.marks.has(t, |tag| tag == Tag::Tally));
    if !owns || !counted {
        return None;
    }
    let by =
        |name: &Range<usize>| name.start.checked_sub(1).is_some_and(|b| page.cut.word(b) == "by");
    let speaker = name_before(page, sentence, at, true)
        .or_else(|| name_before(page, sentence, at, false).filter(by))?;
    // "…, by Israel's count": of the clause before.
    if by(&speaker) {
        return Some(saying(page, speaker, None, sentence.tokens.start, "source/according to"));
    }
    Some(saying(page, speaker, None, at + 1, "source/possessive"))
}

/// "According to X", "a report released by X".
fn before(page: &Page<'_>, sentence: &Sentence, words: &Range<usize>) -> Option<Saying> {
    let speaker = name_from(page, words.end, sentence.tokens.end)?;
    let carries = page.marks.has(words.start, |tag| tag == Tag::Carries);
    let by = page.cut.word(words.end - 1) == "by";
    // "X, quoted by Y": Y carries. "Y, citing X": Y carries too, and X is the speaker.
    if carries && by {
        let first = name_before(page, sentence, words.start, false)?;
        return Some(saying(page, first, Some(speaker), sentence.tokens.start, "source/quoted by"));
    }
    let carrier = if carries { name_before(page, sentence, words.start, false) } else { None };
    Some(saying(page, speaker, carrier, sentence.tokens.start, "source/according to"))
}

fn saying(
    page: &Page<'_>,
    speaker: Range<usize>,
    carrier: Option<Range<usize>>,
    from: usize,
    rule: &'static str,
) -> Saying {
    let stands_for = stands_for(page, &speaker);
    Saying { speaker, carrier, from, stands_for, weak: false, rule }
}

/// A pronoun, or a noun with "the" before it and no name in it: "the network".
fn stands_for(page: &Page<'_>, name: &Range<usize>) -> bool {
    let pronoun = name.len() == 1 && page.marks.has(name.start, |tag| tag == Tag::Pronoun);
    let definite = name.start.checked_sub(1).is_some_and(|b| {
        matches!(page.cut.word(b), "the" | "this" | "its" | "their" | "that" | "same")
    });
    pronoun || (definite && name.clone().all(|t| page.cut.shape(t) == Shape::Lower))
}
