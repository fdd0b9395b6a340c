//! Rows of lists, written short.

use jiff::civil::Date;
use sijil_linkage::{Field, Kind, Linked, Row, Ruling, Settings, Spec, Value, link};

/// The fields that the register compares persons by.
pub(crate) fn spec() -> Spec {
    let field = |name: &str, kind| Field { name: name.to_owned(), kind };
    Spec {
        fields: vec![
            field("name", Kind::Name),
            field("father", Kind::PartName),
            field("mother", Kind::PartName),
            field("sex", Kind::Sex),
            field("age", Kind::Age),
            field("born", Kind::Date),
            field("date", Kind::Date),
            field("place", Kind::Place),
        ],
    }
}

/// A row from `list|name|father|mother|sex|age|born|date|place`; an empty field is no value.
pub(crate) fn row(line: &str) -> Row {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let date = |text: &str| text.parse::<Date>().ok().map(Value::Date);
    let values = cells[1..]
        .iter()
        .enumerate()
        .map(|(at, cell)| match at {
            _ if cell.is_empty() => None,
            4 => cell.parse().ok().map(Value::Number),
            5 | 6 => date(cell),
            _ => Some(Value::Text((*cell).to_owned())),
        })
        .collect();
    Row { list: cells[0].parse().expect("a list's number"), values }
}

pub(crate) fn rows(lines: &[&str]) -> Vec<Row> {
    lines.iter().map(|line| row(line)).collect()
}

/// Links with the default settings.
pub(crate) fn linked(rows: &[Row], rulings: &[Ruling]) -> Linked {
    link(rows, &spec(), rulings, &Settings::default())
}

/// How many persons there are.
pub(crate) fn persons(linked: &Linked) -> usize {
    linked.clusters.iter().zip(0..).filter(|(first, row)| **first == *row).count()
}
