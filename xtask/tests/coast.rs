//! The gold file of the coast: what it expects stands in the reports, in the contract's words.
//!
//! This checks the gold file against the reports, not the reader against the gold file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

const COLUMNS: [&str; 10] = [
    "file",
    "surface",
    "act",
    "low",
    "high",
    "source",
    "victims",
    "perpetrator_classes",
    "place",
    "parent_surface",
];

const ACTS: &[&str] = &["killed", "injured", "missing", "detained", "abducted", "displaced"];

const VICTIMS: &[&str] = &[
    "civilians",
    "security_forces",
    "fighters",
    "women",
    "children",
    "elderly",
    "medics",
    "journalists",
    "unspecified",
];

const CLASSES: &[&str] = &[
    "state",
    "state_aligned",
    "former_regime",
    "non_state",
    "foreign_fighters",
    "foreign_state",
    "unknown",
];

fn examples() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

/// Rows of the gold file by report, in their order.
fn gold() -> BTreeMap<String, Vec<Vec<String>>> {
    let mut reader = csv::Reader::from_path(examples().join("coast-2025.expected.csv"))
        .expect("the gold file lies beside the reports");
    assert_eq!(reader.headers().expect("a header"), COLUMNS.as_slice());
    let mut gold: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for record in reader.records() {
        let row: Vec<String> = record.expect("a row").iter().map(str::to_owned).collect();
        gold.entry(row[0].clone()).or_default().push(row);
    }
    gold
}

/// A report without its head.
fn body(file: &str) -> String {
    let text = std::fs::read_to_string(examples().join("coast-2025").join(file))
        .expect("the gold file names reports that exist");
    let end_of_head = if file.ends_with(".html") { "</h1>" } else { "\n\n" };
    text.split_once(end_of_head).expect("a head").1.to_owned()
}

/// Where `surface` stands as whole words at or after `from`.
fn find(body: &str, surface: &str, from: usize) -> Option<usize> {
    let whole = |at: &usize| {
        let before = body[..*at].chars().next_back();
        let after: Vec<char> = body[*at + surface.len()..].chars().take(2).collect();
        let thousands =
            after.first() == Some(&',') && after.get(1).is_some_and(char::is_ascii_digit);
        !before.is_some_and(|c| c.is_alphanumeric() || c == ',')
            && !after.first().is_some_and(|c| c.is_alphanumeric())
            && !thousands
    };
    body[from..].match_indices(surface).map(|(at, _)| from + at).find(whole)
}

#[test]
fn every_expected_surface_stands_in_its_report_in_order() {
    for (file, rows) in gold() {
        let body = body(&file);
        let mut from = 0;
        for row in &rows {
            let at = find(&body, &row[1], from);
            from = at.unwrap_or_else(|| panic!("{file}: {} is not there", row[1])) + row[1].len();
            for place in row[8].split('|') {
                assert!(body.contains(place), "{file}: {place}");
            }
            let is_parent = |other: &Vec<String>| other[1] == row[9];
            assert!(row[9].is_empty() || rows.iter().any(is_parent), "{file}: {}", row[9]);
        }
    }
}

#[test]
fn every_report_is_covered_and_every_code_is_the_contracts() {
    let gold = gold();
    let reports: BTreeSet<String> = std::fs::read_dir(examples().join("coast-2025"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "sijil.toml")
        .collect();
    assert_eq!(reports, gold.keys().cloned().collect());
    for row in gold.values().flatten() {
        let low: u64 = row[3].parse().unwrap();
        assert!(row[4].is_empty() || row[4].parse::<u64>().unwrap() >= low, "{row:?}");
        assert!(ACTS.contains(&row[2].as_str()), "{row:?}");
        assert!(row[6].split('|').all(|code| VICTIMS.contains(&code)), "{row:?}");
        let mut classes = row[7].split('|').filter(|code| !code.is_empty());
        assert!(classes.all(|code| CLASSES.contains(&code)), "{row:?}");
    }
}
