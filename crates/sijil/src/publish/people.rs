//! Persons behind records, and the pairs of records that a human should look at.
//!
//! Nobody becomes a line of biography here: number, sex, age band, day, place, party, and the rows
//! that say so. A name stands on the page only where the options say so.

use super::cite::Cites;
use super::context::{Context, PERSONS_SHOWN};
use super::words;
use crate::model::{AgeBand, OpenPair, PersonLine, RecordRef, Sex, class_label};

/// Open pairs that a page lists, most likely first; all of them stand in `report.json`.
const PAIRS_SHOWN: usize = 500;

/// One person as a row.
pub(super) struct PersonRow {
    pub(super) nth: usize,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) sex: &'static str,
    pub(super) band: &'static str,
    pub(super) date: String,
    pub(super) place: String,
    pub(super) party: String,
    pub(super) records: usize,
    pub(super) contested: String,
    pub(super) cites: Cites,
}

/// Persons that the page lists, and how many stand in the table beside it only.
pub(super) struct People {
    pub(super) rows: Vec<PersonRow>,
    pub(super) more: usize,
    pub(super) shown: String,
    pub(super) all: String,
}

pub(super) fn people(context: &mut Context<'_>) -> People {
    let report = context.report;
    let shown = report.persons.iter().take(PERSONS_SHOWN).enumerate();
    let rows: Vec<PersonRow> = shown.map(|(nth, line)| row(context, nth + 1, line)).collect();
    People {
        more: report.persons.len() - rows.len(),
        shown: words::number(rows.len() as u64),
        all: words::number(report.persons.len() as u64),
        rows,
    }
}

fn row(context: &mut Context<'_>, nth: usize, line: &PersonLine) -> PersonRow {
    let person = &line.person;
    let place = match &person.place_id {
        Some(id) if context.place(id) != id => context.place(id).to_owned(),
        _ => person.place.clone().or_else(|| person.province.clone()).unwrap_or_default(),
    };
    PersonRow {
        nth,
        id: person.id.0.clone(),
        name: person.name.clone().filter(|_| context.names).unwrap_or_default(),
        sex: person.sex.map(sex).unwrap_or_default(),
        band: person.band.map(band).unwrap_or_default(),
        date: person.date.map(words::day).unwrap_or_default(),
        place,
        party: person.party.as_ref().map(|p| class_label(p.class).to_owned()).unwrap_or_default(),
        records: person.records.len(),
        contested: person.contested.join(", "),
        cites: context.cite_all(line.marks.iter().copied()),
    }
}

pub(super) fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "female",
        Sex::Male => "male",
    }
}

pub(super) fn band(band: AgeBand) -> &'static str {
    match band {
        AgeBand::Child => "under 18",
        AgeBand::Adult => "18 to 59",
        AgeBand::Elderly => "60 and over",
    }
}

/// Two records that may be one person.
pub(super) struct PairRow {
    pub(super) probability: String,
    pub(super) a: RecordView,
    pub(super) b: RecordView,
    pub(super) why: String,
}

/// A record by where it stands.
pub(super) struct RecordView {
    pub(super) place: String,
    pub(super) cites: Cites,
}

/// Open pairs that the page lists, and how many it does not.
pub(super) struct Pairs {
    pub(super) rows: Vec<PairRow>,
    pub(super) more: String,
}

pub(super) fn pairs(context: &mut Context<'_>) -> Pairs {
    let report = context.report;
    let shown = report.open_pairs.iter().take(PAIRS_SHOWN);
    let rows: Vec<PairRow> = shown.map(|pair| pair_row(context, pair)).collect();
    let more = report.open_pairs.len() - rows.len();
    Pairs { more: if more == 0 { String::new() } else { words::number(more as u64) }, rows }
}

fn pair_row(context: &mut Context<'_>, pair: &OpenPair) -> PairRow {
    PairRow {
        probability: format!("{:.2}", pair.probability),
        a: record(context, &pair.a),
        b: record(context, &pair.b),
        why: pair.why.join("; "),
    }
}

fn record(context: &mut Context<'_>, at: &RecordRef) -> RecordView {
    let file = context.item(&at.item).map_or_else(|| at.item.short(), |item| item.path.as_str());
    let place = match at.sheet.as_str() {
        "" => format!("{file}, row {}", at.row),
        "text" => format!("{file}, code point {}", at.row),
        sheet => format!("{file}, sheet {sheet}, row {}", at.row),
    };
    RecordView { place, cites: context.cite_record(at) }
}
