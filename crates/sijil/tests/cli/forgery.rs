//! Any change of any row behind the program's back is found and named.

use std::fs;
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use sijil::model::FixedClock;
use sijil::register::{AsOf, Register};
use sijil::work::{self, Hand};

use crate::fixture::{Place, stderr};

/// What names a table's rows in a finding.
const NAMES: &[(&str, &[&str])] = &[
    ("ledger", &["ledger entry", "head over", "ledger entries"]),
    ("head", &["head over", "the last entries", "head's"]),
    ("meta", &["meta row", "signing key", "head over"]),
    ("column_label", &["column"]),
    ("column_pair", &["column pair"]),
    ("column_person", &["column person"]),
    ("column_segment", &["column"]),
    ("search_entry", &["search entries"]),
    ("search_basis", &["search basis"]),
];

const EAST: &[u8] = b"\
Name,Sex,Age,Date of death,Place
Omar,Male,22,2031-05-09,
Hala Saba,Female,,,Baniyas
Karim N. Sabag,Male,44,2031-05-12,
Mariam Yusuf,Female,35,2031-05-17,
Omar Rashid Qassab,Male,30,2031-05-15,Baniyas
";

/// A register with rows in every table, some of them ended; columns too, which carry no digest and
/// are compared with what the rows give.
fn register() -> Place {
    let place = Place::with_material();
    place.write("empty.txt", b"");
    // Too little to be joined, too much to be told apart: an open pair.
    place.write("lists/east.csv", EAST);
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", place.material().join("link")).expect("link");
    place.report("register", "out");
    place.write("lists/south.csv", "الاسم,العمر\nليلى فؤاد نجار,40\n".as_bytes());
    fs::remove_file(place.material().join("empty.txt")).expect("removable");
    place.report("register", "out");
    for class in ["state", "unknown"] {
        let party = format!("[[party]]\nname = \"Brigade\"\nclass = \"{class}\"\n");
        place.write("entities.toml", party.as_bytes());
        place.run(&["import", "material/entities.toml", "-R", "register"]);
    }
    seal(&place);
    let sound = place.run(&["verify", "-R", "register"]);
    assert_eq!(sound.status.code(), Some(0), "{}", stderr(&sound));
    place
}

/// Seals two items and takes the seal off one.
fn seal(place: &Place) {
    let mut register = Register::open(&place.path("register")).expect("opens");
    let items = register.items(AsOf::NOW).expect("items");
    let clock = FixedClock(jiff::Timestamp::UNIX_EPOCH);
    let hand = Hand { name: "a keeper", clock: &clock };
    for (item, sealed) in [(0, true), (1, true), (0, false)] {
        let changed = work::seal(&mut register, &items[item].item.id, sealed, hand);
        assert!(changed.expect("sealed"));
    }
}

struct Column {
    name: String,
    kind: String,
    key: bool,
}

fn columns(db: &Connection, table: &str) -> Vec<Column> {
    let mut query = db.prepare(&format!("PRAGMA table_info({table})")).expect("a table");
    let rows = query.query_map([], |row| {
        Ok(Column { name: row.get(1)?, kind: row.get(2)?, key: row.get::<_, i64>(5)? > 0 })
    });
    rows.expect("columns").map(|column| column.expect("a column")).collect()
}

fn rows(db: &Connection, table: &str, columns: &[Column]) -> Vec<Vec<Value>> {
    let mut query = db.prepare(&format!("SELECT * FROM {table}")).expect("a table");
    let rows = query.query_map([], |row| (0..columns.len()).map(|at| row.get(at)).collect());
    rows.expect("rows").map(|row| row.expect("a row")).collect()
}

/// Other values of the same type.
fn others(value: &Value, kind: &str, entries: i64) -> Vec<Value> {
    match (value, kind) {
        (Value::Null, "INTEGER") => vec![Value::Integer(0), Value::Integer(entries - 1)],
        (Value::Null, _) => vec![Value::Text("x".into())],
        (Value::Integer(n), _) => vec![Value::Integer(n + 1), Value::Integer(n + 5000)],
        (Value::Real(x), _) => vec![Value::Real(x / 2.0)],
        (Value::Text(text), _) => vec![Value::Text(format!("{text}x"))],
        (Value::Blob(bytes), _) => {
            let mut bytes = bytes.clone();
            bytes[0] ^= 1;
            vec![Value::Blob(bytes)]
        }
    }
}

/// Statements of a forger, with their values, and the table that each touches.
type Forgery = (String, String, Vec<Value>);

