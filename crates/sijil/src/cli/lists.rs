//! `sijil lists`: victim lists with their editions, and what changed from one to the next.

use std::path::PathBuf;

use clap::Args;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use sijil::model::{Mapping, Role};
use sijil::work::{self, Identity, ListChange};

use super::Outcome;
use super::failure::{Failure, note};
use super::listing::{Format, Listing};
use super::place::Place;

/// List victim lists, their editions and columns; what each edition changed, what became of each row
#[derive(Args)]
pub(super) struct Arguments {
    /// Path of one list, as it came in; without it, all
    path: Option<String>,
    /// Show what is new, changed and withdrawn from each edition to the next
    #[arg(long)]
    changes: bool,
    /// With --changes: one line for each row that is new, changed or withdrawn
    #[arg(long, requires = "changes")]
    rows: bool,
    /// Infer the columns of this bare file and write them to NAME.columns.toml beside it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["changes", "path"])]
    save_columns: Option<PathBuf>,
    /// Write what became of each row to this CSV file, for the people who sent the list
    #[arg(long, value_name = "FILE", requires = "path", conflicts_with = "changes")]
    verdicts: Option<PathBuf>,
    /// How to write the lines
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    if let Some(file) = &arguments.save_columns {
        let (path, mapping) = work::save_columns(file)?;
        note(&format!("columns written to {}", path.display()));
        let rows =
            mapping.columns.iter().map(|column| vec![json!(column.header), json!(column.role)]);
        let listing = Listing { headers: vec!["column", "means"], rows: rows.collect() };
        listing.write(arguments.format)?;
        return Ok(Outcome::Done);
    }
    let register = arguments.place.read()?;
    let path = arguments.path.as_deref();
    if let (Some(file), Some(path)) = (&arguments.verdicts, path) {
        let verdicts = work::list_verdicts(&register, path)?;
        work::write_verdicts(&verdicts, file)?;
        note(&format!("{} rows written to {}", verdicts.rows.len(), file.display()));
        return Ok(Outcome::Done);
    }
    let listing = if arguments.changes {
        let changes = work::list_changes(&register, path)?;
        if arguments.rows { rows(&changes) } else { counts(&changes) }
    } else {
        let editions = work::list_editions(&register, path)?;
        let rows = editions.iter().map(|edition| {
            vec![
                json!(edition.path),
                json!(edition.sheet),
                json!(edition.number),
                json!(day(edition.taken_in)),
                json!(edition.rows),
                json!(edition.item.short()),
                json!(means(&edition.mapping)),
            ]
        });
        let headers = vec!["path", "sheet", "edition", "taken_in", "rows", "item", "columns"];
        Listing { headers, rows: rows.collect() }
    };
    listing.write(arguments.format)?;
    Ok(Outcome::Done)
}

fn counts(changes: &[ListChange]) -> Listing<'static> {
    let headers = vec![
        "path",
        "sheet",
        "edition",
        "taken_in",
        "rows_by",
        "in_both",
        "withdrawn",
        "new",
        "changed",
        "fields",
        "repeated",
    ];
    let rows = changes.iter().map(|list| {
        let change = &list.change;
        let by = match &change.identity {
            Identity::Number(header) => format!("column {header}"),
            Identity::Row => "all cells".to_owned(),
        };
        let fields = change.fields.iter().map(|(field, times)| format!("{field} {times}"));
        vec![
            json!(list.path),
            json!(list.sheet),
            json!(list.number),
            json!(day(list.taken_in)),
            json!(by),
            json!(change.in_both),
            json!(change.withdrawn.len()),
            json!(change.new.len()),
            json!(change.changed.len()),
            json!(fields.collect::<Vec<_>>().join(", ")),
            json!(change.repeated),
        ]
    });
    Listing { headers, rows: rows.collect() }
}

fn rows(changes: &[ListChange]) -> Listing<'static> {
    let headers = vec!["path", "sheet", "edition", "change", "earlier_row", "later_row", "fields"];
    let mut lines = Vec::new();
    for list in changes {
        let line = |what: String, earlier: Value, later: Value, fields: String| {
            let (path, sheet) = (json!(list.path), json!(list.sheet));
            vec![path, sheet, json!(list.number), json!(what), earlier, later, json!(fields)]
        };
        let none = String::new;
        for row in &list.change.withdrawn {
            let what = format!("withdrawn by the source on {}", day(list.taken_in));
            lines.push(line(what, json!(row), Value::Null, none()));
        }
        for row in &list.change.new {
            lines.push(line("new".to_owned(), Value::Null, json!(row), none()));
        }
        for row in &list.change.changed {
            let fields = row.fields.join(", ");
            lines.push(line("changed".to_owned(), json!(row.earlier), json!(row.later), fields));
        }
    }
    Listing { headers, rows: lines }
}

/// The day in the world's time on which an edition came in: when its source changed it is not known.
fn day(moment: jiff::Timestamp) -> String {
    TimeZone::UTC.to_datetime(moment).date().to_string()
}

fn means(mapping: &Mapping) -> String {
    let used = mapping.columns.iter().filter(|column| column.role != Role::Other);
    let words = used.map(|column| {
        let role = json!(column.role);
        format!("{} = {}", column.header, role.as_str().unwrap_or_default())
    });
    words.collect::<Vec<_>>().join(", ")
}
