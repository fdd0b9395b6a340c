//! Judgements of humans on pairs of rows of bare files.

use std::collections::BTreeMap;
use std::path::Path;

use sijil_linkage::{Ruling, Texts, Verdict};

use super::error::{Error, Result};
use super::link_files::LinkedRow;

/// Words for each verdict, as humans write them.
const SAME: &[&str] = &["yes", "same", "1", "true", "y"];
const DIFFERENT: &[&str] = &["no", "different", "0", "false", "n"];
const UNSURE: &[&str] = &["unsure", "", "?"];

/// Reads labels: `a_source,a_row,b_source,b_row,label`, or `a_id,b_id,label` where rows have ids;
/// the columns of `pairs.csv` do, with a column `label` added. Other columns are passed over.
///
/// # Errors
/// When the file cannot be read, lacks a column, or has a row or a label that is not known.
pub(super) fn read(
    path: &Path,
    sources: &[String],
    rows: &[LinkedRow],
    ids: Option<&Texts>,
) -> Result<Vec<Ruling>> {
    let input = |reason: String| Error::Input { path: path.to_path_buf(), reason };
    let mut reader = csv::Reader::from_path(path).map_err(|e| input(e.to_string()))?;
    let headers = reader.headers().map_err(|e| input(e.to_string()))?.clone();
    let column = |name: &str| headers.iter().position(|header| header.trim() == name);
    let label = column("label").ok_or_else(|| input("has no column \"label\"".to_owned()))?;
    let place = |end: char| {
        let at = |name: &str| column(&format!("{end}_{name}"));
        match (at("source"), at("row"), at("id")) {
            (Some(source), Some(row), _) => Some([Some(source), Some(row), None]),
            (_, _, Some(id)) if ids.is_some() => Some([None, None, Some(id)]),
            _ => None,
        }
    };
    let (Some(a), Some(b)) = (place('a'), place('b')) else {
        let wanted = "a_source,a_row,b_source,b_row, or with --id-column a_id,b_id";
        return Err(input(format!(
            "does not say which rows it is of; its columns must be {wanted}"
        )));
    };
    let index = Index::of(sources, rows, ids);
    let mut rulings = Vec::new();
    for (line, record) in (2..).zip(reader.records()) {
        let record = record.map_err(|e| input(e.to_string()))?;
        let word = record.get(label).unwrap_or_default().trim().to_lowercase();
        let verdict = match word.as_str() {
            word if SAME.contains(&word) => Verdict::Same,
            word if DIFFERENT.contains(&word) => Verdict::Different,
            word if UNSURE.contains(&word) => continue,
            _ => return Err(input(format!("line {line}: a label is yes, no or unsure"))),
        };
        let find = |end: [Option<usize>; 3]| {
            let cells = end.map(|at| at.and_then(|at| record.get(at)).unwrap_or_default().trim());
            index.find(cells).ok_or_else(|| input(format!("line {line}: no list has such a row")))
        };
        rulings.push(Ruling { a: find(a)?, b: find(b)?, verdict });
    }
    Ok(rulings)
}

/// Rows by what they are called.
struct Index<'a> {
    by_place: BTreeMap<(&'a str, u64), u32>,
    by_id: BTreeMap<&'a str, u32>,
}

impl<'a> Index<'a> {
    fn of(sources: &'a [String], rows: &[LinkedRow], ids: Option<&'a Texts>) -> Self {
        let place = |row: &LinkedRow| (sources[row.source as usize].as_str(), row.row);
        let by_place = rows.iter().map(place).zip(0..).collect();
        let id = |row: &LinkedRow| ids.map(|ids| ids.get(row.id));
        let by_id = rows.iter().zip(0..).filter_map(|(row, at)| Some((id(row)?, at))).collect();
        Self { by_place, by_id }
    }

    fn find(&self, [source, row, id]: [&str; 3]) -> Option<u32> {
        if id.is_empty() {
            return self.by_place.get(&(source, row.parse().ok()?)).copied();
        }
        self.by_id.get(id).copied()
    }
}
