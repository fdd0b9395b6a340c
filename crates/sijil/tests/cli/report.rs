//! The main job: complete, repeatable, and silent where nothing is wrong.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::fixture::{Place, stderr, stdout};

#[test]
fn a_report_has_all_its_files_and_says_what_it_counted() {
    let place = Place::with_material();
    let output = place.report("register", "out");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let names: Vec<String> = place.files("out").into_keys().collect();
    for name in
        ["accounts.csv", "claims.csv", "figures.csv", "index.html", "persons.csv", "report.json"]
    {
        assert!(names.iter().any(|n| n == name), "{name} is missing among {names:?}");
    }
    let json = place.json("out");
    assert_eq!(json["totals"]["records"], 8);
    assert_eq!(json["totals"]["persons"], 6, "two men stand on both lists");
    assert!(stdout(&output).contains("6 persons"), "{}", stdout(&output));
    assert!(stdout(&output).contains("index.html"), "{}", stdout(&output));
}

#[test]
fn a_second_run_adds_nothing_and_writes_the_same_bytes() {
    let place = Place::with_material();
    place.report("register", "out");
    let first = place.files("out");
    let log = stdout(&place.run(&["log", "-R", "register", "--format", "jsonl"]));
    let output = place.report("register", "out");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(place.files("out"), first);
    assert_eq!(stdout(&place.run(&["log", "-R", "register", "--format", "jsonl"])), log);
    // Another register, another output folder: still the same bytes.
    place.report("register-2", "out-2");
    assert_eq!(place.files("out-2"), first);
}

