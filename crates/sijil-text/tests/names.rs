//! Pairs of names from the data-driven suite. All people in it are invented.

use sijil_text::names::{Name, compare};

/// From here on names are taken for one in the suite.
const SAME: f64 = 0.86;

#[test]
fn pairs_of_names_are_told_apart_and_brought_together() {
    let table = include_str!("../../../tests/suite/names/pairs.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in reader.deserialize::<(String, String, String, String)>() {
        let (verdict, a, b, why) = row.expect("four columns");
        let score = compare(&Name::of(&a), &Name::of(&b)).score;
        if (score >= SAME) != (verdict == "same") {
            wrong.push(format!("{verdict} but {score:.2}: {a} | {b} ({why})"));
        }
        count += 1;
    }
    assert!(count > 40, "the suite was read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
