//! Cousins of one given name, killed together: what tells them apart must not be lost on the way.

use crate::invented::lists;
use crate::rows::{linked, rows};

/// Two cousins among others: lists 0 to 2 have the father within the name, 3 and 4 in a field.
const COUSINS: &[&str] = &[
    "3|Salma Sabbagh|Karim||f|61||2031-05-07|SY0603",
    "3|Salma Sabbagh|Nabil||f|25||2031-05-07|SY0603",
    "2|سلمى كريم صباغ|||f|61||2031-05-07|SY0603",
    "2|سلمى نبيل صباغ|||f|24||2031-05-07|SY0603",
    "1|Salma Karim Sabbagh|||f|||2031-05-07|SY0603",
    "1|Salma Nabil Sabbagh|||f|25||2031-05-07|SY0603",
    "4|سلمى صباغ|كريم||f|60||2031-05-07|SY0603",
];

/// The first row of the cluster of each of these rows, which stand on lists of invented people.
fn clusters(lines: &[&str]) -> Vec<u32> {
    let mut all = rows(lines);
    all.extend(lists(11, 150).0);
    let mut clusters = linked(&all, &[]).clusters;
    clusters.truncate(lines.len());
    clusters
}

#[test]
fn cousins_stay_apart_wherever_the_father_stands() {
    assert_eq!(clusters(COUSINS), [0, 1, 0, 1, 0, 1, 0]);
}

#[test]
fn a_row_with_gaps_does_not_draw_two_people_together() {
    // Neither father nor age: it fits either cousin.
    let mut lines = COUSINS.to_vec();
    lines.extend(["0|Salma Sabbagh|||f|||2031-05-07|SY0603"; 2]);
    let clusters = clusters(&lines);
    assert_ne!(clusters[0], clusters[1], "{clusters:?}");
}

#[test]
fn ages_far_apart_keep_namesakes_of_one_event_apart() {
    let lines = [
        "3|Salma Sabbagh|Karim||f|6||2031-05-07|SY0603",
        "1|Salma Karim Sabbagh|||f|72||2031-05-07|SY0603",
        "2|سلمى كريم صباغ|||f|71||2031-05-07|SY0603",
    ];
    assert_eq!(clusters(&lines), [0, 1, 1]);
}

#[test]
fn another_family_name_is_another_person_where_many_die_together() {
    let mut lines = vec![
        "3|Huda Sabbagh|Karim||f|||2031-05-07|SY0603".to_owned(),
        "1|Huda Qassab|||f|33||2031-05-07|SY0603".to_owned(),
        "2|هدى قصاب|||f|||2031-05-07|SY0603".to_owned(),
    ];
    for (at, given) in ["Walid", "Hisham", "Tariq", "Munir", "Samer", "Jamal"].iter().enumerate() {
        for family in ["Zarnun", "Qalfuq", "Darmawi", "Balkhash", "Santur"] {
            lines.push(format!("{}|{given} {family}|||m|||2031-05-07|SY0603", at % 4));
        }
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(clusters(&lines)[..3], [0, 1, 1]);
}
