//! Rows to bytes: separated values by a library and by hand, and a spreadsheet.

use anyhow::{Context as _, Result};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

use super::{List, Row};
use crate::dice::Dice;

/// What the first cell of a row says: every row names itself as part of an exercise.
fn list_id(mark: &str, nth: usize) -> String {
    format!("{mark}-{:04}", nth + 1)
}

/// Comma-separated values, quoted where needed; one line a row.
pub(super) fn csv(file: &'static str, headers: &[&str], mark: &str, rows: &[Row]) -> Result<List> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(headers)?;
    for (nth, row) in rows.iter().enumerate() {
        let id = list_id(mark, nth);
        writer
            .write_record([id.as_str()].into_iter().chain(row.cells.iter().map(String::as_str)))?;
    }
    let bytes = writer.into_inner().context("a list in memory")?;
    Ok(List { file, sheet: "", bytes, rows: numbered(rows) })
}

/// Persons with the numbers of their rows below a header in row 1.
fn numbered(rows: &[Row]) -> Vec<(u64, usize)> {
    (2..).zip(rows).map(|(number, row)| (number, row.person)).collect()
}

/// Semicolon-separated values as people type them: quotes without need, breaks within cells.
pub(super) fn by_hand(
    file: &'static str,
    headers: &[&str],
    mark: &str,
    rows: &[Row],
    dice: &mut Dice,
) -> List {
    let mut text = headers.join(";");
    text.push('\n');
    let mut numbers = Vec::with_capacity(rows.len());
    for (nth, row) in rows.iter().enumerate() {
        let line = text.matches('\n').count() + 1;
        numbers.push((line as u64, row.person));
        text.push_str(&list_id(mark, nth));
        for cell in &row.cells {
            text.push(';');
            let needs = cell.contains([';', '"', '\n']);
            if needs || (!cell.is_empty() && dice.chance(150)) {
                text.push('"');
                text.push_str(&cell.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(cell);
            }
        }
        text.push('\n');
    }
    List { file, sheet: "", bytes: text.into_bytes(), rows: numbers }
}

/// A spreadsheet of one sheet, from right to left; ages are numbers and days are days.
pub(super) fn xlsx(
    file: &'static str,
    sheet: &'static str,
    headers: &[&str],
    mark: &str,
    rows: &[Row],
) -> Result<List> {
    let mut book = Workbook::new();
    // Without this the bytes would hold the time of their making.
    let made = ExcelDateTime::from_ymd(2031, 5, 20)?;
    book.set_properties(
        &DocProperties::new().set_title("Training exercise").set_creation_datetime(&made),
    );
    let page = book.add_worksheet();
    page.set_name(sheet)?.set_right_to_left(true);
    for (column, header) in (0..).zip(headers) {
        page.write_string(0, column, *header)?;
    }
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (nth, row) in rows.iter().enumerate() {
        let number = u32::try_from(nth + 1)?;
        page.write_string(number, 0, list_id(mark, nth))?;
        for (column, cell) in (1..).zip(&row.cells) {
            write_cell(page, (number, column), cell, &day)?;
        }
    }
    let bytes = book.save_to_buffer()?;
    Ok(List { file, sheet, bytes, rows: numbered(rows) })
}

fn write_cell(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &str,
    day: &Format,
) -> Result<()> {
    if cell.is_empty() {
        return Ok(());
    }
    if let Ok(number) = cell.parse::<u32>() {
        page.write_number(row, column, number)?;
    } else if let Ok(date) = cell.parse::<jiff::civil::Date>() {
        let (month, day_of_month) = (date.month().try_into()?, date.day().try_into()?);
        let value = ExcelDateTime::from_ymd(date.year().try_into()?, month, day_of_month)?;
        page.write_datetime_with_format(row, column, value, day)?;
    } else {
        page.write_string(row, column, cell)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_row_typed_by_hand_reads_back_at_its_line() {
        let cells = |note: &str| vec!["Sami Test".to_owned(), note.to_owned()];
        let rows: Vec<Row> = ["", "two\nlines", "a \"b\"; c", "last"]
            .into_iter()
            .zip(0..)
            .map(|(note, person)| Row { person, day: date(2031, 5, 3), cells: cells(note) })
            .collect();
        let list = by_hand("x.csv", &["ref", "name", "note"], "t", &rows, &mut Dice::new(1, 0));
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(&*list.bytes);
        for (record, ((line, _), row)) in reader.records().zip(list.rows.iter().zip(&rows)) {
            let record = record.unwrap();
            assert_eq!(record.position().map(csv::Position::line), Some(*line));
            assert_eq!(record.iter().skip(1).collect::<Vec<_>>(), row.cells);
        }
        assert_eq!(list.rows.len(), rows.len());
    }
}
