//! Where and when: the places and days that a toll's words belong to.

use std::ops::Range;

use super::Page;
use super::claims::begins_clause;
use super::found::Sentences;
use super::grammar::is_be;
use super::list::names_place;
use super::place::Role;
use super::time::{DayKind, DayMention};
use super::toll::{How, Toll};
use crate::lexicon::{Beside, Tag, WhereWord};
use crate::text::{DASH, Shape};
use crate::{PlaceMention, Window};

/// Where: in the words counted, behind the toll, and for the first toll of a sentence before it too;
/// else in the sentence before.
pub(super) fn places(
    page: &Page<'_>,
    sentences: &Sentences,
    at: usize,
    region: &Range<usize>,
) -> Vec<PlaceMention> {
    let toll = &sentences.tolls[at];
    let counted = sites(page, toll.amount.tokens.start..toll.phrase.tokens.end);
    if !counted.is_empty() {
        return mentions(page, &counted);
    }
    let sentence = page.tokens_of(toll.sentence);
    let previous = at.checked_sub(1).map(|n| &sentences.tolls[n]);
    let previous = previous.filter(|t| t.sentence == toll.sentence);
    if names_place(page, &toll.amount) && (previous.is_some() || is_line_label(page, toll)) {
        let before = toll.amount.tokens.start.saturating_sub(4)..toll.amount.tokens.start;
        if let Some(last) = sites(page, before).pop() {
            return mentions(page, &[last]);
        }
    }
    let mut own = sites(page, region.clone());
    let ahead = narrowest(page, sites(page, sentence.start..toll.amount.tokens.start));
    let told = ahead.iter().any(|n| page.places[*n].role == Role::Site);
    if own.is_empty()
        && !told
        && let Some(head) = head_of_paragraph(page, toll.sentence)
    {
        return vec![head];
    }
    let next = sentences.tolls.get(at + 1).filter(|t| t.sentence == toll.sentence);
    if next.is_some_and(|next| names_place(page, &next.amount)) {
        own.pop();
    }
    // "…, while the village of Marj lost seven".
    let clause = previous.and_then(|t| {
        let between = t.phrase.tokens.end.max(t.amount.tokens.end)..toll.amount.tokens.start;
        between.clone().rev().find(|t| begins_clause(page, *t)).map(|t| t..between.end)
    });
    if let Some(clause) = clause {
        let mut all = sites(page, clause);
        all.extend(own.iter().copied());
        if !all.is_empty() {
            return mentions(page, &narrowest(page, all));
        }
    }
    if previous.is_some() {
        let sites = narrowest(page, own.clone());
        return mentions(page, if sites.is_empty() { &own } else { &sites });
    }
    let mut all = sites(page, sentence.start..toll.amount.tokens.start);
    all.extend(own);
    if !all.is_empty() {
        return mentions(page, &narrowest(page, all));
    }
    let paragraph = |n: usize| page.cut.sentences[n].paragraph;
    let above = toll.sentence.checked_sub(1).filter(|n| paragraph(*n) == paragraph(toll.sentence));
    let above = above.map(|n| sites(page, page.tokens_of(n))).unwrap_or_default();
    mentions(page, &narrowest(page, above))
}

/// Words of a name at the head of a paragraph.
const LONGEST_HEAD: usize = 4;

