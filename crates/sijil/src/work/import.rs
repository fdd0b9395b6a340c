//! Takes in a file of a foreign format: its bytes as evidence, what it says as entities,
//! statements and records that cite their row.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;
use sijil_claims::Reading;
use sijil_claims::accounts::Accounts;

use super::add::add_file;
use super::error::{Error, Result};
use super::extract::{Tools, extract, read_lists};
use super::link::link;
use super::material::statements_of;
use super::progress::{Hand, Progress};
use super::sealed_sources::keep_identities;
use crate::intake;
use crate::intake::exchange::{self, Brought, Foreign, Found};
use crate::model::entity::{Author, Body, Citation, Entity, Toll};
use crate::model::exchange::ExchangeFormat;
use crate::model::{Format, ItemId, Problem};
use crate::register::{AsOf, Entered, NewReading, ReadContent, RecordRow, Register};

/// State of the readers; raise it when a change makes the same bytes read otherwise.
const RULES: &str = "exchange 1";

/// What a file is and of whom.
#[derive(Clone, Debug, Default)]
pub struct Importing {
    /// Its format; `None` to tell it by its content.
    pub format: Option<ExchangeFormat>,
    /// The dataset that it is of; `None` for the format's own or the name of the file.
    pub source: Option<String>,
}

/// What came of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// What the file was read as.
    pub format: ExchangeFormat,
    /// The dataset that it is of.
    pub dataset: String,
    /// Incidents in the file.
    pub events: u64,
    /// Low, best and high of those incidents, each summed: within one dataset events do not overlap.
    pub toll: Toll,
    /// Entities of other kinds in the file.
    pub others: u64,
    /// Statements in the file, the parts of totals among them.
    pub statements: u64,
    /// Who makes those statements, and how many of them are independent of each other.
    pub voices: (u64, u64),
    /// Records of victims in the file.
    pub records: u64,
    /// What was done to entities; nothing where the same file was imported before.
    pub entered: Entered,
    /// What a careful reader would stop at: sums that do not close.
    pub doubts: Vec<String>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Imports a file. The same file again changes nothing; entities of a newer version supersede those
/// of the same id.
///
/// # Errors
/// When the file cannot be read, nothing tells its format, or the register fails.
pub fn import(
    register: &mut Register,
    file: &Path,
    importing: &Importing,
    hand: Hand<'_>,
    progress: &dyn Progress,
) -> Result<Imported> {
    let unreadable = |reason: String| Error::Input { path: file.to_path_buf(), reason };
    let packed = std::fs::read(file).map_err(|e| {
        unreadable(format!("cannot be read ({e}); name a file that this user may read"))
    })?;
    let bytes = exchange::unpack(&packed).map_err(unreadable)?;
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let format = importing
        .format
        .or_else(|| exchange::detect(&name, &bytes))
        .ok_or_else(|| unreadable("is in no format that is known; name it with --as".to_owned()))?;
    let dataset = importing.source.clone().unwrap_or_else(|| {
        let stem = name.split('.').next().unwrap_or_default();
        format.dataset().unwrap_or(stem).to_owned()
    });
    if format == ExchangeFormat::List {
        return import_list(register, file, dataset, hand, progress);
    }
    progress.begin("import", 3);
    let tools = Tools::of(register, AsOf::NOW)?;
    let (mut brought, mut problems) = exchange::read(&Foreign {
        name: &name,
        bytes: &bytes,
        format,
        dataset: &dataset,
        gazetteer: &tools.gazetteer,
        lexicon: &tools.lexicon,
    });
    progress.step(1);
    let captured = add_file(register, file, Format::Exchange, hand)?;
    let lists = read_lists(&tools, &captured, std::mem::take(&mut brought.lists), &mut problems);
    progress.step(1);
    let mut imported = told(format, dataset, &brought, problems);
    imported.records = lists.1.len() as u64;
    imported.entered = keep(register, &captured.item.id, &imported, brought, lists, hand)?;
    progress.end();
    if imported.records > 0 {
        link(register, hand, progress)?;
    }
    Ok(imported)
}

/// Lists with their columns, and the records in them.
type Lists = (Vec<(String, crate::model::Mapping, u64)>, Vec<RecordRow>);

