//! Assembles what a report shows: figures counted, marks numbered, nothing left to decide.

//!
//! What may not be public is left out or masked here, so that the pages never see it.

mod marks;
mod people;
mod said;

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufWriter;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use sijil_claims::Act;
use sijil_claims::accounts::Account;

use super::count::{Query, count_with};
use super::diff::changes;
use super::error::Result;
use super::figures::Documented;
use super::grades::grade_lines;
use super::incidents::incident_lines;
use super::mask::Mask;
use super::material::Material;
use crate::model::entity::{Body, EntityKind};
use crate::model::{
    Basis, Changes, Dimension, FigureTable, GradeCount, ItemId, ItemLine, MapPoint, MappingLine,
    MarkId, OpenPair, Report, Totals,
};
use crate::register::{AsOf, DocumentRow, PairRow, Register, Verdict};
use marks::{Marks, places_named};
use people::persons;
use said::{attributions, claim_lines, flags, responses};

/// Breakdowns of a report, in order.
const BREAKDOWNS: &[&[Dimension]] = &[
    &[Dimension::Party],
    &[Dimension::Governorate],
    &[Dimension::Place],
    &[Dimension::Day],
    &[Dimension::Group],
    &[Dimension::Day, Dimension::Party],
];

/// Loads what counts at `as_of` and assembles its report, with what moved since the last edition
/// before that point.
///
/// # Errors
/// When the register cannot be read.
pub fn report_of(register: &Register, as_of: AsOf, title: &str, names: bool) -> Result<Report> {
    let material = Material::of(register, as_of)?;
    assemble(register, &material, as_of, title, names)
}

/// [`report_of`] for material that is loaded already.
///
/// # Errors
/// When the register cannot be read.
pub fn assemble(
    register: &Register,
    material: &Material,
    as_of: AsOf,
    title: &str,
    names: bool,
) -> Result<Report> {
    let mut report = assembled(material, title, names);
    report.changes = changes_since(register, material, as_of)?;
    report.fingerprint = fingerprint(&report);
    Ok(report)
}

/// What moved since the last edition that stood at `as_of`.
fn changes_since(register: &Register, material: &Material, as_of: AsOf) -> Result<Option<Changes>> {
    let editions = register.entities(EntityKind::Edition, as_of)?;
    let last = editions.iter().filter_map(|entity| match &entity.body {
        Body::Edition(edition) => Some((edition.entry, &entity.id)),
        _ => None,
    });
    let Some((entry, since)) = last.max() else { return Ok(None) };
    let before = Material::of(register, AsOf(entry))?;
    let by = [Vec::new(), vec![Dimension::Party], vec![Dimension::Governorate]];
    let lines = changes(&before, material, &by);
    Ok(Some(Changes { since: since.0.clone(), lines }))
}

/// The report of all that `material` holds; names of victims only with `names`.
fn assembled(material: &Material, title: &str, names: bool) -> Report {
    let mask = if names { Mask::nothing() } else { Mask::of(material) };
    let mut marks = Marks::with_claims(material, &mask);
    let attributions = attributions(material, &mut marks);
    let responses = responses(material, &mut marks);
    let flags = flags(material, &mut marks);
    let named = places_named(material, &mut marks);
    let persons = persons(material, &mut marks, names);
    let documented = Documented::of(material);
    let tables = tables(material, &documented);
    let places = map_points(material, &tables, &named);
    Report {
        title: material.settings.title.clone().unwrap_or_else(|| title.to_owned()),
        as_of: material.latest_day(),
        fingerprint: String::new(),
        totals: totals(material, &documented),
        tables,
        accounts: accounts(material, &mask),
        sums: material.accounts.sums.clone(),
        look_alikes: material.accounts.look_alikes.clone(),
        claims: claim_lines(material, &mask),
        incidents: incident_lines(material),
        grades: grades(material),
        changes: None,
        attributions,
        responses,
        flags,
        marks: marks.all,
        persons,
        open_pairs: open_pairs(material),
        places,
        regions: material.settings.regions.clone(),
        mappings: mappings(material),
        items: items(material, &mask),
        problems: material.problems.clone(),
    }
}

