//! Failures of a command, told to the user with what to do next.

use std::io::{self, Write};

use sijil::{register, work};

/// Why a command could not be done.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// A use case failed.
    #[error(transparent)]
    Work(#[from] work::Error),
    /// The arguments do not fit together, or an input cannot be read.
    #[error("{0}")]
    Usage(String),
    /// Standard output could not be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
}

impl From<register::Error> for Failure {
    fn from(error: register::Error) -> Self {
        Self::Work(error.into())
    }
}

impl Failure {
    /// Whether the reader of our output has simply gone (`sijil log | head`).
    pub(super) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(e) if e.kind() == io::ErrorKind::BrokenPipe)
    }

    /// The exit code of the contract.
    pub(super) fn code(&self) -> u8 {
        use register::Error as Store;
        match self {
            Self::Usage(_) => 2,
            Self::Output(_) => 4,
            Self::Work(error) => match error {
                work::Error::Keys(e) | work::Error::Register(Store::Keys(e)) => of_keys(e),
                work::Error::Input { .. }
                | work::Error::Unknown(_)
                | work::Error::Output { .. }
                | work::Error::Register(
                    Store::Absent(_)
                    | Store::Present(_)
                    | Store::Busy(_)
                    | Store::Locked(_)
                    | Store::Newer { .. },
                ) => 2,
                work::Error::Register(Store::Corrupt { .. } | Store::Broken(_)) => 3,
                _ => 4,
            },
        }
    }
}

fn of_keys(error: &work::KeyError) -> u8 {
    match error {
        work::KeyError::Header(_) => 3,
        work::KeyError::Chance(_) => 4,
        _ => 2,
    }
}

/// Tells the user, on standard error.
pub(super) fn say(failure: &Failure) {
    note(&format!("sijil: {failure}"));
}

/// Tells the user something beside the data, on standard error.
/// Where it cannot be written the exit code has to do.
pub(super) fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
