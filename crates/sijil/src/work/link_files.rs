//! Links the rows of bare files into persons, in no register: `sijil link`.
//!
//! Columns mean what the intake takes them for, or what a spec says. The columns of ids and of truth
//! are taken out before anything is inferred.

use std::path::{Path, PathBuf};

pub use sijil_linkage::Persons;
use sijil_linkage::{Linkage, Roll, Texts, score};

use super::columns::{self, Cells, Columns};
use super::error::{Error, Result};
use super::link_labels;
use super::link_rows::{Rows, common_script};
use super::link_since::{Former, TakenUp, renumbered};
use super::link_spec::{LinkSpec, list_column};
use super::sheets::file_name;
use super::truth::Checked;
use crate::intake::mapping;
use crate::model::{Mapping, Problem, Role};

/// What to link, and how.
#[derive(Clone, Debug, Default)]
pub struct Linking<'a> {
    /// The files: csv, xlsx or parquet.
    pub files: &'a [PathBuf],
    /// What to link by; else it is inferred.
    pub spec: Option<&'a LinkSpec>,
    /// Pairs that a human has judged.
    pub labels: Option<&'a Path>,
    /// Folder that a former run wrote into: its persons keep their numbers, new rows join.
    pub since: Option<&'a Path>,
    /// Records are joined from this probability on; else from that of the spec.
    pub threshold: Option<f64>,
    /// No list names a person twice.
    pub one_to_one: bool,
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
    pub role: Option<String>,
    /// Whether rows are compared by it.
    pub compared: bool,
}

/// A row that was linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkedRow {
    /// Number of its source.
    pub source: u32,
    /// Row as a spreadsheet shows it; for CSV the line that it begins on.
    pub row: u64,
    /// Number of its person, from 1 in the order of first rows.
    pub cluster: u32,
    /// Number of its id.
    pub id: u32,
}

