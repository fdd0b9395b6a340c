//! Writes what linking bare files found: `clusters.csv` and `pairs.csv`.
//!
//! Neither holds a name or a cell: rows are named by source and number, so that the files can be
//! passed on with no more than the lists themselves say.

use std::fs;
use std::path::{Path, PathBuf};

use sijil_linkage::{Pair, Part};

use super::error::{Error, Result};
use super::link_files::{FilesLinked, LinkedRow};

/// Writes the tables into `out`, which is made if need be, and gives their paths.
///
/// # Errors
/// When a file cannot be written.
pub fn write_link_tables(out: &Path, linked: &FilesLinked) -> Result<Vec<PathBuf>> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source: std::io::Error| Error::Output { path, source }
    };
    fs::create_dir_all(out).map_err(failed(out))?;
    let mut written = Vec::new();
    for (name, records) in [("clusters.csv", clusters(linked)), ("pairs.csv", pairs(linked))] {
        let path = out.join(name);
        let bytes = csv_bytes(&records).map_err(failed(&path))?;
        fs::write(&path, bytes).map_err(failed(&path))?;
        written.push(path);
    }
    Ok(written)
}

fn csv_bytes(records: &[Vec<String>]) -> std::io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in records {
        writer.write_record(record)?;
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

fn has_ids(linked: &FilesLinked) -> bool {
    linked.rows.iter().any(|row| row.id.is_some())
}

fn clusters(linked: &FilesLinked) -> Vec<Vec<String>> {
    let ids = has_ids(linked);
    let mut header = strings(&["source", "row", "cluster"]);
    header.extend(ids.then(|| "id".to_owned()));
    let rows = linked.rows.iter().map(|row| {
        let mut cells = vec![row.source.clone(), row.row.to_string(), row.cluster.to_string()];
        cells.extend(ids.then(|| row.id.clone().unwrap_or_default()));
        cells
    });
    std::iter::once(header).chain(rows).collect()
}

fn pairs(linked: &FilesLinked) -> Vec<Vec<String>> {
    let ids = has_ids(linked);
    let mut names: Vec<String> = Vec::new();
    for part in linked.pairs.iter().flat_map(|pair| &pair.parts) {
        let name = comparison(part);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.sort();
    let mut header = strings(&["a_source", "a_row"]);
    header.extend(ids.then(|| "a_id".to_owned()));
    header.extend(strings(&["b_source", "b_row"]));
    header.extend(ids.then(|| "b_id".to_owned()));
    header.extend(strings(&["probability", "weight"]));
    header.extend(names.iter().map(|name| format!("weight_{name}")));
    header.push("why".to_owned());
    let rows = linked.pairs.iter().map(|pair| {
        let mut cells = Vec::new();
        for end in [pair.a, pair.b] {
            let row: &LinkedRow = &linked.rows[end as usize];
            cells.extend([row.source.clone(), row.row.to_string()]);
            cells.extend(ids.then(|| row.id.clone().unwrap_or_default()));
        }
        cells.extend([format!("{:.4}", pair.probability), format!("{:.3}", pair.weight)]);
        cells.extend(names.iter().map(|name| weight(pair, name)));
        cells.push(why(pair));
        cells
    });
    std::iter::once(header).chain(rows).collect()
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// The weight of one comparison; empty where a value was missing.
fn weight(pair: &Pair, name: &str) -> String {
    let part = pair.parts.iter().find(|part| comparison(part) == name);
    part.map(|part| format!("{:.3}", part.weight)).unwrap_or_default()
}

fn why(pair: &Pair) -> String {
    let said = pair.parts.iter().map(|part| format!("{}: {}", part.field, part.level));
    said.collect::<Vec<_>>().join("; ")
}

/// The name of a comparison. A name is compared twice, its first part and the others; the words of
/// the level tell which.
fn comparison(part: &Part) -> String {
    let name = match part.field.as_str() {
        "name" if part.level.starts_with("given name") => "given_name",
        "name" => "further_names",
        other => other,
    };
    name.replace(' ', "_")
}
