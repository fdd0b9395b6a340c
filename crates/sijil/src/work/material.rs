//! All that counts at one point of the history, loaded once: what figures are counted from.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sijil_claims::accounts::{Accounts, Statement, StatementRef};
use sijil_claims::{Claim, Reading};
use sijil_text::places::Gazetteer;

use super::coded::is_coded;
use super::error::Result;
use super::extract::{TEXT, gazetteer, settings};
use super::incidents::is_suggested;
use super::judged::{ClaimsRead, Judged};
use super::voices::Voices;
use crate::model::entity::{ClaimRef, Entity, EntityKind};
use crate::model::{
    Document, Grading, ItemId, MarkId, Person, PersonId, Problem, Record, RecordRef, Settings,
};
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
    /// Incidents that datasets coded.
    pub coded: Vec<Entity>,
    /// Problems met.
    pub problems: Vec<Problem>,
    /// How many claims a human has read.
    pub claims_read: ClaimsRead,
    /// Sources, parties, affiliations and responses as entered.
    pub entities: Vec<Entity>,
    /// Incidents suggested from claims and records, by their ids.
    pub incidents: Vec<Entity>,
    /// Whose word things rest on.
    pub(super) voices: Voices,
    /// Places, embedded and of the settings.
    pub gazetteer: Gazetteer,
    /// Settings in force.
    pub settings: Settings,
    /// Standard of proof in force.
    pub grading: Grading,
    /// First mark of each document's claims: marks of claims come first, in order.
    first_marks: Vec<usize>,
    paths: BTreeMap<ItemId, String>,
    document_of: BTreeMap<ItemId, usize>,
}

impl Material {
    /// Loads what counts at `as_of`.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn of(register: &Register, as_of: AsOf) -> Result<Self> {
        let judged = Judged::of(register, as_of)?;
        let records = judged.counted(register.records(as_of)?);
        let LinkState { persons, pairs } = register.links(as_of)?;
        let persons = persons_of(&records, &persons);
        Ok(Self { records, persons, pairs, ..Self::judged(register, as_of, &judged)? })
    }

    /// Loads what texts say and leaves out whom lists name: no records, persons and pairs.
    pub(super) fn said(register: &Register, as_of: AsOf) -> Result<Self> {
        Self::judged(register, as_of, &Judged::of(register, as_of)?)
    }

    fn judged(register: &Register, as_of: AsOf, judged: &Judged) -> Result<Self> {
        let mut documents = register.documents(as_of)?;
        let claims_read = judged.apply(&mut documents);
        let statements = statements(&documents);
        let accounts = Accounts::of(&statements);
        let entities = entities(register, as_of)?;
        let voices = Voices::of(&accounts, &entities);
        let mut first_marks = Vec::with_capacity(documents.len());
        let mut next = 1;
        for document in &documents {
            first_marks.push(next);
            next += document.reading.claims.len();
        }
        let (settings, _) = settings(register, as_of)?;
        let items = register.items(as_of)?;
        let paths = items.iter().map(|c| (c.item.id.clone(), c.path.clone())).collect();
        let (incidents, mut coded): (Vec<Entity>, Vec<Entity>) =
            register.entities(EntityKind::Incident, as_of)?.into_iter().partition(is_suggested);
        coded.retain(is_coded);
        let document_of =
            documents.iter().zip(0..).map(|(row, at)| (row.item.clone(), at)).collect();
        Ok(Self {
            items,
            listings: register.listings(as_of)?,
            persons: Vec::new(),
            coded,
            problems: register.problems(as_of)?,
            gazetteer: gazetteer(&settings),
            grading: settings.grading.clone().unwrap_or_else(Grading::embedded),
            settings,
            claims_read,
            entities,
            incidents,
            voices,
            documents,
            records: Vec::new(),
            pairs: Vec::new(),
            accounts,
            first_marks,
            paths,
            document_of,
        })
    }

    /// The claim that a statement is.
    pub fn claim(&self, at: StatementRef) -> &Claim {
        &self.documents[at.document].reading.claims[at.claim]
    }

    /// The claim that stands at a place, where it counts.
    pub fn claim_at(&self, at: &ClaimRef) -> Option<(StatementRef, &Claim)> {
        let document = *self.document_of.get(&at.item)?;
        let claims = &self.documents[document].reading.claims;
        let claim = claims.iter().position(|claim| claim.span.start == at.start)?;
        Some((StatementRef { document, claim }, &claims[claim]))
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

    /// Whose word a record is: that of its list, or of who said the claim that names the victim.
    pub(super) fn voice_of(&self, at: &RecordRef) -> &str {
        let path = self.path(&at.item);
        if at.sheet != TEXT {
            return path;
        }
        let said = self.document_of.get(&at.item).and_then(|document| {
            let document = *document;
            let claims = &self.documents[document].reading.claims;
            let claim = claims.iter().rposition(|claim| claim.span.start as u64 <= at.row)?;
            self.voices.of_statement(StatementRef { document, claim })
        });
        said.unwrap_or(path)
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

    /// The latest day of publication, or of a killing where nothing was published.
    pub fn latest_day(&self) -> Option<Date> {
        let published = self.documents.iter().filter_map(|row| row.document.published).max();
        published.or_else(|| self.persons.iter().filter_map(|person| person.date).max())
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

/// The entities that figures need: those of the kinds that stay few.
fn entities(register: &Register, as_of: AsOf) -> Result<Vec<Entity>> {
    let mut all = Vec::new();
    for kind in
        [EntityKind::Source, EntityKind::Party, EntityKind::Affiliation, EntityKind::Response]
    {
        all.extend(register.entities(kind, as_of)?);
    }
    Ok(all)
}

fn statements(documents: &[DocumentRow]) -> Vec<Statement<'_>> {
    let all = documents.iter().enumerate();
    all.flat_map(|(at, row)| statements_of(at, Some(&row.document), &row.reading)).collect()
}

/// What one document says, as statements. Each row of a table was published by itself.
pub(super) fn statements_of<'r>(
    at: usize,
    document: Option<&'r Document>,
    reading: &'r Reading,
) -> Vec<Statement<'r>> {
    let outlet = document.and_then(|document| document.outlet.as_deref());
    let published = document.and_then(|document| document.published);
    let said = reading.claims.iter().enumerate();
    said.map(|(nth, claim)| {
        let stated = claim.stated.as_ref();
        Statement {
            at: StatementRef { document: at, claim: nth },
            outlet: stated.map_or(outlet, |stated| stated.outlet.as_deref()),
            published: stated.map_or(published, |stated| stated.published),
            claim,
        }
    })
    .collect()
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
