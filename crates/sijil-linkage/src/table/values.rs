//! A column: a number for each row, and what the numbers stand for.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sijil_text::places::Gazetteer;

use super::roll::Distinct;
use super::{Codes, NONE, Names, Parts, Rarity};
use crate::{Field, Kind};

/// The values of one field.
pub(crate) struct Column {
    /// Name of the field.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) kind: Kind,
    /// Whether it is of days of birth.
    pub(crate) birth: bool,
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
    Names(Names),
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
    /// Its eight digits (20310507), four bits each.
    pub(crate) digits: u32,
}

impl Day {
    /// Takes a day apart.
    pub(crate) fn of(date: Date) -> Self {
        let (year, month, day) =
            (date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs());
        let written = [year / 1000, year / 100 % 10, year / 10 % 10, year % 10]
            .into_iter()
            .chain([month / 10, month % 10, day / 10, day % 10].map(u16::from));
        let digits = written.fold(0, |digits, digit| digits << 4 | u32::from(digit));
        Self { number: days(date), date, digits }
    }
}

/// A place.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Id in the gazetteer and ids of the areas it lies in, the largest first.
    pub(crate) areas: Vec<String>,
    /// Its name as parts, for places that no gazetteer knows.
    pub(crate) parts: Vec<u32>,
}

impl Column {
    /// The values of one field: `old` has for each of them its number among the distinct ones.
    pub(super) fn of(field: &Field, distinct: &Distinct, old: &[u32], parts: &mut Parts) -> Self {
        let values = read(field.kind, distinct, old, parts);
        let none = || Rarity::of(std::iter::empty());
        let (name, kind, birth) = (field.name.clone(), field.kind, Self::is_birth(&field.name));
        Self { name, kind, birth, values, rarity: none(), further: none() }
    }

    /// Counts how common the values are, for the codes as they stand. A text that names nobody
    /// becomes no value.
    pub(super) fn count(&mut self, codes: &mut Codes, at: usize, parts: &Parts) {
        match &self.values {
            Values::Names(names) => {
                let width = codes.width.max(1);
                for code in codes.all.iter_mut().skip(at).step_by(width) {
                    if *code != NONE && names.get(*code).is_empty() {
                        *code = NONE;
                    }
                }
                let named = || codes.column(at).filter(|code| *code != NONE);
                let first = named().filter_map(|c| names.get(c).first()).map(|p| parts.key(*p));
                let rest = named().flat_map(|c| names.get(c).iter().skip(1));
                self.rarity = Rarity::of(first);
                self.further = Rarity::of(rest.map(|p| parts.key(*p)));
            }
            Values::Numbers(_) => {}
            _ => self.rarity = Rarity::of(codes.column(at)),
        }
    }

    /// The values, if they are names.
    pub(super) fn names(&self) -> Option<&Names> {
        if let Values::Names(names) = &self.values { Some(names) } else { None }
    }

    /// Adds a name to the values and returns its number.
    pub(super) fn push(&mut self, parts: impl IntoIterator<Item = u32>) -> u32 {
        if let Values::Names(names) = &mut self.values { names.push(parts) } else { NONE }
    }

    /// Whether the field is a day of birth, by its name.
    pub(crate) fn is_birth(field: &str) -> bool {
        let field = field.to_lowercase();
        ["birth", "born", "dob"].iter().any(|word| field.contains(word))
    }
}

impl Distinct {
    /// How many values there are.
    pub(super) fn count(&self) -> usize {
        self.names.len().max(self.numbers.len()).max(self.texts.len())
    }
}

fn read(kind: Kind, distinct: &Distinct, old: &[u32], parts: &mut Parts) -> Values {
    let text = |code: &u32| distinct.texts.get(*code);
    match kind {
        Kind::Name | Kind::PartName => Values::Names(names(distinct, old, parts)),
        Kind::Place => Values::Places(old.iter().map(|code| place(text(code), parts)).collect()),
        Kind::Sex | Kind::Category | Kind::Id => {
            Values::Texts(old.iter().map(|code| text(code).to_owned()).collect())
        }
        Kind::Age => {
            Values::Numbers(old.iter().map(|code| distinct.numbers[*code as usize]).collect())
        }
        Kind::Date => {
            Values::Days(old.iter().map(|code| Day::of(distinct.dates[*code as usize])).collect())
        }
    }
}

/// Names from their pieces, each of which is read once.
fn names(distinct: &Distinct, old: &[u32], parts: &mut Parts) -> Names {
    let mut read: Vec<Option<Vec<u32>>> = vec![None; distinct.texts.len()];
    let mut names = Names::default();
    for code in old {
        let pieces = &distinct.names[*code as usize];
        for piece in pieces {
            let known = &mut read[*piece as usize];
            if known.is_none() {
                *known = Some(parts.read(distinct.texts.get(*piece)));
            }
        }
        let pieces = pieces.iter().filter_map(|piece| read[*piece as usize].as_ref());
        names.push(pieces.flatten().copied());
    }
    names
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
    Place { areas, parts: parts.read(name) }
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
pub(super) fn ages_from_births(columns: &mut [Column], codes: &mut Codes) {
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
    let Values::Numbers(numbers) = &columns[age].values else { return };
    let mut numbers = numbers.clone();
    let mut known: BTreeMap<i64, u32> = numbers.iter().copied().zip(0..).collect();
    let day = |column: usize, code: u32| match &columns[column].values {
        Values::Days(days) => days.get(code as usize).map(|d| d.number),
        _ => None,
    };
    for row in codes.all.chunks_exact_mut(codes.width.max(1)) {
        let (NONE, Some(born), Some(died)) = (row[age], day(born, row[born]), day(died, row[died]))
        else {
            continue;
        };
        let days = died.saturating_sub(born);
        if (0..=45_000).contains(&days) {
            let years = i64::from(days) * 100 / 36_525;
            row[age] = *known.entry(years).or_insert_with(|| {
                numbers.push(years);
                u32::try_from(numbers.len() - 1).unwrap_or(NONE)
            });
        }
    }
    columns[age].values = Values::Numbers(numbers);
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
