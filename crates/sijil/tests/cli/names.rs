//! `sijil names`: names in two columns compared, names of a list found, errors that help.

use crate::fixture::{Place, stderr, stdout};

const PAIRS: &str = "\
no,one,other
1,Salim Yusuf al-Haddad,سليم يوسف الحداد
2,Karim Nabil Sabbagh,\"Layla Fuad, Najjar\"
3,unidentified,Omar Qassab
";

const LIST: &str = "\
id,الاسم
1,سليم يوسف الحداد
2,كريم نبيل صباغ
3,ليلى فؤاد نجار
4,Omar Rashid Qassab
5,Omar Rashid Qassab
";

#[test]
fn every_row_gets_a_score_a_verdict_and_a_reason() {
    let place = Place::new();
    let pairs = place.write("pairs.csv", PAIRS.as_bytes());
    let file = pairs.to_str().expect("plain");
    let output = place.run(&["names", file, "--left", "one", "--right", "other"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers: Vec<String> =
        reader.headers().expect("headers").iter().map(str::to_owned).collect();
    assert_eq!(headers, ["no", "one", "other", "score", "same", "why"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    let verdicts: Vec<&str> = rows.iter().map(|row| &row[4]).collect();
    assert_eq!(verdicts, ["true", "false", "false"]);
    for row in &rows {
        let score: f64 = row[3].parse().expect("a number");
        assert!((0.0..=1.0).contains(&score), "{score}");
    }
    assert!(rows[0][5].contains("same in the other script"), "{}", &rows[0][5]);
    assert_eq!(&rows[1][2], "Layla Fuad, Najjar", "cells come out as they went in");
    assert_eq!(&rows[2][5], "the first is no name");
    let json =
        place.run(&["names", file, "--left", "one", "--right", "other", "--format", "jsonl"]);
    let first: serde_json::Value =
        serde_json::from_str(stdout(&json).lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["same"], true);
}

#[test]
fn the_nearest_names_of_a_list_are_found_across_scripts() {
    let place = Place::new();
    place.write("list.csv", LIST.as_bytes());
    let found = place.run(&[
        "names",
        "--query",
        "Saleem Yousef Haddad",
        "--in",
        "material/list.csv",
        "--column",
        "الاسم",
        "--top",
        "1",
    ]);
    assert_eq!(found.status.code(), Some(0), "{}", stderr(&found));
    let text = stdout(&found);
    assert!(text.starts_with("rank,name,score,same,why\n1,سليم يوسف الحداد,"), "{text}");
    assert_eq!(text.lines().count(), 2, "{text}");
}

#[test]
fn each_row_of_a_file_of_queries_is_looked_for() {
    let place = Place::new();
    place.write("list.csv", LIST.as_bytes());
    place.write("queries.csv", "who\nLayla Najjar\nعمر راشد قصاب\n".as_bytes());
    let found = place.run(&[
        "names",
        "--queries",
        "material/queries.csv",
        "--query-column",
        "who",
        "--in",
        "material/list.csv",
        "--column",
        "الاسم",
    ]);
    assert_eq!(found.status.code(), Some(0), "{}", stderr(&found));
    let text = stdout(&found);
    assert!(text.starts_with("query_row,rank,name,score\n"), "{text}");
    assert!(text.contains("\n2,1,ليلى فؤاد نجار,"), "{text}");
    assert!(text.contains("\n3,1,Omar Rashid Qassab,"), "{text}");
    assert_eq!(
        text.matches("Omar Rashid Qassab").count(),
        1,
        "a name twice listed is found once: {text}"
    );
}

#[test]
fn errors_of_names_say_what_to_do() {
    let place = Place::new();
    place.write("pairs.csv", PAIRS.as_bytes());
    place.write("note.txt", b"no table\n");
    let file = "material/pairs.csv";
    for (arguments, told) in [
        (vec!["names", file, "--left", "one", "--right", "two"], "no, one, other"),
        (vec!["names", "material/note.txt", "--left", "a", "--right", "b"], "csv or xlsx"),
        (vec!["names", "absent.csv", "--left", "a", "--right", "b"], "cannot be read"),
        (vec!["names", file, "--left", "one"], "--right"),
        (vec!["names", "--query", "Omar", "--in", file], "--column"),
        (vec!["names"], "--query"),
    ] {
        let output = place.run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(told), "{arguments:?}: {}", stderr(&output));
    }
}
