//! `sijil backup`: a second register that is the same.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use sijil::work;

use super::Outcome;
use super::failure::Failure;
use super::place::Place;

/// Copy the register into a new folder and verify the copy; to restore, copy that folder back
#[derive(Args)]
pub(super) struct Arguments {
    /// Folder to make
    #[arg(value_name = "FOLDER")]
    to: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let register = arguments.place.read()?;
    let work::BackedUp { entries, originals, root } = work::backup(&register, &arguments.to)?;
    let to = arguments.to.display();
    writeln!(io::stdout(), "{to}: {entries} entries, {originals} originals, root {root}")?;
    Ok(Outcome::Done)
}
