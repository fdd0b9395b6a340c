//! Evidence for a hostile expert: bundles checked by the small program, heads kept elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::fixture::{Place, stderr, stdout};

fn reported() -> Place {
    let place = Place::with_material();
    let output = place.report("register", "out");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    place
}

fn bundle(place: &Place, what: &str) -> PathBuf {
    let output = place.run(&["bundle", what, "-o", "bundle.zip", "-R", "register"]);
    assert_eq!(output.status.code(), Some(0), "{what}: {}", stderr(&output));
    place.path("bundle.zip")
}

/// First column of the first row of a table that a command or report gives.
fn first(text: &str) -> String {
    text.lines().nth(1).and_then(|line| line.split(',').next()).expect("a row").to_owned()
}

/// The files of a bundle, unpacked.
fn unpacked(place: &Place, archive: &Path) -> (PathBuf, BTreeMap<String, Vec<u8>>) {
    let folder = place.path("unpacked");
    let mut zip = zip::ZipArchive::new(fs::File::open(archive).expect("there")).expect("a ZIP");
    zip.extract(&folder).expect("unpacks");
    let mut files = BTreeMap::new();
    let names: Vec<String> = zip.file_names().map(|n| n.expect("a name").into_owned()).collect();
    for name in names {
        files.insert(name.clone(), fs::read(folder.join(&name)).expect("readable"));
    }
    (folder, files)
}

#[test]
fn what_is_bundled_verifies_without_us() {
    let place = reported();
    let read = |name: &str| fs::read_to_string(place.path("out").join(name)).expect("written");
    let incidents = place.run(&["incidents", "-R", "register", "--format", "csv"]);
    for what in [
        first(&read("persons.csv")),
        first(&read("claims.csv")),
        first(&stdout(&incidents)),
        "documented:party=gunmen".to_owned(),
        "reported:".to_owned(),
    ] {
        let told = sijil_verify::check(&bundle(&place, &what)).expect("a bundle");
        assert!(told.findings.is_empty(), "{what}: {:?}", told.findings);
        assert!(told.checked.iter().all(|checked| *checked > 0), "{what}: {:?}", told.checked);
        let verified = stdout(&place.run(&["verify", "-R", "register"]));
        assert!(verified.contains(&told.root), "{verified}");
    }
    let nobody = place.run(&["bundle", "p-none", "-o", "x.zip", "-R", "register"]);
    assert_eq!(nobody.status.code(), Some(2));
}

#[test]
fn any_flipped_bit_of_a_bundle_is_found() {
    let place = reported();
    let person = first(&fs::read_to_string(place.path("out/persons.csv")).expect("written"));
    let archive = bundle(&place, &person);
    let (folder, files) = unpacked(&place, &archive);
    assert!(sijil_verify::check(&folder).expect("a bundle").findings.is_empty());
    let mut flipped = 0;
    for (name, bytes) in &files {
        // The table of contents proves nothing by itself; what it lists does.
        if name == "bundle.json" {
            continue;
        }
        let step = (bytes.len() / 40).max(1);
        for at in (0..bytes.len()).step_by(step) {
            let mut forged = bytes.clone();
            forged[at] ^= 1 << (at % 8);
            fs::write(folder.join(name), &forged).expect("written");
            let told = sijil_verify::check(&folder).expect("still a bundle");
            // Space between the values of a JSON file is not what it says.
            let same = serde_json::from_slice::<serde_json::Value>(&forged).ok()
                == serde_json::from_slice(bytes).ok();
            let is_json = name.ends_with(".json") && same;
            assert!(is_json || !told.findings.is_empty(), "{name}, byte {at}");
            flipped += 1;
        }
        fs::write(folder.join(name), bytes).expect("written");
        fs::remove_file(folder.join(name)).expect("removed");
        assert!(!sijil_verify::check(&folder).expect("a bundle").findings.is_empty(), "{name}");
        fs::write(folder.join(name), bytes).expect("written");
    }
    assert!(flipped > 200, "only {flipped} bits were flipped");
    fs::write(folder.join("items/slipped-in"), b"x").expect("written");
    let told = sijil_verify::check(&folder).expect("a bundle");
    assert_eq!(told.findings.len(), 1, "{:?}", told.findings);
}

type Change<'c> = &'c dyn Fn(&mut serde_json::Value);

#[test]
fn a_way_that_rests_on_nothing_is_found() {
    let place = reported();
    let claim = first(&fs::read_to_string(place.path("out/claims.csv")).expect("written"));
    let archive = bundle(&place, &claim);
    let (folder, files) = unpacked(&place, &archive);
    let contents: serde_json::Value = serde_json::from_slice(&files["bundle.json"]).expect("JSON");
    let forge = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut forged = contents.clone();
        change(&mut forged);
        fs::write(folder.join("bundle.json"), forged.to_string()).expect("written");
        sijil_verify::check(&folder).expect("a bundle").findings
    };
    assert_eq!(forge(&|_| {}), [""; 0]);
    let other = |text: &str| serde_json::json!(text.replace(['0', '1', '2'], "3"));
    let steps: [(&str, Change<'_>); 6] = [
        ("claim", &|json| json["way"]["id"] = other(json["way"]["id"].as_str().expect("an id"))),
        ("span", &|json| json["way"]["behind"][0]["id"] = serde_json::json!("1..2")),
        ("item", &|json| json["way"]["behind"][0]["behind"][0]["id"] = serde_json::json!("ab")),
        ("key", &|json| json["public_key"] = serde_json::json!("00".repeat(32))),
        ("size", &|json| json["head"]["size"] = serde_json::json!(3)),
        ("proof", &|json| json["entries"][1]["proof"][0] = serde_json::json!("00".repeat(32))),
    ];
    for (what, change) in steps {
        assert!(!forge(change).is_empty(), "{what}");
    }
    assert!(sijil_verify::check(&place.path("out/claims.csv")).is_err(), "no bundle at all");
}

