//! `persons.csv`: every person, what may be public.
//!
//! An age is given by its band and a day of birth not at all: beside a place and a day they would
//! tell who somebody was. Names stand here only when the options say so.

use super::super::{Error, Options, people};
use super::{Table, marks, optional, several};
use crate::model::{PersonLine, Report};

const HEADERS: [&str; 14] = [
    "person",
    "sex",
    "age_band",
    "date",
    "place",
    "place_id",
    "province",
    "status",
    "cause",
    "party",
    "party_class",
    "records",
    "contested",
    "marks",
];

pub(in super::super) fn persons(report: &Report, options: &Options) -> Result<Vec<u8>, Error> {
    let mut headers = HEADERS.to_vec();
    if options.names {
        headers.push("name");
    }
    let mut csv = Table::new(&headers)?;
    for line in &report.persons {
        let mut cells = of_person(line);
        if options.names {
            cells.push(line.person.name.clone().unwrap_or_default());
        }
        csv.row(&cells)?;
    }
    csv.bytes()
}

fn of_person(line: &PersonLine) -> Vec<String> {
    let person = &line.person;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        person.id.0.clone(),
        optional(person.sex.map(people::sex)),
        optional(person.band.map(people::band)),
        optional(person.date),
        text(&person.place),
        text(&person.place_id),
        text(&person.province),
        text(&person.status),
        text(&person.cause),
        optional(person.party.as_ref().map(|party| party.text.as_str())),
        optional(person.party.as_ref().map(|party| party.class.code())),
        person.records.len().to_string(),
        several(person.contested.iter().map(String::as_str)),
        marks(&line.marks),
    ]
}
