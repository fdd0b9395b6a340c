//! Persons counted from columns and from their records: the same figures, now and at any entry.

use std::path::{Path, PathBuf};

use sijil::model::{Dimension, FigureTable, Population};
use sijil::register::{AsOf, Register};
use sijil::work::{self, Material, Query};

use crate::fixture::{Place, repository, stderr, stdout};

/// Cells as the columns give them: without the persons behind them.
fn bare(mut tables: Vec<FigureTable>) -> Vec<FigureTable> {
    for cell in tables.iter_mut().flat_map(|table| &mut table.cells) {
        cell.persons.clear();
    }
    tables
}

/// Each pair of dimensions, each alone, none; all who were killed, and one population in a window.
fn queries() -> Vec<Query> {
    let mut breakdowns = vec![Vec::new()];
    for (nth, first) in Dimension::ALL.iter().enumerate() {
        breakdowns.push(vec![*first]);
        breakdowns.extend(Dimension::ALL[nth + 1..].iter().map(|second| vec![*first, *second]));
    }
    let mut queries = Vec::new();
    for by in breakdowns {
        queries.push(Query { by: by.clone(), ..Query::default() });
        let from = Some("2025-03-07".parse().expect("a day"));
        let population = Population::Civilians;
        queries.push(Query { by: by.clone(), population, from, ..Query::default() });
        if by.contains(&Dimension::Unit) {
            queries.push(Query { by, depth: Some(0), ..Query::default() });
        }
    }
    queries
}

/// Counts both ways as of several entries; gives the number of figures compared.
fn compare(register: &Path) -> usize {
    let register = Register::read(register).expect("a register");
    let size = register.size().expect("a number");
    let mut compared = 0;
    for entry in [0, size / 3, size / 2, size - 3, size - 2, size - 1, u64::MAX >> 1] {
        let as_of = AsOf(entry);
        let material = Material::of(&register, as_of).expect("loads");
        for query in queries() {
            let (loaded, columns) = (
                bare(work::count_in(&material, &query)),
                work::count(&register, as_of, &query).expect("counts"),
            );
            assert_eq!(columns, loaded, "{query:?} as of {entry}");
            compared += loaded.iter().map(|table| table.cells.len()).sum::<usize>();
        }
    }
    compared
}

fn report(place: &Place, folder: PathBuf) {
    let register: PathBuf = place.path("register");
    let words = ["report".into(), folder, "-R".into(), register, "-o".into(), place.path("out")];
    let output = place.run(&words);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn columns_give_the_figures_that_records_give() {
    for example in ["examples/exercise", "examples/coast-2025"] {
        let place = Place::new();
        report(&place, repository(example));
        assert!(compare(&place.path("register")) > 100, "{example} has few figures");
    }
}

#[test]
fn columns_follow_what_changes() {
    let place = Place::with_material();
    place.report("register", "out");
    place.write(
        "lists/east.csv",
        b"Name,Age,Date of death,Place\nSalim al-Haddad,34,2031-05-07,Jableh\n",
    );
    place.report("register", "out");
    place.write("lists/south.csv", "الاسم,العمر\nليلى فؤاد نجار,40\n".as_bytes());
    place.write(
        "sijil.toml",
        b"[[places]]\nid = \"X1\"\nname = \"Jableh Port\"\nlevel = 3\nlat = 35.3\nlon = 35.9\n",
    );
    place.report("register", "out");
    compare(&place.path("register"));
    let verified = place.run(&["verify", "-R", "register"]);
    assert_eq!(verified.status.code(), Some(0), "{}", stderr(&verified));
}

/// One brigade that changed hands, by two of its names, and a party that no tree knows.
const PARTIES: &str = "\
[[party]]
id = \"fourth\"
name = \"Fourth Brigade\"
aliases = [\"4th Brigade\"]
class = \"non_state\"
[[party]]
id = \"front\"
name = \"Front\"
class = \"non_state\"
[[party]]
id = \"ministry\"
name = \"Ministry\"
class = \"state\"
[[affiliation]]
member = \"fourth\"
party = \"front\"
end = 2031-03-31
[[affiliation]]
member = \"fourth\"
party = \"ministry\"
start = 2031-04-01
";

#[test]
fn units_are_rolled_up_from_columns_as_from_records() {
    let place = Place::with_material();
    place.write(
        "lists/two.csv",
        b"Name,Date of death,Place,Responsible party\n\
          Nader Elias Khalil,2031-03-20,Jableh,Fourth Brigade\n\
          Adel Ramzi Hourani,2031-04-22,Jableh,4th Brigade\n\
          Hani Munir Attar,,Jableh,4th Brigade\n\
          Rima Walid Sayegh,2031-04-22,Banyas,Hill Guard\n",
    );
    place.write("entities.toml", PARTIES.as_bytes());
    place.report("register", "out");
    let imported = place.run(&["import", "material/entities.toml", "-R", "register"]);
    assert_eq!(imported.status.code(), Some(0), "{}", stderr(&imported));
    compare(&place.path("register"));
    let rolled = ["count", "--by", "unit", "--depth", "0", "--format", "csv", "-R", "register"];
    let counted = stdout(&place.run(&rolled));
    assert!(counted.contains("unit=Front;depth=0,1,1,1"), "{counted}");
}

#[test]
fn a_register_of_an_older_form_gets_its_columns() {
    let place = Place::with_material();
    place.report("register", "out");
    let count = || stdout(&place.run(&["count", "--by", "party,place", "-R", "register"]));
    let counted = count();
    make_older(&place.path("register"));
    assert_eq!(count(), counted);
    let verified = place.run(&["verify", "-R", "register"]);
    assert_eq!(verified.status.code(), Some(0), "{}", stderr(&verified));
}

/// Makes a register one of the form before columns.
pub(crate) fn make_older(register: &Path) {
    let (now, old) = (register.join("sijil.db"), register.join("old.db"));
    let db = rusqlite::Connection::open(&old).expect("opens");
    for form in [
        include_str!("../../src/register/migrations/0001_first.sql"),
        include_str!("../../src/register/migrations/0002_entities.sql"),
    ] {
        db.execute_batch(form).expect("made");
    }
    db.execute("ATTACH ?1 AS now", [now.to_str()]).expect("attached");
    for table in FIRST {
        db.execute(&format!("INSERT INTO {table} SELECT * FROM now.{table}"), []).expect("copied");
    }
    db.execute_batch(
        "UPDATE meta SET value = x'00000002' WHERE name = 'format'; PRAGMA user_version = 2;",
    )
    .expect("of the form before columns");
    drop(db);
    std::fs::rename(&old, &now).expect("put in its place");
}

/// Tables of the form before columns, in an order in which their rows can be copied.
const FIRST: &[&str] = &[
    "meta",
    "ledger",
    "head",
    "item",
    "capture",
    "reading",
    "document",
    "statement",
    "listing",
    "record",
    "membership",
    "judgement",
    "problem",
    "entity",
];
