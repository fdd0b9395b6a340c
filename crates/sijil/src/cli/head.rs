//! `sijil head` and `sijil witness`: heads for others to keep, and others' heads kept.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use sijil::model::HeadFile;
use sijil::work;

use super::Outcome;
use super::failure::Failure;
use super::place::{Name, Place};

/// Print the newest signed head, for somebody else to keep: it shows any later change of history
#[derive(Args)]
pub(super) struct Arguments {
    /// Prove that this head, printed earlier, is the beginning of the new one
    #[arg(long, value_name = "FILE")]
    since: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let register = arguments.place.read()?;
    let since = arguments.since.as_deref().map(read).transpose()?;
    print(&work::head(&register, since.as_ref())?)?;
    Ok(Outcome::Done)
}

/// Cosign a head of another office's register, if it continues all that was seen of it before
#[derive(Args)]
pub(super) struct WitnessArguments {
    /// The head, as `sijil head` prints it there
    #[arg(value_name = "FILE")]
    head: PathBuf,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    name: Name,
}

pub(super) fn witness(arguments: &WitnessArguments) -> Result<Outcome, Failure> {
    let hand = arguments.name.hand();
    let mut register = arguments.place.open(hand)?;
    print(&work::witness(&mut register, &read(&arguments.head)?, hand)?)?;
    Ok(Outcome::Done)
}

/// A head out of a file.
pub(super) fn read(path: &Path) -> Result<HeadFile, Failure> {
    let bad = |why: String| {
        let shown = path.display();
        Failure::Usage(format!("{shown}: {why}; name a file that `sijil head` has printed"))
    };
    let text = std::fs::read_to_string(path).map_err(|e| bad(e.to_string()))?;
    serde_json::from_str(&text).map_err(|e| bad(e.to_string()))
}

fn print(head: &HeadFile) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, head)?;
    writeln!(out)
}
