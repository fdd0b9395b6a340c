//! Separated values: comma, semicolon, tab or bar, ragged rows, titles above the header.

use csv::{ReaderBuilder, StringRecord};

use super::Report;
use super::encoding::decode;
use super::rows::{Collected, Rows};
use crate::model::{Place, Table};

/// Rows of one kind of problem that are named one by one; the rest is counted.
const NAMED: usize = 50;

/// Rows looked at for the delimiter and the header.
const LOOKED_AT: usize = 20;

/// The rows of a separated-values file, as one table; empty, with a problem, when it has none.
pub(super) fn read(bytes: &[u8], problem: &mut Report<'_>) -> Vec<Table> {
    let mut tables = Collected::default();
    stream(bytes, problem, &mut tables);
    tables.0
}

/// Hands the rows of a separated-values file on as they are read.
pub(super) fn stream(bytes: &[u8], problem: &mut Report<'_>, to: &mut dyn Rows) {
    let text = decode(bytes, problem);
    let text = text.trim_start_matches('\u{FEFF}');
    let mut records = Records::of(text);
    let Some((header, before)) = records.header(problem) else {
        problem(Place::File, "has no header row; name the columns in its first row".to_owned());
        return;
    };
    let headers: Vec<String> = header.iter().map(|cell| cell.trim().to_owned()).collect();
    to.table("", &headers);
    let mut ragged = Ragged::default();
    let mut take = |row: u64, record: &StringRecord, problem: &mut Report<'_>| {
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            let cells = fit(record, headers.len(), row, &mut ragged, problem);
            to.row(row, &cells);
        }
    };
    before.iter().for_each(|(row, record)| take(*row, record, problem));
    let mut record = StringRecord::new();
    while let Some(row) = records.next(&mut record, problem) {
        take(row, &record, problem);
    }
    ragged.tell_rest(problem);
}

/// Records with the number of the line that each begins on.
pub(super) type Numbered = (u64, StringRecord);

/// The records of a text, one after the other.
struct Records<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
}

impl<'t> Records<'t> {
    fn of(text: &'t str) -> Self {
        Self::parted_by(text, delimiter(text))
    }

    fn parted_by(text: &'t str, delimiter: u8) -> Self {
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        Self { text, reader }
    }

    /// Reads the next record, and gives the line that it begins on; nothing after the last one
    /// and after one that cannot be read.
    fn next(&mut self, record: &mut StringRecord, problem: &mut Report<'_>) -> Option<u64> {
        let line = first_line(self.text, self.reader.position());
        match self.reader.read_record(record) {
            Ok(more) => more.then_some(line),
            Err(e) => {
                problem(Place::Line(line), format!("cannot be read ({e}); mend the row"));
                None
            }
        }
    }

    /// The header, and the records near the top that come after it: the first row that is about
    /// as wide as the widest near the top. Titles above it are narrower.
    fn header(&mut self, problem: &mut Report<'_>) -> Option<(StringRecord, Vec<Numbered>)> {
        let mut top: Vec<Numbered> = Vec::new();
        let mut record = StringRecord::new();
        while top.len() < LOOKED_AT
            && let Some(line) = self.next(&mut record, problem)
        {
            top.push((line, record.clone()));
        }
        let filled = |record: &StringRecord| record.iter().filter(|c| !c.trim().is_empty()).count();
        let widest = top.iter().map(|(_, record)| filled(record)).max()?;
        let enough = (widest * 3).div_ceil(5).max(1);
        let at = top.iter().position(|(_, record)| filled(record) >= enough)?;
        let after = top.split_off(at + 1);
        top.pop().map(|(_, header)| (header, after))
    }
}

/// All records of a text whose separator is known, the header among them.
pub(super) fn records(text: &str, delimiter: u8, problem: &mut Report<'_>) -> Vec<Numbered> {
    let mut records = Records::parted_by(text, delimiter);
    let (mut all, mut record) = (Vec::new(), StringRecord::new());
    while let Some(line) = records.next(&mut record, problem) {
        all.push((line, record.clone()));
    }
    all
}

