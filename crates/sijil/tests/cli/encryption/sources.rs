//! A thousand sealed sources: who they are is in no output, no file, no ledger entry, no error.
//!
//! In a plain register on purpose: identities are sealed to people, not by the register's own key.

use std::io::Write;
use std::process::{Output, Stdio};

use sijil::model::FixedClock;
use sijil::model::entity::SourceKind;
use sijil::register::Register;
use sijil::work::{self, Hand, PrivateKey, Sealing};

use super::planted::{Search, secret};
use super::tree;
use crate::fixture::{Place, stderr, stdout};

const SOURCES: usize = 1000;

fn identity(number: usize) -> String {
    // A name, a number and a place each; all of them are searched for.
    format!("{}\n{}\n{}", secret(4 * number), secret(4 * number + 2), secret(4 * number + 3))
}

fn code(number: usize) -> String {
    format!("W-{number}")
}

/// A place with a register that has the material and a thousand sealed sources, and the key of the
/// person who may know them.
fn sealed() -> (Place, PrivateKey) {
    let place = Place::with_material();
    let said = "Source: W-7\nPublished: 2031-05-14\n\nAt least 5 people were killed in Homs.\n";
    place.write("reports/witness.txt", said.as_bytes());
    assert_eq!(place.report("register", "out").status.code(), Some(0));
    let clock = FixedClock("2031-06-01T09:00:00Z".parse().expect("a time"));
    let hand = Hand { name: "Rana", clock: &clock };
    let key = work::new_private_key("Rana").expect("a key");
    let mut register = Register::open(&place.path("register")).expect("opens");
    for number in 0..SOURCES {
        let sealing = Sealing {
            code: &code(number),
            kind: SourceKind::Witness,
            identity: &identity(number),
            to: &[key.person()],
            again: false,
        };
        work::seal_source(&mut register, &sealing, hand).expect("sealed");
    }
    (place, key)
}

/// Every command that can tell anything, and some that fail.
const COMMANDS: &[&[&str]] = &[
    &["report", "material", "-R", "register", "-o", "out", "--names"],
    &["publish", "-R", "register", "-o", "published", "--names"],
    &["sources", "-R", "register", "--format", "json"],
    &["sources", "show", "W-7", "--unseal", "other", "-R", "register"],
    &["sources", "show", "W-7", "--unseal", "words", "-R", "register"],
    &["sources", "seal", "W-7", "--to", "other.pub", "-R", "register"],
    &["responses", "-R", "register", "--format", "json"],
    &["claims", "-R", "register", "--format", "jsonl"],
    &["accounts", "-R", "register", "--format", "json"],
    &["incidents", "-R", "register", "--format", "json"],
    &["grades", "-R", "register", "--format", "json"],
    &["count", "--by", "party,day", "-R", "register", "--format", "json"],
    &["trace", "reported:", "-R", "register"],
    &["search", "W-7", "-R", "register", "--format", "json"],
    &["search", "Nusrawi", "-R", "register", "--format", "json"],
    &["search", "Qaryat", "-R", "register", "--format", "json"],
    &["log", "-R", "register", "--format", "json"],
    &["verify", "-R", "register"],
    &["head", "-R", "register"],
    &["lists", "-R", "register"],
    &["media", "-R", "register"],
    &["bundle", "reported:", "-R", "register", "-o", "bundle.zip"],
    &["bundle", "documented:", "-R", "register", "-o", "persons.zip"],
    &["export", "--as", "toml", "-R", "register", "-o", "export.toml", "--names"],
    &["export", "--as", "ftm", "-R", "register", "-o", "export.ftm", "--names"],
    &["export", "--as", "geojson", "-R", "register", "-o", "export.geojson", "--names"],
    &["backup", "copy", "-R", "register"],
];

#[test]
fn of_a_thousand_sealed_sources_no_identity_is_anywhere() {
    let (place, key) = sealed();
    let other = place.run(&["key", "other", "--by", "Omar"]);
    assert_eq!(other.status.code(), Some(0), "{}", stderr(&other));
    std::fs::write(place.path("words"), "not a key").expect("written");
    let mut said = Vec::new();
    for command in COMMANDS {
        let output = place.run(command);
        assert!(
            output.status.code().is_some_and(|code| code < 3),
            "{command:?}: {}",
            stderr(&output)
        );
        said.extend(output.stdout);
        said.extend(output.stderr);
    }
    let told = String::from_utf8_lossy(&said).into_owned();
    assert!(told.contains("W-7"), "the code name is told");
    std::fs::write(place.path("said"), &said).expect("written");
    // Archives are searched unpacked as well.
    for archive in ["bundle.zip", "persons.zip"] {
        let file = std::fs::File::open(place.path(archive)).expect("written");
        let unpacked = place.path(&format!("{archive} unpacked"));
        zip::ZipArchive::new(file).expect("a ZIP").extract(unpacked).expect("unpacks");
    }
    let search = Search::new();
    let (found, _) = search.of(place.root.path());
    let found: Vec<String> = found.into_iter().map(secret).collect();
    assert!(found.is_empty(), "{} found: {found:?}", found.len());

    // They are all there, for the one who may know; then they would be found.
    let register = Register::read(&place.path("register")).expect("opens");
    let mut all = String::new();
    for number in 0..SOURCES {
        let shown = work::unseal_source(&register, &code(number), &key).expect("opens");
        assert_eq!(*shown, identity(number));
        all.push_str(&shown);
        all.push('\n');
    }
    std::fs::write(place.path("all"), all).expect("written");
    assert_eq!(search.of(place.root.path()).0.len(), 3 * SOURCES);
}

