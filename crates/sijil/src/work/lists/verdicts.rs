//! What became of every row of a list, to be sent back to the people who sent the list.
//!
//! They see their own rows and codes; of other lists nothing but how many records stand beside
//! theirs, so that no source learns from it what another one sent.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{compare_editions, lists, tables};
use crate::intake::mapping;
use crate::model::exchange::defused;
use crate::model::{
    Column, ItemId, Person, PersonId, Place, Problem, Record, RecordRef, Role, Table,
};
use crate::register::{AsOf, LinkState, Register, Verdict};
use crate::work::error::{Error, Result};

/// What became of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowVerdict {
    /// Sheet, empty for a file that has none.
    pub sheet: String,
    /// The row, of the newest edition or, if it is withdrawn, of the one before.
    pub row: u64,
    /// What the edition did to it: `first edition`, `unchanged`, `new`, `changed: FIELDS`,
    /// `withdrawn`.
    pub edition: String,
    /// Whether it counts, and as what: `killed`, `missing`, …, or why not.
    pub counted: String,
    /// Code of the person whom it stands for.
    pub person: Option<PersonId>,
    /// Other rows of this list that stand for the same person.
    pub same_rows: Vec<u64>,
    /// Records of other lists and texts that stand for the same person.
    pub others: usize,
    /// Records that may be the same person, and nobody has decided.
    pub open: usize,
    /// Fields as they were read.
    pub read_as: Vec<(&'static str, String)>,
    /// Cells that were not understood: the column, and why.
    pub not_understood: Vec<String>,
    /// Cells as they came.
    pub cells: Vec<String>,
}

/// Headers of a list, and what became of each of its rows in their order, withdrawn ones last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListVerdicts {
    /// Headers; those of the sheet with the most columns where it has several.
    pub headers: Vec<String>,
    /// The rows.
    pub rows: Vec<RowVerdict>,
}

/// What became of every row of the list at `path`, in its newest edition.
///
/// # Errors
/// When there is no such list or the register cannot be read.
pub fn list_verdicts(register: &Register, path: &str) -> Result<ListVerdicts> {
    let (lists, columns) = lists(register, Some(path))?;
    let settled = columns.get(path).map(Vec::as_slice).unwrap_or_default();
    let problems = register.problems(AsOf::NOW)?;
    let links = register.links(AsOf::NOW)?;
    let mut verdicts = ListVerdicts::default();
    for captures in lists.values() {
        let Some((newest, older)) = captures.split_last() else { continue };
        let item = &newest.item;
        let told = Told::of(path, &problems);
        let mut before = older.last().map_or_else(Vec::new, |older| tables(register, older));
        for table in tables(register, newest) {
            if !mapping::infer(&table).settled(settled).is_victim_list() {
                continue;
            }
            let same = before.iter().position(|other| other.sheet == table.sheet);
            let earlier = same.map(|at| before.swap_remove(at));
            let of = Of { register, links: &links, item, told: &told, settled };
            of.table(earlier.as_ref(), table, &mut verdicts)?;
        }
    }
    if verdicts.rows.is_empty() {
        let why = format!("no victim list came in as {path}; `sijil lists` shows their paths");
        return Err(Error::Unknown(why));
    }
    Ok(verdicts)
}

/// Problems of a list by sheet and row.
struct Told(BTreeMap<(String, u64), Vec<String>>);

impl Told {
    fn of(path: &str, problems: &[Problem]) -> Self {
        let mut told = BTreeMap::<_, Vec<String>>::new();
        for problem in problems.iter().filter(|problem| problem.file == path) {
            let (sheet, row, message) = match &problem.place {
                Place::Row { sheet, row } => (sheet.clone(), *row, problem.message.clone()),
                Place::Cell { sheet, row, column } => {
                    (sheet.clone(), *row, format!("{column}: {}", problem.message))
                }
                Place::Line(row) => (String::new(), *row, problem.message.clone()),
                Place::File | Place::Byte(_) => continue,
            };
            told.entry((sheet, row)).or_default().push(message);
        }
        Self(told)
    }
}

