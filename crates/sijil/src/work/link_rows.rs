//! Columns of cells to rows that can be linked: each distinct cell is read once.

use std::collections::HashMap;

use sijil_linkage::{Cell, Code, Roll};
use sijil_text::letters::{Script, script_of};
use sijil_text::places::Gazetteer;

use super::columns::{Cells, Columns};
use super::link_spec::{LinkSpec, SpecField, SpecKind};
use crate::intake::cells::{self, Days, Impossible};
use crate::model::{Place, Problem, Sex};

/// The field whose places the other places lie in.
const PROVINCE: &str = "province";

/// Name of the field of places of birth or residence.
const ORIGIN: &str = "origin";

/// The script that most names are given in.
pub(super) fn common_script(tables: &[(String, Columns)], spec: &LinkSpec) -> Script {
    let (mut arabic, mut latin) = (0_usize, 0_usize);
    let names = spec.fields.iter().filter(|field| field.kind == SpecKind::Name);
    for header in names.flat_map(|field| &field.columns) {
        for cells in tables.iter().filter_map(|(_, table)| column(table, header)) {
            let scripts: Vec<Script> = texts(cells).map(script_of).collect();
            for code in &cells.codes {
                match scripts[*code as usize] {
                    Script::Arabic => arabic += 1,
                    Script::Latin => latin += 1,
                    Script::Other => {}
                }
            }
        }
    }
    if arabic > latin { Script::Arabic } else { Script::Latin }
}

/// The distinct cells of a column.
fn texts(cells: &Cells) -> impl Iterator<Item = &str> {
    (0..).take(cells.distinct.len()).map(|code| cells.distinct.get(code))
}

fn column<'t>(table: &'t Columns, header: &str) -> Option<&'t Cells> {
    let at = table.headers.iter().position(|other| other == header)?;
    table.cells.get(at)
}

/// Rows of one table on their way into a roll.
pub(super) struct Rows<'t> {
    fields: Vec<Source<'t>>,
    /// Whether a row sums others up.
    totals: Vec<bool>,
}

/// Where the values of one field come from.
enum Source<'t> {
    /// From columns of which the first that says something counts: for each its cells and what the
    /// distinct ones stand for.
    Columns(Vec<(&'t Cells, Vec<Option<Code>>)>),
    /// The name: whole, the form in the common script first, else piece by piece.
    Name { whole: Vec<Whole<'t>>, pieces: Vec<(&'t Cells, Vec<Option<String>>)> },
    /// A place within a province.
    Within { place: &'t Cells, province: &'t Cells, known: HashMap<(u32, u32), Option<Code>> },
}

/// A column of whole names: its cells, their codes, and whether they are in the common script.
struct Whole<'t> {
    cells: &'t Cells,
    codes: Vec<Option<Code>>,
    common: Vec<bool>,
}

impl<'t> Rows<'t> {
    /// Reads the distinct cells of a table.
    pub(super) fn of(
        source: &str,
        table: &'t Columns,
        spec: &LinkSpec,
        common: Script,
        roll: &mut Roll,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let province = spec.fields.iter().find(|field| field.name == PROVINCE);
        let province = province.and_then(|field| column(table, field.columns.first()?));
        let mut fields = Vec::new();
        for (at, field) in spec.fields.iter().enumerate() {
            let mut reader =
                Reader { source, table, at, roll: &mut *roll, problems: &mut *problems };
            fields.push(match (field.kind, province) {
                (SpecKind::Name, _) => reader.name(field, common),
                // Where somebody came from need not lie where they were killed.
                (SpecKind::Place, Some(province))
                    if ![PROVINCE, ORIGIN].contains(&&*field.name) =>
                {
                    match field.columns.iter().find_map(|header| column(table, header)) {
                        Some(place) => Source::Within { place, province, known: HashMap::new() },
                        None => Source::Columns(Vec::new()),
                    }
                }
                _ => reader.columns(field),
            });
        }
        Self { fields, totals: totals(table) }
    }

    /// Adds the nth row to the roll; a row that sums others up is none.
    pub(super) fn push(&mut self, at: usize, list: u32, roll: &mut Roll) -> bool {
        if self.totals[at] {
            return false;
        }
        let values: Vec<Option<Code>> = (0..)
            .zip(&mut self.fields)
            .map(|(field, source)| source.value(field, at, roll))
            .collect();
        roll.push(list, &values);
        true
    }
}

impl Source<'_> {
    fn value(&mut self, field: usize, at: usize, roll: &mut Roll) -> Option<Code> {
        match self {
            Self::Columns(columns) => {
                columns.iter().find_map(|(cells, codes)| codes[cells.codes[at] as usize])
            }
            Self::Name { whole, pieces } => {
                let code = |from: &&Whole<'_>| from.codes[from.cells.codes[at] as usize];
                let common = |from: &&Whole<'_>| from.common[from.cells.codes[at] as usize];
                let found = whole.iter().filter(common).find_map(|from| code(&from));
                found.or_else(|| whole.iter().find_map(|from| code(&from))).or_else(|| {
                    let said = pieces
                        .iter()
                        .filter_map(|(cells, texts)| texts[cells.codes[at] as usize].as_deref());
                    roll.value(field, Cell::Pieces(&said.collect::<Vec<_>>()))
                })
            }
            Self::Within { place, province, known } => {
                let key = (place.codes[at], province.codes[at]);
                *known.entry(key).or_insert_with(|| {
                    let (place, province) = (place.get(at), province.get(at));
                    let place = cells::name(place)?;
                    let id = place_in(&place, province).unwrap_or(place);
                    roll.value(field, Cell::Text(&id))
                })
            }
        }
    }
}

