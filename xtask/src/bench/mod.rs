//! Scoreboards: runs an area's benchmark and rewrites its table in `bench/`.

mod report;

use std::path::{Path, PathBuf};

use anyhow::bail;

/// A benchmark: the name of its area, and what runs it.
type Area = (&'static str, fn() -> anyhow::Result<String>);

const AREAS: &[Area] = &[("report", report::run)];

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
