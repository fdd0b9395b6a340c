//! What rows can agree on: for each row a few hashed values by class.

use crate::Kind;
use crate::compare::Plan;
use crate::hash;
use crate::table::{Column, Entry, NONE, Table, Values};

/// What a value is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// First part of the person's name.
    Given,
    /// A further part of it.
    Further,
    /// A part of another name field.
    Other,
    /// Day of birth.
    Birth,
    /// Another day.
    Day,
    /// A place.
    Place,
    /// An id.
    Id,
    /// Only for splitting: month, age in steps, sex, category.
    Soft,
}

/// The values of one row.
#[derive(Default)]
pub(super) struct Atoms {
    all: Vec<(Class, u64)>,
    /// Values that split a block, one a splitter; 0 for none.
    pub(super) splitters: Vec<u64>,
}

impl Atoms {
    /// The values of a row.
    pub(super) fn of(table: &Table, plan: &Plan, row: u32) -> Self {
        let mut atoms = Self::default();
        for (at, column) in table.columns.iter().enumerate() {
            let code = column.codes[row as usize];
            let before = atoms.all.len();
            if code != NONE {
                atoms.read(table, column, code, plan.own_name == Some(at), at as u64);
            }
            let first = atoms.all.get(before).map_or(0, |(_, value)| *value);
            atoms.splitters.push(first);
            if column.kind == Kind::Name {
                atoms.splitters.push(atoms.all.get(before + 1).map_or(0, |(_, value)| *value));
            }
        }
        atoms.all.retain(|(class, _)| *class != Class::Soft);
        atoms
    }

    fn read(&mut self, table: &Table, column: &Column, code: u32, own: bool, at: u64) {
        let code = code as usize;
        let of_column = |value: u64| hash::add(at + 1, value);
        match &column.values {
            Values::Names(entries) => {
                let classes = match (own, column.kind) {
                    (true, Kind::Name) => [Class::Given, Class::Further],
                    (true, _) => [Class::Given, Class::Given],
                    _ => [Class::Other, Class::Other],
                };
                for (place, part) in entries[code].parts.iter().take(5).enumerate() {
                    // Names are not told apart by column: the father stands where he stands.
                    let key = u64::from(table.parts.key(*part)) + 1;
                    self.all.push((classes[place.min(1)], key));
                }
            }
            Values::Texts(texts) => {
                let id = column.kind == Kind::Id && texts[code].len() > 2;
                let class = if id { Class::Id } else { Class::Soft };
                self.all.push((class, of_column(hash::add_text(0, &texts[code]))));
            }
            Values::Numbers(numbers) => {
                let step = numbers[code].div_euclid(5).cast_unsigned();
                self.all.push((Class::Soft, of_column(step)));
            }
            Values::Days(days) => {
                let birth = Column::is_birth(&column.name);
                let day = u64::from(days[code].number.cast_unsigned());
                let class = if birth { Class::Birth } else { Class::Day };
                self.all.push((class, of_column(day)));
            }
            Values::Places(places) => {
                let place = match places[code].areas.last() {
                    Some(id) => hash::add_text(0, id),
                    None => keys(table, &places[code].entry),
                };
                self.all.push((Class::Place, of_column(place)));
            }
        }
    }

    /// Hands out the block keys of a row for some pairs of classes.
    pub(super) fn keys(&self, pass: u64, twos: &[(Class, Class)], mut hand: impl FnMut(u64)) {
        for (at, (class, value)) in self.all.iter().enumerate() {
            for (other_class, other) in &self.all[at + 1..] {
                let wanted = twos.iter().any(|(x, y)| {
                    (x == class && y == other_class) || (y == class && x == other_class)
                });
                if wanted {
                    let (low, high) = (value.min(other), value.max(other));
                    hand(hash::add(hash::add(pass + 1, *low), *high));
                }
            }
        }
    }
}

fn keys(table: &Table, entry: &Entry) -> u64 {
    entry.parts.iter().fold(7, |hash, part| hash::add(hash, u64::from(table.parts.key(*part))))
}
