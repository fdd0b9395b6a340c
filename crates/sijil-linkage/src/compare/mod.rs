//! Compares two rows: for each comparison one of a few levels, and how rare the value is that the
//! rows agree on.
//!
//! Levels are what the model learns weights for, so they are few, in plain words, and the same for
//! every register. A name is two comparisons: its first part, and all others.

mod levels;
mod names;
mod plain;

use crate::table::{Column, Entry, NONE, Table, Values};
use crate::{Kind, Spec};

pub(crate) use levels::Level;
use names::Likenesses;

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
    table: &'a Table,
    plan: &'a Plan,
    likenesses: Likenesses<'a>,
}

impl<'a> Comparer<'a> {
    /// For the rows of a table.
    pub(crate) fn new(table: &'a Table, plan: &'a Plan) -> Self {
        Self { table, plan, likenesses: Likenesses::of(&table.parts) }
    }

    /// Whether two rows stand on one list.
    pub(crate) fn same_list(&self, a: u32, b: u32) -> bool {
        self.table.same_list(a, b)
    }

    /// Compares two rows.
    pub(crate) fn compare(&mut self, a: u32, b: u32) -> Pattern {
        let mut pattern = Pattern { levels: [MISSING; MOST], rarity: [1.0; MOST] };
        for (at, comparison) in self.plan.comparisons.iter().enumerate() {
            let column = &self.table.columns[comparison.column];
            if comparison.further {
                // Found together with the first part, in the comparison before.
                continue;
            }
            let (x, y) = (column.codes[a as usize], column.codes[b as usize]);
            if x == NONE || y == NONE {
                if comparison.role == Role::Family {
                    self.borrow(&mut pattern, at, (a, x), (b, y));
                }
                continue;
            }
            self.level(&mut pattern, at, column, x, y);
        }
        pattern
    }

    fn level(&mut self, pattern: &mut Pattern, at: usize, column: &Column, x: u32, y: u32) {
        let mut set = |at: usize, (level, rarity): (u8, f64)| {
            pattern.levels[at] = level;
            #[expect(clippy::cast_possible_truncation, reason = "a ratio needs no more digits")]
            let rarity = rarity as f32;
            pattern.rarity[at] = rarity;
        };
        match &column.values {
            Values::Names(entries) => {
                let (a, b) = (&entries[x as usize], &entries[y as usize]);
                if column.kind == Kind::Name {
                    let [first, further] = names::whole(&mut self.likenesses, column, a, b);
                    set(at, first);
                    set(at + 1, further);
                } else {
                    set(at, names::single(&mut self.likenesses, column, a, b));
                }
            }
            Values::Texts(texts) => {
                set(at, plain::text(column, x, y, &texts[x as usize], &texts[y as usize]));
            }
            Values::Numbers(numbers) => {
                set(at, (plain::age(numbers[x as usize], numbers[y as usize]), 1.0));
            }
            Values::Days(days) => {
                set(at, plain::day(column, x, y, days[x as usize], days[y as usize]));
            }
            Values::Places(places) => {
                let places = (&places[x as usize], &places[y as usize]);
                set(at, plain::place(&mut self.likenesses, column, x, y, places));
            }
        }
    }

    /// Where one row has the father in a field and the other within the name, those are compared.
    fn borrow(&mut self, pattern: &mut Pattern, at: usize, a: (u32, u32), b: (u32, u32)) {
        let ((_, known), (other, NONE)) = (if a.1 == NONE { (b, a) } else { (a, b) }) else {
            return;
        };
        let column = &self.table.columns[self.plan.comparisons[at].column];
        // Only the first other person of the spec stands in second place of a full name.
        let fathers = self.plan.comparisons.iter().position(|c| {
            c.role == Role::Family
                && !c.further
                && self.table.columns[c.column].kind == Kind::PartName
        });
        let name = self.plan.own_name.map(|own| &self.table.columns[own]);
        let (Some(name), true) = (name, known != NONE && fathers == Some(at)) else { return };
        let (Values::Names(fathers), Values::Names(names)) = (&column.values, &name.values) else {
            return;
        };
        let Some(full) = names.get(name.codes[other as usize] as usize) else { return };
        if name.kind != Kind::Name || full.parts.len() < 3 {
            return;
        }
        let second = Entry { parts: vec![full.parts[1]], joined: Vec::new() };
        let father = &fathers[known as usize];
        let found = names::single(&mut self.likenesses, column, father, &second);
        // A second part that is not the father's name may be the person's own: no evidence.
        if found.0 <= levels::SPELLED {
            pattern.levels[at] = found.0;
        }
    }
}
