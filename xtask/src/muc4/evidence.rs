//! The first learners and what they say of an article: probable fillers, probable sentences, and a
//! first opinion on the whole.
//!
//! Two fields look for fillers. One is taught on documents with incidents only and says what would
//! be a filler if the document is relevant; the other is taught on all and says what is one anyway.
//! Two regressions say which types of incident a sentence and a document tell of.
//!
//! What later learners are taught on must look like what they will see, so evidence on a training
//! document comes from learners that were taught without it ([`cross`]).

use std::collections::BTreeSet;

use super::corpus::{Article, Document};
use super::crf::{self, Features, Field, Span};
use super::logistic::{self, Regression};
use super::reading::Reading;
use super::topics;

/// The types of incident, as the keys write them.
pub(super) const KINDS: [&str; 6] =
    ["attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage"];

/// The place after [`KINDS`] for "an incident of whatever type".
pub(super) const ANY: usize = KINDS.len();

/// The parts into which the training documents are divided.
pub(super) const FOLDS: usize = 5;

/// Kinds of spans: the five roles, and descriptions of victims, which are only a help.
pub(super) const SPAN_KINDS: usize = 6;

/// Spans less probable than this are not worth keeping.
const LEAST: f64 = 0.02;

const FIELD: crf::Settings =
    crf::Settings { epochs: 14, rate: 0.03, decay: 1e-3, least_count: 2, drop: 500, seed: 1 };
const SENTENCES: logistic::Settings =
    logistic::Settings { epochs: 10, rate: 0.02, decay: 1e-3, least_count: 2, drop: 0, seed: 1 };
const DOCUMENTS: logistic::Settings =
    logistic::Settings { epochs: 20, rate: 0.02, decay: 1e-3, least_count: 3, drop: 0, seed: 1 };

/// The features of an article, made once.
pub(super) struct Material {
    tokens: Vec<Features>,
    sentences: Vec<Vec<u64>>,
    document: Vec<u64>,
}

impl Material {
    pub(super) fn new(article: &Article, reading: &Reading<'_>) -> Self {
        let count = reading.words.sentences.len();
        Self {
            tokens: (0..count).map(|at| reading.features(at)).collect(),
            sentences: (0..count).map(|at| topics::sentence(reading, at)).collect(),
            document: topics::document(reading, &article.dateline, &article.tags),
        }
    }
}

/// A training document with all that was made of it.
pub(super) struct Lesson<'a> {
    pub(super) document: &'a Document,
    pub(super) reading: &'a Reading<'a>,
    pub(super) material: &'a Material,
}

/// What the first learners say of an article.
#[derive(Default)]
pub(super) struct Evidence {
    /// By sentence, tokens counted from its start: fillers if the document is relevant.
    pub(super) if_relevant: Vec<Vec<Span>>,
    /// The same, whether it is relevant or not.
    pub(super) anyway: Vec<Vec<Span>>,
    /// By sentence, the probability of each type and of any.
    pub(super) sentences: Vec<Vec<f64>>,
    /// The probability of each type and of any, by the words of the whole.
    pub(super) document: Vec<f64>,
}

/// The first learners.
pub(super) struct Readers {
    if_relevant: Field,
    anyway: Field,
    sentences: Regression,
    documents: Regression,
}

