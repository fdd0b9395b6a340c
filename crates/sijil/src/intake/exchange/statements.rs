//! A table of statements: one figure of one source a row, with what it is part of and whose place
//! it takes.
//!
//! Each row becomes a claim of killed people whose text is the row itself, and so does each part
//! that the row lists of its total. Nothing is added up. What the table says of how its figures hang
//! together (`supersedes`, `part_of`, `repeats`, and of the notes what [`super::notes`] reads) is
//! followed; `docs/exchange.md` describes the columns.

use std::collections::BTreeMap;

use sijil_claims::accounts::{Accounts, Statement, StatementRef};
use sijil_claims::{Claim, Flag, FlagKind, Language, Reading, Span, Stated};

use super::super::encoding::decode;
use super::cells::{Points, rows};
use super::notes;
use super::row::{Cells, Line};
use super::sheet::delimiter;
use super::{Brought, Flood, Foreign, Report};
use crate::model::{Document, Place};

/// Whether these are the columns of a table of statements.
pub(super) fn is_it(headers: &[String]) -> bool {
    let has = |name: &str| headers.iter().any(|header| header.eq_ignore_ascii_case(name));
    has("claim_id") && has("source") && (has("n_low") || has("n_best"))
}

pub(super) fn read(file: &Foreign<'_>, problem: &mut Report<'_>) -> Brought {
    let text = decode(file.bytes, problem);
    let mut all = rows(&text, delimiter(&text)).into_iter();
    let Some(header) = all.next() else {
        problem(Place::File, "has no header row; name the columns in its first row".to_owned());
        return Brought::default();
    };
    let name = |range: &std::ops::Range<usize>| {
        text[range.clone()].trim().trim_start_matches('\u{FEFF}').to_lowercase()
    };
    let headers: Vec<String> = header.cells.iter().map(name).collect();
    let mut flood = Flood::into(problem);
    let mut table = Statements::default();
    let mut points = Points::of(&text);
    for row in all.filter(|row| row.cells.iter().any(|cell| !text[cell.clone()].trim().is_empty()))
    {
        points.advance(row.cells[0].start);
        table.take(file, &Cells { text: &text, headers: &headers, row: &row }, &points, &mut flood);
    }
    table.tie(&mut flood);
    flood.end();
    table.check_sums();
    let document = Document {
        body: 0,
        title: Some(file.dataset.to_owned()),
        outlet: None,
        url: None,
        published: None,
        language: Language::En,
        text,
    };
    Brought { said: Some((document, table.reading)), ..Brought::default() }
}

/// Statements under construction.
#[derive(Default)]
struct Statements {
    reading: Reading,
    /// Each row by its name: what ties it to others.
    lines: Vec<Line>,
    /// Index of the claim of each row, by the row's name.
    index: BTreeMap<String, usize>,
}

impl Statements {
    /// Takes one row: its claim and those of the parts that it lists.
    fn take(
        &mut self,
        file: &Foreign<'_>,
        cells: &Cells<'_>,
        points: &Points<'_>,
        flood: &mut Flood<'_, '_>,
    ) {
        let Some(line) = Line::read(cells, flood) else { return };
        if self.index.contains_key(&line.id) {
            let message = "stands in an earlier row too: the row is left out; number it anew";
            flood.tell(cells.place("claim_id"), message.to_owned());
            return;
        }
        let at = self.reading.claims.len();
        let claim = line.claim(file, cells, points);
        let parts = cells.value("of_which").map(|(range, _)| range);
        self.reading.claims.push(claim);
        if let Some(range) = parts {
            let listed = super::parts::parts(&cells.text[range.clone()]);
            self.list(file, &listed, at, range.start, points);
        }
        self.index.insert(line.id.clone(), at);
        self.lines.push(line);
    }

    /// Adds the parts of the claim `total`, and theirs.
    fn list(
        &mut self,
        file: &Foreign<'_>,
        parts: &[super::parts::Part],
        total: usize,
        cell: usize,
        points: &Points<'_>,
    ) {
        for (nth, part) in (1..).zip(parts) {
            let at = self.reading.claims.len();
            let whole = &self.reading.claims[total];
            let span = points.span(&(cell + part.at.start..cell + part.at.end));
            let claim = super::row::part(file, whole, part, total, nth, span);
            self.reading.claims.push(claim);
            self.list(file, &part.parts, at, cell, points);
        }
    }

