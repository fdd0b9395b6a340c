//! Word files: paragraphs, headings, tables, lists, then footnotes and endnotes.
//!
//! The text as the file shows it with all changes accepted. Comments, headers and footers of pages,
//! drawings and embedded files are not read.

use super::flow::Flow;
use super::office::{self, Archive};
use super::txt;
use super::xml::{Piece, Tag, walk};
use super::{Bytes, Report};
use crate::model::{Document, Place};

/// Elements whose text does not show: deleted, moved away, or a second form of the same.
const LEFT_OUT: &[&str] = &["del", "moveFrom", "Fallback", "instrText", "delText", "comment"];

/// Parts with notes, and the element of one note.
const NOTES: [(&str, &str); 2] =
    [("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")];

/// The text of a Word file; `None`, with a problem, when there is none.
pub(super) fn read(from: &dyn Bytes, problem: &mut Report<'_>) -> Option<Document> {
    let mut archive = match office::open(from) {
        Ok(archive) => archive,
        Err(why) => {
            problem(Place::File, why);
            return None;
        }
    };
    let mut body = Body::default();
    body.read(&mut archive, "word/document.xml", true, problem);
    for (part, element) in NOTES {
        body.note = Some(element);
        body.read(&mut archive, part, false, problem);
    }
    let said = office::properties(&mut archive, "docProps/core.xml");
    let mut document = txt::document_of(body.flow.text, problem)?;
    document.title = said.title.or(body.heading).or(document.title);
    document.published = document.published.or(said.day);
    Some(document)
}

#[derive(Default)]
struct Body {
    flow: Flow,
    /// First paragraph in the style of a title or of the first heading.
    heading: Option<String>,
    /// Element of a note, while notes are read.
    note: Option<&'static str>,
    skipped: usize,
    cells: usize,
    in_text: bool,
    in_heading: bool,
}

impl Body {
    fn read(&mut self, archive: &mut Archive, part: &str, needed: bool, problem: &mut Report<'_>) {
        let read = match office::part(archive, part) {
            Ok(Some(source)) => walk(source, &mut |piece| self.take(&piece)),
            Ok(None) if needed => Err("it has no text part".to_owned()),
            Ok(None) => return,
            Err(why) => Err(why),
        };
        if let Err(why) = read {
            let message = format!("is read up to where {why}; ask its sender for the file again");
            problem(Place::File, message);
        }
        (self.skipped, self.cells, self.in_text, self.in_heading) = (0, 0, false, false);
    }

    fn take(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open(tag) if LEFT_OUT.contains(&tag.name.as_str()) => self.skipped += 1,
            Piece::Close(name) if LEFT_OUT.contains(name) => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            _ if self.skipped > 0 => {}
            Piece::Open(tag) => self.open(tag),
            Piece::Close(name) => self.close(name),
            Piece::Text(text) if self.in_text => {
                self.flow.words(text);
                if self.in_heading {
                    self.heading.get_or_insert_default().push_str(text);
                }
            }
            Piece::Text(_) => {}
        }
    }

    fn open(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "t" => self.in_text = true,
            "tab" => self.flow.words("\t"),
            "br" | "cr" => self.flow.line(),
            "tc" => self.cells += 1,
            "pStyle" => {
                let style = tag.attribute("val").unwrap_or_default().to_ascii_lowercase();
                let titles = style == "title" || style == "heading1";
                self.in_heading = self.heading.is_none() && titles;
            }
            name if Some(name) == self.note => {
                // Separators are kept as notes of a type of their own and have no number to show.
                self.flow.block();
                if let (None, Some(id)) = (tag.attribute("type"), tag.attribute("id")) {
                    self.flow.words(&format!("[{id}] "));
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => {
                self.in_heading = false;
                if self.note.is_some() {
                    self.flow.cell();
                } else if self.cells == 0 {
                    self.flow.block();
                } else {
                    self.flow.cell();
                }
            }
            "tc" => {
                self.cells = self.cells.saturating_sub(1);
                self.flow.cell();
            }
            "tr" => self.flow.line(),
            "tbl" => self.flow.block(),
            name if Some(name) == self.note => self.flow.block(),
            _ => {}
        }
    }
}
