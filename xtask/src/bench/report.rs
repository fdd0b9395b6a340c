//! Times the main job, room by room, on generated material.
//!
//! The rooms are timed by the program itself (`sijil report --timings`), the whole from outside,
//! so that starting, loading and printing are in it. Each run has a register and an output folder
//! of its own: nothing is warm but the file cache. The table names no host and no path.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use super::{build, repository};

/// Articles of about 2 kB, and rows of each of the three lists.
const ARTICLES: usize = 1000;
const ROWS: usize = 10_000;

const RUNS: usize = 3;

/// Seconds that the job may take on two cores (issue of the main job).
const AIM: f64 = 5.0;

/// One run: seconds by room in the order of the work, and of the whole.
struct Run {
    rooms: Vec<(String, f64)>,
    whole: f64,
}

/// Generates the material, runs the job and rewrites `bench/report.md`.
pub(super) fn run() -> anyhow::Result<String> {
    let program = build()?;
    let target = program.parent().and_then(Path::parent).context("the program has no folder")?;
    let scratch = target.join("bench-report");
    clear(&scratch)?;
    fs::create_dir_all(&scratch)?;
    let material = scratch.join("material");
    generate(&material)?;
    let mut runs = Vec::new();
    for nth in 1..=RUNS {
        say(&format!("run {nth} of {RUNS}"));
        runs.push(time(&program, &material, &scratch.join(format!("run-{nth}")))?);
    }
    let totals = totals(&scratch.join("run-1/out/report.json"))?;
    let folder = repository().join("bench");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("report.md"), page(&runs, &totals, &machine()))?;
    clear(&scratch)?;
    Ok("bench/report.md is rewritten".to_owned())
}

fn say(line: &str) {
    // A closed standard error must not end a measurement.
    let _ = writeln!(io::stderr(), "{line}");
}

pub(super) fn clear(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    Ok(())
}

/// Has this program make the material, in a process of its own as a user would.
fn generate(out: &Path) -> anyhow::Result<()> {
    let output = Command::new(std::env::current_exe()?)
        .args(["material", "--articles", &ARTICLES.to_string(), "--rows", &ROWS.to_string()])
        .arg("--out")
        .arg(out)
        .output()?;
    succeeded("material", &output)
}

fn succeeded(what: &str, output: &Output) -> anyhow::Result<()> {
    if output.status.success() {
        return Ok(());
    }
    bail!("{what} failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr).trim())
}

#[expect(clippy::disallowed_methods, reason = "a benchmark is a stop-watch")]
fn time(program: &Path, material: &Path, place: &Path) -> anyhow::Result<Run> {
    let start = Instant::now();
    let output = Command::new(program)
        .arg("report")
        .arg(material)
        .arg("-R")
        .arg(place.join("register"))
        .arg("-o")
        .arg(place.join("out"))
        .arg("--timings")
        .env_remove("SIJIL_REGISTER")
        .stdin(Stdio::null())
        .output()?;
    let whole: Duration = start.elapsed();
    succeeded("sijil report", &output)?;
    let rooms = rooms(&String::from_utf8_lossy(&output.stderr));
    ensure!(!rooms.is_empty(), "sijil report told no timings");
    Ok(Run { rooms, whole: whole.as_secs_f64() })
}

/// The lines `timing`, room, seconds (between tabs) of a run; a room told twice is one room.
fn rooms(stderr: &str) -> Vec<(String, f64)> {
    let mut rooms: Vec<(String, f64)> = Vec::new();
    for line in stderr.lines() {
        let mut parts = line.split('\t');
        let (Some("timing"), Some(room), Some(seconds)) =
            (parts.next(), parts.next(), parts.next().and_then(|s| s.parse::<f64>().ok()))
        else {
            continue;
        };
        match rooms.iter_mut().find(|(name, _)| name == room) {
            Some((_, sum)) => *sum += seconds,
            None => rooms.push((room.to_owned(), seconds)),
        }
    }
    rooms
}

/// The head figures of a report, by name.
fn totals(path: &Path) -> anyhow::Result<BTreeMap<String, u64>> {
    let report: Value = serde_json::from_slice(&fs::read(path)?)?;
    let totals = report["totals"].as_object().context("the report has no totals")?;
    Ok(totals.iter().filter_map(|(name, n)| Some((name.clone(), n.as_u64()?))).collect())
}

pub(super) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.as_slice() {
        [] => 0.0,
        all if all.len() % 2 == 1 => all[middle],
        all => f64::midpoint(all[middle - 1], all[middle]),
    }
}