fn told(
    format: ExchangeFormat,
    dataset: String,
    brought: &Brought,
    problems: Vec<Problem>,
) -> Imported {
    let incidents = brought.found.iter().filter_map(|found| match &found.body {
        Body::Incident(incident) => Some(incident),
        _ => None,
    });
    let mut toll = Toll::default();
    let mut events = 0;
    for incident in incidents {
        events += 1;
        let own = incident.toll.unwrap_or_default();
        toll.low += own.low;
        toll.best += own.best;
        toll.high += own.high;
    }
    let said = brought.said.as_ref().map(|(_, reading)| reading);
    Imported {
        format,
        dataset,
        events,
        toll,
        others: brought.found.len() as u64 - events,
        statements: said.map_or(0, |reading| reading.claims.len() as u64),
        voices: said.map_or((0, 0), voices),
        records: 0,
        entered: Entered::default(),
        doubts: said
            .map(|reading| reading.flags.iter().map(|flag| flag.message.clone()).collect())
            .unwrap_or_default(),
        problems,
    }
}

/// Origins of the statements, and those of them that say something of their own: whoever only
/// repeats another is no second voice.
fn voices(reading: &Reading) -> (u64, u64) {
    let (mut all, mut own) = (BTreeSet::new(), BTreeSet::new());
    for account in Accounts::of(&statements_of(0, None, reading)).accounts {
        if account.depends_on.is_none() {
            own.insert(account.source.clone());
        }
        all.insert(account.source);
    }
    (all.len() as u64, own.len() as u64)
}

/// Writes everything that a file gave in one transaction, unless it was read so before and all of
/// it stands.
fn keep(
    register: &mut Register,
    item: &ItemId,
    imported: &Imported,
    brought: Brought,
    (listings, records): Lists,
    hand: Hand<'_>,
) -> Result<Entered> {
    let Imported { format, dataset, .. } = imported;
    let state = format!("{RULES}, {} of {dataset}", format.code());
    let known = register.reading_of(item)? == Some((state.clone(), Format::Exchange));
    let author = match format {
        ExchangeFormat::Toml => Author::User(hand.name.to_owned()),
        _ => Author::Rule(format!("{} reader", format.code())),
    };
    let mut entities: Vec<Entity> =
        brought.found.into_iter().map(|found| entity(found, item, &author)).collect();
    keep_identities(register, &mut entities)?;
    let content = match brought.said {
        Some((document, reading)) => ReadContent::Document(Box::new(document), Box::new(reading)),
        None if listings.is_empty() => ReadContent::Nothing,
        None => ReadContent::Tables(listings),
    };
    let reading = NewReading {
        item: item.clone(),
        reader: state,
        format: Format::Exchange,
        content,
        records,
        problems: imported.problems.clone(),
    };
    let mut write = register.write()?;
    let entered = write.enter(&entities)?;
    if known && entered.new + entered.changed == 0 {
        return Ok(entered);
    }
    write.insert_reading(&reading)?;
    let body = json!({
        "item": item.0, "format": format.code(), "dataset": dataset, "events": imported.events,
        "statements": imported.statements, "records": imported.records, "new": entered.new,
        "changed": entered.changed, "problems": imported.problems.len(),
    });
    write.append(hand.clock.now(), hand.name, "import", &body)?;
    write.commit()?;
    Ok(entered)
}

fn entity(found: Found, item: &ItemId, author: &Author) -> Entity {
    let Found { id, body, place, cited } = found;
    let mut basis = vec![Citation { item: Some(item.clone()), place }];
    basis.extend(cited.into_iter().map(|place| Citation { item: None, place }));
    Entity { id, body, author: author.clone(), basis }
}

/// A victim list is taken in as `add` takes it, without the folder it lies in.
fn import_list(
    register: &mut Register,
    file: &Path,
    dataset: String,
    hand: Hand<'_>,
    progress: &dyn Progress,
) -> Result<Imported> {
    let name = file.to_string_lossy();
    let head = intake::head(&file).unwrap_or_default();
    let captured = add_file(register, file, intake::format_of(&name, &head), hand)?;
    let extracted = extract(register, hand, progress)?;
    link(register, hand, progress)?;
    let problems = register.problems(AsOf::NOW)?;
    Ok(Imported {
        format: ExchangeFormat::List,
        dataset,
        events: 0,
        toll: Toll::default(),
        others: 0,
        statements: 0,
        voices: (0, 0),
        records: extracted.records,
        entered: Entered::default(),
        doubts: Vec::new(),
        problems: problems.into_iter().filter(|p| p.file == captured.path).collect(),
    })
}
