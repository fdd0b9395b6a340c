//! Reads what has come in: documents into claims, lists into records.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::json;
use sijil_claims::{Act, Article, Language, Lexicon, Reader};
use sijil_text::places::{Gazetteer, PlaceEntry};

use super::error::Result;
use super::progress::{Hand, Progress};
use crate::intake::{self, Readable, mapping};
use crate::model::{
    Column, Details, Document, Format, Item, ItemId, Mapping, Party, Problem, Record, RecordRef,
    Settings, SettingsPlace, Table,
};
use crate::register::Error as Store;
use crate::register::{AsOf, CapturedItem, NewReading, Original, ReadContent, RecordRow, Register};

/// State of the rules of reading; raise it when a change makes the same bytes read otherwise.
const RULES: &str = "rules 6";

/// Items read together before their readings are written.
const BATCH: usize = 128;

/// Sheet of the records of victims named in a document.
pub const TEXT: &str = "text";

/// What came of reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extracted {
    /// Items read now.
    pub read: u64,
    /// Claims in them.
    pub claims: u64,
    /// Records in them.
    pub records: u64,
}

/// What a reading needs beside the bytes: places and lexicon, with those of the settings.
pub(super) struct Tools {
    /// Embedded places and those of the settings.
    pub(super) gazetteer: Gazetteer,
    /// Words for parties and what they stand for.
    pub(super) lexicon: Lexicon,
    reader: Reader,
    /// Columns that a user settled, by the path of their list, with the item that says so.
    columns: BTreeMap<String, (ItemId, Vec<Column>)>,
    /// Names program rules and settings: another state reads everything anew.
    state: String,
}

impl Tools {
    /// The tools for the settings that count at `as_of`.
    pub(super) fn of(register: &Register, as_of: AsOf) -> Result<Self> {
        let (settings, item) = settings(register, as_of)?;
        let of_item = item.map_or("no settings".to_owned(), |item| format!("settings {item}"));
        let columns = settled_columns(register, &register.items(as_of)?)?;
        Ok(Self { columns, ..Self::with(&settings, format!("{RULES}, {of_item}")) })
    }

    /// The state in which the item at `path` is read: settled columns of its own are part of it.
    fn state_for(&self, path: &str) -> String {
        match self.columns.get(path) {
            Some((item, _)) => format!("{}, columns {item}", self.state),
            None => self.state.clone(),
        }
    }

    fn with(settings: &Settings, state: String) -> Self {
        let gazetteer = gazetteer(settings);
        let parties = settings.parties.iter().flat_map(|party| {
            std::iter::once(&party.name)
                .chain(&party.aliases)
                .map(|name| (name.clone(), party.class))
        });
        let lexicon = Lexicon::embedded().extended(parties);
        let reader = Reader::new(lexicon.clone(), gazetteer.clone());
        Self { gazetteer, lexicon, reader, columns: BTreeMap::new(), state }
    }
}

/// The settings that count at `as_of`, and the item that they are.
pub(super) fn settings(register: &Register, as_of: AsOf) -> Result<(Settings, Option<ItemId>)> {
    let Some(CapturedItem { item, path }) = register.settings_item(as_of)? else {
        return Ok((Settings::default(), None));
    };
    let original = register.evidence().original(&item.id);
    let (readable, _) = kept(&path, &item, &original)?;
    let settings = match readable {
        Readable::Settings(settings) => settings,
        _ => Settings::default(),
    };
    Ok((settings, Some(item.id)))
}

/// The embedded places and those of the settings.
pub(super) fn gazetteer(settings: &Settings) -> Gazetteer {
    let extra: Vec<PlaceEntry> = settings.places.iter().map(place_entry).collect();
    let embedded = Gazetteer::embedded();
    if extra.is_empty() { embedded.clone() } else { embedded.extended(extra) }
}

fn settled_columns(
    register: &Register,
    items: &[CapturedItem],
) -> Result<BTreeMap<String, (ItemId, Vec<Column>)>> {
    let mut settled = BTreeMap::new();
    for CapturedItem { item, path } in items.iter().filter(|c| c.item.format == Format::Columns) {
        let Some(list) = path.strip_suffix(intake::COLUMNS_ENDING) else { continue };
        let original = register.evidence().original(&item.id);
        if let Readable::Columns(columns) = kept(path, item, &original)?.0 {
            settled.insert(list.to_owned(), (item.id.clone(), columns));
        }
    }
    Ok(settled)
}

