//! XML of office files and feeds, piece by piece: names without their prefixes, no entity of the
//! file's own, no tree.
//!
//! It bounds what a file can ask for: depth, number of pieces, bytes. It does not validate.

use std::io::{BufRead, BufReader, Read};

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Elements within elements that are followed.
const DEEPEST: usize = 512;

/// Pieces of one file that are read.
const MOST_PIECES: usize = 20_000_000;

/// Bytes of one part that are read.
pub(super) const LARGEST_PART: u64 = 64 << 20;

/// A piece of an XML file.
pub(super) enum Piece<'a> {
    /// An element begins.
    Open(&'a Tag),
    /// The element of this name ends.
    Close(&'a str),
    /// Text, entities resolved, blanks as they stand.
    Text(&'a str),
}

/// The start of an element.
pub(super) struct Tag {
    /// Its name without the prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn of(start: &BytesStart<'_>) -> Self {
        let attributes = start.attributes().flatten().filter_map(|attribute| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
            Some((local(attribute.key.as_ref()).to_owned(), value))
        });
        let attributes = attributes.collect();
        Self { name: local(start.name().as_ref()).to_owned(), attributes }
    }

    /// The value of the attribute of this name, whatever its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// How often the element stands for itself, at least once.
    pub(super) fn times(&self, name: &str) -> u32 {
        self.attribute(name).and_then(|times| times.parse().ok()).unwrap_or(1).max(1)
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Hands every piece of `source` to `visit`, in order.
///
/// # Errors
/// Says why the rest cannot be read; what came before was handed over.
pub(super) fn walk(source: impl Read, visit: &mut dyn FnMut(Piece<'_>)) -> Result<(), String> {
    // One byte more than may be: a file of exactly the limit is whole.
    let mut reader = Reader::from_reader(BufReader::new(source.take(LARGEST_PART + 1)));
    reader.config_mut().expand_empty_elements = true;
    let (mut buffer, mut depth) = (Vec::new(), 0_usize);
    for _ in 0..MOST_PIECES {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|e| damage(&e))?;
        match event {
            Event::Eof if reader_is_over(&reader) => return Err(too_large()),
            Event::Eof if depth > 0 => return Err("it ends in the middle".to_owned()),
            Event::Eof => return Ok(()),
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(format!("its elements lie more than {DEEPEST} deep"));
                }
                visit(Piece::Open(&Tag::of(&start)));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Piece::Close(local(end.name().as_ref())));
            }
            Event::Text(text) => visit(Piece::Text(&text.xml10_content())),
            Event::CData(text) => visit(Piece::Text(&text.xml10_content())),
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().map_err(|e| damage(&e))?;
                let known = resolve_xml_entity(&reference);
                match (letter, known) {
                    (Some(letter), _) => visit(Piece::Text(letter.encode_utf8(&mut [0; 4]))),
                    (None, Some(text)) => visit(Piece::Text(text)),
                    (None, None) => return Err("it has entities of its own".to_owned()),
                }
            }
            Event::DocType(kind) if kind.contains("<!ENTITY") => {
                return Err("it has entities of its own".to_owned());
            }
            _ => {}
        }
    }
    Err(format!("it has more than {MOST_PIECES} pieces"))
}

fn reader_is_over<R: BufRead>(reader: &Reader<R>) -> bool {
    reader.buffer_position() > LARGEST_PART
}

fn too_large() -> String {
    format!("it would unpack to more than {} MiB", LARGEST_PART >> 20)
}

/// What is wrong, in words that quote nothing of the file.
fn damage(error: &quick_xml::Error) -> String {
    match error {
        quick_xml::Error::Io(e) => format!("its bytes do not unpack: {e}"),
        _ => "its XML is damaged".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> (String, Option<String>) {
        let mut text = String::new();
        let end = walk(xml.as_bytes(), &mut |piece| match piece {
            Piece::Open(tag) => text.push_str(&format!("<{}>", tag.name)),
            Piece::Close(name) => text.push_str(&format!("</{name}>")),
            Piece::Text(words) => text.push_str(words),
        });
        (text, end.err())
    }

    #[test]
    fn pieces_come_in_order_without_prefixes() {
        let (text, end) = read("<w:a x:b='1'>one &amp; &#1587;<w:c/><![CDATA[<d>]]></w:a>");
        assert_eq!(text, "<a>one & س<c></c><d></a>");
        assert_eq!(end, None);
    }

    #[test]
    fn bombs_and_damage_end_the_walk_with_a_reason() {
        let laughs = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'>]><a>&c;</a>";
        for (xml, why) in [
            (laughs.to_owned(), "entities"),
            ("<a>&c;</a>".to_owned(), "entities"),
            ("<a>".repeat(100_000), "deep"),
            ("<a><b></a>".to_owned(), "damaged"),
            ("<a>half".to_owned(), "middle"),
        ] {
            let (_, end) = read(&xml);
            assert!(end.as_deref().is_some_and(|e| e.contains(why)), "{why}: {end:?}");
        }
    }
}
