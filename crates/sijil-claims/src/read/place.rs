//! Places of a text: names of the gazetteer, wider areas, and names that only the wording gives.

use std::ops::Range;

use sijil_text::places::Gazetteer;

use super::Page;
use crate::lexicon::{NationWord, Tag, WhereWord};
use crate::text::{Cut, DASH, Shape};
use crate::{PlaceMention, lexicon::Marks};

/// A place named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Gazetteer id, where it resolves.
    pub(super) id: Option<String>,
    /// How it stands in the text.
    pub(super) role: Role,
}

/// How a place stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A town, a district: something may have happened there.
    Site,
    /// A whole country: where nothing narrower is named.
    Country,
    /// Somebody spoke there, or it is part of a name.
    Aside,
    /// Where the report was written.
    Dateline,
}

/// All places of a text, in order, none within another.
pub(super) fn places(
    cut: &Cut<'_>,
    marks: &Marks,
    gazetteer: &Gazetteer,
    arabic: bool,
) -> Vec<Placed> {
    let from = cut.tokens.first().map_or(0, |token| token.bytes.start);
    let mut out: Vec<Placed> = Vec::new();
    let free = |out: &[Placed], tokens: &Range<usize>| {
        !out.iter().any(|p| p.tokens.start < tokens.end && tokens.start < p.tokens.end)
    };
    for hit in gazetteer.scan(&cut.text[from..]) {
        let start = cut.token_at(from + hit.range.start);
        let end = cut.token_at(from + hit.range.end - 1) + 1;
        // "مدينة السويداء": the noun is no part of the name.
        let kind = arabic
            && end > start + 1
            && !(cut.word(start) == "ريف" && cut.word(start + 1) == "دمشق")
            && marks.has(start, |tag| tag == Tag::Where(WhereWord::Kind));
        let start = start + usize::from(kind);
        // "لبنان" holds no "بنان": a hit begins with a word.
        let apart = arabic
            && cut.tokens.get(start).is_some_and(|t| {
                !kind && t.bytes.start != from + hit.range.start
                    || marks.has(start, |tag| tag == Tag::Where(WhereWord::Kind))
            });
        if apart {
            continue;
        }
        if start < end && end <= cut.tokens.len() && !is_other(cut, marks, start, end) {
            let role = role(cut, marks, &(start..end), Role::Site);
            out.push(Placed { tokens: start..end, id: Some(hit.id), role });
        }
    }
    for at in 0..cut.tokens.len() {
        if let Some((tokens, plain)) = known(cut, marks, at).filter(|(t, _)| free(&out, t)) {
            let role = role(cut, marks, &tokens, plain);
            out.push(Placed { tokens, id: None, role });
        }
    }
    // What only the wording gives must not take over a name that is known.
    for at in 0..cut.tokens.len() {
        let tokens =
            if arabic { super::arabic::worded(cut, marks, at) } else { worded(cut, marks, at) };
        let Some(tokens) = tokens else { continue };
        // "حي كرم الزيتون": a known name that only ends another is that other one.
        if arabic {
            out.retain(|p| !(p.tokens.start > tokens.start && p.tokens.end <= tokens.end));
        }
        if free(&out, &tokens) {
            let role = role(cut, marks, &tokens, Role::Site);
            out.push(Placed { tokens, id: None, role });
        }
    }
    if !arabic {
        for place in &mut out {
            with_facility(cut, marks, place);
        }
    }
    out.sort_by_key(|p| p.tokens.start);
    if !arabic {
        coordinated(cut, marks, &mut out);
    }
    out
}

/// "Munzenze prison", "the Naf river": what a place is called when it is no settlement.
fn with_facility(cut: &Cut<'_>, marks: &Marks, place: &mut Placed) {
    let end = place.tokens.end;
    let facility = marks.has(end, |tag| tag == Tag::Where(WhereWord::Facility));
    if facility && place.role == Role::Site && cut.shape(end) == Shape::Lower {
        place.tokens.end += 1;
        place.id = None;
    }
}

/// "Kishishe and Bambo, in": a name joined to a place is a place.
fn coordinated(cut: &Cut<'_>, marks: &Marks, places: &mut Vec<Placed>) {
    let mut more = Vec::new();
    for (n, place) in places.iter().enumerate() {
        let at = place.tokens.end + 1;
        let joined = matches!(cut.word(place.tokens.end), "and" | ",") && place.role == Role::Site;
        let behind_in = place
            .tokens
            .start
            .checked_sub(1)
            .is_some_and(|b| marks.has(b, |tag| tag == Tag::Where(WhereWord::In)));
        let mut end = at;
        while end < at + 2 && cut.shape(end) == Shape::Capital && !is_no_place(cut, marks, end) {
            end += 1;
        }
        let free = places.get(n + 1).is_none_or(|next| next.tokens.start >= end);
        let closes = cut.shape(end) == Shape::Mark && cut.word(end) != "'s"
            || super::grammar::is_conjunction(cut.word(end))
            || super::grammar::is_preposition(cut.word(end));
        let and = cut.word(place.tokens.end) == "and" || cut.word(end) == "and";
        if joined && behind_in && and && end > at && free && closes {
            more.push(Placed { tokens: at..end, id: None, role: Role::Site });
        }
    }
    places.extend(more);
    places.sort_by_key(|p| p.tokens.start);
}

