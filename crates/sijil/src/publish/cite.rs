//! Source marks on a page: numbered links down to the evidence, and the way back up.

use std::fmt::{self, Display, Formatter};

use askama::filters::HtmlSafe;

use crate::model::MarkId;

/// Marks shown side by side; the rest of a long row of marks stands in the tables beside the page.
const SHOWN: usize = 12;

/// Remembers which marks a page has used.
///
/// The first link to a mark carries an id, so that the evidence can link back to it: sections must
/// be built in the order in which they stand on the page.
pub(super) struct Citer {
    used: Vec<bool>,
}

/// A row of marks, as HTML.
#[derive(Clone, Debug, Default)]
pub(super) struct Cites {
    /// Number, and whether this is where the page uses it first.
    marks: Vec<(usize, bool)>,
    more: usize,
}

impl Citer {
    pub(super) fn of(marks: usize) -> Self {
        Self { used: vec![false; marks] }
    }

    /// The first few of these marks, in order, each once, and how many more there are.
    pub(super) fn cite(&mut self, marks: impl IntoIterator<Item = MarkId>) -> Cites {
        self.first(marks, SHOWN)
    }

    /// All of these marks, in order, each once.
    pub(super) fn cite_all(&mut self, marks: impl IntoIterator<Item = MarkId>) -> Cites {
        self.first(marks, usize::MAX)
    }

    fn first(&mut self, marks: impl IntoIterator<Item = MarkId>, shown: usize) -> Cites {
        let mut numbers: Vec<usize> = marks
            .into_iter()
            .map(|mark| mark.0)
            .filter(|nth| (1..=self.used.len()).contains(nth))
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        let more = numbers.len().saturating_sub(shown);
        numbers.truncate(shown);
        let marks = numbers
            .into_iter()
            .map(|nth| (nth, !std::mem::replace(&mut self.used[nth - 1], true)))
            .collect();
        Cites { marks, more }
    }

    /// Indexes of the marks used so far, in order.
    pub(super) fn cited(&self) -> impl Iterator<Item = usize> + '_ {
        self.used.iter().enumerate().filter(|(_, used)| **used).map(|(nth, _)| nth)
    }
}

impl Display for Cites {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.marks.is_empty() {
            return Ok(());
        }
        f.write_str("<sup class=\"c\">")?;
        for (nth, first) in &self.marks {
            let id = if *first { format!(" id=\"r{nth}\"") } else { String::new() };
            write!(f, "<a href=\"#m{nth}\"{id}>[{nth}]</a>")?;
        }
        if self.more > 0 {
            write!(f, "<span>+{}</span>", self.more)?;
        }
        f.write_str("</sup>")
    }
}

/// Digits and our own markup, nothing from a source.
impl HtmlSafe for Cites {}
