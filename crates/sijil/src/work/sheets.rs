//! Bare files of rows, in no register: what `sijil names` and `sijil link` work on.

use std::path::Path;

use super::error::{Error, Result};
use crate::intake::{self, Readable};
use crate::model::{Problem, Table};

/// The tables of a file and the problems met in it. Never empty: a file without a table is an
/// error, since whoever names a file wants its rows.
pub(super) fn read(path: &Path) -> Result<(Vec<Table>, Vec<Problem>)> {
    let input = |reason: String| Error::Input { path: path.to_path_buf(), reason };
    let unread =
        |e: std::io::Error| input(format!("cannot be read ({e}); name a csv or xlsx file"));
    let bytes = std::fs::metadata(path).map_err(unread)?.len();
    let name = file_name(path);
    let format = intake::format_of(&name, &intake::head(&path).map_err(unread)?);
    let (readable, problems) = intake::read(&name, format, &path, bytes);
    match readable {
        Readable::Tables(tables) if !tables.is_empty() => Ok((tables, problems)),
        _ => {
            let met: Vec<&str> = problems.iter().map(|p| p.message.as_str()).collect();
            let met = if met.is_empty() { String::new() } else { format!(" ({})", met.join("; ")) };
            Err(input(format!("holds no table{met}; name a csv or xlsx file with a header row")))
        }
    }
}

/// The name of a file without its folders.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Index of the column with this header; the error lists the columns there are.
pub(super) fn column(path: &Path, table: &Table, header: &str) -> Result<usize> {
    table.headers.iter().position(|h| h == header.trim()).ok_or_else(|| Error::Input {
        path: path.to_path_buf(),
        reason: format!(
            "has no column \"{header}\"; name one of its columns: {}",
            table.headers.join(", ")
        ),
    })
}

/// The cell of a row, empty where the row is short.
pub(super) fn cell(cells: &[String], column: usize) -> &str {
    cells.get(column).map_or("", |cell| cell.trim())
}
