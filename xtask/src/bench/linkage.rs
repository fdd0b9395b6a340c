//! Measures linkage: quality on lists with known truth, CPU seconds and memory, beside Splink on
//! DuckDB on the same lists in the same run.
//!
//! Lists are looked for in the folder that `SIJIL_LINKAGE_DATA` names (those of the generator of
//! people are made there), Splink in the Python that `SIJIL_PEER_PYTHON` names. What is missing is
//! left out of the table, and the table says so.

mod board;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use super::{build, repository};

/// A list with known truth.
struct Set {
    name: &'static str,
    /// Files, or for a list of the generator what it is to make.
    files: &'static [&'static str],
    made: Option<&'static [&'static str]>,
    truth: &'static str,
    id: &'static str,
    /// Whether Splink's recipe is for lists of this kind.
    peer: bool,
}

const fn people(
    name: &'static str,
    file: &'static [&'static str],
    made: &'static [&'static str],
) -> Set {
    Set { name, files: file, made: Some(made), truth: "entity_id", id: "rec_id", peer: true }
}

const SETS: &[Set] = &[
    people("people, 100,000, seed 1", &["people-100k.csv"], &["100000"]),
    people("people, 100,000, seed 77", &["people-100k-77.csv"], &["100000", "--seed", "77"]),
    people("people, 100,000, two scripts", &["people-mixed.csv"], &["100000", "--script", "mixed"]),
    people("people, 1,000,000, seed 1", &["people-1m.csv"], &["1000000"]),
    Set {
        name: "historical_50k",
        files: &["historical_50k.csv"],
        made: None,
        truth: "cluster",
        id: "unique_id",
        peer: false,
    },
    Set {
        name: "FEBRL 3",
        files: &["febrl3.csv"],
        made: None,
        truth: "ent_id",
        id: "rec_id",
        peer: false,
    },
    Set {
        name: "FEBRL 4 without soc_sec_id",
        files: &["febrl4a.csv", "febrl4b.csv"],
        made: None,
        truth: "ent_id",
        id: "rec_id",
        peer: false,
    },
];

/// What a run took and gave.
struct Run {
    cpu: f64,
    wall: f64,
    megabytes: f64,
    scores: Scores,
}

/// Pairwise precision, recall and F1, and B-cubed F1.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Scores {
    precision: f64,
    recall: f64,
    f1: f64,
    cubed: f64,
}

/// Runs the sets and rewrites `bench/linkage.md`.
pub(super) fn run() -> anyhow::Result<String> {
    let data = std::env::var_os("SIJIL_LINKAGE_DATA")
        .map(PathBuf::from)
        .context("set SIJIL_LINKAGE_DATA to the folder of the lists with known truth")?;
    let peer = std::env::var_os("SIJIL_PEER_PYTHON").map(PathBuf::from);
    let program = build()?;
    let scratch =
        program.parent().and_then(Path::parent).context("no folder")?.join("bench-linkage");
    fs::create_dir_all(&scratch)?;
    let mut table = String::new();
    for set in SETS {
        let Some(files) = files(set, &data, &scratch)? else {
            writeln!(table, "| {} | not on this machine | | | | | | | |", set.name)?;
            continue;
        };
        say(&format!("{}: sijil", set.name));
        let truth = truth(&files, set)?;
        let ours = ours(&program, &files, set, &scratch, &truth)?;
        row(&mut table, set.name, "sijil", &ours, None)?;
        if let (true, Some(python)) = (set.peer, &peer) {
            say(&format!("{}: Splink", set.name));
            let theirs = theirs(python, &files[0], &scratch, &truth)?;
            row(&mut table, "", "Splink 5", &theirs, Some(&ours))?;
        }
    }
    let board = board::run(&program, &data, &scratch)?;
    let page = format!("{}\n{board}", page(&table, peer.is_some()));
    fs::write(repository().join("bench/linkage.md"), page)?;
    Ok("bench/linkage.md is rewritten".to_owned())
}

fn say(line: &str) {
    // A closed standard error must not end a measurement.
    let _ = writeln!(io::stderr(), "{line}");
}

