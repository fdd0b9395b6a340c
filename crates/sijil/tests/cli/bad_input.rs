//! Bad input is data: each bad file is named in the report and the exit code, the rest is done.

use std::fs::{self, File};
use std::io::Write;

use crate::fixture::{Place, stderr};

/// Files and messages of the problems in a report.
fn problems(place: &Place, out: &str) -> Vec<(String, String)> {
    let json = place.json(out);
    let all = json["problems"].as_array().expect("a list");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    all.iter().map(|p| (text(&p["file"]), text(&p["message"]))).collect()
}

fn has(problems: &[(String, String)], file: &str) -> bool {
    problems.iter().any(|(name, _)| name == file)
}

#[test]
fn each_bad_file_is_named_and_the_rest_is_done() {
    let place = Place::with_material();
    place.write("empty.txt", b"");
    place.write("truncated.xlsx", &[b"PK\x03\x04".as_slice(), &[7; 300]].concat());
    // "الاسم;العمر;المكان" and two rows in Windows-1256, one of them short, one too long.
    let header = b"\xC7\xE1\xC7\xD3\xE3;\xC7\xE1\xDA\xE3\xD1;\xC7\xE1\xE3\xDF\xC7\xE4\n";
    let short = b"\xDD\xC4\xC7\xCF \xE4\xC8\xED\xE1;40\n";
    let long = b"\xD3\xC7\xE3\xED \xED\xE6\xD3\xDD;31;\xCC\xC8\xE1\xC9;x;y\n";
    place.write("ragged.csv", &[header.as_slice(), short, long].concat());
    let output = place.report("register", "out");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let found = problems(&place, "out");
    for file in ["empty.txt", "truncated.xlsx", "ragged.csv"] {
        assert!(has(&found, file), "{file} is not among {found:?}");
        assert!(stderr(&output).contains(file), "{}", stderr(&output));
    }
    // Both ragged rows are kept as records beside the eight of the good lists.
    assert_eq!(place.json("out")["totals"]["records"], 10);
    assert_eq!(place.json("out")["totals"]["items"], 7, "bad bytes are evidence too");
    assert_eq!(place.run(&["verify", "-R", "register"]).status.code(), Some(0));
}

#[test]
fn an_endless_line_is_kept_and_not_read() {
    let place = Place::with_material();
    let path = place.material().join("line.csv");
    let mut file = File::create(&path).expect("can be made");
    // 48 MiB without a newline: far above the reader's limit for a line, quick to write.
    for _ in 0..48 {
        file.write_all(&[b'a'; 1 << 20]).expect("can be written");
    }
    drop(file);
    let output = place.report("register", "out");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(has(&problems(&place, "out"), "line.csv"));
    assert_eq!(place.json("out")["totals"]["records"], 8);
}

#[cfg(unix)]
#[test]
fn links_are_named_and_not_followed() {
    let place = Place::with_material();
    std::os::unix::fs::symlink(place.material(), place.material().join("loop")).expect("link");
    std::os::unix::fs::symlink("/etc/hostname", place.material().join("out.txt")).expect("link");
    let output = place.report("register", "out");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let found = problems(&place, "out");
    assert!(has(&found, "loop") && has(&found, "out.txt"), "{found:?}");
    assert_eq!(place.json("out")["totals"]["items"], 4);
    // A problem that is gone leaves the report, not the history.
    fs::remove_file(place.material().join("loop")).expect("removable");
    fs::remove_file(place.material().join("out.txt")).expect("removable");
    assert_eq!(place.report("register", "out").status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with_material();
    let path = place.write("closed.txt", b"nobody may read this");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("can be closed");
    if File::open(&path).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let output = place.report("register", "out");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(has(&problems(&place, "out"), "closed.txt"));
}

#[test]
fn bytes_are_read_as_soon_as_a_name_tells_their_format() {
    let place = Place::new();
    let text = "Nine people died.\n\nAt least 9 people were killed in Jableh, residents said.\n";
    place.write("first.bin", text.as_bytes());
    let unread = place.report("register", "out");
    assert_eq!(unread.status.code(), Some(1), "{}", stderr(&unread));
    assert!(stderr(&unread).contains("not read"), "{}", stderr(&unread));
    assert_eq!(place.json("out")["totals"]["documents"], 0);
    place.write("second.txt", text.as_bytes());
    let read = place.report("register", "out");
    assert_eq!(read.status.code(), Some(0), "{}", stderr(&read));
    assert_eq!(place.json("out")["totals"]["items"], 1, "the same bytes are one item");
    assert_eq!(place.json("out")["totals"]["documents"], 1);
    assert_eq!(place.json("out")["items"][0]["path"], "second.txt");
    // Under no readable name any more: what was read of it counts no longer.
    place.write("second.txt", b"Another text altogether.\n");
    place.report("register", "out");
    assert_eq!(place.json("out")["totals"]["documents"], 1);
    assert_eq!(place.json("out")["totals"]["claims"], 0);
    assert_eq!(place.run(&["verify", "-R", "register"]).status.code(), Some(0));
}
