//! Writes what linking bare files found: `clusters.csv`, `pairs.csv`, `model.json`, `blocks.csv` and
//! `diagnostics.html`.
//!
//! None holds a name or a cell: rows are named by source and number, so that the files can be
//! passed on with no more than the lists themselves say.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sijil_linkage::{Pair, Part, Persons};

use super::error::{Error, Result};
use super::link_files::FilesLinked;
use super::link_page;
use crate::publish::linkage_page;

/// What writes one table into its file.
type Table = fn(&FilesLinked, &mut dyn Write) -> io::Result<()>;

/// The tables by the names of their files.
const TABLES: &[(&str, Table)] = &[
    ("clusters.csv", clusters),
    ("pairs.csv", pairs),
    ("blocks.csv", blocks),
    ("model.json", model),
    ("diagnostics.html", diagnostics),
];

/// The table that is written where a former run was taken up.
const CHANGES: (&str, Table) = ("changes.csv", changes);

/// Writes the tables into `out`, which is made if need be, and gives their paths.
///
/// # Errors
/// When a file cannot be written.
pub fn write_link_tables(out: &Path, linked: &FilesLinked) -> Result<Vec<PathBuf>> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source: io::Error| Error::Output { path, source }
    };
    fs::create_dir_all(out).map_err(failed(out))?;
    let mut written = Vec::new();
    let changes = linked.before.is_some().then_some(&CHANGES);
    for (name, table) in TABLES.iter().chain(changes) {
        let path = out.join(name);
        let write = || {
            let mut file = BufWriter::new(File::create(&path)?);
            table(linked, &mut file)?;
            file.flush()
        };
        write().map_err(failed(&path))?;
        written.push(path);
    }
    Ok(written)
}

/// The id of a row, where there are ids.
fn id(linked: &FilesLinked, row: usize) -> Option<&str> {
    linked.ids.as_ref().map(|ids| ids.get(linked.rows[row].id))
}

fn clusters(linked: &FilesLinked, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(to);
    let mut header = vec!["source", "row", "cluster"];
    header.extend(linked.ids.is_some().then_some("id"));
    writer.write_record(header)?;
    for at in in_file_order(linked) {
        let row = linked.rows[at];
        let (number, cluster) = (row.row.to_string(), row.cluster.to_string());
        let source = linked.sources[row.source as usize].as_str();
        let cells = [source, &number, &cluster].into_iter().chain(id(linked, at));
        writer.write_record(cells)?;
    }
    writer.flush()
}

/// The rows in the order of the files: where a former run was taken up, new ones come last.
fn in_file_order(linked: &FilesLinked) -> Vec<usize> {
    let mut order: Vec<usize> = (0..linked.rows.len()).collect();
    order.sort_by_key(|at| (linked.rows[*at].source, linked.rows[*at].row));
    order
}

/// Rows of a former run that are of another person now, or of one with another number.
fn changes(linked: &FilesLinked, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(to);
    writer.write_record(["source", "row", "cluster_before", "cluster"])?;
    let before = linked.before.iter().flatten();
    for (row, before) in linked.rows.iter().zip(before) {
        if *before > 0 && *before != row.cluster {
            let numbers = [row.row, (*before).into(), row.cluster.into()].map(|n| n.to_string());
            let cells = [linked.sources[row.source as usize].as_str()].into_iter();
            writer.write_record(cells.chain(numbers.iter().map(String::as_str)))?;
        }
    }
    writer.flush()
}

/// Writes the pairs that a human should look at first into `asked.csv`, in the form of labels: the
/// column `label` is to be filled in with yes, no or unsure and given back with --labels.
///
/// # Errors
/// When the file cannot be written.
pub fn write_asked(out: &Path, linked: &FilesLinked, wanted: usize) -> Result<(PathBuf, usize)> {
    let path = out.join("asked.csv");
    let pairs = linked.linkage.ask(wanted);
    let count = pairs.len();
    let write = || {
        let mut writer = csv::Writer::from_path(&path)?;
        let names = comparisons(linked);
        writer.write_record(header(linked, &names, &["why", "label"]))?;
        for pair in pairs {
            let mut cells = cells(linked, &pair, &names);
            cells.extend([why(&pair), String::new()]);
            writer.write_record(cells)?;
        }
        writer.flush()
    };
    write().map_err(|source| Error::Output { path: path.clone(), source })?;
    Ok((path, count))
}

/// The headers of a table of pairs.
fn header(linked: &FilesLinked, names: &[String], last: &[&str]) -> Vec<String> {
    let mut header: Vec<String> = Vec::new();
    for end in ["a", "b"] {
        header.extend([format!("{end}_source"), format!("{end}_row")]);
        header.extend(linked.ids.as_ref().map(|_| format!("{end}_id")));
    }
    header.extend(["probability", "weight"].map(str::to_owned));
    header.extend(names.iter().map(|name| format!("weight_{name}")));
    header.extend(last.iter().map(|name| (*name).to_owned()));
    header
}

