//! With how much care a list is kept: how often which field is missing or wrong.

use anyhow::Result;
use jiff::civil::Date;

use crate::dice::Dice;
use crate::exercise::mistakes::{off_by_one, other_article, rounded, swapped};
use crate::exercise::names::Name;
use crate::exercise::people::Person;

/// Per mille of rows in which something goes wrong.
#[derive(Clone, Copy, Debug)]
pub(super) struct Care {
    /// A person is listed a second time.
    pub(super) twice: usize,
    /// The father's name is missing.
    pub(super) no_father: usize,
    /// The age is missing.
    pub(super) no_age: usize,
    /// The age is rounded.
    pub(super) round_age: usize,
    /// The day is the one before or after.
    pub(super) other_day: usize,
    /// Day and month are exchanged.
    pub(super) swapped_day: usize,
    /// A name has a wrong letter.
    pub(super) typo: usize,
    /// The family name has the article that others leave off, or the other way round.
    pub(super) other_article: usize,
}

/// What the keeper of a list knows of a person.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) given: Name,
    pub(super) father: Option<Name>,
    pub(super) family: Name,
    pub(super) age: Option<u32>,
    pub(super) day: Date,
    /// Which of given, father's and family name gets a wrong letter, if any does.
    pub(super) typo: Option<usize>,
}

impl Care {
    /// A person as a list with this care knows them.
    pub(super) fn know(&self, person: &Person, dice: &mut Dice) -> Result<Known> {
        let father = (!dice.chance(self.no_father)).then(|| person.father.clone());
        let family = if dice.chance(self.other_article) {
            other_article(&person.family)
        } else {
            person.family.clone()
        };
        let age = (!dice.chance(self.no_age)).then(|| self.age(person.age, dice));
        let mut day = person.died;
        if dice.chance(self.swapped_day) {
            day = swapped(day);
        } else if dice.chance(self.other_day) {
            day = off_by_one(day, dice)?;
        }
        let typo = dice.chance(self.typo).then(|| dice.below(3));
        Ok(Known { given: person.given.clone(), father, family, age, day, typo })
    }

    fn age(&self, age: u32, dice: &mut Dice) -> u32 {
        if dice.chance(self.round_age) {
            return rounded(age);
        }
        // One year more or less: the birthday was not asked for.
        match dice.below(20) {
            0 => age + 1,
            1 => age.saturating_sub(1),
            _ => age,
        }
    }
}