    /// Ties rows to the rows that they name.
    fn tie(&mut self, flood: &mut Flood<'_, '_>) {
        let lines = std::mem::take(&mut self.lines);
        for line in &lines {
            let at = self.index[&line.id];
            let mut named = |id: &Option<String>, column: &str| {
                let id = id.as_ref()?;
                let found = self.index.get(id).copied();
                if found.is_none() {
                    let message = "names no row of the table: left out; name one by its claim_id";
                    flood.tell(line.place(column), message.to_owned());
                }
                found
            };
            let total = named(&line.part_of, "part_of");
            let earlier = named(&line.supersedes, "supersedes");
            self.reading.claims[at].parent = total;
            self.stated(at).supersedes = earlier;
            if let Some(earlier) = earlier {
                self.continue_parts(at, earlier);
            }
        }
        let ids: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
        for line in &lines {
            let at = self.index[&line.id];
            if let Some(of) = notes::repeated(&line.repeats, &line.note, &line.id, &ids) {
                self.stated(at).repeats = self.source_of(self.index[of]);
            } else if let Some(of) = notes::taken_over_by(&line.note, &line.id, &ids) {
                self.mark_part(self.index[of], at);
            }
            if let Some((sum, other)) = notes::open_sum(&line.note)
                && line.numbers.contains(&other)
            {
                let message = format!("{}: parts add up to {sum}, stated are {other}", line.id);
                self.flag(at, message);
            }
        }
    }

    fn stated(&mut self, at: usize) -> &mut Stated {
        self.reading.claims[at].stated.get_or_insert_default()
    }

    fn source_of(&self, at: usize) -> Option<String> {
        self.reading.claims[at].source.as_ref().map(|source| source.text.clone())
    }

    fn parts_of(&self, total: usize) -> Vec<usize> {
        let is_part = |claim: &Claim| {
            claim.parent == Some(total) && claim.stated.as_ref().is_some_and(|s| s.listed)
        };
        (0..self.reading.claims.len()).filter(|at| is_part(&self.reading.claims[*at])).collect()
    }

    /// A part of a newer total takes the place of the same part of the older one.
    fn continue_parts(&mut self, newer: usize, older: usize) {
        let key = |claim: &Claim| {
            let places: Vec<String> = claim.places.iter().map(|p| p.text.clone()).collect();
            let sides: Vec<_> = claim.perpetrators.iter().map(|p| p.class).collect();
            (claim.victims.clone(), claim.group.clone(), places, sides, claim.scope)
        };
        let older = self.parts_of(older);
        for part in self.parts_of(newer) {
            let own = key(&self.reading.claims[part]);
            let before = older.iter().find(|at| key(&self.reading.claims[**at]) == own).copied();
            self.stated(part).supersedes = before;
        }
    }

    /// The part of `total` that has the number of the row `origin` repeats that row's source.
    fn mark_part(&mut self, total: usize, origin: usize) {
        let number = self.reading.claims[origin].quantity.low;
        let source = self.source_of(origin);
        let parts = self.parts_of(total);
        let same = parts.into_iter().find(|at| self.reading.claims[*at].quantity.low == number);
        if let Some(part) = same {
            self.stated(part).repeats = source;
        }
    }

    fn flag(&mut self, at: usize, message: String) {
        let spans: Vec<Span> = vec![self.reading.claims[at].sentence];
        let flagged = self.reading.flags.iter().any(|flag| flag.spans == spans);
        if !flagged {
            self.reading.flags.push(Flag { kind: FlagKind::SumDoesNotClose, message, spans });
        }
    }

    /// Recomputes every sum and flags those that do not close.
    fn check_sums(&mut self) {
        let claims = self.reading.claims.iter().enumerate();
        let statements: Vec<Statement<'_>> = claims
            .map(|(claim, said)| Statement {
                at: StatementRef { document: 0, claim },
                outlet: None,
                published: said.stated.as_ref().and_then(|stated| stated.published),
                claim: said,
            })
            .collect();
        let sums = Accounts::of(&statements).sums;
        for sum in sums.into_iter().filter(|sum| !sum.closes) {
            let at = sum.total.claim;
            let id = self.stated(at).id.clone();
            self.flag(at, format!("{id}: parts add up to {}, stated are {}", sum.sum, sum.stated));
        }
    }
}