fn forgeries(db: &Connection) -> Vec<Forgery> {
    let mut query = db
        // Words of the index are no rows: `search.rs` forges those.
        .prepare(
            "SELECT name FROM sqlite_schema
             WHERE type = 'table' AND name NOT LIKE 'search^_words%' ESCAPE '^' ORDER BY name",
        )
        .expect("a schema");
    let tables: Vec<String> = query
        .query_map([], |row| row.get(0))
        .expect("tables")
        .map(|name| name.expect("a name"))
        .collect();
    let entries: i64 =
        db.query_row("SELECT count(*) FROM ledger", [], |row| row.get(0)).expect("a count");
    let mut all = Vec::new();
    for table in &tables {
        let columns = columns(db, table);
        let rows = rows(db, table, &columns);
        assert!(!rows.is_empty(), "{table} has no rows to forge");
        let mut picked = vec![0, rows.len() - 1];
        let until = columns.iter().position(|column| column.name == "until");
        picked.extend(until.and_then(|u| rows.iter().position(|row| row[u] != Value::Null)));
        picked.dedup();
        for nth in picked {
            forge(&mut all, table, &columns, &rows[nth], entries);
        }
    }
    all
}

/// Every cell changed, one at a time; the row removed; a row like it slipped in.
fn forge(all: &mut Vec<Forgery>, table: &str, columns: &[Column], row: &[Value], entries: i64) {
    let keyed = columns.iter().any(|column| column.key);
    let of_row = |first: usize| -> (String, Vec<Value>) {
        let chosen: Vec<usize> =
            (0..columns.len()).filter(|at| columns[*at].key || !keyed).collect();
        let words = chosen
            .iter()
            .enumerate()
            .map(|(nth, at)| format!("{} IS ?{}", columns[*at].name, first + nth));
        let values = chosen.iter().map(|at| row[*at].clone()).collect();
        (words.collect::<Vec<_>>().join(" AND "), values)
    };
    for (at, column) in columns.iter().enumerate() {
        let mut values = others(&row[at], &column.kind, entries);
        if column.name == "until" && row[at] != Value::Null {
            values.push(Value::Null);
        }
        for value in values {
            let (which, key) = of_row(2);
            let sql = format!("UPDATE {table} SET {} = ?1 WHERE {which}", column.name);
            all.push((table.to_owned(), sql, [vec![value], key].concat()));
        }
    }
    let (which, key) = of_row(1);
    all.push((table.to_owned(), format!("DELETE FROM {table} WHERE {which}"), key));
    let marks: Vec<String> = (1..=columns.len()).map(|nth| format!("?{nth}")).collect();
    let mut copy = row.to_vec();
    let changed = columns.iter().position(|column| column.key).unwrap_or(0);
    copy[changed] = others(&row[changed], &columns[changed].kind, entries).remove(0);
    all.push((
        table.to_owned(),
        format!("INSERT INTO {table} VALUES ({})", marks.join(", ")),
        copy,
    ));
}

/// Changes a fresh copy of the database; whether the change took.
fn apply(pristine: &Path, target: &Path, sql: &str, values: &[Value]) -> bool {
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(target.with_file_name(format!("sijil.db{end}")));
    }
    fs::copy(pristine, target).expect("copied");
    let db = Connection::open(target).expect("opens");
    db.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;")
        .expect("a forger's freedom");
    db.execute(sql, params_from_iter(values)).is_ok_and(|changed| changed > 0)
}

#[test]
fn any_change_of_any_row_is_found_and_named() {
    let place = register();
    let target = place.path("register/sijil.db");
    let pristine = place.path("pristine.db");
    fs::copy(&target, &pristine).expect("copied");
    let all = forgeries(&Connection::open(&pristine).expect("opens"));
    let (mut tried, mut missed) = (0, Vec::new());
    for (table, sql, values) in &all {
        if !apply(&pristine, &target, sql, values) {
            continue;
        }
        tried += 1;
        let output = place.run(&["verify", "-R", "register"]);
        let said = stderr(&output);
        let own = [format!("{table} rows of ledger entry")];
        let known = NAMES.iter().find(|(name, _)| name == table);
        let named = own.iter().any(|name| said.contains(name.as_str()))
            || known.is_some_and(|(_, names)| names.iter().any(|name| said.contains(name)));
        if output.status.code() != Some(3) || !named {
            missed.push(format!("{sql} {:?}: {:?} {said}", values.first(), output.status.code()));
        }
    }
    assert!(missed.is_empty(), "{} of {tried} missed:\n{}", missed.len(), missed.join("\n"));
    assert!(tried * 10 > all.len() * 9, "only {tried} of {} forgeries took", all.len());
}

#[test]
fn what_is_slipped_into_the_schema_is_named() {
    let place = register();
    let target = place.path("register/sijil.db");
    let pristine = place.path("pristine.db");
    fs::copy(&target, &pristine).expect("copied");
    for (sql, name) in [
        ("CREATE TABLE aside (a)", "table aside"),
        ("CREATE TRIGGER quiet AFTER INSERT ON record BEGIN SELECT 1; END", "trigger quiet"),
        ("DROP INDEX record_since", "index record_since"),
        ("ALTER TABLE record ADD COLUMN aside TEXT", "table record"),
    ] {
        apply(&pristine, &target, sql, &[]);
        let output = place.run(&["verify", "-R", "register"]);
        assert_eq!(output.status.code(), Some(3), "{sql}: {}", stderr(&output));
        assert!(stderr(&output).contains(name), "{sql}: {}", stderr(&output));
    }
}