/// "Theeban: armed men attacked …", "Al-Thaala. Nine killed …": the name that heads a paragraph, in a
/// text that has several of the kind, is where it plays.
fn head_of_paragraph(page: &Page<'_>, sentence: usize) -> Option<PlaceMention> {
    let paragraph = page.cut.sentences[sentence].paragraph;
    let is_head = |n: usize| {
        let first = &page.cut.sentences[n];
        let opens = n == 0 || page.cut.sentences[n - 1].paragraph != first.paragraph;
        let start = first.tokens.start;
        let stop = (start..first.tokens.end.min(start + LONGEST_HEAD + 1))
            .find(|t| matches!(page.cut.word(*t), ":" | "."))?;
        let name = start..stop;
        let capitals = name.clone().all(|t| {
            page.cut.shape(t) == Shape::Capital
                && !page.marks.has(t, |tag| {
                    matches!(tag, Tag::SpeakerNoun | Tag::Act(..) | Tag::Head(_) | Tag::Body)
                        || matches!(tag, Tag::Victims(..) | Tag::Named(_) | Tag::Violation(_))
                        || matches!(tag, Tag::Response(_) | Tag::Stop)
                })
        });
        // "II.", "A.": a numbering.
        let word = name.clone().any(|t| {
            let text = page.cut.tokens[t].text;
            text.chars().count() > 2 && text.chars().any(char::is_lowercase)
        });
        (opens && capitals && word && !first.heading).then_some(name)
    };
    let heads = (0..page.cut.sentences.len()).filter(|n| is_head(*n).is_some()).count();
    let first = (0..=sentence).find(|n| page.cut.sentences[*n].paragraph == paragraph)?;
    let name = is_head(first).filter(|_| heads >= FEWEST_HEADS)?;
    Some(PlaceMention {
        text: page.cut.slice(&name).to_owned(),
        id: page.places_within(&name).first().and_then(|p| p.id.clone()),
        span: page.cut.span(&name),
    })
}

/// Paragraphs that must begin with a name before the names are taken for places.
const FEWEST_HEADS: usize = 3;

/// "- Tamboul: 34": the label of a line.
fn is_line_label(page: &Page<'_>, toll: &Toll) -> bool {
    let start = page.tokens_of(toll.sentence).start;
    toll.amount.tokens.start - start <= 5
        && page.cut.shape(toll.amount.tokens.start - 1) == Shape::Mark
}

/// Numbers of the places among tokens where something may have happened.
fn sites(page: &Page<'_>, tokens: Range<usize>) -> Vec<usize> {
    let from = page.places.partition_point(|p| p.tokens.start < tokens.start);
    let within = page.places.iter().enumerate().skip(from);
    within
        .take_while(|(_, p)| p.tokens.start < tokens.end)
        .filter(|(_, p)| {
            matches!(p.role, Role::Site | Role::Country)
                && !page.party_covers(p.tokens.start)
                && !page.is_speaker(p.tokens.start)
        })
        .map(|(n, _)| n)
        .collect()
}

/// Without countries where something narrower is named.
fn narrowest(page: &Page<'_>, places: Vec<usize>) -> Vec<usize> {
    let is_site = |n: &usize| page.places[*n].role == Role::Site;
    if places.iter().any(is_site) {
        let sites: Vec<usize> = places.into_iter().filter(is_site).collect();
        let around = |n: &usize| sites.iter().any(|inner| is_around(page, *inner, *n));
        return sites.iter().copied().filter(|n| !around(n)).collect();
    }
    // A country alone is a place only where the text says so: "in Yemen", not "Yemen's army".
    let within = |n: &usize| {
        let start = page.places[*n].tokens.start;
        (start.saturating_sub(2)..start)
            .any(|t| page.marks.has(t, |tag| tag == Tag::Where(WhereWord::In)))
            && !matches!(page.cut.word(page.places[*n].tokens.end), "'s" | "\u{2019}s")
    };
    places.into_iter().filter(within).collect()
}

/// "The village of Marj in the Jableh countryside": whether the second place is the country around the
/// first.
fn is_around(page: &Page<'_>, inner: usize, outer: usize) -> bool {
    let between = page.places[inner].tokens.end..page.places[outer].tokens.start;
    let joint = |t: usize| {
        matches!(
            page.cut.word(t),
            "," | "in" | "the" | "of" | "eastern" | "western" | "northern" | "southern"
        )
    };
    page.cut.word(page.places[outer].tokens.end) == "countryside"
        && !between.is_empty()
        && between.len() <= NEAR
        && between.clone().all(joint)
}

/// Words between a place and the countryside that it lies in.
const NEAR: usize = 4;

