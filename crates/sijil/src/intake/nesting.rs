//! Pages that nest deeper than people write are made flat before they are parsed.
//!
//! The time that the parser takes grows with the square of the depth: a page of nothing but open
//! tags would hold the program for hours. Tags below the limit are dropped, their ends with them,
//! and a line break stands for each, so that no word is lost and none runs into the next.
//!
//! A scan of the text, not a parse: a page made to deceive it (quotes and comments that the parser
//! reads in another way) can still nest.

use std::borrow::Cow;

/// Elements within elements that are kept, as many as browsers keep.
const DEEPEST: usize = 512;

/// Elements that have no end tag, or whose end tag people leave out.
const UNCOUNTED: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "option", "html", "head", "body",
];

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title"];

/// Tags of a page that are parsed: each costs the parser some 150 bytes, however short it is.
pub(super) const MOST_TAGS: usize = 800_000;

/// The page with at most [`DEEPEST`] elements within each other; nothing of one that has more than
/// [`MOST_TAGS`] tags.
pub(super) fn flattened(page: &str) -> Option<Cow<'_, str>> {
    let mut flat: Option<String> = None;
    let (mut copied, mut depth, mut at, mut tags) = (0, 0_usize, 0, 0_usize);
    while let Some(found) = page[at..].find('<') {
        let start = at + found;
        tags += 1;
        if tags > MOST_TAGS {
            return None;
        }
        let tag = Tag::at(&page[start..]);
        at = start + tag.length;
        let too_deep = match tag.kind {
            Kind::Open => {
                depth += 1;
                depth > DEEPEST
            }
            Kind::Close => {
                let too_deep = depth > DEEPEST;
                depth = depth.saturating_sub(1);
                too_deep
            }
            Kind::Other => false,
        };
        if too_deep {
            let flat = flat.get_or_insert_default();
            flat.push_str(&page[copied..start]);
            flat.push_str("<br>");
            copied = at;
        }
    }
    Some(match flat {
        None => Cow::Borrowed(page),
        Some(flat) => Cow::Owned(flat + &page[copied..]),
    })
}

enum Kind {
    /// An element that counts begins.
    Open,
    /// Such an element ends.
    Close,
    /// Anything else: a comment, an element that does not count, a bare `<`.
    Other,
}

/// What begins at a `<`, and how many bytes of the page it takes.
struct Tag {
    kind: Kind,
    length: usize,
}

impl Tag {
    fn at(rest: &str) -> Self {
        if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(rest.len(), |end| end + 3);
            return Self { kind: Kind::Other, length: end };
        }
        let closes = rest.starts_with("</");
        let name = &rest[1 + usize::from(closes)..];
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Self { kind: Kind::Other, length: 1 };
        }
        let length = end_of_tag(rest);
        if !closes && RAW.contains(&name.as_str()) {
            return Self { kind: Kind::Other, length: length + raw_length(&rest[length..], &name) };
        }
        let counts = !UNCOUNTED.contains(&name.as_str()) && !RAW.contains(&name.as_str());
        let kind = match (counts, closes) {
            (true, true) => Kind::Close,
            (true, false) if !rest[..length].ends_with("/>") => Kind::Open,
            _ => Kind::Other,
        };
        Self { kind, length }
    }
}

/// Bytes up to and with the `>` that ends a tag; one within quotes does not.
fn end_of_tag(rest: &str) -> usize {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    rest.len()
}

/// Bytes of raw content before its end tag.
fn raw_length(rest: &str, name: &str) -> usize {
    let ends = |at: usize| {
        let after = rest.get(at + 2..at + 2 + name.len());
        after.is_some_and(|word| word.eq_ignore_ascii_case(name))
    };
    rest.match_indices("</").map(|(at, _)| at).find(|at| ends(*at)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_stays_as_it_is() {
        let list = "<ul><li>one<li>two<br></ul><img src='a>b'><path/>".repeat(1000);
        let script = format!("<script>{}</script><p>text", "if (a<b) c<d;".repeat(1000));
        let comment = format!("<!-- {} --><p>1 < 2", "<div>".repeat(1000));
        for page in [list, script, comment, "<div".to_owned(), "<".to_owned(), String::new()] {
            assert!(matches!(flattened(&page), Some(Cow::Borrowed(_))), "{page}");
        }
    }

    #[test]
    fn what_lies_too_deep_is_brought_up() {
        let deep = |n: usize| format!("{}x{}y", "<div>".repeat(n), "</div>".repeat(n));
        assert_eq!(flattened(&deep(DEEPEST)).unwrap(), deep(DEEPEST));
        let open = "<div>".repeat(DEEPEST);
        let close = "</div>".repeat(DEEPEST);
        assert!(flattened(&"<b>".repeat(MOST_TAGS + 1)).is_none());
        assert_eq!(
            flattened(&deep(DEEPEST + 2)).unwrap(),
            format!("{open}<br><br>x<br><br>{close}y")
        );
    }
}
