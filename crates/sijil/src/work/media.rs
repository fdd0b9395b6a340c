//! Images and recordings of a register, with what cameras wrote into them.

use super::error::Result;
use crate::intake::{ImageFacts, image_facts};
use crate::model::{Format, ItemId};
use crate::register::{AsOf, Register};

/// An image or a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaLine {
    /// Path below the folder that was taken in.
    pub path: String,
    /// The bytes.
    pub item: ItemId,
    /// How many bytes.
    pub bytes: u64,
    /// What it says of itself; can be wrong or changed, and is no proof.
    pub facts: ImageFacts,
}

/// Every image and recording that counts at `as_of`, in order of path.
///
/// # Errors
/// When the register cannot be read.
pub fn media_lines(register: &Register, as_of: AsOf) -> Result<Vec<MediaLine>> {
    let items = register.items(as_of)?;
    let media = items.into_iter().filter(|captured| captured.item.format == Format::Media);
    Ok(media
        .map(|captured| MediaLine {
            facts: image_facts(&register.evidence().original(&captured.item.id)),
            path: captured.path,
            bytes: captured.item.bytes,
            item: captured.item.id,
        })
        .collect())
}
