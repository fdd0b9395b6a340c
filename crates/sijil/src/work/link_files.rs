//! Links the rows of bare files into persons, in no register: `sijil link`.
//!
//! Columns mean what the intake takes them for. Beside the fields of a register, bare files are
//! compared by province and by what else names a person or an address; those are known by header.
//! The columns of ids and of truth are taken out before anything is inferred.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sijil_linkage::{self as linkage, Field, Kind, Row, Settings, Spec, Value, score};
use sijil_text::letters::fold;
use sijil_text::places::Gazetteer;

use super::error::{Error, Result};
use super::link::{rows, spec};
use super::sheets::{self, cell, file_name};
use super::truth::Checked;
use crate::intake::mapping;
use crate::model::{ItemId, Mapping, Problem, Record, Role, Table};

/// What to link, and how.
#[derive(Clone, Debug, Default)]
pub struct Linking<'a> {
    /// The files, csv or xlsx.
    pub files: &'a [PathBuf],
    /// Records are joined from this probability on; else from that of linkage.
    pub threshold: Option<f64>,
    /// Column that says who a row truly is; it scores the outcome and is never linked by.
    pub truth: Option<&'a str>,
    /// Column of ids to hand through; it is never linked by.
    pub id_column: Option<&'a str>,
}

/// What a column was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InferredColumn {
    /// File, with its sheet where it has several.
    pub source: String,
    /// Header as written.
    pub header: String,
    /// What it was taken for; `None` for a column that is only kept.
    pub role: Option<&'static str>,
    /// Whether rows are compared by it.
    pub compared: bool,
}

