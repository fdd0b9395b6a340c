//! What every section of a page looks things up in: one index over the report, built once.

use std::collections::BTreeMap;

use sijil_claims::accounts::StatementRef;

use super::cite::{Citer, Cites};
use super::{Options, words};
use crate::model::{
    ClaimLine, ItemId, ItemLine, Mark, MarkId, PersonId, PersonLine, RecordRef, Report,
};

/// Persons that a page lists; a longer list stands in `persons.csv` alone.
pub(super) const PERSONS_SHOWN: usize = 2_000;

/// Persons named behind one cell of a table.
const BEHIND: usize = 6;

/// A report with its indexes, and which marks the page has used.
pub(super) struct Context<'r> {
    pub(super) report: &'r Report,
    pub(super) names: bool,
    citer: Citer,
    claims: BTreeMap<StatementRef, &'r ClaimLine>,
    places: BTreeMap<&'r str, &'r str>,
    items: BTreeMap<&'r ItemId, &'r ItemLine>,
    persons: BTreeMap<&'r PersonId, usize>,
    records: BTreeMap<&'r RecordRef, MarkId>,
}

/// A person's number on the page, as a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PersonLink(pub(super) usize);

/// The persons behind a number: the first few as links, and how many more.
#[derive(Clone, Debug, Default)]
pub(super) struct Behind {
    pub(super) persons: Vec<PersonLink>,
    pub(super) more: usize,
}

impl<'r> Context<'r> {
    pub(super) fn of(report: &'r Report, options: &Options) -> Self {
        let mut places = BTreeMap::new();
        for claim in &report.claims {
            for place in &claim.claim.places {
                if let Some(id) = &place.id {
                    places.entry(id.as_str()).or_insert(place.text.as_str());
                }
            }
        }
        places.extend(report.places.iter().map(|p| (p.id.as_str(), p.label.as_str())));
        let persons = report.persons.iter().enumerate();
        let records = report.persons.iter().flat_map(records);
        Self {
            report,
            names: options.names,
            citer: Citer::of(report.marks.len()),
            claims: report.claims.iter().map(|line| (line.at, line)).collect(),
            places,
            items: report.items.iter().map(|item| (&item.id, item)).collect(),
            persons: persons.map(|(nth, line)| (&line.person.id, nth + 1)).collect(),
            records: records.collect(),
        }
    }

    /// The first few of these marks, for a number that also stands in a table beside the page.
    pub(super) fn cite(&mut self, marks: impl IntoIterator<Item = MarkId>) -> Cites {
        self.citer.cite(marks)
    }

    /// All of these marks.
    pub(super) fn cite_all(&mut self, marks: impl IntoIterator<Item = MarkId>) -> Cites {
        self.citer.cite_all(marks)
    }

    /// All marks of the claims at these places.
    pub(super) fn cite_statements(&mut self, at: &[StatementRef]) -> Cites {
        let claims = &self.claims;
        let marks: Vec<MarkId> =
            at.iter().filter_map(|at| claims.get(at)).map(|line| line.mark).collect();
        self.citer.cite_all(marks)
    }

    /// The mark of a record, where a person on this page has it.
    pub(super) fn cite_record(&mut self, record: &RecordRef) -> Cites {
        let mark = self.records.get(record).copied();
        self.citer.cite(mark)
    }

    /// Every mark that the page has used, in order.
    pub(super) fn cited(&self) -> impl Iterator<Item = &'r Mark> + '_ {
        let report = self.report;
        self.citer.cited().filter_map(move |nth| report.marks.get(nth))
    }

    pub(super) fn claim(&self, at: StatementRef) -> Option<&'r ClaimLine> {
        self.claims.get(&at).copied()
    }

    pub(super) fn item(&self, id: &ItemId) -> Option<&'r ItemLine> {
        self.items.get(id).copied()
    }

    /// Name of a place by its gazetteer id, or the words themselves.
    pub(super) fn place<'p>(&self, id: &'p str) -> &'p str
    where
        'r: 'p,
    {
        self.places.get(id).copied().unwrap_or(id)
    }

    /// The area of an account in words, each place once.
    pub(super) fn area(&self, area: &[String]) -> String {
        let mut names: Vec<&str> = Vec::new();
        for id in area {
            let name = self.place(id);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    }

    /// Links to the first persons behind a cell.
    pub(super) fn behind(&self, persons: &[PersonId]) -> Behind {
        let listed = persons.iter().filter_map(|id| self.persons.get(id).copied());
        let shown: Vec<PersonLink> =
            listed.filter(|nth| *nth <= PERSONS_SHOWN).take(BEHIND).map(PersonLink).collect();
        Behind { more: persons.len() - shown.len(), persons: shown }
    }
}

/// Each record of a person with its mark.
fn records(line: &PersonLine) -> impl Iterator<Item = (&RecordRef, MarkId)> {
    line.person.records.iter().map(|record| &record.at).zip(line.marks.iter().copied())
}

impl Behind {
    /// How many persons are not linked, in words.
    pub(super) fn rest(&self) -> String {
        words::number(self.more as u64)
    }
}
