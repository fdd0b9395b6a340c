//! The two lists in Arabic: a civil registry in parts of names, and a hospital's spreadsheet.

use anyhow::Result;

use super::care::{Care, Known};
use super::{Eyes, List, Row, render};
use crate::dice::Dice;
use crate::exercise::events::EVENTS;
use crate::exercise::mistakes::{typed, typo};
use crate::exercise::people::{Person, Sex};
use crate::exercise::province::{DISTRICTS, VILLAGES, district_of};

const REGISTRY: Care = Care {
    twice: 22,
    no_father: 40,
    no_age: 0,
    round_age: 0,
    other_day: 25,
    swapped_day: 12,
    typo: 45,
    other_article: 40,
};

const HOSPITAL: Care = Care {
    twice: 28,
    no_father: 160,
    no_age: 240,
    round_age: 180,
    other_day: 60,
    swapped_day: 10,
    typo: 55,
    other_article: 80,
};

/// Given, father's and family name in Arabic letters, with what typists do to them.
fn parts(known: &Known, dice: &mut Dice) -> [String; 3] {
    let father = known.father.as_ref().map_or("", |father| father.arabic.as_str());
    let mut parts = [known.given.arabic.as_str(), father, known.family.arabic.as_str()]
        .map(|part| typed(part, dice));
    if let Some(part) = known.typo {
        parts[part] = typo(&parts[part], dice);
    }
    parts
}

fn sex(person: &Person) -> String {
    match person.sex {
        Sex::Female => "أنثى",
        Sex::Male => "ذكر",
    }
    .to_owned()
}

/// `civil-registry.csv`: names in parts, days of birth, few mistakes.
pub(super) fn registry(people: &[Person], dice: &mut Dice) -> Result<List> {
    let mut rows = Vec::new();
    for index in Eyes::Registry.seen(people, &REGISTRY, dice) {
        let person = &people[index];
        let known = REGISTRY.know(person, dice)?;
        let [given, father, family] = parts(&known, dice);
        let born = match dice.below(100) {
            0..15 => String::new(),
            // Only the year is known: written as the first of January, as registries do.
            15..23 => format!("{}-01-01", person.born.year()),
            _ => person.born.to_string(),
        };
        let village = VILLAGES[person.village()].arabic.to_owned();
        let district = DISTRICTS[district_of(person.village())].arabic.to_owned();
        let day = known.day;
        let cells =
            vec![given, father, family, sex(person), born, day.to_string(), village, district];
        rows.push(Row { person: index, day, cells });
    }
    dice.shuffle(&mut rows);
    rows.sort_by_key(|row| row.day);
    let headers = [
        "الرقم",
        "الاسم الأول",
        "اسم الأب",
        "الكنية",
        "الجنس",
        "تاريخ الولادة",
        "تاريخ الوفاة",
        "مكان الوفاة",
        "المنطقة",
    ];
    render::csv("civil-registry.csv", &headers, "تمرين", &rows)
}

/// `hospital.xlsx`: whole names, many ages missing or rounded, the day of death in the hospital.
pub(super) fn hospital(people: &[Person], dice: &mut Dice) -> Result<List> {
    let mut rows = Vec::new();
    for index in Eyes::Hospital.seen(people, &HOSPITAL, dice) {
        let person = &people[index];
        let known = HOSPITAL.know(person, dice)?;
        let parts = parts(&known, dice);
        let name = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>();
        let age = known.age.map_or_else(String::new, |age| age.to_string());
        let place = if dice.chance(80) {
            // The ambulance's log names the town only.
            DISTRICTS[district_of(person.village())].arabic
        } else {
            VILLAGES[person.village()].arabic
        };
        let cause = EVENTS[person.event].cause.arabic().to_owned();
        let sex = if dice.chance(30) { String::new() } else { sex(person) };
        let day = known.day;
        let cells = vec![name.join(" "), sex, age, day.to_string(), place.to_owned(), cause];
        rows.push(Row { person: index, day, cells });
    }
    dice.shuffle(&mut rows);
    rows.sort_by_key(|row| row.day);
    let headers =
        ["رقم", "الاسم الثلاثي", "الجنس", "العمر", "تاريخ الوفاة", "مكان الحادثة", "سبب الوفاة"];
    render::xlsx("hospital.xlsx", "الوفيات", &headers, "تمرين", &rows)
}