/// Reads an original. What the disk does not give is never taken for what the file is: it would
/// stand as read, and nobody would look again.
fn kept(path: &str, item: &Item, original: &Original<'_>) -> Result<(Readable, Vec<Problem>)> {
    let failed =
        |source| Store::Io { what: "cannot read", path: original.path().to_path_buf(), source };
    let read = intake::read_kept(path, item.format, original, item.bytes).map_err(failed)?;
    // Readers that go through the file themselves tell of a failing disk as of a damaged file.
    let alone = matches!(
        item.format,
        Format::Docx | Format::Odt | Format::Xlsx | Format::Xls | Format::Ods | Format::Pdf
    );
    if alone && !read.1.is_empty() {
        intake::hash(original).map_err(failed)?;
    }
    Ok(read)
}

fn place_entry(place: &SettingsPlace) -> PlaceEntry {
    PlaceEntry {
        id: place.id.clone(),
        name: place.name.clone(),
        name_ar: place.name_ar.clone(),
        aliases: place.aliases.clone(),
        level: place.level,
        parent: place.parent.clone(),
        lat: place.lat,
        lon: place.lon,
        population: None,
    }
}

/// Reads every item that this state of the reader has not read yet, a batch a transaction.
///
/// # Errors
/// When the register fails. What cannot be read becomes a problem of its item.
pub fn extract(
    register: &mut Register,
    hand: Hand<'_>,
    progress: &dyn Progress,
) -> Result<Extracted> {
    let tools = Tools::of(register, AsOf::NOW)?;
    let mut due = Vec::new();
    for captured in register.items(AsOf::NOW)? {
        if captured.item.format == Format::Exchange {
            continue;
        }
        let state = (tools.state_for(&captured.path), captured.item.format);
        if register.reading_of(&captured.item.id)? != Some(state) {
            due.push(captured);
        }
    }
    progress.begin("reading", due.len() as u64);
    let mut done = Extracted::default();
    for batch in due.chunks(BATCH) {
        let evidence = register.evidence();
        let readings: Vec<Result<NewReading>> = batch
            .par_iter()
            .map(|captured| {
                let original = evidence.original(&captured.item.id);
                let reading = read_item(&tools, captured, &original);
                progress.step(1);
                reading
            })
            .collect();
        let readings: Vec<NewReading> = readings.into_iter().collect::<Result<_>>()?;
        write_batch(register, &readings, hand, &mut done)?;
    }
    progress.end();
    Ok(done)
}

fn write_batch(
    register: &mut Register,
    readings: &[NewReading],
    hand: Hand<'_>,
    done: &mut Extracted,
) -> Result<()> {
    let mut write = register.write()?;
    for reading in readings {
        let claims = match &reading.content {
            ReadContent::Document(_, said) => said.claims.len() as u64,
            _ => 0,
        };
        let records = reading.records.len() as u64;
        write.insert_reading(reading)?;
        let body = json!({
            "item": reading.item.0, "reader": reading.reader, "claims": claims,
            "records": records, "problems": reading.problems.len(),
        });
        write.append(hand.clock.now(), hand.name, "read", &body)?;
        done.read += 1;
        done.claims += claims;
        done.records += records;
    }
    Ok(write.commit()?)
}

fn read_item(
    tools: &Tools,
    captured: &CapturedItem,
    original: &Original<'_>,
) -> Result<NewReading> {
    let CapturedItem { item, path } = captured;
    let (readable, mut problems) = kept(path, item, original)?;
    let (content, records) = match readable {
        Readable::Document(document) => read_document(tools, &item.id, document),
        Readable::Tables(tables) => {
            let (listings, records) = read_lists(tools, captured, tables, &mut problems);
            (ReadContent::Tables(listings), records)
        }
        Readable::Settings(_) | Readable::Columns(_) | Readable::Nothing => {
            (ReadContent::Nothing, Vec::new())
        }
    };
    let (item, reader, format) = (item.id.clone(), tools.state_for(path), item.format);
    Ok(NewReading { item, reader, format, content, records, problems })
}

/// Tables as lists of victims: their columns and their records.
pub(super) fn read_lists(
    tools: &Tools,
    CapturedItem { item, path }: &CapturedItem,
    tables: Vec<Table>,
    problems: &mut Vec<Problem>,
) -> (Vec<(String, Mapping, u64)>, Vec<RecordRow>) {
    let (mut listings, mut records) = (Vec::new(), Vec::new());
    for table in tables {
        let settled = tools.columns.get(path).map_or(&[][..], |(_, columns)| columns);
        let columns = mapping::infer(&table).settled(settled);
        if !columns.is_victim_list() {
            problems.push(no_list(path, &table.sheet));
        }
        let classify = |words: &str| tools.lexicon.classify_party(words);
        let (found, bad) =
            mapping::records(&item.id, path, &table, &columns, &tools.gazetteer, &classify);
        problems.extend(bad);
        listings.push((table.sheet.clone(), columns, found.len() as u64));
        records.extend(with_cells(found, table.rows));
    }
    (listings, records)
}

