//! A former run taken up: rows that were linked keep the numbers of their persons, new rows join.
//!
//! The lists are given again, the old ones with the new: nothing of what they say is kept beside them,
//! only a digest, so that a row that was changed since is not taken for the one that was linked.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sijil_linkage::{Kept, Linkage, Roll};

use super::error::{Error, Result};
use super::link_files::LinkedRow;

/// What a former run left.
pub(super) struct Former {
    path: PathBuf,
    kept: Kept,
    digest: String,
    lists: Vec<String>,
    /// The number of each row's person, by source and row.
    numbers: BTreeMap<(String, u64), u32>,
}

/// The part of `model.json` that is taken up.
#[derive(Deserialize)]
struct Model {
    kept: Kept,
    digest: String,
    lists: Vec<String>,
}

/// Rows of a former run and new ones.
pub(super) struct TakenUp {
    /// The former run, before the new rows join.
    pub(super) linkage: Linkage,
    /// The new rows.
    pub(super) later: Roll,
    /// For each row, the rows of before first, the number of its person; 0 for a new one.
    pub(super) numbers: Vec<u32>,
}

impl Former {
    /// Reads what a run wrote into a folder.
    ///
    /// # Errors
    /// When it is no such folder.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("model.json");
        let input = |path: &Path, why: String| {
            let reason = format!("{why}; name the folder that `sijil link --out` wrote");
            Error::Input { path: path.to_path_buf(), reason }
        };
        let text = fs::read_to_string(&path).map_err(|e| input(&path, e.to_string()))?;
        let Model { kept, digest, lists } =
            serde_json::from_str(&text).map_err(|e| input(&path, e.to_string()))?;
        let table = folder.join("clusters.csv");
        let mut reader =
            csv::Reader::from_path(&table).map_err(|e| input(&table, e.to_string()))?;
        let mut numbers = BTreeMap::new();
        for record in reader.records() {
            let record = record.map_err(|e| input(&table, e.to_string()))?;
            let number = |at: usize| record.get(at).and_then(|cell| cell.parse::<u32>().ok());
            let (Some(source), Some(row), Some(cluster)) =
                (record.get(0), record.get(1).and_then(|cell| cell.parse().ok()), number(2))
            else {
                return Err(input(&table, "has a row without source, row and cluster".to_owned()));
            };
            numbers.insert((source.to_owned(), row), cluster);
        }
        Ok(Self { path, kept, digest, lists, numbers })
    }

    /// The lists of the former run, in the order of their numbers.
    pub(super) fn lists(&self) -> &[String] {
        &self.lists
    }

    /// Takes it up with the rows of before and new ones; `reorder` puts the former first, by whether
    /// each row is one of them.
    ///
    /// # Errors
    /// When rows of before are not there or have changed, or other fields are linked by.
    pub(super) fn take_up(
        &self,
        roll: Roll,
        sources: &[String],
        rows: &[LinkedRow],
        reorder: &mut dyn FnMut(&[bool]),
    ) -> Result<TakenUp> {
        let anew = |why: &str| {
            let reason = format!("{why}; link all anew, without --since");
            Error::Input { path: self.path.clone(), reason }
        };
        let number = |row: &LinkedRow| {
            let source = sources[row.source as usize].clone();
            self.numbers.get(&(source, row.row)).copied().unwrap_or(0)
        };
        let mut numbers: Vec<u32> = rows.iter().map(number).collect();
        let is_known: Vec<bool> = numbers.iter().map(|number| *number > 0).collect();
        if is_known.iter().filter(|known| **known).count() != self.numbers.len() {
            let gone = self.numbers.keys().find(|(source, _)| !sources.contains(source));
            return Err(match gone {
                Some((source, _)) => {
                    let reason = format!("{source} was linked before; name it again as well");
                    Error::Input { path: self.path.clone(), reason }
                }
                None => anew("rows that were linked before are gone"),
            });
        }
        let (early, later) = roll.split(&is_known);
        if format!("{:016x}", early.digest()) != self.digest {
            return Err(anew("rows that were linked before have changed"));
        }
        reorder(&is_known);
        numbers.retain(|number| *number > 0);
        let linkage = Linkage::resume(early, &self.kept, &numbers)
            .ok_or_else(|| anew("other columns were linked by"))?;
        numbers.resize(rows.len(), 0);
        Ok(TakenUp { linkage, later, numbers })
    }
}

/// Numbers for clusters, given those of before (0 for a new row): a cluster keeps the number that most
/// of its rows have, each number goes to the cluster that has most of it, and what is new is numbered on.
pub(super) fn renumbered(clusters: &[u32], before: &[u32]) -> Vec<u32> {
    let mut shared: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for (cluster, number) in clusters.iter().zip(before).filter(|(_, number)| **number > 0) {
        *shared.entry((*cluster, *number)).or_default() += 1;
    }
    let mut claims: Vec<((u32, u32), u32)> = shared.into_iter().collect();
    claims.sort_by_key(|((cluster, number), rows)| (u32::MAX - rows, *number, *cluster));
    let (mut of, mut taken) = (BTreeMap::new(), vec![false; 1]);
    for ((cluster, number), _) in claims {
        let at = number as usize;
        if taken.len() <= at {
            taken.resize(at + 1, false);
        }
        if !taken[at] && !of.contains_key(&cluster) {
            taken[at] = true;
            of.insert(cluster, number);
        }
    }
    let mut next = before.iter().copied().max().unwrap_or(0);
    let number = |cluster: &u32| {
        *of.entry(*cluster).or_insert_with(|| {
            next += 1;
            next
        })
    };
    clusters.iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_with_most_of_their_rows() {
        // Persons 1 (three rows) and 2 become one; 3 splits; a new row joins 4, another is new.
        let clusters = [0, 0, 0, 0, 4, 5, 5, 7, 7, 9];
        let before = [1, 1, 1, 2, 3, 3, 3, 4, 0, 0];
        assert_eq!(renumbered(&clusters, &before), [1, 1, 1, 1, 5, 3, 3, 4, 4, 6]);
        assert_eq!(renumbered(&[0, 1, 0], &[0, 0, 0]), [1, 2, 1]);
    }
}
