//! `sijil link`: finds the rows of bare lists that stand for one person.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use sijil::work::{self, FilesLinked, LinkSpec, Linking, Persons};

use super::Outcome;
use super::add::tell_problems;
use super::failure::{Failure, note};
use super::report::print_checked;

/// Find the rows of victim lists that stand for one person, within a list and across lists
///
/// What the columns mean is inferred from their headers, in English and Arabic, and from their
/// values, and told on standard error. A column `source` or `list` with few values says which list
/// a row stands on; else each file and sheet is a list.
///
/// Writes `clusters.csv` (source, row, cluster; with --id-column also id), `pairs.csv` (the pairs
/// that hold clusters together and those left open: both rows, probability, weight and one weight
/// a comparison, in bits, empty where a value is missing), `blocks.csv` (why pairs were compared,
/// and what was left out), `model.json` (what was learned) `diagnostics.html` (the same to
/// look at, without names) and with --since `changes.csv` (rows whose
/// person has another number now). `row` is the row as a spreadsheet
/// shows it, for CSV the line that it begins on (the header is line 1), for Parquet as if it had a
/// header.
#[derive(Args)]
pub(super) struct Arguments {
    /// CSV, XLSX and Parquet files, linked together
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Join rows from this probability on, between 0 and 1; else from 0.5
    #[arg(long, value_name = "P", value_parser = probability)]
    threshold: Option<f64>,
    /// What to link by, as --save-spec writes it; else it is inferred
    #[arg(long, value_name = "SPEC.toml")]
    spec: Option<PathBuf>,
    /// Save what is linked by, to be changed and given back with --spec
    #[arg(long, value_name = "SPEC.toml")]
    save_spec: Option<PathBuf>,
    /// Pairs that a human has judged (yes, no, unsure): rows of `pairs.csv` with a column `label`
    #[arg(long, value_name = "LABELS.csv")]
    labels: Option<PathBuf>,
    /// Folder that a former run wrote into: give its lists again and new ones, or lists with rows put
    /// behind; new rows join, and persons keep their numbers
    #[arg(long, value_name = "DIR")]
    since: Option<PathBuf>,
    /// No list names a person twice
    #[arg(long)]
    one_to_one: bool,
    /// Write the N pairs whose answer would tell most into `asked.csv`, to be filled in and given
    /// back with --labels
    #[arg(long, value_name = "N")]
    ask: Option<usize>,
    /// Folder to write the tables into, made if need be
    #[arg(short = 'o', long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// Column that says who a row truly is: scores the outcome, is never linked by
    #[arg(long, value_name = "COLUMN")]
    truth: Option<String>,
    /// Column of ids to hand through to the tables, never linked by
    #[arg(long, value_name = "COLUMN")]
    id_column: Option<String>,
}

fn probability(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(p) if (0.0..=1.0).contains(&p) => Ok(p),
        _ => Err("give a probability between 0 and 1, such as 0.8".to_owned()),
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let spec = arguments.spec.as_deref().map(LinkSpec::read).transpose()?;
    let linking = Linking {
        files: &arguments.files,
        spec: spec.as_ref(),
        labels: arguments.labels.as_deref(),
        since: arguments.since.as_deref(),
        threshold: arguments.threshold,
        one_to_one: arguments.one_to_one,
        truth: arguments.truth.as_deref(),
        id_column: arguments.id_column.as_deref(),
    };
    let linked = work::link_files(&linking)?;
    tell_columns(&linked);
    let mut written = work::write_link_tables(&arguments.out, &linked)?;
    if let Some(wanted) = arguments.ask {
        let (path, count) = work::write_asked(&arguments.out, &linked, wanted)?;
        note(&format!(
            "{count} pairs to judge: fill in the column label, give it back with --labels"
        ));
        written.push(path);
    }
    if let Some(path) = &arguments.save_spec {
        linked.spec.write(path)?;
        written.push(path.clone());
    }
    linked.linkage.notes().iter().for_each(|line| note(line));
    let mut out = io::stdout().lock();
    writeln!(out, "rows      {}", linked.rows.len())?;
    writeln!(out, "persons   {}", linked.persons)?;
    if let Some(persons) = linked.linkage.persons() {
        let (low, high) = (persons.low.floor(), persons.high.ceil());
        writeln!(out, "between   {low} and {high} at {} %", Persons::LEVEL * 100.0)?;
    }
    if let Some(before) = &linked.before {
        let new = before.iter().filter(|number| **number == 0).count();
        writeln!(out, "joined    {new} rows that are new; persons keep their numbers")?;
    }
    writeln!(out, "open      {} pairs for a human to look at", linked.linkage.open_pairs())?;
    for path in written {
        writeln!(out, "wrote     {}", path.display())?;
    }
    drop(out);
    if let (Some(checked), Some(truth)) = (&linked.checked, &arguments.truth) {
        print_checked(checked, &format!("column {truth}"))?;
    }
    Ok(tell_problems(&linked.problems))
}

/// What was inferred, a line a column; the source only where there are several.
fn tell_columns(linked: &FilesLinked) {
    let first = linked.columns.first().map(|column| &column.source);
    let many = linked.columns.iter().any(|column| Some(&column.source) != first);
    for column in &linked.columns {
        let role = match (&column.role, column.compared) {
            (Some(role), true) => role.clone(),
            (Some(role), false) => format!("{role} (not compared)"),
            (None, _) => "not compared".to_owned(),
        };
        let source = if many { format!("{}: ", column.source) } else { String::new() };
        note(&format!("inferred: {source}{} -> {role}", column.header));
    }
}
