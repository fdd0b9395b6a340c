//! Spreadsheets of the open document format, cell by cell; repeats are bounded, never believed.

use super::flow::Flow;
use super::office;
use super::xlsx::{MOST_CELLS, Rows, table};
use super::xml::{Piece, Tag, walk};
use super::{Bytes, Report};
use crate::model::{Place, Table};

/// Times that a cell or row with content may stand for itself.
const MOST_REPEATS: u32 = 1024;

/// The sheets of a spreadsheet that have a header; empty, with a problem, when it is none.
pub(super) fn read(from: &dyn Bytes, problem: &mut Report<'_>) -> Vec<Table> {
    let mut book = Book { left: MOST_CELLS, ..Book::default() };
    let read = office::open(from).and_then(|mut archive| {
        match office::part(&mut archive, "content.xml")? {
            Some(source) => walk(source, &mut |piece| book.take(&piece)),
            None => Err("it has no sheets".to_owned()),
        }
    });
    if let Err(why) = read {
        let message = format!("is read up to where {why}; ask its sender for the file again");
        problem(Place::File, message);
    }
    if book.left == 0 {
        problem(Place::File, format!("has more than {MOST_CELLS} cells; the rest is not read"));
    }
    book.tables
}

#[derive(Default)]
struct Book {
    tables: Vec<Table>,
    left: usize,
    sheet: String,
    rows: Rows,
    row: u32,
    column: u32,
    row_times: u32,
    cell_times: u32,
    /// Value that the cell declares beside the text that it shows.
    value: Option<String>,
    cell: Option<Flow>,
    in_text: usize,
}

impl Book {
    fn take(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open(tag) => self.open(tag),
            Piece::Close(name) => self.close(name),
            Piece::Text(text) if self.in_text > 0 => {
                if let Some(cell) = &mut self.cell {
                    cell.words(text);
                }
            }
            Piece::Text(_) => {}
        }
    }

    fn open(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "table" => {
                self.sheet = tag.attribute("name").unwrap_or_default().to_owned();
                (self.row, self.rows) = (0, Rows::new());
            }
            "table-row" => (self.column, self.row_times) = (0, tag.times("number-rows-repeated")),
            "table-cell" | "covered-table-cell" => {
                self.cell_times = tag.times("number-columns-repeated");
                let value = tag.attribute("date-value").or_else(|| tag.attribute("value"));
                self.value = value.map(str::to_owned);
                self.cell = Some(Flow::default());
            }
            "p" => self.in_text += 1,
            // A comment on a cell is no part of what the cell says.
            "annotation" => self.cell = None,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => {
                self.in_text = self.in_text.saturating_sub(1);
                if let Some(cell) = &mut self.cell {
                    cell.cell();
                }
            }
            "annotation" => self.cell = Some(Flow::default()),
            "table-cell" | "covered-table-cell" => self.end_cell(),
            "table-row" => self.end_row(),
            "table" => {
                let rows = std::mem::take(&mut self.rows);
                self.tables.extend(table(std::mem::take(&mut self.sheet), rows));
            }
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let shown = self.cell.take().map(|cell| cell.text).unwrap_or_default();
        let text = self.value.take().filter(|value| !value.is_empty()).unwrap_or(shown);
        // A day may carry the hour of midnight.
        let text = text.strip_suffix("T00:00:00").unwrap_or(&text);
        if !text.is_empty() {
            for at in 0..self.cell_times.min(MOST_REPEATS) {
                self.put(self.row, self.column.saturating_add(at), text);
            }
        }
        self.column = self.column.saturating_add(self.cell_times);
    }

    fn put(&mut self, row: u32, column: u32, text: &str) {
        if self.left > 0 {
            self.left -= 1;
            self.rows.entry(row).or_default().insert(column, text.to_owned());
        }
    }

    fn end_row(&mut self) {
        if let Some(cells) = self.rows.get(&self.row).cloned() {
            for at in 1..self.row_times.min(MOST_REPEATS) {
                for (column, text) in &cells {
                    self.put(self.row.saturating_add(at), *column, text);
                }
            }
        }
        self.row = self.row.saturating_add(self.row_times);
    }
}
