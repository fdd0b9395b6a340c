//! The text of a PDF without any other program.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Document, LoadOptions};

use super::super::bytes::{length, whole};
use super::super::{Bytes, Report};
use super::{LARGEST_TEXT, PAGE, page};
use crate::model::Place;

/// Bytes of a file that are read: the library holds all of it.
const LARGEST: u64 = 32 << 20;

/// Bytes that one stream of a file may unpack to.
const LARGEST_STREAM: usize = 16 << 20;

/// Pages that are read.
const MOST_PAGES: usize = 5000;

/// The text, a form feed between two pages; `None`, with a problem, when it cannot be read.
pub(super) fn text(from: &dyn Bytes, problem: &mut Report<'_>) -> Option<String> {
    let mut refuse = |why: &str| {
        problem(Place::File, why.to_owned());
        None
    };
    let Ok(length) = length(from) else { return refuse("cannot be opened; try again") };
    if length > LARGEST {
        return refuse(
            "has more than 32 MiB: kept, not read without pdftotext; install poppler-utils first",
        );
    }
    let Ok(bytes) = whole(from) else { return refuse("cannot be read; try again") };
    // A fault of the library on a file made to deceive it is a fault of that file.
    match catch_unwind(AssertUnwindSafe(|| pages(&bytes))) {
        Ok(Ok((text, unread))) => {
            if unread > 0 {
                problem(Place::File, format!("{unread} of its pages cannot be read"));
            }
            Some(text)
        }
        Ok(Err(why)) => refuse(&why),
        Err(_) => refuse("is no whole PDF; ask its sender for the file again"),
    }
}

/// The text and how many pages could not be read.
fn pages(bytes: &[u8]) -> Result<(String, usize), String> {
    let options = LoadOptions::with_max_decompressed_size(LARGEST_STREAM);
    let document = Document::load_mem_with_options(bytes, options)
        .map_err(|_| "is no whole PDF; ask its sender for the file again".to_owned())?;
    if document.is_encrypted() {
        return Err("is locked; ask its sender for a file that opens".to_owned());
    }
    let (mut text, mut unread) = (String::new(), 0);
    let numbers = document.get_pages();
    for number in numbers.values().take(MOST_PAGES) {
        if !text.is_empty() {
            text.push(PAGE);
        }
        match page::text(&document, *number, LARGEST_STREAM) {
            Ok(page)
                if text.len() + page.len()
                    < usize::try_from(LARGEST_TEXT).unwrap_or(usize::MAX) =>
            {
                text.push_str(&page);
            }
            _ => unread += 1,
        }
    }
    Ok((text, unread + numbers.len().saturating_sub(MOST_PAGES)))
}