/// A table that lists nobody. It may hold anything else: figures, notes.
fn no_list(path: &str, sheet: &str) -> Problem {
    let table = if sheet.is_empty() { String::new() } else { format!("sheet {sheet} ") };
    let message = format!(
        "{table}is no list of victims (no column of names): kept as evidence, not read; name its \
         columns if it is one"
    );
    Problem { file: path.to_owned(), place: crate::model::Place::File, message }
}

fn with_cells(records: Vec<Record>, rows: Vec<crate::model::TableRow>) -> Vec<RecordRow> {
    let mut rows = rows.into_iter();
    let mut out = Vec::with_capacity(records.len());
    for record in records {
        // Both run in the order of the file, and every record has its row.
        let cells = rows.find(|row| row.row == record.at.row).map(|row| row.cells);
        out.push(RecordRow { record, cells: cells.unwrap_or_default() });
    }
    out
}

fn read_document(
    tools: &Tools,
    item: &ItemId,
    document: Document,
) -> (ReadContent, Vec<RecordRow>) {
    let reading = tools.reader.read(&article(&document));
    let mut records = Vec::new();
    for claim in reading.claims.iter().filter(|c| c.act == Act::Killed) {
        for (at, name) in named_records(item, claim).zip(&claim.names) {
            records.push(RecordRow { record: named_victim(at, name, claim), cells: Vec::new() });
        }
    }
    records.sort_by(|a, b| a.record.at.cmp(&b.record.at));
    records.dedup_by(|a, b| a.record.at == b.record.at);
    (ReadContent::Document(Box::new(document), Box::new(reading)), records)
}

/// Where the records of the victims that a claim names stand: at its start and the code points
/// after it.
pub(super) fn named_records<'c>(
    item: &'c ItemId,
    claim: &'c sijil_claims::Claim,
) -> impl Iterator<Item = RecordRef> + 'c {
    (0..claim.names.len()).map(|nth| RecordRef {
        item: item.clone(),
        sheet: TEXT.to_owned(),
        row: (claim.span.start + nth) as u64,
    })
}

/// The record of a victim that a document names.
fn named_victim(at: RecordRef, name: &str, claim: &sijil_claims::Claim) -> Record {
    let place = claim.places.first();
    let day = claim.window.and_then(|w| if w.start == w.end { w.start } else { None });
    let party = claim.perpetrators.first();
    Record {
        at,
        name: Some(name.to_owned()),
        name_other: None,
        father: None,
        mother: None,
        sex: None,
        age: None,
        born: None,
        date: day,
        place: place.map(|p| p.text.clone()),
        province: None,
        place_id: place.and_then(|p| p.id.clone()),
        status: None,
        group: claim.group.clone(),
        cause: None,
        party: party.map(|p| Party { text: p.text.clone(), class: p.class }),
        list_id: None,
        details: Details::default(),
    }
}

/// What a bare file gives: the document with what it says, `None` when it is no document, and the
/// problems met.
pub type FileReading = (Option<(Document, sijil_claims::Reading)>, Vec<Problem>);

/// Reads files that are in no register, as [`extract`] would, in parallel and in their order: for
/// `sijil claims` on bare files. `published` and `language` overrule what a file says itself.
///
/// Each result is an error when the file cannot be opened.
pub fn read_files(
    paths: &[PathBuf],
    published: Option<Date>,
    language: Option<Language>,
) -> Vec<std::io::Result<FileReading>> {
    let tools = Tools::with(&Settings::default(), String::new());
    paths.par_iter().map(|path| read_file(&tools, path, published, language)).collect()
}

fn read_file(
    tools: &Tools,
    path: &Path,
    published: Option<Date>,
    language: Option<Language>,
) -> std::io::Result<FileReading> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = std::fs::metadata(path)?.len();
    let format = intake::format_of(&name, &intake::head(&path)?);
    let (readable, problems) = intake::read(&name, format, &path, bytes);
    let Readable::Document(mut document) = readable else {
        return Ok((None, problems));
    };
    document.published = published.or(document.published);
    document.language = language.unwrap_or(document.language);
    let reading = tools.reader.read(&article(&document));
    Ok((Some((document, reading)), problems))
}

fn article(document: &Document) -> Article<'_> {
    Article {
        text: &document.text,
        body: document.body,
        published: document.published,
        language: Some(document.language),
    }
}
