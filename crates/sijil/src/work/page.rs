//! Assembles what a report shows: figures counted, marks numbered, nothing left to decide.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use sijil_claims::{Span, Speaker};

use super::count::{Query, count};
use super::extract::TEXT;
use super::figures::Documented;
use super::material::Material;
use super::slices::Slices;
use crate::model::{
    AttributionLine, Basis, ClaimLine, Dimension, FigureTable, FlagLine, ItemId, ItemLine,
    MapPoint, MappingLine, Mark, MarkId, OpenPair, Person, PersonLine, Quote, RecordRef, Report,
    ResponseLine, Role, Totals,
};
use crate::register::{DocumentRow, RecordRow, Verdict};

/// Shown in place of what may identify a person.
const MASK: &str = "•••";

/// Breakdowns of a report, in order.
const BREAKDOWNS: &[&[Dimension]] = &[
    &[Dimension::Party],
    &[Dimension::Governorate],
    &[Dimension::Place],
    &[Dimension::Day],
    &[Dimension::Group],
    &[Dimension::Day, Dimension::Party],
];

/// Assembles the report of all that `material` holds; names of victims only with `names`.
pub fn assemble(material: &Material, title: &str, names: bool) -> Report {
    let mut marks = Marks::with_claims(material);
    let attributions = attributions(material, &mut marks);
    let responses = responses(material, &mut marks);
    let flags = flags(material, &mut marks);
    let named = places_named(material, &mut marks);
    let persons = persons(material, &mut marks, names);
    let tables = tables(material);
    let places = map_points(material, &tables, &named);
    let mut report = Report {
        title: material.settings.title.clone().unwrap_or_else(|| title.to_owned()),
        as_of: latest_day(material),
        fingerprint: String::new(),
        totals: totals(material),
        tables,
        accounts: material.accounts.accounts.clone(),
        sums: material.accounts.sums.clone(),
        look_alikes: material.accounts.look_alikes.clone(),
        claims: claim_lines(material),
        attributions,
        responses,
        flags,
        marks: marks.all,
        persons,
        open_pairs: open_pairs(material),
        places,
        regions: material.settings.regions.clone(),
        mappings: mappings(material),
        items: items(material),
        problems: material.problems.clone(),
    };
    report.fingerprint = fingerprint(&report);
    report
}

fn fingerprint(report: &Report) -> String {
    let bytes = serde_json::to_vec(report).expect("a report is plain data");
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The marks of a page: those of the claims first, so that a claim's number is known beforehand.
struct Marks<'m> {
    material: &'m Material,
    texts: BTreeMap<&'m ItemId, Slices<'m>>,
    all: Vec<Mark>,
}

impl<'m> Marks<'m> {
    fn with_claims(material: &'m Material) -> Self {
        let texts = material
            .documents
            .iter()
            .map(|row| (&row.item, Slices::of(&row.document.text)))
            .collect();
        let mut marks = Self { material, texts, all: Vec::with_capacity(material.claim_marks()) };
        for (_, row, claim) in material.claims() {
            marks.sentence(row, claim.sentence, claim.span);
        }
        marks
    }

    fn push(&mut self, item: &ItemId, quote: Quote) -> MarkId {
        let id = MarkId(self.all.len() + 1);
        let path = self.material.path(item).to_owned();
        self.all.push(Mark { id, item: item.clone(), path, quote });
        id
    }

    /// Marks `span` within `sentence` of a document.
    fn sentence(&mut self, row: &DocumentRow, sentence: Span, span: Span) -> MarkId {
        let text = self.texts.get(&row.item).map(|t| t.get(sentence.start, sentence.end));
        let quote = Quote::Sentence {
            document: document_line(self.material, row),
            sentence: text.unwrap_or_default().to_owned(),
            start: sentence.start,
            from: span.start.saturating_sub(sentence.start),
            to: span.end.min(sentence.end).saturating_sub(sentence.start),
        };
        self.push(&row.item, quote)
    }
}

