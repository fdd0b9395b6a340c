//! `sijil names`: compares names in two columns, or finds the nearest names of a list.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};
use serde_json::{Value, json};
use sijil::work::{self, ComparedNames, FoundNames, NameScore};

use super::Outcome;
use super::add::tell_problems;
use super::failure::Failure;
use super::listing::{Format, Listing};

/// Compare names in Arabic and Latin script, or find the names of a list nearest to a name
///
/// With FILE, every row of it is written with three columns more: `score` (the probability that
/// they are spellings of one name), `same` (true from a half on) and `why`.
///
/// With --query, the nearest names of --column in the file --in are written with rank, score, same
/// and why. With --queries, so are those for every row, as `query_row,rank,name,score`; `query_row`
/// is the row as a spreadsheet shows it, for CSV the line that the row begins on (the header is
/// line 1). A name that stands in several rows is found once; names with nothing in common are left
/// out.
#[derive(Args)]
#[command(group(ArgGroup::new("what").required(true).args(["file", "query", "queries"])))]
pub(super) struct Arguments {
    /// CSV or XLSX file with two columns of names
    #[arg(requires_all = ["left", "right"])]
    file: Option<PathBuf>,
    /// Column of the one name
    #[arg(long, value_name = "COL", requires = "file")]
    left: Option<String>,
    /// Column of the other name
    #[arg(long, value_name = "COL", requires = "file")]
    right: Option<String>,
    /// Name to look for
    #[arg(long, value_name = "NAME", requires_all = ["within", "column"])]
    query: Option<String>,
    /// File with a name to look for in every row
    #[arg(long, value_name = "FILE", requires_all = ["query_column", "within", "column"])]
    queries: Option<PathBuf>,
    /// Column of --queries that holds the names to look for
    #[arg(long, value_name = "COL", requires = "queries")]
    query_column: Option<String>,
    /// CSV or XLSX file to look in
    #[arg(long = "in", value_name = "FILE", conflicts_with = "file")]
    within: Option<PathBuf>,
    /// Column of --in that holds the names
    #[arg(long, value_name = "COL", conflicts_with = "file")]
    column: Option<String>,
    /// How many names to give at most
    #[arg(long, value_name = "K", default_value_t = 10, conflicts_with = "file")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    top: u32,
    /// How to write the rows
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    if let Some(file) = &arguments.file {
        let (left, right) = (text(&arguments.left), text(&arguments.right));
        let compared = work::compare_columns(file, &left, &right)?;
        write_compared(&compared, arguments.format)?;
        return Ok(tell_problems(&compared.problems));
    }
    let (within, column) =
        (arguments.within.as_deref().unwrap_or(Path::new("")), text(&arguments.column));
    let top = arguments.top as usize;
    let found = if let Some(queries) = &arguments.queries {
        let query_column = text(&arguments.query_column);
        let found = work::nearest_names_of_each((queries, &query_column), (within, &column), top)?;
        write_found_of_each(&found, arguments.format)?;
        found
    } else {
        let query = text(&arguments.query);
        let found = work::nearest_names(&query, within, &column, top)?;
        write_found(&found, arguments.format)?;
        found
    };
    Ok(tell_problems(&found.problems))
}

fn write_compared(compared: &ComparedNames, format: Format) -> std::io::Result<()> {
    let mut headers: Vec<&str> = compared.headers.iter().map(String::as_str).collect();
    headers.extend(["score", "same", "why"]);
    let rows = compared.rows.iter().map(|(cells, score)| {
        let cells = cells.iter().map(|cell| json!(cell));
        cells.chain(values(score)).collect()
    });
    Listing { headers, rows: rows.collect() }.write(format)
}

fn values(score: &NameScore) -> [Value; 3] {
    [json!(score.score), json!(score.same), json!(score.why)]
}

fn write_found(found: &FoundNames, format: Format) -> std::io::Result<()> {
    let names = found.queries.iter().flat_map(|(_, names)| names);
    let rows = names.map(|name| {
        [json!(name.rank), json!(name.name)].into_iter().chain(values(&name.found)).collect()
    });
    let headers = vec!["rank", "name", "score", "same", "why"];
    Listing { headers, rows: rows.collect() }.write(format)
}

fn write_found_of_each(found: &FoundNames, format: Format) -> std::io::Result<()> {
    let queries = found.queries.iter();
    let rows = queries.flat_map(|(row, names)| {
        names.iter().map(move |name| {
            vec![json!(row), json!(name.rank), json!(name.name), json!(name.found.score)]
        })
    });
    let headers = vec!["query_row", "rank", "name", "score"];
    Listing { headers, rows: rows.collect() }.write(format)
}
