//! `cargo xtask fuzz [READER] [--seconds N]`: runs the fuzz targets, one a reader, and keeps how many
//! inputs each was given.
//!
//! They stand in `fuzz/`, a workspace of its own: libFuzzer needs a nightly compiler and
//! `cargo-fuzz`. Without them this says so; the ordinary suite does not need either.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use crate::faults::{HEAD, section};

/// Seconds that one input may take, and MiB that the process may: what the readers promise, and
/// what libFuzzer itself needs.
const LIMITS: [&str; 2] = ["-timeout=1", "-rss_limit_mb=512"];

const ABOUT: &str = "\
Inputs that libFuzzer gave to each reader in one run on a shared machine; a panic, more than a second for one input or more \
than\n512 MiB (libFuzzer's own needs among them) is a finding, and ends that reader's run. Targets and seeds: `fuzz/`.";

/// Runs one target or all, and rewrites the section of fuzzing in `bench/faults.md`.
pub(crate) fn run(repository: &Path, words: &[&str]) -> Result<String> {
    let (reader, seconds) = match words {
        [] => (None, "60"),
        ["--seconds", seconds] => (None, *seconds),
        [reader] => (Some(*reader), "60"),
        [reader, "--seconds", seconds] => (Some(*reader), *seconds),
        _ => bail!("cargo xtask fuzz [READER] [--seconds N]"),
    };
    let seconds: u64 = seconds.parse().context("--seconds takes a number")?;
    let folder = repository.join("fuzz");
    let mut readers = Vec::new();
    for entry in std::fs::read_dir(folder.join("fuzz_targets"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        readers.extend(name.strip_suffix(".rs").map(str::to_owned));
    }
    readers.sort();
    readers.retain(|name| reader.is_none_or(|reader| reader == name));
    ensure!(!readers.is_empty(), "there is no such target in fuzz/fuzz_targets");
    let mut lines = vec![
        "| reader | inputs | seconds | slowest input | memory | findings |".to_owned(),
        "| --- | ---: | ---: | ---: | ---: | ---: |".to_owned(),
    ];
    let mut findings = Vec::new();
    for name in &readers {
        let run = fuzz(&folder, name, seconds)?;
        tell(&run.line(name, seconds))?;
        lines.push(run.line(name, seconds));
        findings.extend(run.finding.map(|said| format!("{name} ended badly:\n{said}")));
    }
    // A single reader is for whoever mends it: the table is of all of them.
    let told = if reader.is_some() {
        lines.join("\n")
    } else {
        let file = repository.join("bench/faults.md");
        let before = std::fs::read_to_string(&file).unwrap_or_else(|_| HEAD.to_owned());
        let table = format!("{}\n", lines.join("\n"));
        std::fs::write(&file, section(&before, "fuzz", ABOUT, &table))?;
        format!("written: {}", file.display())
    };
    ensure!(findings.is_empty(), "{told}\n{}", findings.join("\n"));
    Ok(told)
}

/// A line as soon as it is known: all readers together take half an hour.
fn tell(line: &str) -> Result<()> {
    Ok(writeln!(std::io::stderr(), "{line}")?)
}

/// What libFuzzer says at the end of a run of one target.
struct Run {
    inputs: u64,
    /// Of the slowest input, in whole seconds, rounded down.
    slowest: u64,
    memory_mb: u64,
    /// The end of its output where it stopped at an input.
    finding: Option<String>,
}

impl Run {
    fn of(said: &str, sound: bool) -> Result<Self> {
        let stat = |name: &str| {
            let start = format!("stat::{name}:");
            let number = said.lines().find_map(|line| line.strip_prefix(&start))?;
            number.trim().parse().ok()
        };
        let tail: Vec<&str> = said.lines().rev().take(40).collect();
        let tail: Vec<&str> = tail.into_iter().rev().collect();
        let tail = tail.join("\n");
        let inputs = match stat("number_of_executed_units") {
            Some(inputs) => inputs,
            // After a panic or a time-out it may not come to its figures.
            None if !sound => 0,
            None => bail!("it does not say how many inputs:\n{tail}"),
        };
        Ok(Self {
            inputs,
            slowest: stat("slowest_unit_time_sec").unwrap_or(0),
            memory_mb: stat("peak_rss_mb").unwrap_or(0),
            finding: (!sound).then_some(tail),
        })
    }

    /// Its row of the table.
    fn line(&self, name: &str, seconds: u64) -> String {
        let slowest = match self.slowest {
            0 => "under 1 s".to_owned(),
            slowest => format!("{slowest} s"),
        };
        let findings = if self.finding.is_some() { "**1**" } else { "0" };
        format!(
            "| {name} | {} | {seconds} | {slowest} | {} MiB | {findings} |",
            thousands(self.inputs),
            self.memory_mb
        )
    }
}

/// Runs a target.
fn fuzz(folder: &Path, name: &str, seconds: u64) -> Result<Run> {
    for kind in ["corpus", "seeds"] {
        std::fs::create_dir_all(folder.join(kind).join(name))?;
    }
    let (corpus, seeds) = (format!("corpus/{name}"), format!("seeds/{name}"));
    let output = Command::new("cargo")
        .args(["+nightly", "fuzz", "run", "--release", "--sanitizer", "none"])
        .args([name, &corpus, &seeds, "--"])
        .args(LIMITS)
        .args([&format!("-max_total_time={seconds}"), "-print_final_stats=1"])
        // The compiler that runs xtask must not stand in for the nightly one.
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO")
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    Run::of(&said, output.status.success()).with_context(|| name.to_owned())
}

/// A number with a comma after each third digit.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut out = digits[..first].to_owned();
    for (nth, digit) in digits[first..].chars().enumerate() {
        if nth % 3 == 0 && !out.is_empty() {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_stopped_is_a_finding() {
        let said = "noise\nstat::number_of_executed_units: 12345\nstat::peak_rss_mb:  90\n";
        let sound = Run::of(said, true).expect("figures");
        assert_eq!(sound.line("csv", 60), "| csv | 12,345 | 60 | under 1 s | 90 MiB | 0 |");
        let stopped = Run::of("panicked at", false).expect("a finding");
        assert_eq!(stopped.line("csv", 60), "| csv | 0 | 60 | under 1 s | 0 MiB | **1** |");
        assert!(Run::of("panicked at", true).is_err());
    }

    #[test]
    fn numbers_are_cut_by_threes() {
        let all = [0, 12, 123, 1_234, 123_456, 1_234_567].map(thousands);
        assert_eq!(all, ["0", "12", "123", "1,234", "123,456", "1,234,567"]);
    }
}
