//! `sijil diff`: why each number moved between two editions.

use std::io::{self, Write};

use clap::Args;
use serde_json::json;
use sijil::model::Figure;
use sijil::work::{self, CellChange, FigureChange, Material, Query};

use super::Outcome;
use super::count::By;
use super::failure::Failure;
use super::listing::{Format, Listing};
use super::place::Place;

/// Why each number moved between two editions: new, merged, split, re-attributed, withdrawn, corrected
#[derive(Args)]
pub(super) struct Arguments {
    /// The earlier edition, ledger entry or day
    before: String,
    /// The later edition, ledger entry or day
    after: String,
    /// Dimensions to compare by
    #[arg(
        long,
        value_delimiter = ',',
        value_enum,
        default_value = "party",
        value_name = "DIMENSION"
    )]
    by: Vec<By>,
    /// How to write the changes
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let register = arguments.place.read()?;
    let at = |words: &str| -> Result<Material, Failure> {
        Ok(Material::of(&register, work::moment(&register, words)?)?)
    };
    let (before, after) = (at(&arguments.before)?, at(&arguments.after)?);
    let mut rows = Vec::new();
    let breakdown: Vec<_> = arguments.by.iter().map(|by| by.dimension()).collect();
    for by in [Vec::new(), breakdown] {
        let query = Query { by, ..Query::default() };
        rows.extend(work::diff_persons(&before, &after, &query).iter().flat_map(cell_rows));
    }
    rows.extend(work::diff_accounts(&before, &after).iter().map(figure_row));
    if rows.is_empty() && arguments.format == Format::Table {
        writeln!(io::stdout(), "no number moved")?;
        return Ok(Outcome::Done);
    }
    let headers = vec!["cell", "before", "after", "cause", "by", "because"];
    Listing { headers, rows }.write(arguments.format)?;
    Ok(Outcome::Done)
}

/// Low, best and high of a figure as one word.
fn ends(figure: Option<&Figure>) -> String {
    let end = |value: Option<u64>| value.map_or_else(|| "open".to_owned(), |n| n.to_string());
    figure.map_or_else(String::new, |f| {
        let (low, best, high) = (end(f.low.value), end(f.best.value), end(f.high.value));
        if low == best && best == high { best } else { format!("{best} ({low} to {high})") }
    })
}

fn cell_rows(cell: &CellChange) -> Vec<Vec<serde_json::Value>> {
    let row = |cause: &str, by: String, because: String| {
        let (before, after) = (ends(cell.before.as_ref()), ends(cell.after.as_ref()));
        [cell.cell.clone(), before, after, cause.to_owned(), by, because]
            .map(|text| json!(text))
            .to_vec()
    };
    if cell.changes.is_empty() {
        let because = "linkage leaves more or fewer pairs open, or is surer of its links";
        return vec![row("linkage", "+0".to_owned(), because.to_owned())];
    }
    let rows = cell.changes.iter().map(|change| {
        row(change.cause.label(), format!("{:+}", change.by), change.because.join("; "))
    });
    rows.collect()
}

fn figure_row(change: &FigureChange) -> Vec<serde_json::Value> {
    vec![
        json!(format!("{}: {}", change.source, change.what)),
        json!(change.before.clone().unwrap_or_default()),
        json!(change.after.clone().unwrap_or_default()),
        json!("said"),
        json!(""),
        json!(change.why),
    ]
}
