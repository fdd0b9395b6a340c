//! `cargo xtask fuzz [READER] [--seconds N]`: runs the fuzz targets, one a reader, and keeps how many
//! inputs each was given.
//!
//! They stand in `fuzz/`, a workspace of its own: libFuzzer needs a nightly compiler and
//! `cargo-fuzz`. Without them this says so; the ordinary suite does not need either.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use crate::faults::{HEAD, section};

/// Seconds that one input may take, and MiB that the process may: what the readers promise, and
/// what libFuzzer itself needs.
const LIMITS: [&str; 2] = ["-timeout=1", "-rss_limit_mb=512"];

const ABOUT: &str = "\
Inputs that libFuzzer gave to each reader in one run on a shared machine; a panic, more than a second for one input or more \
than\n512 MiB (libFuzzer's own needs among them) ends it. Targets and seeds: `fuzz/`.";

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
    let mut lines =
        vec!["| reader | inputs | seconds |".to_owned(), "| --- | ---: | ---: |".to_owned()];
    for name in &readers {
        let inputs = fuzz(&folder, name, seconds)?;
        lines.push(format!("| {name} | {} | {seconds} |", thousands(inputs)));
    }
    // A single reader is for whoever mends it: the table is of all of them.
    if reader.is_some() {
        return Ok(lines.join("\n"));
    }
    let file = repository.join("bench/faults.md");
    let before = std::fs::read_to_string(&file).unwrap_or_else(|_| HEAD.to_owned());
    std::fs::write(&file, section(&before, "fuzz", ABOUT, &format!("{}\n", lines.join("\n"))))?;
    Ok(format!("written: {}", file.display()))
}

/// Runs a target and gives how many inputs it was given.
fn fuzz(folder: &Path, name: &str, seconds: u64) -> Result<u64> {
    for kind in ["corpus", "seeds"] {
        std::fs::create_dir_all(folder.join(kind).join(name))?;
    }
    let (corpus, seeds) = (format!("corpus/{name}"), format!("seeds/{name}"));
    let output = Command::new("cargo")
        .args([
            "+nightly",
            "fuzz",
            "run",
            "--release",
            "--sanitizer",
            "none",
            name,
            &corpus,
            &seeds,
            "--",
        ])
        .args(LIMITS)
        .args([&format!("-max_total_time={seconds}"), "-print_final_stats=1"])
        // The compiler that runs xtask must not stand in for the nightly one.
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO")
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let tail: Vec<&str> = said.lines().rev().take(40).collect();
    let tail: Vec<&str> = tail.into_iter().rev().collect();
    ensure!(output.status.success(), "{name} ended badly:\n{}", tail.join("\n"));
    let count = said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    count.and_then(|count| count.trim().parse().ok()).context("it does not say how many inputs")
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
    use super::thousands;

    #[test]
    fn numbers_are_cut_by_threes() {
        let all = [0, 12, 123, 1_234, 123_456, 1_234_567].map(thousands);
        assert_eq!(all, ["0", "12", "123", "1,234", "123,456", "1,234,567"]);
    }
}