/// Bytes at which the gazetteer's names begin.
pub(super) fn starts(cut: &Cut<'_>, gazetteer: &Gazetteer) -> Vec<usize> {
    let from = cut.tokens.first().map_or(0, |token| token.bytes.start);
    gazetteer.scan(&cut.text[from..]).into_iter().map(|hit| from + hit.range.start).collect()
}

/// A place that the lexicon knows at `at`: a wider area, or one of its countries' places.
fn known(cut: &Cut<'_>, marks: &Marks, at: usize) -> Option<(Range<usize>, Role)> {
    let area = marks.find(at, |m| (m.tag == Tag::Area).then(|| bare(cut, m.tokens.clone())));
    let named = marks.find(at, |m| match m.tag {
        Tag::Nation(NationWord::Place, _) => Some((m.tokens.clone(), Role::Site)),
        Tag::Nation(NationWord::Name, _) => Some((m.tokens.clone(), Role::Country)),
        _ => None,
    });
    let named = named.filter(|(t, _)| {
        let capital = t.clone().any(|t| cut.shape(t) == Shape::Capital);
        (capital || !cut.word(at).is_ascii()) && !is_other(cut, marks, t.start, t.end)
    });
    // "Northern Syria" is as wide as a country.
    let wide = |t: &Range<usize>| {
        t.len() > 1
            && t.clone()
                .any(|t| marks.has(t, |tag| matches!(tag, Tag::Nation(NationWord::Name, _))))
    };
    let named = named.map(|(t, role)| if wide(&t) { (t, Role::Country) } else { (t, role) });
    let country = named.as_ref().is_some_and(|(_, role)| *role == Role::Country);
    match (area, named) {
        (Some(tokens), _) if !country => Some((tokens, Role::Site)),
        (_, named) => named,
    }
}

/// Words at the head of a text that a dateline may have.
const DATELINE: usize = 8;

/// What a place is in its sentence.
fn role(cut: &Cut<'_>, marks: &Marks, tokens: &Range<usize>, plain: Role) -> Role {
    let loud = |t: usize| {
        let text = cut.tokens[t].text;
        text.chars().count() > 2
            && text.chars().all(|c| !c.is_lowercase())
            && text.chars().any(char::is_uppercase)
    };
    // "(Sittwe) - …", "NABLUS, West Bank - …".
    let first = cut.tokens.partition_point(|t| t.bytes.start < cut.body);
    let opening = tokens.start >= first
        && tokens.end < first + DATELINE
        && (tokens.end..tokens.end + 4)
            .any(|t| matches!(cut.word(t), "-" | DASH) && t < first + DATELINE + 2)
        && !(tokens.end..tokens.end + 2).any(|t| cut.shape(t) == Shape::Lower);
    if tokens.clone().all(loud) || opening {
        return Role::Dateline;
    }
    let from = tokens.start.saturating_sub(4);
    let told = (from..tokens.start).any(|t| {
        marks.has(t, |tag| tag == Tag::Where(WhereWord::Told))
            && (t + 1..tokens.start).all(|t| {
                matches!(
                    cut.word(t),
                    "in" | "at" | "the" | "of" | "town" | "city" | "from" | "near"
                )
            })
    });
    // "Said in Geneva": where somebody spoke.
    let said = (from..tokens.start).any(|t| {
        marks.has(t, |tag| tag == Tag::Say)
            && (t + 1..tokens.start).all(|t| matches!(cut.word(t), "in" | "at" | "from"))
            && t + 1 < tokens.start
    });
    let joined = matches!(cut.word(tokens.end), "-") && !cut.tokens[tokens.end].spaced;
    if told || said || joined { Role::Aside } else { plain }
}

/// "The coast", "all of Syria": the name without what stands before it.
fn bare(cut: &Cut<'_>, mut tokens: Range<usize>) -> Range<usize> {
    while tokens.len() > 1
        && matches!(cut.word(tokens.start), "the" | "all" | "of" | "whole" | "across")
    {
        tokens.start += 1;
    }
    tokens
}

/// Whether a gazetteer's name is here part of another name: "Latakia Media Office".
fn is_other(cut: &Cut<'_>, marks: &Marks, start: usize, end: usize) -> bool {
    let noun = marks.has(end, |tag| tag == Tag::SpeakerNoun) && cut.shape(end) == Shape::Capital;
    let person = end < cut.tokens.len()
        && cut.shape(end) == Shape::Capital
        && start > 0
        && cut.shape(start - 1) == Shape::Capital
        && !super::time::is_calendar_word(cut.word(start - 1))
        && !cut.tokens[start - 1].text.ends_with('.');
    // "Between" at the head of a sentence is no town of that sound.
    let small_word = end == start + 1 && super::grammar::ends_phrase(cut.word(start));
    // "Two" is no town either, and "Arwad Local News" is a newspaper.
    let number = (start..end).any(|t| marks.has(t, |tag| matches!(tag, Tag::Number(_))));
    let outlet = (end..end + OUTLET)
        .take_while(|t| cut.shape(*t) == Shape::Capital)
        .any(|t| marks.has(t, |tag| tag == Tag::News || tag == Tag::SpeakerNoun));
    noun || person || small_word || number || outlet
}

