//! Which series a statement may belong to, without asking all of them.
//!
//! Statements fall into heaps that no series crosses: one origin, one act, one kind of victims. In a
//! heap a series is found again by what it must share with whatever it takes: a running toll by its
//! first day or its places, an incident by its days, or by its number and about when it was said.
//! A monitor of ten years has hundreds of thousands of incidents, and few of any one day. What is
//! found is only asked ([`Series::takes`] decides), so finding too many costs time and nothing else.

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan as _;
use jiff::civil::Date;
use rayon::prelude::*;

use super::NEAR_DAYS;
use super::area::Token;
use super::entry::{Entry, Kind};
use super::meanings::Meanings;
use super::population::Sides;
use super::series::{Series, Told, WINDOW_SLACK, is_placed};
use crate::{Act, Window};

/// What two statements of one series agree in at least: origin, act, whether it is said to have
/// happened, kinds of victims, and for a part whose it is and where.
type Key = (u32, Act, bool, u32, Option<(Kind, u32, Sides, u32)>);

fn key(meanings: &Meanings<'_>, e: &Entry) -> Key {
    let part = e.kind.is_part().then_some((e.kind, e.population, e.sides, e.area));
    (e.source, e.form.act, e.is_said(), meanings.kinds(e.population), part)
}

/// Groups entries into series, in no order that means anything.
pub(super) fn group(told: Told<'_>) -> Vec<Series> {
    let mut heaps = heaps(told);
    let grouped = heaps.par_iter_mut().flat_map_iter(|members| {
        // Unclear figures last: they may only join what stands without them.
        members.sort_by_cached_key(|nth| {
            let e = &told.entries[*nth];
            (e.kind == Kind::Unclear, e.order())
        });
        let mut heap = Heap::default();
        for nth in members.iter() {
            heap.add(told, *nth);
        }
        heap.series
    });
    let mut series: Vec<Series> = grouped.collect();
    series.extend(chains(told));
    series
}

/// The entries of each heap, but for those of tables.
fn heaps(told: Told<'_>) -> Vec<Vec<usize>> {
    let mut heaps: Vec<Vec<usize>> = Vec::new();
    let mut of_key: HashMap<Key, usize> = HashMap::new();
    for (nth, e) in told.entries.iter().enumerate().filter(|(_, e)| e.form.listed.is_none()) {
        let heap = *of_key.entry(key(told.meanings, e)).or_insert_with(|| {
            heaps.push(Vec::new());
            heaps.len() - 1
        });
        heaps[heap].push(nth);
    }
    heaps
}

/// The series of one heap, each by its number in `series`.
#[derive(Default)]
struct Heap {
    series: Vec<Series>,
    /// Running tolls and running parts, by the first day that their first statement names.
    by_start: BTreeMap<Option<Date>, Vec<usize>>,
    /// Running tolls, by what two areas share that may be one's.
    by_place: BTreeMap<Option<Token>, Vec<usize>>,
    /// Incidents whose first statement says when and where, by the days.
    by_window: HashMap<Option<Window>, Vec<usize>>,
    /// Incidents and unclear figures, by whether the first statement says when and where, its
    /// number, and its day of publication.
    by_number: BTreeMap<(bool, u64, Option<Date>), Vec<usize>>,
}

impl Heap {
    fn add(&mut self, told: Told<'_>, nth: usize) {
        let e = &told.entries[nth];
        let place = match self.best(told, e, self.candidates(told.meanings, e)) {
            Some(place) => place,
            None => self.begin(told.meanings, e),
        };
        let Some(series) = self.series.get_mut(place) else { return };
        let wider = series.insert(told, nth);
        if series.kind == Kind::Running && wider {
            for token in series.tokens(told.meanings) {
                self.by_place.entry(Some(token)).or_default().push(place);
            }
        }
    }

    /// A new series for what none takes.
    fn begin(&mut self, meanings: &Meanings<'_>, e: &Entry) -> usize {
        let nth = self.series.len();
        self.series.push(Series::new(e.kind, e.area));
        match e.kind {
            Kind::Running | Kind::RunningPart => {
                self.by_start.entry(e.start()).or_default().push(nth);
                if meanings.width(e.area).is_none() {
                    self.by_place.entry(None).or_default().push(nth);
                }
            }
            Kind::Single | Kind::Unclear | Kind::SinglePart => {
                let placed = is_placed(meanings, e);
                if placed {
                    self.by_window.entry(e.window).or_default().push(nth);
                }
                let number = (placed, e.low(), e.published);
                self.by_number.entry(number).or_default().push(nth);
            }
        }
        nth
    }

    /// The series among `candidates` that takes an entry and is nearest to it.
    fn best(
        &self,
        told: Told<'_>,
        e: &Entry,
        candidates: impl IntoIterator<Item = usize>,
    ) -> Option<usize> {
        let series = candidates.into_iter().filter_map(|nth| Some((nth, self.series.get(nth)?)));
        let taking = series.filter(|(_, series)| series.takes(told, e));
        taking.min_by_key(|(nth, series)| (series.distance(told, e), *nth)).map(|(nth, _)| nth)
    }

