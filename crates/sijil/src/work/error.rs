//! What a use case can fail with.

use std::path::PathBuf;

use crate::{publish, register};

/// Why a use case could not be done. The message says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The register failed.
    #[error(transparent)]
    Register(#[from] register::Error),
    /// Keys or passphrases are not what they must be.
    #[error(transparent)]
    Keys(#[from] sijil_vault::Error),
    /// The pages could not be drawn.
    #[error(transparent)]
    Publish(#[from] publish::Error),
    /// An input cannot be used.
    #[error("{path}: {reason}")]
    Input {
        /// Which input.
        path: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// An output cannot be written.
    #[error("cannot write {path}: {source}; name another folder with -o or make room")]
    Output {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A question names something that is not there.
    #[error("{0}")]
    Unknown(String),
}

/// What a use case gives back.
pub type Result<T> = std::result::Result<T, Error>;
