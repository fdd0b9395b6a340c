//! Texts of the open document format: paragraphs, headings, tables, lists, then notes.
//!
//! The text with all changes accepted. Comments, frames of pages and embedded files are not read.

use super::flow::Flow;
use super::office;
use super::txt;
use super::xml::{Piece, Tag, walk};
use super::{Bytes, Report};
use crate::model::{Document, Place};

/// Elements whose text does not show where they stand.
const LEFT_OUT: &[&str] = &["tracked-changes", "annotation", "note-citation", "settings"];

/// Blanks that one element may stand for.
const MOST_BLANKS: u32 = 64;

/// The text of an open document; `None`, with a problem, when there is none.
pub(super) fn read(from: &dyn Bytes, problem: &mut Report<'_>) -> Option<Document> {
    let mut archive = match office::open(from) {
        Ok(archive) => archive,
        Err(why) => {
            problem(Place::File, why);
            return None;
        }
    };
    let mut body = Body::default();
    let read = match office::part(&mut archive, "content.xml") {
        Ok(Some(source)) => walk(source, &mut |piece| body.take(&piece)),
        Ok(None) => Err("it has no text part".to_owned()),
        Err(why) => Err(why),
    };
    if let Err(why) = read {
        let message = format!("is read up to where {why}; ask its sender for the file again");
        problem(Place::File, message);
    }
    let said = office::properties(&mut archive, "meta.xml");
    for (number, note) in (1..).zip(body.notes) {
        body.flow.block();
        body.flow.words(&format!("[{number}] {}", note.text));
    }
    let mut document = txt::document_of(body.flow.text, problem)?;
    document.title = said.title.or(body.heading).or(document.title);
    document.published = document.published.or(said.day);
    Some(document)
}

#[derive(Default)]
struct Body {
    flow: Flow,
    /// First paragraph that is a heading.
    heading: Option<String>,
    notes: Vec<Flow>,
    skipped: usize,
    cells: usize,
    /// Paragraphs and headings within each other, as notes bring them.
    paragraphs: usize,
    in_note: bool,
    in_heading: bool,
}

impl Body {
    fn take(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open(tag) if LEFT_OUT.contains(&tag.name.as_str()) => self.skipped += 1,
            Piece::Close(name) if LEFT_OUT.contains(name) => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            _ if self.skipped > 0 => {}
            Piece::Open(tag) => self.open(tag),
            Piece::Close(name) => self.close(name),
            Piece::Text(text) if self.paragraphs > 0 => self.words(text),
            Piece::Text(_) => {}
        }
    }

    fn words(&mut self, text: &str) {
        match self.notes.last_mut().filter(|_| self.in_note) {
            Some(note) => note.words(text),
            None => self.flow.words(text),
        }
        if self.in_heading && !self.in_note {
            self.heading.get_or_insert_default().push_str(text);
        }
    }

    fn open(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "p" => self.paragraphs += 1,
            "h" => {
                self.paragraphs += 1;
                self.in_heading = self.heading.is_none();
            }
            "tab" => self.words("\t"),
            "s" => self.words(&" ".repeat(tag.times("c").min(MOST_BLANKS) as usize)),
            "line-break" => self.flow.line(),
            "table-cell" => self.cells += 1,
            "note" => {
                self.in_note = true;
                self.notes.push(Flow::default());
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                self.in_heading &= self.in_note;
                match self.notes.last_mut().filter(|_| self.in_note) {
                    Some(note) => note.cell(),
                    None if self.cells == 0 => self.flow.block(),
                    None => self.flow.cell(),
                }
            }
            "table-cell" => {
                self.cells = self.cells.saturating_sub(1);
                self.flow.cell();
            }
            "table-row" => self.flow.line(),
            "table" => self.flow.block(),
            "note" => self.in_note = false,
            _ => {}
        }
    }
}
