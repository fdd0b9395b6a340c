//! PDF: the text page by page, a form feed between two pages, Arabic in the order it is read.
//!
//! Poppler's `pdftotext` reads best and is used where the machine has it: a process of its own, with
//! limits, so that no file can take this program down. Else the file is read here, worse, and the
//! user is told. Pictures of text (scans) are not read, nor the cells of tables as cells.

mod order;
mod page;
mod poppler;
mod pure;

use super::apart::{Asked, ask};
use super::txt;
use super::{Bytes, Report};
use crate::model::{Document, Place};

/// Bytes of text of one file that are read.
const LARGEST_TEXT: u64 = 64 << 20;

/// Stands between two pages.
pub(super) const PAGE: char = '\u{C}';

/// The text of a PDF; `None`, with a problem, when there is none.
pub(super) fn read(from: &dyn Bytes, problem: &mut Report<'_>) -> Option<Document> {
    let text = match poppler::text(from) {
        poppler::Outcome::Text(text) => text,
        poppler::Outcome::Refused(why) => {
            problem(Place::File, why);
            return None;
        }
        poppler::Outcome::NoProgram => {
            let text = aside(from, problem)?;
            let told = "is read without pdftotext: check names and numbers against the original; \
                        a new register reads it better where poppler-utils is installed";
            problem(Place::File, told.to_owned());
            text
        }
    };
    let text = order::logical(text.trim_end_matches(PAGE));
    if text.chars().all(|c| c.is_whitespace() || c.is_control()) {
        let why = "has no text: it may hold pictures of pages; hand in a text beside it";
        problem(Place::File, why.to_owned());
        return None;
    }
    txt::document_of(text, problem)
}

/// Its text without any other program, read apart.
fn aside(from: &dyn Bytes, problem: &mut Report<'_>) -> Option<String> {
    let answer = ask(Asked::Pdf, from);
    answer.problems.into_iter().for_each(|(place, why)| problem(place, why));
    answer.text
}

/// The same, read here.
pub(super) fn plain(from: &dyn Bytes, problem: &mut Report<'_>) -> Option<String> {
    pure::text(from, problem)
}

#[cfg(test)]
mod tests;