/// A row that was linked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedRow {
    /// File, with its sheet where it has several.
    pub source: String,
    /// Row as a spreadsheet shows it; for CSV the line that it begins on.
    pub row: u64,
    /// Number of its person, from 1 in the order of first rows.
    pub cluster: u32,
    /// Its id, where a column of ids was named.
    pub id: Option<String>,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct FilesLinked {
    /// What each column was taken for.
    pub columns: Vec<InferredColumn>,
    /// Every row that lists a person, in the order of the files.
    pub rows: Vec<LinkedRow>,
    /// The pairs that were joined or left open, by the indices of their rows.
    pub pairs: Vec<linkage::Pair>,
    /// Persons behind the rows.
    pub persons: usize,
    /// Pairs left open for a human.
    pub open: usize,
    /// How well it went, where a truth was named.
    pub checked: Option<Checked>,
    /// What linkage wants the user to know.
    pub notes: Vec<String>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Fields beside those of a register: name, kind, and words of headers in folded form.
const EXTRAS: &[(&str, Kind, &[&str])] = &[
    ("province", Kind::Place, &[]),
    (
        "national id",
        Kind::Id,
        &[
            "national id",
            "national number",
            "identity number",
            "soc sec",
            "ssn",
            "الرقم الوطني",
            "رقم الهويه",
        ],
    ),
    ("phone", Kind::Id, &["phone", "telephone", "mobile", "الهاتف", "الجوال"]),
    ("email", Kind::Id, &["email", "e mail", "البريد الالكتروني"]),
    ("postcode", Kind::Id, &["postcode", "postal code", "zip", "zip code", "الرمز البريدي"]),
    ("house number", Kind::Id, &["street number", "house number", "رقم المنزل"]),
    ("address", Kind::Place, &["address", "street", "العنوان", "الشارع"]),
    ("suburb", Kind::Place, &["suburb", "neighbourhood", "neighborhood", "الحي"]),
    ("occupation", Kind::Category, &["occupation", "profession", "job", "المهنه"]),
];

/// Index of the province among [`EXTRAS`]: the intake finds it, no header here does.
const PROVINCE: usize = 0;

/// Headers of a column that says which list a row was taken from, in folded form.
const LISTS: &[&str] = &["source", "list", "list name", "المصدر", "القائمه"];

/// One table on its way to be linked.
struct Input {
    source: String,
    table: Table,
    mapping: Mapping,
    /// For each of [`EXTRAS`] its column.
    extras: Vec<Option<usize>>,
    /// Column that says which list a row stands on.
    list: Option<usize>,
    ids: BTreeMap<u64, String>,
    truths: BTreeMap<u64, String>,
}

/// The rows of all tables.
#[derive(Default)]
struct Gathered {
    records: Vec<Record>,
    /// For each record its values of [`EXTRAS`].
    extras: Vec<Vec<Option<Value>>>,
    /// For each record the table it stands in and the words of its column of lists.
    lists: Vec<(usize, String)>,
    rows: Vec<LinkedRow>,
    truths: Vec<Option<String>>,
    problems: Vec<Problem>,
}

/// Links the rows of files into persons.
///
/// # Errors
/// When a file cannot be read, lacks a column that was named, or lists nobody.
pub fn link_files(linking: &Linking<'_>) -> Result<FilesLinked> {
    let (inputs, problems) = inputs(linking)?;
    let columns = inputs.iter().flat_map(Input::told).collect();
    let mut all = Gathered { problems, ..Gathered::default() };
    for (at, input) in inputs.iter().enumerate() {
        all.take(at, input);
    }
    let (spec, rows) = all.compared();
    let mut settings = Settings::default();
    if let Some(threshold) = linking.threshold {
        settings.join = threshold;
        settings.open = settings.open.min(threshold);
    }
    let linked = linkage::link(&rows, &spec, &[], &settings);
    let numbers = numbered(linked.clusters.iter().copied());
    let persons = numbers.iter().copied().max().unwrap_or(0) as usize;
    for (row, number) in all.rows.iter_mut().zip(&numbers) {
        row.cluster = *number;
    }
    let checked = linking.truth.map(|_| checked(&numbers, &all.truths));
    let open = linked.open.len();
    let pairs = linked.joined.into_iter().chain(linked.open).collect();
    let (rows, problems, notes) = (all.rows, all.problems, linked.notes);
    Ok(FilesLinked { columns, rows, pairs, persons, open, checked, notes, problems })
}

/// Numbers from 1 for things, in the order in which they are first met.
fn numbered<T: Ord>(things: impl Iterator<Item = T>) -> Vec<u32> {
    let mut seen: BTreeMap<T, u32> = BTreeMap::new();
    things
        .map(|thing| {
            let next = u32::try_from(seen.len() + 1).unwrap_or(u32::MAX);
            *seen.entry(thing).or_insert(next)
        })
        .collect()
}

/// Scores the rows whose truth is told.
fn checked(numbers: &[u32], truths: &[Option<String>]) -> Checked {
    let told = numbers.iter().zip(truths).filter_map(|(n, truth)| Some((*n, truth.as_ref()?)));
    let (found, truths): (Vec<u32>, Vec<&String>) = told.unzip();
    let known = numbered(truths.into_iter());
    Checked {
        rows: found.len(),
        persons: known.iter().copied().max().unwrap_or(0) as usize,
        pairwise: score::pairwise(&found, &known),
        b_cubed: score::b_cubed(&found, &known),
    }
}

fn inputs(linking: &Linking<'_>) -> Result<(Vec<Input>, Vec<Problem>)> {
    let (mut inputs, mut problems) = (Vec::new(), Vec::new());
    for path in linking.files {
        let alike = linking.files.iter().filter(|other| file_name(other) == file_name(path));
        // Two files of one name are told apart by the paths that the user gave.
        let name = if alike.count() > 1 { path.display().to_string() } else { file_name(path) };
        let (tables, met) = sheets::read(path)?;
        problems.extend(met);
        let many = tables.len() > 1;
        let before = inputs.len();
        let mut headers = Vec::new();
        for table in tables {
            headers.extend(table.headers.iter().cloned());
            // A workbook may hold notes and figures beside its lists.
            if many && !mapping::infer(&table).is_victim_list() {
                continue;
            }
            let source = if many { format!("{name}#{}", table.sheet) } else { name.clone() };
            let input = Input::of(path, source, table, linking)?;
            if input.mapping.is_victim_list() {
                inputs.push(input);
            }
        }
        if inputs.len() == before {
            let reason = format!(
                "has no column of names; give one of its columns a header such as \"name\" or \
                 \"الاسم\": {}",
                headers.join(", ")
            );
            return Err(Error::Input { path: path.clone(), reason });
        }
    }
    Ok((inputs, problems))
}

impl Input {
    fn of(path: &Path, source: String, mut table: Table, linking: &Linking<'_>) -> Result<Self> {
        let find = |header: Option<&str>| {
            header.map(|header| sheets::column(path, &table, header)).transpose()
        };
        let (id, truth) = (find(linking.id_column)?, find(linking.truth)?);
        let texts = |column: Option<usize>| -> BTreeMap<u64, String> {
            let Some(column) = column else { return BTreeMap::new() };
            let cells = table.rows.iter().map(|row| (row.row, cell(&row.cells, column).to_owned()));
            cells.collect()
        };
        let (ids, truths) = (texts(id), texts(truth));
        for column in [id, truth].into_iter().flatten() {
            // The column keeps its place, so that others keep theirs, and tells nothing.
            table.headers[column] = String::new();
            for row in &mut table.rows {
                if let Some(cell) = row.cells.get_mut(column) {
                    cell.clear();
                }
            }
        }
        let mapping = mapping::infer(&table);
        let extras = extras(&mapping);
        let list = list_column(&table, &mapping);
        Ok(Self { source, table, mapping, extras, list, ids, truths })
    }

    /// What each column was taken for.
    fn told(&self) -> Vec<InferredColumn> {
        let columns = self.mapping.columns.iter().enumerate();
        let named = columns.filter(|(_, column)| !column.header.is_empty());
        named
            .map(|(at, column)| {
                let (mut role, mut compared) = words(column.role);
                // A whole name says more than its parts; they step in row by row.
                if self.mapping.column(Role::Name).is_some() {
                    role = match column.role {
                        Role::Given => Some("given name, where the name is missing"),
                        Role::Family => Some("family name, where the name is missing"),
                        _ => role,
                    };
                }
                if let Some(extra) = self.extras.iter().position(|extra| *extra == Some(at)) {
                    (role, compared) = (Some(EXTRAS[extra].0), true);
                } else if self.list == Some(at) {
                    (role, compared) = (Some("list that the row stands on"), false);
                }
                let (source, header) = (self.source.clone(), column.header.clone());
                InferredColumn { source, header, role, compared }
            })
            .collect()
    }

    /// The values of [`EXTRAS`] in a row.
    fn extra_values(&self, cells: &[String]) -> Vec<Option<Value>> {
        let value = |(at, column): (usize, &Option<usize>)| {
            let text = cell(cells, (*column)?);
            let known = (at == PROVINCE).then(|| Gazetteer::embedded().find(text)).flatten();
            let text = known.map_or_else(|| text.to_owned(), |place| place.id.clone());
            (!text.is_empty()).then_some(Value::Text(text))
        };
        self.extras.iter().enumerate().map(value).collect()
    }
}

/// The words of a role, and whether rows are compared by it.
fn words(role: Role) -> (Option<&'static str>, bool) {
    match role {
        Role::Name => (Some("name"), true),
        Role::NameOther => (Some("name in the other script"), true),
        Role::Given => (Some("given name"), true),
        Role::Family => (Some("family name"), true),
        Role::Father => (Some("father"), true),
        Role::Mother => (Some("mother"), true),
        Role::Sex => (Some("sex"), true),
        Role::Age => (Some("age"), true),
        Role::Born => (Some("born"), true),
        Role::Date => (Some("date"), true),
        Role::Place => (Some("place"), true),
        Role::Province => (Some("province"), true),
        Role::Status => (Some("status"), false),
        Role::Group => (Some("group"), false),
        Role::Cause => (Some("cause"), false),
        Role::Party => (Some("party"), false),
        Role::ListId => (Some("number on the list"), false),
        Role::Fate | Role::Origin | Role::Occupation | Role::Kin | Role::Other => (None, false),
    }
}

/// A header as words between spaces, in folded form.
fn plain(header: &str) -> String {
    let folded = fold(header);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// For each of [`EXTRAS`] its column: one that the intake keeps without using it.
fn extras(mapping: &Mapping) -> Vec<Option<usize>> {
    let mut free: Vec<(usize, String)> = (0..)
        .zip(&mapping.columns)
        .filter(|(_, column)| words(column.role).0.is_none() || column.role == Role::ListId)
        .map(|(at, column)| (at, format!(" {} ", plain(&column.header))))
        .collect();
    let mut found = vec![mapping.column(Role::Province)];
    for (_, _, phrases) in &EXTRAS[PROVINCE + 1..] {
        let holds = |header: &str| phrases.iter().any(|p| header.contains(&format!(" {p} ")));
        let at = free.iter().position(|(_, header)| holds(header));
        found.push(at.map(|at| free.remove(at).0));
    }
    found
}

/// The column that says which list a row stands on: its header says so, and few lists have many
/// rows. A source of its own for each row tells nothing.
fn list_column(table: &Table, mapping: &Mapping) -> Option<usize> {
    let mut columns = mapping.columns.iter().enumerate();
    let (at, _) = columns.find(|(_, column)| {
        column.role == Role::Other && LISTS.contains(&plain(&column.header).as_str())
    })?;
    let mut lists: Vec<&str> = table.rows.iter().map(|row| cell(&row.cells, at)).collect();
    let count = lists.len();
    lists.sort_unstable();
    lists.dedup();
    (lists.len() * 4 <= count).then_some(at)
}

impl Gathered {
    fn take(&mut self, at: usize, input: &Input) {
        let item = ItemId(format!("{at:06}"));
        // Nothing is linked by parties, so their words need no class.
        let (records, problems) = mapping::records(
            &item,
            &input.source,
            &input.table,
            &input.mapping,
            Gazetteer::embedded(),
            &|_| sijil_claims::PartyClass::Unknown,
        );
        self.problems.extend(problems);
        let mut cells = input.table.rows.iter();
        for mut record in records {
            // Both run in the order of the file, and every record has its row.
            let row = cells.find(|row| row.row == record.at.row).map(|row| row.cells.as_slice());
            let row = row.unwrap_or_default();
            // A province alone is compared as one; it must not count a second time as the place.
            if record.place.is_none() {
                record.place_id = None;
            }
            let number = record.at.row;
            self.extras.push(input.extra_values(row));
            self.lists.push((at, input.list.map_or("", |list| cell(row, list)).to_owned()));
            self.truths.push(input.truths.get(&number).filter(|t| !t.is_empty()).cloned());
            let (source, id) = (input.source.clone(), input.ids.get(&number).cloned());
            self.rows.push(LinkedRow { source, row: number, cluster: 0, id });
            self.records.push(record);
        }
    }

    /// The rows to compare, without the fields that are empty in all of them.
    fn compared(&self) -> (Spec, Vec<Row>) {
        let mut fields = spec().fields;
        let extras = EXTRAS.iter().map(|(name, kind, _)| (*name, *kind));
        fields.extend(extras.map(|(name, kind)| Field { name: name.to_owned(), kind }));
        let mut compared = rows(&self.records);
        let lists = numbered(self.lists.iter());
        for ((row, extra), list) in compared.iter_mut().zip(&self.extras).zip(lists) {
            row.values.extend(extra.iter().cloned());
            row.list = list - 1;
        }
        let used: Vec<bool> = (0..fields.len())
            .map(|at| compared.iter().any(|row| row.values[at].is_some()))
            .collect();
        let mut keep = used.iter();
        fields.retain(|_| *keep.next().unwrap_or(&true));
        for row in &mut compared {
            let mut keep = used.iter();
            row.values.retain(|_| *keep.next().unwrap_or(&true));
        }
        (Spec { fields }, compared)
    }
}
