//! A series as an account: its points in order, and which of them are superseded.
//!
//! The same number again is the same point, whoever carries it and however late: outlets repeat
//! old figures. A later figure takes the place of the earlier ones, a lower one too (a
//! correction), except an open-ended one ("more than 1,000") that the figure that stands already
//! satisfies: it says nothing new.

use std::collections::BTreeSet;

use super::entry::Entry;
use super::population::Classes;
use super::series::{Series, Told};
use super::{Account, Point};
use crate::Window;

/// A series with its points, of which an account is made.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its statements in order of publication, by their index.
    pub(super) entries: Vec<usize>,
    pub(super) steps: Vec<Step>,
    /// Another origin that its own repeats: as the texts tell, or as was found.
    pub(super) depends_on: Option<u32>,
    pub(super) voice: Voice,
}

/// A point of a series: one number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// The first statement that gives it, by its index.
    pub(super) first: usize,
    /// The first window that a statement gives.
    pub(super) window: Option<Window>,
    /// A later point takes its place.
    pub(super) superseded: bool,
}

/// How an account's origin speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// A named origin that counts.
    Named,
    /// An outlet in its own voice.
    Outlet,
    /// Words that name nobody.
    Unnamed,
}

impl Line {
    /// A series, which has a statement at least.
    pub(super) fn of(told: Told<'_>, series: Series) -> Self {
        let mut steps: Vec<Step> = Vec::with_capacity(series.entries.len());
        for nth in &series.entries {
            let e = &told.entries[*nth];
            let same = steps.iter_mut().find(|step| told.entries[step.first].low() == e.low());
            match same {
                Some(step) => step.window = step.window.or(e.window),
                None => steps.push(Step { first: *nth, window: e.window, superseded: false }),
            }
        }
        supersede(told, &mut steps);
        let repeats = |e: &Entry| told.meanings.speaker(e.nth).depends_on;
        let depends_on = told.all(&series.entries).find_map(repeats);
        Self { steps, depends_on, voice: voice(told, &series.entries), entries: series.entries }
    }

    /// Its first statement.
    pub(super) fn first<'t>(&self, told: Told<'t>) -> &'t Entry {
        &told.entries[self.entries[0]]
    }

    /// Its points with the first statement of each.
    pub(super) fn points<'l>(
        &'l self,
        told: Told<'l>,
    ) -> impl Iterator<Item = (&'l Step, &'l Entry)> {
        self.steps.iter().map(move |step| (step, &told.entries[step.first]))
    }

    /// The group is shown only where every wording names it.
    pub(super) fn population(&self, told: Told<'_>) -> u32 {
        let first = self.first(told).population;
        let group = |population: u32| &told.meanings.population(population).group;
        let same = |e: &Entry| e.population == first || group(e.population) == group(first);
        if told.all(&self.entries).all(same) { first } else { told.meanings.kinds(first) }
    }

    /// Everybody whom a statement holds responsible.
    pub(super) fn classes(&self, told: Told<'_>) -> Classes {
        let said = told.meanings.sayings;
        let classes = |e: &Entry| told.meanings.blame(said.blamed.codes[e.nth]).classes;
        told.all(&self.entries).map(classes).fold(Classes::default(), Classes::and)
    }

    /// Ids first, then names as written, each once.
    pub(super) fn area(&self, told: Told<'_>) -> Vec<String> {
        let said = told.meanings.sayings;
        let places = || told.all(&self.entries).flat_map(|e| &said.places.of(e.nth).0);
        let ids: BTreeSet<&String> = places().filter_map(|(_, id)| id.as_ref()).collect();
        let names: BTreeSet<&String> =
            places().filter(|(_, id)| id.is_none()).map(|(text, _)| text).collect();
        ids.into_iter().chain(names).cloned().collect()
    }

    /// The account that it makes.
    pub(super) fn account(&self, told: Told<'_>) -> Account {
        let meanings = told.meanings;
        let first = self.first(told);
        Account {
            source: meanings.name(first.source).to_owned(),
            source_kind: meanings.speaker(first.nth).origin.kind.clone(),
            depends_on: self.depends_on.map(|name| meanings.name(name).to_owned()),
            act: first.form.act,
            population: meanings.population(self.population(told)).clone(),
            parties: self.classes(told).iter().collect(),
            party_words: party_words(told, &self.entries),
            area: self.area(told),
            points: self
                .points(told)
                .map(|(step, e)| point(told, &self.entries, step, e))
                .collect(),
        }
    }
}

fn voice(told: Told<'_>, entries: &[usize]) -> Voice {
    let origins = || told.all(entries).map(|e| &told.meanings.speaker(e.nth).origin);
    if origins().all(|o| o.unnamed) {
        Voice::Unnamed
    } else if origins().all(|o| o.own_voice && o.kind == "press") {
        Voice::Outlet
    } else {
        Voice::Named
    }
}

fn point(told: Told<'_>, entries: &[usize], step: &Step, first: &Entry) -> Point {
    let said = told.meanings.sayings;
    let of_point = || told.all(entries).filter(|e| e.low() == first.low());
    let outlets: BTreeSet<&String> =
        of_point().filter_map(|e| said.speaking.of(e.nth).outlet.as_ref()).collect();
    let mut statements: Vec<_> = of_point().map(|e| e.at).collect();
    statements.sort_unstable();
    Point {
        published: first.published,
        window: step.window,
        quantity: first.quantity,
        surface: said.surface.of(first.nth).clone(),
        scope: first.form.scope,
        modality: first.form.modality,
        carried_by: outlets.into_iter().cloned().collect(),
        statements,
        superseded: step.superseded,
    }
}

fn supersede(told: Told<'_>, steps: &mut [Step]) {
    // Not the highest ever: after a correction downwards the figures before it count no longer.
    let mut standing = 0;
    let mut latest: Option<usize> = None;
    for i in 0..steps.len() {
        let q = told.entries[steps[i].first].quantity;
        if q.high.is_none() && standing >= q.low {
            steps[i].superseded = true;
            continue;
        }
        if let Some(before) = latest {
            steps[before].superseded = true;
        }
        standing = q.low;
        latest = Some(i);
    }
}

/// The words of the first statement that names anybody.
fn party_words(told: Told<'_>, entries: &[usize]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut blamed = told.all(entries).map(|e| &told.meanings.sayings.blamed.of(e.nth).0);
    for (text, _) in blamed.find(|blamed| !blamed.is_empty()).into_iter().flatten() {
        if !words.contains(text) {
            words.push(text.clone());
        }
    }
    words
}
