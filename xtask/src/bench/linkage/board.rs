//! What beside precision and recall is promised of linkage: probabilities and the threshold set without
//! the truth, the interval for the number of persons, labels that were asked for, rows that come later.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use serde_json::Value;

use super::{columns, say, scores, timed};

/// Lists of the generator for the interval: how many, and of how many rows.
const LISTS: u64 = 20;
const ROWS: &str = "8000";
/// The first seed; none that the method was made with.
const SEED: u64 = 101;
/// Thresholds that the program's own is held against.
const THRESHOLDS: [&str; 7] = ["0.1", "0.2", "0.3", "0.7", "0.8", "0.9", "0.95"];

/// Runs all and gives the table.
pub(super) fn run(program: &Path, data: &Path, scratch: &Path) -> anyhow::Result<String> {
    let generator = data.join("gen_people.py");
    if !generator.is_file() {
        return Ok(String::new());
    }
    let made = |name: &str, rows: &str, seed: u64| -> anyhow::Result<PathBuf> {
        let path = scratch.join(name);
        if !path.is_file() {
            let mut command = Command::new("python3");
            command.arg(&generator).arg(rows).arg(&path).args(["--seed", &seed.to_string()]);
            ensure!(command.status()?.success(), "the generator failed");
        }
        Ok(path)
    };
    let mut board =
        "## What else is promised\n\n| what | measured | aim |\n| --- | --- | --- |\n".to_owned();
    say("board: intervals, calibration, thresholds");
    let files: Vec<PathBuf> = (SEED..SEED + LISTS)
        .map(|seed| made(&format!("people-8k-{seed}.csv"), ROWS, seed))
        .collect::<anyhow::Result<_>>()?;
    let held = files.iter().map(|file| holds(program, file, scratch));
    let held = held.collect::<anyhow::Result<Vec<bool>>>()?.into_iter().filter(|held| *held);
    writeln!(
        board,
        "| lists of {ROWS} rows whose number of persons lies in the interval | {} of {LISTS} | 90 % |",
        held.count()
    )?;
    let lost = files.iter().take(5).map(|file| lost(program, file, scratch));
    let lost = lost.collect::<anyhow::Result<Vec<f64>>>()?.into_iter().fold(0.0, f64::max);
    writeln!(
        board,
        "| most F1 that the own threshold loses to the best, five lists | {lost:.4} | 0.01 |"
    )?;
    say("board: labels");
    let file = made("people-100k.csv", "100000", 1)?;
    let (before, after) = labelled(program, &file, scratch)?;
    writeln!(
        board,
        "| F1 with 300 labels that were asked for, 100,000 rows (without: {before:.4}) | {after:.4} | 0.97 |"
    )?;
    say("board: rows that come later");
    let file = made("people-1m.csv", "1000000", 1)?;
    let [whole, later, same] = later(program, &file, scratch)?;
    writeln!(
        board,
        "| CPU s of `--since` with 10,000 new rows of a million, reading included (all anew: {whole:.1}) | {later:.1} | |"
    )?;
    writeln!(
        board,
        "| share of rows whose person is the same as in a full run | {same:.5} | 0.999 |"
    )?;
    Ok(board)
}

