//! What a published report must hold, whatever is in it.

use std::collections::BTreeSet;

use super::sample;
use super::{Options, Rendered, render};
use crate::model::Report;

fn files(report: &Report) -> Vec<Rendered> {
    render(report, &Options::default()).unwrap()
}

fn file(report: &Report, name: &str) -> String {
    let found = files(report).into_iter().find(|file| file.file == name).unwrap();
    String::from_utf8(found.bytes).unwrap()
}

fn page(report: &Report) -> String {
    file(report, "index.html")
}

/// Writes the sample where `SIJIL_SAMPLE` says, to be looked at in a browser.
#[test]
#[ignore = "writes files to look at"]
fn write_the_sample() {
    let folder = std::path::PathBuf::from(std::env::var_os("SIJIL_SAMPLE").expect("a folder"));
    std::fs::create_dir_all(&folder).unwrap();
    for file in files(&sample::report()) {
        std::fs::write(folder.join(file.file), &file.bytes).unwrap();
    }
}

/// Values of an attribute, in order.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let start = format!(" {attribute}=\"");
    let after = page.split(start.as_str()).skip(1);
    after.map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn every_link_has_its_place_on_the_page() {
    for report in [sample::report(), sample::empty(), without_lists(), without_documents()] {
        let page = page(&report);
        let ids = values(&page, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "an id stands twice");
        for href in values(&page, "href") {
            let id = href.strip_prefix('#').unwrap_or_else(|| panic!("{href} leaves the page"));
            assert!(unique.contains(id), "{href} leads nowhere");
        }
    }
}

fn without_lists() -> Report {
    let mut report = sample::report();
    report.persons.clear();
    report.open_pairs.clear();
    report.mappings.clear();
    report.tables.retain(|table| table.basis == crate::model::Basis::Reported);
    report.totals.records = 0;
    report
}

fn without_documents() -> Report {
    let mut report = sample::report();
    report.accounts.clear();
    report.claims.clear();
    report.sums.clear();
    report.look_alikes.clear();
    report.attributions.clear();
    report.flags.clear();
    report.responses.clear();
    report.totals.documents = 0;
    report.totals.claims = 0;
    report
}