impl Readers {
    pub(super) fn learn(lessons: &[&Lesson<'_>]) -> Self {
        let (mut relevant, mut all, mut sentences) = (Vec::new(), Vec::new(), Vec::new());
        for lesson in lessons {
            let labels = labels(lesson.document, lesson.reading);
            let told = sentences_that_tell(lesson.document, lesson.reading);
            let ranges = &lesson.reading.words.sentences;
            for (range, tokens) in ranges.iter().zip(&lesson.material.tokens) {
                let example = (tokens.clone(), labels[range.clone()].to_vec());
                if !lesson.document.key.templates.is_empty() {
                    relevant.push(example.clone());
                }
                all.push(example);
            }
            sentences.extend(lesson.material.sentences.iter().cloned().zip(told));
        }
        let documents: Vec<(Vec<u64>, Vec<bool>)> =
            lessons.iter().map(|l| (l.material.document.clone(), kinds(l.document))).collect();
        Self {
            if_relevant: Field::learn(SPAN_KINDS, &relevant, FIELD),
            anyway: Field::learn(SPAN_KINDS, &all, FIELD),
            sentences: Regression::learn(ANY + 1, &sentences, SENTENCES),
            documents: Regression::learn(ANY + 1, &documents, DOCUMENTS),
        }
    }

    pub(super) fn read(&self, material: &Material) -> Evidence {
        let spans = |field: &Field| material.tokens.iter().map(|t| field.spans(t, LEAST)).collect();
        Evidence {
            if_relevant: spans(&self.if_relevant),
            anyway: spans(&self.anyway),
            sentences: material.sentences.iter().map(|f| self.sentences.predict(f)).collect(),
            document: self.documents.predict(&material.document),
        }
    }
}

/// Evidence on each training document by learners taught on the other folds, and learners taught
/// on all.
pub(super) fn cross(lessons: &[Lesson<'_>]) -> (Vec<Evidence>, Readers) {
    let others = |fold: Option<usize>| -> Vec<&Lesson<'_>> {
        let others = lessons.iter().enumerate().filter(|(at, _)| Some(at % FOLDS) != fold);
        others.map(|(_, lesson)| lesson).collect()
    };
    std::thread::scope(|scope| {
        let folds: Vec<_> = (0..FOLDS)
            .map(|fold| {
                scope.spawn(move || {
                    let readers = Readers::learn(&others(Some(fold)));
                    let own = lessons.iter().skip(fold).step_by(FOLDS);
                    own.map(|lesson| readers.read(lesson.material)).collect::<Vec<_>>()
                })
            })
            .collect();
        let whole = Readers::learn(&others(None));
        let mut folds: Vec<_> = folds
            .into_iter()
            .map(|fold| fold.join().expect("learning does not panic").into_iter())
            .collect();
        // Dealt out in turn, so they are taken back in turn.
        let dealt = (0..lessons.len()).map(|at| folds[at % FOLDS].next().unwrap_or_default());
        (dealt.collect(), whole)
    })
}

/// Which types a document has incidents of, and whether it has any.
pub(super) fn kinds(document: &Document) -> Vec<bool> {
    let templates = &document.key.templates;
    let has = |kind: &&str| templates.iter().any(|template| template.kind.contains(*kind));
    KINDS.iter().map(has).chain([!templates.is_empty()]).collect()
}

/// The types that each sentence tells of: those of the templates that it is first to fill.
fn sentences_that_tell(document: &Document, reading: &Reading<'_>) -> Vec<Vec<bool>> {
    let sentences = &reading.words.sentences;
    let mut told = vec![vec![false; ANY + 1]; sentences.len()];
    for (template, places) in document.key.templates.iter().zip(&document.key.places) {
        for place in places {
            let token = reading.words.covering(place).start;
            let Some(at) = sentences.iter().position(|s| s.contains(&token)) else { continue };
            for (told, kind) in told[at].iter_mut().zip(KINDS) {
                *told |= template.kind.contains(kind);
            }
            told[at][ANY] = true;
        }
    }
    told
}

/// The label of each token. The keys give the first place of a mention; every place is taken,
/// for most are as good. Longer mentions go first, then descriptions of victims.
fn labels(document: &Document, reading: &Reading<'_>) -> Vec<usize> {
    let mut mentions = BTreeSet::new();
    for template in &document.key.templates {
        for (role, entities) in template.fillers.iter().enumerate() {
            mentions.extend(entities.iter().flatten().map(|mention| (role, mention.as_str())));
        }
    }
    let places = |(role, mention)| {
        let found = reading.words.occurrences(mention);
        found.into_iter().map(move |place| (place, role))
    };
    let mut spans: Vec<_> = mentions.into_iter().flat_map(places).collect();
    spans.sort_by_key(|(place, _)| std::cmp::Reverse(place.len()));
    let describing = document.key.descriptions.iter().map(|bytes| reading.words.covering(bytes));
    spans.extend(describing.map(|place| (place, SPAN_KINDS - 1)));
    let mut labels = vec![0; reading.words.len()];
    for (place, kind) in spans {
        let whole = |s: &std::ops::Range<usize>| s.start <= place.start && place.end <= s.end;
        let free = labels[place.clone()].iter().all(|label| *label == 0);
        if free && !place.is_empty() && reading.words.sentences.iter().any(whole) {
            labels[place.clone()].fill(2 * kind + 2);
            labels[place.start] = 2 * kind + 1;
        }
    }
    labels
}
