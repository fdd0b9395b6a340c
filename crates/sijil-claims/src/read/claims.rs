//! Puts the fields of each claim together from what the passes found.

use std::ops::Range;

use super::Page;
use super::blame::{Frame, frames};
use super::manner;
use super::named::named;
use super::parts::parents;
use super::quantity::AmountKind;
use super::speaker::{Saying, sayings};
use super::time::{DayKind, DayMention};
use super::toll::{How, Toll, tolls};
use super::voices::{Voice, Voices};
use crate::lexicon::{Blame, Tag};
use crate::{Claim, PartyClass, Perpetrator, PlaceMention, Qualifier, Scope, Victims, Window};

/// Everything found sentence by sentence.
pub(super) struct Sentences {
    /// Sayings with their speakers' names.
    pub(super) voices: Vec<Vec<Voice>>,
    /// Frames of blame.
    pub(super) frames: Vec<Vec<Frame>>,
    /// All tolls, in order.
    pub(super) tolls: Vec<Toll>,
}

impl Sentences {
    /// Looks at every sentence of a page.
    pub(super) fn of(page: &Page<'_>) -> Self {
        let all: Vec<Vec<Saying>> = page.cut.sentences.iter().map(|s| sayings(page, s)).collect();
        let mut heard = Voices::of(page, all.iter().flatten());
        let voices = all
            .iter()
            .map(|s| s.iter().filter_map(|saying| heard.hear(page, saying)).collect())
            .collect();
        let frames = page.cut.sentences.iter().map(|s| frames(page, s)).collect();
        let mut found: Vec<Toll> = Vec::new();
        for (number, sentence) in page.cut.sentences.iter().enumerate() {
            let mut here = tolls(page, number, sentence, &found);
            here.extend(named(page, number, sentence));
            here.sort_by_key(|t| t.amount.tokens.start);
            here.dedup_by(|b, a| b.amount.tokens.start < a.amount.tokens.end);
            found.extend(here);
        }
        Self { voices, frames, tolls: found }
    }

    /// Who says what stands at a token; in a sentence without a speaker of its own the last one
    /// of the paragraph.
    pub(super) fn voice_at(&self, page: &Page<'_>, token: usize) -> Option<&Voice> {
        let number = page.sentence_of(token);
        if let Some(voice) = self.voices[number].iter().rev().find(|v| v.from <= token) {
            return Some(voice);
        }
        if let Some(voice) = self.voices[number].first() {
            return Some(voice);
        }
        if is_reaction(page, number) {
            return None;
        }
        let paragraph = page.cut.sentences[number].paragraph;
        for before in (0..number).rev() {
            if page.cut.sentences[before].paragraph != paragraph || is_reaction(page, before) {
                return None;
            }
            if let Some(voice) = self.voices[before].last() {
                return Some(voice);
            }
        }
        None
    }
}

impl Sentences {
    /// The speaker of the last toll before a sentence.
    fn last_counter(&self, page: &Page<'_>, sentence: usize) -> Option<&Voice> {
        let last = self.tolls.iter().rev().find(|t| t.sentence < sentence)?;
        self.voice_at(page, last.amount.tokens.start)
    }
}

/// Whether a sentence is about a reaction: what it mentions is nobody's statement.
fn is_reaction(page: &Page<'_>, sentence: usize) -> bool {
    let tokens = page.tokens_of(sentence);
    page.marks
        .within(&tokens)
        .iter()
        .any(|m| matches!(m.tag, Tag::Response(kind) if kind != crate::ResponseKind::Deployment))
}

/// The claims of a page.
pub(super) fn claims(page: &Page<'_>, sentences: &Sentences) -> Vec<Claim> {
    let tolls = &sentences.tolls;
    let parents = parents(page, tolls);
    let mut out: Vec<Claim> = Vec::with_capacity(tolls.len());
    for at in 0..tolls.len() {
        // A total stands before its parts, or behind all of them: then nothing is handed down.
        let parent = parents[at].filter(|p| *p < at).map(|p| out[p].clone());
        out.push(claim(page, sentences, at, parents[at], parent.as_ref()));
    }
    close_windows(page, sentences, &mut out);
    super::carry::carry(page, sentences, &mut out);
    out
}