/// What the verdicts of one list are made of.
struct Of<'a> {
    register: &'a Register,
    links: &'a LinkState,
    item: &'a ItemId,
    told: &'a Told,
    settled: &'a [Column],
}

impl Of<'_> {
    fn table(
        &self,
        earlier: Option<&Table>,
        later: Table,
        verdicts: &mut ListVerdicts,
    ) -> Result<()> {
        let change = earlier.map(|earlier| compare_editions(earlier, &later, self.settled));
        let mut editions: BTreeMap<u64, String> = BTreeMap::new();
        if let Some(change) = &change {
            editions.extend(change.new.iter().map(|row| (*row, "new".to_owned())));
            let changed = change.changed.iter();
            editions.extend(
                changed.map(|row| (row.later, format!("changed: {}", row.fields.join(", ")))),
            );
        }
        let unsaid = if change.is_some() { "unchanged" } else { "first edition" };
        if later.headers.len() > verdicts.headers.len() {
            verdicts.headers.clone_from(&later.headers);
        }
        let columns = mapping::infer(&later).settled(self.settled).columns;
        for row in later.rows {
            let at =
                RecordRef { item: self.item.clone(), sheet: later.sheet.clone(), row: row.row };
            let mut verdict = self.row(&at, row.cells, &columns)?;
            verdict.edition = editions.remove(&row.row).unwrap_or_else(|| unsaid.to_owned());
            verdicts.rows.push(verdict);
        }
        let gone: BTreeSet<u64> = change.iter().flat_map(|c| c.withdrawn.iter().copied()).collect();
        for row in earlier.iter().flat_map(|table| &table.rows).filter(|r| gone.contains(&r.row)) {
            let mut verdict = empty(later.sheet.clone(), row.row, row.cells.clone());
            verdict.edition = "withdrawn".to_owned();
            verdict.counted = "no: the newest edition has it no more".to_owned();
            verdicts.rows.push(verdict);
        }
        Ok(())
    }

    fn row(&self, at: &RecordRef, cells: Vec<String>, columns: &[Column]) -> Result<RowVerdict> {
        let mut verdict = empty(at.sheet.clone(), at.row, cells);
        let told = self.told.0.get(&(at.sheet.clone(), at.row));
        verdict.not_understood = told.cloned().unwrap_or_default();
        let Some(record) = self.register.record(at, AsOf::NOW)? else {
            verdict.counted = "no: it was not read as a person".to_owned();
            return Ok(verdict);
        };
        verdict.read_as = fields(&record);
        let silent = not_taken_up(&record, &verdict.cells, columns);
        let told = verdict.not_understood.clone();
        let new = silent.filter(|(header, _)| !told.iter().any(|t| t.starts_with(header.as_str())));
        verdict.not_understood.extend(new.map(|(header, why)| format!("{header}: {why}")));
        let Some(person) = self.links.persons.get(at) else {
            verdict.counted = "not yet: link first".to_owned();
            return Ok(verdict);
        };
        let behind = self.register.records_of(person, AsOf::NOW)?;
        let own = |record: &&Record| record.at.item == at.item && record.at.sheet == at.sheet;
        let rows = behind.iter().filter(own).map(|record| record.at.row);
        verdict.same_rows = rows.filter(|row| *row != at.row).collect();
        verdict.others = behind.len().saturating_sub(verdict.same_rows.len() + 1);
        let pairs = self.register.judgements_of(at, AsOf::NOW)?;
        verdict.open = pairs.iter().filter(|pair| pair.verdict == Verdict::Open).count();
        let fate = Person::of(person.clone(), behind).fate;
        verdict.counted = format!("yes, as {}", fate.code());
        verdict.person = Some(person.clone());
        Ok(verdict)
    }
}

