//! The house keeps its own rules: who may know whom, and what every file must have.
//!
//! Rust checks neither which room a module reaches into nor what a README says; these tests do.
//! They read the repository as text and run nothing. They stand in the one integration binary of
//! the crate: another binary would be linked for each build and would prove nothing more.

mod code;
mod files;
mod rooms;

use std::fs;
use std::path::{Path, PathBuf};

use crate::fixture::repository;

/// Folders of the repository that hold what people wrote.
const FOLDERS: &[&str] =
    &[".cargo", ".ci", "bench", "crates", "docs", "examples", "fuzz", "tests", "xtask"];

/// A file of the repository.
struct Written {
    /// Path from the root of the repository, with `/` between the parts.
    name: String,
    text: String,
}

impl Written {
    /// Whether it is a module of tests in a file of its own: it may reach for what it likes.
    fn is_test(&self) -> bool {
        self.name.ends_with("/tests.rs") || self.name.contains("/tests/")
    }

    fn is(&self, extension: &str) -> bool {
        Path::new(&self.name).extension().is_some_and(|e| e == extension)
    }
}

/// Every text file of the repository, in order of name; builds and bytes are left out.
fn written() -> Vec<Written> {
    let root = repository("");
    let mut paths: Vec<PathBuf> =
        children(&root).into_iter().filter(|p| p.is_file() && !p.ends_with(".git")).collect();
    for folder in FOLDERS {
        walk(&root.join(folder), &mut paths);
    }
    let mut files: Vec<Written> = paths
        .into_iter()
        .filter_map(|path| {
            let name = path.strip_prefix(&root).ok()?.to_string_lossy().replace('\\', "/");
            Some(Written { name, text: fs::read_to_string(&path).ok()? })
        })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(files.iter().any(|f| f.name == "Cargo.toml"), "this is not the repository");
    files
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for path in children(folder) {
        if path.is_symlink() || path.ends_with("target") {
            continue;
        }
        if path.is_dir() { walk(&path, paths) } else { paths.push(path) }
    }
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.map(|entry| entry.expect("a readable entry").path()).collect()
}

/// Fails with every finding on a line of its own.
fn expect_none(what: &str, findings: &[String]) {
    assert!(findings.is_empty(), "{what}:\n  {}", findings.join("\n  "));
}
