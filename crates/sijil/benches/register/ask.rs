//! Questions to a large register, each timed in this process.

use std::path::Path;

use sijil::model::{Basis, Dimension};
use sijil::register::{AsOf, Register};
use sijil::work::{self, Clearance, Kind, Query, Search};

use crate::{tell, timed};

/// Persons up to which accounts are put side by side here: that is not made for more.
const SMALL: u64 = 30_000;

pub(crate) fn ask(folder: &Path, persons: u64) {
    let bytes = std::fs::metadata(folder.join("sijil.db")).map_or(0, |about| about.len());
    tell("database", bytes as f64 / 1e6, "MB");
    tell("database a person", bytes as f64 / persons as f64, "bytes");
    let (register, opening, _) = timed(|| Register::read(folder).expect("opens"));
    tell("open for reading", opening * 1e3, "ms");
    let size = register.size().expect("a number");
    let now = counts(&register, AsOf::NOW);
    tell("count by two dimensions, middle", middle(&now) * 1e3, "ms");
    tell("count by two dimensions, slowest", slowest(&now) * 1e3, "ms");
    if persons <= SMALL {
        let query = Query { by: vec![Dimension::Governorate, Dimension::Day], ..Query::default() };
        let (_, seconds, _) = timed(|| work::said(&register, AsOf::NOW, &query).expect("counts"));
        tell("count of what sources say", seconds * 1e3, "ms");
    }
    let then = counts(&register, AsOf(size / 3));
    tell("the same as of an early entry, middle", middle(&then) * 1e3, "ms");
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
        let mut took = Vec::new();
        let mut total = String::new();
        for _ in 0..5 {
            let (page, seconds, _) =
                timed(|| work::search(register, &search, Clearance::Unsealed).expect("searched"));
            total = format!("{}{}", page.total, if page.more { " and more" } else { "" });
            took.push(seconds);
        }
        tell(&format!("search for {what}, {total}"), middle(&took) * 1e3, "ms");
    }
}

/// Seconds of each breakdown by two dimensions.
fn counts(register: &Register, as_of: AsOf) -> Vec<f64> {
    let mut took = Vec::new();
    for (nth, first) in Dimension::ALL.iter().enumerate() {
        for second in &Dimension::ALL[nth + 1..] {
            let query = Query { by: vec![*first, *second], ..Query::default() };
            let (_, seconds, _) =
                timed(|| work::documented(register, as_of, &query).expect("counts"));
            took.push(seconds);
        }
    }
    took
}

/// Cells of three sizes, walked back.
fn traces(register: &Register) {
    let query = Query { by: vec![Dimension::Place, Dimension::Day], ..Query::default() };
    let tables = work::documented(register, AsOf::NOW, &query).expect("counts");
    let mut cells: Vec<_> = tables.iter().flat_map(|table| &table.cells).collect();
    cells.sort_by_key(|cell| cell.figure.best.value);
    for (what, share) in [("a cell of middle size", 2), ("the largest cell", 1)] {
        let cell = cells[(cells.len() - 1) / share];
        let name = query.name(Basis::Documented, cell);
        let mut took = Vec::new();
        for _ in 0..5 {
            let (_, seconds, _) =
                timed(|| work::trace(register, AsOf::NOW, &name).expect("traced"));
            took.push(seconds);
        }
        let best = cell.figure.best.value.unwrap_or(0);
        tell(&format!("trace of {what}, {best} persons"), middle(&took) * 1e3, "ms");
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
