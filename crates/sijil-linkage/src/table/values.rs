//! A column: a number for each row, and what the numbers stand for.

use std::collections::HashMap;

use jiff::civil::Date;
use sijil_text::letters::fold;
use sijil_text::places::Gazetteer;

use super::{Entry, NONE, Parts, Rarity};
use crate::{Field, Kind, Value};

/// The values of one field.
pub(crate) struct Column {
    /// Name of the field.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) kind: Kind,
    /// For each row the number of its value, or [`NONE`].
    pub(crate) codes: Vec<u32>,
    /// The values.
    pub(crate) values: Values,
    /// How common whole values are; for names, first parts.
    pub(crate) rarity: Rarity,
    /// For names, how common further parts are.
    pub(crate) further: Rarity,
}

/// Distinct values of a column.
pub(crate) enum Values {
    /// Names.
    Names(Vec<Entry>),
    /// Texts as they are compared.
    Texts(Vec<String>),
    /// Numbers.
    Numbers(Vec<i64>),
    /// Days.
    Days(Vec<Day>),
    /// Places.
    Places(Vec<Place>),
}

/// A day, taken apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day {
    /// Days since the beginning of 1970.
    pub(crate) number: i32,
    /// Year, month and day of the month.
    pub(crate) date: Date,
}

/// A place.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Id in the gazetteer and ids of the areas it lies in, the largest first.
    pub(crate) areas: Vec<String>,
    /// Its name as parts, for places that no gazetteer knows.
    pub(crate) entry: Entry,
}

impl Column {
    /// Reads the values of one field. A value of another kind than the field's is none.
    pub(crate) fn of<'a>(
        field: &Field,
        values: impl Iterator<Item = Option<&'a Value>>,
        parts: &mut Parts,
    ) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut distinct: Vec<Value> = Vec::new();
        let codes: Vec<u32> = values
            .map(|value| {
                let Some(value) = value.and_then(|value| clean(field.kind, value)) else {
                    return NONE;
                };
                let next = u32::try_from(distinct.len()).unwrap_or(NONE);
                let code = *numbers.entry(key(&value)).or_insert(next);
                if code == next {
                    distinct.push(value);
                }
                code
            })
            .collect();
        let values = read(field.kind, &distinct, parts);
        Self::with(field, codes, values, parts)
    }

    fn with(field: &Field, codes: Vec<u32>, values: Values, parts: &Parts) -> Self {
        let none = || Rarity::of(std::iter::empty());
        let (name, kind) = (field.name.clone(), field.kind);
        let mut column = Self { name, kind, codes, values, rarity: none(), further: none() };
        column.count(parts);
        column
    }

    /// Counts how common the values are, for the codes as they stand.
    pub(super) fn count(&mut self, parts: &Parts) {
        match &self.values {
            Values::Names(entries) => {
                // A text that names nobody is no value.
                for code in &mut self.codes {
                    if *code != NONE && entries[*code as usize].parts.is_empty() {
                        *code = NONE;
                    }
                }
                let of = |code: &u32| entries.get(*code as usize).map_or(&[][..], |e| &e.parts);
                let codes = &self.codes;
                let first = codes.iter().filter_map(|c| of(c).first()).map(|p| parts.key(*p));
                let rest = codes.iter().flat_map(|c| of(c).iter().skip(1)).map(|p| parts.key(*p));
                (self.rarity, self.further) = (Rarity::of(first), Rarity::of(rest));
            }
            Values::Numbers(_) => {}
            _ => self.rarity = Rarity::of(self.codes.iter().copied()),
        }
    }

    /// The values, if they are names.
    pub(super) fn names(&self) -> Option<&[Entry]> {
        if let Values::Names(entries) = &self.values { Some(entries) } else { None }
    }

    /// Adds a name to the values and returns its number.
    pub(super) fn push(&mut self, entry: Entry) -> u32 {
        let Values::Names(entries) = &mut self.values else { return NONE };
        entries.push(entry);
        u32::try_from(entries.len() - 1).unwrap_or(NONE)
    }

    /// Whether the field is a day of birth, by its name.
    pub(crate) fn is_birth(field: &str) -> bool {
        let field = field.to_lowercase();
        ["birth", "born", "dob"].iter().any(|word| field.contains(word))
    }
}

/// The value as it is compared, or nothing if it says nothing.
fn clean(kind: Kind, value: &Value) -> Option<Value> {
    match (kind, value) {
        (Kind::Name | Kind::PartName, Value::Text(text)) => {
            (!text.trim().is_empty()).then(|| value.clone())
        }
        (Kind::Place, Value::Text(text)) => {
            let text = text.trim();
            let gazetteer = Gazetteer::embedded();
            let known = gazetteer.get(text).or_else(|| gazetteer.find(text));
            let known = known.map(|place| place.id.clone());
            (!text.is_empty()).then(|| Value::Text(known.unwrap_or_else(|| fold(text))))
        }
        (Kind::Sex | Kind::Category | Kind::Id, Value::Text(text)) => {
            let text: String = fold(text).split_whitespace().collect::<Vec<_>>().join(" ");
            (!text.is_empty()).then_some(Value::Text(text))
        }
        (Kind::Sex | Kind::Category | Kind::Id, Value::Number(number)) => {
            Some(Value::Text(number.to_string()))
        }
        (Kind::Age, Value::Number(_)) | (Kind::Date, Value::Date(_)) => Some(value.clone()),
        _ => None,
    }
}

