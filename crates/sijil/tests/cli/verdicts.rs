//! What became of each row of a list, written for the people who sent it.

use crate::fixture::{Place, stderr};

const EARLIER: &str = "id,Name,Age,Date of death\n\
    1,Salim Yusuf al-Haddad,34,2031-05-07\n\
    2,Layla Fuad Najjar,40,2031-05-08\n\
    3,Karim Nabil Sabbagh,51,2031-05-08\n";

const LATER: &str = "id,Name,Age,Date of death\n\
    1,Salim Yusuf al-Haddad,34,2031-05-07\n\
    3,Karim Nabil Sabbagh,52,2031-05-08\n\
    4,=cmd|' /C calc'!A0,forty,2031-05-09\n\
    5,Salim Yusuf al-Haddad,34,2031-05-07\n";

/// The same man on the list of another source, which the first must not hear of.
const OTHER: &str = "Name,Sex,Age,Date of death,Place\n\
    Karim Nabil Sabbagh,Male,51,2031-05-08,Secret Village\n";

#[test]
fn every_row_is_told_what_became_of_it() {
    let place = Place::new();
    place.write("list.csv", EARLIER.as_bytes());
    place.write("secret-source.csv", OTHER.as_bytes());
    assert_eq!(place.report("register", "out").status.code(), Some(0));
    place.write("list.csv", LATER.as_bytes());
    place.report("register", "out");
    let output = place.run(&["lists", "list.csv", "--verdicts", "verdicts.csv", "-R", "register"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let bytes = std::fs::read(place.path("verdicts.csv")).expect("written");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().expect("a header").clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("CSV")).collect();
    let cell = |row: usize, header: &str| -> &str {
        let at = headers.iter().position(|name| name == header).expect("this column");
        &rows[row][at]
    };
    assert_eq!(rows.len(), 5, "four rows and one that is gone: {text}");
    let editions: Vec<&str> = (0..5).map(|row| cell(row, "sijil_edition")).collect();
    assert_eq!(editions, ["unchanged", "changed: Age", "new", "new", "withdrawn"]);
    assert_eq!(cell(0, "sijil_counted"), "yes, as killed");
    assert!(cell(4, "sijil_counted").starts_with("no"), "{text}");
    // Two rows for one man; the record of the other source is counted and not shown.
    assert_eq!((cell(0, "sijil_same_rows"), cell(3, "sijil_same_rows")), ("5", "2"), "{text}");
    assert_eq!(cell(0, "sijil_person"), cell(3, "sijil_person"));
    let (joined, open) = (cell(1, "sijil_other_records"), cell(1, "sijil_open_pairs"));
    assert!(joined == "1" || open == "1", "the other record is joined or open: {text}");
    for word in ["Secret", "secret-source"] {
        assert!(!text.contains(word), "{word} of another source: {text}");
    }
    assert!(cell(2, "sijil_not_understood").contains("Age"), "{text}");
    assert!(cell(1, "sijil_read_as").contains("age 52"), "{text}");
    assert_eq!(cell(4, "Name"), "Layla Fuad Najjar");
    for row in &rows {
        for cell in row {
            assert!(!cell.starts_with(['=', '+', '@']), "a spreadsheet would run {cell}");
        }
    }
    let unknown = place.run(&["lists", "no.csv", "--verdicts", "v.csv", "-R", "register"]);
    assert_eq!(unknown.status.code(), Some(2), "{}", stderr(&unknown));
}
