//! `sijil publish` and `sijil recount`: editions, frozen and made again.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use sijil::register::AsOf;
use sijil::work;

use super::Outcome;
use super::failure::{Failure, note};
use super::place::{Name, Place};

/// Publish what the register holds, as an edition that can be counted again and compared
#[derive(Args)]
pub(super) struct Arguments {
    /// Folder to write the report into
    #[arg(short = 'o', long = "out", value_name = "OUT")]
    out: PathBuf,
    /// Freeze it as an edition of this name
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
    /// Title, where the settings give none
    #[arg(long, default_value = "Report", value_name = "TITLE")]
    title: String,
    /// Show names of victims, where they may be public
    #[arg(long)]
    names: bool,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    name: Name,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let Arguments { out, edition, title, names, place, name } = arguments;
    let hand = name.hand();
    let mut register = place.open(hand)?;
    let published = match edition {
        Some(edition) => work::publish_edition(&mut register, edition, title, out, *names, hand)?,
        None => {
            let report = work::report_of(&register, AsOf::NOW, title, *names)?;
            work::publish(&mut register, &report, out, *names, hand)?
        }
    };
    writeln!(io::stdout(), "Report: {}", published.page.display())?;
    Ok(Outcome::Done)
}

/// Count an edition again as of its entry, and compare it with what was published, byte by byte
#[derive(Args)]
pub(super) struct RecountArguments {
    /// The edition
    edition: String,
    /// Folder to write the files into
    #[arg(short = 'o', long = "out", value_name = "OUT")]
    out: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

pub(super) fn recount(arguments: &RecountArguments) -> Result<Outcome, Failure> {
    let register = arguments.place.read()?;
    let edition = work::edition(&register, &arguments.edition)?;
    let differing = work::recount(&register, &arguments.edition, arguments.out.as_deref())?;
    if differing.is_empty() {
        writeln!(
            io::stdout(),
            "{} as of entry {}: {} files, the same bytes",
            arguments.edition,
            edition.entry,
            edition.files.len()
        )?;
        return Ok(Outcome::Done);
    }
    for file in &differing {
        note(&format!(
            "{}: published as {}, comes out as {}",
            file.file, file.published, file.recounted
        ));
    }
    if edition.program != env!("CARGO_PKG_VERSION") {
        note(&format!(
            "the edition was published with version {}; recount it with that version",
            edition.program
        ));
    }
    Ok(Outcome::DoesNotVerify)
}
