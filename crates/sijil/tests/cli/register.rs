//! Commands on the register that a report leaves: count, trace, verify, log, claims.

use std::fs;

use crate::fixture::{Place, stderr, stdout};

#[test]
fn a_number_is_walked_back_to_its_bytes() {
    let place = Place::with_material();
    place.write(
        "lists/east.csv",
        b"Name,Age,Date of death,Place,Status,Cause of death\n\
          Nader Elias Khalil,60,2031-05-10,Hill; upper = 5%,civilian,shot; burnt\n\
          Adel Ramzi Hourani,30,2031-05-08,Jableh,soldier,shot=1\n",
    );
    place.report("register", "out");
    for limits in [
        vec!["--by", "party"],
        vec!["--by", "place"],
        vec!["--by", "cause,day"],
        vec!["--by", "governorate", "--from", "2031-05-08", "--to", "2031-05-10"],
        vec!["--by", "group", "--population", "civilians"],
        vec!["--population", "security-forces", "--from", "2031-05-01"],
    ] {
        let mut arguments = vec!["count", "-R", "register", "--format", "jsonl"];
        arguments.extend(&limits);
        let counted = place.run(&arguments);
        assert_eq!(counted.status.code(), Some(0), "{}", stderr(&counted));
        let text = stdout(&counted);
        let cells: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert!(!cells.is_empty(), "{limits:?}");
        for cell in cells {
            let name = cell["cell"].as_str().expect("a name");
            let traced = place.run(&["trace", name, "-R", "register", "--format", "json"]);
            assert_eq!(traced.status.code(), Some(0), "{name}: {}", stderr(&traced));
            let node: serde_json::Value = serde_json::from_slice(&traced.stdout).expect("JSON");
            assert!(reaches_an_item(&node), "{name} ends before the bytes");
            let best = format!("best {} (", cell["best"]).replace("null", "open");
            let said = node["text"].as_str().expect("a text");
            assert!(said.contains(&best), "{name}: not {best} but {said}");
            if name.starts_with("documented") {
                let persons = node["behind"].as_array().expect("a list").len();
                assert_eq!(cell["best"], persons, "{name}");
            }
        }
    }
    let unknown = place.run(&["trace", "documented:population=nobody", "-R", "register"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn judgements_stand_in_the_way_back() {
    let place = Place::with_material();
    place.report("register", "out");
    let traced = place.run(&["trace", "documented:", "-R", "register"]);
    let text = stdout(&traced);
    let line = text.lines().find(|line| line.contains("judgement")).expect("a judgement");
    for word in ["same, by rule linkage", "probability 0.", "name"] {
        assert!(line.contains(word), "{word}: {line}");
    }
}

/// Whether every way down from `node` ends at an item.
fn reaches_an_item(node: &serde_json::Value) -> bool {
    let behind = node["behind"].as_array().expect("a list");
    if behind.is_empty() {
        return node["kind"] == "item" && node["id"].as_str().is_some_and(|id| id.len() == 64);
    }
    behind.iter().all(reaches_an_item)
}

#[test]
fn the_total_as_of_an_early_entry_is_what_it_was() {
    let place = Place::with_material();
    place.report("register", "out");
    let total = |place: &Place, as_of: Option<&str>| {
        let mut arguments = vec!["count", "-R", "register", "--format", "csv"];
        arguments.extend(as_of.iter().flat_map(|entry| ["--as-of", entry]));
        stdout(&place.run(&arguments))
    };
    let before = total(&place, None);
    let log = stdout(&place.run(&["log", "-R", "register", "--format", "csv"]));
    let last = (log.lines().count() - 2).to_string();
    place.write("lists/west.csv", b"Name,Age,Date of death\nNader Elias Khalil,60,2031-05-10\n");
    place.report("register", "out");
    assert_ne!(total(&place, None), before);
    assert_eq!(total(&place, Some(&last)), before);
}

#[test]
fn a_newer_version_of_a_file_takes_the_place_of_the_older() {
    let place = Place::with_material();
    place.report("register", "out");
    place.write("lists/south.csv", "الاسم,العمر\nليلى فؤاد نجار,40\n".as_bytes());
    place.report("register", "out");
    assert_eq!(place.json("out")["totals"]["records"], 6);
    assert_eq!(place.run(&["verify", "-R", "register"]).status.code(), Some(0));
}

#[test]
fn what_was_changed_behind_the_programs_back_is_named() {
    let place = Place::with_material();
    place.report("register", "out");
    let sound = place.run(&["verify", "-R", "register"]);
    assert_eq!(sound.status.code(), Some(0), "{}", stderr(&sound));
    let evidence = place.path("register/evidence");
    let original = fs::read_dir(&evidence)
        .expect("readable")
        .map(|entry| entry.expect("readable").path())
        .find(|path| path.file_name().is_some_and(|n| n.len() == 64))
        .expect("an original");
    let bytes = fs::read(&original).expect("readable");
    fs::remove_file(&original).expect("removable");
    let missing = place.run(&["verify", "-R", "register"]);
    assert_eq!(missing.status.code(), Some(3), "{}", stderr(&missing));
    let mut changed = bytes.clone();
    changed[0] ^= 1;
    fs::write(&original, changed).expect("writable");
    let flipped = place.run(&["verify", "-R", "register"]);
    assert_eq!(flipped.status.code(), Some(3));
    let name = original.file_name().expect("named").to_string_lossy().into_owned();
    assert!(stderr(&flipped).contains(&name), "{}", stderr(&flipped));
    fs::write(&original, bytes).expect("writable");
    assert_eq!(place.run(&["verify", "-R", "register"]).status.code(), Some(0));
    for (sql, what) in [
        ("UPDATE ledger SET body = replace(body, 'add', 'sub') || ' ' WHERE number = 0", "entry 0"),
        ("UPDATE statement SET body = replace(body, '41', '14')", "statement rows of ledger entry"),
        ("UPDATE membership SET person = 'p-0000000000'", "membership rows of ledger entry"),
        ("DELETE FROM ledger WHERE number = (SELECT MAX(number) FROM ledger)", "missing"),
    ] {
        let copy = place.path("copy");
        let _ = fs::remove_dir_all(&copy);
        copy_folder(&place.path("register"), &copy);
        let db = rusqlite::Connection::open(copy.join("sijil.db")).expect("opens");
        db.execute(sql, []).expect("the forger's change");
        drop(db);
        let output = place.run(&["verify", "-R", "copy"]);
        assert_eq!(output.status.code(), Some(3), "{sql}: {}", stderr(&output));
        assert!(stderr(&output).contains(what), "{sql}: {}", stderr(&output));
    }
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).expect("can be made");
    for entry in fs::read_dir(from).expect("readable") {
        let entry = entry.expect("readable");
        if entry.file_type().expect("has a type").is_dir() {
            copy_folder(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
        }
    }
}

#[test]
fn claims_of_bare_files_have_the_fields_of_the_contract() {
    let place = Place::with_material();
    let output = place.run(&["claims", "material/reports/monitor.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = fs::read_to_string(place.material().join("reports/monitor.txt")).expect("UTF-8");
    let points: Vec<char> = text.chars().collect();
    let mut surfaces = Vec::new();
    for line in stdout(&output).lines() {
        let claim: serde_json::Value = serde_json::from_str(line).expect("one object a line");
        let at =
            |field: &str| usize::try_from(claim[field].as_u64().expect("offset")).expect("fits");
        let slice: String = points[at("start")..at("end")].iter().collect();
        assert_eq!(claim["surface"], slice);
        assert_eq!(claim["article"], "monitor");
        surfaces.push(slice);
    }
    assert!(surfaces.iter().any(|s| s.contains("41")), "{surfaces:?}");
    assert!(surfaces.iter().any(|s| s.starts_with("At least 9")), "{surfaces:?}");
}

#[test]
fn a_register_is_made_once_and_used_by_one_program() {
    let place = Place::with_material();
    assert_eq!(place.run(&["init", "register"]).status.code(), Some(0));
    assert_eq!(place.run(&["init", "register"]).status.code(), Some(2));
    let added = place.run(&["add", "material", "-R", "register"]);
    assert_eq!(added.status.code(), Some(0), "{}", stderr(&added));
    let held = sijil::register::Register::open(&place.path("register")).expect("opens");
    let refused = place.run(&["log", "-R", "register"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("in use"), "{}", stderr(&refused));
    drop(held);
    // Readers stand beside each other, writers beside nobody.
    let held = sijil::register::Register::read(&place.path("register")).expect("opens");
    for command in ["log", "count", "verify", "claims"] {
        let read = place.run(&[command, "-R", "register"]);
        assert_eq!(read.status.code(), Some(0), "{command}: {}", stderr(&read));
    }
    assert_eq!(place.run(&["add", "material", "-R", "register"]).status.code(), Some(2));
    drop(held);
    assert_eq!(place.run(&["add", "material", "-R", "register"]).status.code(), Some(0));
}

#[test]
fn reading_changes_nothing_in_the_folder() {
    let place = Place::with_material();
    place.report("register", "out");
    let state = || -> Vec<(String, u64, std::time::SystemTime)> {
        let mut all = Vec::new();
        for folder in ["register", "register/evidence"] {
            for entry in fs::read_dir(place.path(folder)).expect("readable") {
                let entry = entry.expect("readable");
                let about = entry.metadata().expect("there");
                let name = entry.file_name().to_string_lossy().into_owned();
                all.push((name, about.len(), about.modified().expect("known")));
            }
        }
        all.sort();
        all
    };
    let before = state();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for folder in ["register", "register/evidence"] {
            let closed = fs::Permissions::from_mode(0o555);
            fs::set_permissions(place.path(folder), closed).expect("can be closed");
        }
    }
    for command in ["verify", "log", "count", "claims"] {
        let read = place.run(&[command, "-R", "register"]);
        assert_eq!(read.status.code(), Some(0), "{command}: {}", stderr(&read));
        assert_eq!(state(), before, "{command}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for folder in ["register", "register/evidence"] {
            let open = fs::Permissions::from_mode(0o755);
            fs::set_permissions(place.path(folder), open).expect("can be opened");
        }
    }
}

#[test]
fn a_broken_database_is_told_from_an_error_of_the_program() {
    let place = Place::with_material();
    place.report("register", "out");
    let path = place.path("register/sijil.db");
    let whole = fs::read(&path).expect("readable");
    for (what, bytes) in [
        ("nothing", Vec::new()),
        ("noise", vec![7; 5000]),
        ("half of it", whole[..whole.len() / 2].to_vec()),
        ("a hole", [&whole[..4096], &vec![0; whole.len() - 4096]].concat()),
    ] {
        fs::write(&path, bytes).expect("writable");
        for arguments in [
            vec!["verify", "-R", "register"],
            vec!["count", "-R", "register"],
            vec!["add", "material", "-R", "register"],
        ] {
            let output = place.run(&arguments);
            assert_eq!(output.status.code(), Some(3), "{what}, {arguments:?}: {}", stderr(&output));
            assert!(stderr(&output).contains("sijil.db"), "{what}: {}", stderr(&output));
        }
    }
}

#[test]
fn every_register_says_how_it_began() {
    let place = Place::with_material();
    place.report("register", "out");
    let log = stdout(&place.run(&["log", "-R", "register", "--format", "jsonl"]));
    let first: serde_json::Value =
        serde_json::from_str(log.lines().next().expect("an entry")).expect("JSON");
    assert_eq!(first["kind"], "init");
    assert_eq!(first["body"]["public_key"].as_str().map(str::len), Some(64));
}

#[test]
fn accounts_stand_side_by_side_with_the_latest_figure_of_each() {
    let place = Place::with_material();
    place.report("register", "out");
    let listed = place.run(&["accounts", "-R", "register", "--format", "csv"]);
    assert_eq!(listed.status.code(), Some(0), "{}", stderr(&listed));
    let mut rows = csv::Reader::from_reader(listed.stdout.as_slice());
    let rows: Vec<csv::StringRecord> = rows.records().map(|r| r.expect("CSV")).collect();
    let office: Vec<&csv::StringRecord> =
        rows.iter().filter(|r| &r[0] == "Hills Monitoring Office").collect();
    assert!(office.iter().any(|r| &r[3] == "41" && &r[6] == "civilians"), "{office:?}");
    let none = place.run(&["accounts", "-R", "register", "--source", "nobody", "--format", "csv"]);
    assert_eq!(stdout(&none).lines().count(), 1, "only the header");
}

#[test]
fn a_program_that_is_just_ending_is_waited_for() {
    let place = Place::with_material();
    assert_eq!(place.run(&["init", "register"]).status.code(), Some(0));
    let held = sijil::register::Register::open(&place.path("register")).expect("opens");
    let ending = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(150));
        drop(held);
    });
    let log = place.run(&["log", "-R", "register"]);
    assert_eq!(log.status.code(), Some(0), "{}", stderr(&log));
    ending.join().expect("ends");
}
