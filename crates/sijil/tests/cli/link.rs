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
    let model = fs::read(place.path("linked/model.json")).expect("the model is written");
    let model: serde_json::Value = serde_json::from_slice(&model).expect("it is JSON");
    let levels = model["comparisons"][0]["levels"].as_array().expect("levels");
    assert!(levels.iter().all(|level| level["m"].is_f64() && level["u"].is_f64()));
    let blocks = table(&place, "linked/blocks.csv");
    assert_eq!(blocks[0]["pairs_compared"], "28", "eight rows are all compared");
}

#[test]
fn a_spec_that_was_saved_gives_the_same_again_and_can_be_changed() {
    let place = Place::new();
    place.write("list.csv", ONE_LIST.as_bytes());
    let clusters = |out: &str, more: &[&str]| {
        let mut arguments = vec!["link", "material/list.csv", "--id-column", "key", "--out", out];
        arguments.extend(more);
        let output = place.run(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        fs::read_to_string(place.path(out).join("clusters.csv")).expect("written")
    };
    let inferred = clusters("inferred", &["--save-spec", "spec.toml"]);
    assert_eq!(clusters("saved", &["--spec", "spec.toml"]), inferred);
    let spec = fs::read_to_string(place.path("spec.toml")).expect("saved");
    let known = spec.replace("\"Age\"", "\"Years\"");
    assert_ne!(known, spec, "the age is in the spec");
    fs::write(place.path("spec.toml"), known).expect("written");
    clusters("changed", &["--spec", "spec.toml"]);
    let model = fs::read_to_string(place.path("changed/model.json")).expect("written");
    let model: serde_json::Value = serde_json::from_str(&model).expect("it is JSON");
    let fields = model["comparisons"].as_array().expect("comparisons");
    let age = fields.iter().find(|field| field["field"] == "age").expect("the field stays");
    assert_eq!(age["filled"], 0.0, "no list has such a column");
}

#[test]
fn labels_bind_and_one_to_one_keeps_rows_of_a_list_apart() {
    let place = Place::new();
    place.write("list.csv", ONE_LIST.as_bytes());
    let cluster = |out: &str, key: &str, more: &[&str]| {
        let mut arguments = vec!["link", "material/list.csv", "--id-column", "key", "--out", out];
        arguments.extend(more);
        let output = place.run(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let rows = table(&place, &format!("{out}/clusters.csv"));
        rows.iter().find(|row| row["id"] == key).map(|row| row["cluster"].clone()).expect("a row")
    };
    assert_eq!(cluster("plain", "a", &[]), cluster("plain", "b", &[]));
    fs::write(place.path("labels.csv"), "a_id,b_id,label\na,b,no\nf,h,yes\nc,d,unsure\n")
        .expect("written");
    let labels = ["--labels", "labels.csv"];
    assert_ne!(cluster("judged", "a", &labels), cluster("judged", "b", &labels));
    assert_eq!(cluster("judged", "f", &labels), cluster("judged", "h", &labels));
    assert_eq!(cluster("judged", "c", &labels), cluster("judged", "d", &labels));
    place.write(
        "twice.csv",
        b"name,age\nSalim Yusuf Haddad,34\nSalim Yusuf Haddad,34\nOmar Qassab,22\n",
    );
    for (more, persons) in [(vec![], "persons   2"), (vec!["--one-to-one"], "persons   3")] {
        let mut arguments = vec!["link", "material/twice.csv", "--out", "twice"];
        arguments.extend(more);
        let output = place.run(&arguments);
        assert!(stdout(&output).contains(persons), "{persons}: {}", stdout(&output));
    }
}

#[test]
fn lists_that_say_nothing_end_in_sense() {
    let place = Place::new();
    let constant = format!("name,age,place\n{}", "Salim Haddad,34,Latakia\n".repeat(3000));
    let nameless = format!("name,age\n{}", "unknown,34\n".repeat(300));
    let empty =
        format!("name,father,date of death\n{}", "Salim Haddad,,\nOmar Qassab,,\n".repeat(20));
    for (name, text) in [("constant", &constant), ("nameless", &nameless), ("empty", &empty)] {
        place.write(&format!("{name}.csv"), text.as_bytes());
        let file = format!("material/{name}.csv");
        let output = place.run(&["link", &file, "--out", name]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", stderr(&output));
        let rows = table(&place, &format!("{name}/clusters.csv")).len();
        assert_eq!(rows, text.lines().count() - 1, "{name}: every row has its person");
    }
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

#[test]
fn new_rows_join_a_former_run_and_persons_keep_their_numbers() {
    let place = Place::with_material();
    let lines: Vec<&str> = ONE_LIST.lines().collect();
    let write = |name: &str, lines: &[&str]| {
        fs::write(place.path(name), lines.join("\n") + "\n").expect("it can be written");
    };
    write("list.csv", &lines[..8]);
    write("new.csv", &[lines[0], lines[8], lines[1]]);
    let run = |more: &[&str]| {
        let arguments = ["link", "list.csv", "--id-column", "key", "--truth", "who", "--out"];
        place.run(&[&arguments[..], more].concat())
    };
    assert_eq!(run(&["first"]).status.code(), Some(0));
    let output = run(&["second", "new.csv", "--since", "first"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("joined    2 rows that are new"), "{}", stdout(&output));
    let (before, after) =
        (table(&place, "first/clusters.csv"), table(&place, "second/clusters.csv"));
    assert_eq!(after[..before.len()], before, "numbers stay");
    assert_eq!(after.len(), 9);
    assert_eq!(after[8]["cluster"], before[0]["cluster"], "the same row again");
    assert!(before.iter().all(|row| row["cluster"] != after[7]["cluster"]), "somebody new");
    assert_eq!(table(&place, "second/changes.csv").len(), 0);
    // A run that was taken up can be taken up in its turn.
    let again = run(&["third", "new.csv", "--since", "second"]);
    assert_eq!(table(&place, "third/clusters.csv"), after, "{}", stderr(&again));
}

#[test]
fn a_former_run_that_does_not_fit_is_refused() {
    let place = Place::with_material();
    fs::write(place.path("list.csv"), ONE_LIST).expect("it can be written");
    let run =
        |file: &str, more: &[&str]| place.run(&[&["link", file, "--out", "out"], more].concat());
    assert_eq!(run("list.csv", &[]).status.code(), Some(0));
    let refused = |file: &str, words: &str| {
        let output = run(file, &["--since", "out"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(words), "{words}: {}", stderr(&output));
    };
    refused("material/lists/north.csv", "list.csv was linked before; name it again as well");
    fs::write(place.path("list.csv"), ONE_LIST.replace("Nader", "Samir")).expect("written");
    refused("list.csv", "rows that were linked before have changed; link all anew");
    fs::remove_file(place.path("out/model.json")).expect("it was written");
    refused("list.csv", "name the folder that `sijil link --out` wrote");
}

#[test]
fn pairs_that_are_asked_for_can_be_answered_in_the_same_file() {
    let place = Place::with_material();
    let list = format!("{ONE_LIST}i,p9,south,Karim Nabil Sabagh,Male,,,,\n");
    fs::write(place.path("list.csv"), list).expect("it can be written");
    let run = |more: &[&str]| place.run(&[&["link", "list.csv", "--out", "out"], more].concat());
    assert_eq!(run(&["--ask", "3"]).status.code(), Some(0));
    let asked = fs::read_to_string(place.path("out/asked.csv")).expect("it is written");
    let pairs = table(&place, "out/asked.csv");
    assert!(!pairs.is_empty() && pairs.len() <= 3, "{asked}");
    let verdict = |word: &str| {
        let lines = asked.lines().enumerate();
        let answered: Vec<String> = lines
            .map(|(at, line)| if at == 0 { line.to_owned() } else { format!("{line}{word}") })
            .collect();
        fs::write(place.path("labels.csv"), answered.join("\n") + "\n").expect("written");
        assert_eq!(run(&["--labels", "labels.csv"]).status.code(), Some(0));
        let clusters = table(&place, "out/clusters.csv");
        let of =
            |row: &str| clusters.iter().find(|r| r["row"] == row).map(|r| r["cluster"].clone());
        pairs.iter().all(|pair| of(&pair["a_row"]) == of(&pair["b_row"]))
    };
    assert!(verdict("yes") && !verdict("no"));
}

#[test]
fn the_page_of_diagnostics_shows_weights_and_no_names() {
    let place = Place::with_material();
    let lists = ["material/lists/north.csv", "material/lists/south.csv"];
    let output = place.run(&["link", lists[0], lists[1], "--out", "out"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let page = fs::read_to_string(place.path("out/diagnostics.html")).expect("it is written");
    for words in ["given name the same", "The surest pair", "What was compared", "<svg"] {
        assert!(page.contains(words), "{words}");
    }
    for sign in ["Haddad", "حداد", "Salim", "<script", "http://", "https://"] {
        assert!(!page.contains(sign), "{sign}");
    }
}
