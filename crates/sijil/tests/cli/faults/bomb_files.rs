//! The bombs, made here: none is kept in the repository.

use crate::fixture::{gzipped, zipped};

/// Entities that stand for entities, ten times ten times ten.
const LAUGHS: &str = "<!DOCTYPE a [<!ENTITY a0 'ha'>\
    <!ENTITY a1 '&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;'>\
    <!ENTITY a2 '&a1;&a1;&a1;&a1;&a1;&a1;&a1;&a1;&a1;&a1;'>\
    <!ENTITY a3 '&a2;&a2;&a2;&a2;&a2;&a2;&a2;&a2;&a2;&a2;'>\
    <!ENTITY a4 '&a3;&a3;&a3;&a3;&a3;&a3;&a3;&a3;&a3;&a3;'>\
    <!ENTITY a5 '&a4;&a4;&a4;&a4;&a4;&a4;&a4;&a4;&a4;&a4;'>\
    <!ENTITY a6 '&a5;&a5;&a5;&a5;&a5;&a5;&a5;&a5;&a5;&a5;'>\
    <!ENTITY a7 '&a6;&a6;&a6;&a6;&a6;&a6;&a6;&a6;&a6;&a6;'>\
    <!ENTITY a8 '&a7;&a7;&a7;&a7;&a7;&a7;&a7;&a7;&a7;&a7;'>]>";

/// An entity that stands for a file of this machine.
const FOREIGN: &str = "<!DOCTYPE a [<!ENTITY a8 SYSTEM 'file:///etc/passwd'>]>";

/// Each bomb with its name.
pub(super) fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let zeros = vec![0; 64 << 20];
    let mut nested = zipped(&[("zeros.txt", &zeros[..1 << 20])]);
    for _ in 0..10 {
        nested = zipped(&[("a.zip", &nested), ("b.zip", &nested)]);
    }
    let mut packed = gzipped(b"At least 9 people were killed in Jableh.\n");
    for _ in 0..64 {
        packed = gzipped(&packed);
    }
    let wide = format!("{}\n", "a,".repeat(10_000_000));
    let deep = |open: &str| open.repeat(1 << 20);
    let mail =
        |nth: usize| format!("Content-Type: multipart/mixed; boundary=b{nth}\r\n\r\n--b{nth}\r\n");
    let mails: String = (0..20_000).map(mail).collect();
    vec![
        ("flat.zip", zipped(&[("zeros.txt", &zeros)])),
        ("flat.csv.gz", gzipped(&zeros)),
        ("nested.zip", nested),
        ("itself.gz.gz.gz.gz.gz.gz", packed),
        ("overlap.zip", overlapping(&zeros[..4 << 20], 2000)),
        ("laughs.docx", word(LAUGHS)),
        ("foreign.docx", word(FOREIGN)),
        ("laughs.odt", open_document(LAUGHS)),
        ("foreign.odt", open_document(FOREIGN)),
        ("laughs.xlsx", sheet(LAUGHS)),
        ("foreign.xlsx", sheet(FOREIGN)),
        ("laughs.rss", feed(LAUGHS)),
        ("foreign.rss", feed(FOREIGN)),
        ("deep.odt", zipped(&[("content.xml", deep("<a>").as_bytes())])),
        ("loop.pdf", pdf("<< /Type /Pages /Kids [1 0 R] /Count 1 >>")),
        ("deep.pdf", pdf(&deep("["))),
        ("deep-keys.pdf", pdf(&deep("<</a "))),
        ("many.pdf", pdf("<< /Type /Pages /Kids [2 0 R] /Count 99999999 >>")),
        ("large.png", png(65_535, 65_535)),
        ("wide.csv", wide.into_bytes()),
        ("deep.json", deep("[").into_bytes()),
        ("deep.html", [deep("<div>"), deep("<b>")].concat().into_bytes()),
        ("nested.eml", mails.into_bytes()),
        ("sectors.xls", sectors()),
    ]
}

