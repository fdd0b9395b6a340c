//! Three long lists of invented people that overlap, two in Latin and one in Arabic script.

use anyhow::{Context as _, Result};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::dice::Dice;
use crate::exercise::names::{self, Name};
use crate::exercise::romanise::{Habit, spell};

/// The lists, with the share of its people, in tenths, that begin each.
const LISTS: [(&str, &[&str]); 3] = [
    ("list-a.csv", &["id", "name", "father", "sex", "age", "date of death", "place"]),
    ("list-b.csv", &["no", "victim", "gender", "age", "date", "location"]),
    ("list-c.csv", &["الرقم", "الاسم الثلاثي", "الجنس", "العمر", "تاريخ الوفاة", "مكان الوفاة"]),
];

const PLACES: &[(&str, &str)] = &[
    ("Latakia", "اللاذقية"),
    ("Tartus", "طرطوس"),
    ("Hama", "حماة"),
    ("Homs", "حمص"),
    ("Baniyas", "بانياس"),
    ("Jableh", "جبلة"),
];

struct Person {
    given: Name,
    father: Name,
    family: Name,
    female: bool,
    age: u32,
    died: Date,
    place: usize,
}

/// File name and bytes of each list. The lists are windows on one row of people, each beginning
/// four tenths of its length after the one before: any two neighbours share six tenths.
pub(crate) fn lists(seed: u64, rows: usize) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let step = rows * 4 / 10;
    let mut dice = Dice::new(seed, 1);
    let people = (0..rows + 2 * step).map(|_| person(&mut dice)).collect::<Result<Vec<_>>>()?;
    let mut files = Vec::new();
    for (list, (file, headers)) in LISTS.iter().enumerate() {
        let mut dice = Dice::new(seed, 2 + list as u64);
        let mut seen: Vec<&Person> = people[list * step..list * step + rows].iter().collect();
        dice.shuffle(&mut seen);
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(*headers)?;
        for (nth, person) in seen.into_iter().enumerate() {
            writer.write_record(cells(list, nth + 1, person, &mut dice))?;
        }
        files.push((*file, writer.into_inner().context("a list in memory")?));
    }
    Ok(files)
}

fn person(dice: &mut Dice) -> Result<Person> {
    let female = dice.chance(400);
    let given = if female { names::female(dice) } else { names::male(dice) };
    let days = i64::from(dice.between(0, 240));
    Ok(Person {
        given,
        father: names::male(dice),
        family: names::family(dice),
        female,
        age: dice.between(0, 84),
        died: date(2031, 3, 6).checked_add(days.days()).context("a day of 2031")?,
        place: dice.below(PLACES.len()),
    })
}

fn cells(list: usize, id: usize, person: &Person, dice: &mut Dice) -> Vec<String> {
    let age = if dice.chance(200) { String::new() } else { person.age.to_string() };
    let (id, day) = (id.to_string(), person.died.to_string());
    let Person { given, father, family, female, place, .. } = person;
    let (latin, arabic) = PLACES[*place];
    let habit = dice.pick(&[Habit::Press, Habit::Press, Habit::Plain, Habit::French]);
    let mut latin_name = |name| spell(name, habit, dice);
    match list {
        0 => {
            let name = format!("{} {}", latin_name(given), latin_name(family));
            let sex = if *female { "F" } else { "M" };
            vec![id, name, latin_name(father), sex.to_owned(), age, day, latin.to_owned()]
        }
        1 => {
            let parts = [given, father, family].map(latin_name);
            let sex = if *female { "female" } else { "male" };
            vec![id, parts.join(" "), sex.to_owned(), age, day, latin.to_owned()]
        }
        _ => {
            let name = format!("{} {} {}", given.arabic, father.arabic, family.arabic);
            let sex = if *female { "أنثى" } else { "ذكر" };
            vec![id, name, sex.to_owned(), age, day, arabic.to_owned()]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_have_their_rows_and_repeat() {
        let lists = lists(1, 100).unwrap();
        for (file, bytes) in &lists {
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            assert_eq!(reader.records().map(Result::unwrap).count(), 100, "{file}");
        }
        assert_eq!(lists, super::lists(1, 100).unwrap());
    }
}