fn document_line(material: &Material, row: &DocumentRow) -> String {
    let mut line = material.name_of(row);
    if let Some(outlet) = row.document.outlet.as_ref().filter(|outlet| **outlet != line) {
        line = format!("{line}, {outlet}");
    }
    match row.document.published {
        Some(day) => format!("{line}, {day}"),
        None => line,
    }
}

fn claim_lines(material: &Material) -> Vec<ClaimLine> {
    material
        .claims()
        .map(|(at, row, claim)| ClaimLine {
            at,
            id: format!("{}-{}", row.item.short(), claim.span.start),
            document: material.name_of(row),
            outlet: row.document.outlet.clone(),
            published: row.document.published,
            mark: material.claim_mark(at),
            claim: claim.clone(),
        })
        .collect()
}

/// Who says something in a document: the speaker, else the outlet, else the document itself.
fn who_says(material: &Material, row: &DocumentRow, source: Option<&Speaker>) -> String {
    match source {
        Some(speaker) => speaker.text.clone(),
        None => row.document.outlet.clone().unwrap_or_else(|| material.name_of(row)),
    }
}

fn attributions(material: &Material, marks: &mut Marks<'_>) -> Vec<AttributionLine> {
    let mut lines = Vec::new();
    for row in &material.documents {
        for said in &row.reading.attributions {
            lines.push(AttributionLine {
                document: material.name_of(row),
                source: who_says(material, row, said.source.as_ref()),
                parties: said.parties.iter().map(|p| (p.text.clone(), p.class)).collect(),
                zone: said.zone,
                violations: said.violations.clone(),
                motives: said.motives.clone(),
                victims: said.victims.clone(),
                places: said.places.iter().map(|place| place.text.clone()).collect(),
                mark: marks.sentence(row, said.span, said.span),
            });
        }
    }
    lines
}

fn responses(material: &Material, marks: &mut Marks<'_>) -> Vec<ResponseLine> {
    let mut lines = Vec::new();
    for row in &material.documents {
        for said in &row.reading.responses {
            lines.push(ResponseLine {
                document: material.name_of(row),
                kind: said.kind,
                actor: said.actor.as_ref().map(|actor| actor.text.clone()),
                date: said.date,
                mark: marks.sentence(row, said.span, said.span),
            });
        }
    }
    lines
}

fn flags(material: &Material, marks: &mut Marks<'_>) -> Vec<FlagLine> {
    let mut lines = Vec::new();
    for row in &material.documents {
        for flag in &row.reading.flags {
            lines.push(FlagLine {
                document: material.name_of(row),
                message: flag.message.clone(),
                marks: flag.spans.iter().map(|s| marks.sentence(row, *s, *s)).collect(),
            });
        }
    }
    lines
}

/// Gazetteer places that documents name, each with a mark where it is first named.
fn places_named(material: &Material, marks: &mut Marks<'_>) -> BTreeMap<String, Vec<MarkId>> {
    let mut named: BTreeMap<String, Vec<MarkId>> = BTreeMap::new();
    for (at, _, claim) in material.claims() {
        for id in claim.places.iter().filter_map(|place| place.id.as_ref()) {
            named.entry(id.clone()).or_default().push(material.claim_mark(at));
        }
    }
    for row in &material.documents {
        for hit in material.gazetteer.scan(&row.document.text) {
            if let Entry::Vacant(first) = named.entry(hit.id) {
                let (line, word) = line_around(&row.document.text, hit.range.start);
                first.insert(vec![marks.sentence(row, line, word)]);
            }
        }
    }
    named
}

/// The line that byte `at` lies in and the word there, in code points; at most 600 of them.
fn line_around(text: &str, at: usize) -> (Span, Span) {
    let first = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let last = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let start = text[..first].chars().count();
    let word = start + text[first..at].chars().count();
    let length = text[at..].chars().take_while(|c| c.is_alphanumeric()).count();
    let end = (start + text[first..last].chars().count()).min(start.max(word) + 600);
    (Span { start, end }, Span { start: word, end: word + length })
}

