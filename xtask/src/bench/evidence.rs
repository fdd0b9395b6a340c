//! Times evidence: bytes hashed and stored, ledger entries appended, proofs made.
//!
//! The benchmark of the program itself (`benches/evidence` of `sijil`) measures; here its lines become
//! a table, with the aims beside them.

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};

use anyhow::ensure;

use super::report::{clear, machine, succeeded};
use super::repository;

/// What is measured, and the aim as the issue of evidence states it: at least, or at most.
const AIMS: &[(&str, f64, bool)] = &[
    ("hash of a file", 500.0, true),
    ("hash and store large files", 500.0, true),
    ("append entries, 256 a transaction", 5000.0, true),
    ("inclusion proof in it", 1.0, false),
];

/// Measures and rewrites `bench/evidence.md`.
pub(super) fn run() -> anyhow::Result<String> {
    let scratch = std::env::temp_dir().join("sijil-bench-evidence");
    clear(&scratch)?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["bench", "--locked", "--package", "sijil", "--bench", "evidence", "--"])
        .arg(&scratch)
        .current_dir(repository())
        .stderr(Stdio::inherit())
        .output()?;
    clear(&scratch)?;
    succeeded("the benchmark of evidence", &output)?;
    let page = page(&String::from_utf8_lossy(&output.stdout), &machine());
    ensure!(page.contains("| hash"), "the benchmark of evidence measured nothing");
    fs::write(repository().join("bench/evidence.md"), page)?;
    Ok("bench/evidence.md is rewritten".to_owned())
}

fn page(stdout: &str, machine: &str) -> String {
    let mut page = format!(
        "# Evidence\n\nFrom `cargo xtask bench evidence`, on {machine}. Rates are by seconds of processor of one \
         process, unless the clock\nis named; what misses its aim stands in bold.\n\n\
         | what | measured | aim |\n| --- | ---: | ---: |\n"
    );
    for line in stdout.lines() {
        let mut parts = line.split('\t');
        let (Some(what), Some(number), Some(unit)) =
            (parts.next(), parts.next().and_then(|n| n.parse::<f64>().ok()), parts.next())
        else {
            continue;
        };
        let shown = if number >= 10.0 { format!("{number:.0}") } else { format!("{number:.4}") };
        let aim = AIMS.iter().find(|(name, ..)| *name == what);
        let missed = aim.is_some_and(|(_, aim, least)| (number < *aim) == *least);
        let bold = if missed { "**" } else { "" };
        let aim = aim.map_or_else(String::new, |(_, aim, _)| format!("{aim} {unit}"));
        let _ = writeln!(page, "| {what} | {bold}{shown} {unit}{bold} | {aim} |");
    }
    page + NOTE
}

/// What the table does not say.
const NOTE: &str = "\nEntries are appended without rows of their own; each small file brings two rows and an entry.\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_misses_its_aim_stands_in_bold() {
        let page =
            page("noise\nhash of a file\t499.0\tMB/s\ninclusion proof in it\t0.01\tms\n", "a");
        assert!(page.contains("| hash of a file | **499 MB/s** | 500 MB/s |\n"), "{page}");
        assert!(page.contains("| inclusion proof in it | 0.0100 ms | 1 ms |\n"), "{page}");
    }
}
