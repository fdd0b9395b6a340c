//! The training exercise: an invented province, four lists of its killed, and the truth.
//!
//! `cargo xtask exercise` writes `examples/exercise/` and, beside it, what only its makers know:
//! which rows are which person (`exercise.truth.csv`) and who was killed at all, on a list or on
//! none (`exercise.people.csv`). `--check` writes nothing and fails where files differ.
//!
//! Nothing here reads the clock or any other file: the same seed gives the same bytes.

mod boundaries;
mod events;
pub(crate) mod lists;
mod mistakes;
pub(crate) mod names;
mod people;
mod province;
mod reports;
pub(crate) mod romanise;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::dice::Dice;
use lists::List;
use people::{Person, Sex};
use province::{DISTRICTS, VILLAGES, district_of};

/// The seed of the committed exercise.
const SEED: u64 = 20_310_503;

/// Folder of the exercise below the folder of the examples.
const FOLDER: &str = "exercise";

/// A generated file: path below the folder of the examples, and bytes.
type Generated = (String, Vec<u8>);

/// Writes the exercise below `examples`, or only checks that it lies there as generated.
pub(crate) fn run(examples: &Path, check: bool) -> Result<String> {
    if check {
        return check_files(examples, &generate(SEED)?);
    }
    write(examples, SEED)
}

/// Writes an exercise of this seed below a folder: what was settled on one is tried on others.
pub(crate) fn write(below: &Path, seed: u64) -> Result<String> {
    let files = generate(seed)?;
    for (path, bytes) in &files {
        let path = below.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)
                .with_context(|| format!("making {}", parent.display()))?;
        }
        std::fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(format!("{} files written below {}", files.len(), below.display()))
}

fn check_files(examples: &Path, files: &[Generated]) -> Result<String> {
    let mut wrong: Vec<String> = Vec::new();
    for (path, bytes) in files {
        match std::fs::read(examples.join(path)) {
            Ok(found) if found == *bytes => {}
            Ok(_) => wrong.push(format!("{path} differs")),
            Err(e) => wrong.push(format!("{path}: {e}")),
        }
    }
    let made: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let folder = examples.join(FOLDER);
    let entries =
        std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        let path = format!("{FOLDER}/{}", entry?.file_name().to_string_lossy());
        if !made.contains(path.as_str()) {
            wrong.push(format!("{path} is not generated"));
        }
    }
    if !wrong.is_empty() {
        wrong.sort();
        bail!("run `cargo xtask exercise` and look at what changed:\n{}", wrong.join("\n"));
    }
    Ok(format!("{} files are as generated", files.len()))
}

/// All files of the exercise.
fn generate(seed: u64) -> Result<Vec<Generated>> {
    let people = people::people(&mut Dice::new(seed, 0))?;
    let lists = lists::lists(&people, seed)?;
    let in_folder = |file: &str| format!("{FOLDER}/{file}");
    let mut files = vec![(in_folder("sijil.toml"), province::settings()?.into_bytes())];
    for report in reports::reports(&people) {
        files.push((in_folder(report.file), report.text.into_bytes()));
    }
    files.push((format!("{FOLDER}.truth.csv"), truth(&lists)?));
    files.push((format!("{FOLDER}.people.csv"), all_people(&people, &lists)?));
    files.extend(lists.into_iter().map(|list| (in_folder(list.file), list.bytes)));
    Ok(files)
}

fn person_id(index: usize) -> String {
    format!("P{:04}", index + 1)
}

/// Which row is which person.
fn truth(lists: &[List]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["file", "sheet", "row", "person"])?;
    for list in lists {
        for (row, person) in &list.rows {
            writer.write_record([
                list.file,
                list.sheet,
                row.to_string().as_str(),
                person_id(*person).as_str(),
            ])?;
        }
    }
    writer.into_inner().context("the truth in memory")
}

/// Every true person, with the number of lists that name them: 0 for those whom no list saw.
fn all_people(people: &[Person], lists: &[List]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "person", "sex", "age", "died", "village", "district", "party", "status", "lists",
    ])?;
    for (index, person) in people.iter().enumerate() {
        let on = |list: &&List| list.rows.iter().any(|(_, listed)| *listed == index);
        writer.write_record([
            person_id(index).as_str(),
            if person.sex == Sex::Female { "female" } else { "male" },
            &person.age.to_string(),
            &person.died.to_string(),
            VILLAGES[person.village()].name,
            DISTRICTS[district_of(person.village())].name,
            events::EVENTS[person.event].party.english(),
            if person.fighter { "fighter" } else { "civilian" },
            &lists.iter().filter(on).count().to_string(),
        ])?;
    }
    writer.into_inner().context("the people in memory")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
        let first = generate(SEED).unwrap();
        assert_eq!(first, generate(SEED).unwrap());
        let other = generate(SEED + 1).unwrap();
        assert_ne!(first, other);
        let paths = |files: &[Generated]| files.iter().map(|f| f.0.clone()).collect::<Vec<_>>();
        assert_eq!(paths(&first), paths(&other));
    }

    #[test]
    fn the_truth_points_at_rows_that_exist_and_at_each_once() {
        let people = people::people(&mut Dice::new(SEED, 0)).unwrap();
        for list in lists::lists(&people, SEED).unwrap() {
            let named: BTreeSet<u64> = list.rows.iter().map(|(row, _)| *row).collect();
            assert_eq!(named.len(), list.rows.len());
            let Ok(text) = std::str::from_utf8(&list.bytes) else {
                // The spreadsheet: its rows are numbered from 2 without a gap.
                assert_eq!(named, (2..2 + named.len() as u64).collect());
                continue;
            };
            let delimiter = if list.file == "volunteers.csv" { b';' } else { b',' };
            let mut reader =
                csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
            let rows: BTreeSet<u64> = reader
                .records()
                .map(|record| record.unwrap().position().map_or(0, csv::Position::line))
                .collect();
            assert_eq!(named, rows, "{}", list.file);
        }
    }

    #[test]
    fn the_committed_files_are_as_generated() {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
        run(&examples, true).unwrap();
    }
}
