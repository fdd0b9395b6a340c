//! Candidate fillers of a document: every string that a learner holds for one, with the places
//! where it stands, and the figures by which it is judged.
//!
//! A candidate is one string in one role. The metric asks for strings, so places that say the
//! same are judged together.

use std::collections::BTreeMap;

use super::corpus::{Document, ROLES};
use super::crf::Span;
use super::evidence::{ANY, Evidence, KINDS};
use super::reading::Reading;
use super::relevance::log_odds;
use super::score::normalised;

/// A place of a candidate: its tokens and what the two fields say.
#[derive(Clone, Copy)]
struct Place {
    sentence: usize,
    start: usize,
    end: usize,
    if_relevant: f64,
    anyway: f64,
}

/// A string that may fill a role.
pub(super) struct Candidate {
    pub(super) role: usize,
    /// As it stands in the text.
    pub(super) text: String,
    /// As the metric compares it.
    pub(super) norm: String,
    places: Vec<Place>,
    /// The greatest probability of a place, if the document is relevant.
    greatest: f64,
}

/// Candidates less probable than this are left out.
const LEAST: f64 = 0.05;

/// The candidates of a document, in the order of role and string.
pub(super) fn gather(reading: &Reading<'_>, evidence: &Evidence) -> Vec<Candidate> {
    let mut found: BTreeMap<(usize, String), Candidate> = BTreeMap::new();
    let mut add = |sentence: usize, span: &Span, anyway: bool| {
        let offset = reading.words.sentences[sentence].start;
        let (start, end) = (offset + span.start, offset + span.end);
        let text = reading.words.slice(&(start..end));
        let norm = normalised(text);
        if span.kind >= ROLES.len() || norm.is_empty() {
            return;
        }
        let new = || Candidate {
            role: span.kind,
            text: text.to_owned(),
            norm: norm.clone(),
            places: Vec::new(),
            greatest: 0.0,
        };
        let candidate = found.entry((span.kind, norm.clone())).or_insert_with(new);
        let same = candidate.places.iter().position(|p| p.start == start && p.end == end);
        let at = same.unwrap_or(candidate.places.len());
        if same.is_none() {
            candidate.places.push(Place { sentence, start, end, if_relevant: 0.0, anyway: 0.0 });
        }
        let place = &mut candidate.places[at];
        *(if anyway { &mut place.anyway } else { &mut place.if_relevant }) = span.probability;
    };
    for (spans, anyway) in [(&evidence.if_relevant, false), (&evidence.anyway, true)] {
        for (sentence, spans) in spans.iter().enumerate() {
            spans.iter().for_each(|span| add(sentence, span, anyway));
        }
    }
    let mut candidates: Vec<Candidate> = found.into_values().collect();
    for candidate in &mut candidates {
        candidate.greatest = candidate.places.iter().map(|p| p.if_relevant).fold(0.0, f64::max);
    }
    candidates.retain(|c| c.places.iter().any(|p| p.if_relevant.max(p.anyway) >= LEAST));
    candidates
}

impl Candidate {
    /// Whether an incident of this type, or of any, is filled by it.
    pub(super) fn is_right(&self, document: &Document, kind: Option<usize>) -> bool {
        let mut templates = document
            .key
            .templates
            .iter()
            .filter(|template| kind.is_none_or(|kind| template.kind.contains(KINDS[kind])));
        templates.any(|template| {
            template.fillers[self.role].iter().flatten().any(|m| normalised(m) == self.norm)
        })
    }

    /// The last word before an "of": what the thing is.
    pub(super) fn head(&self) -> &str {
        let main = self.norm.split(" of ").next().unwrap_or(&self.norm);
        main.rsplit(' ').next().unwrap_or(main)
    }

    /// Whether one string is part of the other, by whole words.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        contains(&self.norm, &other.norm) || contains(&other.norm, &self.norm)
    }
}

fn contains(whole: &str, part: &str) -> bool {
    format!(" {whole} ").contains(&format!(" {part} "))
}

