//! `sijil init`: makes an empty register.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use sijil::work;

use super::Outcome;
use super::failure::Failure;
use super::place::{Name, Place};

/// Make an empty register with a signing key of its own
#[derive(Args)]
pub(super) struct Arguments {
    /// Folder of the register; else the one named by -R or the folder you stand in
    folder: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    name: Name,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let folder = arguments.folder.clone().unwrap_or_else(|| arguments.place.folder());
    let register = work::init(&folder, arguments.name.hand())?;
    let key: String = register.public_key().iter().map(|byte| format!("{byte:02x}")).collect();
    let mut out = io::stdout().lock();
    writeln!(out, "register  {}", folder.display())?;
    writeln!(out, "key       {key}")?;
    Ok(Outcome::Done)
}
