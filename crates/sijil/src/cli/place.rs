//! Which register a command works on, and in whose name.

use std::path::PathBuf;

use clap::Args;
use sijil::register::{AsOf, Register};
use sijil::work::{self, Hand, Key};

use super::clock::SystemClock;
use super::failure::Failure;
use super::secrets::Secrets;

/// The register to work on.
#[derive(Args)]
pub(super) struct Place {
    /// Folder of the register; else the folder you stand in
    #[arg(
        short = 'R',
        long = "register",
        env = "SIJIL_REGISTER",
        value_name = "DIR",
        global = true
    )]
    register: Option<PathBuf>,
    #[command(flatten)]
    secrets: Secrets,
}

/// In whose name entries are written.
#[derive(Args)]
pub(super) struct Name {
    /// Name that custody and ledger entries carry
    #[arg(
        long,
        env = "SIJIL_USER",
        default_value = "unnamed user",
        value_name = "NAME",
        global = true
    )]
    by: String,
}

impl Place {
    /// The folder named, or the one the user stands in.
    pub(super) fn folder(&self) -> PathBuf {
        self.register.clone().unwrap_or_else(|| PathBuf::from("."))
    }

    /// The folder named; the one the user stands in only if it holds a register.
    pub(super) fn named(&self) -> Option<PathBuf> {
        let here = || Register::is_at(&PathBuf::from(".")).then(|| PathBuf::from("."));
        self.register.clone().or_else(here)
    }

    /// Opens the register for reading.
    pub(super) fn read(&self) -> Result<Register, Failure> {
        Ok(Register::read_with(&self.folder(), self.key()?.as_ref())?)
    }

    /// Opens the register for writing.
    pub(super) fn open(&self, hand: Hand<'_>) -> Result<Register, Failure> {
        Ok(work::open_with(&self.folder(), self.key()?.as_ref(), hand)?)
    }

    /// What opens the register; `None` where it is not encrypted.
    pub(super) fn key(&self) -> Result<Option<Key>, Failure> {
        self.secrets.key(&self.folder())
    }

    /// What is to open a register that is made.
    pub(super) fn secrets(&self) -> &Secrets {
        &self.secrets
    }
}

/// The point of the history that an option names; now where it names none.
pub(super) fn as_of(register: &Register, words: Option<&str>) -> Result<AsOf, Failure> {
    words.map_or(Ok(AsOf::NOW), |words| Ok(work::moment(register, words)?))
}

impl Name {
    /// The name itself.
    pub(super) fn as_str(&self) -> &str {
        &self.by
    }

    /// The hand that entries are written by.
    pub(super) fn hand(&self) -> Hand<'_> {
        Hand { name: &self.by, clock: &SystemClock }
    }
}