fn claim(
    page: &Page<'_>,
    sentences: &Sentences,
    at: usize,
    parent_at: Option<usize>,
    parent: Option<&Claim>,
) -> Claim {
    let toll = &sentences.tolls[at];
    let region = region(page, sentences, at);
    let scope_tokens = clause(page, sentences, at, &region);
    let mut rules = vec![toll.how.rule().to_owned()];
    let (parties, rule) = responsible(page, sentences, at, &region);
    rules.extend(rule.map(str::to_owned));
    let mut perpetrators = perpetrators(page, &parties);
    let mut violations = manner::violations(page, &scope_tokens);
    let mut motives = manner::motives(page, &scope_tokens);
    let (mut victims, mut group) = victims(page, sentences, at, &region);
    let mut places = places(page, sentences, at, &region);
    let mut window = day(page, toll, &region).and_then(|d| d.window);
    let voice = sentences.voice_at(page, toll.amount.tokens.start).or_else(|| {
        // "The overall toll stands at …" goes on with whoever was counting.
        let said = page.tokens_of(toll.sentence).start..toll.amount.tokens.start;
        let toll_word = page.marks.within(&said).iter().any(|m| m.tag == Tag::Toll);
        let goes_on = toll_word || toll.phrase.points_back;
        goes_on.then(|| sentences.last_counter(page, toll.sentence))?
    });
    rules.extend(voice.map(|v| v.rule.to_owned()));
    let mut source = voice.map(|v| v.speaker.clone());
    let mut chain = voice.map(|v| v.chain.clone()).unwrap_or_default();
    if let Some(parent) = parent {
        if toll.phrase.victims.is_empty() && !toll.phrase.people {
            victims.clone_from(&parent.victims);
            group = group.or_else(|| parent.group.clone());
        }
        inherit(&mut perpetrators, &parent.perpetrators);
        inherit(&mut violations, &parent.violations);
        inherit(&mut motives, &parent.motives);
        inherit(&mut places, &parent.places);
        window = window.or(parent.window);
        if source.is_none() {
            source.clone_from(&parent.source);
            chain.clone_from(&parent.speaker_chain);
        }
    }
    let scope = match parent_at {
        Some(_) => Scope::Breakdown,
        None => manner::scope(page, toll, window, places.len()),
    };
    let sentence = page.cut.sentences[toll.sentence].span;
    Claim {
        span: page.cut.span(&toll.amount.tokens),
        surface: page.cut.slice(&toll.amount.tokens).to_owned(),
        act: toll.act,
        quantity: toll.amount.quantity,
        scope,
        parent: parent_at,
        victims,
        group,
        names: names(page, toll),
        perpetrators,
        source,
        speaker_chain: chain,
        modality: manner::modality(page, toll, &page.tokens_of(toll.sentence)),
        places,
        window,
        violations,
        motives,
        sentence,
        confidence: confidence(toll),
        rules,
    }
}

fn inherit<T: Clone>(own: &mut Vec<T>, from: &[T]) {
    if own.is_empty() {
        own.extend_from_slice(from);
    }
}

fn names(page: &Page<'_>, toll: &Toll) -> Vec<String> {
    match toll.amount.kind {
        AmountKind::Named => vec![page.cut.slice(&toll.amount.tokens).to_owned()],
        _ => Vec::new(),
    }
}

/// How sure a rule is: shares of right readings on the texts that the rules were written on.
fn confidence(toll: &Toll) -> f64 {
    let rule = match toll.how {
        How::Behind | How::Before => 0.93,
        How::Noun | How::Lead => 0.9,
        How::Listed => 0.85,
    };
    let vague = toll.amount.quantity.qualifier == Qualifier::Vague;
    let unknown = toll.phrase.unknown && !toll.phrase.people;
    rule - if vague { 0.05 } else { 0.0 } - if unknown { 0.2 } else { 0.0 }
}

/// The tokens behind a toll that are its own: up to the next toll of its sentence.
fn region(page: &Page<'_>, sentences: &Sentences, at: usize) -> Range<usize> {
    let toll = &sentences.tolls[at];
    let end = page.tokens_of(toll.sentence).end;
    let next = sentences.tolls.get(at + 1).filter(|t| t.sentence == toll.sentence);
    let start = toll.phrase.tokens.end.max(toll.amount.tokens.end);
    start..next.map_or(end, |t| t.amount.tokens.start).max(start)
}

