//! Plain text: the file itself is the document, nothing trimmed, so that offsets stay true.

use jiff::civil::Date;
use sijil_claims::Language;
use sijil_text::letters::{Script, fold, script_of};

use super::Report;
use super::dates::{day_in, day_of};
use super::encoding::decode;
use crate::model::{Document, Place};

/// Longest first line that is taken for a title.
const LONGEST_TITLE: usize = 160;

/// Lines at the top that a line with the date is looked for in.
const DATE_LINES: usize = 8;

/// A text with its head; `None`, with a problem, when the bytes are no text.
pub(super) fn read(bytes: &[u8], problem: &mut Report<'_>) -> Option<Document> {
    document_of(decode(bytes, problem), problem)
}

/// A text that is read already, with its head; `None`, with a problem, when there is none.
pub(super) fn document_of(text: String, problem: &mut Report<'_>) -> Option<Document> {
    if let Some(at) = text.find('\0') {
        problem(Place::Byte(at as u64), "has bytes that no text has; is it another format?".into());
        return None;
    }
    if text.trim().is_empty() {
        problem(Place::File, "holds nothing but blank space".to_owned());
        return None;
    }
    let head = Head::of(&text);
    let body = text[..head.bytes].chars().count();
    let title = head.title.or_else(|| first_line_title(&text[head.bytes..]));
    let published = head.published.or_else(|| date_line(&text[head.bytes..]));
    let language = language_of(&text[head.bytes..]);
    Some(Document { body, title, outlet: head.outlet, url: head.url, published, language, text })
}

/// Language by the letters.
pub(super) fn language_of(text: &str) -> Language {
    if script_of(text) == Script::Arabic { Language::Ar } else { Language::En }
}

/// Lines `Key: value` at the top, up to the first blank line.
#[derive(Default)]
struct Head {
    bytes: usize,
    title: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    published: Option<Date>,
}

impl Head {
    fn of(text: &str) -> Self {
        let mut head = Self::default();
        let mut known = false;
        for line in text.split_inclusive('\n') {
            if line.trim().is_empty() && known {
                head.bytes += line.len();
                return head;
            }
            let line_text = line.trim_start_matches('\u{FEFF}').trim();
            let Some((key, value)) = line_text.split_once(':') else { break };
            let key = fold(key.trim());
            if key.is_empty() || key.split(' ').count() > 3 {
                break;
            }
            known |= head.take(&key, value.trim());
            head.bytes += line.len();
        }
        // No blank line ends it: it was no head.
        Self::default()
    }

    fn take(&mut self, key: &str, value: &str) -> bool {
        let text = Some(value.to_owned()).filter(|value| !value.is_empty());
        match key {
            "title" | "headline" | "العنوان" => self.title = text,
            "source" | "outlet" | "publisher" | "المصدر" => self.outlet = text,
            "url" | "link" | "الرابط" => self.url = text,
            "published" | "date" | "التاريخ" | "تاريخ النشر" => {
                self.published = day_of(value);
            }
            "note" | "author" | "language" | "ملاحظه" => {}
            _ => return false,
        }
        true
    }
}

fn first_line_title(text: &str) -> Option<String> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let short = line.chars().count() <= LONGEST_TITLE && !line.ends_with('.');
    short.then(|| line.trim_start_matches('\u{FEFF}').to_owned())
}

/// A line near the top that is a date and little else.
fn date_line(text: &str) -> Option<Date> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(DATE_LINES);
    lines.filter(|line| line.chars().count() <= 60).find_map(day_in)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn document(text: &str) -> Option<Document> {
        read(text.as_bytes(), &mut |_, _| {})
    }

    #[test]
    fn a_head_names_title_outlet_and_day_and_the_text_stays_whole() {
        let text = "Title: Clashes\nSource: Hills Office\nPublished: 2031-05-12\n\nNine died.\n";
        let read = document(text).unwrap();
        assert_eq!(read.text, text);
        assert_eq!(read.title.as_deref(), Some("Clashes"));
        assert_eq!(read.outlet.as_deref(), Some("Hills Office"));
        assert_eq!(read.published, Some(date(2031, 5, 12)));
        let body: String = text.chars().skip(read.body).collect();
        assert_eq!(body, "Nine died.\n");
    }

    #[test]
    fn text_without_a_head_is_all_body() {
        for text in
            ["He said: nine died.\n\nMore.", "A headline\n\nNine died.", "Note: this\nand that"]
        {
            assert_eq!(document(text).unwrap().body, 0, "{text}");
        }
        assert_eq!(
            document("A headline\n12 May 2031\n\nNine.").unwrap().published,
            Some(date(2031, 5, 12))
        );
    }

    #[test]
    fn blank_and_binary_files_are_problems() {
        for bytes in ["  \n\n".as_bytes(), b"a\0b"] {
            let mut problems = 0;
            assert_eq!(read(bytes, &mut |_, _| problems += 1), None);
            assert_eq!(problems, 1);
        }
    }
}
