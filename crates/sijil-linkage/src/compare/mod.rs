//! Compares two rows: for each comparison one of a few levels, and how rare the value is that the
//! rows agree on.
//!
//! Levels are what the model learns weights for, so they are few, in plain words, and the same for
//! every register. A name is two comparisons: its first part, and all others.

mod levels;
mod likenesses;
mod memory;
mod names;
mod plain;
mod screen;
mod slips;

use crate::table::{Column, NONE, Table, Values};
use crate::{Kind, Spec};

pub(crate) use levels::Level;
use likenesses::Likenesses;
use memory::Memory;
pub(crate) use screen::Screen;

/// The level of a comparison where one of the rows has no value.
pub(crate) const MISSING: u8 = u8::MAX;
/// More comparisons than this are not made.
pub(crate) const MOST: usize = 20;

/// Whose a value is, and so who else may share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The person's own: nobody shares it but by chance.
    Own,
    /// The family's: relatives share it.
    Family,
    /// The event's: those who died together share it.
    Event,
}

/// One thing that is compared.
pub(crate) struct Comparison {
    /// Index of the column.
    pub(crate) column: usize,
    /// Whether it is of the further parts of a name.
    pub(crate) further: bool,
    /// Whether it is of places.
    pub(crate) is_place: bool,
    /// Whose it is.
    pub(crate) role: Role,
    /// Its levels.
    pub(crate) levels: &'static [Level],
}

/// What is compared, in the order of the spec.
pub(crate) struct Plan {
    /// The comparisons.
    pub(crate) comparisons: Vec<Comparison>,
    /// Index of the column that has the person's own name.
    pub(crate) own_name: Option<usize>,
}

impl Plan {
    /// What to compare for a spec.
    pub(crate) fn of(spec: &Spec, notes: &mut Vec<String>) -> Self {
        let first_of = |kind| spec.fields.iter().position(|field| field.kind == kind);
        let own_name = first_of(Kind::Name).or_else(|| first_of(Kind::PartName));
        let mut comparisons = Vec::new();
        for (column, field) in spec.fields.iter().enumerate() {
            let (role, levels): (Role, &'static [Level]) = match field.kind {
                Kind::Name => (Role::Own, levels::FIRST),
                Kind::PartName if own_name == Some(column) => (Role::Own, levels::FIRST),
                Kind::PartName => (Role::Family, levels::PART),
                Kind::Sex => (Role::Own, levels::SEX),
                Kind::Category => (Role::Own, levels::CATEGORY),
                Kind::Id => (Role::Own, levels::ID),
                Kind::Age => (Role::Own, levels::AGE),
                Kind::Date if Column::is_birth(&field.name) => (Role::Own, levels::BIRTH),
                Kind::Date => (Role::Event, levels::DAY),
                Kind::Place => (Role::Event, levels::PLACE),
            };
            let wanted = if field.kind == Kind::Name { 2 } else { 1 };
            if comparisons.len() + wanted > MOST {
                notes.push(format!("field left out, there are too many: {}", field.name));
                continue;
            }
            let is_place = field.kind == Kind::Place;
            comparisons.push(Comparison { column, further: false, is_place, role, levels });
            if field.kind == Kind::Name {
                let levels = levels::FURTHER;
                let role = Role::Family;
                comparisons.push(Comparison { column, further: true, is_place, role, levels });
            }
        }
        Self { comparisons, own_name }
    }
}

/// Levels of two rows, one a comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pattern {
    /// The level, or [`MISSING`].
    pub(crate) levels: [u8; MOST],
    /// How many times likelier than the average a chance agreement on this value is.
    pub(crate) rarity: [f32; MOST],
}

/// Compares rows, and remembers what it compared.
pub(crate) struct Comparer<'a> {
    /// The rows.
    pub(crate) table: &'a Table,
    plan: &'a Plan,
    likenesses: Likenesses<'a>,
    /// For each comparison of places, what was found of two of them.
    places: Vec<Memory>,
    /// The comparison of the first other person of the spec, who may stand within a full name.
    father: Option<usize>,
    /// The comparisons of ages, and of days of birth.
    age: Option<usize>,
    born: Option<usize>,
}

