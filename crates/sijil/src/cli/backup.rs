//! `sijil backup`: a second register that is the same.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use sijil::work;

use super::Outcome;
use super::failure::Failure;
use super::init::cost;
use super::passphrase::print_recovery;
use super::place::Place;
use super::secrets::new_factors;

/// Copy the register into a new folder and verify the copy; to restore, copy that folder back
#[derive(Args)]
pub(super) struct Arguments {
    /// Folder to make
    #[arg(value_name = "FOLDER")]
    to: PathBuf,
    /// Encrypt the copy with a key of its own: of a plain register it makes an encrypted one, of an
    /// encrypted one a copy that neither the old passphrase nor the old recovery key opens
    #[arg(long)]
    encrypt: bool,
    /// File that holds the copy's passphrase; named twice where two people have one each; else it
    /// is asked for on the terminal
    #[arg(long, value_name = "FILE", requires = "encrypt")]
    new_passphrase_file: Vec<PathBuf>,
    /// Key file that the copy needs as well, made if it is not there
    #[arg(long, value_name = "FILE", requires = "encrypt")]
    new_key_file: Option<PathBuf>,
    /// How many people must give a passphrase each
    #[arg(long, value_name = "N", default_value = "1", requires = "encrypt",
          value_parser = clap::value_parser!(u8).range(1..=2))]
    people: u8,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let register = arguments.place.read()?;
    let (done, recovery) = if arguments.encrypt {
        let (files, people) = (&arguments.new_passphrase_file, usize::from(arguments.people));
        let factors = new_factors(files, arguments.new_key_file.as_deref(), people)?;
        let made = work::backup_encrypted(&register, &arguments.to, &factors, cost())?;
        (made.0, Some(made.1))
    } else {
        (work::backup(&register, &arguments.to)?, None)
    };
    let work::BackedUp { entries, originals, root } = done;
    let to = arguments.to.display();
    writeln!(io::stdout(), "{to}: {entries} entries, {originals} originals, root {root}")?;
    recovery.map_or(Ok(Outcome::Done), |recovery| print_recovery(&recovery))
}
