//! Fathers that stand within names, on lists that have no field for them.
//!
//! One list has the father in a field, another writes *given father family* into one. As long as
//! the two are written differently a father can agree but never contradict, and cousins of one
//! given name become one person. So where a list leaves the field of the father empty and the
//! second parts of its longer names are what others bear as given or father's names, the second
//! part is taken for the father and out of the name.

use std::collections::BTreeMap;

use super::{Codes, Column, NONE, Names, Parts};
use crate::Kind;

/// Share of the second parts of a list that must be known as given or father's names.
const KNOWN: f64 = 0.6;
/// Rows of a list that may have the field filled in, as a share, for it to count as left empty.
const FILLED: f64 = 0.02;

/// Moves fathers from the name, the first field of whole names, to the first field of one name.
pub(super) fn out_of_names(
    columns: &mut [Column],
    codes: &mut Codes,
    lists: &[u32],
    parts: &mut Parts,
) {
    let first = |kind| columns.iter().position(|column: &Column| column.kind == kind);
    let (Some(name), Some(father)) = (first(Kind::Name), first(Kind::PartName)) else { return };
    let wanted = lists_without_field(columns, [name, father], codes, lists, parts);
    if wanted.is_empty() {
        return;
    }
    let mut moved = Moved::default();
    for (row, list) in lists.iter().enumerate() {
        if wanted.binary_search(list).is_ok() && *codes.at(row, father) == NONE {
            moved.row(columns, codes, [name, father], row);
        }
    }
}

/// What one list says of where its fathers stand.
#[derive(Default)]
struct Seen {
    rows: f64,
    filled: f64,
    second: f64,
    known: f64,
}

/// The lists whose fathers stand within the names, ascending.
fn lists_without_field(
    columns: &[Column],
    [name, father]: [usize; 2],
    codes: &Codes,
    lists: &[u32],
    parts: &Parts,
) -> Vec<u32> {
    let (Some(names), Some(fathers)) = (columns[name].names(), columns[father].names()) else {
        return Vec::new();
    };
    let mut given = vec![false; parts.all.len()];
    let of = |names: &Names, code: u32, at: usize| -> Option<u32> {
        let code = Some(code).filter(|code| *code != NONE)?;
        Some(parts.key(*names.get(code).get(at)?))
    };
    for row in codes.all.chunks_exact(codes.width.max(1)) {
        for key in [of(names, row[name], 0), of(fathers, row[father], 0)] {
            key.into_iter().for_each(|key| given[key as usize] = true);
        }
    }
    let mut seen: BTreeMap<u32, Seen> = BTreeMap::new();
    for (row, list) in codes.all.chunks_exact(codes.width.max(1)).zip(lists) {
        let seen = seen.entry(*list).or_default();
        seen.rows += 1.0;
        seen.filled += f64::from(u8::from(row[father] != NONE));
        if of(names, row[name], 2).is_some()
            && let Some(key) = of(names, row[name], 1)
        {
            seen.second += 1.0;
            seen.known += f64::from(u8::from(given[key as usize]));
        }
    }
    let within = |seen: &Seen| {
        seen.filled <= FILLED * seen.rows && seen.second > 0.0 && seen.known >= KNOWN * seen.second
    };
    seen.into_iter().filter(|(_, seen)| within(seen)).map(|(list, _)| list).collect()
}

/// What was moved, so that equal names stay equal numbers.
#[derive(Default)]
struct Moved {
    names: BTreeMap<u32, u32>,
    fathers: BTreeMap<u32, u32>,
}

impl Moved {
    fn row(
        &mut self,
        columns: &mut [Column],
        codes: &mut Codes,
        [name, father]: [usize; 2],
        row: usize,
    ) {
        let code = *codes.at(row, name);
        if code == NONE {
            return;
        }
        let Some(whole) = columns[name].names().map(|names| names.get(code)) else { return };
        if whole.len() < 3 {
            return;
        }
        let (second, mut rest) = (whole[1], whole.to_vec());
        rest.remove(1);
        let of_name = || columns[name].push(rest);
        *codes.at(row, name) = *self.names.entry(code).or_insert_with(of_name);
        let of_father = || columns[father].push([second]);
        *codes.at(row, father) = *self.fathers.entry(second).or_insert_with(of_father);
    }
}

#[cfg(test)]
mod tests {
    use crate::table::{NONE, Roll, Table, Values};
    use crate::{Field, Kind, Row, Spec, Value};

    /// Reads rows of list, name and father, and gives the parts of the name and the father back.
    fn read(rows: &[(u32, &str, &str)]) -> Vec<(String, String)> {
        let field = |name: &str, kind| Field { name: name.to_owned(), kind };
        let spec =
            Spec { fields: vec![field("name", Kind::Name), field("father", Kind::PartName)] };
        let value = |text: &str| (!text.is_empty()).then(|| Value::Text(text.to_owned()));
        let given: Vec<Row> = rows
            .iter()
            .map(|(list, name, father)| Row {
                list: *list,
                values: vec![value(name), value(father)],
            })
            .collect();
        let table = Table::of(Roll::of(&given, &spec));
        let text = |column: usize, row: usize| -> String {
            let code = table.codes.all[row * table.codes.width + column];
            let Values::Names(names) = &table.columns[column].values else { return String::new() };
            if code == NONE {
                return String::new();
            }
            let parts = names.get(code);
            let texts = parts.iter().map(|part| table.parts.all[*part as usize].text.as_str());
            texts.collect::<Vec<_>>().join(" ")
        };
        let mut read = vec![(String::new(), String::new()); rows.len()];
        for (at, row) in table.order.iter().enumerate() {
            read[*row as usize] = (text(0, at), text(1, at));
        }
        read
    }

    #[test]
    fn a_list_without_the_field_has_its_fathers_in_the_names() {
        let read = read(&[
            (0, "Nadim Sabbagh", "Karim"),
            (0, "Karim Sabbagh", "Nabil"),
            (1, "Nadim Karim Sabbagh", ""),
            (1, "Hala Nabil Sabbagh", ""),
            (1, "Huda Sabbagh", ""),
        ]);
        assert_eq!(read[2], ("nadim sabbagh".into(), "karim".into()));
        assert_eq!(read[3], ("hala sabbagh".into(), "nabil".into()));
        assert_eq!(read[4], ("huda sabbagh".into(), String::new()));
    }

    #[test]
    fn a_list_with_the_field_or_with_other_middle_names_keeps_its_names() {
        let read = read(&[
            (0, "Nadim Omar Sabbagh", "Karim"),
            (0, "Karim Nadim Sabbagh", ""),
            (1, "Nadim Zarnun Sabbagh", ""),
            (1, "Karim Qalfuq Sabbagh", ""),
        ]);
        assert!(read.iter().all(|(name, _)| name.split(' ').count() == 3), "{read:?}");
    }
}