/// Cells that say something and gave nothing: header, and why.
fn not_taken_up<'a>(
    record: &'a Record,
    cells: &'a [String],
    columns: &'a [Column],
) -> impl Iterator<Item = (String, &'static str)> + 'a {
    let given = columns.iter().zip(cells).filter(|(_, cell)| !cell.trim().is_empty());
    given.filter_map(|(column, _)| {
        let why = match column.role {
            Role::Sex if record.sex.is_none() => "not understood",
            Role::Age if record.age.is_none() && record.details.band.is_none() => "not understood",
            Role::Born if record.born.is_none() => "not understood",
            Role::Date if record.date.is_none() => "not understood",
            Role::Place if record.place_id.is_none() => "no place that is known, kept as written",
            _ => return None,
        };
        Some((column.header.clone(), why))
    })
}

fn empty(sheet: String, row: u64, cells: Vec<String>) -> RowVerdict {
    RowVerdict {
        sheet,
        row,
        edition: String::new(),
        counted: String::new(),
        person: None,
        same_rows: Vec::new(),
        others: 0,
        open: 0,
        read_as: Vec::new(),
        not_understood: Vec::new(),
        cells,
    }
}

/// Fields of a record that were read as something other than their letters.
fn fields(record: &Record) -> Vec<(&'static str, String)> {
    let day = |day: &Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let all = [
        ("name", record.name.clone()),
        ("sex", record.sex.map(|sex| format!("{sex:?}").to_lowercase())),
        ("age", record.age.map(|age| age.to_string())),
        ("born", day(&record.born)),
        ("date", day(&record.date)),
        ("place", record.place.clone()),
        ("place_id", record.place_id.clone()),
        ("province", record.province.clone()),
        ("status", record.status.clone()),
        ("cause", record.cause.clone()),
        ("party", record.party.as_ref().map(|party| party.class.code().to_owned())),
        ("list_id", record.list_id.clone()),
        ("fate", record.details.fate.map(|fate| fate.code().to_owned())),
    ];
    all.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
}

/// Writes verdicts as CSV, one line a row: what became of it, then its cells. No cell is run by a
/// spreadsheet.
///
/// # Errors
/// When the file cannot be written.
pub fn write_verdicts(verdicts: &ListVerdicts, file: &Path) -> Result<()> {
    let failed = |source| Error::Output { path: file.to_path_buf(), source };
    let mut csv = csv::Writer::from_path(file).map_err(|e| failed(e.into()))?;
    let own = [
        "sheet",
        "row",
        "edition",
        "counted",
        "person",
        "same_rows",
        "other_records",
        "open_pairs",
        "read_as",
        "not_understood",
    ];
    let mut headers: Vec<String> = own.iter().map(|name| format!("sijil_{name}")).collect();
    headers.extend(verdicts.headers.iter().map(|header| defused(header)));
    csv.write_record(&headers).map_err(|e| failed(e.into()))?;
    for row in &verdicts.rows {
        let same: Vec<String> = row.same_rows.iter().map(ToString::to_string).collect();
        let read: Vec<String> =
            row.read_as.iter().map(|(f, value)| format!("{f} {value}")).collect();
        let mut cells = vec![
            row.sheet.clone(),
            row.row.to_string(),
            row.edition.clone(),
            row.counted.clone(),
            row.person.as_ref().map_or_else(String::new, |person| person.0.clone()),
            same.join("; "),
            row.others.to_string(),
            row.open.to_string(),
            read.join("; "),
            row.not_understood.join("; "),
        ];
        cells.extend(row.cells.iter().cloned());
        cells.resize(headers.len().max(cells.len()), String::new());
        cells.truncate(headers.len());
        csv.write_record(cells.iter().map(|cell| defused(cell))).map_err(|e| failed(e.into()))?;
    }
    csv.flush().map_err(failed)
}
