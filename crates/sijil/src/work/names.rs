//! Compares names in two columns, and finds the names of a list that are nearest to a name.

use std::path::Path;

use rayon::prelude::*;
use sijil_text::names::{Alignment, Comparison, Found, How, Name, NameIndex, Part, compare};

use super::error::Result;
use super::sheets;
use crate::model::{Problem, Table};

/// From this probability on two names are taken for one.
const SAME: f64 = 0.5;

/// How likely two names are one, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct NameScore {
    /// The probability that they are spellings of one name.
    pub score: f64,
    /// Whether they are taken for spellings of one name.
    pub same: bool,
    /// Which parts answer each other, in what way, and which stand alone.
    pub why: String,
}

/// A table whose rows each hold two names, compared.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedNames {
    /// Headers of the table.
    pub headers: Vec<String>,
    /// Cells of each row with the outcome, in the order of the file.
    pub rows: Vec<(Vec<String>, NameScore)>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// A name found for a query.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundName {
    /// 1 for the nearest.
    pub rank: usize,
    /// The name as the list writes it.
    pub name: String,
    /// How like it is.
    pub found: NameScore,
}

/// The names found, for each query with the row it stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundNames {
    /// Row of the query (for CSV the line it begins on; 0 for a query that stands in no file) and
    /// what was found for it, the nearest first.
    pub queries: Vec<(u64, Vec<FoundName>)>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Compares two names in any of Arabic and Latin script.
pub fn compare_names(a: &str, b: &str) -> NameScore {
    let (a, b) = (Name::of(a), Name::of(b));
    let comparison = compare(&a, &b);
    scored(&a, &b, &comparison)
}

fn scored(a: &Name, b: &Name, comparison: &Comparison) -> NameScore {
    NameScore {
        score: rounded(comparison.probability),
        same: comparison.probability >= SAME,
        why: why(a, b, &comparison.alignment),
    }
}

/// Six decimals: near 1 they tell names apart that four would not.
fn rounded(score: f64) -> f64 {
    (score * 1_000_000.0).round() / 1_000_000.0
}

fn why(a: &Name, b: &Name, alignment: &Alignment) -> String {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => return "neither is a name".to_owned(),
        (true, false) => return "the first is no name".to_owned(),
        (false, true) => return "the second is no name".to_owned(),
        (false, false) => {}
    }
    let (mut only_a, mut only_b) = (vec![true; a.parts.len()], vec![true; b.parts.len()]);
    let mut said = Vec::new();
    for link in &alignment.links {
        only_a[link.a..link.a + link.a_parts].fill(false);
        only_b[link.b..link.b + link.b_parts].fill(false);
        let (x, y) = (piece(a, link.a, link.a_parts), piece(b, link.b, link.b_parts));
        let how = link.likeness.how;
        let which = if how == How::Same { x } else { format!("{x} = {y}") };
        said.push(format!("{which}: {}", how.words()));
    }
    for (name, only, which) in [(a, only_a, "first"), (b, only_b, "second")] {
        let parts = name.parts.iter().zip(only).filter(|(_, only)| *only);
        said.extend(parts.map(|(part, _)| format!("{}: only in the {which}", part.text)));
    }
    if alignment.turned {
        said.push("family name first in one of them".to_owned());
    }
    said.join("; ")
}

fn piece(name: &Name, at: usize, parts: usize) -> String {
    let texts: Vec<&str> = name.parts[at..at + parts].iter().map(text_of).collect();
    texts.join(" ")
}

fn text_of(part: &Part) -> &str {
    &part.text
}

/// Compares columns `left` and `right` of a file, row by row.
///
/// # Errors
/// When the file cannot be read or lacks a column.
pub fn compare_columns(file: &Path, left: &str, right: &str) -> Result<ComparedNames> {
    let (table, [a, b], problems) = table_with(file, [left, right])?;
    let outcome = |cells: Vec<String>| {
        let score = compare_names(sheets::cell(&cells, a), sheets::cell(&cells, b));
        (cells, score)
    };
    let rows = table.rows.into_par_iter().map(|row| outcome(row.cells)).collect();
    Ok(ComparedNames { headers: table.headers, rows, problems })
}

/// The names in `column` of a file that are nearest to `query`, at most `top` of them.
///
/// # Errors
/// When the file cannot be read or lacks the column.
pub fn nearest_names(query: &str, file: &Path, column: &str, top: usize) -> Result<FoundNames> {
    let (names, problems) = NameList::read(file, column)?;
    Ok(FoundNames { queries: vec![(0, names.nearest(query, top))], problems })
}