/// The line that the next record begins on: the reader stands at the end of the one before it, and
/// passes over blank lines.
fn first_line(text: &str, position: &csv::Position) -> u64 {
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    position.line() + ends.filter(|byte| **byte == b'\n').count() as u64
}

/// The separator that the first lines agree on most.
pub(super) fn delimiter(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(LOOKED_AT).collect();
    let score = |separator: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, separator)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let agreeing = counts.iter().filter(|count| **count == most && most > 0).count();
        (agreeing, most)
    };
    // On a tie the first of the list: the comma.
    let best = [b'|', b'\t', b';', b','].into_iter().max_by_key(|separator| score(*separator));
    best.unwrap_or(b',')
}

fn outside_quotes(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        if byte == b'"' {
            quoted = !quoted;
        } else if byte == separator && !quoted {
            count += 1;
        }
    }
    count
}

/// Rows whose number of cells is not that of the header.
#[derive(Default)]
struct Ragged {
    met: usize,
}

impl Ragged {
    fn tell(&mut self, row: u64, message: String, problem: &mut Report<'_>) {
        self.met += 1;
        if self.met <= NAMED {
            problem(Place::Row { sheet: String::new(), row }, message);
        }
    }

    fn tell_rest(&self, problem: &mut Report<'_>) {
        if self.met > NAMED {
            let more = self.met - NAMED;
            problem(Place::File, format!("{more} more rows have too many or too few cells"));
        }
    }
}

fn fit<'r>(
    record: &'r StringRecord,
    width: usize,
    row: u64,
    ragged: &mut Ragged,
    problem: &mut Report<'_>,
) -> Vec<&'r str> {
    let surplus = record.iter().skip(width).filter(|cell| !cell.trim().is_empty()).count();
    if record.len() < width {
        let message = format!("has {} cells, the header {width}: the rest is blank", record.len());
        ragged.tell(row, message, problem);
    } else if surplus > 0 {
        let message = format!("has {surplus} cells beyond the header's {width}: they are not read");
        ragged.tell(row, message, problem);
    }
    let mut cells: Vec<&str> = record.iter().take(width).map(str::trim).collect();
    cells.resize(width, "");
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> (Table, Vec<String>) {
        let mut problems = Vec::new();
        let tables = read(text.as_bytes(), &mut |place, _| problems.push(place.to_string()));
        (tables.into_iter().next().unwrap_or_default(), problems)
    }

    #[test]
    fn separators_titles_quotes_and_line_numbers() {
        for (text, headers, row) in [
            ("a,b\n1,2\n", vec!["a", "b"], 2),
            ("a;b\n\n1,5;2\n", vec!["a", "b"], 3),
            ("a\tb\n1\t2\n", vec!["a", "b"], 2),
            ("List of May\n\na,b,c\n1,\"x\ny\",3\n", vec!["a", "b", "c"], 4),
            ("name\nSami\n", vec!["name"], 2),
            ("a,b\r\n\r\n1,2\r\n", vec!["a", "b"], 3),
        ] {
            let (table, problems) = table(text);
            assert_eq!(table.headers, headers, "{text}");
            assert_eq!(table.rows.first().map(|r| r.row), Some(row), "{text}");
            assert!(problems.is_empty(), "{text}: {problems:?}");
        }
    }

    #[test]
    fn ragged_rows_are_kept_and_named() {
        let (table, problems) = table("a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n1,2,3\n");
        assert_eq!(table.rows.len(), 4);
        assert!(table.rows.iter().all(|row| row.cells.len() == 3));
        assert_eq!(problems, ["row 2", "row 3"]);
    }

    #[test]
    fn a_flood_of_ragged_rows_is_counted() {
        let text = format!("a,b\n{}", "1\n".repeat(1000));
        assert_eq!(table(&text).1.len(), NAMED + 1);
    }
}
