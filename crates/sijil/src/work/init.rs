//! Opens registers for use, makes them, and says in their ledger that they were made.

use std::path::Path;

use serde_json::json;
use sijil_vault::Key;

use super::digits::hex;
use super::error::Result;
use super::progress::Hand;
use crate::register::Error::Present;
use crate::register::Register;

/// Makes a register in `folder`. Its first entry names the public half of the key that signs it.
/// One without that entry was broken off while it was made, and is made to its end.
///
/// # Errors
/// When one is already there or the folder cannot be written.
pub fn init(folder: &Path, hand: Hand<'_>) -> Result<Register> {
    let register = match Register::create(folder) {
        Err(there @ Present(_)) => {
            let register = Register::open(folder)?;
            if register.size()? > 0 {
                return Err(there.into());
            }
            register
        }
        made => made?,
    };
    begun(register, hand)
}

/// Opens the register in `folder`.
///
/// # Errors
/// When there is none or it cannot be opened.
pub fn open(folder: &Path, hand: Hand<'_>) -> Result<Register> {
    begun(Register::open(folder)?, hand)
}

/// Opens the register in `folder` with its key, if it is encrypted.
///
/// # Errors
/// When there is none or it cannot be opened.
pub fn open_with(folder: &Path, key: Option<&Key>, hand: Hand<'_>) -> Result<Register> {
    begun(Register::open_with(folder, key)?, hand)
}

/// Opens the register in `folder` or makes one; with this key, if it is encrypted.
///
/// # Errors
/// When it cannot be opened or the folder cannot be written.
pub fn open_or_init(folder: &Path, key: Option<&Key>, hand: Hand<'_>) -> Result<Register> {
    let open = if Register::is_at(folder) { Register::open_with } else { Register::create_with };
    begun(open(folder, key)?, hand)
}

/// A register with its first entry, which a run that was broken off may not have written.
pub(super) fn begun(mut register: Register, hand: Hand<'_>) -> Result<Register> {
    if register.size()? == 0 {
        let key = hex(&register.public_key());
        let mut write = register.write()?;
        write.append(hand.clock.now(), hand.name, "init", &json!({ "public_key": key }))?;
        write.commit()?;
    }
    Ok(register)
}