/// The files of a set; nothing where the folder has neither them nor their generator. A column that
/// would give the answer away is taken out.
fn files(set: &Set, data: &Path, scratch: &Path) -> anyhow::Result<Option<Vec<PathBuf>>> {
    let mut files = Vec::new();
    for name in set.files {
        let (from, to) = (data.join(name), scratch.join(name));
        if let Some(made) = set.made {
            let generator = data.join("gen_people.py");
            if !generator.is_file() {
                return Ok(None);
            }
            if !to.is_file() {
                let mut command = Command::new("python3");
                command.arg(generator).arg(made[0]).arg(&to).args(&made[1..]);
                ensure!(command.status()?.success(), "the generator failed");
            }
        } else if from.is_file() {
            without(&from, &to, "soc_sec_id")?;
        } else {
            return Ok(None);
        }
        files.push(to);
    }
    Ok(Some(files))
}

fn without(from: &Path, to: &Path, header: &str) -> anyhow::Result<()> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(from)?;
    let mut writer = csv::Writer::from_path(to)?;
    let mut gone = None;
    for (at, record) in reader.records().enumerate() {
        let record = record?;
        if at == 0 {
            gone = record.iter().position(|cell| cell == header);
        }
        let cells = record.iter().enumerate().filter(|(at, _)| Some(*at) != gone);
        writer.write_record(cells.map(|(_, cell)| cell))?;
    }
    writer.flush()?;
    Ok(())
}

/// Ids of rows to their persons.
fn truth(files: &[PathBuf], set: &Set) -> anyhow::Result<BTreeMap<String, String>> {
    let mut truth = BTreeMap::new();
    for file in files {
        truth.extend(columns(file, set.id, set.truth)?);
    }
    Ok(truth)
}

fn columns(file: &Path, a: &str, b: &str) -> anyhow::Result<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_path(file)?;
    let headers = reader.headers()?.clone();
    let at =
        |name: &str| headers.iter().position(|header| header == name).context("no such column");
    let (a, b) = (at(a)?, at(b)?);
    reader
        .records()
        .map(|record| {
            let record = record?;
            Ok((record[a].to_owned(), record[b].to_owned()))
        })
        .collect()
}

fn ours(
    program: &Path,
    files: &[PathBuf],
    set: &Set,
    scratch: &Path,
    truth: &BTreeMap<String, String>,
) -> anyhow::Result<Run> {
    let out = scratch.join("linked");
    let mut command = Command::new(program);
    command.arg("link").args(files).arg("--out").arg(&out).args(["--id-column", set.id]);
    // The truth is scored here, for both programs by the same rule; `link` only sets it aside.
    command.args(["--truth", set.truth]);
    let (cpu, wall, megabytes) = timed(&command, scratch)?;
    let found = columns(&out.join("clusters.csv"), "id", "cluster")?;
    Ok(Run { cpu, wall, megabytes, scores: scores(&found, truth) })
}

fn theirs(
    python: &Path,
    file: &Path,
    scratch: &Path,
    truth: &BTreeMap<String, String>,
) -> anyhow::Result<Run> {
    let out = scratch.join("splink.csv");
    let mut command = Command::new(python);
    command.arg(repository().join("bench/linkage/splink_people.py")).arg(file).arg(&out);
    let (cpu, wall, megabytes) = timed(&command, scratch)?;
    let found = columns(&out, "rec_id", "cluster")?;
    Ok(Run { cpu, wall, megabytes, scores: scores(&found, truth) })
}

/// CPU seconds, wall seconds and peak megabytes of a command, by GNU time.
fn timed(command: &Command, scratch: &Path) -> anyhow::Result<(f64, f64, f64)> {
    let told = scratch.join("time.txt");
    let status = Command::new("/usr/bin/time")
        .arg("-o")
        .arg(&told)
        .args(["-f", "%U %S %e %M"])
        .arg(command.get_program())
        .args(command.get_args())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .context("GNU time is missing: install the package time")?;
    // 1: done, with cells that could not be read.
    ensure!(matches!(status.code(), Some(0 | 1)), "{:?} failed", command.get_program());
    let text = fs::read_to_string(told)?;
    let numbers = text.lines().last().unwrap_or_default().split(' ').map(str::parse::<f64>);
    let numbers: Vec<f64> = numbers.collect::<Result<_, _>>()?;
    let [user, system, wall, kilobytes] = numbers[..] else {
        anyhow::bail!("GNU time told {text}")
    };
    Ok((user + system, wall, kilobytes / 1000.0))
}