#[test]
fn a_backup_is_the_same_register_or_is_refused() {
    let place = reported();
    let backed_up = place.run(&["backup", "copy", "-R", "register"]);
    assert_eq!(backed_up.status.code(), Some(0), "{}", stderr(&backed_up));
    let root = |register: &str| {
        let said = stdout(&place.run(&["verify", "-R", register]));
        said.rsplit("root ").next().map(str::to_owned).expect("a root")
    };
    let known = root("register");
    fs::remove_dir_all(place.path("register")).expect("gone");
    assert_eq!(root("copy"), known);
    assert!(stdout(&backed_up).contains(known.trim()));
    // The copy goes on as the register did.
    place.report("copy", "out");
    let again = place.run(&["backup", "copy", "-R", "copy"]);
    assert_eq!(again.status.code(), Some(2), "a backup is never written over");
    // Cut anywhere, it is named, not taken for whole.
    let database = place.path("copy/sijil.db");
    let whole = fs::read(&database).expect("readable");
    for nth in 1..40 {
        fs::write(&database, &whole[..whole.len() * nth / 40]).expect("written");
        let code = place.run(&["verify", "-R", "copy"]).status.code();
        assert_eq!(code, Some(3), "cut to {nth} parts of 40");
    }
}

fn head(place: &Place, arguments: &[&str], file: &str) {
    let output = place.run(&[&["head", "-R", "register"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    fs::write(place.path(file), output.stdout).expect("written");
}

#[test]
fn a_head_kept_elsewhere_shows_a_rollback_and_a_rewritten_history() {
    let place = reported();
    let copy = |from: &str, to: &str| {
        let target = place.path(to);
        let _ = fs::remove_dir_all(&target);
        fs::create_dir_all(target.join("evidence")).expect("a folder");
        for folder in ["", "evidence"] {
            for entry in fs::read_dir(place.path(from).join(folder)).expect("there") {
                let entry = entry.expect("readable");
                if entry.path().is_file() {
                    fs::copy(entry.path(), target.join(folder).join(entry.file_name()))
                        .expect("copied");
                }
            }
        }
    };
    copy("register", "older");
    place.write("lists/west.csv", b"Name,Age\nNader Elias Khalil,60\n");
    place.report("register", "out");
    head(&place, &[], "kept.json");
    let verify = |register: &str| {
        let output = place.run(&["verify", "--head", "kept.json", "-R", register]);
        (output.status.code(), stderr(&output))
    };
    assert_eq!(verify("register").0, Some(0));
    let (code, said) = verify("older");
    assert!(code == Some(3) && said.contains("rolled back"), "{said}");
    // The older copy goes on another way, and is as long: each verifies by itself.
    place.write("lists/west.csv", b"Name,Age\nAdel Ramzi Hourani,30\n");
    place.report("older", "out");
    place.write("lists/west.csv", b"Name,Age\nAdel Ramzi Hourani,31\n");
    place.report("older", "out");
    assert_eq!(place.run(&["verify", "-R", "older"]).status.code(), Some(0));
    let (code, said) = verify("older");
    assert!(code == Some(3) && said.contains("rewritten"), "{said}");
}

#[test]
fn a_witness_cosigns_what_continues_and_nothing_else() {
    let place = reported();
    assert_eq!(place.run(&["init", "-R", "office"]).status.code(), Some(0));
    head(&place, &[], "first.json");
    let witness = |file: &str| {
        let output = place.run(&["witness", file, "-R", "office", "--by", "Salma"]);
        (output.status.code(), stdout(&output), stderr(&output))
    };
    let (code, cosigned, _) = witness("first.json");
    assert_eq!(code, Some(0));
    fs::write(place.path("cosigned.json"), &cosigned).expect("written");
    let verify = |file: &str| place.run(&["verify", "--head", file, "-R", "register"]);
    assert_eq!(verify("cosigned.json").status.code(), Some(0));
    let forged = cosigned.replace("\"signature\": \"", "\"signature\": \"00");
    fs::write(place.path("forged.json"), forged).expect("written");
    assert_eq!(verify("forged.json").status.code(), Some(3));

    place.write("lists/west.csv", b"Name,Age\nNader Elias Khalil,60\n");
    place.report("register", "out");
    head(&place, &[], "bare.json");
    let (code, _, said) = witness("bare.json");
    assert!(code == Some(2) && said.contains("--since"), "{said}");
    head(&place, &["--since", "first.json"], "second.json");
    assert_eq!(witness("second.json").0, Some(0));
    let (code, _, said) = witness("first.json");
    assert!(code == Some(2) && said.contains("rolled back"), "{said}");
    assert_eq!(place.run(&["verify", "-R", "office"]).status.code(), Some(0));
}
