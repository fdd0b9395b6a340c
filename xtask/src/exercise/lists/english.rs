//! The two lists in Latin letters: a monitor's, careful, and one that volunteers typed in haste.

use anyhow::Result;
use jiff::civil::Date;

use super::care::{Care, Known};
use super::{Eyes, List, Row, render};
use crate::dice::Dice;
use crate::exercise::events::EVENTS;
use crate::exercise::mistakes::typo;
use crate::exercise::people::{Person, Sex};
use crate::exercise::province::{DISTRICTS, VILLAGES, district_of};
use crate::exercise::romanise::{Habit, habit, spell};

const MONITOR: Care = Care {
    twice: 20,
    no_father: 180,
    no_age: 160,
    round_age: 100,
    other_day: 25,
    swapped_day: 10,
    typo: 40,
    other_article: 100,
};

const VOLUNTEERS: Care = Care {
    twice: 30,
    no_father: 300,
    no_age: 300,
    round_age: 200,
    other_day: 35,
    swapped_day: 14,
    typo: 60,
    other_article: 120,
};

/// Given, father's and family name as somebody with this habit spells them.
fn parts(known: &Known, habit: Habit, dice: &mut Dice) -> [String; 3] {
    let mut parts = [
        spell(&known.given, habit, dice),
        known.father.as_ref().map_or_else(String::new, |father| spell(father, habit, dice)),
        spell(&known.family, habit, dice),
    ];
    if let Some(part) = known.typo {
        parts[part] = typo(&parts[part], dice);
    }
    parts
}

fn age(known: &Known) -> String {
    known.age.map_or_else(String::new, |age| age.to_string())
}

/// `hills-monitor.csv`: given and family name, father's name apart, who is held responsible.
pub(super) fn monitor(people: &[Person], dice: &mut Dice) -> Result<List> {
    let mut rows = Vec::new();
    for index in Eyes::Monitor.seen(people, &MONITOR, dice) {
        let person = &people[index];
        let event = &EVENTS[person.event];
        let known = MONITOR.know(person, dice)?;
        let habit = habit(6, 2, dice);
        let [given, father, family] = parts(&known, habit, dice);
        let sex = match person.sex {
            Sex::Female => "F",
            Sex::Male => "M",
        };
        let cells = vec![
            format!("{given} {family}"),
            father,
            sex.to_owned(),
            age(&known),
            known.day.to_string(),
            VILLAGES[person.village()].name.to_owned(),
            DISTRICTS[district_of(person.village())].name.to_owned(),
            if person.fighter { "fighter" } else { "civilian" }.to_owned(),
            event.cause.english().to_owned(),
            event.party.english().to_owned(),
        ];
        rows.push(Row { person: index, day: known.day, cells });
    }
    dice.shuffle(&mut rows);
    // The monitor files by village.
    rows.sort_by(|a, b| a.cells[5].cmp(&b.cells[5]));
    let headers = [
        "No",
        "Name",
        "Father's name",
        "Sex",
        "Age",
        "Date of killing",
        "Village",
        "District",
        "Status",
        "Cause of death",
        "Responsible party",
    ];
    render::csv("hills-monitor.csv", &headers, "exercise", &rows)
}

/// `volunteers.csv`: semicolons, days before months, whole names, remarks over two lines.
pub(super) fn volunteers(people: &[Person], dice: &mut Dice) -> Result<List> {
    let mut rows = Vec::new();
    for index in Eyes::Volunteers.seen(people, &VOLUNTEERS, dice) {
        let person = &people[index];
        let known = VOLUNTEERS.know(person, dice)?;
        let habit = habit(2, 5, dice);
        let parts = parts(&known, habit, dice);
        let name: Vec<&str> =
            parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let mut name = name.join(" ");
        if dice.chance(60) {
            name = name.to_lowercase();
        }
        let village = &VILLAGES[person.village()];
        let place = if dice.chance(450) { dice.pick(village.aliases) } else { village.name };
        let sex = match (person.sex, dice.chance(40)) {
            (_, true) => "",
            (Sex::Female, _) => "female",
            (Sex::Male, _) => "male",
        };
        let day = if dice.chance(40) { String::new() } else { day_first(known.day, dice) };
        let note = dice.pick(NOTES);
        let cells = [&name, sex, &age(&known), &day, place, note].map(str::to_owned).to_vec();
        rows.push(Row { person: index, day: known.day, cells });
    }
    dice.shuffle(&mut rows);
    let headers = ["ref", "full name", "sex", "age", "date of death", "place", "remarks"];
    Ok(render::by_hand("volunteers.csv", &headers, "exercise", &rows, dice))
}

fn day_first(day: Date, dice: &mut Dice) -> String {
    let (year, month, day) = (day.year(), day.month(), day.day());
    match dice.below(3) {
        0 => format!("{day}/{month}/{year}"),
        1 => format!("{day:02}.{month:02}.{year}"),
        _ => format!("{day:02}/{month:02}/{year}"),
    }
}

/// Remarks that a reader of separated values must get over.
const NOTES: &[&str] = &[
    "",
    "",
    "",
    "",
    "",
    "",
    "told by a neighbour",
    "seen at the burial; not spoken to",
    "called \"the teacher\" in the village",
    "told by phone\nto be asked again",
];