/// The outcome.
pub struct FilesLinked {
    /// What each column was taken for.
    pub columns: Vec<InferredColumn>,
    /// What was linked by.
    pub spec: LinkSpec,
    /// Files, with their sheets where they have several.
    pub sources: Vec<String>,
    /// Every row that lists a person, in the order of the files.
    pub rows: Vec<LinkedRow>,
    /// The ids of rows, where a column of ids was named.
    pub ids: Option<Texts>,
    /// Clusters, pairs and what was learned, by the indices of the rows.
    pub linkage: Linkage,
    /// The lists that rows stand on: source, and what a column of lists says.
    pub lists: Texts,
    /// Where a former run was taken up, the number of each row's person in it; 0 for a new row.
    pub before: Option<Vec<u32>>,
    /// What the rows say, as a number that changes with it.
    pub digest: String,
    /// Persons behind the rows.
    pub persons: usize,
    /// How well it went, where a truth was named.
    pub checked: Option<Checked>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// One table on its way to be linked.
struct Input {
    source: String,
    columns: Columns,
    mapping: Mapping,
    /// Columns of ids and of truth.
    id: Option<Cells>,
    truth: Option<Cells>,
    /// Column that says which list a row stands on.
    list: Option<usize>,
}

/// Links the rows of files into persons.
///
/// # Errors
/// When a file cannot be read, lacks a column that was named, or lists nobody.
pub fn link_files(linking: &Linking<'_>) -> Result<FilesLinked> {
    let (inputs, mut problems) = inputs(linking)?;
    let spec = spec(linking, &inputs);
    let columns = inputs.iter().flat_map(|input| input.told(&spec)).collect();
    let former = linking.since.map(Former::read).transpose()?;
    let lists = former.as_ref().map(Former::lists).unwrap_or_default();
    let mut all = Gathered::of(inputs, &spec, lists, &mut problems);
    let ids = linking.id_column.is_some().then_some(std::mem::take(&mut all.ids));
    let digest = format!("{:016x}", all.roll.digest());
    let taken_up = former.map(|former| all.take_up(&former)).transpose()?;
    let rulings = match linking.labels {
        None => Vec::new(),
        Some(path) => link_labels::read(path, &all.sources, &all.rows, ids.as_ref())?,
    };
    let Gathered { roll, sources, mut rows, truths, lists, .. } = all;
    let (linkage, clusters, before) = match taken_up {
        None => {
            let linkage = Linkage::of(roll, &rulings, &spec.settings());
            let clusters = numbered(&linkage.clusters());
            (linkage, clusters, None)
        }
        Some(TakenUp { mut linkage, later, numbers }) => {
            linkage.add(later, &rulings, &spec.settings());
            let clusters = renumbered(&linkage.clusters(), &numbers);
            (linkage, clusters, Some(numbers))
        }
    };
    for (row, number) in rows.iter_mut().zip(&clusters) {
        row.cluster = *number;
    }
    let persons = distinct(&clusters);
    let checked = linking.truth.map(|_| checked(&clusters, &truths));
    Ok(FilesLinked {
        columns,
        spec,
        sources,
        rows,
        ids,
        linkage,
        lists,
        before,
        digest,
        persons,
        checked,
        problems,
    })
}

/// How many numbers there are.
fn distinct(numbers: &[u32]) -> usize {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.len()
}

/// What to link by: what the user gave, else what the columns say.
fn spec(linking: &Linking<'_>, inputs: &[Input]) -> LinkSpec {
    let mut spec = linking.spec.cloned().unwrap_or_else(|| {
        let mut spec = LinkSpec::empty();
        inputs.iter().for_each(|input| spec.add(&input.mapping, input.list));
        spec.sort();
        spec
    });
    spec.threshold = linking.threshold.unwrap_or(spec.threshold);
    spec.one_to_one |= linking.one_to_one;
    spec
}

/// Numbers from 1 for the indices of clusters, in the order in which they are met.
fn numbered(clusters: &[u32]) -> Vec<u32> {
    let mut numbers = vec![0; clusters.len()];
    let mut next = 0;
    let number = |cluster: &u32| {
        let known = &mut numbers[*cluster as usize];
        if *known == 0 {
            next += 1;
            *known = next;
        }
        *known
    };
    clusters.iter().map(number).collect()
}

/// Scores the rows whose truth is told: 0 is none.
fn checked(clusters: &[u32], truths: &[u32]) -> Checked {
    let told = clusters.iter().zip(truths).filter(|(_, truth)| **truth > 0);
    let (found, known): (Vec<u32>, Vec<u32>) = told.unzip();
    Checked {
        rows: found.len(),
        persons: distinct(&known),
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
        let (tables, met) = columns::read(path)?;
        problems.extend(met);
        let many = tables.len() > 1;
        let before = inputs.len();
        let mut headers = Vec::new();
        for table in tables {
            headers.extend(table.headers.iter().cloned());
            // A workbook may hold notes and figures beside its lists.
            if many && !mapping::infer(&table.top).is_victim_list() {
                continue;
            }
            let source = if many { format!("{name}#{}", table.sheet) } else { name.clone() };
            let input = Input::of(path, source, table, linking)?;
            if linking.spec.is_some() || input.mapping.is_victim_list() {
                inputs.push(input);
            }
        }
        if inputs.len() == before {
            let reason = format!(
                "has no column of names; give one of its columns a header such as \"name\" or \
                 \"الاسم\", or say with --spec what its columns are: {}",
                headers.join(", ")
            );
            return Err(Error::Input { path: path.clone(), reason });
        }
    }
    Ok((inputs, problems))
}

impl Input {
    fn of(
        path: &Path,
        source: String,
        mut columns: Columns,
        linking: &Linking<'_>,
    ) -> Result<Self> {
        let mut take = |header: Option<&str>| -> Result<Option<Cells>> {
            let Some(header) = header else { return Ok(None) };
            let at = super::sheets::column(path, &columns.top, header)?;
            // The column keeps its place, so that others keep theirs, and tells nothing.
            columns.headers[at] = String::new();
            columns.top.headers[at] = String::new();
            columns.top.rows.iter_mut().for_each(|row| row.cells[at].clear());
            let mut none = Cells::default();
            let empty = none.distinct.number("");
            none.codes = vec![empty; columns.rows.len()];
            Ok(Some(std::mem::replace(&mut columns.cells[at], none)))
        };
        let (id, truth) = (take(linking.id_column)?, take(linking.truth)?);
        let mapping = mapping::infer(&columns.top);
        let list = match linking.spec {
            // A source of its own for each row tells nothing.
            None => list_column(&mapping)
                .filter(|at| columns.cells[*at].distinct.len() * 4 <= columns.rows.len()),
            Some(spec) => columns.headers.iter().position(|header| spec.lists.contains(header)),
        };
        columns.top.rows = Vec::new();
        Ok(Self { source, columns, mapping, id, truth, list })
    }

