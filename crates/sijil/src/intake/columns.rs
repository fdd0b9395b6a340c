//! `NAME.columns.toml` beside the list `NAME`: what its columns mean, as a user settled it.

use serde::{Deserialize, Serialize};

use super::Report;
use super::encoding::decode;
use crate::model::{Column, Mapping, Place, Role};

/// What the name of such a file adds to that of its list.
pub const COLUMNS_ENDING: &str = ".columns.toml";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    column: Vec<Column>,
}

/// The columns; `None`, with a problem, when the file does not read.
pub(super) fn read(bytes: &[u8], problem: &mut Report<'_>) -> Option<Vec<Column>> {
    let text = decode(bytes, problem);
    match toml::from_str::<File>(&text) {
        Ok(file) => Some(file.column),
        Err(e) => {
            let line = e.span().map_or(1, |span| 1 + text[..span.start].matches('\n').count());
            let why = "columns do not read: what the program infers is used; mend the line";
            problem(Place::Line(line as u64), why.to_owned());
            None
        }
    }
}

/// The columns of a list as such a file holds them; headers may be names of columns only.
pub fn columns_file(mapping: &Mapping) -> Option<String> {
    let head = "# What the columns of this list mean. Change a role and take the folder in again;\n\
                # \"other\" is kept and not used. Roles: docs/formats.md.\n\n";
    let file = File { column: mapping.columns.clone() };
    toml::to_string(&file).ok().map(|text| format!("{head}{text}"))
}

impl Mapping {
    /// This mapping with the roles that a user settled, by the headers of the columns. A role that
    /// is settled for one column is taken from any other that the program gave it to.
    #[must_use]
    pub fn settled(mut self, settled: &[Column]) -> Self {
        let named = |header: &str| settled.iter().find(|column| column.header == header);
        for column in &mut self.columns {
            if let Some(known) = named(&column.header) {
                column.role = known.role;
            } else if settled.iter().any(|known| known.role == column.role) {
                column.role = Role::Other;
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(columns: &[(&str, Role)]) -> Mapping {
        let column =
            |(header, role): &(&str, Role)| Column { header: (*header).to_owned(), role: *role };
        Mapping { columns: columns.iter().map(column).collect() }
    }

    #[test]
    fn what_is_written_reads_back_and_settles_the_roles() {
        let settled = mapping(&[("الاسم", Role::Name), ("x", Role::Age)]);
        let text = columns_file(&settled).unwrap();
        let read = read(text.as_bytes(), &mut |_, why| panic!("{why}")).unwrap();
        assert_eq!(read, settled.columns);
        let inferred = mapping(&[("الاسم", Role::Other), ("x", Role::Other), ("y", Role::Age)]);
        let roles: Vec<Role> = inferred.settled(&read).columns.iter().map(|c| c.role).collect();
        assert_eq!(roles, [Role::Name, Role::Age, Role::Other]);
    }

    #[test]
    fn a_role_that_there_is_not_is_told_with_its_line() {
        let mut told = Vec::new();
        let text = "[[column]]\nheader = \"a\"\nrole = \"king\"\n";
        assert!(read_at(text, &mut told).is_none());
        assert_eq!(told, [Place::Line(3)]);
    }

    fn read_at(text: &str, told: &mut Vec<Place>) -> Option<Vec<Column>> {
        read(text.as_bytes(), &mut |place, _| told.push(place))
    }
}