/// Runs a command with words on its standard input.
fn told(place: &Place, arguments: &[&str], words: &str) -> Output {
    let mut command = place.command();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("starts");
    child.stdin.take().expect("piped").write_all(words.as_bytes()).expect("taken");
    child.wait_with_output().expect("ends")
}

#[test]
fn an_identity_is_shown_to_those_it_is_sealed_to_alone() {
    let place = Place::new();
    for arguments in [
        &["init", "-R", "register"][..],
        &["key", "rana", "--by", "Rana"],
        &["key", "omar", "--by", "Omar"],
        &["key", "huda", "--by", "Huda"],
    ] {
        assert_eq!(place.run(arguments).status.code(), Some(0), "{arguments:?}");
    }
    let again = place.run(&["key", "rana", "--by", "Rana"]);
    assert_eq!(again.status.code(), Some(2), "a key is not written over");

    let seal =
        ["sources", "seal", "W-17", "--to", "rana.pub", "--to", "omar.pub", "-R", "register"];
    let output = told(&place, &seal, "Umm Khalid, the red house\n");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output), "W-17: sealed to Rana, Omar\n");
    let show =
        |key: &str| place.run(&["sources", "show", "W-17", "--unseal", key, "-R", "register"]);
    for key in ["rana", "omar"] {
        assert_eq!(stdout(&show(key)), "Umm Khalid, the red house\n");
    }
    for key in ["huda", "rana.pub", "none"] {
        let refused = show(key);
        assert_eq!(refused.status.code(), Some(2), "{key}: {}", stderr(&refused));
        assert!(stdout(&refused).is_empty() && !stderr(&refused).contains("Khalid"), "{key}");
    }
    assert_eq!(told(&place, &seal, "somebody else").status.code(), Some(2), "sealed once");
    let replaced = told(&place, &[&seal[..], &["--again"]].concat(), "Umm Khalid, by the well");
    assert_eq!(replaced.status.code(), Some(0), "{}", stderr(&replaced));
    assert_eq!(stdout(&show("omar")), "Umm Khalid, by the well\n");
    let rest = "[[source]]\nid = \"W-17\"\nname = \"W-17\"\nkind = \"witness\"\n";
    std::fs::write(place.path("rest.toml"), rest).expect("written");
    let imported = place.run(&["import", "rest.toml", "-R", "register"]);
    assert_eq!(imported.status.code(), Some(0), "{}", stderr(&imported));
    assert_eq!(stdout(&show("rana")), "Umm Khalid, by the well\n", "kept beside the rest");
    assert_eq!(place.run(&["verify", "-R", "register"]).status.code(), Some(0));
    let listed = stdout(&place.run(&["sources", "-R", "register", "--format", "csv"]));
    assert!(listed.contains("W-17") && !listed.contains("Khalid"), "{listed}");
}

#[test]
fn what_would_give_an_identity_away_is_refused() {
    let place = Place::new();
    place.run(&["init", "-R", "register"]);
    place.run(&["key", "rana", "--by", "Rana"]);
    let known = "[[source]]\nid = \"khalid\"\nname = \"Umm Khalid\"\naliases = [\"أم خالد\"]\n";
    std::fs::write(place.path("known.toml"), known).expect("written");
    let imported = place.run(&["import", "known.toml", "-R", "register"]);
    assert_eq!(imported.status.code(), Some(0), "{}", stderr(&imported));
    let before = tree(&place.path("register"));
    for (code, identity, why) in [
        ("Khalid-2", "Umm KHALID of the mill", "has a word of the identity"),
        ("أم-خالد", "أُمّ خالد", "has a word of the identity"),
        ("W-1", "umm khalid\nthe mill", "stands in this register in plain"),
        ("W-1", "أم خالد", "stands in this register in plain"),
        ("W-1", "  \n", "give both"),
    ] {
        let arguments = ["sources", "seal", code, "--to", "rana.pub", "-R", "register"];
        let refused = told(&place, &arguments, identity);
        assert_eq!(refused.status.code(), Some(2), "{code}: {}", stderr(&refused));
        assert!(stderr(&refused).contains(why), "{code}: {}", stderr(&refused));
        assert!(!stderr(&refused).to_lowercase().contains("umm"), "{}", stderr(&refused));
    }
    assert_eq!(tree(&place.path("register")), before);
}
