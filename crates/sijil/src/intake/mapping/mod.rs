//! Columns of a list to fields of a record: by their headers in English and Arabic, else by what
//! stands in them.

mod headers;
mod records;

pub use records::records;

use sijil_text::letters::fold;

use super::dates::day_of;
use super::values;
use crate::model::{Column, Mapping, Role, Table};

/// Values looked at to tell what a column without a telling header holds.
const SAMPLE: usize = 200;

impl Mapping {
    /// Whether the table lists people: a column of names, whole or in parts.
    pub fn is_victim_list(&self) -> bool {
        [Role::Name, Role::NameOther, Role::Given, Role::Family]
            .iter()
            .any(|role| self.column(*role).is_some())
    }

    /// Index of the column that has this meaning.
    pub fn column(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == role)
    }
}

/// What each column of a table means. Two columns never have one meaning but [`Role::Other`].
pub fn infer(table: &Table) -> Mapping {
    let count = table.headers.len();
    let mut roles = vec![Role::Other; count];
    let mut claims: Vec<(usize, usize, Role)> = Vec::new();
    for (column, header) in table.headers.iter().enumerate() {
        let options = headers::roles(header);
        claims.extend(options.into_iter().map(|(rank, role)| (rank, column, role)));
    }
    claims.sort();
    for (_, column, role) in claims {
        if roles[column] == Role::Other && !roles.contains(&role) {
            roles[column] = role;
        }
    }
    for column in 0..count {
        if roles[column] == Role::Other
            && let Some(role) = by_values(table, column).filter(|role| !roles.contains(role))
        {
            roles[column] = role;
        }
    }
    settle_names(table, &mut roles);
    let headers = table.headers.iter().cloned();
    let columns = headers.zip(roles).map(|(header, role)| Column { header, role }).collect();
    Mapping { columns }
}

/// A lone second name is the name; a name found by its values alone needs a person's other fields.
fn settle_names(table: &Table, roles: &mut [Role]) {
    if !roles.contains(&Role::Name)
        && let Some(other) = roles.iter().position(|role| *role == Role::NameOther)
    {
        roles[other] = Role::Name;
    }
    let about_people =
        [Role::Age, Role::Sex, Role::Born, Role::Father, Role::Mother, Role::Date, Role::Place];
    let has_any = about_people.iter().any(|role| roles.contains(role));
    if roles.contains(&Role::Name) || roles.contains(&Role::Given) || !has_any {
        return;
    }
    let like_names = |column: &usize| roles[*column] == Role::Other && holds_names(table, *column);
    if let Some(column) = (0..roles.len()).find(like_names) {
        roles[column] = Role::Name;
    }
}

fn sample(table: &Table, column: usize) -> Vec<&str> {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column)).map(String::as_str);
    cells.filter(|cell| !cell.is_empty()).take(SAMPLE).collect()
}

/// What nearly all values of a column are, where that is beyond doubt.
fn by_values(table: &Table, column: usize) -> Option<Role> {
    let values = sample(table, column);
    let nearly_all = |is: &dyn Fn(&str) -> bool| {
        values.len() >= 3 && values.iter().filter(|v| is(v)).count() * 10 >= values.len() * 9
    };
    let one_word = |v: &str| v.split_whitespace().count() == 1;
    if nearly_all(&|v| one_word(v) && values::sex(v).is_some()) {
        Some(Role::Sex)
    } else if nearly_all(&|v| v.len() >= 8 && day_of(v).is_some()) {
        Some(Role::Date)
    } else {
        None
    }
}

/// Whether the values look like names of people: two to six words of letters, hardly any twice.
fn holds_names(table: &Table, column: usize) -> bool {
    let values = sample(table, column);
    let like_name = |value: &&&str| {
        let words = value.split_whitespace().count();
        (2..=6).contains(&words) && value.chars().all(|c| c.is_alphabetic() || " -'.’".contains(c))
    };
    let named = values.iter().filter(like_name).count();
    let mut distinct: Vec<String> = values.iter().map(|value| fold(value)).collect();
    distinct.sort();
    distinct.dedup();
    values.len() >= 3 && named * 10 >= values.len() * 8 && distinct.len() * 10 >= values.len() * 7
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TableRow;

    fn roles(headers: &[&str], rows: &[&[&str]]) -> Vec<Role> {
        let table = Table {
            sheet: String::new(),
            headers: headers.iter().map(|h| (*h).to_owned()).collect(),
            rows: (2..)
                .zip(rows)
                .map(|(row, cells)| TableRow {
                    row,
                    cells: cells.iter().map(|c| (*c).to_owned()).collect(),
                })
                .collect(),
        };
        infer(&table).columns.into_iter().map(|column| column.role).collect()
    }

    #[test]
    fn headers_of_the_field_are_known() {
        use Role::{
            Age, Born, Cause, Date, Family, Father, Given, ListId, Mother, Name, NameOther,
        };
        use Role::{Party, Place, Province, Sex, Status};
        for (headers, expected) in [
            (
                vec!["id", "name", "en_name", "age", "dob", "sex"],
                vec![ListId, Name, NameOther, Age, Born, Sex],
            ),
            (
                vec!["الاسم", "اسم الأب", "اسم الأم", "العمر", "المحافظة"],
                vec![Name, Father, Mother, Age, Province],
            ),
            (vec!["Given name", "Family name", "Ward date"], vec![Given, Family, Date]),
            (
                vec![
                    "Victim's name",
                    "Place of death",
                    "District",
                    "Civilian/fighter",
                    "Responsible party",
                ],
                vec![Name, Place, Province, Status, Party],
            ),
            (
                vec!["تاريخ الوفاة", "مكان الوفاة", "سبب الوفاة", "الجنس"],
                vec![Date, Place, Cause, Sex],
            ),
        ] {
            assert_eq!(roles(&headers, &[]), expected, "{headers:?}");
        }
    }

    #[test]
    fn values_tell_what_a_header_does_not() {
        let rows: &[&[&str]] = &[
            &["سامي يوسف", "ذكر", "2031-05-07"],
            &["ليلى نجار", "أنثى", "2031-05-08"],
            &["كريم صباغ", "ذكر", "2031-05-08"],
        ];
        assert_eq!(roles(&["A", "B", "C"], rows), [Role::Name, Role::Sex, Role::Date]);
    }

    #[test]
    fn a_table_of_figures_is_no_victim_list() {
        let table = Table {
            headers: ["source", "published", "n_low", "place"].map(str::to_owned).to_vec(),
            ..Table::default()
        };
        assert!(!infer(&table).is_victim_list());
    }
}