fn persons(material: &Material, marks: &mut Marks<'_>, names: bool) -> Vec<PersonLine> {
    let columns = Columns::of(material);
    let rows: BTreeMap<&RecordRef, &RecordRow> =
        material.records.iter().map(|row| (&row.record.at, row)).collect();
    let mut lines = Vec::with_capacity(material.persons.len());
    for person in &material.persons {
        let mut of_person = Vec::with_capacity(person.records.len());
        for record in &person.records {
            let mark = match rows.get(&record.at) {
                Some(row) if record.at.sheet != TEXT => {
                    let quote = Quote::Row {
                        sheet: record.at.sheet.clone(),
                        row: record.at.row,
                        cells: columns.cells(row, names),
                    };
                    marks.push(&record.at.item, quote)
                }
                _ => claim_of(material, &record.at).unwrap_or_else(|| {
                    let cells = Vec::new();
                    let quote = Quote::Row { sheet: TEXT.into(), row: record.at.row, cells };
                    marks.push(&record.at.item, quote)
                }),
            };
            of_person.push(mark);
        }
        let person = if names { person.clone() } else { without_names(person.clone()) };
        lines.push(PersonLine { person, marks: of_person });
    }
    lines
}

/// The mark of the claim that names a victim.
fn claim_of(material: &Material, at: &RecordRef) -> Option<MarkId> {
    let start = usize::try_from(at.row).ok()?;
    material
        .claims()
        .find(|(_, row, claim)| {
            row.item == at.item && (claim.span.start..=claim.span.end).contains(&start)
        })
        .map(|(statement, _, _)| material.claim_mark(statement))
}

fn without_names(mut person: Person) -> Person {
    person.name = None;
    for record in &mut person.records {
        record.name = None;
        record.name_other = None;
        record.father = None;
        record.mother = None;
        record.born = None;
        record.list_id = None;
    }
    person
}

/// Headers and roles of each list's columns.
struct Columns<'m>(BTreeMap<(&'m ItemId, &'m str), Vec<(&'m str, Role)>>);

impl<'m> Columns<'m> {
    fn of(material: &'m Material) -> Self {
        let columns = material.listings.iter().map(|list| {
            let columns =
                list.mapping.columns.iter().map(|c| (c.header.as_str(), c.role)).collect();
            ((&list.item, list.sheet.as_str()), columns)
        });
        Self(columns.collect())
    }

    /// Cells of a row as a page may show them: what may identify a person only with `names`.
    fn cells(&self, row: &RecordRow, names: bool) -> Vec<(String, String)> {
        let at = &row.record.at;
        let Some(columns) = self.0.get(&(&at.item, at.sheet.as_str())) else {
            return Vec::new();
        };
        let shown = columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
        shown
            .map(|((header, role), cell)| {
                let open = match role {
                    Role::Name | Role::NameOther | Role::Given | Role::Family => names,
                    Role::Father | Role::Mother => names,
                    // Birth days, list numbers and free columns identify people even beside a
                    // published name; they stay in the register.
                    Role::Born | Role::ListId | Role::Other => false,
                    _ => true,
                };
                ((*header).to_owned(), if open { cell.clone() } else { MASK.to_owned() })
            })
            .collect()
    }
}

fn tables(material: &Material) -> Vec<FigureTable> {
    let mut documented = Vec::new();
    let mut reported = Vec::new();
    for by in BREAKDOWNS {
        let query = Query { by: by.to_vec(), ..Query::default() };
        for table in count(material, &query) {
            match table.basis {
                Basis::Documented => documented.push(table),
                Basis::Reported => reported.push(table),
            }
        }
    }
    documented.extend(reported);
    documented
}