/// Places as claims give them, each name once.
fn mentions(page: &Page<'_>, places: &[usize]) -> Vec<PlaceMention> {
    let mut out: Vec<PlaceMention> = Vec::new();
    for mention in places.iter().map(|n| page.place_mention(&page.places[*n])) {
        if out.iter().all(|m| !m.text.eq_ignore_ascii_case(&mention.text)) {
            out.push(mention);
        }
    }
    out
}

/// Where a sentence without a toll says that something was done: the place of what follows.
pub(super) fn scene_of(page: &Page<'_>, sentence: usize) -> Vec<PlaceMention> {
    let tokens = page.tokens_of(sentence);
    let tells = page.marks.within(&tokens).iter().any(|m| {
        matches!(m.tag, Tag::Attack(_) | Tag::Event(_) | Tag::Violation(_) | Tag::Act(..))
    });
    if !tells {
        return Vec::new();
    }
    mentions(page, &narrowest(page, sites(page, tokens)))
}

/// The single day on which a sentence without a toll says that something was done.
pub(super) fn day_of_scene(page: &Page<'_>, sentence: usize) -> Option<Window> {
    let tokens = page.tokens_of(sentence);
    let tells = page.marks.within(&tokens).iter().any(|m| {
        matches!(m.tag, Tag::Attack(_) | Tag::Event(_) | Tag::Violation(_) | Tag::Act(..))
            || m.tag == Tag::Beside(Beside::Weapon)
    });
    let mut days = page.days.iter().filter(|d| tokens.contains(&d.tokens.start));
    days.find(|d| tells && d.kind == DayKind::On && !is_day_of_saying(page, d, &tokens))?.window
}

/// "The Health Ministry in Gaza said": whose ministry, where nothing else is said.
pub(super) fn of_speaker(page: &Page<'_>, sentence: usize) -> Vec<PlaceMention> {
    let tokens = page.tokens_of(sentence);
    let site = |n: &usize| {
        let place = &page.places[*n];
        place.role == Role::Site
            && tokens.contains(&place.tokens.start)
            && page.is_speaker(place.tokens.start)
    };
    let found = (0..page.places.len()).find(site);
    found.map(|n| mentions(page, &[n])).unwrap_or_default()
}

/// The place that the heading of a text names, where it names one.
pub(super) fn of_topic(page: &Page<'_>) -> Vec<PlaceMention> {
    let heading = page.cut.sentences.iter().take_while(|s| s.heading);
    let places: Vec<usize> = heading.flat_map(|s| sites(page, s.tokens.clone())).collect();
    let places = narrowest(page, places);
    if places.len() == 1 { mentions(page, &places) } else { Vec::new() }
}

/// The places that the first sentences of a text name, where these are few.
pub(super) fn of_lead(page: &Page<'_>) -> Vec<PlaceMention> {
    let body = page.cut.sentences.iter().filter(|s| !s.heading).take(LEAD);
    let found = body.map(|s| narrowest(page, sites(page, s.tokens.clone())));
    let places = found.into_iter().find(|p| !p.is_empty()).unwrap_or_default();
    let narrow = places.iter().all(|n| page.places[*n].role == Role::Site);
    if narrow && places.len() <= FEW { mentions(page, &places) } else { Vec::new() }
}

/// Sentences that tell where a text plays, and places that one text plays at.
const LEAD: usize = 3;
const FEW: usize = 3;

/// The place that a dateline names, where reports are not written about somewhere else.
pub(super) fn dateline(page: &Page<'_>) -> Vec<PlaceMention> {
    let found = (0..page.places.len()).find(|n| {
        let place = &page.places[*n];
        place.role == Role::Dateline
            && !page.marks.has(place.tokens.start, |tag| tag == Tag::Where(WhereWord::Bureau))
    });
    found.map(|n| mentions(page, &[n])).unwrap_or_default()
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
    matches!(day.kind, DayKind::Since | DayKind::Over)
        && (from..day.tokens.start).any(|t| {
            let word = page.cut.word(t);
            matches!(word, "worst" | "first" | "largest")
                || (word.ends_with("iest") && word.len() > 6)
        })
}

