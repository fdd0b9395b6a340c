//! What each fuzz target does with its bytes: hands them to the reader as the program does.
//!
//! The office formats are archives of parts: the bytes become their main part, in an archive that
//! is sound, since `zip` has a target of its own. Whatever a reader gives is well; a panic, more
//! than a second or more than 256 MiB is a finding.

use std::cell::RefCell;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use sijil::intake::exchange::Foreign;
use sijil::intake::{self, Allowance, Rows};
use sijil::model::Format;
use sijil_claims::Lexicon;
use sijil_text::places::Gazetteer;

thread_local! {
    /// The file that carries the bytes, in memory where the system has such a folder.
    static FILE: RefCell<PathBuf> = RefCell::new({
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
        folder.join(format!("sijil-fuzz-{}", std::process::id()))
    });
}

/// Gives `data` to `to` as a file.
fn as_file(data: &[u8], to: impl FnOnce(&Path)) {
    FILE.with_borrow(|path| {
        std::fs::write(path, data).expect("the folder can be written");
        to(path);
    });
}

fn read(format: Format, data: &[u8]) {
    as_file(data, |path| {
        intake::read("a", format, &path, data.len() as u64);
    });
}

/// Asks the reader apart, within this process.
fn ask(what: &str, data: &[u8]) {
    intake::answer_about(what, data).expect("a reader of that name");
}

/// Takes out what the bytes hold, and throws it away.
fn unpack(format: Format, data: &[u8]) {
    as_file(data, |path| {
        let mut allowance = Allowance::of(data.len() as u64);
        let taken: Result<_, ()> =
            intake::unpack("a", format, &path, 0, &mut allowance, &mut |_, bytes| {
                Ok(std::io::copy(bytes, &mut std::io::sink()).err())
            });
        taken.expect("nothing is kept that could fail");
    });
}

/// A sound archive with these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        writer.start_file(*name, stored).expect("a name");
        writer.write_all(bytes).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}

/// Plain text.
pub fn txt(data: &[u8]) {
    read(Format::Txt, data);
}

/// A web page.
pub fn html(data: &[u8]) {
    read(Format::Html, data);
}

/// A PDF, without pdftotext.
pub fn pdf(data: &[u8]) {
    ask("Pdf", data);
}

/// The main part of a text of Word.
pub fn docx(data: &[u8]) {
    read(Format::Docx, &archive(&[("word/document.xml", data)]));
}

/// The content of an open document.
pub fn odt(data: &[u8]) {
    read(Format::Odt, &archive(&[("content.xml", data)]));
}

/// The text of a mail.
pub fn eml(data: &[u8]) {
    read(Format::Eml, data);
}

/// One entry of a feed.
pub fn entry(data: &[u8]) {
    read(Format::Entry, data);
}

/// Separated values.
pub fn csv(data: &[u8]) {
    read(Format::Csv, data);
}

/// The first sheet of a spreadsheet.
pub fn xlsx(data: &[u8]) {
    let book = br#"<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    let ways = br#"<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>"#;
    read(
        Format::Xlsx,
        &archive(&[
            ("xl/workbook.xml", book),
            ("xl/_rels/workbook.xml.rels", ways),
            ("xl/worksheets/sheet1.xml", data),
        ]),
    );
}

/// An old spreadsheet.
pub fn xls(data: &[u8]) {
    ask("Xls", data);
}

/// The content of an open spreadsheet.
pub fn ods(data: &[u8]) {
    read(Format::Ods, &archive(&[("content.xml", data)]));
}

/// Records in JSON.
pub fn json(data: &[u8]) {
    read(Format::Json, data);
}

/// What an image says of itself.
pub fn image(data: &[u8]) {
    ask("Image", data);
}

/// An archive.
pub fn zip(data: &[u8]) {
    unpack(Format::Zip, data);
}

/// One compressed file.
pub fn gz(data: &[u8]) {
    unpack(Format::Gz, data);
}

/// Web pages as a crawler received them.
pub fn warc(data: &[u8]) {
    unpack(Format::Warc, data);
}

/// A feed.
pub fn feed(data: &[u8]) {
    unpack(Format::Feed, data);
}

/// A mail's attachments.
pub fn mail(data: &[u8]) {
    unpack(Format::Eml, data);
}

/// Settings of a folder.
pub fn settings(data: &[u8]) {
    read(Format::Settings, data);
}

/// What the columns of a list mean.
pub fn columns(data: &[u8]) {
    read(Format::Columns, data);
}

/// A file of a foreign dataset.
pub fn exchange(data: &[u8]) {
    let Some(format) = intake::exchange::detect("a", data) else { return };
    let (gazetteer, lexicon) = (Gazetteer::embedded(), Lexicon::embedded());
    let (name, dataset) = ("a", "a");
    let file = Foreign { name, bytes: data, format, dataset, gazetteer: &gazetteer, lexicon: &lexicon };
    intake::exchange::read(&file);
}

/// Parquet, row by row.
pub fn parquet(data: &[u8]) {
    struct Nobody;
    impl Rows for Nobody {
        fn table(&mut self, _: &str, _: &[String]) {}
        fn row(&mut self, _: u64, _: &[&str]) {}
    }
    as_file(data, |path| {
        intake::stream("a.parquet", Format::Other, path, data.len() as u64, &mut Nobody);
    });
}
