//! `sijil report`: the main job, from a folder to a page.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use sijil::model::{Basis, Report, Totals};
use sijil::register::AsOf;
use sijil::work::{self, Checked, Material, class_label, population_label};
use sijil_claims::accounts::{Latest, latest};

use super::Outcome;
use super::add::tell_problems;
use super::failure::{Failure, note};
use super::listing::{Format, Listing};
use super::place::{Name, Place};
use super::progress::Bars;
use super::temporary::Temporary;

/// Turn a folder of reports and victim lists into a report whose every number can be walked back
#[derive(Args)]
pub(super) struct Arguments {
    /// Folder of reports (txt, html) and victim lists (csv, xlsx)
    folder: PathBuf,
    /// Folder to write the report into; else FOLDER's name with -report, where you stand
    #[arg(short = 'o', long = "out", value_name = "OUT")]
    out: Option<PathBuf>,
    /// Show names of victims, where they may be public
    #[arg(long)]
    names: bool,
    /// Known truth of who is who, to score linkage; else FOLDER.truth.csv beside the folder
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
    /// Tell how long each room took, on standard error
    #[arg(long)]
    timings: bool,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    name: Name,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    if !arguments.folder.is_dir() {
        let folder = arguments.folder.display();
        let why = format!("{folder} is no folder; name a folder of reports and victim lists");
        return Err(Failure::Usage(why));
    }
    let out = arguments.out.clone().unwrap_or_else(|| default_out(&arguments.folder));
    let (bars, hand) = (Bars::new(), arguments.name.hand());
    let named = arguments.place.named();
    let temporary = if named.is_none() { Some(Temporary::new()?) } else { None };
    let place = named.or(temporary.as_ref().map(Temporary::register)).unwrap_or_default();
    // A register that is nobody's is encrypted with a key that is nobody's: what of it stays on the
    // disk, removed or left by a power cut, tells nothing.
    let key = match &temporary {
        Some(_) => Some(work::passing_key()?),
        None => arguments.place.secrets().key(&place)?,
    };
    let mut register = work::open_or_init(&place, key.as_ref(), hand)?;
    // The output and the register may lie inside the folder; they are not evidence.
    let skip = [absolute(&out)?, absolute(&place)?];
    work::add(&mut register, &arguments.folder, &skip, hand, &bars)?;
    work::extract(&mut register, hand, &bars)?;
    let linked = work::link(&mut register, hand, &bars)?;
    let mut material = bars.time("counting", || Material::of(&register, AsOf::NOW))?;
    bars.time("incidents", || work::suggest_incidents(&mut register, &mut material, hand))?;
    let title = default_title(&arguments.folder);
    let report = bars.time("figures", || {
        work::assemble(&register, &material, AsOf::NOW, &title, arguments.names)
    })?;
    let published = bars.time("publishing", || {
        work::publish(&mut register, &report, &out, arguments.names, hand)
    })?;
    linked.notes.iter().for_each(|line| note(line));
    print_head(&report)?;
    let truth = arguments.truth.clone().or_else(|| work::truth_beside(&arguments.folder));
    if let Some(truth) = truth {
        print_checked(&work::check_against(&material, &truth)?, &folder_name(&truth))?;
    }
    writeln!(io::stdout(), "\nReport: {}", published.page.display())?;
    if arguments.timings {
        bars.timings().iter().for_each(|(room, s)| note(&format!("timing\t{room}\t{s:.3}")));
    }
    Ok(tell_problems(&report.problems))
}

fn default_out(folder: &Path) -> PathBuf {
    PathBuf::from(format!("{}-report", folder_name(folder)))
}

fn default_title(folder: &Path) -> String {
    format!("Report on {}", folder_name(folder))
}

