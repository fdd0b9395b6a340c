//! Scores linkage against a known truth. The truth is read after linking and changes nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sijil_linkage::score::{self, Scores};

use super::error::{Error, Result};
use super::material::Material;

/// Linked persons against the truth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Checked {
    /// Rows that the truth names and the register holds.
    pub rows: usize,
    /// True persons among them.
    pub persons: usize,
    /// Over all pairs of rows.
    pub pairwise: Scores,
    /// Averaged over rows.
    pub b_cubed: Scores,
}

/// The truth that lies beside a folder: `FOLDER.truth.csv`, if there is one.
pub fn truth_beside(folder: &Path) -> Option<PathBuf> {
    let name = folder.canonicalize().ok()?;
    let beside = name.with_file_name(format!("{}.truth.csv", name.file_name()?.to_string_lossy()));
    beside.is_file().then_some(beside)
}

/// Scores the linked persons on the rows that `truth` (columns `file,sheet,row,person`) names.
///
/// # Errors
/// When the file cannot be read or lacks a column, or names no row of the register.
pub fn check_against(material: &Material, truth: &Path) -> Result<Checked> {
    let input = |reason: String| Error::Input { path: truth.to_path_buf(), reason };
    let mut reader = csv::Reader::from_path(truth).map_err(|e| input(e.to_string()))?;
    let mut at: BTreeMap<(String, String, u64), usize> = BTreeMap::new();
    let paths: BTreeMap<&str, &str> =
        material.items.iter().map(|c| (c.item.id.0.as_str(), c.path.as_str())).collect();
    for (index, person) in material.persons.iter().enumerate() {
        for record in &person.records {
            let path = paths.get(record.at.item.0.as_str()).copied().unwrap_or_default();
            at.insert((path.to_owned(), record.at.sheet.clone(), record.at.row), index);
        }
    }
    let (mut found, mut known) = (Vec::new(), Vec::new());
    let mut names: BTreeMap<String, u32> = BTreeMap::new();
    for row in reader.deserialize::<(String, String, u64, String)>() {
        let (file, sheet, row, person) =
            row.map_err(|e| input(format!("{e}; its columns must be file,sheet,row,person")))?;
        let Some(index) = at.get(&(file, sheet, row)) else { continue };
        let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
        known.push(*names.entry(person).or_insert(next));
        found.push(u32::try_from(*index).unwrap_or(u32::MAX));
    }
    if found.is_empty() {
        return Err(input(
            "names no row of this register; is it the truth of another folder?".into(),
        ));
    }
    Ok(Checked {
        rows: found.len(),
        persons: names.len(),
        pairwise: score::pairwise(&found, &known),
        b_cubed: score::b_cubed(&found, &known),
    })
}
