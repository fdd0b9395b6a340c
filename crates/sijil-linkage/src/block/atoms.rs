//! What rows can agree on: for each row a few hashed values by class.

use crate::Kind;
use crate::compare::Plan;
use crate::hash;
use crate::table::{Column, NONE, Table, Values};

/// What a value is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// Parts of a name that are looked at.
const PARTS: usize = 5;

/// Reads the values of rows.
pub(super) struct Atoms<'a> {
    table: &'a Table,
    own_name: Option<usize>,
    /// For each column the hashes of its texts or places.
    hashes: Vec<Vec<u64>>,
}

impl<'a> Atoms<'a> {
    pub(super) fn of(table: &'a Table, plan: &Plan) -> Self {
        let hashes = table.columns.iter().map(|column| match &column.values {
            Values::Texts(texts) => texts.iter().map(|text| hash::add_text(0, text)).collect(),
            Values::Places(places) => {
                let key = |part: &u32| u64::from(table.parts.key(*part));
                let place = |place: &crate::table::Place| match place.areas.last() {
                    Some(id) => hash::add_text(0, id),
                    None => place.parts.iter().fold(7, |hash, part| hash::add(hash, key(part))),
                };
                places.iter().map(place).collect()
            }
            _ => Vec::new(),
        });
        Self { table, own_name: plan.own_name, hashes: hashes.collect() }
    }

    /// Fills `all` with the values of a row that blocks are made by.
    pub(super) fn read(&self, row: u32, all: &mut Vec<(Class, u64)>) {
        all.clear();
        for (at, column) in self.table.columns.iter().enumerate() {
            self.column(row, at, column, |class, value| {
                if class != Class::Soft {
                    all.push((class, value));
                }
            });
        }
    }

    /// The values that split a block, as (column, which value of it).
    pub(super) fn splitters(&self) -> Vec<(usize, usize)> {
        let columns = self.table.columns.iter().enumerate();
        columns
            .flat_map(|(at, column)| {
                (0..1 + usize::from(column.kind == Kind::Name)).map(move |n| (at, n))
            })
            .collect()
    }

    /// The value of a splitter in a row; 0 for none.
    pub(super) fn splitter(&self, row: u32, (column, which): (usize, usize)) -> u64 {
        let (mut seen, mut found) = (0, 0);
        self.column(row, column, &self.table.columns[column], |_, value| {
            if seen == which {
                found = value;
            }
            seen += 1;
        });
        found
    }

    fn column(&self, row: u32, at: usize, column: &Column, mut hand: impl FnMut(Class, u64)) {
        let code = self.table.codes.row(row)[at];
        if code == NONE {
            return;
        }
        let of_column = |value: u64| hash::add(at as u64 + 1, value);
        match &column.values {
            Values::Names(names) => {
                let classes = match (self.own_name == Some(at), column.kind) {
                    (true, Kind::Name) => [Class::Given, Class::Further],
                    (true, _) => [Class::Given, Class::Given],
                    _ => [Class::Other, Class::Other],
                };
                for (place, part) in names.get(code).iter().take(PARTS).enumerate() {
                    // Names are not told apart by column: the father stands where he stands.
                    hand(classes[place.min(1)], u64::from(self.table.parts.key(*part)) + 1);
                }
            }
            Values::Texts(texts) => {
                let id = column.kind == Kind::Id && texts[code as usize].len() > 2;
                let class = if id { Class::Id } else { Class::Soft };
                hand(class, of_column(self.hashes[at][code as usize]));
            }
            Values::Numbers(numbers) => {
                let step = numbers[code as usize].div_euclid(5).cast_unsigned();
                hand(Class::Soft, of_column(step));
            }
            Values::Days(days) => {
                let class = if column.birth { Class::Birth } else { Class::Day };
                let day = u64::from(days[code as usize].number.cast_unsigned());
                hand(class, of_column(day));
            }
            Values::Places(_) => {
                hand(Class::Place, of_column(self.hashes[at][code as usize]));
            }
        }
    }
}

/// Hands out the keys of a row for some pairs of classes.
pub(super) fn keys(all: &[(Class, u64)], twos: &[(Class, Class)], mut hand: impl FnMut(u64)) {
    for (at, (class, value)) in all.iter().enumerate() {
        for (other_class, other) in &all[at + 1..] {
            let wanted = twos
                .iter()
                .any(|(x, y)| (x == class && y == other_class) || (y == class && x == other_class));
            if wanted {
                let (low, high) = (value.min(other), value.max(other));
                hand(hash::add(hash::add(1, *low), *high));
            }
        }
    }
}