fn folder_name(folder: &Path) -> String {
    let full = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    full.file_name().map_or_else(|| "sijil".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The path from the root, its existing part without links, as the walk will meet it.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    for ancestor in path.ancestors() {
        if let Ok(real) = ancestor.canonicalize() {
            let rest = path.strip_prefix(ancestor).unwrap_or(Path::new(""));
            return Ok(if rest.as_os_str().is_empty() { real } else { real.join(rest) });
        }
    }
    Ok(path)
}

fn print_head(report: &Report) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}\n", report.title)?;
    print_totals(&mut out, &report.totals)?;
    let mut listing = Listing {
        headers: vec!["who says", "published", "killed", "of whom", "by whom"],
        rows: latest(&report.accounts).iter().map(account_row).collect(),
    };
    let more = listing.rows.len().saturating_sub(SHOWN);
    listing.rows.truncate(SHOWN);
    if !listing.rows.is_empty() {
        writeln!(out)?;
        listing.write(Format::Table)?;
    }
    if more > 0 {
        writeln!(out, "… and {more} more in the report")?;
    }
    print_parties(&mut out, report)
}

/// Lines of a head table.
const SHOWN: usize = 16;

/// "1 list", "3 lists".
fn counted(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn print_totals(out: &mut impl Write, totals: &Totals) -> io::Result<()> {
    let Totals { items, documents, tables, claims, sources, records, .. } = totals;
    let (items, documents_read) = (counted(*items, "item"), counted(*documents, "document"));
    writeln!(out, "taken in    {items}: {documents_read}, {}", counted(*tables, "list"))?;
    if *documents > 0 {
        let (claims, sources) = (counted(*claims, "claim"), counted(*sources, "source"));
        writeln!(out, "reported    {claims} by {sources}")?;
    }
    if *records > 0 {
        let Totals { persons, persons_low, persons_high, open_pairs, .. } = totals;
        writeln!(
            out,
            "documented  {} (low {persons_low}, high {persons_high}) behind {}; {}",
            counted(*persons, "person"),
            counted(*records, "record"),
            if *open_pairs == 1 {
                "1 pair stays open".to_owned()
            } else {
                format!("{open_pairs} pairs stay open")
            },
        )?;
    }
    Ok(())
}

fn account_row(latest: &Latest<'_>) -> Vec<serde_json::Value> {
    let Latest { account, point } = latest;
    let published = point.published.map(|day| day.to_string());
    let parties: Vec<&str> = account.parties.iter().map(|class| class_label(*class)).collect();
    vec![
        json!(account.source),
        json!(published.unwrap_or_default()),
        json!(point.surface),
        json!(population_label(&account.population)),
        json!(parties.join(", ")),
    ]
}

fn print_parties(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let by_party = |basis| {
        report
            .tables
            .iter()
            .find(move |table| table.basis == basis && table.by == [sijil::model::Dimension::Party])
    };
    let Some(table) = by_party(Basis::Documented) else { return Ok(()) };
    let rows = table.cells.iter().take(SHOWN).map(|cell| {
        let figure = &cell.figure;
        let label = cell.keys.first().map(|key| key.label.clone()).unwrap_or_default();
        vec![
            json!(label),
            json!(figure.low.value),
            json!(figure.best.value),
            json!(figure.high.value),
        ]
    });
    let headers = vec!["documented persons by party", "low", "best", "high"];
    let listing = Listing { headers, rows: rows.collect() };
    writeln!(out)?;
    listing.write(Format::Table)
}

/// Prints how well persons were linked against a truth that goes by `name`.
pub(super) fn print_checked(checked: &Checked, name: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let Checked { rows, persons, pairwise, b_cubed } = checked;
    writeln!(out, "\nagainst {name} ({rows} rows of {persons} true persons)")?;
    for (what, scores) in [("pairwise", pairwise), ("b-cubed ", b_cubed)] {
        writeln!(
            out,
            "  {what}  precision {:.3}  recall {:.3}  F1 {:.3}",
            scores.precision, scores.recall, scores.f1
        )?;
    }
    Ok(())
}
