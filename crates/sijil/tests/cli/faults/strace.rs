//! System calls of a run counted, and one of them broken, by `strace`.
//!
//! `strace` counts the calls of a kind for each thread apart, so a point is a kind of call and a
//! number; the thread that comes to that number first is the one that is hit.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Calls that change what is on the disk, or say that it is there.
pub(super) const CHANGES: &[&str] = &[
    "mkdir",
    "write",
    "pwrite64",
    "ftruncate",
    "fchmod",
    "fsync",
    "fdatasync",
    "rename",
    "unlink",
];

/// One call of a run: the kind, and which of that kind.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) kind: &'static str,
    pub(super) nth: usize,
}

/// Whether calls can be broken on this machine; tells where not.
#[expect(clippy::print_stdout, reason = "a test that skips itself says so")]
pub(super) fn works() -> bool {
    let probe = Command::new("strace")
        .args(["-qq", "-e", "trace=none", "-e", "inject=getpid:retval=1", "true"])
        .output();
    let works = probe.is_ok_and(|output| output.status.success());
    if !works {
        println!("skipped: strace is not on this machine or may not trace");
    }
    works
}

/// Runs the program in `folder` with one call broken as `how` says (`error=EIO`, `signal=KILL`).
///
/// `when` is the call's number, with a `+` behind it for this and all that follow.
pub(super) fn broken<A: AsRef<OsStr>>(
    folder: &Path,
    kind: &str,
    how: &str,
    when: &str,
    arguments: &[A],
) -> Output {
    let inject = format!("inject={kind}:{how}:when={when}");
    let trace = format!("trace={kind}");
    let mut command = traced(folder, &["-o", "/dev/null", "-e", &trace, "-e", &inject]);
    command.args(arguments).output().expect("strace starts")
}

/// Every call of these kinds that a run makes once it has come to its own files.
pub(super) fn points<A: AsRef<OsStr>>(
    folder: &Path,
    kinds: &[&'static str],
    arguments: &[A],
) -> Vec<Point> {
    let trace = folder.join("trace");
    let path = trace.to_str().expect("a plain path");
    let calls = format!("trace={}", kinds.join(","));
    let output = traced(folder, &["-y", "-o", path, "-e", &calls]).args(arguments).output();
    let output = output.expect("strace starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(&trace).expect("a trace");
    std::fs::remove_file(&trace).expect("removable");
    let own = folder.to_string_lossy();
    // What the loader does before the program begins is not the program's to answer for.
    let (mut begun, mut seen) = (false, BTreeMap::<(&str, &str), usize>::new());
    let mut range = BTreeMap::<&str, (usize, usize)>::new();
    for line in text.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let Some((kind, _)) = call.trim_start().split_once('(') else { continue };
        let nth = seen.entry((thread, kind)).or_default();
        *nth += 1;
        begun |= call.contains(own.as_ref());
        if begun {
            let (_, last) = range.entry(kind).or_insert((*nth, *nth));
            *last = (*last).max(*nth);
        }
    }
    let of_kind = |kind: &&'static str| {
        let (first, last) = range.get(kind).copied().unwrap_or((1, 0));
        let kind = *kind;
        (first..=last).map(move |nth| Point { kind, nth })
    };
    kinds.iter().flat_map(of_kind).collect()
}

fn traced(folder: &Path, arguments: &[&str]) -> Command {
    // What does not come to an end within a minute never will.
    let mut command = Command::new("timeout");
    command.current_dir(folder).args(["60", "strace", "-f", "-qq"]).args(arguments);
    command.arg(env!("CARGO_BIN_EXE_sijil"));
    // One thread beside the main one: the same calls in each run.
    command.env("RAYON_NUM_THREADS", "1").env_remove("SIJIL_REGISTER").stdin(Stdio::null());
    command
}
