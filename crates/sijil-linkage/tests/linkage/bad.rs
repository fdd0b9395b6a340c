//! Lists that say little, or the same over and over: they end in sense, and soon.

use sijil_linkage::{Row, Value};

use crate::rows::{linked, persons, row};

/// A row that gives nothing but these values: position and text.
fn saying(list: u32, said: &[(usize, String)]) -> Row {
    let mut values = vec![None; 8];
    for (at, text) in said {
        values[*at] = Some(Value::Text(text.clone()));
    }
    Row { list, values }
}

#[test]
fn without_names_nobody_is_anybody_else() {
    let nameless: Vec<Row> =
        (0..2000).map(|n| saying(n % 2, &[(7, format!("SY{:02}", n % 7))])).collect();
    assert_eq!(persons(&linked(&nameless, &[])), 2000);
    let empty: Vec<Row> = (0..2000).map(|n| saying(n % 2, &[])).collect();
    assert_eq!(persons(&linked(&empty, &[])), 2000);
}

#[test]
fn a_name_that_all_bear_says_nothing() {
    let constant: Vec<Row> =
        (0..2000).map(|n| saying(n % 2, &[(0, "Salim Haddad".to_owned())])).collect();
    let found = linked(&constant, &[]);
    assert_eq!(found.clusters.len(), 2000);
    assert!(!found.notes.is_empty(), "that they could not be told apart is said");
}

#[test]
fn equal_rows_and_a_block_of_all_rows_come_to_an_end() {
    let line = "0|Salim Haddad|Yusuf||m|34||2031-05-07|SY0603";
    let equal: Vec<Row> = std::iter::repeat_with(|| row(line)).take(30_000).collect();
    let found = linked(&equal, &[]);
    assert!(found.notes.iter().any(|note| note.contains("too large to compare in full")));
    // One given name, day and place; families and ages of their own.
    let letters = ["b", "d", "f", "k", "l", "m", "n", "r", "s", "z"];
    let family = |n: usize| {
        let at = |place: usize| letters[n / 10_usize.pow(u32::try_from(place).expect("few")) % 10];
        format!("{}a{}i{}u{}", at(0), at(1), at(2), at(3))
    };
    let block: Vec<Row> = (0..10_000)
        .map(|n| row(&format!("0|Salim {}|||m|{}||2031-05-07|SY0603", family(n), n % 80)))
        .collect();
    assert!(persons(&linked(&block, &[])) > 9_500, "they are different people");
}
