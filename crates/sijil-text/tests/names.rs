//! Pairs of names from the data-driven suite. All people in it are invented.

use sijil_text::names::{Name, compare};

/// From this probability on names are taken for one.
const SAME: f64 = 0.5;

fn probability(a: &str, b: &str) -> f64 {
    compare(&Name::of(a), &Name::of(b)).probability
}

#[test]
fn pairs_of_names_are_told_apart_and_brought_together() {
    let table = include_str!("../../../tests/suite/names/pairs.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in reader.deserialize::<(String, String, String, String)>() {
        let (verdict, a, b, why) = row.expect("four columns");
        let probability = probability(&a, &b);
        if (probability >= SAME) != (verdict == "same") {
            wrong.push(format!("{verdict} but {probability:.2}: {a} | {b} ({why})"));
        }
        count += 1;
    }
    assert!(count > 40, "the suite was read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn phenomena_of_names_are_known() {
    let table = include_str!("../../../tests/suite/names/phenomena.csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in reader.deserialize::<(String, String, String, String)>() {
        let (a, b, same, phenomenon) = row.expect("four columns");
        let probability = probability(&a, &b);
        if (probability >= SAME) != (same == "1") {
            wrong.push(format!("{same} but {probability:.2}: {a} | {b} ({phenomenon})"));
        }
        count += 1;
    }
    assert_eq!(count, 170);
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