/// The cells of a pair, but for the last.
fn cells(linked: &FilesLinked, pair: &Pair, names: &[String]) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for end in [pair.a as usize, pair.b as usize] {
        let row = linked.rows[end];
        cells.extend([linked.sources[row.source as usize].clone(), row.row.to_string()]);
        cells.extend(id(linked, end).map(str::to_owned));
    }
    cells.extend([format!("{:.4}", pair.probability), format!("{:.3}", pair.weight)]);
    cells.extend(names.iter().map(|name| weight(pair, name)));
    cells
}

fn pairs(linked: &FilesLinked, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(to);
    let names = comparisons(linked);
    writer.write_record(header(linked, &names, &["joined", "why"]))?;
    let linkage = &linked.linkage;
    let joined = linkage.joined().map(|pair| (pair, "yes"));
    for (pair, joined) in joined.chain(linkage.open().map(|pair| (pair, "no"))) {
        let mut cells = cells(linked, &pair, &names);
        cells.extend([joined.to_owned(), why(&pair)]);
        writer.write_record(cells)?;
    }
    writer.flush()
}

/// The names of all comparisons, sorted.
fn comparisons(linked: &FilesLinked) -> Vec<String> {
    let learned = linked.linkage.learned();
    let mut names: Vec<String> = learned
        .comparisons
        .iter()
        .filter_map(|c| Some(comparison(&c.field, c.levels.first()?.words)))
        .collect();
    // What being relatives, or having died together, takes off.
    names.push(comparison("others", ""));
    names.sort();
    names.dedup();
    names
}

/// The weight of one comparison; empty where a value was missing.
fn weight(pair: &Pair, name: &str) -> String {
    let is_it = |part: &&Part| comparison(&part.field, &part.level) == name;
    let part = pair.parts.iter().find(is_it);
    part.map(|part| format!("{:.3}", part.weight)).unwrap_or_default()
}

fn why(pair: &Pair) -> String {
    let said = pair.parts.iter().map(|part| format!("{}: {}", part.field, part.level));
    said.collect::<Vec<_>>().join("; ")
}

/// The name of a comparison. A name is compared twice, its first part and the others; the words of
/// the level tell which.
fn comparison(field: &str, level: &str) -> String {
    let name = match field {
        "name" if level.starts_with("given name") => "given_name",
        "name" => "further_names",
        other => other,
    };
    name.replace(' ', "_")
}

/// How many pairs were compared because of what, and what was left out.
fn blocks(linked: &FilesLinked, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(to);
    writer.write_record([
        "records_agree_on",
        "pairs_compared",
        "pairs_kept_and_new",
        "groups_compared_in_part",
        "records_of_the_largest",
    ])?;
    for pass in linked.linkage.passes() {
        let numbers = [pass.looked_at, pass.new, pass.cut, pass.largest].map(|n| n.to_string());
        let cells = std::iter::once(pass.agreement).chain(numbers.iter().map(String::as_str));
        writer.write_record(cells)?;
    }
    writer.flush()
}

/// The model: shares among pairs of one person (m) and of strangers (u), prior, limits, versions.
fn model(linked: &FilesLinked, to: &mut dyn Write) -> io::Result<()> {
    let learned = linked.linkage.learned();
    let comparisons: Vec<Value> = learned
        .comparisons
        .iter()
        .map(|comparison| {
            let level = |level: &sijil_linkage::LearnedLevel| {
                json!({
                    "level": level.words, "m": level.m, "u": level.u, "shared": level.shared,
                    "weight": level.weight,
                })
            };
            let levels: Vec<Value> = comparison.levels.iter().map(level).collect();
            json!({ "field": comparison.field, "filled": comparison.filled, "levels": levels })
        })
        .collect();
    let persons = linked.linkage.persons();
    let body = json!({
        "program": { "name": "sijil", "version": env!("CARGO_PKG_VERSION") },
        "seed": Value::Null,
        "sampling": "by hash of content: the same rows give the same sample",
        "records": linked.rows.len(),
        "persons": linked.persons,
        "distinct_persons": persons.map(|persons| json!({
            "expected": tenth(persons.expected), "low": tenth(persons.low),
            "high": tenth(persons.high), "level": Persons::LEVEL,
            "spread": tenth(persons.spread), "never_weighed": tenth(persons.unseen),
        })),
        "prior": { "two_lists": learned.prior_two_lists, "one_list": learned.prior_one_list },
        "thresholds": { "join": linked.spec.threshold, "open": linked.spec.open },
        "comparisons": comparisons,
        // What --since takes up.
        "digest": linked.digest,
        "lists": (0..).take(linked.lists.len()).map(|at| linked.lists.get(at)).collect::<Vec<_>>(),
        "kept": linked.linkage.kept(),
    });
    serde_json::to_writer_pretty(&mut *to, &body)?;
    writeln!(to)
}

fn diagnostics(linked: &FilesLinked, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(linkage_page(&link_page::page(linked)).as_bytes())
}

/// One decimal: a tenth of a person is more than anybody can know.
fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
