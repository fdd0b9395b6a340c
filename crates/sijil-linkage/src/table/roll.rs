//! Rows as they are handed in: each distinct value is kept once and rows are rows of numbers.
//!
//! A million rows of text take gigabytes; the few hundred thousand distinct values in them do not.
//! Who reads a file hands over each distinct value of a field once ([`Roll::value`]) and then rows
//! of the numbers that came back ([`Roll::push`]).

use std::collections::HashMap;

use jiff::civil::Date;
use sijil_text::letters::fold;
use sijil_text::places::Gazetteer;

use super::texts::Texts;
use super::values::days;
use super::{Codes, NONE};
use crate::hash;
use crate::{Kind, Row, Spec, Value};

/// A value of a field, as it is handed in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// A text.
    Text(&'a str),
    /// A name whose parts stand in several columns, in the order in which they are said.
    Pieces(&'a [&'a str]),
    /// A whole number.
    Number(i64),
    /// A day.
    Date(Date),
}

/// Number of a distinct value of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code(pub(super) u32);

/// The records to link.
#[derive(Clone, Debug)]
pub struct Roll {
    pub(super) spec: Spec,
    pub(super) lists: Vec<u32>,
    /// For each row a hash of its values.
    pub(super) contents: Vec<u64>,
    pub(super) codes: Codes,
    pub(super) columns: Vec<Distinct>,
}

/// The distinct values of one field.
#[derive(Clone, Debug, Default)]
pub(super) struct Distinct {
    /// Texts, and pieces of names.
    pub(super) texts: Texts,
    /// For names the numbers of their pieces.
    pub(super) names: Vec<Vec<u32>>,
    by_pieces: HashMap<Vec<u32>, u32>,
    /// Whole numbers and days, days as days since the beginning of 1970.
    pub(super) numbers: Vec<i64>,
    /// The days.
    pub(super) dates: Vec<Date>,
    by_number: HashMap<i64, u32>,
    /// For each value a hash of what it says.
    hashes: Vec<u64>,
}

impl Roll {
    /// No rows yet.
    pub fn new(spec: &Spec) -> Self {
        let columns = spec.fields.iter().map(|_| Distinct::default()).collect();
        let codes = Codes { width: spec.fields.len(), all: Vec::new() };
        let (lists, contents) = (Vec::new(), Vec::new());
        Self { spec: spec.clone(), lists, contents, codes, columns }
    }

    /// The rows given, with the values of the spec.
    pub fn of(rows: &[Row], spec: &Spec) -> Self {
        let mut roll = Self::new(spec);
        let mut codes = Vec::new();
        for row in rows {
            codes.clear();
            codes.extend((0..spec.fields.len()).map(|at| {
                let cell = match row.values.get(at)?.as_ref()? {
                    Value::Text(text) => Cell::Text(text),
                    Value::Number(number) => Cell::Number(*number),
                    Value::Date(date) => Cell::Date(*date),
                };
                roll.value(at, cell)
            }));
            roll.push(row.list, &codes);
        }
        roll
    }

    /// The number of a value of field `field`; none for a value that says nothing or is of another
    /// kind than the field's.
    pub fn value(&mut self, field: usize, cell: Cell<'_>) -> Option<Code> {
        let kind = self.spec.fields.get(field)?.kind;
        let column = &mut self.columns[field];
        let code = match (kind, cell) {
            (Kind::Name | Kind::PartName, Cell::Text(text)) => column.name(&[text])?,
            (Kind::Name | Kind::PartName, Cell::Pieces(pieces)) => column.name(pieces)?,
            (Kind::Place, Cell::Text(text)) => column.text(place(text)?.as_str()),
            (Kind::Sex | Kind::Category | Kind::Id, Cell::Text(text)) => {
                let text = fold(text).split_whitespace().collect::<Vec<_>>().join(" ");
                (!text.is_empty()).then(|| column.text(&text))?
            }
            (Kind::Sex | Kind::Category | Kind::Id, Cell::Number(number)) => {
                column.text(&number.to_string())
            }
            (Kind::Age, Cell::Number(number)) => column.number(number, None),
            (Kind::Date, Cell::Date(date)) => column.number(i64::from(days(date)), Some(date)),
            _ => return None,
        };
        Some(Code(code))
    }

    /// Adds a row on list `list`, with the number of its value for each field of the spec.
    pub fn push(&mut self, list: u32, codes: &[Option<Code>]) {
        let mut content = 1;
        for (at, column) in self.columns.iter().enumerate() {
            let code = codes.get(at).copied().flatten().map_or(NONE, |code| code.0);
            let value = column.hashes.get(code as usize).copied();
            content = hash::add(content, value.unwrap_or(0));
            self.codes.all.push(code);
        }
        self.lists.push(list);
        self.contents.push(content);
    }

    /// The rows that are wanted, and the others, each in their order.
    pub fn split(self, wanted: &[bool]) -> (Self, Self) {
        let part = |is: bool| {
            let rows = || {
                let at = wanted.iter().enumerate().filter(move |(_, wanted)| **wanted == is);
                at.map(|(at, _)| at).take_while(|at| *at < self.lists.len())
            };
            let width = self.codes.width;
            let codes = rows().flat_map(|at| &self.codes.all[at * width..][..width]);
            Self {
                spec: self.spec.clone(),
                lists: rows().map(|at| self.lists[at]).collect(),
                contents: rows().map(|at| self.contents[at]).collect(),
                codes: Codes { width, all: codes.copied().collect() },
                columns: self.columns.clone(),
            }
        };
        (part(true), part(false))
    }

    /// A number that changes when any value of any row does, and not with the order of rows.
    pub fn digest(&self) -> u64 {
        self.contents.iter().fold(0, |sum, content| sum.wrapping_add(hash::mix(*content)))
    }

    /// What its fields are.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.lists.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }
}

impl Distinct {
    fn name(&mut self, pieces: &[&str]) -> Option<u32> {
        let said = pieces.iter().map(|piece| piece.trim()).filter(|piece| !piece.is_empty());
        let pieces: Vec<u32> = said.map(|piece| self.texts.number(piece)).collect();
        if pieces.is_empty() {
            return None;
        }
        if let Some(known) = self.by_pieces.get(&pieces) {
            return Some(*known);
        }
        let code = u32::try_from(self.names.len()).unwrap_or(NONE - 1);
        let texts = pieces.iter().map(|piece| self.texts.get(*piece));
        self.hashes.push(texts.fold(1, hash::add_text));
        self.names.push(pieces.clone());
        self.by_pieces.insert(pieces, code);
        Some(code)
    }

    fn text(&mut self, text: &str) -> u32 {
        let code = self.texts.number(text);
        if code as usize == self.hashes.len() {
            self.hashes.push(hash::add_text(1, text));
        }
        code
    }

    fn number(&mut self, number: i64, date: Option<Date>) -> u32 {
        let next = u32::try_from(self.numbers.len()).unwrap_or(NONE - 1);
        let code = *self.by_number.entry(number).or_insert(next);
        if code == next {
            self.numbers.push(number);
            self.dates.extend(date);
            self.hashes.push(hash::add(2, number.cast_unsigned()));
        }
        code
    }
}

/// A place as it is compared: its id in the gazetteer, else its name in folded form.
fn place(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let gazetteer = Gazetteer::embedded();
    let known = gazetteer.get(text).or_else(|| gazetteer.find(text));
    Some(known.map_or_else(|| fold(text), |place| place.id.clone()))
}
