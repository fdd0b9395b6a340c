//! Office files made by hand: texts in both scripts, damage, and files that are made to do harm.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use jiff::civil::date;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Readable, read};
use crate::model::{Document, Format, Table};

fn office(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn kept(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn opened(format: Format, bytes: &[u8]) -> (Readable, Vec<String>) {
    let (_folder, path) = kept(bytes);
    let (readable, problems) = read("a", format, &path, bytes.len() as u64);
    (readable, problems.iter().map(ToString::to_string).collect())
}

fn document(format: Format, parts: &[(&str, &str)]) -> (Option<Document>, Vec<String>) {
    match opened(format, &office(parts)) {
        (Readable::Document(document), problems) => (Some(document), problems),
        (_, problems) => (None, problems),
    }
}

const WORD: &str = "<?xml version='1.0'?><w:document xmlns:w='w'><w:body>\
    <w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>حصيلة </w:t></w:r>\
    <w:r><w:t>أيار</w:t></w:r></w:p>\
    <w:p><w:r><w:t xml:space='preserve'>قتل 9 مدنيين </w:t></w:r>\
    <w:del><w:r><w:delText>خطأ</w:delText></w:r></w:del><w:ins><w:r><w:t>في جبلة.</w:t></w:r></w:ins>\
    <w:r><w:footnoteReference w:id='2'/></w:r></w:p>\
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Jableh</w:t></w:r></w:p></w:tc>\
    <w:tc><w:p><w:r><w:t>9 killed</w:t></w:r></w:p></w:tc></w:tr>\
    <w:tr><w:tc><w:p><w:r><w:t>Baniyas</w:t></w:r></w:p></w:tc>\
    <w:tc><w:p><w:r><w:t>4 killed</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
    <w:p><w:r><w:t>After &amp; before.</w:t></w:r></w:p></w:body></w:document>";

const NOTES: &str = "<w:footnotes xmlns:w='w'><w:footnote w:type='separator' w:id='-1'><w:p/>\
    </w:footnote><w:footnote w:id='2'><w:p><w:r><w:t>Office of the hills.</w:t></w:r></w:p>\
    </w:footnote></w:footnotes>";

const CORE: &str = "<cp:coreProperties xmlns:cp='c'><dc:title>Toll of May</dc:title>\
    <dcterms:created>2031-05-10T08:00:00Z</dcterms:created>\
    <dcterms:modified>2031-05-12T08:00:00Z</dcterms:modified></cp:coreProperties>";

#[test]
fn word_files_give_paragraphs_tables_and_notes() {
    let parts =
        [("word/document.xml", WORD), ("word/footnotes.xml", NOTES), ("docProps/core.xml", CORE)];
    let (read, problems) = document(Format::Docx, &parts);
    let read = read.unwrap();
    assert_eq!(
        read.text,
        "حصيلة أيار\n\nقتل 9 مدنيين في جبلة.\n\nJableh 9 killed\nBaniyas 4 killed\n\n\
         After & before.\n\n[2] Office of the hills."
    );
    assert_eq!(read.title.as_deref(), Some("Toll of May"));
    assert_eq!(read.published, Some(date(2031, 5, 12)));
    assert!(problems.is_empty(), "{problems:?}");
    let (read, _) = document(Format::Docx, &parts[..1]);
    assert_eq!(read.unwrap().title.as_deref(), Some("حصيلة أيار"));
}

#[test]
fn open_documents_give_paragraphs_tables_and_notes() {
    let content = "<office:document-content><office:body><office:text><text:tracked-changes>\
        <text:p>gone</text:p></text:tracked-changes><text:h>حصيلة أيار</text:h>\
        <text:p>قتل<text:s text:c='2'/>9<text:note><text:note-citation>1</text:note-citation>\
        <text:note-body><text:p>Office.</text:p></text:note-body></text:note> مدنيين.</text:p>\
        <table:table><table:table-row><table:table-cell><text:p>Jableh</text:p></table:table-cell>\
        <table:table-cell><text:p>9</text:p></table:table-cell></table:table-row></table:table>\
        <text:p>End.</text:p></office:text></office:body></office:document-content>";
    let meta = "<office:meta><meta:creation-date>2031-05-10T08:00:00</meta:creation-date>\
        <dc:date>2031-05-11T08:00:00</dc:date></office:meta>";
    let (read, problems) = document(Format::Odt, &[("content.xml", content), ("meta.xml", meta)]);
    let read = read.unwrap();
    assert_eq!(read.text, "حصيلة أيار\n\nقتل 9 مدنيين.\n\nJableh 9\n\nEnd.\n\n[1] Office.");
    assert_eq!(read.title.as_deref(), Some("حصيلة أيار"));
    assert_eq!(read.published, Some(date(2031, 5, 11)));
    assert!(problems.is_empty(), "{problems:?}");
}

fn sheet(rows: &str) -> (Vec<Table>, Vec<String>) {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table \
         table:name='أسماء'>{rows}</table:table></office:spreadsheet></office:body>\
         </office:document-content>"
    );
    match opened(Format::Ods, &office(&[("content.xml", &content)])) {
        (Readable::Tables(tables), problems) => (tables, problems),
        (_, problems) => (Vec::new(), problems),
    }
}

#[test]
fn sheets_of_open_documents_are_tables() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let rows = format!(
        "<table:table-row>{}{}{}</table:table-row>\
         <table:table-row table:number-rows-repeated='2'>{}<table:table-cell/>\
         <table:table-cell office:date-value='2031-05-07T00:00:00'><text:p>7 May</text:p>\
         </table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated='1048573'><table:table-cell \
         table:number-columns-repeated='1024'/></table:table-row>",
        cell("الاسم"),
        cell("العمر"),
        cell("اليوم"),
        cell("سامي يوسف"),
    );
    let (tables, problems) = sheet(&rows);
    assert_eq!(tables.len(), 1, "{problems:?}");
    assert_eq!(tables[0].sheet, "أسماء");
    assert_eq!(tables[0].headers, ["الاسم", "العمر", "اليوم"]);
    let rows: Vec<(u64, &[String])> =
        tables[0].rows.iter().map(|r| (r.row, r.cells.as_slice())).collect();
    let cells = ["سامي يوسف", "", "2031-05-07"].map(str::to_owned);
    assert_eq!(rows, [(2, cells.as_slice()), (3, cells.as_slice())]);
}