/// Scores a partition; a row that it does not name is a person of its own.
fn scores(found: &[(String, String)], truth: &BTreeMap<String, String>) -> Scores {
    let mut both: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    let mut clusters: BTreeMap<&str, f64> = BTreeMap::new();
    let mut persons: BTreeMap<&str, f64> = BTreeMap::new();
    let found: BTreeMap<&str, &str> =
        found.iter().map(|(id, c)| (id.as_str(), c.as_str())).collect();
    for (id, person) in truth {
        let cluster = found.get(id.as_str()).copied().unwrap_or(id.as_str());
        *both.entry((cluster, person)).or_default() += 1.0;
        *clusters.entry(cluster).or_default() += 1.0;
        *persons.entry(person).or_default() += 1.0;
    }
    let pairs =
        |sizes: &mut dyn Iterator<Item = f64>| sizes.map(|n| n * (n - 1.0) / 2.0).sum::<f64>();
    let right = pairs(&mut both.values().copied());
    let precision = right / pairs(&mut clusters.values().copied()).max(1.0);
    let recall = right / pairs(&mut persons.values().copied()).max(1.0);
    let (mut cubed_precision, mut cubed_recall, mut rows) = (0.0, 0.0, 0.0);
    for ((cluster, person), n) in &both {
        rows += n;
        cubed_precision += n * n / clusters[cluster];
        cubed_recall += n * n / persons[person];
    }
    let f1 = |p: f64, r: f64| if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
    let cubed = f1(cubed_precision / rows, cubed_recall / rows);
    Scores { precision, recall, f1: f1(precision, recall), cubed }
}

fn row(
    table: &mut String,
    set: &str,
    who: &str,
    run: &Run,
    ours: Option<&Run>,
) -> anyhow::Result<()> {
    let Scores { precision, recall, f1, cubed } = run.scores;
    let times = ours.map_or(String::new(), |ours| {
        format!(
            "{:.1} × the CPU, {:.1} × the memory",
            run.cpu / ours.cpu,
            run.megabytes / ours.megabytes
        )
    });
    let (cpu, wall, megabytes) = (run.cpu, run.wall, run.megabytes);
    writeln!(
        table,
        "| {set} | {who} | {precision:.4} | {recall:.4} | {f1:.4} | {cubed:.4} | {cpu:.1} | {wall:.1} | {megabytes:.0} | {times} |"
    )?;
    Ok(())
}

fn page(table: &str, peer: bool) -> String {
    let beside = if peer {
        "Splink 5 on DuckDB was run on the same lists in the same run, two threads, by \
         `bench/linkage/splink_people.py`, at its stock threshold."
    } else {
        "Splink was not on this machine (`SIJIL_PEER_PYTHON`), so there is nothing to compare with."
    };
    format!(
        "# Linkage\n\n`cargo xtask bench linkage` rewrites this file. One configuration for all lists, no labels, threshold chosen\n\
         without the truth; both programs are scored by the same rule. {beside}\n\nCPU seconds count all threads, reading and writing \
         included.\n\n| list | program | precision | recall | F1 | B-cubed F1 | CPU s | wall s | peak MB | Splink to sijil |\n\
         | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n{table}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worked_example() {
        let pair = |id: &str, of: &str| (id.to_owned(), of.to_owned());
        // Truth {0,1,2} {3,4}; found {0,1} {2,3,4}, of which 4 is not named.
        let truth = ["x", "x", "x", "y", "y"].iter().enumerate();
        let truth = truth.map(|(id, of)| pair(&id.to_string(), of)).collect();
        let found = [pair("0", "a"), pair("1", "a"), pair("2", "b"), pair("3", "b")];
        let scores = scores(&found, &truth);
        assert_eq!((scores.precision, scores.recall), (0.5, 0.25));
    }
}
