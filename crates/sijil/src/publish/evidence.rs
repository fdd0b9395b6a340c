//! The evidence: what stands at every mark, quoted, with the way back to its bytes.

use super::context::Context;
use super::words;
use crate::model::{Mark, Quote};

/// One mark and what stands there.
pub(super) struct Evidence {
    pub(super) nth: usize,
    pub(super) what: What,
    pub(super) path: String,
    pub(super) short: String,
    /// Whether the items table has the item, so that it can be linked.
    pub(super) listed: bool,
}

/// What stands at a mark.
pub(super) enum What {
    /// A sentence, cut at the words that the number rests on.
    Sentence {
        before: String,
        words: String,
        after: String,
        language: Option<&'static str>,
        document: String,
        /// Day of the document, where its line ends in one.
        day: String,
        first: usize,
        last: usize,
    },
    /// A row of a list.
    Row { place: String, cells: Vec<(String, String)> },
}

/// Every mark that the page uses, in order. To be called after all other sections.
pub(super) fn evidence(context: &Context<'_>) -> Vec<Evidence> {
    context.cited().map(|mark| one(context, mark)).collect()
}

fn one(context: &Context<'_>, mark: &Mark) -> Evidence {
    Evidence {
        nth: mark.id.0,
        what: what(&mark.quote),
        path: mark.path.clone(),
        short: mark.item.short().to_owned(),
        listed: context.item(&mark.item).is_some(),
    }
}

fn what(quote: &Quote) -> What {
    match quote {
        Quote::Sentence { document, sentence, start, from, to } => {
            let (from_byte, to_byte) = (byte(sentence, *from), byte(sentence, *to));
            let cut = |a: usize, b: usize| sentence.get(a..b).unwrap_or_default().to_owned();
            // A mark may be a whole sentence; then nothing in it stands out.
            let whole = *from == 0 && to_byte >= sentence.len();
            let (a, b) = if whole { (0, 0) } else { (from_byte, to_byte.max(from_byte)) };
            let (document, day) = dated(document);
            What::Sentence {
                before: cut(0, a),
                words: cut(a, b),
                after: cut(b, sentence.len()),
                language: words::language(sentence),
                document,
                day,
                first: start + from,
                last: start + to,
            }
        }
        Quote::Row { sheet, row, cells } => {
            let place = match sheet.as_str() {
                "" => format!("row {row}"),
                "text" => format!("code point {row}"),
                sheet => format!("sheet {sheet}, row {row}"),
            };
            What::Row { place, cells: cells.clone() }
        }
    }
}

/// The line of a document without the day that it ends in, and that day: in a line that runs from
/// the right, `2031-05-10` would be drawn as 10-05-2031.
fn dated(line: &str) -> (String, String) {
    let parts = line.rsplit_once(", ");
    match parts.and_then(|(rest, day)| Some((rest, day.parse().ok()?))) {
        Some((rest, day)) => (rest.to_owned(), words::day(day)),
        None => (line.to_owned(), String::new()),
    }
}

/// The byte at which a code point begins; the end of the text where there is no such code point.
fn byte(text: &str, code_point: usize) -> usize {
    text.char_indices().nth(code_point).map_or(text.len(), |(byte, _)| byte)
}
