//! Which series a statement may belong to, without asking all of them.
//!
//! Statements fall into heaps that no series crosses: one origin, one act, one kind of victims. In a
//! heap a series is found again by what it must share with whatever it takes: a running toll by its
//! first day or its places, an incident by its days, or by its number and about when it was said.
//! A monitor of ten years has hundreds of thousands of incidents, and few of any one day. What is
//! found is only asked ([`Series::takes`] decides), so finding too many costs time and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::area::{Area, Token};
use super::entry::{Entry, Kind};
use super::population::Side;
use super::series::{Series, WINDOW_SLACK, is_placed};
use super::{NEAR_DAYS, Population, StatementRef};
use crate::{Act, Victims, Window};

/// What two statements of one series agree in at least: origin, act, whether it is said to have
/// happened, kinds of victims, and for a part whose it is and where.
type Key<'e> = (&'e str, Act, bool, &'e [Victims], Option<Part<'e>>);
type Part<'e> = (Kind, &'e Population, &'e BTreeSet<Side>, &'e Area);

fn key<'e>(e: &'e Entry<'_>) -> Key<'e> {
    let part = e.kind.is_part().then_some((e.kind, &e.population, &e.sides, &e.area));
    (&e.origin.name, e.statement.claim.act, e.is_said(), &e.population.victims, part)
}

/// Groups entries, which must be in the order of [`super::entry::entries`], into series.
pub(super) fn group<'e, 'a>(entries: &'e [Entry<'a>]) -> Vec<Series<'e, 'a>> {
    let mut heaps: BTreeMap<Key<'e>, Heap<'e, 'a>> = BTreeMap::new();
    let (stated, read): (Vec<_>, Vec<_>) =
        entries.iter().partition(|e| e.statement.claim.stated.is_some());
    // Unclear figures last: they may only join what stands without them.
    let (unclear, clear): (Vec<_>, Vec<_>) =
        read.into_iter().partition(|e| e.kind == Kind::Unclear);
    for e in clear.into_iter().chain(unclear) {
        heaps.entry(key(e)).or_default().add(e);
    }
    heaps.into_values().flat_map(|heap| heap.series).chain(chains(&stated)).collect()
}

/// The series of one heap, each by its number in `series`.
#[derive(Default)]
struct Heap<'e, 'a> {
    series: Vec<Series<'e, 'a>>,
    /// Running tolls and running parts, by the first day that their first statement names.
    by_start: BTreeMap<Option<Date>, Vec<usize>>,
    /// Running tolls, by what two areas share that may be one's.
    by_place: BTreeMap<Option<Token>, Vec<usize>>,
    /// Incidents whose first statement says when and where, by the days.
    by_window: BTreeMap<Option<Window>, Vec<usize>>,
    /// Incidents and unclear figures, by the first statement's number, whether it says when and
    /// where, and its day of publication.
    by_number: BTreeMap<(u64, bool, Option<Date>), Vec<usize>>,
}

impl<'e, 'a> Heap<'e, 'a> {
    fn add(&mut self, e: &'e Entry<'a>) {
        let nth = self.best(e, self.candidates(e)).unwrap_or_else(|| self.begin(e));
        let Some(series) = self.series.get_mut(nth) else { return };
        let before = series.area.clone();
        series.insert(e);
        if series.kind == Kind::Running && series.area != before {
            for token in series.area.tokens() {
                self.by_place.entry(Some(token)).or_default().push(nth);
            }
        }
    }

    /// A new series for what none takes.
    fn begin(&mut self, e: &Entry<'_>) -> usize {
        let nth = self.series.len();
        self.series.push(Series::new(e.kind));
        match e.kind {
            Kind::Running | Kind::RunningPart => {
                self.by_start.entry(e.start()).or_default().push(nth);
                if e.area.is_empty() {
                    self.by_place.entry(None).or_default().push(nth);
                }
            }
            Kind::Single | Kind::Unclear | Kind::SinglePart => {
                if is_placed(e) {
                    self.by_window.entry(e.window()).or_default().push(nth);
                }
                let number = (e.low(), is_placed(e), e.statement.published);
                self.by_number.entry(number).or_default().push(nth);
            }
        }
        nth
    }

    /// The series among `candidates` that takes an entry and is nearest to it.
    fn best(&self, e: &Entry<'_>, candidates: impl IntoIterator<Item = usize>) -> Option<usize> {
        let series = candidates.into_iter().filter_map(|nth| Some((nth, self.series.get(nth)?)));
        let taking = series.filter(|(_, series)| series.takes(e));
        taking.min_by_key(|(nth, series)| (series.distance(e), *nth)).map(|(nth, _)| nth)
    }

    /// Every series that may take an entry, and others.
    fn candidates(&self, e: &Entry<'_>) -> Vec<usize> {
        match e.kind {
            Kind::Running | Kind::RunningPart => self.running(e),
            Kind::Unclear => [self.running(e), self.numbered(e, false)].concat(),
            Kind::Single if is_placed(e) => {
                let same_days = self.by_window.get(&e.window()).into_iter().flatten().copied();
                same_days.chain(self.numbered(e, false)).collect()
            }
            Kind::Single | Kind::SinglePart => {
                [self.numbered(e, true), self.numbered(e, false)].concat()
            }
        }
    }

