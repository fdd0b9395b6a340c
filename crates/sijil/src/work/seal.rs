//! Seals: items that only those may see who are cleared for it.

use serde_json::json;

use super::error::{Error, Result};
use super::progress::Hand;
use crate::model::ItemId;
use crate::register::{AsOf, Register};

/// Seals an item or takes its seal off; gives whether that changed anything.
///
/// # Errors
/// When no such item counts or the register fails.
pub fn seal(register: &mut Register, item: &ItemId, sealed: bool, hand: Hand<'_>) -> Result<bool> {
    if register.item(item, AsOf::NOW)?.is_none() {
        let why = "take one from `sijil log`";
        return Err(Error::Unknown(format!("no item {} counts; {why}", item.short())));
    }
    if register.is_sealed(item)? == sealed {
        return Ok(false);
    }
    let mut write = register.write()?;
    write.change_seal(item, sealed)?;
    let body = json!({ "item": item.0, "sealed": sealed });
    write.append(hand.clock.now(), hand.name, "seal", &body)?;
    write.commit()?;
    Ok(true)
}
