//! `sijil passphrase`: changes what opens an encrypted register.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use sijil::work::{self, Key, Recovery};

use super::Outcome;
use super::failure::{Failure, note};
use super::init::cost;
use super::place::{Name, Place};
use super::secrets::{new_factors, passphrase_in, typed};

/// Change the passphrase of an encrypted register, or its key file, or its recovery key
///
/// The key of the register is wrapped anew; what is encrypted with it stays as it is. Copies of
/// the register made before still open with the old passphrase.
#[derive(Args)]
pub(super) struct Arguments {
    /// Open it with the recovery key instead: typed on the terminal, or from --recovery-key-file
    #[arg(long)]
    recover: bool,
    /// File that holds the recovery key
    #[arg(long, value_name = "FILE", requires = "recover")]
    recovery_key_file: Option<PathBuf>,
    /// File that holds the new passphrase; named twice where two people have one each; else it is
    /// asked for on the terminal
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Vec<PathBuf>,
    /// Key file that is needed from now on, made if it is not there; else the same as before
    #[arg(long, value_name = "FILE", conflicts_with = "without_key_file")]
    new_key_file: Option<PathBuf>,
    /// Need no key file from now on
    #[arg(long)]
    without_key_file: bool,
    /// How many people must give a passphrase each; else as many as before
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=2))]
    people: Option<u8>,
    /// Print a new recovery key and change nothing else; the old one opens the register no longer
    #[arg(long)]
    new_recovery_key: bool,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    name: Name,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let (folder, hand) = (arguments.place.folder(), arguments.name.hand());
    let needs = work::needs(&folder)?;
    let key = if arguments.recover {
        recovered(arguments)?
    } else {
        arguments.place.key()?.ok_or_else(|| {
            let why = "is not encrypted; `sijil backup --encrypt` makes an encrypted copy";
            Failure::Usage(format!("{} {why}", folder.display()))
        })?
    };
    if arguments.new_recovery_key {
        let recovery = work::new_recovery_key(&folder, &key, hand)?;
        return print_recovery(&recovery);
    }
    let people = arguments.people.map(usize::from).or(needs.map(|needs| needs.passphrases));
    let had = needs.is_some_and(|needs| needs.key_file) && !arguments.without_key_file;
    let same = arguments.place.secrets().present_key_file().filter(|_| had);
    if had && same.is_none() && arguments.new_key_file.is_none() {
        let why = "this register needs a key file: name it with --key-file or --new-key-file, or \
                   say --without-key-file";
        return Err(Failure::Usage(why.to_owned()));
    }
    let key_file = arguments.new_key_file.as_deref().or(same);
    let factors = new_factors(&arguments.new_passphrase_file, key_file, people.unwrap_or(1))?;
    work::change_passphrase(&folder, &key, &factors, cost(), hand)?;
    writeln!(io::stdout(), "{}: the passphrase is changed", folder.display())?;
    Ok(Outcome::Done)
}

fn recovered(arguments: &Arguments) -> Result<Key, Failure> {
    let text = match &arguments.recovery_key_file {
        Some(file) => passphrase_in(file)?,
        None if io::stdin().is_terminal() => typed("Recovery key: ")?,
        None => {
            let why = "a recovery key is typed on a terminal, and this is none: name a file that \
                       holds it with --recovery-key-file";
            return Err(Failure::Usage(why.to_owned()));
        }
    };
    let recovery = Recovery::from_text(&text).map_err(work::Error::from)?;
    Ok(work::recover(&arguments.place.folder(), &recovery)?)
}

/// Prints a recovery key, the only time that it is seen.
pub(super) fn print_recovery(recovery: &Recovery) -> Result<Outcome, Failure> {
    writeln!(io::stdout(), "recovery  {}", *recovery.to_text())?;
    note(
        "Write the recovery key on paper and keep it away from this machine: it alone opens the \
         register, and it is not shown again.",
    );
    Ok(Outcome::Done)
}
