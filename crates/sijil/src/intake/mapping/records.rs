//! Rows to records, with a problem for every cell that cannot be what its column says.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sijil_claims::PartyClass;
use sijil_text::places::Gazetteer;

use super::super::dates::{Order, Proofs, day_in_order, years_between};
use super::super::values::{self, Age};
use crate::model::{
    Details, ItemId, Mapping, Party, Place, Problem, Record, RecordRef, Role, Table, TableRow,
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
    let mut rows = Rows {
        file,
        table,
        mapping,
        orders: BTreeMap::new(),
        problems: Vec::new(),
        met: BTreeMap::new(),
    };
    rows.find_orders();
    let mut records = Vec::with_capacity(table.rows.len());
    // Lists repeat few places and parties many times.
    let mut places: BTreeMap<(Option<String>, Option<String>), Option<String>> = BTreeMap::new();
    let mut sides: BTreeMap<String, PartyClass> = BTreeMap::new();
    for row in &table.rows {
        let Some(mut record) = rows.record(item, row) else { continue };
        let named = (record.place.clone(), record.province.clone());
        let find = |(place, province): &(Option<String>, Option<String>)| {
            place_id(gazetteer, place.as_deref(), province.as_deref())
        };
        record.place_id = match places.get(&named) {
            Some(known) => known.clone(),
            None => places.entry(named.clone()).or_insert(find(&named)).clone(),
        };
        record.party = rows.text(row, Role::Party).map(|text| {
            let class = *sides.entry(text.clone()).or_insert_with(|| classify(&text));
            Party { text, class }
        });
        records.push(record);
    }
    rows.tell_rest();
    (records, rows.problems)
}

/// The gazetteer's place for a row: one within the row's province, where that is known. A place
/// that the gazetteer lacks has none, and is not taken for a namesake elsewhere.
fn place_id(gazetteer: &Gazetteer, place: Option<&str>, province: Option<&str>) -> Option<String> {
    let area = province.and_then(|name| gazetteer.find(name));
    let found = match (place, area) {
        (None, area) => area,
        (Some(name), None) => gazetteer.find(name),
        (Some(name), Some(area)) => gazetteer.find_within(name, &area.id).or_else(|| {
            // The column of provinces may hold what is narrower than the place.
            gazetteer.find(name).filter(|wider| gazetteer.lies_in(&area.id, &wider.id))
        }),
    };
    found.map(|place| place.id.clone())
}

struct Rows<'a> {
    file: &'a str,
    table: &'a Table,
    mapping: &'a Mapping,
    /// Whether day or month stands first, by column of days.
    orders: BTreeMap<Role, Order>,
    problems: Vec<Problem>,
    met: BTreeMap<String, usize>,
}

impl Rows<'_> {
    /// Decides on each column of days as a whole; one that proves nothing follows the others.
    fn find_orders(&mut self) {
        for role in [Role::Date, Role::Born] {
            let cells = self.table.rows.iter().filter_map(|row| self.cell(row, role));
            let proofs = Proofs::of(cells);
            if let Some(order) = proofs.order() {
                self.orders.insert(role, order);
            }
            if proofs.are_mixed() {
                let column = self.mapping.column(role).and_then(|at| self.table.headers.get(at));
                let message = format!(
                    "days of column {} stand in both orders, day or month first; those that could \
                     be either are read as most are: write them as 2025-03-07",
                    column.map_or("", String::as_str)
                );
                let file = self.file.to_owned();
                self.problems.push(Problem { file, place: Place::File, message });
            }
        }
    }

    fn order(&self, role: Role) -> Order {
        let others = || self.orders.values().next();
        self.orders.get(&role).or_else(others).copied().unwrap_or_default()
    }

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
            details: self.details(row),
        })
    }

    fn details(&self, row: &TableRow) -> Details {
        let band = |role| self.cell(row, role).and_then(values::band);
        Details {
            fate: self.cell(row, Role::Fate).and_then(values::fate),
            band: band(Role::Age).or_else(|| band(Role::Sex)),
            origin: self.text(row, Role::Origin),
            occupation: self.text(row, Role::Occupation),
            kin: self.text(row, Role::Kin),
        }
    }

    /// Given name, father's name and family name: the order in which names are said.
    fn joined_name(&self, row: &TableRow) -> Option<String> {
        let parts = [self.text(row, Role::Given), self.text(row, Role::Family)];
        let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        Some(name).filter(|name| !name.is_empty())
    }

    fn day(&mut self, row: &TableRow, role: Role) -> Option<Date> {
        let cell = self.cell(row, role)?;
        let day = day_in_order(cell, self.order(role));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_the_one_in_its_province() {
        let gazetteer = Gazetteer::embedded();
        for (place, province, expected) in [
            (Some("Jableh"), Some("Latakia"), Some("SY0602")),
            (Some("Jableh"), None, Some("SY0602")),
            (None, Some("Latakia"), Some("SY06")),
            // A village that the gazetteer lacks, and a namesake in another province.
            (Some("Stone Bridge"), Some("Latakia"), None),
            (Some("Jableh"), Some("Homs"), None),
            (Some("Jableh"), Some("Beyond the River"), Some("SY0602")),
            (Some("Latakia"), Some("Jableh"), Some("SY06")),
            (None, None, None),
        ] {
            let found = place_id(gazetteer, place, province);
            assert_eq!(found.as_deref(), expected, "{place:?} in {province:?}");
        }
    }
}
