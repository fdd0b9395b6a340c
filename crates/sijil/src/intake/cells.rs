//! What single cells say, for lists that are read value by value instead of row by row.

use jiff::civil::Date;

use super::dates::{Order, Proofs, day_in_order};
use super::values;
use crate::model::Sex;

/// A cell says what cannot be: a day that no calendar has, a number that is no age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Impossible;

/// A name, unless the cell says that none is known.
pub fn name(cell: &str) -> Option<String> {
    values::name(cell)
}

/// The sex that a cell gives.
pub fn sex(cell: &str) -> Option<Sex> {
    values::sex(cell)
}

/// An age in years; an error for a number that is none.
///
/// # Errors
/// When the cell has a number that is no age.
pub fn age(cell: &str) -> Result<Option<u32>, Impossible> {
    match values::age(cell) {
        values::Age::Years(years) => Ok(Some(years)),
        values::Age::NotGiven => Ok(None),
        values::Age::Impossible => Err(Impossible),
    }
}

/// Whether the cell is the label of a row of totals.
pub fn is_total(cell: &str) -> bool {
    values::is_total(cell)
}

/// How the days of a column are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Days {
    order: Order,
}

impl Days {
    /// Decides on a column as a whole, whether day or month stands first.
    pub fn of<'c>(cells: impl Iterator<Item = &'c str>) -> Self {
        Self { order: Proofs::of(cells).order().unwrap_or_default() }
    }

    /// The day that a cell gives; an error for digits that are no day. A year alone or a word is
    /// less than a day, not a mistake.
    ///
    /// # Errors
    /// When the cell looks like a day that no calendar has.
    pub fn day(self, cell: &str) -> Result<Option<Date>, Impossible> {
        let digit = |letter: &char| sijil_text::letters::ascii_digit(*letter).is_some();
        // Lists of other centuries are linked too; those of victims take such years for slips.
        let plain = || cell.get(..10)?.parse().ok();
        match day_in_order(cell, self.order).or_else(plain) {
            None if cell.chars().filter(digit).count() > 4 => Err(Impossible),
            day => Ok(day),
        }
    }
}
