//! An invented report, rich enough to look at: sources, people and numbers do not exist, places do.

mod people;
mod texts;

use jiff::civil::{Date, date};
use sha2::{Digest, Sha256};
use sijil_claims::accounts::{Accounts, Statement};
use sijil_text::places::Gazetteer;

use crate::model::*;

/// Day `n` of May 2031.
pub(super) fn may(n: i8) -> Date {
    date(2031, 5, n)
}

pub(super) fn sha(nth: usize) -> ItemId {
    let digest = Sha256::digest(nth.to_string());
    ItemId(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn place_id(name: &str) -> Option<String> {
    Gazetteer::embedded().find(name).map(|place| place.id.clone())
}

/// The whole invented report.
pub(super) fn report() -> Report {
    let mut report = empty();
    report.title = "Killings in the coastal hills, May 2031".to_owned();
    report.as_of = Some(may(24));
    report.fingerprint = sha(99).0;
    texts::fill(&mut report);
    let statements: Vec<Statement<'_>> = report
        .claims
        .iter()
        .map(|line| Statement {
            at: line.at,
            outlet: line.outlet.as_deref(),
            published: line.published,
            claim: &line.claim,
        })
        .collect();
    let mut accounts = Accounts::of(&statements);
    for account in &mut accounts.accounts {
        account.source_kind = texts::kind(&account.source).to_owned();
    }
    report.accounts = accounts.accounts;
    report.sums = accounts.sums;
    report.look_alikes = accounts.look_alikes;
    people::fill(&mut report);
    texts::reported(&mut report);
    people::map(&mut report);
    report.problems = vec![
        problem(
            "lists/north.xlsx",
            Place::Cell { sheet: "May".into(), row: 17, column: "Age".into() },
            "the age is no number; the cell is kept as written",
        ),
        problem(
            "lists/south.csv",
            Place::Row { sheet: String::new(), row: 23 },
            "the row has more cells than the header; the rest is kept",
        ),
        problem(
            "photos/IMG_0031.jpg",
            Place::File,
            "no reader for this kind of file; kept as evidence",
        ),
    ];
    let sources: std::collections::BTreeSet<&str> =
        report.accounts.iter().map(|a| a.source.as_str()).collect();
    report.totals.sources = sources.len() as u64;
    report
}

fn problem(file: &str, place: Place, message: &str) -> Problem {
    Problem { file: file.into(), place, message: message.into() }
}

/// A report of nothing.
pub(super) fn empty() -> Report {
    Report {
        title: "Nothing yet".to_owned(),
        as_of: None,
        fingerprint: sha(0).0,
        totals: Totals::default(),
        tables: Vec::new(),
        accounts: Vec::new(),
        sums: Vec::new(),
        look_alikes: Vec::new(),
        claims: Vec::new(),
        attributions: Vec::new(),
        responses: Vec::new(),
        flags: Vec::new(),
        marks: Vec::new(),
        persons: Vec::new(),
        open_pairs: Vec::new(),
        places: Vec::new(),
        regions: Vec::new(),
        mappings: Vec::new(),
        items: Vec::new(),
        problems: Vec::new(),
    }
}

pub(super) fn mark(report: &mut Report, item: &ItemId, path: &str, quote: Quote) -> MarkId {
    let id = MarkId(report.marks.len() + 1);
    report.marks.push(Mark { id, item: item.clone(), path: path.to_owned(), quote });
    id
}