    /// Every series that may take an entry, and others.
    fn candidates(&self, meanings: &Meanings<'_>, e: &Entry) -> Vec<usize> {
        match e.kind {
            Kind::Running | Kind::RunningPart => self.running(meanings, e),
            Kind::Unclear => [self.running(meanings, e), self.numbered(e, false)].concat(),
            Kind::Single if is_placed(meanings, e) => {
                let mut all = self.by_window.get(&e.window).cloned().unwrap_or_default();
                all.extend(self.numbered(e, false));
                all
            }
            Kind::Single | Kind::SinglePart => {
                [self.numbered(e, true), self.numbered(e, false)].concat()
            }
        }
    }

    /// Running tolls whose windows may begin when this one's does; of a figure without one, those
    /// of its places.
    fn running(&self, meanings: &Meanings<'_>, e: &Entry) -> Vec<usize> {
        if let Some(start) = e.start() {
            let undated = self.by_start.get(&None).into_iter().flatten();
            let near = days_around(start, WINDOW_SLACK);
            let dated = self.by_start.range(Some(near.0)..=Some(near.1)).flat_map(|(_, all)| all);
            return undated.chain(dated).copied().collect();
        }
        if e.kind == Kind::RunningPart || meanings.width(e.area).is_none() {
            return self.by_start.values().flatten().copied().collect();
        }
        let tokens = meanings.area(e.area).tokens().into_iter().map(Some).chain([None]);
        tokens.filter_map(|token| self.by_place.get(&token)).flatten().copied().collect()
    }

    /// Incidents of the same number, published near it or on a day that is not known.
    fn numbered(&self, e: &Entry, placed: bool) -> Vec<usize> {
        // Most heaps have none without a day and a place.
        let none = || self.by_number.keys().next().is_none_or(|(placed, ..)| *placed);
        if !placed && none() {
            return Vec::new();
        }
        let at = |day| (placed, e.low(), day);
        let undated = self.by_number.get(&at(None)).into_iter().flatten();
        let near = e.published.map(|day| days_around(day, NEAR_DAYS));
        let (first, last) = near.unwrap_or((Date::MIN, Date::MAX));
        let dated = self.by_number.range(at(Some(first))..=at(Some(last)));
        undated.chain(dated.flat_map(|(_, all)| all)).copied().collect()
    }
}

/// The days from so many before one to so many after it.
fn days_around(day: Date, days: i32) -> (Date, Date) {
    (day.saturating_sub(days.days()), day.saturating_add(days.days()))
}

/// Statements of tables, which say themselves whose place they take: one series a chain of one
/// origin. A statement that takes the place of another origin's begins a chain of its own.
fn chains(told: Told<'_>) -> Vec<Series> {
    let stated = told.entries.iter().enumerate().filter(|(_, e)| e.form.listed.is_some());
    let stated: BTreeMap<(usize, usize), usize> =
        stated.map(|(nth, e)| ((e.at.document, e.at.claim), nth)).collect();
    let before = |nth: usize| {
        let e = &told.entries[nth];
        let claim = told.meanings.sayings.supersedes[e.nth].checked_sub(1)? as usize;
        let before = stated.get(&(e.at.document, claim)).copied();
        before.filter(|before| told.entries[*before].source == e.source)
    };
    let mut chains: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for nth in stated.values() {
        let mut first = *nth;
        // A chain cannot be longer than the table: a circle ends here.
        for _ in 0..stated.len() {
            let Some(earlier) = before(first) else { break };
            first = earlier;
        }
        chains.entry(first).or_default().push(*nth);
    }
    let series = chains.into_iter().map(|(first, members)| {
        let mut series = Series::new(told.entries[first].kind, told.entries[first].area);
        for nth in members {
            series.insert(told, nth);
        }
        series
    });
    series.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::saying::{Saying, Sayings};
    use super::super::tests::{said, statements};
    use super::*;

    proptest! {
        /// What is found by days, places and numbers is what asking every series would give.
        #[test]
        fn no_series_that_takes_a_statement_is_overlooked(
            all in prop::collection::vec(said(), 1..120),
        ) {
            let statements = statements(&all);
            let sayings = Sayings::from(&Saying::of(&statements));
            let meanings = Meanings::of(&sayings);
            let mut entries: Vec<Entry> =
                (0..sayings.len()).map(|nth| Entry::of(&meanings, nth)).collect();
            entries.sort_by_key(|e| (e.kind == Kind::Unclear, e.order()));
            let told = Told { meanings: &meanings, entries: &entries };
            let mut heaps: BTreeMap<Key, Heap> = BTreeMap::new();
            for (nth, e) in entries.iter().enumerate() {
                let heap = heaps.entry(key(&meanings, e)).or_default();
                let found = heap.best(told, e, heap.candidates(&meanings, e));
                prop_assert_eq!(found, heap.best(told, e, 0..heap.series.len()));
                heap.add(told, nth);
            }
        }
    }
}
