//! Lists come in editions: what is new, what changed, what the source withdrew; and columns that a
//! user settled.

use std::fs;

use crate::fixture::{Place, shared, stderr, stdout};

fn lists(place: &Place, arguments: &[&str]) -> String {
    let mut words = vec!["lists", "-R", "register", "--format", "csv"];
    words.extend(arguments);
    let output = place.run(&words);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

/// The cells of the first line, by their header.
fn first(csv: &str, header: &str) -> String {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headers = reader.headers().expect("a header").clone();
    let at = headers.iter().position(|h| h == header).expect("this column");
    let line = reader.records().next().expect("a line").expect("it reads");
    line[at].to_owned()
}

const EARLIER: &str =
    "id,الاسم,Age\n1,سليم يوسف الحداد,34\n2,ليلى فؤاد نجار,40\n3,كريم نبيل صباغ,51\n";
const LATER: &str = "id,الاسم,Age\n3,كريم نبيل صباغ,52\n1,سليم يوسف الحداد,34\n4,هالة نبيل صباغ,9\n5,عمر رشيد قصاب,22\n";

#[test]
fn a_newer_file_under_the_same_path_is_an_edition() {
    let place = Place::new();
    place.write("list.csv", EARLIER.as_bytes());
    assert_eq!(place.report("register", "out").status.code(), Some(0));
    assert_eq!(lists(&place, &["--changes"]).lines().count(), 1, "one edition, no change");
    place.write("list.csv", LATER.as_bytes());
    assert_eq!(place.report("register", "out").status.code(), Some(0));
    assert_eq!(place.json("out")["totals"]["records"], 4);
    let counts = lists(&place, &["--changes"]);
    let cells: Vec<String> = ["in_both", "withdrawn", "new", "changed", "rows_by", "fields"]
        .map(|header| first(&counts, header))
        .to_vec();
    assert_eq!(cells, ["2", "1", "2", "1", "column id", "Age 1"], "{counts}");
    let rows = lists(&place, &["list.csv", "--changes", "--rows"]);
    assert!(rows.contains("withdrawn by the source on "), "{rows}");
    assert_eq!(rows.lines().count(), 5, "{rows}");
    assert!(!rows.contains("نجار"), "rows are named by their numbers: {rows}");
    assert_eq!(lists(&place, &[]).lines().count(), 3, "both editions stay");
}

#[test]
fn a_file_from_elsewhere_is_told_to_be_an_edition() {
    let place = Place::new();
    place.write("list.csv", EARLIER.as_bytes());
    assert_eq!(place.report("register", "out").status.code(), Some(0));
    fs::write(place.path("september.csv"), LATER).expect("can be written");
    let add = |of: &str| place.run(&["add", "september.csv", "--edition-of", of, "-R", "register"]);
    let unknown = add("other.csv");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("sijil lists"), "{}", stderr(&unknown));
    let output = add("list.csv");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(first(&lists(&place, &["--changes"]), "withdrawn"), "1");
    assert_eq!(place.run(&["verify", "-R", "register"]).status.code(), Some(0));
}

#[test]
fn columns_are_saved_settled_and_used() {
    let place = Place::new();
    let list = "x,y,z\nسليم يوسف الحداد,34,أ\nليلى فؤاد نجار,40,ب\n";
    place.write("list.csv", list.as_bytes());
    let unread = place.report("register", "out");
    assert_eq!(unread.status.code(), Some(1), "no column of names is known");
    let saved = place.run(&["lists", "--save-columns", "material/list.csv", "--format", "csv"]);
    assert_eq!(saved.status.code(), Some(0), "{}", stderr(&saved));
    let path = place.material().join("list.csv.columns.toml");
    let columns = fs::read_to_string(&path).expect("it was written");
    let again = place.run(&["lists", "--save-columns", "material/list.csv"]);
    assert_ne!(again.status.code(), Some(0), "what a user settled is not overwritten");
    let settled = columns.replacen("role = \"other\"", "role = \"name\"", 1).replacen(
        "role = \"other\"",
        "role = \"age\"",
        1,
    );
    fs::write(&path, settled).expect("can be written");
    let read = place.report("register", "out");
    assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
    assert_eq!(place.json("out")["totals"]["records"], 2);
    let shown = first(&lists(&place, &[]), "columns");
    assert_eq!(shown, "x = name, y = age");
}

#[test]
fn the_official_lists_are_two_editions_of_one() {
    let april = shared("register/moh_gaza_2024-04-13.csv.gz");
    let september = shared("register/moh_gaza_2024-09-21.csv.gz");
    let (Some(april), Some(september)) = (april, september) else { return };
    let place = Place::new();
    place.write("moh.csv.gz", &fs::read(april).expect("readable"));
    assert_ne!(place.run(&["init", "register"]).status.code(), Some(4));
    let add = |arguments: &[&str]| {
        let output = place.run(arguments);
        let code = output.status.code();
        // The lists have cells that do not read: problems, named by row. No row is printed here.
        assert!(matches!(code, Some(0 | 1)), "{code:?}");
    };
    add(&["add", "material", "-R", "register"]);
    fs::write(place.path("later.csv.gz"), fs::read(september).expect("readable")).expect("written");
    add(&["add", "later.csv.gz", "--edition-of", "moh.csv.gz", "-R", "register"]);
    let counts = lists(&place, &["--changes"]);
    let cells = ["in_both", "withdrawn", "new"].map(|header| first(&counts, header));
    assert_eq!(cells, ["12691", "1449", "15494"]);
    let rows = lists(&place, &["--changes", "--rows"]);
    let withdrawn = rows.lines().filter(|line| line.contains("withdrawn by the source on "));
    assert_eq!(withdrawn.count(), 1449);
}
