//! Puts later rows behind those of a table, with the numbers that its values have.

use std::collections::HashMap;

use crate::table::{Codes, Column, NONE, Names, Parts, Place, Table, Values};

/// What the values of a table are numbered as.
pub(crate) struct Known {
    parts: HashMap<(String, bool), u32>,
    keys: HashMap<String, u32>,
    columns: Vec<HashMap<Said, u32>>,
}

/// What a value says, where equal values must have equal numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Said {
    Text(String),
    Number(i64),
    Place(Vec<String>, Vec<u32>),
}

impl Known {
    pub(super) fn of(table: &Table) -> Self {
        let parts = &table.parts;
        let text = |at: usize| (parts.all[at].text.clone(), parts.all[at].kunya.is_some());
        Self {
            parts: (0..).zip(0..parts.all.len()).map(|(n, at)| (text(at), n)).collect(),
            keys: (parts.all.iter().zip(&parts.keys))
                .map(|(part, key)| (part.key.clone(), *key))
                .collect(),
            columns: table.columns.iter().map(said).collect(),
        }
    }

    /// Puts the rows of `later` behind those of `table`. How rare values are stays as it was.
    pub(super) fn append(&mut self, table: &mut Table, later: Table) {
        let first = u32::try_from(table.len()).unwrap_or(NONE);
        let parts: Vec<u32> = self.parts(&mut table.parts, &later.parts);
        let Table { order, lists, codes, columns, list_numbers, .. } = later;
        let columns: Vec<Vec<u32>> = (table.columns.iter_mut().zip(&mut self.columns))
            .zip(&columns)
            .map(|((into, known), from)| values(into, known, from, &parts))
            .collect();
        let Codes { width, all } = codes;
        table.codes.all.extend(all.iter().enumerate().map(|(at, code)| {
            let new = columns.get(at % width.max(1)).and_then(|new| new.get(*code as usize));
            new.copied().unwrap_or(NONE)
        }));
        table.order.extend(order.iter().map(|row| first + row));
        let lists: Vec<u32> = lists.iter().map(|list| list_numbers[*list as usize]).collect();
        table.lists.extend(lists.into_iter().map(|number| {
            let known = table.list_numbers.iter().position(|known| *known == number);
            let at = known.unwrap_or_else(|| {
                table.list_numbers.push(number);
                table.list_numbers.len() - 1
            });
            u32::try_from(at).unwrap_or(NONE)
        }));
    }

    /// For each part of later names its number.
    fn parts(&mut self, into: &mut Parts, from: &Parts) -> Vec<u32> {
        let number = |part: &sijil_text::names::Part| {
            let next = u32::try_from(into.all.len()).unwrap_or(NONE - 1);
            let said = (part.text.clone(), part.kunya.is_some());
            let number = *self.parts.entry(said).or_insert(next);
            if number == next {
                let key = u32::try_from(self.keys.len()).unwrap_or(NONE - 1);
                into.keys.push(*self.keys.entry(part.key.clone()).or_insert(key));
                into.all.push(part.clone());
            }
            number
        };
        from.all.iter().map(number).collect()
    }
}

fn said(column: &Column) -> HashMap<Said, u32> {
    let said: Vec<Said> = match &column.values {
        Values::Names(_) => Vec::new(),
        Values::Texts(texts) => texts.iter().cloned().map(Said::Text).collect(),
        Values::Numbers(numbers) => numbers.iter().copied().map(Said::Number).collect(),
        Values::Days(days) => days.iter().map(|day| Said::Number(day.number.into())).collect(),
        Values::Places(places) => {
            places.iter().map(|p| Said::Place(p.areas.clone(), p.parts.clone())).collect()
        }
    };
    said.into_iter().zip(0..).collect()
}

/// Adds the values of a later column and gives for each its number.
fn values(
    into: &mut Column,
    known: &mut HashMap<Said, u32>,
    from: &Column,
    parts: &[u32],
) -> Vec<u32> {
    let renumbered = |old: &[u32]| -> Vec<u32> {
        old.iter().map(|part| parts.get(*part as usize).copied().unwrap_or(NONE)).collect()
    };
    let mut number = |said: Said, next: usize| {
        let next = u32::try_from(next).unwrap_or(NONE - 1);
        let number = *known.entry(said).or_insert(next);
        (number, number == next)
    };
    match (&mut into.values, &from.values) {
        // Names are compared by their parts; equal ones need no equal numbers.
        (Values::Names(into), Values::Names(from)) => {
            from.each().map(|name| Names::push(into, renumbered(name))).collect()
        }
        (Values::Texts(into), Values::Texts(from)) => from
            .iter()
            .map(|text| {
                let (number, new) = number(Said::Text(text.clone()), into.len());
                into.extend(new.then(|| text.clone()));
                number
            })
            .collect(),
        (Values::Numbers(into), Values::Numbers(from)) => from
            .iter()
            .map(|value| {
                let (number, new) = number(Said::Number(*value), into.len());
                into.extend(new.then_some(*value));
                number
            })
            .collect(),
        (Values::Days(into), Values::Days(from)) => from
            .iter()
            .map(|day| {
                let (number, new) = number(Said::Number(day.number.into()), into.len());
                into.extend(new.then_some(*day));
                number
            })
            .collect(),
        (Values::Places(into), Values::Places(from)) => from
            .iter()
            .map(|place| {
                let (areas, parts) = (place.areas.clone(), renumbered(&place.parts));
                let (number, new) = number(Said::Place(areas.clone(), parts.clone()), into.len());
                into.extend(new.then_some(Place { areas, parts }));
                number
            })
            .collect(),
        // The fields of later rows are those of the table.
        _ => Vec::new(),
    }
}
