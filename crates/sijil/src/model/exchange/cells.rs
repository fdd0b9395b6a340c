//! Cells that a spreadsheet would run as a formula, made harmless and back.
//!
//! A cell that begins with one of `=`, `+`, `-`, `@`, a tab or a carriage return gets an apostrophe
//! before it, and so does one that begins with apostrophes and then such a sign: taking one
//! apostrophe away gives exactly what was there. Plain numbers stay numbers.

const SIGNS: &[char] = &['=', '+', '-', '@', '\t', '\r'];

const GUARD: char = '\'';

fn is_dangerous(cell: &str) -> bool {
    cell.trim_start_matches(GUARD).starts_with(SIGNS)
}

/// A cell that no spreadsheet runs.
pub fn defused(cell: &str) -> String {
    if is_dangerous(cell) && cell.parse::<f64>().is_err() {
        format!("{GUARD}{cell}")
    } else {
        cell.to_owned()
    }
}

/// The cell that [`defused`] was given.
pub fn restored(cell: &str) -> &str {
    match cell.strip_prefix(GUARD) {
        Some(rest) if is_dangerous(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_cell_comes_back(cell in "['=+@\t\r-]{0,3}[ -~]{0,5}") {
            let written = defused(&cell);
            prop_assert_eq!(restored(&written), cell.as_str());
            let safe = !written.starts_with(SIGNS) || written.parse::<f64>().is_ok();
            prop_assert!(safe, "{:?} would be run", written);
        }
    }

    #[test]
    fn numbers_stay_numbers() {
        assert_eq!(defused("-34.5"), "-34.5");
        assert_eq!(defused("=1+1"), "'=1+1");
    }
}
