//! `sijil bundle`: evidence with its proofs, for somebody who does not trust us.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use sijil::work;

use super::Outcome;
use super::failure::Failure;
use super::place::Place;

/// Write the evidence behind a person, claim, incident, figure or item, with proofs, into one file
///
/// The bundle holds originals and rows as they are, with names. `sijil-verify`, a small program of
/// its own, checks it offline.
#[derive(Args)]
pub(super) struct Arguments {
    /// What to prove, as `sijil trace` takes it
    #[arg(value_name = "WHAT")]
    what: String,
    /// File to write
    #[arg(short = 'o', long = "out", value_name = "FILE.zip")]
    out: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let register = arguments.place.read()?;
    let work::Bundled { entries, items } =
        work::bundle(&register, &arguments.what, &arguments.out)?;
    let out = arguments.out.display();
    writeln!(io::stdout(), "{out}: {entries} ledger entries, {items} originals")?;
    Ok(Outcome::Done)
}
