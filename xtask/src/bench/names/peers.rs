//! Has `bench/names/peers.py` score the same pairs and searches with public peers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use anyhow::{Result, ensure};

use super::super::repository;
use super::retrieval::Set;
use crate::names::sets::{Labelled, Sort};

/// Peers are slow: so many names are asked for.
const ASKED: usize = 300;

/// A table of peers, or a line that says why there is none.
pub(super) fn measure(pairs: &[(&'static str, Vec<Labelled>)], searches: &[Set]) -> Result<String> {
    let Some(python) = std::env::var_os("SIJIL_NAMES_PYTHON") else {
        return Ok("Not run: SIJIL_NAMES_PYTHON names no Python that has them.".to_owned());
    };
    let folder = repository().join("target/bench-names");
    fs::create_dir_all(&folder)?;
    write_pairs(&folder.join("pairs.csv"), pairs)?;
    write_searches(&folder.join("search.csv"), searches)?;
    let script = repository().join("bench/names/peers.py");
    let output = Command::new(python).arg(script).arg(&folder).output()?;
    // Names of victims do not stay behind.
    fs::remove_dir_all(&folder)?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(output.status.success(), "the peers ended with {}: {said}", output.status);
    table(&String::from_utf8(output.stdout)?, &said)
}

fn write_pairs(path: &std::path::Path, sets: &[(&'static str, Vec<Labelled>)]) -> Result<()> {
    let mut out = csv::Writer::from_path(path)?;
    out.write_record(["set", "a", "b", "same"])?;
    // A romaniser has nothing to say of two names in one script.
    let crossed = sets.iter().filter(|(name, _)| !name.contains(" and "));
    for (name, set) in crossed {
        for pair in set {
            let same = if pair.sort == Sort::Same { "1" } else { "0" };
            out.write_record([name, pair.a.as_str(), pair.b.as_str(), same])?;
        }
    }
    Ok(out.flush()?)
}

fn write_searches(path: &std::path::Path, sets: &[Set]) -> Result<()> {
    let mut out = csv::Writer::from_path(path)?;
    out.write_record(["set", "kind", "person", "name"])?;
    for set in sets {
        let persons = set.persons()?;
        let step = set.asked.len().div_ceil(ASKED).max(1);
        for at in set.asked.iter().step_by(step) {
            out.write_record([
                set.name,
                "asked",
                &persons[*at].to_string(),
                &set.pairs[*at].arabic,
            ])?;
        }
        for (pair, person) in set.pairs.iter().zip(&persons) {
            out.write_record([set.name, "among", &person.to_string(), &pair.latin])?;
        }
    }
    Ok(out.flush()?)
}

fn table(lines: &str, said: &str) -> Result<String> {
    let mut values: BTreeMap<(String, String), BTreeMap<String, String>> = BTreeMap::new();
    let mut peers: Vec<String> = Vec::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(lines.as_bytes());
    for row in reader.deserialize() {
        let (peer, set, measure, value): (String, String, String, String) = row?;
        if !peers.contains(&peer) {
            peers.push(peer.clone());
        }
        values.entry((measure, set)).or_default().insert(peer, value);
    }
    ensure!(!peers.is_empty(), "no peer could be run: {said}");
    let mut text = format!(
        "Searches with every few names, up to {ASKED}. Jaro-Winkler on what they romanise.\n\n"
    );
    let _ = writeln!(text, "| measure | set | {} |", peers.join(" | "));
    let _ = writeln!(text, "|---|---|{}", "---|".repeat(peers.len()));
    for ((measure, set), by_peer) in &values {
        let cells: Vec<&str> =
            peers.iter().map(|peer| by_peer.get(peer).map_or("-", String::as_str)).collect();
        let _ = writeln!(text, "| {measure} | {set} | {} |", cells.join(" | "));
    }
    let missing: Vec<&str> = said.lines().filter(|line| line.contains(": ")).collect();
    if !missing.is_empty() {
        let _ = writeln!(text, "\nNot run: {}.", missing.join("; "));
    }
    Ok(text)
}