#[test]
fn one_thread_and_four_write_the_same_bytes() {
    let place = Place::with_material();
    for threads in ["1", "4"] {
        let out = format!("out-{threads}");
        let arguments = place.report_arguments(&format!("register-{threads}"), &out);
        let output = place.command().args(arguments).env("RAYON_NUM_THREADS", threads).output();
        let output = output.expect("the program starts");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    assert_eq!(place.files("out-1"), place.files("out-4"));
}

#[test]
fn output_and_register_inside_the_folder_are_not_taken_in() {
    let place = Place::with_material();
    for _ in 0..2 {
        let output = place.run(&["report", "material", "-o", "material/out", "-R", "material/reg"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    assert_eq!(place.json("material/out")["totals"]["items"], 4);
}

#[test]
fn names_of_victims_stay_in_the_register_unless_asked_for() {
    let place = Place::with_material();
    place.report("register", "out");
    for (name, bytes) in place.files("out") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for victim in ["Haddad", "Sabbagh", "الحداد", "Qassab"] {
            assert!(!text.contains(victim), "{victim} stands in {name}");
        }
    }
    let mut arguments = place.report_arguments("register", "named");
    arguments.push("--names".into());
    assert_eq!(place.run(&arguments).status.code(), Some(0));
    let page = String::from_utf8(place.files("named")["index.html"].clone()).expect("UTF-8");
    assert!(page.contains("Haddad"));
}

#[test]
fn the_page_loads_nothing_from_anywhere() {
    let place = Place::with_material();
    place.report("register", "out");
    let page = String::from_utf8(place.files("out")["index.html"].clone()).expect("UTF-8");
    for load in ["src=\"http", "href=\"http", "url(http", "@import", "<link", "<iframe"] {
        assert!(!page.contains(load), "the page has {load}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn wrong_use_ends_with_code_2_and_says_what_to_do() {
    let place = Place::new();
    for (arguments, hint) in [
        (vec!["report", "nowhere"], "name a folder"),
        (vec!["verify", "-R", "nowhere"], "sijil init"),
        (vec!["count", "--by", "colour"], "possible values"),
        (vec!["claims", "nowhere.txt"], "cannot be read"),
    ] {
        let output = place.run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(hint), "{arguments:?}: {}", stderr(&output));
    }
}

/// An article that names victims: in its title, alone, two in a sentence, and beside a figure.
const NAMED: &str = "\
Title: Yasin Barakat Zaytun killed in the hills
Source: Valley News
Published: 2031-05-12

Yasin Barakat Zaytun, 34, was killed in Jableh on Thursday, his neighbours told Valley News.

Gunmen killed Nizar Halabi Qasim, and Yasin Barakat Zaytun was killed later, residents said. At least 14 \
civilians were killed in Jableh on Friday beside Nizar Halabi Qasim, the Hills Monitoring Office said.
";

#[test]
fn victims_named_in_texts_are_masked_unless_asked_for() {
    let place = Place::new();
    place.write("named.txt", NAMED.as_bytes());
    place.write("list.csv", b"Name,Age,Date of death\nHanna Elias Makhoul,60,2031-05-08\n");
    place.write("other.txt", b"Nine people died.\n\nHanna Elias Makhoul was one of 9 killed.\n");
    place.report("register", "out");
    for (name, bytes) in place.files("out") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for victim in ["Zaytun", "ZAYTUN", "Yasin", "Nizar", "Qasim", "Makhoul"] {
            assert!(!text.contains(victim), "{victim} stands in {name}");
        }
    }
    let json = place.json("out");
    let claims = json["claims"].as_array().expect("a list");
    let named = claims.iter().filter(|line| line["claim"]["surface"] == "•••").count();
    assert!(named >= 2, "the claims of named victims are kept: {claims:?}");
    for line in claims {
        let mark = usize::try_from(line["mark"].as_u64().expect("a number")).expect("small");
        let quote = &json["marks"][mark - 1]["quote"]["sentence"];
        let at = |name: &str| usize::try_from(quote[name].as_u64().expect("set")).expect("small");
        let points: Vec<char> = quote["sentence"].as_str().expect("a text").chars().collect();
        let marked: String = points[at("from")..at("to")].iter().collect();
        assert_eq!(line["claim"]["surface"], marked, "{quote}");
        assert_eq!(line["claim"]["names"], serde_json::json!([]));
    }
    let mut arguments = place.report_arguments("register", "named");
    arguments.push("--names".into());
    place.run(&arguments);
    let page = String::from_utf8(place.files("named")["index.html"].clone()).expect("UTF-8");
    assert!(page.contains("Nizar Halabi Qasim"));
    let csv = String::from_utf8(place.files("named")["claims.csv"].clone()).expect("UTF-8");
    assert!(csv.contains("Yasin Barakat Zaytun"));
}

#[test]
fn a_report_without_a_register_leaves_nothing_behind() {
    let place = Place::with_material();
    fs::create_dir(place.path("temporary")).expect("can be made");
    let left = || fs::read_dir(place.path("temporary")).expect("readable").count();
    let begun = || {
        let all = fs::read_dir(place.path("temporary")).expect("readable").flatten();
        all.map(|folder| folder.path()).any(|path| path.join("register/evidence/.lock").exists())
    };
    let report = || {
        let mut command = place.command();
        command.env("TMPDIR", place.path("temporary")).stdout(Stdio::null()).stderr(Stdio::null());
        command.args(["report", "material", "-o", "out"]);
        command
    };
    assert_eq!(report().status().expect("runs").code(), Some(0));
    assert_eq!(left(), 0);
    if !cfg!(target_os = "linux") {
        println!("skipped: signals are sent on Linux only");
        return;
    }
    // Broken off by the user: it is removed. Killed: the next report removes it.
    for signal in ["-INT", "-TERM", "-KILL"] {
        let mut child = report().spawn().expect("starts");
        while !begun() && child.try_wait().expect("a child").is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(20));
        let id = child.id().to_string();
        Command::new("kill").args([signal, &id]).status().expect("a signal is sent");
        child.wait().expect("ends");
        if signal != "-KILL" {
            assert_eq!(left(), 0, "after {signal}");
        }
    }
    assert_eq!(report().status().expect("runs").code(), Some(0));
    assert_eq!(left(), 0);
}