/// The same for every row of `query_column` in the file `queries`, in its order.
///
/// # Errors
/// When a file cannot be read or lacks its column.
pub fn nearest_names_of_each(
    (queries, query_column): (&Path, &str),
    (file, column): (&Path, &str),
    top: usize,
) -> Result<FoundNames> {
    let (table, [at], mut problems) = table_with(queries, [query_column])?;
    let (names, more) = NameList::read(file, column)?;
    problems.extend(more);
    let queries = table
        .rows
        .par_iter()
        .map(|row| (row.row, names.nearest(sheets::cell(&row.cells, at), top)))
        .collect();
    Ok(FoundNames { queries, problems })
}

/// The first table of a file that has all these columns; else the error of its first table.
fn table_with<const N: usize>(
    file: &Path,
    headers: [&str; N],
) -> Result<(Table, [usize; N], Vec<Problem>)> {
    let (tables, problems) = sheets::read(file)?;
    let mut first_error = None;
    for table in tables {
        let mut at = [0; N];
        let found = headers.iter().zip(&mut at).try_for_each(|(header, at)| {
            *at = sheets::column(file, &table, header)?;
            Ok(())
        });
        match found {
            Ok(()) => return Ok((table, at, problems)),
            Err(e) => first_error = first_error.or(Some(e)),
        }
    }
    Err(first_error.expect("a file that was read has a table"))
}

/// How many names are split at once before they go into the index.
const AT_ONCE: usize = 1 << 15;

/// The distinct names of a column in the order of their texts, and the index to search them with.
struct NameList {
    texts: Vec<String>,
    index: NameIndex,
}

impl NameList {
    fn read(file: &Path, column: &str) -> Result<(Self, Vec<Problem>)> {
        let (table, [at], problems) = table_with(file, [column])?;
        let cells = table.rows.iter().map(|row| sheets::cell(&row.cells, at));
        let mut texts: Vec<String> =
            cells.filter(|cell| !cell.is_empty()).map(str::to_owned).collect();
        texts.par_sort_unstable();
        texts.dedup();
        Ok((Self::of(texts), problems))
    }

    fn of(texts: Vec<String>) -> Self {
        let mut index = NameIndex::default();
        for some in texts.chunks(AT_ONCE) {
            let names: Vec<Name> = some.par_iter().map(|text| Name::of(text)).collect();
            names.into_iter().for_each(|name| index.add(name));
        }
        Self { texts, index }
    }

    /// The nearest names; those with nothing in common are none. Equals stand in order of text.
    fn nearest(&self, query: &str, top: usize) -> Vec<FoundName> {
        let query = Name::of(query);
        let named = |(rank, found): (usize, Found)| {
            let name = self.texts[found.name].clone();
            let found = scored(&query, &Name::of(&name), &found.comparison);
            FoundName { rank, name, found }
        };
        (1..).zip(self.index.nearest(&query, top)).map(named).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_of_a_search_is_that_of_a_comparison() {
        let names = [
            "Abd al-Rahman Nabil Sabbagh",
            "Abu Omar Qassab",
            "Haddad Salim Yusuf",
            "Nur Eddin Khalil",
            "Umm Omar Qassab",
            "سليم يوسف الحداد",
            "نورالدين خليل",
        ];
        let list = NameList::of(names.map(str::to_owned).to_vec());
        for query in ["Saleem Yousef al-Haddad", "Noureddine Khalil", "ابو عمر القصاب", "Omar"]
        {
            let split = Name::of(query);
            let in_common =
                |name: &&&str| !compare(&split, &Name::of(name)).alignment.links.is_empty();
            let found = names.iter().filter(in_common);
            let mut expected: Vec<(f64, &str)> =
                found.map(|name| (compare_names(query, name).score, *name)).collect();
            expected.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(y.1)));
            let found = list.nearest(query, 10);
            let found: Vec<(f64, &str)> =
                found.iter().map(|f| (f.found.score, f.name.as_str())).collect();
            assert_eq!(found, expected, "{query}");
        }
    }

    #[test]
    fn reasons_name_the_parts_that_answer_and_those_that_do_not() {
        let crossed = compare_names("Salim Yusuf al-Haddad", "سليم الحداد");
        assert!(crossed.why.contains("same in the other script"), "{}", crossed.why);
        assert!(crossed.why.contains("yusuf: only in the first"), "{}", crossed.why);
        let twice = compare_names("Karim Sabbagh", "Karim Sabbagh");
        assert_eq!((twice.score, twice.same), (1.0, true));
        assert_eq!(twice.why, "karim: same; sabbagh: same");
        let nobody = compare_names("unidentified", "Karim Sabbagh");
        assert_eq!((nobody.score, nobody.same), (0.0, false));
        assert_eq!(nobody.why, "the first is no name");
    }
}