/// "Said on Monday", "in a statement on 11 March": the day of the words, not of the deaths.
fn is_day_of_saying(page: &Page<'_>, day: &DayMention, sentence: &Range<usize>) -> bool {
    // Nobody speaks for a whole year.
    let single = day.window.is_none_or(|w| w.start == w.end);
    if day.kind != DayKind::On || !single {
        return false;
    }
    // "The ministry on Friday denied that".
    let verb = page.marks.has(day.tokens.end, |tag| matches!(tag, Tag::Say | Tag::Response(_)));
    if verb && day.tokens.start > sentence.start + 1 {
        return true;
    }
    if is_in_dateline(page, day) || is_day_of_figure(page, day, sentence) {
        return true;
    }
    if closes_saying(page, day, sentence) {
        return true;
    }
    let from = day.tokens.start.saturating_sub(6).max(sentence.start);
    for t in (from..day.tokens.start).rev() {
        let passive = t > sentence.start && is_be(page.cut.word(t - 1));
        let said = page.marks.has(t, |tag| matches!(tag, Tag::Say | Tag::Response(_)))
            || page.marks.has(t, |tag| tag == Tag::Counts) && !passive
            || matches!(
                page.cut.word(t),
                "statement" | "report" | "published" | "released" | "issued"
            );
        let done =
            page.marks.has(t, |tag| matches!(tag, Tag::Act(..) | Tag::Attack(_) | Tag::Event(_)))
                || page.cut.word(t) == ","
                || page.cut.shape(t) == Shape::Number;
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

/// "…, said Amal Nasser, director of the Office, on Saturday": the day on which she said it.
fn closes_saying(page: &Page<'_>, day: &DayMention, sentence: &Range<usize>) -> bool {
    let from = day.tokens.start.saturating_sub(CLOSING).max(sentence.start);
    let verb = (from..day.tokens.start).rev().find(|t| {
        page.marks.has(*t, |tag| tag == Tag::Inverted) && page.cut.word(t.saturating_sub(1)) == ","
    });
    let closes = page.cut.shape(day.tokens.end) == Shape::Mark;
    let done = |t: usize| {
        page.marks.has(t, |tag| matches!(tag, Tag::Act(..) | Tag::Attack(_) | Tag::Event(_)))
            || page.cut.shape(t) == Shape::Number
    };
    closes && verb.is_some_and(|verb| !(verb + 1..day.tokens.start).any(done))
}

/// Words between a verb of saying and the day that closes its sentence.
const CLOSING: usize = 20;

/// "KYIV, 12 May (Agency) - …": the day on which it was written.
fn is_in_dateline(page: &Page<'_>, day: &DayMention) -> bool {
    let end = day.tokens.end;
    let first = page.cut.sentences.get(page.sentence_of(day.tokens.start));
    first.is_some_and(|s| {
        day.tokens.start < s.tokens.start + DATELINE
            && (end..end + DATELINE).any(|t| page.cut.word(t) == DASH)
            && (s.tokens.start..day.tokens.start).all(|t| page.cut.shape(t) != Shape::Lower)
    })
}

/// Words of a dateline, before and behind its day.
const DATELINE: usize = 8;

/// "Put the number of dead at 300 on Monday", "82 killed as of Saturday": the day of the figure.
fn is_day_of_figure(page: &Page<'_>, day: &DayMention, sentence: &Range<usize>) -> bool {
    let start = day.tokens.start;
    let as_of = start >= 2 && page.cut.word(start - 1) == "of" && page.cut.word(start - 2) == "as";
    let by = start >= 1 && page.cut.word(start - 1) == "by";
    let from = start.saturating_sub(FIGURE).max(sentence.start);
    let put = (from..start).any(|t| {
        matches!(page.cut.word(t), "put" | "puts" | "raised" | "revised" | "gave" | "announced")
    });
    as_of || by || put && page.cut.word(start - 1) == "on"
}

/// Words between the verb that gives a figure and its day.
const FIGURE: usize = 14;