/// Words behind a place that may name an outlet with it.
const OUTLET: usize = 3;

/// A capitalised name behind "in", "the village of", "the shelling of", or before "district", that
/// no gazetteer knows.
fn worded(cut: &Cut<'_>, marks: &Marks, at: usize) -> Option<Range<usize>> {
    if cut.shape(at) != Shape::Capital || at == 0 || cut.shape(at - 1) == Shape::Capital {
        return None;
    }
    let mut end = at + 1;
    while end < at + 3 && cut.shape(end) == Shape::Capital {
        end += 1;
    }
    let kind = |t: usize| marks.has(t, |tag| tag == Tag::Where(WhereWord::Kind));
    let before = cut.word(at - 1);
    let lower = |t: usize| cut.shape(t) == Shape::Lower;
    let behind_kind =
        (before == "of" && at >= 2 && kind(at - 2)) || (kind(at - 1) && lower(at - 1));
    let before_kind = kind(end) && lower(end) && before != "'s";
    let behind_in = (at.saturating_sub(2)..at).any(|t| {
        marks.at(t).iter().any(|m| m.tag == Tag::Where(WhereWord::In) && m.tokens.end == at)
    });
    let attack = |t: usize| {
        marks.has(t, |tag| matches!(tag, Tag::Attack(_) | Tag::Event(_) | Tag::Violation(_)))
    };
    let reached =
        at >= 2 && marks.has(at - 1, |tag| tag == Tag::Where(WhereWord::Reached)) && attack(at - 2)
            || (attack(at - 1) && marks.has(at - 1, |tag| matches!(tag, Tag::Attack(_))));
    let origin = before == "from" && at >= 2 && !marks.has(at - 2, |tag| tag == Tag::Members);
    if !(behind_kind || before_kind || behind_in || reached || origin) {
        return None;
    }
    let other = (at..end).any(|t| is_no_place(cut, marks, t));
    let joined = cut.word(end) == "'s" || cut.word(end) == "\u{2019}s";
    let body = marks.has(end, |tag| tag == Tag::SpeakerNoun) && !kind(end);
    (!other && !joined && !body).then_some(at..end)
}

/// Days, groups, bodies, parties, people: capitals that are no place.
fn is_no_place(cut: &Cut<'_>, marks: &Marks, at: usize) -> bool {
    let word = cut.word(at);
    let compound = word.rsplit_once('-').is_some_and(|(_, tie)| {
        matches!(tie, "run" | "held" | "controlled" | "led" | "backed" | "based" | "occupied")
    });
    let month = word
        .split_once('-')
        .is_some_and(|(part, month)| part == "mid" && super::time::is_calendar_word(month));
    compound
        || month
        || matches!(word, "least" | "most" | "about" | "nearly")
        || super::time::is_calendar_word(word)
        || super::grammar::ends_phrase(word)
        || super::grammar::is_determiner(word)
        || marks.has(at, |tag| {
            matches!(
                tag,
                Tag::Group(_) | Tag::SpeakerNoun | Tag::Named(_) | Tag::Head(_) | Tag::Body
            ) || matches!(tag, Tag::Title | Tag::Victims(..) | Tag::Say | Tag::Pronoun)
                || matches!(tag, Tag::Nation(NationWord::People | NationWord::Forces, _))
        })
}

impl Page<'_> {
    /// Number of the place that begins at `at`.
    pub(super) fn place_at(&self, at: usize) -> Option<usize> {
        let number = self.places.partition_point(|p| p.tokens.start < at);
        self.places.get(number).filter(|p| p.tokens.start == at).map(|_| number)
    }

    /// Whether a place's name covers the token at `at`.
    pub(super) fn place_covers(&self, at: usize) -> bool {
        let number = self.places.partition_point(|p| p.tokens.end <= at);
        self.places.get(number).is_some_and(|p| p.tokens.start <= at)
    }

    /// The places that begin within a range of tokens.
    pub(super) fn places_within(&self, tokens: &Range<usize>) -> &[Placed] {
        let from = self.places.partition_point(|p| p.tokens.start < tokens.start);
        let to = self.places.partition_point(|p| p.tokens.start < tokens.end);
        &self.places[from..to.max(from)]
    }

    /// A place as claims give it.
    pub(super) fn place_mention(&self, place: &Placed) -> PlaceMention {
        PlaceMention {
            text: self.cut.slice(&place.tokens).to_owned(),
            id: place.id.clone(),
            span: self.cut.span(&place.tokens),
        }
    }
}
