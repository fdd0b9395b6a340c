//! A disk that fails, is full, over its quota or closed to writing, and calls that are interrupted:
//! once, and from then on for ever. The program says so and ends with another code than 0, or the
//! call did not matter and everything is as it should be; the register verifies, and the same
//! command again, on a sound disk, completes it.

use std::process::Output;

use super::stages::{Stage, stages};
use super::strace::{CHANGES, Point, broken, works};
use super::{asked, figure, spread};
use crate::fixture::{Place, stderr};

/// Calls that look at files; with those that change them all that a command makes.
const LOOKS: &[&str] =
    &["openat", "newfstatat", "statx", "getdents64", "flock", "fcntl", "lseek", "read", "pread64"];

/// How a call is broken: what it says, and how often (`+` behind its number: from then on always).
/// Interruption without an end is none that a program can outlast: ten times in a row.
const FAULTS: &[(&str, &str)] = &[
    ("EIO", ""),
    ("EIO", "+"),
    ("ENOSPC", ""),
    ("ENOSPC", "+"),
    ("EDQUOT", ""),
    ("EDQUOT", "+"),
    ("EROFS", ""),
    ("EROFS", "+"),
    ("EINTR", ""),
    ("EINTR", "..10"),
];

#[test]
fn a_failing_disk_is_told_and_never_swallowed() {
    if !works() {
        return;
    }
    let wanted = asked("SIJIL_FAULT_ERRORS", 60);
    let place = Place::with_material();
    let stages = stages(&place, 2);
    let case = place.path("case");
    let calls = [LOOKS, CHANGES].concat();
    let mut all: Vec<(&Stage, Point, (&str, &str))> = Vec::new();
    for stage in &stages {
        for point in stage.points(&case, &calls) {
            all.extend(FAULTS.iter().map(|fault| (stage, point.clone(), *fault)));
        }
    }
    let (mut told, mut harmless, mut wrongs) = (0, 0, Vec::new());
    let tried = spread(&all, wanted);
    for (stage, point, (error, times)) in &tried {
        stage.begin(&case);
        let nth = point.nth;
        let when = match *times {
            "..10" => format!("{nth}..{}", nth + 10),
            times => format!("{nth}{times}"),
        };
        let output = broken(&case, point.kind, &format!("error={error}"), &when, &stage.arguments);
        let done = output.status.success();
        *(if done { &mut harmless } else { &mut told }) += 1;
        let mut found = Vec::new();
        if !done {
            // Where nothing can be written, nothing can be said either.
            let mute = point.kind == "write" && !times.is_empty();
            found.extend(ends_badly(&output, mute));
        }
        found.extend(stage.wrongs(&case, done));
        found.extend(stage.finish(&place, &case));
        let at = format!("{} {} {when} {error}", stage.name, point.kind);
        wrongs.extend(found.into_iter().map(|wrong| format!("{at}: {wrong}")));
    }
    figure(&format!(
        "{} calls broken of {} that there are ({} kinds of call in {} commands, {} faults each): \
         {told} told with a name and a code, {harmless} without harm, {} wrongs",
        tried.len(),
        all.len(),
        calls.len(),
        stages.len(),
        FAULTS.len(),
        wrongs.len()
    ));
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
    assert!(told * 4 > tried.len(), "only {told} of {} were felt", tried.len());
}

/// What is wrong with the way in which a command failed.
fn ends_badly(output: &Output, mute: bool) -> Option<String> {
    let said = stderr(output);
    match output.status.code() {
        None => Some(format!("it was ended by a signal: {said}")),
        Some(101) => Some(format!("it panicked: {said}")),
        Some(124) => Some("it did not come to an end".to_owned()),
        Some(_) if mute => None,
        Some(code) if said.trim().is_empty() => {
            Some(format!("it ended with {code} and said nothing"))
        }
        Some(_) => None,
    }
}

/// A file may grow to this many blocks and no further: the last write is short, the next fails.
#[cfg(unix)]
#[test]
fn short_writes_are_told_and_leave_nothing_half() {
    use std::process::{Command, Stdio};
    let wanted = asked("SIJIL_FAULT_SHORT", 24);
    let place = Place::with_material();
    let stages = stages(&place, 2);
    let case = place.path("case");
    let stage = stages.iter().find(|stage| stage.name == "add").expect("there is one");
    let blocks: Vec<usize> = (0..1200).collect();
    let (mut told, mut wrongs) = (0, Vec::new());
    let tried = spread(&blocks, wanted);
    for limit in &tried {
        stage.begin(&case);
        let words = format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" \"$@\"");
        let output = Command::new("sh")
            .args(["-c", &words, env!("CARGO_BIN_EXE_sijil")])
            .args(&stage.arguments)
            .current_dir(&case)
            .env_remove("SIJIL_REGISTER")
            .stdin(Stdio::null())
            .output()
            .expect("a shell");
        told += usize::from(!output.status.success());
        let mut found: Vec<String> = Vec::new();
        if !output.status.success() {
            found.extend(ends_badly(&output, false));
        }
        found.extend(stage.wrongs(&case, false));
        wrongs.extend(found.into_iter().map(|wrong| format!("{limit} blocks: {wrong}")));
        let again = place.command().current_dir(&case).args(&stage.arguments).output();
        let again = again.expect("the program starts");
        if !again.status.success() {
            wrongs.push(format!("{limit} blocks: the next run fails: {}", stderr(&again)));
        }
        wrongs.extend(stage.wrongs(&case, false));
    }
    figure(&format!(
        "{} lengths to which files may grow: {told} short writes told, {} wrongs",
        tried.len(),
        wrongs.len()
    ));
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
    assert!(told > 0, "no write was short");
}
