//! The order of things: words, first evidence, relevance, verdicts, templates.
//!
//! Each stage is taught on what the stage before said of documents that it had not seen.

use super::candidates::{Candidate, Scene, gather};
use super::clusters::Clusters;
use super::corpus::{Article, Document, Template};
use super::evidence::{Evidence, Lesson, Material, Readers, cross, kinds};
use super::judge::{Bars, Judge, templates};
use super::lexicon::Lexicon;
use super::reading::Reading;
use super::relevance::{Relevance, row};
use super::words::Words;

/// Groups of words of like company.
const CLUSTERS: usize = 100;

/// All that was learned.
pub(super) struct Extractor {
    lexicon: Lexicon,
    clusters: Clusters,
    readers: Readers,
    relevance: Relevance,
    judge: Judge,
    bars: Bars,
}

impl Extractor {
    /// Learns from documents with answers.
    pub(super) fn learn(documents: &[Document]) -> Self {
        let places = documents.iter().flat_map(|d| &d.key.locations).map(String::as_str);
        let lexicon = Lexicon::new(places);
        let words: Vec<Words<'_>> = documents.iter().map(|d| Words::new(&d.article.text)).collect();
        let clusters = Clusters::learn(&words, CLUSTERS);
        let readings: Vec<Reading<'_>> =
            documents.iter().map(|d| Reading::new(&d.article, &lexicon, &clusters)).collect();
        let (evidence, readers) = first_evidence(documents, &readings);

        let rows: Vec<Vec<f64>> = documents
            .iter()
            .zip(&readings)
            .zip(&evidence)
            .map(|((document, reading), evidence)| row(&document.article, reading, evidence))
            .collect();
        let truth: Vec<Vec<bool>> = documents.iter().map(kinds).collect();
        let relevance = Relevance::learn(&rows, &truth);
        let crossed = Relevance::cross(&rows, &truth);

        let candidates: Vec<Vec<Candidate>> =
            readings.iter().zip(&evidence).map(|(r, e)| gather(r, e)).collect();
        let scenes: Vec<Scene<'_>> = (0..documents.len())
            .map(|at| Scene {
                reading: &readings[at],
                evidence: &evidence[at],
                kinds: &crossed[at],
                candidates: &candidates[at],
            })
            .collect();
        let lessons: Vec<(&Document, &Scene<'_>)> = documents.iter().zip(&scenes).collect();
        let judge = Judge::learn(&lessons);
        let bars = Bars::choose(&lessons, &Judge::cross(&lessons));
        Self { lexicon, clusters, readers, relevance, judge, bars }
    }

    /// The templates of articles.
    pub(super) fn predict(&self, articles: &[&Article]) -> Vec<Vec<Template>> {
        articles.iter().map(|article| self.fill(article)).collect()
    }

    fn fill(&self, article: &Article) -> Vec<Template> {
        let reading = Reading::new(article, &self.lexicon, &self.clusters);
        let evidence = self.readers.read(&Material::new(article, &reading));
        let kinds = self.relevance.predict(&row(article, &reading, &evidence));
        let candidates = gather(&reading, &evidence);
        let scene = Scene {
            reading: &reading,
            evidence: &evidence,
            kinds: &kinds,
            candidates: &candidates,
        };
        templates(&scene, &self.judge.verdicts(&scene), self.bars)
    }
}

fn first_evidence(documents: &[Document], readings: &[Reading<'_>]) -> (Vec<Evidence>, Readers) {
    let material: Vec<Material> =
        documents.iter().zip(readings).map(|(d, r)| Material::new(&d.article, r)).collect();
    let lessons: Vec<Lesson<'_>> = documents
        .iter()
        .zip(readings)
        .zip(&material)
        .map(|((document, reading), material)| Lesson { document, reading, material })
        .collect();
    cross(&lessons)
}
