//! Assembles what a report shows: figures counted, marks numbered, nothing left to decide.

//!
//! What may not be public is left out or masked here, so that the pages never see it.

mod marks;
mod people;
mod said;

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufWriter;

use jiff::civil::Date;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use sijil_claims::accounts::Account;

use super::count::{Query, count_with};
use super::figures::Documented;
use super::mask::Mask;
use super::material::Material;
use crate::model::{
    Basis, Dimension, FigureTable, ItemId, ItemLine, MapPoint, MappingLine, MarkId, OpenPair,
    Report, Totals,
};
use crate::register::{DocumentRow, PairRow, Verdict};
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

/// Assembles the report of all that `material` holds; names of victims only with `names`.
pub fn assemble(material: &Material, title: &str, names: bool) -> Report {
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
    let mut report = Report {
        title: material.settings.title.clone().unwrap_or_else(|| title.to_owned()),
        as_of: latest_day(material),
        fingerprint: String::new(),
        totals: totals(material, &documented),
        tables,
        accounts: accounts(material, &mask),
        sums: material.accounts.sums.clone(),
        look_alikes: material.accounts.look_alikes.clone(),
        claims: claim_lines(material, &mask),
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
    };
    report.fingerprint = fingerprint(&report);
    report
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
    let everybody: Vec<usize> = (0..material.persons.len()).collect();
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
        persons: material.persons.len() as u64,
        open_pairs: open as u64,
        persons_low: figure.low.value.unwrap_or(0),
        persons_high: figure.high.value.unwrap_or(0),
        human_judgements: human as u64,
        rule_judgements: ruled as u64,
    }
}

/// The latest day of publication, or of a killing where nothing was published.
fn latest_day(material: &Material) -> Option<Date> {
    let published = material.documents.iter().filter_map(|row| row.document.published).max();
    published.or_else(|| material.persons.iter().filter_map(|person| person.date).max())
}
