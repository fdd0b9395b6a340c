//! Questions to a large register, each timed in this process.

use std::path::Path;

use sijil::model::{Basis, Dimension};
use sijil::register::{AsOf, Register};
use sijil::work::{self, Clearance, Kind, Query, Search};

use crate::{tell, timed};

pub(crate) fn ask(folder: &Path, persons: u64) {
    let bytes = std::fs::metadata(folder.join("sijil.db")).map_or(0, |about| about.len());
    tell("database", bytes as f64 / 1e6, "MB");
    tell("database a person", bytes as f64 / persons as f64, "bytes");
    let (register, opening, _) = timed(|| Register::read(folder).expect("opens"));
    tell("open for reading", opening * 1e3, "ms");
    let size = register.size().expect("a number");
    let now = counts(&register, AsOf::NOW);
    tell("count by two dimensions, middle", middle(&now.seconds) * 1e3, "ms");
    tell("count by two dimensions, slowest", slowest(&now.seconds) * 1e3, "ms");
    tell("count by two dimensions, processor", now.busy * 1e3, "ms");
    for by in [[Dimension::Governorate, Dimension::Day], [Dimension::Party, Dimension::Group]] {
        let query = Query { by: by.to_vec(), ..Query::default() };
        let (_, seconds, _) = timed(|| work::said(&register, AsOf::NOW, &query).expect("counts"));
        let by = by.map(Dimension::code).join(" and ");
        tell(&format!("count of what sources say by {by}"), seconds * 1e3, "ms");
    }
    let then = counts(&register, AsOf(size / 3));
    tell("the same as of an early entry, middle", middle(&then.seconds) * 1e3, "ms");
    tell("the same as of an early entry, processor", then.busy * 1e3, "ms");
    traces(&register);
    searches(&register);
}

/// First pages: a rare name, a common one in the other script, words of a text, words with limits.
fn searches(register: &Register) {
    let of = |words: &str, kind| Search {
        words: words.to_owned(),
        kinds: vec![kind],
        limit: 20,
        ..Search::default()
    };
    let limited = Search {
        place: Some("Latakia".to_owned()),
        from: "2035-01-01".parse().ok(),
        to: "2035-12-31".parse().ok(),
        ..of("", Kind::Persons)
    };
    for (what, search) in [
        ("a full name", of("Ziad Elias al-Farran", Kind::Persons)),
        ("a name in the other script", of("زياد الياس الفران", Kind::Persons)),
        ("a name that many have", of("Salim", Kind::Persons)),
        ("persons of a place and year", limited),
        ("words of claims", of("civilians Banyas Observatory", Kind::Claims)),
        ("words of documents", of("\"quarter of the town\"", Kind::Documents)),
    ] {
        let mut total = String::new();
        let took = times(AGAIN, || {
            let page = work::search(register, &search, Clearance::Unsealed).expect("searched");
            total = format!("{}{}", page.total, if page.more { " and more" } else { "" });
        });
        both(&format!("search for {what}, {total}"), &took);
    }
}

/// Tells the time by the clock and on the processors.
fn both(what: &str, took: &Times) {
    tell(what, middle(&took.seconds) * 1e3, "ms");
    tell(&format!("{what}, processor"), took.busy * 1e3, "ms");
}

/// How long something took each time, and how long it had the processors on average.
struct Times {
    seconds: Vec<f64>,
    busy: f64,
}

/// Each breakdown by two dimensions that a person's records tell by themselves: grades and units
/// are decided by rules of the register, which look at every person.
fn counts(register: &Register, as_of: AsOf) -> Times {
    let by_rule =
        |by: &Dimension| matches!(by, Dimension::Dataset | Dimension::Unit | Dimension::Grade);
    let told: Vec<Dimension> = Dimension::ALL.iter().copied().filter(|by| !by_rule(by)).collect();
    let mut queries = Vec::new();
    for (nth, first) in told.iter().enumerate() {
        for second in &told[nth + 1..] {
            queries.push(Query { by: vec![*first, *second], ..Query::default() });
        }
    }
    let count = queries.len();
    let mut queries = queries.iter();
    times(count, || {
        let query = queries.next().expect("one each time");
        work::documented(register, as_of, query).expect("counts");
    })
}

fn times(count: usize, mut each: impl FnMut()) -> Times {
    let (seconds, _, busy) = timed(|| (0..count).map(|_| timed(&mut each).1).collect::<Vec<f64>>());
    Times { seconds, busy: busy / count as f64 }
}

/// Times that a short question is asked.
const AGAIN: usize = 20;

/// Cells of two sizes, walked back.
fn traces(register: &Register) {
    let query = Query { by: vec![Dimension::Place, Dimension::Day], ..Query::default() };
    let tables = work::documented(register, AsOf::NOW, &query).expect("counts");
    let mut cells: Vec<_> = tables.iter().flat_map(|table| &table.cells).collect();
    cells.sort_by_key(|cell| cell.figure.best.value);
    for (what, share) in [("a cell of middle size", 2), ("the largest cell", 1)] {
        let cell = cells[(cells.len() - 1) / share];
        let name = query.name(Basis::Documented, cell);
        let took = times(AGAIN, || {
            work::trace(register, AsOf::NOW, &name).expect("traced");
        });
        let best = cell.figure.best.value.unwrap_or(0);
        both(&format!("trace of {what}, {best} persons"), &took);
    }
}

fn middle(all: &[f64]) -> f64 {
    let mut all = all.to_vec();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.0)
}

fn slowest(all: &[f64]) -> f64 {
    all.iter().copied().fold(0.0, f64::max)
}
