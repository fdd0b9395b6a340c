//! `sijil add`: takes folders in, reads and links what is new.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use sijil::work;

use super::Outcome;
use super::failure::{Failure, note};
use super::place::{Name, Place};
use super::progress::Bars;

/// Take a folder in: keep its bytes, read claims and records, link persons
#[derive(Args)]
pub(super) struct Arguments {
    /// Folders of reports and victim lists
    #[arg(required = true, value_name = "FOLDER")]
    folders: Vec<PathBuf>,
    /// What you name is one file, a newer edition of the list that came in under this path
    #[arg(long, value_name = "PATH")]
    edition_of: Option<String>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    name: Name,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let (bars, hand) = (Bars::new(), arguments.name.hand());
    let mut register = arguments.place.open(hand)?;
    let skip = [register.path().to_path_buf()];
    let (mut files, mut new) = (0, 0);
    for folder in &arguments.folders {
        let added = match &arguments.edition_of {
            Some(of) => work::add_edition(&mut register, folder, of, hand)?,
            None => work::add(&mut register, folder, &skip, hand, &bars)?,
        };
        files += added.files;
        new += added.new;
    }
    let extracted = work::extract(&mut register, hand, &bars)?;
    let linked = work::link(&mut register, hand, &bars)?;
    let mut out = io::stdout().lock();
    writeln!(out, "files     {files}, {new} of them new")?;
    writeln!(out, "read now  {} claims, {} records", extracted.claims, extracted.records)?;
    writeln!(
        out,
        "register  {} persons behind {} records, {} pairs open",
        linked.persons, linked.records, linked.open
    )?;
    for line in &linked.notes {
        note(line);
    }
    Ok(tell_problems(&register.problems(sijil::register::AsOf::NOW)?))
}

/// Lists problems on standard error, the first of them, and says how the command ended.
pub(super) fn tell_problems(problems: &[sijil::model::Problem]) -> Outcome {
    const SHOWN: usize = 20;
    for problem in problems.iter().take(SHOWN) {
        note(&format!("problem: {problem}"));
    }
    if problems.len() > SHOWN {
        note(&format!("and {} more problems, all of them in the report", problems.len() - SHOWN));
    }
    if problems.is_empty() { Outcome::Done } else { Outcome::Problems }
}
