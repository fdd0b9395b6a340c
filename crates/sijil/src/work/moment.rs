//! Points of the history as users name them: an entry, a day, an edition.

use jiff::civil::Date;

use super::error::{Error, Result};
use crate::model::entity::{Body, Edition, EntityKind};
use crate::register::{AsOf, Register};

/// The point of the history that `words` name: the number of a ledger entry, a day (its end, in
/// UTC), or an edition.
///
/// # Errors
/// When nothing goes by that name, or nothing had been entered by then.
pub fn moment(register: &Register, words: &str) -> Result<AsOf> {
    if let Ok(entry) = words.parse::<u64>() {
        return Ok(AsOf(entry));
    }
    if let Ok(day) = words.parse::<Date>() {
        let next = day.tomorrow().unwrap_or(day);
        return register.last_before(next)?.map(AsOf).ok_or_else(|| {
            Error::Unknown(format!(
                "nothing had been entered by {day}; `sijil log` shows what was when"
            ))
        });
    }
    edition(register, words).map(|edition| AsOf(edition.entry))
}

/// The edition of that name.
///
/// # Errors
/// When there is none.
pub fn edition(register: &Register, name: &str) -> Result<Edition> {
    let all = register.entities(EntityKind::Edition, AsOf::NOW)?;
    let names: Vec<&str> = all.iter().map(|entity| entity.id.0.as_str()).collect();
    let none = || {
        let there = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        Error::Unknown(format!(
            "{name:?} is no ledger entry, no day such as 2025-03-07 and no edition; editions: {there}"
        ))
    };
    let found = all.iter().find(|entity| entity.id.0 == name);
    found
        .and_then(|entity| match &entity.body {
            Body::Edition(edition) => Some(edition.clone()),
            _ => None,
        })
        .ok_or_else(none)
}
