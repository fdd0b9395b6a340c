//! `sijil init`: makes an empty register.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use sijil::work::{self, Cost};

use super::Outcome;
use super::failure::{Failure, note};
use super::passphrase::print_recovery;
use super::place::{Name, Place};

/// Make an empty register with a signing key of its own
///
/// With --encrypt everything in its folder is encrypted, and each command asks for the passphrase.
/// The recovery key is printed once: whoever has it opens the register without the passphrase, and
/// without both nobody does.
#[derive(Args)]
pub(super) struct Arguments {
    /// Folder of the register; else the one named by -R or the folder you stand in
    folder: Option<PathBuf>,
    /// Encrypt it with a passphrase: from --passphrase-file, else asked for on the terminal; with
    /// --key-file that file is needed as well, and is made if it is not there
    #[arg(long)]
    encrypt: bool,
    /// How many people must give a passphrase each, so that none of them opens it alone
    #[arg(long, value_name = "N", default_value = "1", requires = "encrypt",
          value_parser = clap::value_parser!(u8).range(1..=2))]
    people: u8,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    name: Name,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let folder = arguments.folder.clone().unwrap_or_else(|| arguments.place.folder());
    let (register, recovery) = if arguments.encrypt {
        let factors = arguments.place.secrets().new_factors(usize::from(arguments.people))?;
        let made = work::init_encrypted(&folder, &factors, cost(), arguments.name.hand())?;
        (made.0, Some(made.1))
    } else {
        (work::init(&folder, arguments.name.hand())?, None)
    };
    let key: String = register.public_key().iter().map(|byte| format!("{byte:02x}")).collect();
    let mut out = io::stdout().lock();
    writeln!(out, "register  {}", folder.display())?;
    writeln!(out, "key       {key}")?;
    drop(out);
    recovery.map_or(Ok(Outcome::Done), |recovery| print_recovery(&recovery))
}

/// What a guess at a passphrase is to cost. With `SIJIL_WEAK_KEYS` set next to nothing: for tests,
/// which open hundreds of registers; never for a register that holds anything.
pub(super) fn cost() -> Cost {
    if std::env::var_os("SIJIL_WEAK_KEYS").is_none() {
        return Cost::STRONG;
    }
    note("SIJIL_WEAK_KEYS is set: this passphrase can be guessed quickly; for tests only");
    Cost::WEAK
}
