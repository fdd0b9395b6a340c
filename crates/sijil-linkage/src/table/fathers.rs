//! Fathers that stand within names, on lists that have no field for them.
//!
//! One list has the father in a field, another writes *given father family* into one. As long as
//! the two are written differently a father can agree but never contradict, and cousins of one
//! given name become one person. So where a list leaves the field of the father empty and the
//! second parts of its longer names are what others bear as given or father's names, the second
//! part is taken for the father and out of the name.

use std::collections::BTreeMap;

use super::{Column, Entry, NONE, Parts};
use crate::Kind;

/// Share of the second parts of a list that must be known as given or father's names.
const KNOWN: f64 = 0.6;
/// Rows of a list that may have the field filled in, as a share, for it to count as left empty.
const FILLED: f64 = 0.02;

/// Moves fathers from the name, the first field of whole names, to the first field of one name.
pub(super) fn out_of_names(columns: &mut [Column], lists: &[u32], parts: &mut Parts) {
    let first = |kind| columns.iter().position(|column: &Column| column.kind == kind);
    let (Some(name), Some(father)) = (first(Kind::Name), first(Kind::PartName)) else { return };
    let wanted = lists_without_field(&columns[name], &columns[father], lists, parts);
    if wanted.is_empty() {
        return;
    }
    let mut moved = Moved::default();
    for (row, list) in lists.iter().enumerate() {
        if wanted.binary_search(list).is_ok() && columns[father].codes[row] == NONE {
            moved.row(columns, [name, father], row, parts);
        }
    }
    for column in [name, father] {
        columns[column].count(parts);
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
fn lists_without_field(name: &Column, father: &Column, lists: &[u32], parts: &Parts) -> Vec<u32> {
    let (Some(names), Some(fathers)) = (name.names(), father.names()) else { return Vec::new() };
    let mut given = vec![false; parts.all.len()];
    let of = |entries: &'_ [Entry], code: u32, at: usize| -> Option<u32> {
        Some(parts.key(*entries.get(code as usize)?.parts.get(at)?))
    };
    for row in 0..lists.len() {
        for key in [of(names, name.codes[row], 0), of(fathers, father.codes[row], 0)] {
            key.into_iter().for_each(|key| given[key as usize] = true);
        }
    }
    let mut seen: BTreeMap<u32, Seen> = BTreeMap::new();
    for (row, list) in lists.iter().enumerate() {
        let seen = seen.entry(*list).or_default();
        seen.rows += 1.0;
        seen.filled += f64::from(u8::from(father.codes[row] != NONE));
        let code = name.codes[row];
        if of(names, code, 2).is_some()
            && let Some(key) = of(names, code, 1)
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
        [name, father]: [usize; 2],
        row: usize,
        parts: &mut Parts,
    ) {
        let code = columns[name].codes[row];
        let Some(whole) = columns[name].names().and_then(|names| names.get(code as usize)) else {
            return;
        };
        if whole.parts.len() < 3 {
            return;
        }
        let (second, mut rest) = (whole.parts[1], whole.parts.clone());
        rest.remove(1);
        let to = *self.names.entry(code).or_insert_with(|| {
            let joined = rest.windows(2).map(|two| parts.joined(two[0], two[1])).collect();
            columns[name].push(Entry { parts: rest, joined })
        });
        columns[name].codes[row] = to;
        let of_father = || columns[father].push(Entry { parts: vec![second], joined: Vec::new() });
        let to = *self.fathers.entry(second).or_insert_with(of_father);
        columns[father].codes[row] = to;
    }
}

#[cfg(test)]
mod tests {
    use crate::table::{NONE, Table, Values};
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
        let table = Table::of(&given, &spec);
        let text = |column: usize, row: usize| -> String {
            let column = &table.columns[column];
            let Values::Names(entries) = &column.values else { return String::new() };
            if column.codes[row] == NONE {
                return String::new();
            }
            let parts = &entries[column.codes[row] as usize].parts;
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
