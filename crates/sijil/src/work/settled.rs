//! What the columns of a bare list mean, written beside it for a user to settle.

use std::path::{Path, PathBuf};

use super::error::{Error, Result};
use super::sheets;
use crate::intake::{self, COLUMNS_ENDING, mapping};
use crate::model::Mapping;

/// Writes `NAME.columns.toml` beside the list at `path`; gives where, and what it says. Of a file
/// with several sheets the first that lists people counts.
///
/// # Errors
/// When the list cannot be read or the file cannot be written, or is there already: what a user
/// settled is not overwritten.
pub fn save_columns(path: &Path) -> Result<(PathBuf, Mapping)> {
    let (tables, _) = sheets::read(path)?;
    let mappings: Vec<Mapping> = tables.iter().map(mapping::infer).collect();
    let people = mappings.iter().find(|mapping| mapping.is_victim_list());
    let mapping = people.or(mappings.first()).cloned().unwrap_or_default();
    let target = path.with_file_name(format!("{}{COLUMNS_ENDING}", sheets::file_name(path)));
    let output = |source| Error::Output { path: target.clone(), source };
    let text = intake::columns_file(&mapping)
        .ok_or_else(|| output(std::io::Error::other("its headers cannot be written")))?;
    let mut file = std::fs::File::create_new(&target).map_err(output)?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(output)?;
    Ok((target, mapping))
}
