//! What goes wrong between a person and a row: letters, days and ages.
//!
//! Each mistake is a small function of its input and of chance. Which list makes which mistakes
//! how often stands in `lists`.

use anyhow::{Context as _, Result};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::names::Name;
use crate::dice::Dice;

/// Arabic letters that differ by dots or by little.
const LOOK_ALIKES: &[&str] = &["بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق"];

/// Latin letters that are taken for one another or lie side by side on a keyboard.
const NEIGHBOURS: &[&str] = &["aeo", "nmb", "rt", "dsf", "gh", "jk", "iu", "lk", "wq", "zx"];

/// One letter wrong: left out, doubled, swapped with the next, or taken for another.
pub(crate) fn typo(text: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    // The first letter is seldom wrong; a blank is no letter.
    let open: Vec<usize> = (1..letters.len()).filter(|at| letters[*at].is_alphabetic()).collect();
    if open.len() < 2 {
        return text.to_owned();
    }
    let at = dice.pick(&open);
    match dice.below(4) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 if at + 1 < letters.len() && letters[at + 1].is_alphabetic() => {
            letters.swap(at, at + 1);
        }
        _ => {
            let wrong = letters[at];
            let groups = LOOK_ALIKES.iter().chain(NEIGHBOURS).filter(|g| g.contains(wrong));
            let others: Vec<char> =
                groups.flat_map(|g| g.chars()).filter(|c| *c != wrong).collect();
            if others.is_empty() {
                letters.remove(at);
            } else {
                letters[at] = dice.pick(&others);
            }
        }
    }
    letters.into_iter().collect()
}

/// An Arabic name as typists write it: with or without hamza, dots of ya and ta marbuta.
pub(crate) fn typed(arabic: &str, dice: &mut Dice) -> String {
    let bare_hamza = dice.chance(350);
    let mut out = String::with_capacity(arabic.len());
    let mut letters = arabic.chars().peekable();
    while let Some(letter) = letters.next() {
        let ends = letters.peek().is_none_or(|next| *next == ' ');
        out.push(match letter {
            'أ' | 'إ' | 'آ' if bare_hamza => 'ا',
            'ة' if ends && dice.chance(180) => 'ه',
            'ى' if ends && dice.chance(220) => 'ي',
            'ي' if ends && dice.chance(60) => 'ى',
            _ => letter,
        });
    }
    out
}

/// A family name with the article put on or left off.
pub(crate) fn other_article(family: &Name) -> Name {
    match (family.arabic.strip_prefix("ال"), family.sound.strip_prefix("al-")) {
        (Some(arabic), Some(sound)) => Name { arabic: arabic.to_owned(), sound: sound.to_owned() },
        _ => {
            Name { arabic: format!("ال{}", family.arabic), sound: format!("al-{}", family.sound) }
        }
    }
}

/// The day with month and day exchanged; the day itself where no calendar has that.
pub(crate) fn swapped(day: Date) -> Date {
    Date::new(day.year(), day.day(), day.month()).unwrap_or(day)
}

/// The day before or after.
pub(crate) fn off_by_one(day: Date, dice: &mut Dice) -> Result<Date> {
    let days = if dice.chance(700) { 1.days() } else { (-1).days() };
    day.checked_add(days).context("a day beside another")
}

/// The age to the nearest five years; that of a small child is never rounded.
pub(crate) fn rounded(age: u32) -> u32 {
    if age < 13 { age } else { (age + 2) / 5 * 5 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_typo_changes_at_most_two_letters_and_never_the_first() {
        let mut dice = Dice::new(3, 0);
        for name in ["Khaled", "Yusuf Hasan", "محمد", "زينب"] {
            for _ in 0..50 {
                let wrong = typo(name, &mut dice);
                assert_eq!(wrong.chars().next(), name.chars().next());
                assert!(wrong.chars().count().abs_diff(name.chars().count()) <= 1, "{wrong}");
            }
        }
    }

    #[test]
    fn days_and_ages_stay_possible() {
        assert_eq!(swapped(date(2031, 5, 7)), date(2031, 7, 5));
        assert_eq!(swapped(date(2031, 5, 14)), date(2031, 5, 14));
        assert_eq!((rounded(4), rounded(38), rounded(42)), (4, 40, 40));
    }
}
