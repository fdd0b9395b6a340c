//! Four overlapping lists of the killed, each with its own eyes, habits and mistakes.
//!
//! No list sees everybody, and what one list sees depends on what another sees: households that
//! are well known are on several lists and forgotten ones on none.

mod arabic;
mod care;
mod english;
mod render;

use anyhow::Result;
use jiff::civil::Date;

use super::events::{Cause, EVENTS};
use super::people::{Person, Sex};
use super::province::district_of;
use crate::dice::Dice;
use care::Care;

/// A list as rows of cells, and as bytes.
#[derive(Debug)]
pub(crate) struct List {
    /// File name.
    pub(crate) file: &'static str,
    /// Sheet name, empty for separated values.
    pub(crate) sheet: &'static str,
    /// The file.
    pub(crate) bytes: Vec<u8>,
    /// Row number in the file and index of the person, in order.
    pub(crate) rows: Vec<(u64, usize)>,
}

/// A row before it has a place in a file.
#[derive(Debug)]
struct Row {
    person: usize,
    day: Date,
    cells: Vec<String>,
}

/// All lists. Each draws from a stream of its own.
pub(crate) fn lists(people: &[Person], seed: u64) -> Result<Vec<List>> {
    let dice = |stream: u64| Dice::new(seed, 10 + stream);
    Ok(vec![
        arabic::registry(people, &mut dice(0))?,
        arabic::hospital(people, &mut dice(1))?,
        english::monitor(people, &mut dice(2))?,
        english::volunteers(people, &mut dice(3))?,
    ])
}

/// How likely each list sees a person, per mille.
#[derive(Clone, Copy, Debug)]
enum Eyes {
    Registry,
    Hospital,
    Monitor,
    Volunteers,
}

impl Eyes {
    fn chance(self, person: &Person) -> i64 {
        let cause = EVENTS[person.event].cause;
        let district = district_of(person.village());
        let hills = district == 1 || district == 2;
        let given = |condition: bool, per_mille: i64| if condition { per_mille } else { 0 };
        let own = match self {
            // Papers: few for infants, fewer from the hills.
            Self::Registry => 635 - given(hills, 70) - given(person.age < 2, 250),
            // The wounded reach it, the executed do not.
            Self::Hospital => {
                430 + given(cause == Cause::Shelling, 200) - given(cause == Cause::Execution, 130)
            }
            Self::Monitor => given(hills, 280) + 365 + given(person.fighter, 60),
            Self::Volunteers => {
                270 + given(person.sex == Sex::Female || person.age < 18, 90)
                    - given(person.fighter, 200)
            }
        };
        own + person.visibility
    }

    /// Indices of the people whom the list sees; whom it lists twice stands twice.
    fn seen(self, people: &[Person], care: &Care, dice: &mut Dice) -> Vec<usize> {
        let mut seen = Vec::new();
        for (index, person) in people.iter().enumerate() {
            let chance = usize::try_from(self.chance(person).clamp(30, 970)).unwrap_or(0);
            if dice.chance(chance) {
                seen.push(index);
                if dice.chance(care.twice) {
                    seen.push(index);
                }
            }
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::people::people;
    use std::collections::BTreeSet;

    #[test]
    fn coverage_and_duplicates_are_as_described() {
        let people = people(&mut Dice::new(5, 0)).unwrap();
        let lists = lists(&people, 5).unwrap();
        for (list, percent) in lists.iter().zip([60, 45, 50, 30]) {
            let rows: Vec<usize> = list.rows.iter().map(|(_, person)| *person).collect();
            let persons: BTreeSet<usize> = rows.iter().copied().collect();
            let covered = persons.len() * 100 / people.len();
            assert!(covered.abs_diff(percent) <= 5, "{}: {covered} %", list.file);
            let twice = (rows.len() - persons.len()) * 1000 / rows.len();
            assert!((5..=45).contains(&twice), "{}: {twice} per mille", list.file);
        }
    }
}
