//! Makes an empty register and says so in its ledger.

use std::path::Path;

use serde_json::json;

use super::error::Result;
use super::progress::Hand;
use crate::register::Register;

/// Makes a register in `folder`. Its first entry names the public half of the key that signs it.
///
/// # Errors
/// When one is already there or the folder cannot be written.
pub fn init(folder: &Path, hand: Hand<'_>) -> Result<Register> {
    let mut register = Register::create(folder)?;
    let key: String = register.public_key().iter().map(|byte| format!("{byte:02x}")).collect();
    let mut write = register.write()?;
    write.append(hand.clock.now(), hand.name, "init", &json!({ "public_key": key }))?;
    write.commit()?;
    Ok(register)
}