fn grades(material: &Material) -> Vec<GradeCount> {
    let lines = grade_lines(material, &material.grading).into_iter();
    let known = lines.filter(|line| line.now > 0);
    known.map(|line| GradeCount { grade: line.grade, persons: line.now, why: line.why }).collect()
}

fn fingerprint(report: &Report) -> String {
    let mut out = BufWriter::with_capacity(1 << 16, Hashing(Sha256::new()));
    serde_json::to_writer(&mut out, report).expect("a report is plain data");
    let hash = out.into_inner().expect("hashing never fails");
    hash.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Hashes what is written, so that a large report is not held twice.
#[derive(Debug)]
struct Hashing(Sha256);

impl std::io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn tables(material: &Material, persons: &Documented<'_>) -> Vec<FigureTable> {
    let mut documented = Vec::new();
    let mut reported = Vec::new();
    let counted: Vec<Vec<FigureTable>> = BREAKDOWNS
        .par_iter()
        .map(|by| {
            let query = Query { by: by.to_vec(), ..Query::default() };
            count_with(persons, material, &query)
        })
        .collect();
    for table in counted.into_iter().flatten() {
        match table.basis {
            Basis::Documented => documented.push(table),
            Basis::Reported | Basis::Coded => reported.push(table),
        }
    }
    documented.extend(reported);
    documented
}

/// Accounts as a page may show them: the words of a figure may be the name of the one it counts.
fn accounts(material: &Material, mask: &Mask) -> Vec<Account> {
    let mut accounts = material.accounts.accounts.clone();
    for account in &mut accounts {
        account.source = mask.text(&account.source);
        account.points.iter_mut().for_each(|point| point.surface = mask.text(&point.surface));
    }
    accounts
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
                Basis::Documented | Basis::Coded => figure.best.value,
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

fn items(material: &Material, mask: &Mask) -> Vec<ItemLine> {
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
            title: row.and_then(|row| Some(mask.text(row.document.title.as_ref()?))),
            outlet: row.and_then(|row| row.document.outlet.clone()),
            published: row.and_then(|row| row.document.published),
            claims: row.map_or(0, |row| row.reading.claims.len() as u64),
            records: records.get(id).copied().unwrap_or(0),
        }
    });
    lines.collect()
}

fn totals(material: &Material, documented: &Documented<'_>) -> Totals {
    let killed = |index: &usize| material.persons[*index].fate == Act::Killed;
    let everybody: Vec<usize> = (0..material.persons.len()).filter(killed).collect();
    let figure = documented.figure(&everybody);
    let sources: BTreeSet<&str> =
        material.accounts.accounts.iter().map(|account| account.source.as_str()).collect();
    let open = material.pairs.iter().filter(|pair| pair.verdict == Verdict::Open).count();
    // A human may also say that a pair stays open: that is a judgement, and no decision of a rule.
    let human = material.pairs.iter().filter(|pair| pair.rule.is_none()).count();
    let by_rule = |pair: &&PairRow| pair.rule.is_some() && pair.verdict != Verdict::Open;
    let ruled = material.pairs.iter().filter(by_rule).count();
    Totals {
        items: material.items.len() as u64,
        documents: material.documents.len() as u64,
        tables: material.listings.len() as u64,
        claims: material.claim_marks() as u64,
        sources: sources.len() as u64,
        records: material.records.len() as u64,
        persons: everybody.len() as u64,
        open_pairs: open as u64,
        persons_low: figure.low.value.unwrap_or(0),
        persons_high: figure.high.value.unwrap_or(0),
        human_judgements: human as u64,
        rule_judgements: ruled as u64,
        claims_read: material.claims_read.accepted + material.claims_read.corrected,
        claims_struck: material.claims_read.rejected,
    }
}
