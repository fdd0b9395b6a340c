//! What can go wrong with keys, and what the user can do about it.

/// An error of keys. The message quotes no secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// What was given does not unwrap the key.
    #[error(
        "this does not open the register: the passphrase is another, or the key file is; nothing \
         was changed"
    )]
    Wrong,
    /// The recovery key is not this register's.
    #[error("this recovery key is not that of this register; nothing was changed")]
    WrongRecovery,
    /// Something that must come with the passphrase was not given, or too much was.
    #[error("{0}")]
    Needs(String),
    /// The file of keys does not read.
    #[error("the file of keys does not read ({0}); put a copy of it in its place")]
    Header(String),
    /// A key that was typed has a slip in it.
    #[error("{0}")]
    Typed(String),
    /// A passphrase that is refused.
    #[error("{0}")]
    Passphrase(String),
    /// There is no randomness to draw keys from.
    #[error("the system gave no random bytes for a new key: {0}")]
    Chance(String),
}

/// What the vault gives back.
pub type Result<T> = std::result::Result<T, Error>;
