//! Times a large register: rows in, and questions to it, in one process and as whole commands.
//!
//! The register is made and asked by the benchmark of the program itself (`benches/register` of
//! `sijil`), because only that may call the store. Here its lines become a table, with the aims
//! beside them, and commands are timed from outside: starting and printing are in those.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, bail, ensure};

use super::report::{clear, machine, median, say, succeeded};
use super::{build, repository};

/// Persons of the register that the aims speak of.
const PERSONS: u64 = 1_000_000;

const RUNS: usize = 5;

/// Beginnings of what is measured, and the aim as the issue of the register states it.
const AIMS: &[(&str, &str)] = &[
    ("records in", "50,000 records/s"),
    ("count by two dimensions", "200 ms"),
    ("the same as of", "twice as slow as now"),
    ("trace of", "50 ms"),
    ("search for", "30 ms"),
];

/// Commands timed as a whole.
const COMMANDS: &[(&str, &[&str])] = &[
    (
        "`sijil count --by party,governorate --basis documented`",
        &["count", "--by", "party,governorate", "--basis", "documented", "--format", "csv"],
    ),
    (
        "`sijil search --in persons Ziad al-Farran`",
        &["search", "--in", "persons", "Ziad", "al-Farran"],
    ),
];

/// One line of the benchmark.
#[derive(Debug, PartialEq)]
struct Measured {
    what: String,
    number: f64,
    unit: String,
}

/// Makes the register, asks it and rewrites `bench/register.md`.
pub(super) fn run() -> anyhow::Result<String> {
    let program = build()?;
    let target = program.parent().and_then(Path::parent).context("the program has no folder")?;
    let scratch = target.join("bench-register");
    clear(&scratch)?;
    fs::create_dir_all(&scratch)?;
    let register = scratch.join("register");
    say(&format!("a register of {PERSONS} persons is being written and asked"));
    let measured = measure(&register)?;
    let mut whole = Vec::new();
    for (what, arguments) in COMMANDS {
        let mut took = Vec::new();
        for _ in 0..RUNS {
            took.push(time(&program, arguments, &register)?);
        }
        whole.push(Measured {
            what: (*what).to_owned(),
            number: median(took),
            unit: "ms".to_owned(),
        });
    }
    let folder = repository().join("bench");
    fs::write(folder.join("register.md"), page(PERSONS, &measured, &whole, &machine()))?;
    clear(&scratch)?;
    Ok("bench/register.md is rewritten".to_owned())
}

fn measure(register: &Path) -> anyhow::Result<Vec<Measured>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["bench", "--locked", "--package", "sijil", "--bench", "register", "--"])
        .arg(PERSONS.to_string())
        .arg(register)
        .current_dir(repository())
        .stderr(Stdio::inherit())
        .output()?;
    succeeded("the benchmark of the register", &output)?;
    let measured = lines(&String::from_utf8_lossy(&output.stdout));
    ensure!(!measured.is_empty(), "the benchmark of the register measured nothing");
    Ok(measured)
}

/// The lines name, number, unit (between tabs) among others.
fn lines(stdout: &str) -> Vec<Measured> {
    let line = |line: &str| {
        let mut parts = line.split('\t');
        let (what, number, unit) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
        Some(Measured { what: what.to_owned(), number, unit: unit.to_owned() })
    };
    stdout.lines().filter_map(line).collect()
}

/// Milliseconds that a command takes from start to end.
#[expect(clippy::disallowed_methods, reason = "a benchmark is a stop-watch")]
fn time(program: &Path, arguments: &[&str], register: &Path) -> anyhow::Result<f64> {
    let start = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .arg("-R")
        .arg(register)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if !status.success() {
        bail!("sijil {} failed ({status})", arguments.join(" "));
    }
    Ok(start.elapsed().as_secs_f64() * 1e3)
}

fn page(persons: u64, measured: &[Measured], whole: &[Measured], machine: &str) -> String {
    let mut page = String::from("# A large register\n\n");
    let _ = writeln!(
        page,
        "`cargo xtask bench register` rewrites this file. An invented register of {persons} persons with three records \
         and two claims each, written through the store's own write functions. Machine: {machine}.\n\n\
         *in* is by the clock, *processor* by the time that this process had of the cores; on a machine that is shared \
         only the latter says something. Originals are left out.\n",
    );
    page.push_str("| in one process | measured | aim |\n| --- | ---: | ---: |\n");
    for Measured { what, number, unit } in measured {
        let aim = AIMS.iter().find(|(start, _)| what.starts_with(start)).map_or("", |(_, aim)| aim);
        let _ = writeln!(page, "| {what} | {} {unit} | {aim} |", rounded(*number));
    }
    page.push_str("\n| as a whole command, file cache warm | measured |\n| --- | ---: |\n");
    for Measured { what, number, unit } in whole {
        let _ = writeln!(page, "| {what} | {} {unit} |", rounded(*number));
    }
    page.push_str(
        "\nFigures of what sources say are not among the counts: accounts are put side by side anew for each of them, \
         from all claims, and no column holds them yet.\n",
    );
    page
}

/// Whole where that says enough.
fn rounded(number: f64) -> String {
    if number >= 100.0 { format!("{number:.0}") } else { format!("{number:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_among_others_and_stand_beside_their_aims() {
        let measured = lines(
            "Compiling\nrecords in\t60000.4\trecords/s\nsearch for x, 3\t7.25\tms\nbad\tx\ty\n",
        );
        assert_eq!(measured.len(), 2);
        let page = page(1000, &measured, &[], "2 cores (x), linux x86_64");
        for line in [
            "| records in | 60000 records/s | 50,000 records/s |",
            "| search for x, 3 | 7.2 ms | 30 ms |",
        ] {
            assert!(page.lines().any(|l| l == line), "{line} is missing in\n{page}");
        }
    }
}