impl<'a> Comparer<'a> {
    /// For the rows of a table.
    pub(crate) fn new(table: &'a Table, plan: &'a Plan) -> Self {
        let kind = |at: usize| table.columns[at].kind;
        let father = plan
            .comparisons
            .iter()
            .position(|c| c.role == Role::Family && !c.further && kind(c.column) == Kind::PartName);
        let room = |c: &Comparison| if c.is_place { 1 << 18 } else { 1 };
        let places = plan.comparisons.iter().map(|c| Memory::of(room(c))).collect();
        let age = plan.comparisons.iter().position(|c| kind(c.column) == Kind::Age);
        let born = plan.comparisons.iter().position(|c| table.columns[c.column].birth);
        let likenesses = Likenesses::of(&table.parts);
        Self { table, plan, likenesses, places, father, age, born }
    }

    /// The lists that two rows stand on.
    pub(crate) fn lists(&self, a: u32, b: u32) -> (u32, u32) {
        (self.table.lists[a as usize], self.table.lists[b as usize])
    }

    /// Compares two rows.
    pub(crate) fn compare(&self, a: u32, b: u32) -> Pattern {
        let mut pattern = Pattern { levels: [MISSING; MOST], rarity: [1.0; MOST] };
        let (a, b) = (self.table.codes.row(a), self.table.codes.row(b));
        for (at, comparison) in self.plan.comparisons.iter().enumerate() {
            if comparison.further {
                // Found together with the first part, in the comparison before.
                continue;
            }
            let (x, y) = (a[comparison.column], b[comparison.column]);
            if x == NONE || y == NONE {
                if self.father == Some(at) {
                    self.borrow(&mut pattern, at, a, b);
                }
                continue;
            }
            let column = &self.table.columns[comparison.column];
            if column.kind == Kind::Name {
                let Values::Names(names) = &column.values else { continue };
                let both = names::whole(&self.likenesses, column, names.get(x), names.get(y));
                both.into_iter().zip(at..).for_each(|(found, at)| pattern.set(at, found));
            } else {
                pattern.set(at, self.level(at, column, x, y));
            }
        }
        // Two days of birth say all that two ages could.
        if let (Some(age), Some(born)) = (self.age, self.born)
            && pattern.levels[born] != MISSING
        {
            pattern.levels[age] = MISSING;
        }
        pattern
    }

    /// Level and rarity of two values of a field other than the whole name.
    fn level(&self, at: usize, column: &Column, x: u32, y: u32) -> (u8, f64) {
        let (i, j) = (x as usize, y as usize);
        match &column.values {
            Values::Names(names) => {
                names::single(&self.likenesses, column, names.get(x), names.get(y))
            }
            Values::Texts(texts) => plain::text(column, x, y, &texts[i], &texts[j]),
            Values::Numbers(numbers) => (plain::age(numbers[i], numbers[j]), 1.0),
            Values::Days(days) => plain::day(column, x, y, days[i], days[j]),
            Values::Places(places) => {
                let rarity = column.rarity.ratio(x).max(column.rarity.ratio(y));
                if x == y {
                    return (levels::SAME, rarity);
                }
                let find = || u32::from(plain::place(&self.likenesses, &places[i], &places[j]));
                let level = self.places[at].recall(x, y, find);
                let level = u8::try_from(level).unwrap_or(levels::PLACE_DIFFERENT);
                (level, if level == levels::PLACE_SPELLED { rarity } else { 1.0 })
            }
        }
    }

    /// Where one row has the father in a field and the other within the name, those are compared.
    fn borrow(&self, pattern: &mut Pattern, at: usize, a: &[u32], b: &[u32]) {
        let comparison = &self.plan.comparisons[at];
        let column = &self.table.columns[comparison.column];
        let (known, other) = if a[comparison.column] == NONE {
            (b[comparison.column], a)
        } else {
            (a[comparison.column], b)
        };
        let Some(own) = self.plan.own_name.filter(|_| known != NONE) else { return };
        let name = &self.table.columns[own];
        let (Values::Names(fathers), Values::Names(names)) = (&column.values, &name.values) else {
            return;
        };
        if name.kind != Kind::Name || other[own] == NONE {
            return;
        }
        let full = names.get(other[own]);
        if full.len() < 3 {
            return;
        }
        let found = names::single(&self.likenesses, column, fathers.get(known), &full[1..2]);
        // A second part that is not the father's name may be the person's own: no evidence.
        if found.0 <= levels::SPELLED {
            pattern.levels[at] = found.0;
        }
    }
}

impl Pattern {
    fn set(&mut self, at: usize, (level, rarity): (u8, f64)) {
        self.levels[at] = level;
        #[expect(clippy::cast_possible_truncation, reason = "a ratio needs no more digits")]
        let rarity = rarity as f32;
        self.rarity[at] = rarity;
    }
}