/// The gazetteer's place of a name within a province. A place that the gazetteer lacks there has
/// none, and is not taken for a namesake elsewhere.
fn place_in(name: &str, province: &str) -> Option<String> {
    let gazetteer = Gazetteer::embedded();
    let found = match gazetteer.find(province) {
        None => gazetteer.find(name),
        Some(area) => gazetteer.find_within(name, &area.id).or_else(|| {
            // The column of provinces may hold what is narrower than the place.
            gazetteer.find(name).filter(|wider| gazetteer.lies_in(&area.id, &wider.id))
        }),
    };
    found.map(|place| place.id.clone())
}

/// For each row whether a cell of it is the label of a row of totals.
fn totals(table: &Columns) -> Vec<bool> {
    let mut totals = vec![false; table.rows.len()];
    for cells in &table.cells {
        let labels: Vec<bool> = texts(cells).map(cells::is_total).collect();
        if labels.contains(&true) {
            let rows = totals.iter_mut().zip(&cells.codes);
            rows.for_each(|(total, code)| *total |= labels[*code as usize]);
        }
    }
    totals
}

/// Reads the distinct cells of one field.
struct Reader<'r, 't> {
    source: &'r str,
    table: &'t Columns,
    at: usize,
    roll: &'r mut Roll,
    problems: &'r mut Vec<Problem>,
}

impl<'t> Reader<'_, 't> {
    fn columns(&mut self, field: &SpecField) -> Source<'t> {
        let table = self.table;
        let columns =
            field.columns.iter().filter_map(|header| Some((header, column(table, header)?)));
        let read = |(header, cells): (&String, &'t Cells)| {
            let days = Days::of(texts(cells));
            let mut wrong = vec![false; cells.distinct.len()];
            let codes = texts(cells)
                .zip(&mut wrong)
                .map(|(cell, wrong)| {
                    self.value(field.kind, cell, days).unwrap_or_else(|Impossible| {
                        *wrong = true;
                        None
                    })
                })
                .collect();
            self.tell(header, field.kind, cells, &wrong);
            (cells, codes)
        };
        Source::Columns(columns.map(read).collect())
    }

    fn name(&mut self, field: &SpecField, common: Script) -> Source<'t> {
        let found = |headers: &[String]| -> Vec<&'t Cells> {
            headers.iter().filter_map(|header| column(self.table, header)).collect()
        };
        let (whole, pieces) = (found(&field.columns), found(&field.pieces));
        let whole = whole.into_iter().map(|cells| {
            let code = |cell: &str| self.roll.value(self.at, Cell::Text(&cells::name(cell)?));
            let common = texts(cells).map(|cell| script_of(cell) == common).collect();
            Whole { cells, codes: texts(cells).map(code).collect(), common }
        });
        let whole = whole.collect();
        let pieces =
            pieces.into_iter().map(|cells| (cells, texts(cells).map(cells::name).collect()));
        Source::Name { whole, pieces: pieces.collect() }
    }

    /// The number of what a cell says; an error where it says what cannot be.
    fn value(
        &mut self,
        kind: SpecKind,
        cell: &str,
        days: Days,
    ) -> Result<Option<Code>, Impossible> {
        let at = self.at;
        let text = |text: Option<&str>, roll: &mut Roll| roll.value(at, Cell::Text(text?));
        Ok(match kind {
            SpecKind::Name | SpecKind::OtherName => text(cells::name(cell).as_deref(), self.roll),
            SpecKind::Sex => {
                let sex = cells::sex(cell).map(|sex| if sex == Sex::Female { "f" } else { "m" });
                text(sex, self.roll)
            }
            SpecKind::Age => cells::age(cell)?
                .and_then(|years| self.roll.value(at, Cell::Number(i64::from(years)))),
            SpecKind::Day => days.day(cell)?.and_then(|day| self.roll.value(at, Cell::Date(day))),
            SpecKind::Place => {
                let name = cells::name(cell);
                let known = name.as_deref().and_then(|name| Gazetteer::embedded().find(name));
                text(known.map(|place| place.id.as_str()).or(name.as_deref()), self.roll)
            }
            SpecKind::Category | SpecKind::Id => text(cells::name(cell).as_deref(), self.roll),
        })
    }

    /// Tells of the cells of a column that say what cannot be, by their number and first row.
    fn tell(&mut self, header: &str, kind: SpecKind, cells: &Cells, wrong: &[bool]) {
        let is_wrong = |code: &&u32| wrong[**code as usize];
        let count = cells.codes.iter().filter(is_wrong).count();
        let Some(first) = cells.codes.iter().position(|code| is_wrong(&code)) else { return };
        let what = if kind == SpecKind::Age { "age" } else { "day that a calendar has" };
        let message = if count == 1 {
            format!("is no {what}; the field is left blank")
        } else {
            format!("is no {what}, nor are {} more cells below; they are left blank", count - 1)
        };
        let (sheet, row) = (self.table.sheet.clone(), self.table.rows[first]);
        let place = Place::Cell { sheet, row, column: header.to_owned() };
        self.problems.push(Problem { file: self.source.to_owned(), place, message });
    }
}