fn map_points(
    material: &Material,
    tables: &[FigureTable],
    named: &BTreeMap<String, Vec<MarkId>>,
) -> Vec<MapPoint> {
    let mut figures: BTreeMap<(&str, Basis), u64> = BTreeMap::new();
    for table in tables.iter().filter(|t| t.by == [Dimension::Place]) {
        for cell in &table.cells {
            let Some(id) = cell.keys.first().and_then(|key| key.id.as_deref()) else { continue };
            let figure = &cell.figure;
            let value = match table.basis {
                Basis::Documented => figure.best.value,
                Basis::Reported => figure.high.value.or(figure.best.value).or(figure.low.value),
            };
            if let Some(value) = value {
                let most = figures.entry((id, table.basis)).or_insert(0);
                *most = value.max(*most);
            }
        }
    }
    let ids: BTreeSet<&str> =
        figures.keys().map(|(id, _)| *id).chain(named.keys().map(String::as_str)).collect();
    let points = ids.into_iter().filter_map(|id| {
        let entry = material.gazetteer.get(id)?;
        Some(MapPoint {
            id: id.to_owned(),
            label: entry.name.clone(),
            level: entry.level,
            lat: entry.lat,
            lon: entry.lon,
            documented: figures.get(&(id, Basis::Documented)).copied(),
            reported: figures.get(&(id, Basis::Reported)).copied(),
            marks: named.get(id).cloned().unwrap_or_default(),
        })
    });
    points.collect()
}

fn open_pairs(material: &Material) -> Vec<OpenPair> {
    let open = material.open_pairs().into_iter();
    open.map(|pair| OpenPair {
        a: pair.a.clone(),
        b: pair.b.clone(),
        probability: pair.probability,
        why: pair.why.clone(),
    })
    .collect()
}

fn mappings(material: &Material) -> Vec<MappingLine> {
    let mut lines: Vec<MappingLine> = material
        .listings
        .iter()
        .map(|list| MappingLine {
            path: material.path(&list.item).to_owned(),
            sheet: list.sheet.clone(),
            records: list.records,
            mapping: list.mapping.clone(),
        })
        .collect();
    lines.sort_by(|a, b| (&a.path, &a.sheet).cmp(&(&b.path, &b.sheet)));
    lines
}

fn items(material: &Material) -> Vec<ItemLine> {
    let documents: BTreeMap<&ItemId, &DocumentRow> =
        material.documents.iter().map(|row| (&row.item, row)).collect();
    let mut records: BTreeMap<&ItemId, u64> = BTreeMap::new();
    for row in &material.records {
        *records.entry(&row.record.at.item).or_default() += 1;
    }
    let lines = material.items.iter().map(|captured| {
        let id = &captured.item.id;
        let row = documents.get(id);
        ItemLine {
            id: id.clone(),
            path: captured.path.clone(),
            bytes: captured.item.bytes,
            format: captured.item.format.code().to_owned(),
            title: row.and_then(|row| row.document.title.clone()),
            outlet: row.and_then(|row| row.document.outlet.clone()),
            published: row.and_then(|row| row.document.published),
            claims: row.map_or(0, |row| row.reading.claims.len() as u64),
            records: records.get(id).copied().unwrap_or(0),
        }
    });
    lines.collect()
}

fn totals(material: &Material) -> Totals {
    let everybody: Vec<usize> = (0..material.persons.len()).collect();
    let figure = Documented::of(material).figure(&everybody);
    let sources: BTreeSet<&str> =
        material.accounts.accounts.iter().map(|account| account.source.as_str()).collect();
    let human = material.pairs.iter().filter(|pair| pair.rule.is_none()).count();
    let decided = material.pairs.iter().filter(|pair| pair.verdict != Verdict::Open).count();
    Totals {
        items: material.items.len() as u64,
        documents: material.documents.len() as u64,
        tables: material.listings.len() as u64,
        claims: material.claim_marks() as u64,
        sources: sources.len() as u64,
        records: material.records.len() as u64,
        persons: material.persons.len() as u64,
        open_pairs: (material.pairs.len() - decided) as u64,
        persons_low: figure.low.value.unwrap_or(0),
        persons_high: figure.high.value.unwrap_or(0),
        human_judgements: human as u64,
        rule_judgements: (decided - human) as u64,
    }
}

/// The latest day of publication, or of a killing where nothing was published.
fn latest_day(material: &Material) -> Option<Date> {
    let published = material.documents.iter().filter_map(|row| row.document.published).max();
    published.or_else(|| material.persons.iter().filter_map(|person| person.date).max())
}
