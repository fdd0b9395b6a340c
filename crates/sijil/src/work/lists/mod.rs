//! Victim lists as successive editions: a newer file under the same path, or named as the edition of
//! it, takes the place of the older, and both stay. What changed is read off the originals.

mod compare;
mod verdicts;

pub use compare::{ChangedRow, EditionChange, Identity, compare_editions};
pub use verdicts::{ListVerdicts, RowVerdict, list_verdicts, write_verdicts};

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::error::Result;
use crate::intake::{self, COLUMNS_ENDING, Readable, mapping};
use crate::model::{Capture, Column, ItemId, Mapping, Table};
use crate::register::Register;

/// One edition of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListEdition {
    /// Path below its folder.
    pub path: String,
    /// Number of the edition, from 1.
    pub number: usize,
    /// The bytes.
    pub item: ItemId,
    /// When it came in.
    pub taken_in: Timestamp,
    /// Sheet, empty for a file that has none.
    pub sheet: String,
    /// Rows below the header.
    pub rows: usize,
    /// What its columns mean.
    pub mapping: Mapping,
}

/// What became of one sheet of a list from an edition to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct ListChange {
    /// Path below its folder.
    pub path: String,
    /// Sheet, empty for a file that has none.
    pub sheet: String,
    /// Number of the later edition.
    pub number: usize,
    /// When the later edition came in.
    pub taken_in: Timestamp,
    /// What changed.
    pub change: EditionChange,
}

/// Every edition of every victim list, in order of path; of the list at `path` alone where given.
///
/// # Errors
/// When the register cannot be read.
pub fn list_editions(register: &Register, path: Option<&str>) -> Result<Vec<ListEdition>> {
    let (lists, columns) = lists(register, path)?;
    let mut editions = Vec::new();
    for captures in lists.values() {
        for (number, capture) in (1..).zip(captures) {
            for table in tables(register, capture) {
                let mapping = mapping::infer(&table);
                let settled = columns.get(&capture.path).map(Vec::as_slice);
                editions.push(ListEdition {
                    path: capture.path.clone(),
                    number,
                    item: capture.item.clone(),
                    taken_in: capture.taken_in,
                    sheet: table.sheet,
                    rows: table.rows.len(),
                    mapping: mapping.settled(settled.unwrap_or_default()),
                });
            }
        }
    }
    editions.retain(|edition| edition.mapping.is_victim_list());
    Ok(editions)
}

/// What changed from each edition to the next, of every list that has more than one.
///
/// # Errors
/// When the register cannot be read.
pub fn list_changes(register: &Register, path: Option<&str>) -> Result<Vec<ListChange>> {
    let (lists, columns) = lists(register, path)?;
    let mut changes = Vec::new();
    for captures in lists.values() {
        for (number, pair) in (2..).zip(captures.windows(2)) {
            let [earlier, later] = pair else { continue };
            let settled = columns.get(&later.path).map(Vec::as_slice).unwrap_or_default();
            let mut before = tables(register, earlier);
            for table in tables(register, later) {
                if !mapping::infer(&table).settled(settled).is_victim_list() {
                    continue;
                }
                let same = before.iter().position(|other| other.sheet == table.sheet);
                let before = same.map(|at| before.swap_remove(at)).unwrap_or_default();
                changes.push(ListChange {
                    path: later.path.clone(),
                    sheet: table.sheet.clone(),
                    number,
                    taken_in: later.taken_in,
                    change: compare_editions(&before, &table, settled),
                });
            }
        }
    }
    Ok(changes)
}

/// Captures of files by folder and path, and settled columns by the path of their list.
type Lists = (BTreeMap<(String, String), Vec<Capture>>, BTreeMap<String, Vec<Column>>);

fn lists(register: &Register, path: Option<&str>) -> Result<Lists> {
    let (mut lists, mut columns) = (BTreeMap::<_, Vec<Capture>>::new(), BTreeMap::new());
    for capture in register.captures()? {
        if let Some(list) = capture.path.strip_suffix(COLUMNS_ENDING) {
            let original = register.evidence().original(&capture.item);
            let bytes = intake::length(&original).unwrap_or_default();
            let format = crate::model::Format::Columns;
            if let (Readable::Columns(settled), _) =
                intake::read(&capture.path, format, &original, bytes)
            {
                columns.insert(list.to_owned(), settled);
            }
        } else if path.is_none_or(|path| path == capture.path) {
            let list = lists.entry((capture.path.clone(), capture.origin.clone())).or_default();
            // The same bytes taken in anew are no edition.
            if list.last().is_none_or(|last: &Capture| last.item != capture.item) {
                list.push(capture);
            }
        }
    }
    Ok((lists, columns))
}

/// The tables of a capture's original; none where it holds none.
fn tables(register: &Register, capture: &Capture) -> Vec<Table> {
    let original = register.evidence().original(&capture.item);
    let Ok(head) = intake::head(&original) else { return Vec::new() };
    let format = intake::format_of(&capture.path, &head);
    if !format.has_tables() {
        return Vec::new();
    }
    let bytes = intake::length(&original).unwrap_or_default();
    match intake::read(&capture.path, format, &original, bytes) {
        (Readable::Tables(tables), _) => tables,
        _ => Vec::new(),
    }
}
