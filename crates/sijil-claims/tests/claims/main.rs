//! The reader on texts whose meaning is known: sentences of invented reports, the coast's example,
//! whole reports in English and Arabic, and texts damaged at random.

mod cases;
mod coast;
mod damage;
mod gold;

use jiff::civil::{Date, date};
use sijil_claims::{Article, Lexicon, Reader, Reading};
use sijil_text::places::Gazetteer;

/// A reader with what comes with the program.
fn reader() -> Reader {
    Reader::new(Lexicon::embedded(), Gazetteer::embedded().clone())
}

fn read(reader: &Reader, text: &str, published: Date) -> Reading {
    reader.read(&Article { text, body: 0, published: Some(published), language: None })
}

/// The day on which the invented reports are published: a Wednesday.
const DAY: Date = date(2031, 5, 14);
