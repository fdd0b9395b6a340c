//! A few rows: what is expected beforehand must carry, for there is little to learn from.

use sijil_linkage::{Ruling, Verdict};

use crate::rows::{linked, persons, rows};

const TWO_LISTS: &[&str] = &[
    "0|Salim Yusuf al-Haddad|||m|34||2031-05-07|SY0603",
    "0|Mariam Yusuf al-Haddad|||f|29||2031-05-07|SY0603",
    "0|Karim Nabil Sabbagh|||m|51||2031-05-08|SY0502",
    "0|Hala Nabil Sabbagh|||f|9||2031-05-08|SY0502",
    "0|Omar Rashid Qassab|||m|22||2031-05-09|SY0603",
    "1|سليم يوسف الحداد|||m|34||2031-05-07|SY0603",
    "1|كريم نبيل صباغ|||m|51||2031-05-08|SY0502",
    "1|ليلى فؤاد نجار|||f|40||2031-05-08|SY0502",
];

#[test]
fn two_men_on_lists_in_two_scripts_are_two_men() {
    let linked = linked(&rows(TWO_LISTS), &[]);
    assert_eq!(linked.clusters, [0, 1, 2, 3, 4, 0, 2, 7]);
    assert_eq!(linked.joined.len(), 2);
    assert!(linked.open.is_empty(), "{:?}", linked.open);
    let levels: Vec<&str> = linked.joined[0].parts.iter().map(|p| p.level.as_str()).collect();
    assert!(levels.iter().any(|l| l.contains("another spelling")), "{levels:?}");
}

#[test]
fn relatives_killed_together_stay_apart() {
    let linked = linked(
        &rows(&[
            // Brothers, a father and his son of the grandfather's name, two sisters.
            "0|Nadim Karim Sabbagh|||m|14||2031-05-08|SY0502",
            "0|Nabil Karim Sabbagh|||m|17||2031-05-08|SY0502",
            "1|Nabil Karim Sabbagh|||m|17||2031-05-08|SY0502",
            "1|Karim Nabil Sabbagh|||m|51||2031-05-08|SY0502",
            "0|Hala Karim Sabbagh|||f|9||2031-05-08|SY0502",
            "1|Huda Karim Sabbagh|||f|9||2031-05-08|SY0502",
        ]),
        &[],
    );
    assert_eq!(linked.clusters, [0, 1, 1, 3, 4, 5]);
}

#[test]
fn a_list_may_name_a_person_twice() {
    let linked = linked(
        &rows(&[
            "0|Salim Yusuf al-Haddad|||m|34||2031-05-07|SY0603",
            "0|Saleem Yousef Haddad|||m|34||2031-05-07|SY0603",
            "0|Karim Nabil Sabbagh|||m|51||2031-05-08|SY0502",
        ]),
        &[],
    );
    assert_eq!(linked.clusters, [0, 0, 2]);
}

#[test]
fn judgements_bind() {
    let rows = rows(TWO_LISTS);
    let apart = Ruling { a: 5, b: 0, verdict: Verdict::Different };
    let same = Ruling { a: 3, b: 7, verdict: Verdict::Same };
    let linked = linked(&rows, &[apart, same]);
    assert_eq!(linked.clusters, [0, 1, 2, 3, 4, 5, 2, 3]);
    assert!(linked.open.iter().all(|pair| (pair.a, pair.b) != (0, 5)), "it was answered");
}

#[test]
fn judgements_that_contradict_are_told() {
    let rows = rows(TWO_LISTS);
    let ruling = |a, b, verdict| Ruling { a, b, verdict };
    let rulings = [
        ruling(0, 5, Verdict::Same),
        ruling(0, 4, Verdict::Same),
        ruling(4, 5, Verdict::Different),
        ruling(99, 5, Verdict::Same),
    ];
    let linked = linked(&rows, &rulings);
    assert_ne!(linked.clusters[4], linked.clusters[5]);
    assert_eq!(linked.notes.len(), 2, "{:?}", linked.notes);
}

#[test]
fn nothing_is_no_trouble() {
    assert_eq!(persons(&linked(&[], &[])), 0);
    let blank = rows(&["0||||||||", "1||||||||"]);
    assert_eq!(linked(&blank, &[]).clusters, [0, 1], "rows that say nothing are not one person");
    let nobody = rows(&["0|unidentified|||m||||", "1|مجهول الهوية|||m||||"]);
    assert_eq!(linked(&nobody, &[]).clusters, [0, 1]);
}
