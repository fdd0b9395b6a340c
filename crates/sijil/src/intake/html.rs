//! Web pages: the main text, block by block, and what the page says of itself.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Node, Selector};

use super::Report;
use super::dates::day_of;
use super::encoding::decode;
use super::flow::Flow;
use super::nesting::{MOST_TAGS, flattened};
use super::txt::language_of;
use crate::model::{Document, Place};

/// Elements whose text is no part of what the page reports.
const LEFT_OUT: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "iframe", "button", "select", "nav",
    "footer", "aside", "form", "head", "title",
];

/// Elements that end a block of text.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "table",
    "blockquote",
    "figure",
    "figcaption",
    "header",
    "pre",
    "dl",
    "address",
    "hr",
];

/// Elements that end a line.
const LINES: &[&str] = &["br", "li", "tr", "dt", "dd"];

/// The main text of a page; `None`, with a problem, when there is none.
pub(super) fn read(bytes: &[u8], problem: &mut Report<'_>) -> Option<Document> {
    let source = decode(bytes, problem);
    let Some(flat) = flattened(&source) else {
        problem(Place::File, format!("has more than {MOST_TAGS} tags: kept, not read; split it"));
        return None;
    };
    let page = Html::parse_document(&flat);
    let title = meta(&page, &["og:title", "dc.title"]).or_else(|| text_of(&page, "title, h1"));
    let main = main_text(&page);
    if main.trim().is_empty() {
        problem(Place::File, "the page has no text of its own; save the page as it shows".into());
        return None;
    }
    let (text, body) = match &title {
        Some(title) => {
            let rest = main.strip_prefix(title.as_str()).unwrap_or(&main).trim_start();
            (format!("{title}\n\n{rest}"), title.chars().count() + 2)
        }
        None => (main, 0),
    };
    let published = meta(
        &page,
        &["article:published_time", "date", "dc.date", "datepublished", "pubdate", "publish-date"],
    )
    .or_else(|| attribute(&page, "time[datetime]", "datetime"))
    .and_then(|day| day_of(&day));
    let outlet = meta(&page, &["og:site_name", "dc.publisher", "publisher", "author"]);
    let url = attribute(&page, "link[rel=canonical]", "href").or_else(|| meta(&page, &["og:url"]));
    let language = language_of(&text);
    Some(Document { text, body, title, outlet, url, published, language })
}

/// The content of the first of these meta properties or names that the page has.
fn meta(page: &Html, names: &[&str]) -> Option<String> {
    let selector = Selector::parse("meta[content]").ok()?;
    names.iter().find_map(|name| {
        let found = page.select(&selector).find(|element| {
            let is = |attribute| {
                element.attr(attribute).is_some_and(|value| value.eq_ignore_ascii_case(name))
            };
            is("property") || is("name") || is("itemprop")
        });
        one_line(found?.attr("content")?)
    })
}

fn attribute(page: &Html, selector: &str, name: &str) -> Option<String> {
    let selector = Selector::parse(selector).ok()?;
    one_line(page.select(&selector).next()?.attr(name)?)
}

fn text_of(page: &Html, selector: &str) -> Option<String> {
    let selector = Selector::parse(selector).ok()?;
    page.select(&selector).find_map(|element| one_line(&blocks(element)))
}

fn one_line(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(line).filter(|line| !line.is_empty())
}

/// The text of the longest article, else of the main part, else of the body.
fn main_text(page: &Html) -> String {
    for name in ["article", "main", "[role=main]", "body"] {
        let Ok(selector) = Selector::parse(name) else { continue };
        let texts = page.select(&selector).map(blocks);
        if let Some(text) = texts.max_by_key(String::len).filter(|text| !text.is_empty()) {
            return text;
        }
    }
    String::new()
}

/// Text of an element: a blank line between blocks, a line break at lines, single spaces within.
fn blocks(element: ElementRef<'_>) -> String {
    let mut flow = Flow::default();
    let mut skipped = 0;
    // The tree is walked edge by edge: pages nest deeper than a stack.
    for edge in element.traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(e) if LEFT_OUT.contains(&e.name()) => skipped += 1,
                Node::Element(e) => boundary(&mut flow, e.name()),
                Node::Text(text) if skipped == 0 => flow.words(text),
                _ => {}
            },
            Edge::Close(node) => match node.value() {
                Node::Element(e) if LEFT_OUT.contains(&e.name()) => skipped -= 1,
                Node::Element(e) => boundary(&mut flow, e.name()),
                _ => {}
            },
        }
    }
    flow.text
}

/// What the start or end of an element means for the text around it.
fn boundary(flow: &mut Flow, name: &str) {
    if BLOCKS.contains(&name) {
        flow.block();
    } else if LINES.contains(&name) {
        flow.line();
    } else if matches!(name, "td" | "th") {
        flow.cell();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_main_text_and_the_pages_own_words_are_read() {
        let page = "<!doctype html><html><head><title>Nine killed | Site</title>
            <meta property='og:title' content='Nine killed'>
            <meta property='og:site_name' content='Valley News'>
            <meta property='article:published_time' content='2031-05-13T08:00:00Z'>
            <script>var a = 'ten killed';</script></head>
            <body><nav>Home</nav><article><h1>Nine killed</h1><p>Nine  people &amp; a dog
            <b>died</b>.</p><ul><li>one</li><li>two</li></ul></article><footer>About</footer></body>";
        let document = read(page.as_bytes(), &mut |_, _| {}).unwrap();
        assert_eq!(document.text, "Nine killed\n\nNine people & a dog died.\n\none\ntwo");
        assert_eq!(document.body, 13);
        assert_eq!(document.outlet.as_deref(), Some("Valley News"));
        assert_eq!(document.published, Some(date(2031, 5, 13)));
    }

    #[test]
    fn a_page_that_nests_without_end_is_read() {
        let page = format!("<body>{}nine killed", "<div>".repeat(100_000));
        let document = read(page.as_bytes(), &mut |_, _| {}).unwrap();
        assert_eq!(document.text, "nine killed");
    }

    #[test]
    fn a_page_without_text_is_a_problem() {
        let mut problems = 0;
        assert_eq!(read(b"<html><script>x</script></html>", &mut |_, _| problems += 1), None);
        assert_eq!(problems, 1);
    }
}