    /// Running tolls whose windows may begin when this one's does; of a figure without one, those
    /// of its places.
    fn running(&self, e: &Entry<'_>) -> Vec<usize> {
        if let Some(start) = e.start() {
            let undated = self.by_start.get(&None).into_iter().flatten();
            let near = days_around(start, WINDOW_SLACK);
            let dated = self.by_start.range(Some(near.0)..=Some(near.1)).flat_map(|(_, all)| all);
            return undated.chain(dated).copied().collect();
        }
        if e.kind == Kind::RunningPart || e.area.is_empty() {
            return self.by_start.values().flatten().copied().collect();
        }
        let tokens = e.area.tokens().into_iter().map(Some).chain([None]);
        tokens.filter_map(|token| self.by_place.get(&token)).flatten().copied().collect()
    }

    /// Incidents of the same number, published near it or on a day that is not known.
    fn numbered(&self, e: &Entry<'_>, placed: bool) -> Vec<usize> {
        let at = |day| (e.low(), placed, day);
        let undated = self.by_number.get(&at(None)).into_iter().flatten();
        let near = e.statement.published.map(|day| days_around(day, NEAR_DAYS));
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
fn chains<'e, 'a>(stated: &[&'e Entry<'a>]) -> Vec<Series<'e, 'a>> {
    let by_ref: BTreeMap<StatementRef, &Entry<'a>> =
        stated.iter().map(|e| (e.statement.at, *e)).collect();
    let before = |e: &Entry<'a>| {
        let claim = e.statement.claim.stated.as_ref()?.supersedes?;
        let at = StatementRef { document: e.statement.at.document, claim };
        by_ref.get(&at).copied().filter(|b| b.origin.name == e.origin.name)
    };
    let mut chains: BTreeMap<StatementRef, Series<'e, 'a>> = BTreeMap::new();
    for &e in stated {
        let mut first = e;
        // A chain cannot be longer than the table: a circle ends here.
        for _ in 0..stated.len() {
            let Some(earlier) = before(first) else { break };
            first = earlier;
        }
        let new = || Series::new(first.kind);
        chains.entry(first.statement.at).or_insert_with(new).insert(e);
    }
    chains.into_values().collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::super::entry::entries;
    use super::super::tests::{Said, claim};
    use super::super::{Statement, StatementRef};
    use super::*;
    use crate::{Claim, PartyClass, Perpetrator, PlaceMention, Qualifier, Scope};

    /// A statement of few possible days, numbers, places and wordings, so that many may be one's.
    fn said() -> impl Strategy<Value = (Claim, Option<i8>)> {
        let scope = prop_oneof![
            Just(Scope::Cumulative),
            Just(Scope::Incident),
            Just(Scope::Unknown),
            Just(Scope::Breakdown)
        ];
        let figure = (0_usize..6, 1_i8..28, 1_u64..5, scope);
        let window = proptest::option::of((1_i8..28, 0_i8..3, any::<bool>()));
        let place =
            prop::sample::subsequence(vec!["SY06", "SY0602", "SY10", "Syria", "a well"], 0..3);
        let party = prop::sample::subsequence(vec![PartyClass::State, PartyClass::NonState], 0..2);
        let group = proptest::option::of(Just("hill people".to_owned()));
        let published = proptest::option::of(1_i8..28);
        (figure, window, place, party, group, published).prop_map(
            |((document, day, low, scope), window, places, parties, group, published)| {
                let qualifier = Qualifier::Exact;
                let mut claim = claim(&Said { document, day, low, qualifier, scope });
                claim.window = window.map(|(first, days, open)| Window {
                    start: (!open).then(|| date(2031, 5, first)),
                    end: Some(date(2031, 5, first + days)),
                });
                let span = claim.span;
                let place = |name: &str| PlaceMention { text: name.to_owned(), id: None, span };
                claim.places = places.into_iter().map(place).collect();
                let party = |class| Perpetrator { text: String::new(), class, span };
                claim.perpetrators = parties.into_iter().map(party).collect();
                claim.group = group;
                (claim, published)
            },
        )
    }

    proptest! {
        /// What is found by days, places and numbers is what asking every series would give.
        #[test]
        fn no_series_that_takes_a_statement_is_overlooked(
            all in prop::collection::vec(said(), 1..120),
        ) {
            let statements: Vec<Statement<'_>> = all
                .iter()
                .enumerate()
                .map(|(nth, (claim, day))| Statement {
                    at: StatementRef { document: nth % 7, claim: nth },
                    outlet: None,
                    published: day.map(|day| date(2031, 5, day)),
                    claim,
                })
                .collect();
            let entries = entries(&statements);
            let mut heaps: BTreeMap<Key<'_>, Heap<'_, '_>> = BTreeMap::new();
            let mut ordered: Vec<&Entry<'_>> = entries.iter().collect();
            ordered.sort_by_key(|e| e.kind == Kind::Unclear);
            for e in ordered {
                let heap = heaps.entry(key(e)).or_default();
                let all = 0..heap.series.len();
                prop_assert_eq!(heap.best(e, heap.candidates(e)), heap.best(e, all));
                heap.add(e);
            }
        }
    }
}
