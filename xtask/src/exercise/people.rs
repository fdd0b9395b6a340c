//! The true persons: families killed together, single people, fighters, and a few namesakes.
//!
//! Brothers and sisters share father, family name, day and place, and a son is often named after
//! his grandfather: what makes lists of the killed hard to link is built in on purpose.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use jiff::civil::Date;

use super::events::{EVENTS, Event};
use super::names::{self, Name};
use super::province::VILLAGES;
use crate::dice::Dice;

/// Families of which a village's people are.
const FAMILIES: usize = 9;

/// Pairs of people who bear one full name, half of them in one village.
const NAMESAKES: usize = 10;

/// Sex as lists give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// One true person.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Given name.
    pub(crate) given: Name,
    /// Father's given name.
    pub(crate) father: Name,
    /// Family name.
    pub(crate) family: Name,
    /// Sex.
    pub(crate) sex: Sex,
    /// Whole years at death.
    pub(crate) age: u32,
    /// Day of birth.
    pub(crate) born: Date,
    /// Day of death.
    pub(crate) died: Date,
    /// Index of the event.
    pub(crate) event: usize,
    /// Whether a fighter.
    pub(crate) fighter: bool,
    /// How much likelier than others a list sees this person, per mille; below 0 less likely.
    pub(crate) visibility: i64,
}

impl Person {
    /// Index of the village where the person was killed.
    pub(crate) fn village(&self) -> usize {
        EVENTS[self.event].village
    }

    fn full_name(&self) -> (Name, Name, Name) {
        (self.given.clone(), self.father.clone(), self.family.clone())
    }
}

/// A day of May 2031.
pub(crate) fn may(day: i8) -> Result<Date> {
    Date::new(2031, 5, day).context("the events lie in May")
}

/// All true persons, event by event.
pub(crate) fn people(dice: &mut Dice) -> Result<Vec<Person>> {
    let families: Vec<Vec<Name>> =
        VILLAGES.iter().map(|_| (0..FAMILIES).map(|_| names::family(dice)).collect()).collect();
    let mut village = Village { people: Vec::new(), taken: BTreeSet::new(), families, dice };
    for (index, event) in EVENTS.iter().enumerate() {
        for _ in 0..event.households {
            village.household(index)?;
        }
        for _ in 0..event.singles {
            let (sex, age) = (village.sex(), village.dice.between(6, 78));
            village.single(index, sex, age, false)?;
        }
        for _ in 0..event.fighters {
            let age = village.dice.between(18, 44);
            village.single(index, Sex::Male, age, true)?;
        }
    }
    village.namesakes()?;
    Ok(village.people)
}

struct Village<'a> {
    people: Vec<Person>,
    /// Village and full name: nobody there bears it by chance a second time.
    taken: BTreeSet<(usize, (Name, Name, Name))>,
    families: Vec<Vec<Name>>,
    dice: &'a mut Dice,
}

