//! Persons and the rows behind them, with what may not be public masked.

use std::collections::BTreeMap;

use super::super::extract::TEXT;
use super::super::mask::MASK;
use super::super::material::Material;
use super::marks::Marks;
use crate::model::{ItemId, MarkId, Person, PersonLine, Quote, RecordRef, Role};
use crate::register::RecordRow;

pub(super) fn persons(material: &Material, marks: &mut Marks<'_>, names: bool) -> Vec<PersonLine> {
    let columns = Columns::of(material);
    let rows: BTreeMap<&RecordRef, &RecordRow> =
        material.records.iter().map(|row| (&row.record.at, row)).collect();
    let mut lines = Vec::with_capacity(material.persons.len());
    for person in &material.persons {
        let mut of_person = Vec::with_capacity(person.records.len());
        for record in &person.records {
            let mark = match rows.get(&record.at) {
                Some(row) if record.at.sheet != TEXT => {
                    let quote = Quote::Row {
                        sheet: record.at.sheet.clone(),
                        row: record.at.row,
                        cells: columns.cells(row, names),
                    };
                    marks.push(&record.at.item, quote)
                }
                _ => claim_of(material, &record.at).unwrap_or_else(|| {
                    let cells = Vec::new();
                    let quote = Quote::Row { sheet: TEXT.into(), row: record.at.row, cells };
                    marks.push(&record.at.item, quote)
                }),
            };
            of_person.push(mark);
        }
        let person = if names { person.clone() } else { without_names(person.clone()) };
        lines.push(PersonLine { person, marks: of_person });
    }
    lines
}

/// The mark of the claim that names a victim.
fn claim_of(material: &Material, at: &RecordRef) -> Option<MarkId> {
    let start = usize::try_from(at.row).ok()?;
    material
        .claims()
        .find(|(_, row, claim)| {
            row.item == at.item && (claim.span.start..=claim.span.end).contains(&start)
        })
        .map(|(statement, _, _)| material.claim_mark(statement))
}

fn without_names(mut person: Person) -> Person {
    person.name = None;
    person.origin = None;
    person.occupation = None;
    for record in &mut person.records {
        record.name = None;
        record.name_other = None;
        record.father = None;
        record.mother = None;
        record.born = None;
        record.list_id = None;
        record.details.kin = None;
        record.details.origin = None;
        record.details.occupation = None;
    }
    person
}

/// Headers and roles of each list's columns.
struct Columns<'m>(BTreeMap<(&'m ItemId, &'m str), Vec<(&'m str, Role)>>);

impl<'m> Columns<'m> {
    fn of(material: &'m Material) -> Self {
        let columns = material.listings.iter().map(|list| {
            let columns =
                list.mapping.columns.iter().map(|c| (c.header.as_str(), c.role)).collect();
            ((&list.item, list.sheet.as_str()), columns)
        });
        Self(columns.collect())
    }

    /// Cells of a row as a page may show them: what may identify a person only with `names`.
    fn cells(&self, row: &RecordRow, names: bool) -> Vec<(String, String)> {
        let at = &row.record.at;
        let Some(columns) = self.0.get(&(&at.item, at.sheet.as_str())) else {
            return Vec::new();
        };
        let shown = columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
        shown
            .map(|((header, role), cell)| {
                let open = match role {
                    Role::Name | Role::NameOther | Role::Given | Role::Family => names,
                    Role::Father | Role::Mother => names,
                    // Birth days, list numbers and free columns identify people even beside a
                    // published name; they stay in the register.
                    Role::Born | Role::ListId | Role::Other | Role::Kin => false,
                    Role::Origin | Role::Occupation => names,
                    _ => true,
                };
                ((*header).to_owned(), if open { cell.clone() } else { MASK.to_owned() })
            })
            .collect()
    }
}
