//! Source marks: sentences and rows that numbers rest on, numbered as a page will show them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use sijil_claims::Span;

use super::super::mask::{Mask, hidden};
use super::super::material::Material;
use super::super::slices::Slices;
use crate::model::{ItemId, Mark, MarkId, Quote};
use crate::register::DocumentRow;

/// The marks of a page: those of the claims first, so that a claim's number is known beforehand.
pub(super) struct Marks<'m> {
    material: &'m Material,
    pub(super) mask: &'m Mask,
    /// Stretches of each document that are masked.
    hidden: BTreeMap<&'m ItemId, Vec<Span>>,
    texts: BTreeMap<&'m ItemId, Slices<'m>>,
    pub(super) all: Vec<Mark>,
}

impl<'m> Marks<'m> {
    pub(super) fn with_claims(material: &'m Material, mask: &'m Mask) -> Self {
        let texts = material
            .documents
            .iter()
            .map(|row| (&row.item, Slices::of(&row.document.text)))
            .collect();
        let hidden = material
            .documents
            .iter()
            .map(|row| (&row.item, mask.spans(&row.document.text)))
            .collect();
        let all = Vec::with_capacity(material.claim_marks());
        let mut marks = Self { material, mask, hidden, texts, all };
        for (_, row, claim) in material.claims() {
            marks.sentence(row, claim.sentence, claim.span);
        }
        marks
    }

    pub(super) fn push(&mut self, item: &ItemId, quote: Quote) -> MarkId {
        let id = MarkId(self.all.len() + 1);
        let path = self.material.path(item).to_owned();
        self.all.push(Mark { id, item: item.clone(), path, quote });
        id
    }

    /// Marks `span` within `sentence` of a document.
    pub(super) fn sentence(&mut self, row: &DocumentRow, sentence: Span, span: Span) -> MarkId {
        let text = self.texts.get(&row.item).map(|t| t.get(sentence.start, sentence.end));
        let spans = self.hidden_within(&row.item, sentence);
        let (text, moved) = hidden(text.unwrap_or_default(), &spans);
        let within = |point: usize| point.clamp(sentence.start, sentence.end) - sentence.start;
        let quote = Quote::Sentence {
            document: self.document_line(row),
            sentence: text,
            start: sentence.start,
            from: moved.start(within(span.start)),
            to: moved.end(within(span.end)),
        };
        self.push(&row.item, quote)
    }

    /// Masked stretches that reach into a sentence, counted from its first code point.
    fn hidden_within(&self, item: &ItemId, sentence: Span) -> Vec<Span> {
        let all = self.hidden.get(item).map_or(&[][..], Vec::as_slice);
        let reaching = all.iter().filter(|s| s.start < sentence.end && sentence.start < s.end);
        reaching
            .map(|s| Span {
                start: s.start.saturating_sub(sentence.start),
                end: s.end.min(sentence.end) - sentence.start,
            })
            .collect()
    }

    fn document_line(&self, row: &DocumentRow) -> String {
        let mut line = self.mask.text(&self.material.name_of(row));
        if let Some(outlet) = row.document.outlet.as_ref().filter(|outlet| **outlet != line) {
            line = format!("{line}, {outlet}");
        }
        match row.document.published {
            Some(day) => format!("{line}, {day}"),
            None => line,
        }
    }
}

/// Gazetteer places that documents name, each with a mark where it is first named.
pub(super) fn places_named(
    material: &Material,
    marks: &mut Marks<'_>,
) -> BTreeMap<String, Vec<MarkId>> {
    let mut named: BTreeMap<String, Vec<MarkId>> = BTreeMap::new();
    for (at, _, claim) in material.claims() {
        for id in claim.places.iter().filter_map(|place| place.id.as_ref()) {
            named.entry(id.clone()).or_default().push(material.claim_mark(at));
        }
    }
    for row in &material.documents {
        for hit in material.gazetteer.scan(&row.document.text) {
            if let Entry::Vacant(first) = named.entry(hit.id) {
                let (line, word) = line_around(&row.document.text, hit.range.start);
                first.insert(vec![marks.sentence(row, line, word)]);
            }
        }
    }
    named
}

/// The line that byte `at` lies in and the word there, in code points; at most 600 of them.
fn line_around(text: &str, at: usize) -> (Span, Span) {
    let first = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let last = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let start = text[..first].chars().count();
    let word = start + text[first..at].chars().count();
    let length = text[at..].chars().take_while(|c| c.is_alphanumeric()).count();
    let end = (start + text[first..last].chars().count()).min(start.max(word) + 600);
    (Span { start, end }, Span { start: word, end: word + length })
}