fn key(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
    }
}

fn read(kind: Kind, distinct: &[Value], parts: &mut Parts) -> Values {
    let texts = distinct.iter().filter_map(|value| match value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    });
    match kind {
        Kind::Name | Kind::PartName => Values::Names(texts.map(|t| parts.entry(t)).collect()),
        Kind::Place => Values::Places(texts.map(|text| place(text, parts)).collect()),
        Kind::Sex | Kind::Category | Kind::Id => Values::Texts(texts.map(str::to_owned).collect()),
        Kind::Age => Values::Numbers(
            distinct
                .iter()
                .filter_map(|v| if let Value::Number(n) = v { Some(*n) } else { None })
                .collect(),
        ),
        Kind::Date => Values::Days(
            distinct
                .iter()
                .filter_map(|value| match value {
                    Value::Date(date) => Some(Day { number: days(*date), date: *date }),
                    _ => None,
                })
                .collect(),
        ),
    }
}

/// The areas of a place code that no gazetteer knows, the largest first: two letters for the
/// country and two digits a level, as the United Nations number places (XX03, XX0301, XX030102).
/// A code begins with those of the areas that it lies in.
fn coded(text: &str) -> Option<Vec<String>> {
    let digits = text.strip_prefix(|letter: char| letter.is_ascii_lowercase())?;
    let digits = digits.strip_prefix(|letter: char| letter.is_ascii_lowercase())?;
    let coded = digits.len() >= 2
        && digits.len() <= 10
        && digits.len().is_multiple_of(2)
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    coded.then(|| (4..=text.len()).step_by(2).map(|end| text[..end].to_owned()).collect())
}

fn place(text: &str, parts: &mut Parts) -> Place {
    let gazetteer = Gazetteer::embedded();
    let mut areas: Vec<String> = Vec::new();
    if let Some(known) = gazetteer.get(text) {
        areas.extend(
            (1..known.level).filter_map(|l| gazetteer.area_of(text, l)).map(|a| a.id.clone()),
        );
        areas.push(text.to_owned());
    } else if let Some(found) = coded(text) {
        areas = found;
    }
    let name = gazetteer.get(text).map_or(text, |known| known.name.as_str());
    Place { areas, entry: parts.entry(name) }
}

/// Days since the beginning of 1970.
pub(crate) fn days(date: Date) -> i32 {
    let (year, month, day) =
        (i32::from(date.year()), i32::from(date.month()), i32::from(date.day()));
    // Days from civil: years begin in March, eras have 400 years.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Fills ages that are missing where days of birth and death are known.
pub(crate) fn ages_from_births(columns: &mut [Column]) {
    let of_kind = |kind, birth| {
        columns.iter().position(|c| {
            c.kind == kind && (kind == Kind::Age || Column::is_birth(&c.name) == birth)
        })
    };
    let (Some(age), Some(born), Some(died)) =
        (of_kind(Kind::Age, false), of_kind(Kind::Date, true), of_kind(Kind::Date, false))
    else {
        return;
    };
    let day = |column: usize, row: usize| match &columns[column].values {
        Values::Days(days) => days.get(columns[column].codes[row] as usize).map(|d| d.number),
        _ => None,
    };
    let years: Vec<Option<i64>> = (0..columns[age].codes.len())
        .map(|row| {
            let days = day(died, row)?.checked_sub(day(born, row)?)?;
            (0..=45_000).contains(&days).then(|| i64::from(days) * 100 / 36_525)
        })
        .collect();
    let column = &mut columns[age];
    let Values::Numbers(numbers) = &mut column.values else { return };
    for (code, years) in column.codes.iter_mut().zip(years) {
        if let (NONE, Some(years)) = (*code, years) {
            let at = numbers.iter().position(|n| *n == years).unwrap_or_else(|| {
                numbers.push(years);
                numbers.len() - 1
            });
            *code = u32::try_from(at).unwrap_or(NONE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn codes_of_places_name_the_areas_they_lie_in() {
        let areas = |text: &str| coded(text).unwrap_or_default().join(" ");
        assert_eq!(areas("xx030102"), "xx03 xx0301 xx030102");
        for name in ["wadi", "x0301", "xx031", "xx03a1", "xx", "\u{62d}\u{645}0301"] {
            assert_eq!(areas(name), "", "{name}");
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(days(date(1970, 1, 1)), 0);
        assert_eq!(days(date(2000, 2, 29)), 11_016);
        assert_eq!(days(date(1969, 12, 31)), -1);
    }
}