/// All that is known of a document when its candidates are judged.
pub(super) struct Scene<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) evidence: &'a Evidence,
    /// The probability of each type, and of any.
    pub(super) kinds: &'a [f64],
    pub(super) candidates: &'a [Candidate],
}

impl Scene<'_> {
    /// The figures of a candidate as filler of an incident of a type; `priors` tell how often its
    /// string and head were right in training.
    pub(super) fn row(&self, candidate: &Candidate, kind: usize, priors: [f64; 4]) -> Vec<f64> {
        let mut row = Vec::with_capacity(64);
        let both = |p: &&Place| p.if_relevant + p.anyway;
        let best = candidate.places.iter().max_by(|a, b| both(a).total_cmp(&both(b)));
        if let Some(best) = best {
            self.add_places(candidate, best, &mut row);
            self.add_rivals(candidate, &mut row);
            self.add_kinds(candidate, best, kind, &mut row);
            row.extend(priors);
            row.extend(self.reading.heads(best.end - 1..best.end));
            row.extend(self.reading.heads(best.start..best.start + 1));
        }
        row
    }

    fn add_places(&self, candidate: &Candidate, best: &Place, row: &mut Vec<f64>) {
        let places = &candidate.places;
        let anyway = places.iter().map(|p| p.anyway).fold(0.0, f64::max);
        row.extend([log_odds(candidate.greatest), log_odds(anyway)]);
        row.extend([places.iter().map(|p| p.if_relevant).sum::<f64>()]);
        row.extend([places.iter().map(|p| p.anyway).sum::<f64>(), places.len() as f64]);
        let first = places.iter().map(|p| p.sentence).min().unwrap_or(0) as f64;
        let all = self.reading.words.sentences.len() as f64;
        row.extend([first, first / all, best.sentence as f64, (best.end - best.start) as f64]);
        row.push(self.reading.words.occurrences(&candidate.text).len() as f64);
        row.extend((0..ROLES.len()).map(|role| f64::from(u8::from(candidate.role == role))));
    }

    /// How the other candidates stand against it.
    fn add_rivals(&self, candidate: &Candidate, row: &mut Vec<f64>) {
        let all = self.candidates;
        let rivals = || all.iter().filter(|c| c.role == candidate.role && c.norm != candidate.norm);
        let greatest = |of: &dyn Fn(&&Candidate) -> bool| {
            rivals().filter(of).map(|c| c.greatest).fold(0.0, f64::max)
        };
        row.push(rivals().filter(|c| c.greatest > candidate.greatest).count() as f64);
        row.push(rivals().map(|c| c.greatest).sum());
        row.push(greatest(&|_| true));
        row.push(greatest(&|c| contains(&c.norm, &candidate.norm)));
        row.push(greatest(&|c| contains(&candidate.norm, &c.norm)));
        let elsewhere = all.iter().filter(|c| c.role != candidate.role && c.norm == candidate.norm);
        row.push(elsewhere.map(|c| c.greatest).fold(0.0, f64::max));
        for role in 0..ROLES.len() {
            let of = all.iter().filter(|c| c.role == role).map(|c| c.greatest);
            row.push(of.fold(0.0, f64::max));
        }
    }

    /// What its sentences and the document tell of.
    fn add_kinds(&self, candidate: &Candidate, best: &Place, kind: usize, row: &mut Vec<f64>) {
        let told = &self.evidence.sentences;
        let here = &told[best.sentence];
        let most = |kind: usize| {
            candidate.places.iter().map(|p| told[p.sentence][kind]).fold(0.0, f64::max)
        };
        let rest = |of: &[f64]| {
            let others = (0..KINDS.len()).filter(|other| *other != kind);
            others.map(|other| of[other]).fold(0.0, f64::max)
        };
        row.extend([here[ANY], most(ANY), here[kind], most(kind), rest(here)]);
        row.extend([log_odds(self.kinds[ANY]), log_odds(self.kinds[kind]), rest(self.kinds)]);
        row.push(told.iter().map(|kinds| kinds[kind]).fold(0.0, f64::max));
        row.extend((0..4).map(|other| f64::from(u8::from(kind == other))));
    }
}
