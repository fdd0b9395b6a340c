//! Rows that come later join what is linked.

use sijil_linkage::{Linkage, Roll, Row, Ruling, Settings, Verdict, score};

use crate::invented::lists;
use crate::rows::{row, spec};

/// Links all but the last `later` rows, and has those join.
fn joined(rows: &[Row], later: usize, rulings: &[Ruling]) -> Linkage {
    let (early, late) = rows.split_at(rows.len() - later);
    let settings = Settings::default();
    let mut linkage = Linkage::of(Roll::of(early, &spec()), &[], &settings);
    linkage.add(Roll::of(late, &spec()), rulings, &settings);
    linkage
}

#[test]
fn rows_that_come_later_are_linked_as_in_a_full_run() {
    let (mut rows, _) = lists(5, 1200);
    // Rows of one person stand together; those that come later are to be of all persons.
    let mut late = Vec::new();
    rows = (0..)
        .zip(rows)
        .filter_map(|(at, row)| {
            if at % 10 == 3 {
                late.push(row);
                None
            } else {
                Some(row)
            }
        })
        .collect();
    let later = late.len();
    rows.append(&mut late);
    let full = Linkage::of(Roll::of(&rows, &spec()), &[], &Settings::default()).clusters();
    let joined = joined(&rows, later, &[]).clusters();
    let apart: Vec<u32> = full[..rows.len() - later]
        .iter()
        .copied()
        .chain((0..).map(|n| 1_000_000 + n).take(later))
        .collect();
    let same = score::unchanged(&joined, &full);
    assert!(same > 0.98, "{same}");
    assert!(score::unchanged(&apart, &full) < 0.9, "there was something to join");
}

#[test]
fn rows_may_come_one_after_the_other() {
    let (rows, _) = lists(6, 300);
    let (early, late) = rows.split_at(rows.len() - 20);
    let settings = Settings::default();
    let mut linkage = Linkage::of(Roll::of(early, &spec()), &[], &settings);
    for row in late {
        linkage.add(Roll::of(std::slice::from_ref(row), &spec()), &[], &settings);
    }
    let once = joined(&rows, 20, &[]).clusters();
    let same = score::unchanged(&linkage.clusters(), &once);
    assert!(same > 0.99, "{same}");
}

#[test]
fn a_new_list_a_new_name_and_a_judgement_are_heeded() {
    let (mut rows, _) = lists(7, 300);
    let known = rows.len();
    // The same person on a list that was not there before, and somebody of whom nothing is known.
    let mut again = rows[0].clone();
    again.list = 77;
    rows.push(again);
    rows.push(row("78|Qalfuq Zarnun Darmawi|||m|3||2035-01-01|"));
    let linkage = joined(&rows, 2, &[]);
    let clusters = linkage.clusters();
    assert_eq!((clusters[known], clusters[known + 1] as usize), (clusters[0], known + 1));
    assert!(linkage.joined().any(|pair| pair.b as usize == known && !pair.parts.is_empty()));
    let last = clusters.iter().rposition(|c| *c == clusters[0]).expect("one");
    let a = u32::try_from(last).expect("few rows");
    let apart: Vec<Ruling> = (0..a)
        .filter(|b| clusters[*b as usize] == clusters[0])
        .map(|b| Ruling { a, b, verdict: Verdict::Different })
        .collect();
    assert_ne!(joined(&rows, 2, &apart).clusters()[known], clusters[0]);
}

#[test]
fn what_was_kept_is_taken_up_again() {
    let (rows, _) = lists(8, 400);
    let known = rows.len() - 30;
    let is_known: Vec<bool> = (0..rows.len()).map(|at| at < known).collect();
    let once = joined(&rows, 30, &[]).clusters();
    let (early, late) = Roll::of(&rows, &spec()).split(&is_known);
    let settings = Settings::default();
    let before = Linkage::of(Roll::of(&rows[..known], &spec()), &[], &settings);
    let kept = before.kept();
    let mut again = Linkage::resume(early, &kept, &before.clusters()).expect("the same fields");
    assert_eq!(again.clusters(), before.clusters());
    again.add(late, &[], &settings);
    assert_eq!(again.clusters(), once);
    let mut other = spec();
    other.fields.truncate(5);
    assert!(Linkage::resume(Roll::of(&rows, &other), &kept, &once).is_none());
}