impl Village<'_> {
    fn sex(&mut self) -> Sex {
        if self.dice.chance(380) { Sex::Female } else { Sex::Male }
    }

    fn given(&mut self, sex: Sex) -> Name {
        match sex {
            Sex::Female => names::female(self.dice),
            Sex::Male => names::male(self.dice),
        }
    }

    fn family(&mut self, event: &Event) -> Name {
        let families = &self.families[event.village];
        families[self.dice.below(families.len())].clone()
    }

    /// Adds a person unless the village has one of that name.
    fn add(&mut self, person: Person) -> bool {
        let free = self.taken.insert((person.village(), person.full_name()));
        if free {
            self.people.push(person);
        }
        free
    }

    fn single(&mut self, index: usize, sex: Sex, age: u32, fighter: bool) -> Result<()> {
        // A name that is taken is drawn again; the tables hold thousands of names.
        for _ in 0..100 {
            let given = self.given(sex);
            let father = names::male(self.dice);
            let family = self.family(&EVENTS[index]);
            let mut person = self.person(index, [given, father, family], sex, age)?;
            person.fighter = fighter;
            if self.add(person) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The people of one household who were killed together.
    fn household(&mut self, index: usize) -> Result<()> {
        let event = &EVENTS[index];
        let family = self.family(event);
        let (father, grandfather) = (names::male(self.dice), names::male(self.dice));
        let age = self.dice.between(27, 66);
        // A household is seen or overlooked as a whole more than person by person.
        let visibility = self.dice.pick(&[-170, -60, 0, 60, 130]);
        let mut members = Vec::new();
        if self.dice.chance(720) {
            let head = [father.clone(), grandfather.clone(), family.clone()];
            members.push(self.person(index, head, Sex::Male, age)?);
        }
        if self.dice.chance(520) {
            // A wife keeps her own father's name and family.
            let wife = [names::female(self.dice), names::male(self.dice), self.family(event)];
            let years = self.dice.between(0, 8).min(age - 20);
            members.push(self.person(index, wife, Sex::Female, age - years)?);
        }
        for child in 0..self.dice.between(2, 6) {
            let sex = self.sex();
            let mut given = self.given(sex);
            if child == 0 && sex == Sex::Male && self.dice.chance(400) {
                given = grandfather.clone();
            }
            let years = self.dice.between(0, (age - 20).min(33));
            if self.dice.chance(740) {
                let name = [given, father.clone(), family.clone()];
                members.push(self.person(index, name, sex, years)?);
            }
        }
        for mut member in members {
            member.visibility += visibility;
            self.add(member);
        }
        Ok(())
    }

    fn person(
        &mut self,
        event: usize,
        [given, father, family]: [Name; 3],
        sex: Sex,
        age: u32,
    ) -> Result<Person> {
        let died = may(EVENTS[event].day)?;
        let born = self.born(died, age)?;
        let visibility = i64::from(self.dice.between(0, 120)) - 60;
        let fighter = false;
        Ok(Person { given, father, family, sex, age, born, died, event, fighter, visibility })
    }

    fn born(&mut self, died: Date, age: u32) -> Result<Date> {
        let month = i8::try_from(self.dice.between(1, 12))?;
        // No month is shorter.
        let day = i8::try_from(self.dice.between(1, 28))?;
        let had_no_birthday = (month, day) > (died.month(), died.day());
        let year = died.year() - i16::try_from(age)? - i16::from(had_no_birthday);
        Date::new(year, month, day).context("a day of birth")
    }

    /// A few people more who bear the full name of somebody else.
    fn namesakes(&mut self) -> Result<()> {
        for pair in 0..NAMESAKES {
            let other = self.people[self.dice.below(self.people.len())].clone();
            let same_village = pair % 2 == 0;
            let fits = |event: &usize| {
                let village = EVENTS[*event].village;
                EVENTS[*event].fighters == 0 && (village == other.village()) == same_village
            };
            let events: Vec<usize> = (0..EVENTS.len()).filter(fits).collect();
            if events.is_empty() {
                continue;
            }
            let event = self.dice.pick(&events);
            // Old enough apart that a careful reader can tell them.
            let years = self.dice.between(11, 30);
            let age = if other.age > 40 { other.age - years } else { other.age + years };
            let name = [other.given, other.father, other.family];
            let person = self.person(event, name, other.sex, age)?;
            self.people.push(person);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_600_to_900_people_with_brothers_sons_and_few_namesakes() {
        let people = people(&mut Dice::new(1, 0)).unwrap();
        assert!((600..=900).contains(&people.len()), "{}", people.len());
        let mut names = BTreeSet::new();
        let twice = people.iter().filter(|p| !names.insert((p.village(), p.full_name()))).count();
        assert!((2..=NAMESAKES).contains(&twice), "{twice}");
        let siblings = people.iter().filter(|p| {
            let alike =
                |q: &&Person| (&q.father, &q.family, q.event) == (&p.father, &p.family, p.event);
            people.iter().filter(alike).count() > 1
        });
        assert!(siblings.count() * 2 > people.len());
        assert!(people.iter().all(|p| p.born <= p.died && p.age < 110));
    }
}
