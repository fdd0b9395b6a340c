//! The coast's example: every figure of its reports is found, with its fields.
//!
//! The rules were written with these reports at hand: this guards against getting worse and says
//! nothing about other texts (`bench/claims.md` does).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use sijil_claims::{Claim, Reading};

use crate::{read, reader};

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// Rows of the expected file, by report: surface, act, low, high, source, classes, parent.
fn expected() -> BTreeMap<String, Vec<Vec<String>>> {
    let path = examples().join("coast-2025.expected.csv");
    let mut reader = csv::Reader::from_path(path).expect("the expected file is there");
    let mut rows: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for row in reader.records() {
        let row: Vec<String> = row.expect("CSV").iter().map(str::to_owned).collect();
        rows.entry(row[0].clone()).or_default().push(row);
    }
    rows
}

/// Reports as text; pages are read elsewhere.
fn reports() -> impl Iterator<Item = (String, String)> {
    let files = fs::read_dir(examples().join("coast-2025")).expect("the example is there");
    let names = files.map(|f| f.expect("readable").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(".txt")).map(|name| {
        let text = fs::read_to_string(examples().join("coast-2025").join(&name)).expect("UTF-8");
        (name, text)
    })
}

#[derive(Default)]
struct Score {
    expected: usize,
    extra: usize,
    found: usize,
    bounds: usize,
    source: usize,
    classes: usize,
    parent: usize,
}

impl Score {
    fn add(&mut self, rows: &[Vec<String>], reading: &Reading) {
        let mut left: Vec<&Claim> = reading.claims.iter().collect();
        for row in rows {
            self.expected += 1;
            let found = left.iter().position(|c| c.surface == row[1] && c.act.code() == row[2]);
            let Some(claim) = found.map(|at| left.remove(at)) else { continue };
            let high = claim.quantity.high.map(|h| h.to_string()).unwrap_or_default();
            let source = claim.source.as_ref().map(|s| s.text.as_str()).unwrap_or_default();
            let parent = claim.parent.and_then(|p| reading.claims.get(p));
            let mut classes: Vec<&str> =
                claim.perpetrators.iter().map(|p| p.class.code()).collect();
            classes.sort_unstable();
            classes.dedup();
            let mut wanted: Vec<&str> = row[7].split('|').filter(|c| !c.is_empty()).collect();
            wanted.sort_unstable();
            self.found += 1;
            self.bounds += usize::from(claim.quantity.low.to_string() == row[3] && high == row[4]);
            self.source += usize::from(source == row[5]);
            self.classes += usize::from(classes == wanted);
            self.parent += usize::from(parent.map_or("", |p| p.surface.as_str()) == row[9]);
        }
        self.extra += left.len();
    }
}

#[test]
fn the_figures_of_the_coast_are_found_with_their_fields() {
    let reader = reader();
    let expected = expected();
    let mut score = Score::default();
    for (name, text) in reports() {
        let published: Date = name[..10].parse().expect("the name begins with the day");
        let body = text.find("\n\n").expect("a head") + 2;
        let reading = read(&reader, &text[body..], published);
        score.add(&expected[&name], &reading);
    }
    let share = |n: usize| n as f64 / score.found as f64;
    assert_eq!((score.found, score.extra), (score.expected, 0));
    assert!(share(score.bounds) >= 1.0, "bounds {}", share(score.bounds));
    assert!(share(score.source) >= 0.94, "source {}", share(score.source));
    assert!(share(score.classes) >= 0.95, "classes {}", share(score.classes));
    assert!(share(score.parent) >= 0.97, "parent {}", share(score.parent));
}
