//! One entry of a feed (RSS, Atom): the exact bytes of its element, read as a document.
//!
//! The text is what the feed carries of it, which may be less than the page that it points at. Who
//! published it is the source that the entry names, else the host of its address.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Report;
use super::dates::{day_in, day_of};
use super::encoding::decode;
use super::html;
use super::xml::{Piece, walk};
use crate::model::{Document, Place};

/// The entry; `None`, with a problem, when it has no text.
pub(super) fn read(bytes: &[u8], problem: &mut Report<'_>) -> Option<Document> {
    let source = decode(bytes, problem);
    let fields = fields(&source, problem);
    let field = |names: &[&str]| {
        let found = names.iter().find_map(|name| fields.get(*name));
        found.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let title = field(&["title"]).map(|title| plain(&title)).filter(|title| !title.is_empty());
    let content = field(&["encoded", "content", "description", "summary"]).unwrap_or_default();
    let heading = title.as_deref().map(escaped).unwrap_or_default();
    let page = format!(
        "<html><head><meta property=\"og:title\" content=\"{heading}\"></head>\
         <body>{content}</body></html>"
    );
    let mut document = if plain(&content).is_empty() {
        let Some(text) = title.clone() else {
            problem(Place::File, "the entry has no text; open its address instead".to_owned());
            return None;
        };
        super::txt::document_of(text, problem)?
    } else {
        html::read(page.as_bytes(), problem)?
    };
    document.title = title;
    document.url = field(&["link", "id", "guid"]).filter(|url| url.starts_with("http"));
    document.published = field(&["pubDate", "published", "date", "updated"]).and_then(|d| day(&d));
    document.outlet = field(&["publisher", "source"]).or_else(|| host(document.url.as_deref()?));
    Some(document)
}

/// Text of the elements right below the entry, by their names; the first of each counts.
fn fields(source: &str, problem: &mut Report<'_>) -> BTreeMap<String, String> {
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    let mut stack: Vec<String> = Vec::new();
    let mut open = false;
    let read = walk(source.as_bytes(), &mut |piece| match piece {
        Piece::Open(tag) => {
            stack.push(tag.name.clone());
            if stack.len() == 2 {
                open = !fields.contains_key(&tag.name);
                let linked = tag.attribute("href").filter(|_| open);
                fields.entry(tag.name.clone()).or_default().push_str(linked.unwrap_or_default());
            } else if stack.len() > 2 && open {
                // Markup that is written as elements, not as text: its blocks are lines.
                append(&mut fields, &stack, "<p>");
            }
        }
        Piece::Close(_) => {
            stack.pop();
        }
        Piece::Text(text) if stack.len() >= 2 && open => append(&mut fields, &stack, text),
        Piece::Text(_) => {}
    });
    if let Err(why) = read {
        problem(Place::File, format!("is read up to where {why}"));
    }
    fields
}

fn append(fields: &mut BTreeMap<String, String>, stack: &[String], text: &str) {
    if let Some(field) = stack.get(1).and_then(|name| fields.get_mut(name)) {
        field.push_str(text);
    }
}

/// The words of a piece of a page, in one line.
fn plain(markup: &str) -> String {
    let page = format!("<body>{markup}</body>");
    let text = html::read(page.as_bytes(), &mut |_, _| {}).map(|page| page.text);
    text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Days as feeds write them: `2031-05-12T…` or `Mon, 12 May 2031 08:00:00 GMT`.
fn day(text: &str) -> Option<Date> {
    let words = text.split_once(',').map_or(text, |(_, rest)| rest);
    let words: Vec<&str> = words.split_whitespace().take(3).collect();
    day_of(text).or_else(|| day_of(&words.join(" "))).or_else(|| day_in(text))
}

fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    Some(host.trim_start_matches("www.").to_owned()).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn entries_of_both_kinds_are_documents() {
        let rss = "<item><title>حصيلة &amp; خبر</title><link>https://www.example.org/a?b</link>\
            <pubDate>Mon, 12 May 2031 08:00:00 GMT</pubDate>\
            <description>&lt;p&gt;قتل 9 مدنيين.&lt;/p&gt;</description></item>";
        let entry = read(rss.as_bytes(), &mut |_, why| panic!("{why}")).unwrap();
        assert_eq!(entry.text, "حصيلة & خبر\n\nقتل 9 مدنيين.");
        assert_eq!(entry.outlet.as_deref(), Some("example.org"));
        assert_eq!(entry.published, Some(date(2031, 5, 12)));
        let atom = "<entry><title>Toll</title><link href='https://example.org/1'/>\
            <updated>2031-05-13T01:00:00Z</updated><content type='xhtml'><div>Nine died.\
            <p>Two were hurt.</p></div></content></entry>";
        let entry = read(atom.as_bytes(), &mut |_, why| panic!("{why}")).unwrap();
        assert_eq!(entry.text, "Toll\n\nNine died.\n\nTwo were hurt.");
        assert_eq!(entry.url.as_deref(), Some("https://example.org/1"));
        assert_eq!(entry.published, Some(date(2031, 5, 13)));
    }

    #[test]
    fn damage_is_told() {
        for text in ["<item></item>", "<item><title>", "<item><a></item>"] {
            let mut told = 0;
            assert!(read(text.as_bytes(), &mut |_, _| told += 1).is_none(), "{text}");
            assert!(told > 0, "{text}");
        }
    }
}