/// Runs `sijil link` on files of the generator.
fn link(program: &Path, files: &[&Path], out: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.arg("link").args(files).arg("--out").arg(out).args(more);
    command.args(["--id-column", "rec_id", "--truth", "entity_id"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn done(mut command: Command) -> anyhow::Result<()> {
    ensure!(matches!(command.status()?.code(), Some(0 | 1)), "{:?} failed", command.get_program());
    Ok(())
}

fn f1(out: &Path, truth: &BTreeMap<String, String>) -> anyhow::Result<f64> {
    Ok(scores(&columns(&out.join("clusters.csv"), "id", "cluster")?, truth).f1)
}

fn truth(file: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    Ok(columns(file, "rec_id", "entity_id")?.into_iter().collect())
}

/// Whether the interval holds the true number of persons.
fn holds(program: &Path, file: &Path, scratch: &Path) -> anyhow::Result<bool> {
    let out = scratch.join("board");
    done(link(program, &[file], &out, &[]))?;
    let model: Value = serde_json::from_str(&fs::read_to_string(out.join("model.json"))?)?;
    let persons = truth(file)?.into_values().collect::<BTreeSet<String>>().len();
    let end = |name: &str| model["distinct_persons"][name].as_f64().context("no interval");
    let persons: f64 = persons.to_string().parse()?;
    Ok(end("low")? <= persons && persons <= end("high")?)
}

/// How much more F1 the best threshold would have given.
fn lost(program: &Path, file: &Path, scratch: &Path) -> anyhow::Result<f64> {
    let (out, truth) = (scratch.join("board"), truth(file)?);
    done(link(program, &[file], &out, &[]))?;
    let own = f1(&out, &truth)?;
    let mut best = own;
    for threshold in THRESHOLDS {
        done(link(program, &[file], &out, &["--threshold", threshold]))?;
        best = best.max(f1(&out, &truth)?);
    }
    Ok(best - own)
}

/// F1 before and after 300 questions were answered by the truth.
fn labelled(program: &Path, file: &Path, scratch: &Path) -> anyhow::Result<(f64, f64)> {
    let (out, truth) = (scratch.join("board"), truth(file)?);
    done(link(program, &[file], &out, &["--ask", "300"]))?;
    let before = f1(&out, &truth)?;
    let answers = scratch.join("labels.csv");
    let mut writer = csv::Writer::from_path(&answers)?;
    writer.write_record(["a_id", "b_id", "label"])?;
    for (a, b) in columns(&out.join("asked.csv"), "a_id", "b_id")? {
        let label = if truth.get(&a) == truth.get(&b) { "yes" } else { "no" };
        writer.write_record([a.as_str(), b.as_str(), label])?;
    }
    writer.flush()?;
    done(link(program, &[file], &out, &["--labels", &answers.to_string_lossy()]))?;
    Ok((before, f1(&out, &truth)?))
}

/// CPU seconds of linking all, of having every hundredth row join, and the share of rows whose person
/// is the same set of rows both times.
fn later(program: &Path, file: &Path, scratch: &Path) -> anyhow::Result<[f64; 3]> {
    let parts = ["people-early.csv", "people-late.csv"].map(|name| scratch.join(name));
    let text = fs::read_to_string(file)?;
    let (head, rows) = text.split_once('\n').context("an empty list")?;
    let mut written = [format!("{head}\n"), format!("{head}\n")];
    for (at, row) in rows.lines().enumerate() {
        writeln!(written[usize::from(at % 100 == 50)], "{row}")?;
    }
    for (part, text) in parts.iter().zip(&written) {
        fs::write(part, text)?;
    }
    let [early, late] = [parts[0].as_path(), parts[1].as_path()];
    let [first, then, all] = ["first", "then", "all"].map(|name| scratch.join(name));
    done(link(program, &[early], &first, &[]))?;
    let since = first.to_string_lossy();
    let (joined, _, _) =
        timed(&link(program, &[early, late], &then, &["--since", &since]), scratch)?;
    let (whole, _, _) = timed(&link(program, &[early, late], &all, &[]), scratch)?;
    let partition = |out: &Path| columns(&out.join("clusters.csv"), "id", "cluster");
    Ok([whole, joined, unchanged(&partition(&then)?, &partition(&all)?)?])
}

/// Share of rows whose cluster is the same set of rows in both partitions.
fn unchanged(one: &[(String, String)], other: &[(String, String)]) -> anyhow::Result<f64> {
    let other: BTreeMap<&str, &str> =
        other.iter().map(|(id, c)| (id.as_str(), c.as_str())).collect();
    let (mut both, mut a, mut b) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (id, cluster) in one {
        let there = *other.get(id.as_str()).context("a row is missing")?;
        *both.entry((cluster.as_str(), there)).or_insert(0_u32) += 1;
        *a.entry(cluster.as_str()).or_insert(0_u32) += 1;
        *b.entry(there).or_insert(0_u32) += 1;
    }
    let same = both.iter().filter(|((x, y), n)| a[x] == **n && b[y] == **n);
    let same: u32 = same.map(|(_, n)| n).sum();
    Ok(f64::from(same) / f64::from(u32::try_from(one.len())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_that_lost_a_row_is_another() {
        let rows = |of: [&str; 4]| -> Vec<(String, String)> {
            (0..4).map(|id| (id.to_string(), of[id].to_owned())).collect()
        };
        let same = unchanged(&rows(["a", "a", "b", "c"]), &rows(["x", "y", "z", "z"]));
        assert!((same.expect("all rows are there")).abs() < 1e-12);
        let same = unchanged(&rows(["a", "a", "b", "c"]), &rows(["x", "x", "z", "z"]));
        assert!((same.expect("all rows are there") - 0.5).abs() < 1e-12);
    }
}