#[test]
fn a_cell_that_stands_for_millions_is_bounded() {
    let (tables, _) = sheet(
        "<table:table-row><table:table-cell table:number-columns-repeated='4000000000'>\
         <text:p>a</text:p></table:table-cell></table:table-row>",
    );
    assert_eq!(tables[0].headers.len(), 1024);
}

#[test]
fn damaged_files_give_what_they_can_and_a_problem() {
    let half = &WORD[..WORD.find("<w:tbl>").unwrap()];
    let (read, problems) = document(Format::Docx, &[("word/document.xml", half)]);
    assert!(read.unwrap().text.ends_with("في جبلة."));
    assert_eq!(problems.len(), 1, "{problems:?}");
    let whole = office(&[("word/document.xml", WORD), ("content.xml", WORD)]);
    for format in [Format::Docx, Format::Odt, Format::Ods, Format::Xlsx, Format::Xls] {
        for length in [1, 30, whole.len() / 2, whole.len() - 1] {
            let (_, problems) = opened(format, &whole[..length]);
            assert!(!problems.is_empty(), "{format:?} {length}");
        }
    }
}

#[test]
fn bombs_within_office_files_are_refused() {
    let laughs = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;'>]><a><t>&c;</t></a>";
    let deep = "<a>".repeat(1_000_000);
    for (text, why) in [(laughs, "entities"), (deep.as_str(), "deep")] {
        for (format, part) in [(Format::Docx, "word/document.xml"), (Format::Odt, "content.xml")] {
            let (read, problems) = document(format, &[(part, text)]);
            assert!(read.is_none());
            assert!(problems.iter().any(|p| p.contains(why)), "{why}: {problems:?}");
        }
    }
}

#[test]
fn what_is_no_old_spreadsheet_is_told() {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.extend([0xFF; 600]);
    let (_, problems) = opened(Format::Xls, &bytes);
    assert_eq!(problems.len(), 1, "{problems:?}");
}
