//! Who says so: speakers, and which words of a sentence are theirs.

use std::ops::Range;

use super::Page;
use super::grammar::{ends_phrase, is_auxiliary, is_be, is_determiner, is_passed_over, joins_name};
use crate::lexicon::{HeadKind, NationWord, Tag, WhereWord};
use crate::text::{Sentence, Shape};

/// Words that a speaker's name may have.
const LONGEST_NAME: usize = 12;

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
    for at in sentence.tokens.clone() {
        let mut done = false;
        out.extend(possessive(page, sentence, at));
        for mark in page.marks.at(at) {
            let found = match mark.tag {
                // "States", "Reports" in a name are no verbs.
                _ if page.cut.shape(at) == Shape::Capital && !page.begins_sentence(at) => None,
                Tag::Say if !done => said(page, sentence, &mark.tokens, false),
                Tag::Counts if !done => said(page, sentence, &mark.tokens, true),
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

/// "X said", "X documented", "…, said X".
fn said(page: &Page<'_>, sentence: &Sentence, verb: &Range<usize>, counts: bool) -> Option<Saying> {
    // "Armed groups were cited as the culprits", "gunmen believed to belong to": they say nothing.
    let passive = verb.start.checked_sub(1).is_some_and(|b| is_be(page.cut.word(b)))
        || page.cut.word(verb.end) == "to"
            && !matches!(page.cut.word(verb.start), "says" | "admitted");
    let speaker = (!passive).then(|| name_before(page, sentence, verb.start, counts)).flatten();
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

/// "Said a postwoman": whoever is introduced by what she is.
fn somebody(page: &Page<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    if !matches!(page.cut.word(at), "a" | "an" | "one") {
        return None;
    }
    let stop = (at + 1..end.min(at + 6))
        .find(|t| page.cut.shape(*t) != Shape::Lower || ends_phrase(page.cut.word(*t)))?;
    (stop > at + 1).then_some(at + 1..stop)
}

/// "Civil defence: 9 killed": who speaks stands before a colon at the head of a sentence.
fn headed(page: &Page<'_>, sentence: &Sentence) -> Option<Saying> {
    let start = sentence.tokens.start;
    let end = sentence.tokens.end;
    let colon = (start + 1..end.min(start + LONGEST_HEAD)).find(|t| page.cut.word(*t) == ":")?;
    let first = (start..colon).find(|t| page.cut.shape(*t) != Shape::Number)?;
    let name = trimmed(page, first..colon);
    let plain = name.clone().all(|t| {
        page.cut.shape(t) == Shape::Capital || is_noun_part(page, t) || joins_name(page.cut.word(t))
    });
    (colon + 1 < end && plain && is_speaker(page, &name, false))
        .then(|| saying(page, name, None, colon, "source/before colon"))
}

/// Words before the colon that a speaker stands before.
const LONGEST_HEAD: usize = 6;

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
    const COUNTS: &[&str] = &[
        "list",
        "figures",
        "count",
        "tally",
        "data",
        "report",
        "records",
        "toll",
        "database",
        "numbers",
        "statement",
    ];
    let owns = matches!(page.cut.word(at), "'s" | "\u{2019}s");
    let counted = (at + 1..at + 4).any(|t| COUNTS.contains(&page.cut.word(t)));
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
    Saying { speaker, carrier, from, stands_for, rule }
}

/// A pronoun, or a noun with "the" before it and no name in it: "the network".
fn stands_for(page: &Page<'_>, name: &Range<usize>) -> bool {
    let pronoun = name.len() == 1 && page.marks.has(name.start, |tag| tag == Tag::Pronoun);
    let definite = name.start.checked_sub(1).is_some_and(|b| {
        matches!(page.cut.word(b), "the" | "this" | "its" | "their" | "that" | "same")
    });
    pronoun || (definite && name.clone().all(|t| page.cut.shape(t) == Shape::Lower))
}

/// The name or noun that stands before a verb.
fn name_before(
    page: &Page<'_>,
    sentence: &Sentence,
    verb: usize,
    counts: bool,
) -> Option<Range<usize>> {
    let start = sentence.tokens.start;
    let mut end = verb;
    // "Has also said"; ", meanwhile, said".
    while end > start
        && (is_passed_over(page.cut.word(end - 1))
            || page.is_date(end - 1)
            || (page.cut.word(end - 1) == "on" && end < verb && page.is_date(end)))
        && !matches!(page.cut.word(end - 1), "who" | "that")
    {
        end -= 1;
    }
    let mut aside = false;
    if end > start && page.cut.word(end - 1) == "," {
        end -= 1;
        // "The Office, which is based abroad, said": the name before what describes it.
        let from = end.saturating_sub(LONGEST_ASIDE).max(start);
        if let Some(comma) = (from..end).rev().find(|t| page.cut.word(*t) == ",")
            && let Some(name) = name_at_end(page, start, comma, counts)
        {
            // "Its president, Faustin Kasereka, told": the name is fuller than the office.
            let inner = comma + 1..end;
            let person = inner.len() >= 2
                && inner.clone().all(|t| page.cut.shape(t) == Shape::Capital)
                && name.clone().all(|t| page.cut.shape(t) == Shape::Lower);
            return Some(if person { inner } else { name });
        }
        aside = true;
    }
    if end > start && page.cut.word(end - 1) == ")" {
        // "The Network (SN) said".
        end = (start..end).rev().find(|t| page.cut.word(*t) == "(")?;
    }
    if end == start {
        return None;
    }
    if page.marks.has(end - 1, |tag| tag == Tag::Pronoun)
        && matches!(page.cut.word(end - 1), "it" | "they" | "he" | "she")
    {
        return Some(end - 1..end);
    }
    name_at_end(page, start, end, counts)
        .or_else(|| modified(page, start, end, counts))
        .or_else(|| introduced(page, start, end, verb).filter(|_| !aside && !counts))
}

/// Words of what describes a speaker between commas or behind the name.
const LONGEST_ASIDE: usize = 16;

/// The name or noun that ends at `end`.
fn name_at_end(page: &Page<'_>, start: usize, end: usize, counts: bool) -> Option<Range<usize>> {
    let from = name_start(page, start, end);
    let name = trimmed(page, from..end);
    let none = name
        .start
        .checked_sub(1)
        .is_some_and(|b| matches!(page.cut.word(b), "no" | "our" | "whose"));
    let at_place = name.start > start
        && matches!(page.cut.word(name.start - 1), "in" | "at" | "of" | "near" | "from")
        && name.clone().all(|t| page.place_covers(t));
    (!none && !at_place && is_speaker(page, &name, counts)).then(|| joint(page, start, name))
}

/// "Residents of a village in the north said", "a resident who helped to recover the bodies said":
/// the nearest noun for speakers before what describes it.
fn modified(page: &Page<'_>, start: usize, end: usize, counts: bool) -> Option<Range<usize>> {
    let from = end.saturating_sub(LONGEST_ASIDE).max(start);
    for at in (from + 1..end).rev() {
        let word = page.cut.word(at);
        if matches!(word, "," | ";" | ":" | "\"" | "\u{201C}" | "\u{201D}") {
            return None;
        }
        let joint =
            matches!(word, "of" | "in" | "at" | "from" | "who" | "near" | "for" | "on" | "with");
        if joint && let Some(name) = name_at_end(page, start, at, counts) {
            let noun = name.clone().any(|t| is_noun_part(page, t));
            if noun {
                return Some(name);
            }
        }
    }
    None
}

/// ", a local baker said", ", the navy reported.": somebody introduced by what he is, whatever
/// that is.
fn introduced(page: &Page<'_>, start: usize, end: usize, verb: usize) -> Option<Range<usize>> {
    let from = end.saturating_sub(5).max(start);
    let closes = page.cut.shape(verb + 1) == Shape::Mark
        || page.is_date(verb + 1)
        || page.cut.word(verb + 1) == "on";
    let article = (from..end).rev().find(|t| {
        matches!(page.cut.word(*t), "a" | "an" | "one") || (page.cut.word(*t) == "the" && closes)
    })?;
    let opens = article == start || matches!(page.cut.word(article - 1), "," | "\"" | "\u{201D}");
    let plain = (article + 1..end).all(|t| {
        page.cut.shape(t) == Shape::Lower
            && !ends_phrase(page.cut.word(t))
            && !page
                .marks
                .has(t, |tag| matches!(tag, Tag::Stop | Tag::Event(_) | Tag::Violation(_)))
    });
    (opens && plain && article + 1 < end).then_some(article + 1..end)
}

/// "X, Y and Z said": the speakers of a joint statement, as one.
fn joint(page: &Page<'_>, start: usize, name: Range<usize>) -> Range<usize> {
    let capital = |t: usize| page.cut.shape(t) == Shape::Capital;
    let and = name.start.checked_sub(1).filter(|a| *a > start && page.cut.word(*a) == "and");
    let Some(mut at) = and.filter(|_| capital(name.start)) else { return name };
    at -= usize::from(page.cut.word(at - 1) == ",");
    let mut first = name.start;
    loop {
        let from = name_start(page, start, at);
        let member = trimmed(page, from..at);
        if member.len() < 2 || !capital(member.start) || !is_speaker(page, &member, true) {
            break;
        }
        first = member.start;
        if first == start || page.cut.word(first - 1) != "," {
            break;
        }
        at = first - 1;
    }
    first..name.end
}

/// First token of the name that ends before `end`.
fn name_start(page: &Page<'_>, start: usize, end: usize) -> usize {
    let mut from = end;
    while from > start && end - from < LONGEST_NAME {
        let at = from - 1;
        let word = page.cut.word(at);
        let connects = joins_name(word) && from < end;
        let noun = page.cut.shape(at) == Shape::Capital
            || is_noun_part(page, at)
            || (page.cut.shape(at) == Shape::Lower && !connects && is_before_noun(page, at, end));
        if page.is_date(at) || !(noun || connects) {
            break;
        }
        // "In all of Syria the Network": an article begins a name unless a connector goes before.
        let inner = at > start
            && matches!(page.cut.word(at - 1), "of" | "for" | "on" | "to" | "with" | "and");
        if matches!(word, "the" | "a" | "an") && !inner {
            break;
        }
        from = at;
    }
    from
}

/// Whether a lower-case word is or belongs to a noun for speakers; forces speak too.
fn is_noun_part(page: &Page<'_>, at: usize) -> bool {
    (at.saturating_sub(2)..=at).any(|start| {
        page.marks.at(start).iter().any(|m| {
            let speaks = match m.tag {
                Tag::SpeakerNoun | Tag::Named(_) => true,
                Tag::Head(kind) => kind != HeadKind::Unknown,
                _ => false,
            };
            speaks && m.tokens.contains(&at)
        })
    })
}

/// An adjective before a noun for speakers: "local residents", "war monitoring group".
fn is_before_noun(page: &Page<'_>, at: usize, end: usize) -> bool {
    let plain = !is_auxiliary(page.cut.word(at))
        && !ends_phrase(page.cut.word(at))
        && !page
            .marks
            .has(at, |t| matches!(t, Tag::Act(..) | Tag::Say | Tag::Counts | Tag::Blame(_)));
    plain && at + 1 < end && (at + 1..end.min(at + 3)).any(|t| is_noun_part(page, t))
}

/// The name or noun that begins at `at`, an article passed over.
fn name_from(page: &Page<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let mut start = at;
    while start < end && (is_determiner(page.cut.word(start)) || page.cut.word(start) == "by") {
        start += 1;
    }
    let mut last = start;
    let mut to = start;
    while to < end && to - start < LONGEST_NAME {
        let word = page.cut.word(to);
        let connects = joins_name(word) && to > start;
        let noun = page.cut.shape(to) == Shape::Capital || is_noun_part(page, to);
        let adjective = page.cut.shape(to) == Shape::Lower
            && !connects
            && page.cut.shape(to + 1) != Shape::Mark
            && !is_auxiliary(word)
            && (to + 1..to + 3).any(|t| is_noun_part(page, t))
            && !ends_phrase(word);
        // "The city's emergency service".
        let owner = page.cut.shape(to) == Shape::Lower
            && matches!(page.cut.word(to + 1), "'s" | "\u{2019}s")
            && to < start + 3;
        if page.is_date(to) || !(noun || connects || adjective || owner) {
            break;
        }
        if noun {
            last = to + 1;
        }
        to += 1;
    }
    let name = trimmed(page, start..last.max(start));
    is_speaker(page, &name, false).then_some(name)
}

/// Without articles, connectors and possessives at the ends.
fn trimmed(page: &Page<'_>, mut name: Range<usize>) -> Range<usize> {
    let loose = |word: &str| is_determiner(word) || joins_name(word) || word == "by";
    while !name.is_empty() && loose(page.cut.word(name.start)) {
        name.start += 1;
    }
    while !name.is_empty() && loose(page.cut.word(name.end - 1)) {
        name.end -= 1;
    }
    body_of(page, name)
}

/// "Director of the Network" speaks for the network.
fn body_of(page: &Page<'_>, name: Range<usize>) -> Range<usize> {
    const OFFICES: &[&str] = &[
        "director",
        "head",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "chief",
        "founder",
        "official",
        "officials",
        "chairman",
        "chair",
        "member",
        "members",
        "representative",
    ];
    let office = name.clone().find(|t| OFFICES.contains(&page.cut.word(*t)));
    let Some(joint) =
        office.map(|o| o + 1).filter(|j| matches!(page.cut.word(*j), "of" | "for" | "at" | "from"))
    else {
        return name;
    };
    let mut start = joint + 1;
    while start < name.end && is_determiner(page.cut.word(start)) {
        start += 1;
    }
    if start < name.end { start..name.end } else { name }
}

/// Whether a phrase can say something: a name, or a noun for speakers.
fn is_speaker(page: &Page<'_>, name: &Range<usize>, counts: bool) -> bool {
    if name.is_empty() {
        return false;
    }
    let noun = name.clone().any(|t| is_noun_part(page, t));
    let capitals = name.clone().filter(|t| page.cut.shape(*t) == Shape::Capital).count();
    let known = crate::accounts::canonical_source(page.cut.slice(name)).is_some();
    let place = name.clone().all(|t| page.place_covers(t));
    // "Israel said", "Hamas said", "Ankara said": who acts also speaks.
    let power = page.marks.at(name.start).iter().any(|m| {
        let speaks = matches!(
            m.tag,
            Tag::Named(_)
                | Tag::Nation(NationWord::Forces | NationWord::Name, _)
                | Tag::Where(WhereWord::Bureau)
        );
        speaks && m.tokens == *name && !counts
    });
    if power {
        return true;
    }
    let first_word = capitals == 1
        && name.len() == 1
        && page.begins_sentence(name.start)
        && !known
        && !noun
        && !is_somebodys_name(page, name.start);
    known || noun || (capitals > usize::from(counts) && !place && !first_word)
}

/// Whether a capitalised word that begins a sentence ends a longer name elsewhere in the text.
fn is_somebodys_name(page: &Page<'_>, at: usize) -> bool {
    let word = page.cut.tokens[at].text;
    page.cut.tokens.windows(2).any(|pair| {
        pair[1].text == word
            && pair[0].shape == Shape::Capital
            && pair[1].spaced
            && pair[1].span.start != page.cut.tokens[at].span.start
    })
}
