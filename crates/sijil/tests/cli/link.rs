//! `sijil link`: bare lists linked, columns inferred and told, the truth for scoring only.

use std::collections::BTreeMap;
use std::fs;

use crate::fixture::{Place, repository, stderr, stdout};

/// Rows of a table that was written, as maps from header to cell.
fn table(place: &Place, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(place.path(name)).expect("the table is written");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

const ONE_LIST: &str = "\
key,who,source,Full name,Sex,Age,Date of death,Governorate,Remarks
a,p1,north,Salim Yusuf al-Haddad,Male,34,2031-05-07,Latakia,x
b,p1,south,سليم يوسف الحداد,ذكر,34,2031-05-07,اللاذقية,y
c,p2,north,Karim Nabil Sabbagh,Male,51,2031-05-08,Tartus,x
d,p2,south,كريم نبيل صباغ,ذكر,51,2031-05-08,طرطوس,y
e,p3,south,ليلى فؤاد نجار,أنثى,40,2031-05-08,طرطوس,y
f,p4,north,Omar Rashid Qassab,Male,22,2031-05-09,Latakia,x
g,,north,Hala Nabil Sabbagh,Female,9,2031-05-08,Tartus,x
h,p6,south,Nader Elias Khalil,Male,60,2031-05-06,Latakia,y
";

#[test]
fn lists_in_two_scripts_are_linked_and_every_row_has_its_person() {
    let place = Place::with_material();
    let output = place.run(&[
        "link",
        "material/lists/north.csv",
        "material/lists/south.csv",
        "--out",
        "linked",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    for line in [
        "inferred: north.csv: Name -> name",
        "inferred: north.csv: Responsible party -> party (not compared)",
        "inferred: south.csv: تاريخ الوفاة -> date",
    ] {
        assert!(stderr(&output).lines().any(|l| l == line), "{line}: {}", stderr(&output));
    }
    let clusters = table(&place, "linked/clusters.csv");
    let cluster = |source: &str, row: &str| {
        let found = clusters.iter().find(|r| r["source"] == source && r["row"] == row);
        found.map(|row| row["cluster"].clone()).expect("the row is there")
    };
    assert_eq!(clusters.len(), 8);
    assert_eq!(cluster("north.csv", "2"), cluster("south.csv", "2"));
    assert_eq!(cluster("north.csv", "4"), cluster("south.csv", "3"));
    assert_ne!(cluster("north.csv", "2"), cluster("north.csv", "3"), "relatives are two");
    assert!(stdout(&output).contains("persons   6"), "{}", stdout(&output));
    let pairs = table(&place, "linked/pairs.csv");
    let joined = pairs.iter().find(|r| r["a_row"] == "2" && r["b_row"] == "2").expect("joined");
    let number = |column: &str| joined[column].parse::<f64>().expect("a number");
    assert!((0.5..=1.0).contains(&number("probability")));
    assert!(number("weight") > 0.0 && number("weight_given_name") > 0.0);
    assert!(number("weight_further_names") > 0.0 && number("weight_age") > 0.0);
    for name in ["clusters.csv", "pairs.csv"] {
        let text = fs::read_to_string(place.path("linked").join(name)).expect("readable");
        assert!(!text.contains("Haddad") && !text.contains("الحداد"), "{name} names nobody");
    }
    assert!(!place.path("linked/model.json").exists());
}

#[test]
fn the_truth_scores_and_changes_nothing() {
    let place = Place::new();
    place.write("list.csv", ONE_LIST.as_bytes());
    let scored = place.run(&[
        "link",
        "material/list.csv",
        "--out",
        "scored",
        "--truth",
        "who",
        "--id-column",
        "key",
    ]);
    assert_eq!(scored.status.code(), Some(0), "{}", stderr(&scored));
    let said = stdout(&scored);
    assert!(said.contains("against column who (7 rows of 5 true persons)"), "{said}");
    assert!(said.contains("pairwise  precision 1.000  recall 1.000  F1 1.000"), "{said}");
    assert!(said.contains("b-cubed   precision 1.000"), "{said}");
    let told = stderr(&scored);
    assert!(told.contains("inferred: source -> list that the row stands on"), "{told}");
    assert!(told.contains("inferred: Remarks -> not compared"), "{told}");
    assert!(!told.contains("inferred: who") && !told.contains("inferred: key"), "{told}");
    let ids: Vec<String> =
        table(&place, "scored/clusters.csv").into_iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids.concat(), "abcdefgh");
    // Another truth, the same clusters.
    let other = ONE_LIST.replace(",p1,south", ",p9,south").replace(",p6,", ",p1,");
    place.write("list.csv", other.as_bytes());
    let again = place.run(&[
        "link",
        "material/list.csv",
        "--out",
        "again",
        "--truth",
        "who",
        "--id-column",
        "key",
    ]);
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
    assert!(!stdout(&again).contains("F1 1.000"), "{}", stdout(&again));
    assert_eq!(place.files("scored"), place.files("again"));
}

#[test]
fn a_higher_threshold_joins_no_more() {
    let place = Place::new();
    let folder = repository("examples/exercise");
    let persons = |threshold: &str| -> usize {
        let mut arguments = vec!["link".into(), "--threshold".into(), threshold.into()];
        arguments.extend(["-o".into(), place.path("out")]);
        arguments.extend(
            ["civil-registry.csv", "hills-monitor.csv", "volunteers.csv"].map(|f| folder.join(f)),
        );
        let output = place.run(&arguments);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}", stderr(&output));
        let said = stdout(&output);
        let line = said.lines().find_map(|line| line.strip_prefix("persons")).expect("a count");
        line.trim().parse().expect("a number")
    };
    assert!(persons("0.3") < persons("0.99"));
}

#[test]
fn errors_of_link_say_what_to_do() {
    let place = Place::new();
    place.write("list.csv", ONE_LIST.as_bytes());
    place.write("figures.csv", b"source,published,low\nA,2031-05-07,12\n");
    let list = "material/list.csv";
    for (arguments, told) in [
        (vec!["link", list, "--truth", "person"], "key, who, source, Full name"),
        (vec!["link", list, "--id-column", "number"], "no column \"number\""),
        (vec!["link", "material/figures.csv"], "no column of names"),
        (vec!["link", list, "--threshold", "7"], "between 0 and 1"),
        (vec!["link", "absent.csv"], "cannot be read"),
        (vec!["link"], "FILE"),
    ] {
        let output = place.run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stdout(&output));
        assert!(stderr(&output).contains(told), "{arguments:?}: {}", stderr(&output));
    }
    assert!(!place.path("clusters.csv").exists(), "what fails writes nothing");
}
