//! Parties: who is held responsible.

use serde::{Deserialize, Serialize};
use sijil_claims::PartyClass;

/// A party as one source words it, with the side it stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Party {
    /// The words of the source.
    pub text: String,
    /// The side.
    pub class: PartyClass,
}
