//! The text of one page in the order in which it is drawn, a line where the pen moves up or down.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Document, Encoding, Object, ObjectId, Result};

/// Gaps within a line from this width on, in thousandths of the letters' size, are blanks.
const BLANK: f32 = 180.0;

/// The text of the page with this id; nothing that it unpacks may be larger than `largest` bytes.
pub(super) fn text(document: &Document, page: ObjectId, largest: usize) -> Result<String> {
    let mut fonts: BTreeMap<Vec<u8>, Encoding<'_>> = BTreeMap::new();
    for (name, font) in document.get_page_fonts(page)? {
        // Text in a font that does not read is left out; the rest of the page stands.
        if let Ok(encoding) = font.get_font_encoding_with_limit(document, largest) {
            fonts.insert(name, encoding);
        }
    }
    let content = Content::decode(&document.get_page_content_with_limit(page, largest)?)?;
    let mut pen = Pen { fonts: &fonts, font: None, height: None, text: String::new() };
    for operation in &content.operations {
        pen.take(operation);
    }
    Ok(pen.text)
}

struct Pen<'a> {
    fonts: &'a BTreeMap<Vec<u8>, Encoding<'a>>,
    font: Option<&'a Encoding<'a>>,
    /// Height at which a line was begun, where the page says it.
    height: Option<f32>,
    text: String,
}

impl Pen<'_> {
    fn take(&mut self, operation: &Operation) {
        let operands = &operation.operands;
        let number = |at: usize| operands.get(at).and_then(|n| n.as_float().ok()).unwrap_or(0.0);
        match operation.operator.as_str() {
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                self.font = name.and_then(|name| self.fonts.get(name));
            }
            "Td" | "TD" if number(1) != 0.0 => self.line(),
            "Td" | "TD" => self.blank(),
            "Tm" => {
                let height = number(5);
                if self.height.replace(height) == Some(height) { self.blank() } else { self.line() }
            }
            "T*" | "ET" => self.line(),
            "Tj" | "TJ" => self.show(operands),
            "'" => {
                self.line();
                self.show(operands);
            }
            "\"" => {
                self.line();
                self.show(operands.get(2..).unwrap_or_default());
            }
            _ => {}
        }
    }

    fn show(&mut self, operands: &[Object]) {
        for operand in operands {
            match operand {
                Object::String(bytes, _) => {
                    let shown = self.font.and_then(|f| Document::decode_text(f, bytes).ok());
                    self.text.push_str(&shown.unwrap_or_default());
                }
                Object::Array(pieces) => self.pieces(pieces),
                _ => {}
            }
        }
    }

    /// Pieces with the gaps between them; a gap that draws letters apart is negative.
    fn pieces(&mut self, pieces: &[Object]) {
        for piece in pieces {
            match piece.as_float() {
                Ok(gap) if gap < -BLANK => self.blank(),
                Ok(_) => {}
                // An array within an array is none of the format: nothing of it is shown.
                Err(_) if matches!(piece, Object::String(..)) => {
                    self.show(std::slice::from_ref(piece));
                }
                Err(_) => {}
            }
        }
    }

    fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }
}