    /// What each column was taken for.
    fn told(&self, spec: &LinkSpec) -> Vec<InferredColumn> {
        let columns = self.mapping.columns.iter().enumerate();
        let named = columns.filter(|(_, column)| !column.header.is_empty());
        named
            .map(|(at, column)| {
                let (source, header) = (self.source.clone(), column.header.clone());
                let field = spec.fields.iter().find(|field| field.columns.contains(&header));
                let piece = spec.fields.iter().find(|field| field.pieces.contains(&header));
                let (role, compared) = match (field, piece) {
                    _ if self.list == Some(at) => {
                        (Some("list that the row stands on".to_owned()), false)
                    }
                    (Some(_), _) if column.role == Role::NameOther => {
                        (Some("name in the other script".to_owned()), true)
                    }
                    (Some(field), _) => (Some(field.name.clone()), true),
                    (None, Some(field)) => (Some(self.piece(column.role, &field.name)), true),
                    (None, None) => (left_out(column.role).map(str::to_owned), false),
                };
                InferredColumn { source, header, role, compared }
            })
            .collect()
    }

    /// The words of a column that holds a piece of a name.
    fn piece(&self, role: Role, field: &str) -> String {
        let words = match role {
            Role::Given => "given name",
            Role::Family => "family name",
            _ => return format!("piece of the {field}"),
        };
        // A whole name says more than its parts; they step in row by row.
        let whole = self.mapping.column(Role::Name).is_some();
        format!("{words}{}", if whole { ", where the name is missing" } else { "" })
    }
}

/// The words of a column that is known and not compared.
fn left_out(role: Role) -> Option<&'static str> {
    match role {
        Role::Status => Some("status"),
        Role::Group => Some("group"),
        Role::Cause => Some("cause"),
        Role::Party => Some("party"),
        Role::ListId => Some("number on the list"),
        _ => None,
    }
}

/// The rows of all tables.
struct Gathered {
    roll: Roll,
    sources: Vec<String>,
    rows: Vec<LinkedRow>,
    ids: Texts,
    /// For each row the number of its truth; 0 for none.
    truths: Vec<u32>,
    /// The lists that rows stand on.
    lists: Texts,
}

impl Gathered {
    /// `known` are the names of lists in the order in which they are numbered.
    fn of(
        inputs: Vec<Input>,
        spec: &LinkSpec,
        known: &[String],
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut roll = Roll::new(&spec.fields());
        let (mut sources, mut rows, mut truths) = (Vec::new(), Vec::new(), Vec::new());
        let (mut ids, mut lists, mut persons) =
            (Texts::default(), Texts::default(), Texts::default());
        known.iter().for_each(|list| _ = lists.number(list));
        // The first number is of rows without a truth.
        persons.number("");
        let mut tables = Vec::new();
        let mut others = Vec::new();
        for Input { source, columns, id, truth, list, .. } in inputs {
            tables.push((source, columns));
            others.push((id, truth, list));
        }
        let common = common_script(&tables, spec);
        for ((source, table), (id, truth, list)) in tables.into_iter().zip(others) {
            let number = u32::try_from(sources.len()).unwrap_or(u32::MAX);
            let mut read = Rows::of(&source, &table, spec, common, &mut roll, problems);
            for (at, row) in table.rows.iter().enumerate() {
                let list = list.map_or("", |list| table.cells[list].get(at));
                let list = lists.number(&format!("{source}: {list}"));
                if read.push(at, list, &mut roll) {
                    let id = ids.number(id.as_ref().map_or("", |ids| ids.get(at)));
                    rows.push(LinkedRow { source: number, row: *row, cluster: 0, id });
                    truths.push(persons.number(truth.as_ref().map_or("", |truth| truth.get(at))));
                }
            }
            sources.push(source);
        }
        Self { roll, sources, rows, ids, truths, lists }
    }

    /// Takes up a former run and puts its rows first.
    fn take_up(&mut self, former: &Former) -> Result<TakenUp> {
        let Self { roll, sources, rows, truths, .. } = self;
        let empty = Roll::new(roll.spec());
        let roll = std::mem::replace(roll, empty);
        let told = rows.clone();
        former.take_up(roll, sources, &told, &mut |is_known| {
            let mut order: Vec<usize> = (0..is_known.len()).collect();
            order.sort_by_key(|at| !is_known[*at]);
            *rows = order.iter().map(|at| rows[*at]).collect();
            *truths = order.iter().map(|at| truths[*at]).collect();
        })
    }
}
