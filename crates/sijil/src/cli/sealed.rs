//! `sijil key`, `sijil sources seal` and `sijil sources show`: identities that only some may know.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use sijil::model::entity::SourceKind;
use sijil::work::{self, Person, PrivateKey, Sealing};
use zeroize::Zeroizing;

use super::Outcome;
use super::failure::{Failure, note};
use super::place::{Name, Place};
use super::secrets::{leave_no_dump, typed};

/// Make a pair of keys for a person, so that identities of sources can be sealed to them
///
/// FILE holds the private key: whoever has it opens what is sealed to the person, so keep it away
/// from the register. FILE.pub holds the public key; give it to those who seal. The name is that
/// of --by.
#[derive(Args)]
pub(super) struct KeyArguments {
    /// File to make for the private key
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    name: Name,
}

/// Seal the identity of a source to the people who may know it
///
/// In the register stands the code name and a box that only the private keys of these people open:
/// the passphrase of the register does not. The identity is typed, or read from a file or standard
/// input; it is never an argument. Seal before the identity comes in by any other way: history
/// keeps what it has.
#[derive(Args)]
pub(super) struct SealArguments {
    /// Code name of the source, which everybody may know
    #[arg(value_name = "CODE")]
    code: String,
    /// Public key of a person who may know; once for each
    #[arg(long, required = true, value_name = "FILE.pub")]
    to: Vec<PathBuf>,
    /// File that holds the identity; else it is typed, or read from standard input
    #[arg(long, value_name = "FILE")]
    identity_file: Option<PathBuf>,
    /// Put another identity in the place of one that is sealed already
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    name: Name,
}

/// Show the sealed identity of a source to a person whom it is sealed to
#[derive(Args)]
pub(super) struct ShowArguments {
    /// Code name of the source
    #[arg(value_name = "CODE")]
    code: String,
    /// File with your private key
    #[arg(long, value_name = "FILE")]
    unseal: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub(super) fn key(arguments: &KeyArguments) -> Result<Outcome, Failure> {
    let key = work::new_private_key(arguments.name.as_str())?;
    let public = with_ending(&arguments.file, "pub");
    make(&public, key.person().to_text().as_bytes(), false)?;
    make(&arguments.file, key.to_text().as_bytes(), true)?;
    writeln!(io::stdout(), "{}", key.person().to_text().trim_end())?;
    note(&format!("{}: keep it away from the register", arguments.file.display()));
    Ok(Outcome::Done)
}

/// Makes a file that is not there yet; a secret one for its owner alone.
fn make(file: &Path, bytes: &[u8], secret: bool) -> Result<(), Failure> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if secret {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = secret;
    let made = options.open(file).and_then(|mut to| to.write_all(bytes));
    made.map_err(|e| {
        Failure::Usage(format!("{} cannot be made ({e}); name a new file", file.display()))
    })
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{ending}"));
    file.with_file_name(name)
}

fn read(file: &Path) -> Result<Zeroizing<String>, Failure> {
    fs::read_to_string(file).map(Zeroizing::new).map_err(|e| {
        Failure::Usage(format!("{} cannot be read ({e}); name the right file", file.display()))
    })
}

pub(super) fn seal(arguments: &SealArguments) -> Result<Outcome, Failure> {
    leave_no_dump();
    let mut to = Vec::new();
    for file in &arguments.to {
        to.push(Person::from_text(&read(file)?).map_err(work::Error::from)?);
    }
    let identity = match &arguments.identity_file {
        Some(file) => read(file)?,
        None if io::stdin().is_terminal() => typed("Identity: ")?,
        None => {
            let mut words = Zeroizing::new(String::new());
            io::stdin().read_to_string(&mut words).map_err(|e| {
                Failure::Usage(format!("the identity cannot be read from standard input: {e}"))
            })?;
            words
        }
    };
    let mut register = arguments.place.open(arguments.name.hand())?;
    let sealing = Sealing {
        code: &arguments.code,
        kind: SourceKind::Unknown,
        identity: identity.trim(),
        to: &to,
        again: arguments.again,
    };
    work::seal_source(&mut register, &sealing, arguments.name.hand())?;
    let names: Vec<&str> = to.iter().map(|person| person.name.as_str()).collect();
    writeln!(io::stdout(), "{}: sealed to {}", arguments.code, names.join(", "))?;
    Ok(Outcome::Done)
}

pub(super) fn show(arguments: &ShowArguments) -> Result<Outcome, Failure> {
    leave_no_dump();
    let key = PrivateKey::from_text(&read(&arguments.unseal)?).map_err(work::Error::from)?;
    let register = arguments.place.read()?;
    let identity = work::unseal_source(&register, &arguments.code, &key)?;
    writeln!(io::stdout(), "{}", *identity)?;
    Ok(Outcome::Done)
}