fn word(before: &str) -> Vec<u8> {
    let xml = format!(
        "{before}<w:document><w:body><w:p><w:r><w:t>&a8;</w:t></w:r></w:p></w:body></w:document>"
    );
    zipped(&[("word/document.xml", xml.as_bytes())])
}

fn open_document(before: &str) -> Vec<u8> {
    let xml = format!(
        "{before}<office:document-content><office:body><office:text><text:p>&a8;</text:p>\
         </office:text></office:body></office:document-content>"
    );
    zipped(&[("content.xml", xml.as_bytes())])
}

fn sheet(before: &str) -> Vec<u8> {
    let book = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
        <sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    let ways = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\" Type=\"http://schemas.openxmlformats\
        .org/officeDocument/2006/relationships/worksheet\"/></Relationships>";
    let xml = format!(
        "{before}<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&a8;</t></is></c></row>\
         </sheetData></worksheet>"
    );
    zipped(&[
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", ways.as_bytes()),
        ("xl/worksheets/sheet1.xml", xml.as_bytes()),
    ])
}

fn feed(before: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\"?>{before}<rss version=\"2.0\"><channel><title>a</title>\
         <item><title>&a8;</title><description>&a8;</description></item></channel></rss>"
    )
    .into_bytes()
}

fn pdf(first: &str) -> Vec<u8> {
    format!(
        "%PDF-1.4\n1 0 obj\n{first}\nendobj\n2 0 obj\n<< /Type /Pages /Kids [1 0 R 2 0 R] /Count 2 >>\n\
         endobj\ntrailer << /Root << /Type /Catalog /Pages 1 0 R >> >>\n%%EOF\n"
    )
    .into_bytes()
}

/// The head of an image that says that it is so wide and so high, and nothing behind it.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x06\0\0\0");
    bytes
}

/// An archive with one file whose bytes are those of `times` members, each in the directory with
/// sizes of 64 bits.
fn overlapping(bytes: &[u8], times: usize) -> Vec<u8> {
    let one = zipped(&[("a.txt", bytes)]);
    let start = one.windows(4).rposition(|four| four == b"PK\x01\x02").expect("a directory");
    let end = one.windows(4).rposition(|four| four == b"PK\x05\x06").expect("an end");
    let entry = &one[start..end];
    let mut extra = b"\x01\0\x10\0".to_vec();
    extra.extend((bytes.len() as u64).to_le_bytes());
    extra.extend(
        u64::from(u32::from_le_bytes(entry[20..24].try_into().expect("four"))).to_le_bytes(),
    );
    let mut all = one[..start].to_vec();
    for nth in 0..times {
        let mut entry = entry.to_vec();
        // Sizes stand in the extra field; each member has a name of its own, of the same length.
        entry[20..28].fill(0xFF);
        entry[30..32].copy_from_slice(&u16::try_from(extra.len()).expect("short").to_le_bytes());
        entry.truncate(46);
        all.extend(entry);
        all.extend(format!("{nth:05}").as_bytes());
        all.extend(&extra);
    }
    let length = u32::try_from(all.len() - start).expect("fits");
    let mut tail = one[end..].to_vec();
    let count = u16::try_from(times).expect("fits").to_le_bytes();
    tail[8..10].copy_from_slice(&count);
    tail[10..12].copy_from_slice(&count);
    tail[12..16].copy_from_slice(&length.to_le_bytes());
    all.extend(tail);
    all
}

/// The head of an old spreadsheet that says that it has as many sectors as fit into a number.
fn sectors() -> Vec<u8> {
    let mut bytes = vec![0; 4096];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    bytes[24..30].copy_from_slice(&[0x3E, 0, 3, 0, 0xFE, 0xFF]);
    bytes[30..34].copy_from_slice(&[9, 0, 6, 0]);
    for at in [44, 48, 60, 64, 68, 72] {
        bytes[at..at + 4].copy_from_slice(&0x7FFF_FFFF_u32.to_le_bytes());
    }
    bytes
}
