//! An invented report, rich enough to look at: sources, people and numbers do not exist, places do.

#![expect(
    clippy::too_many_lines,
    reason = "the sample is written down once, from its beginning to its end"
)]

mod people;
mod texts;

use jiff::ToSpan;
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
    let mut report = with_accounts(report);
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

/// The report with the accounts that its claims make.
fn with_accounts(mut report: Report) -> Report {
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
        incidents: Vec::new(),
        grades: Vec::new(),
        changes: None,
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

/// The sample's documents again and again under other outlets and days: `articles` of them, with
/// about three claims each, and ten persons an article.
pub(super) fn many(articles: usize) -> Report {
    let one = report();
    let documents = 13;
    let mut many =
        Report { claims: Vec::new(), marks: Vec::new(), items: Vec::new(), ..one.clone() };
    for round in 0..articles / documents {
        for line in &one.claims {
            let source = &one.marks[line.mark.0 - 1];
            let item = sha(1_000 + round * documents + line.at.document);
            let mark = mark(&mut many, &item, &source.path, source.quote.clone());
            let mut line = line.clone();
            line.at.document += round * documents;
            line.id = format!("{}-{}", item.short(), line.claim.span.start);
            line.mark = mark;
            line.outlet = Some(format!("Outlet {}", round % 40));
            if let Some(speaker) = &mut line.claim.source {
                speaker.text = format!("{} of region {}", speaker.text, round % 25);
            }
            many.claims.push(line);
        }
    }
    let line = one.persons[0].clone();
    many.persons.clear();
    for nth in 0..articles * 10 {
        let quote = one.marks[line.marks[0].0 - 1].quote.clone();
        let mark = mark(&mut many, &sha(40), "lists/north.xlsx", quote);
        let mut line = line.clone();
        line.person.id = PersonId(format!("p-{nth:06}"));
        let days = i64::try_from(nth * nth % 701).unwrap();
        line.person.date = Some(may(1) - days.days());
        line.marks = vec![mark];
        many.persons.push(line);
    }
    many.tables.retain(|table| table.basis == Basis::Reported);
    for by in [Dimension::Party, Dimension::Day] {
        many.tables.insert(0, people::table(&many, vec![by]));
    }
    with_accounts(many)
}
