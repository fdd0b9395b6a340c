//! Where the cells of a separated-values file stand in its text, so that what is read of one can be
//! quoted from the original.

use std::ops::Range;

use sijil_claims::Span;

/// One row: the line it begins on and its cells as byte ranges, without the quotes around them.
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) cells: Vec<Range<usize>>,
}

/// Every row of `text`.
pub(super) fn rows(text: &str, delimiter: u8) -> Vec<Row> {
    let bytes = text.as_bytes();
    let (mut rows, mut cells) = (Vec::new(), Vec::new());
    let (mut at, mut line, mut first_line) = (0, 1, 1);
    while at < bytes.len() {
        let quoted = bytes[at] == b'"';
        let start = at + usize::from(quoted);
        let end = if quoted { closing_quote(bytes, start) } else { cell_end(bytes, at, delimiter) };
        line += bytes[start..end].iter().filter(|byte| **byte == b'\n').count() as u64;
        cells.push(start..end);
        at = if quoted { cell_end(bytes, (end + 1).min(bytes.len()), delimiter) } else { end };
        let is_last = at >= bytes.len() || bytes[at] != delimiter;
        if is_last {
            rows.push(Row { line: first_line, cells: std::mem::take(&mut cells) });
            at += usize::from(bytes[at..].starts_with(b"\r\n"));
            line += 1;
            first_line = line;
        } else if at + 1 == bytes.len() {
            // The file ends with a delimiter: behind it stands a blank cell.
            cells.push(at + 1..at + 1);
            rows.push(Row { line: first_line, cells: std::mem::take(&mut cells) });
        }
        at += 1;
    }
    rows
}

/// The first delimiter or end of line from `at` on.
fn cell_end(bytes: &[u8], at: usize, delimiter: u8) -> usize {
    let ends = |byte: &u8| *byte == delimiter || matches!(byte, b'\n' | b'\r');
    bytes[at..].iter().position(ends).map_or(bytes.len(), |more| at + more)
}

/// The quote that closes a cell; doubled ones stand for themselves.
fn closing_quote(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while at < bytes.len() {
        if bytes[at] != b'"' {
            at += 1;
        } else if bytes.get(at + 1) == Some(&b'"') {
            at += 2;
        } else {
            return at;
        }
    }
    bytes.len()
}

/// Byte ranges of a text as code points, asked for in the order of the text or near it.
pub(super) struct Points<'t> {
    text: &'t str,
    /// A byte and how many code points stand before it.
    known: (usize, usize),
}

impl<'t> Points<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, known: (0, 0) }
    }

    /// Asks from here on for what stands at `byte` or behind it.
    pub(super) fn advance(&mut self, byte: usize) {
        self.known = (byte, self.point(byte));
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        Span { start: self.point(range.start), end: self.point(range.end) }
    }

    fn point(&self, byte: usize) -> usize {
        let (from, before) = self.known;
        before + self.text[from..byte].chars().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_where_they_are_quoted() {
        let text = "a,b\r\n\"x, \"\"y\"\"\nz\",\n1,,\"3\"\nإ,";
        let rows = rows(text, b',');
        let cells: Vec<Vec<&str>> =
            rows.iter().map(|row| row.cells.iter().map(|c| &text[c.clone()]).collect()).collect();
        assert_eq!(cells[0], ["a", "b"]);
        assert_eq!(cells[1], ["x, \"\"y\"\"\nz", ""]);
        assert_eq!(cells[2], ["1", "", "3"]);
        assert_eq!(cells[3], ["إ", ""]);
        assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 2, 4, 5]);
        let mut points = Points::of(text);
        points.advance(rows[3].cells[0].start);
        let span = points.span(&rows[3].cells[0]);
        assert_eq!(span.end - span.start, 1);
        assert_eq!(text.chars().nth(span.start), Some('إ'));
    }
}
