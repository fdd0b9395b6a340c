//! All that counts at one point of the history, loaded once: what figures are counted from.

use std::collections::BTreeMap;

use sijil_claims::Claim;
use sijil_claims::accounts::{Accounts, Statement, StatementRef};
use sijil_text::places::Gazetteer;

use super::error::Result;
use super::extract::{gazetteer, settings};
use crate::model::{ItemId, MarkId, Person, PersonId, Problem, Record, RecordRef, Settings};
use crate::register::{
    AsOf, CapturedItem, DocumentRow, LinkState, ListingRow, PairRow, RecordRow, Register, Verdict,
};

/// All that counts at one point of the history.
pub struct Material {
    /// Items by their first path.
    pub items: Vec<CapturedItem>,
    /// Documents with what they say.
    pub documents: Vec<DocumentRow>,
    /// Lists.
    pub listings: Vec<ListingRow>,
    /// Records with their rows' cells, in order of item, sheet and row.
    pub records: Vec<RecordRow>,
    /// Persons behind them, by their names in the register.
    pub persons: Vec<Person>,
    /// Pairs and judgements.
    pub pairs: Vec<PairRow>,
    /// Accounts side by side.
    pub accounts: Accounts,
    /// Problems met.
    pub problems: Vec<Problem>,
    /// Places, embedded and of the settings.
    pub gazetteer: Gazetteer,
    /// Settings in force.
    pub settings: Settings,
    /// First mark of each document's claims: marks of claims come first, in order.
    first_marks: Vec<usize>,
    paths: BTreeMap<ItemId, String>,
}

impl Material {
    /// Loads what counts at `as_of`.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn of(register: &Register, as_of: AsOf) -> Result<Self> {
        let records = register.records(as_of)?;
        let LinkState { persons, pairs } = register.links(as_of)?;
        let persons = persons_of(&records, &persons);
        Ok(Self { records, persons, pairs, ..Self::said(register, as_of)? })
    }

    /// Loads what texts say and leaves out whom lists name: no records, persons and pairs.
    pub(super) fn said(register: &Register, as_of: AsOf) -> Result<Self> {
        let documents = register.documents(as_of)?;
        let statements = statements(&documents);
        let accounts = Accounts::of(&statements);
        let mut first_marks = Vec::with_capacity(documents.len());
        let mut next = 1;
        for document in &documents {
            first_marks.push(next);
            next += document.reading.claims.len();
        }
        let (settings, _) = settings(register, as_of)?;
        let items = register.items(as_of)?;
        let paths = items.iter().map(|c| (c.item.id.clone(), c.path.clone())).collect();
        Ok(Self {
            items,
            listings: register.listings(as_of)?,
            persons: Vec::new(),
            problems: register.problems(as_of)?,
            gazetteer: gazetteer(&settings),
            settings,
            documents,
            records: Vec::new(),
            pairs: Vec::new(),
            accounts,
            first_marks,
            paths,
        })
    }

    /// The claim that a statement is.
    pub fn claim(&self, at: StatementRef) -> &Claim {
        &self.documents[at.document].reading.claims[at.claim]
    }

    /// The mark of a claim.
    pub fn claim_mark(&self, at: StatementRef) -> MarkId {
        MarkId(self.first_marks[at.document] + at.claim)
    }

    /// Number of marks that claims take.
    pub fn claim_marks(&self) -> usize {
        self.documents.iter().map(|d| d.reading.claims.len()).sum()
    }

    /// Every claim with its place among the documents.
    pub fn claims(&self) -> impl Iterator<Item = (StatementRef, &DocumentRow, &Claim)> {
        self.documents.iter().enumerate().flat_map(|(document, row)| {
            row.reading
                .claims
                .iter()
                .enumerate()
                .map(move |(claim, c)| (StatementRef { document, claim }, row, c))
        })
    }

    /// Path of an item.
    pub fn path(&self, item: &ItemId) -> &str {
        self.paths.get(item).map_or("", String::as_str)
    }

    /// What a document is called on a page: title, else outlet, else path.
    pub fn name_of(&self, row: &DocumentRow) -> String {
        let Some(title) = row.document.title.as_ref().or(row.document.outlet.as_ref()) else {
            return self.path(&row.item).to_owned();
        };
        title.clone()
    }

    /// Pairs that nobody has decided, most likely first.
    pub fn open_pairs(&self) -> Vec<&PairRow> {
        let mut open: Vec<&PairRow> =
            self.pairs.iter().filter(|pair| pair.verdict == Verdict::Open).collect();
        open.sort_by(|a, b| {
            b.probability.total_cmp(&a.probability).then_with(|| (&a.a, &a.b).cmp(&(&b.a, &b.b)))
        });
        open
    }

    /// Person of every record.
    pub fn person_of(&self) -> BTreeMap<&RecordRef, &PersonId> {
        self.persons
            .iter()
            .flat_map(|person| person.records.iter().map(move |record| (&record.at, &person.id)))
            .collect()
    }
}

fn statements(documents: &[DocumentRow]) -> Vec<Statement<'_>> {
    let mut all = Vec::new();
    for (document, row) in documents.iter().enumerate() {
        for (claim, said) in row.reading.claims.iter().enumerate() {
            all.push(Statement {
                at: StatementRef { document, claim },
                outlet: row.document.outlet.as_deref(),
                published: row.document.published,
                claim: said,
            });
        }
    }
    all
}

fn persons_of(records: &[RecordRow], links: &BTreeMap<RecordRef, PersonId>) -> Vec<Person> {
    let mut grouped: BTreeMap<&PersonId, Vec<Record>> = BTreeMap::new();
    for row in records {
        if let Some(person) = links.get(&row.record.at) {
            grouped.entry(person).or_default().push(row.record.clone());
        }
    }
    grouped.into_iter().map(|(id, records)| Person::of(id.clone(), records)).collect()
}
