//! Rows to records, with a problem for every cell that cannot be what its column says.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sijil_claims::PartyClass;
use sijil_text::places::Gazetteer;

use super::super::dates::{day_of, years_between};
use super::super::values::{self, Age};
use crate::model::{
    ItemId, Mapping, Party, Place, Problem, Record, RecordRef, Role, Table, TableRow,
};

/// Problems of one column that are named one by one; the rest is counted.
const NAMED: usize = 30;

/// The records of a table in the order of its rows; none when it is no victim list.
///
/// `classify` tells the side that a party's words stand for.
pub fn records(
    item: &ItemId,
    file: &str,
    table: &Table,
    mapping: &Mapping,
    gazetteer: &Gazetteer,
    classify: &dyn Fn(&str) -> PartyClass,
) -> (Vec<Record>, Vec<Problem>) {
    if !mapping.is_victim_list() {
        return (Vec::new(), Vec::new());
    }
    let mut rows = Rows { file, table, mapping, problems: Vec::new(), met: BTreeMap::new() };
    let mut records = Vec::with_capacity(table.rows.len());
    // Lists repeat few places and parties many times.
    let mut places: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut sides: BTreeMap<String, PartyClass> = BTreeMap::new();
    for row in &table.rows {
        let Some(mut record) = rows.record(item, row) else { continue };
        let named = [&record.place, &record.province];
        record.place_id = named.into_iter().flatten().find_map(|name| {
            let find = || gazetteer.find(name).map(|place| place.id.clone());
            places.entry(name.clone()).or_insert_with(find).clone()
        });
        record.party = rows.text(row, Role::Party).map(|text| {
            let class = *sides.entry(text.clone()).or_insert_with(|| classify(&text));
            Party { text, class }
        });
        records.push(record);
    }
    rows.tell_rest();
    (records, rows.problems)
}

struct Rows<'a> {
    file: &'a str,
    table: &'a Table,
    mapping: &'a Mapping,
    problems: Vec<Problem>,
    met: BTreeMap<String, usize>,
}

impl Rows<'_> {
    fn cell<'r>(&self, row: &'r TableRow, role: Role) -> Option<&'r str> {
        let column = self.mapping.column(role)?;
        row.cells.get(column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    fn text(&self, row: &TableRow, role: Role) -> Option<String> {
        self.cell(row, role).and_then(values::name)
    }

    /// A problem in the cell of `role`, whose content is not told.
    fn problem(&mut self, row: &TableRow, role: Role, message: &str) {
        let column = self.mapping.column(role).and_then(|index| self.table.headers.get(index));
        let column = column.cloned().unwrap_or_default();
        let met = self.met.entry(column.clone()).or_insert(0);
        *met += 1;
        if *met <= NAMED {
            let place = Place::Cell { sheet: self.table.sheet.clone(), row: row.row, column };
            let message = message.to_owned();
            self.problems.push(Problem { file: self.file.to_owned(), place, message });
        }
    }

    fn tell_rest(&mut self) {
        for (column, met) in &self.met {
            if *met > NAMED {
                let message =
                    format!("{} more cells of column {column} cannot be read", met - NAMED);
                let file = self.file.to_owned();
                self.problems.push(Problem { file, place: Place::File, message });
            }
        }
    }

    fn record(&mut self, item: &ItemId, row: &TableRow) -> Option<Record> {
        if row.cells.iter().any(|cell| values::is_total(cell)) {
            let first = self.mapping.columns.first().map_or(Role::Other, |column| column.role);
            self.problem(row, first, "the row sums others up and is no record");
            return None;
        }
        let name = self.text(row, Role::Name).or_else(|| self.joined_name(row));
        let date = self.day(row, Role::Date);
        let born = self.day(row, Role::Born);
        let age = self.age(row).or_else(|| years_between(born?, date?));
        Some(Record {
            at: RecordRef { item: item.clone(), sheet: self.table.sheet.clone(), row: row.row },
            name,
            name_other: self.text(row, Role::NameOther),
            father: self.text(row, Role::Father),
            mother: self.text(row, Role::Mother),
            sex: self.cell(row, Role::Sex).and_then(values::sex),
            age,
            born,
            date,
            place: self.text(row, Role::Place),
            province: self.text(row, Role::Province),
            place_id: None,
            status: self.text(row, Role::Status),
            group: self.text(row, Role::Group),
            cause: self.text(row, Role::Cause),
            party: None,
            list_id: self.text(row, Role::ListId),
        })
    }

    /// Given name, father's name and family name: the order in which names are said.
    fn joined_name(&self, row: &TableRow) -> Option<String> {
        let parts = [self.text(row, Role::Given), self.text(row, Role::Family)];
        let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        Some(name).filter(|name| !name.is_empty())
    }

    fn day(&mut self, row: &TableRow, role: Role) -> Option<Date> {
        let cell = self.cell(row, role)?;
        let day = day_of(cell);
        // A year alone or a word is less than a day, not a mistake.
        let digits =
            cell.chars().filter(|c| sijil_text::letters::ascii_digit(*c).is_some()).count();
        if day.is_none() && digits > 4 {
            self.problem(row, role, "is no day that a calendar has; the field is left blank");
        }
        day
    }

    fn age(&mut self, row: &TableRow) -> Option<u32> {
        match values::age(self.cell(row, Role::Age)?) {
            Age::Years(years) => Some(years),
            Age::NotGiven => None,
            Age::Impossible => {
                let message = "is no age (a year of birth?); the field is left blank";
                self.problem(row, Role::Age, message);
                None
            }
        }
    }
}
