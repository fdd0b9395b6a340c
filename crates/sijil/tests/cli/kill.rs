//! Killed at any moment, the same command again gives what an undisturbed run gives.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::fixture::{Place, stderr};

/// Moments at which the system calls of a run are cut, spread over all of them.
const CUTS: usize = 24;

const CALLS: &str = "write,pwrite64,fsync,fdatasync,rename,renameat2,ftruncate,unlink";

#[test]
fn a_killed_run_is_finished_by_the_next() {
    let place = Place::with_material();
    place.report("undisturbed", "expected");
    let expected = place.files("expected");
    for milliseconds in [1, 3, 6, 10, 15, 22, 30, 45, 60] {
        let (register, out) = (format!("r{milliseconds}"), format!("o{milliseconds}"));
        let mut child = place
            .command()
            .args(place.report_arguments(&register, &out))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        sleep(Duration::from_millis(milliseconds));
        let _ = child.kill();
        child.wait().expect("ends");
        finish(&place, &register, &out, &expected);
    }
}

#[test]
fn a_run_cut_at_a_write_is_finished_by_the_next() {
    if Command::new("strace").arg("-V").output().is_err() {
        println!("skipped: strace is not on this machine");
        return;
    }
    let place = Place::with_material();
    place.report("undisturbed", "expected");
    let expected = place.files("expected");
    let calls = count_calls(&place);
    let cuts: BTreeSet<usize> = (0..CUTS).map(|nth| 1 + nth * calls / CUTS).collect();
    let mut killed = 0;
    for cut in cuts {
        let (register, out) = (format!("r{cut}"), format!("o{cut}"));
        let status = strace(&place, &format!("inject={CALLS}:signal=KILL:when={cut}"))
            .args(place.report_arguments(&register, &out))
            .output()
            .expect("strace starts")
            .status;
        killed += usize::from(!status.success());
        finish(&place, &register, &out, &expected);
    }
    assert!(killed > CUTS / 2, "only {killed} of {CUTS} runs were cut");
}

fn strace(place: &Place, what: &str) -> Command {
    let mut command = Command::new("strace");
    command.current_dir(place.root.path()).args(["-f", "-q", "-o"]).arg(place.path("trace"));
    command.args(["-e", &format!("trace={CALLS}"), "-e", what]);
    command.arg(env!("CARGO_BIN_EXE_sijil")).env_remove("SIJIL_REGISTER").stdin(Stdio::null());
    command
}

fn count_calls(place: &Place) -> usize {
    let output = strace(place, "signal=none")
        .args(place.report_arguments("counted", "counted-out"))
        .output()
        .expect("strace starts");
    assert!(output.status.success(), "{}", stderr(&output));
    std::fs::read_to_string(place.path("trace")).expect("a trace").lines().count()
}

fn finish(
    place: &Place,
    register: &str,
    out: &str,
    expected: &std::collections::BTreeMap<String, Vec<u8>>,
) {
    let again = place.report(register, out);
    assert_eq!(again.status.code(), Some(0), "{register}: {}", stderr(&again));
    assert_eq!(&place.files(out), expected, "{register} differs from an undisturbed run");
    let verified = place.run(&["verify", "-R", register]);
    assert_eq!(verified.status.code(), Some(0), "{register}: {}", stderr(&verified));
}