/// The words that say how and why: the whole sentence of a single toll, else the toll's own.
fn clause(
    page: &Page<'_>,
    sentences: &Sentences,
    at: usize,
    region: &Range<usize>,
) -> Range<usize> {
    let toll = &sentences.tolls[at];
    let sentence = page.tokens_of(toll.sentence);
    let own_verb = |t: &Toll| matches!(t.how, How::Before | How::Behind);
    let other = sentences.tolls.iter().enumerate().any(|(n, t)| {
        n != at && t.sentence == toll.sentence && own_verb(t) && t.trigger != toll.trigger
    });
    if !other {
        return sentence;
    }
    let previous = at.checked_sub(1).map(|n| &sentences.tolls[n]);
    let previous = previous.filter(|t| t.sentence == toll.sentence);
    previous.map_or(sentence.start, |t| t.phrase.tokens.end)..region.end
}

/// Numbers of the parties held responsible for a toll, and the rule that found them.
fn responsible(
    page: &Page<'_>,
    sentences: &Sentences,
    at: usize,
    region: &Range<usize>,
) -> (Vec<usize>, Option<&'static str>) {
    let toll = &sentences.tolls[at];
    let frames = &sentences.frames[toll.sentence];
    let is_by = |f: &Frame| page.marks.has(f.anchor.start, |tag| tag == Tag::Blame(Blame::By));
    let own = frames.iter().find(|f| {
        region.contains(&f.anchor.start)
            && f.target.is_none()
            && !page.marks.has(f.anchor.start, |tag| matches!(tag, Tag::Act(..)))
    });
    let by_verb = toll.trigger.as_ref().and_then(|trigger| {
        let next = sentences.tolls[at + 1..].iter().find(|t| t.amount.tokens.start >= trigger.end);
        let end = next.map_or(usize::MAX, |t| t.amount.tokens.start);
        frames.iter().find(|f| is_by(f) && f.anchor.start >= trigger.end && f.anchor.start < end)
    });
    let subject = toll
        .trigger
        .as_ref()
        .and_then(|trigger| frames.iter().find(|f| f.anchor.start == trigger.start));
    let first = sentences.tolls.iter().find(|t| t.sentence == toll.sentence);
    let first = first.map_or(0, |t| t.amount.tokens.start);
    let around = frames.iter().rev().find(|f| f.anchor.start < first).or_else(|| {
        frames.iter().find(|f| {
            !is_by(f)
                && f.target.is_none()
                && !page.marks.has(f.anchor.start, |tag| matches!(tag, Tag::Act(..)))
        })
    });
    let candidates = [subject, own, by_verb.filter(|_| own.is_none()), around];
    for frame in candidates.into_iter().flatten() {
        let parties = without_victims(page, toll, &frame.parties);
        if !parties.is_empty() {
            return (parties, Some(frame.rule));
        }
    }
    match nearby(page, sentences, toll) {
        Some(frame) if !matches!(toll.how, How::Listed | How::Lead) => {
            (without_victims(page, toll, &frame.parties), Some("party/of the paragraph"))
        }
        _ => (Vec::new(), None),
    }
}

/// The parties that are not the victims counted.
fn without_victims(page: &Page<'_>, toll: &Toll, parties: &[usize]) -> Vec<usize> {
    let counted = toll.amount.tokens.start..toll.phrase.tokens.end;
    let apart = |n: &usize| {
        let tokens = &page.parties[*n].tokens;
        tokens.start >= counted.end || tokens.end <= counted.start
    };
    parties.iter().copied().filter(apart).collect()
}

/// A frame of the paragraph that speaks of the same deaths: blame in the sentence before that this
/// one leans on, or in the one behind that says who is blamed.
fn nearby<'s>(page: &Page<'_>, sentences: &'s Sentences, toll: &Toll) -> Option<&'s Frame> {
    let paragraph = |n: usize| page.cut.sentences.get(n).map(|s| s.paragraph);
    let here = paragraph(toll.sentence);
    let blames = |f: &&Frame| {
        page.marks.has(f.anchor.start, |tag| {
            matches!(tag, Tag::Blame(Blame::On | Blame::Object | Blame::To | Blame::Subject))
        })
    };
    let behind = toll.sentence + 1;
    if paragraph(behind) == here {
        let start = page.tokens_of(behind).start;
        let pronoun = page.marks.has(start, |tag| tag == Tag::Pronoun) || leans(page, start);
        let frame = sentences.frames[behind].iter().find(blames).filter(|_| pronoun);
        let free = sentences.tolls.iter().all(|t| t.sentence != behind);
        if frame.is_some() && free {
            return frame;
        }
    }
    let before = toll.sentence.checked_sub(1).filter(|n| paragraph(*n) == here)?;
    let leaning = leans(page, page.tokens_of(toll.sentence).start);
    sentences.frames[before].iter().find(blames).filter(|_| leaning)
}

