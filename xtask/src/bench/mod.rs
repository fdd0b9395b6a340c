//! Scoreboards: runs an area's benchmark and rewrites its table in `bench/`.

mod claims;
mod evidence;
mod exchange;
mod linkage;
mod names;
mod register;
mod report;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};
use serde_json::Value;

/// A benchmark: the name of its area, and what runs it.
type Area = (&'static str, fn() -> anyhow::Result<String>);

const AREAS: &[Area] = &[
    ("claims", claims::run),
    ("evidence", evidence::run),
    ("exchange", exchange::run),
    ("linkage", linkage::run),
    ("names", names::run),
    ("names-speed", names::speed::run),
    ("register", register::run),
    ("report", report::run),
];

/// Runs the benchmark of an area, or of every area, and says what it wrote.
pub(crate) fn run(area: Option<&str>) -> anyhow::Result<String> {
    let chosen: Vec<&Area> =
        AREAS.iter().filter(|(name, _)| area.is_none_or(|area| area == *name)).collect();
    if chosen.is_empty() {
        let names: Vec<&str> = AREAS.iter().map(|(name, _)| *name).collect();
        bail!("there is no such area; there are: {}", names.join(", "));
    }
    let done: Vec<String> = chosen.into_iter().map(|(_, run)| run()).collect::<Result<_, _>>()?;
    Ok(done.join("\n"))
}

/// The root of the repository.
fn repository() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// Builds the program as users run it and gives its path.
fn build() -> anyhow::Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["build", "--release", "--locked", "--package", "sijil"])
        .args(["--bin", "sijil", "--message-format", "json"])
        .current_dir(repository())
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(output.status.success(), "the program does not build");
    let text = String::from_utf8(output.stdout)?;
    let messages = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut programs = messages.filter_map(|m| m["executable"].as_str().map(PathBuf::from));
    programs.next().context("cargo names no program")
}
