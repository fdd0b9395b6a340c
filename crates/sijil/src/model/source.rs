//! Source marks: what a number on a page points at.

use serde::{Deserialize, Serialize};

use super::ItemId;

/// Number of a mark on a page, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MarkId(pub usize);

/// A place in an item that a number rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Number on the page.
    pub id: MarkId,
    /// The bytes.
    pub item: ItemId,
    /// Path as captured.
    pub path: String,
    /// What stands there.
    pub quote: Quote,
}

/// What stands at a mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quote {
    /// A sentence of a document; the quantity is `sentence[from..to]` in code points.
    Sentence {
        /// Title or outlet and day of the document.
        document: String,
        /// The sentence.
        sentence: String,
        /// First code point of the sentence in the document's text.
        start: usize,
        /// First code point of the expression within the sentence.
        from: usize,
        /// One past its last code point within the sentence.
        to: usize,
    },
    /// A row of a list.
    Row {
        /// Sheet, empty for a file that has none.
        sheet: String,
        /// Row number.
        row: u64,
        /// Header and cell, in column order, what may not be public already masked.
        cells: Vec<(String, String)>,
    },
}