/// Whether a sentence begins by pointing back: "This wave …", "The killings …", "It …".
fn leans(page: &Page<'_>, start: usize) -> bool {
    matches!(page.cut.word(start), "this" | "these" | "the" | "such" | "those" | "it" | "they")
}

fn perpetrators(page: &Page<'_>, parties: &[usize]) -> Vec<Perpetrator> {
    let one = |n: &usize| {
        let party = &page.parties[*n];
        Perpetrator {
            text: page.cut.slice(&party.tokens).to_owned(),
            class: party.class,
            span: page.cut.span(&party.tokens),
        }
    };
    parties.iter().map(one).collect()
}

/// Kinds and group of the victims.
fn victims(
    page: &Page<'_>,
    sentences: &Sentences,
    at: usize,
    region: &Range<usize>,
) -> (Vec<Victims>, Option<String>) {
    let toll = &sentences.tolls[at];
    let mut kinds = toll.phrase.victims.clone();
    let counted = toll.amount.tokens.start..toll.phrase.tokens.end;
    if kinds.is_empty() {
        let of = page.parties.iter().find(|p| counted.contains(&p.head.start));
        kinds.extend(of.map(|p| kind_of(p.class)));
    }
    if kinds.is_empty() && toll.how != How::Listed && !matches!(toll.amount.kind, AmountKind::Named)
    {
        // "Militants attacked a patrol, killing over a dozen individuals."
        let target = sentences.frames[toll.sentence]
            .iter()
            .find_map(|f| f.target.filter(|_| f.anchor.start < toll.amount.tokens.start));
        kinds.extend(target.map(|n| kind_of(page.parties[n].class)));
    }
    if kinds.is_empty() {
        kinds.insert(Victims::Unspecified);
    }
    let group = toll.phrase.group.or_else(|| mostly(page, region));
    (kinds.into_iter().collect(), group.map(|g| page.lexicon.group(g).to_owned()))
}

fn kind_of(class: PartyClass) -> Victims {
    match class {
        PartyClass::State => Victims::SecurityForces,
        _ => Victims::Fighters,
    }
}

/// "…, most of them Alawites": the group that most of them belong to.
fn mostly(page: &Page<'_>, region: &Range<usize>) -> Option<u16> {
    let end = region.end.min(region.start + 10);
    let most = (region.start..end.min(region.start + 3)).find(|t| {
        matches!(
            page.cut.word(*t),
            "most"
                | "mostly"
                | "mainly"
                | "majority"
                | "all"
                | "largely"
                | "predominantly"
                | "overwhelmingly"
        )
    })?;
    (most..end).find_map(|t| {
        page.marks.find(t, |m| match m.tag {
            Tag::Group(g) => Some(g),
            _ => None,
        })
    })
}

/// Where: behind the toll, else before it, else in the sentence before.
fn places(
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
    if super::toll::names_place(page, &toll.amount) && previous.is_some() {
        let before = toll.amount.tokens.start.saturating_sub(4)..toll.amount.tokens.start;
        if let Some(last) = mention(before).pop() {
            return vec![last];
        }
    }
    let mut own = mention(region.clone());
    let next = sentences.tolls.get(at + 1).filter(|t| t.sentence == toll.sentence);
    if next.is_some_and(|next| super::toll::names_place(page, &next.amount)) {
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
fn day<'p>(page: &'p Page<'_>, toll: &Toll, region: &Range<usize>) -> Option<&'p DayMention> {
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

/// A running total without days of its own runs since the day that its text gives for one.
fn close_windows(page: &Page<'_>, sentences: &Sentences, claims: &mut [Claim]) {
    let since = page.days.iter().find(|d| d.kind == DayKind::Since && d.window.is_some());
    let Some(window) = since.and_then(|d| d.window) else { return };
    for at in 0..claims.len() {
        let running = claims[at].scope == Scope::Cumulative && claims[at].window.is_none();
        let of_parent = claims[at].parent.and_then(|p| claims.get(p)).and_then(|p| p.window);
        if running && sentences.tolls[at].how != How::Listed {
            claims[at].window = Some(Window { start: window.start, end: page.published });
        } else if claims[at].window.is_none() {
            claims[at].window = of_parent;
        }
    }
}