/// Processor, cores and system, without a name of the machine.
pub(super) fn machine() -> String {
    let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = about.lines().find_map(|line| line.strip_prefix("model name"));
    let model =
        model.map_or("processor not known", |rest| rest.trim_start_matches([' ', '\t', ':']));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} cores ({model}), {} {}", std::env::consts::OS, std::env::consts::ARCH)
}

fn page(runs: &[Run], totals: &BTreeMap<String, u64>, machine: &str) -> String {
    let whole = median(runs.iter().map(|run| run.whole).collect());
    let names: Vec<&str> = runs
        .first()
        .map_or_else(Vec::new, |run| run.rooms.iter().map(|(n, _)| n.as_str()).collect());
    let seconds = |name: &str| {
        let of = |run: &Run| run.rooms.iter().find(|(n, _)| n == name).map_or(0.0, |(_, s)| *s);
        median(runs.iter().map(of).collect())
    };
    let rest = |run: &Run| run.whole - run.rooms.iter().map(|(_, s)| s).sum::<f64>();
    let mut rows: Vec<(&str, f64)> = names.iter().map(|name| (*name, seconds(name))).collect();
    rows.push(("the rest: start, loading, printing", median(runs.iter().map(rest).collect())));
    rows.push(("**whole**", whole));
    let count = |name: &str| totals.get(name).copied().unwrap_or(0);
    let mut page = String::from("# The main job, room by room\n\n");
    let _ = writeln!(
        page,
        "`cargo xtask bench report` rewrites this file. Material: {} documents, {} lists with {} records, generated. \
         {RUNS} runs of `sijil report --timings`, each on a fresh register; medians.\n",
        count("documents"),
        count("tables"),
        count("records"),
    );
    let _ = writeln!(page, "Machine: {machine}.\n");
    page.push_str("| room | seconds | share |\n| --- | ---: | ---: |\n");
    for (name, seconds) in rows {
        let _ = writeln!(page, "| {name} | {seconds:.3} | {:.1} % |", 100.0 * seconds / whole);
    }
    let slowest = runs.iter().map(|run| run.whole).fold(0.0, f64::max);
    let fastest = runs.iter().map(|run| run.whole).fold(f64::INFINITY, f64::min);
    let _ = writeln!(
        page,
        "\n* The whole is {:.2} times the aim of {AIM} s on 2 cores.\n* Slowest run to fastest: {:.2}.\n\
         * It gave {} claims, {} persons and {} open pairs.",
        whole / AIM,
        slowest / fastest,
        count("claims"),
        count("persons"),
        count("open_pairs"),
    );
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timings_are_read_among_other_lines() {
        let text = "problem: x\ntiming\tintake\t0.250\ntiming\treading\t1.5\ntiming\tintake\t0.25\ntiming\tbad\n";
        assert_eq!(rooms(text), [("intake".to_owned(), 0.5), ("reading".to_owned(), 1.5)]);
    }

    #[test]
    fn the_middle_of_the_numbers() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(median(Vec::new()), 0.0);
    }

    #[test]
    fn the_table_adds_up_and_names_no_machine() {
        let run = |whole| Run {
            rooms: vec![("intake".to_owned(), 1.0), ("linkage".to_owned(), 2.0)],
            whole,
        };
        let totals =
            BTreeMap::from([("records".to_owned(), 30_000), ("documents".to_owned(), 1000)]);
        let page = page(&[run(4.0), run(5.0), run(4.0)], &totals, "2 cores (x), linux x86_64");
        for line in [
            "| intake | 1.000 | 25.0 % |",
            "| the rest: start, loading, printing | 1.000 | 25.0 % |",
            "| **whole** | 4.000 | 100.0 % |",
            "* The whole is 0.80 times the aim of 5 s on 2 cores.",
            "* Slowest run to fastest: 1.25.",
        ] {
            assert!(page.lines().any(|l| l == line), "{line} is missing in\n{page}");
        }
        assert!(page.contains("1000 documents") && page.contains("30000 records"));
    }
}
