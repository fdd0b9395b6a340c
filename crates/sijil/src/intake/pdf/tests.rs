//! PDFs drawn by hand, as programs draw them: Arabic letters from left to right.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::{PAGE, order, pure, read};

/// A PDF with these pages of lines, each line drawn letter by letter from the left.
pub(crate) fn drawn(pages: &[&[&str]]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|n| format!("{} 0 R ", 6 + 2 * n)).collect();
    let cmap = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
                /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
                1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n\
                3 beginbfrange\n<0000> <00FF> <0000>\n<0600> <06FF> <0600>\n\
                <FE00> <FEFF> <FE00>\nendbfrange\nendcmap\n\
                CMapName currentdict /CMap defineresource pop\nend\nend\n";
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H \
         /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
            .to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /DW 500 \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{cmap}\nendstream", cmap.len()),
    ];
    for (number, lines) in pages.iter().enumerate() {
        let mut content = "BT /F1 12 Tf 40 780 Td\n".to_owned();
        for line in *lines {
            let codes: String = line.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            let _ = writeln!(content, "<{codes}> Tj 0 -16 Td");
        }
        content.push_str("ET");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] \
             /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            7 + 2 * number
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        let _ = writeln!(file, "{number} 0 obj\n{object}\nendobj");
    }
    let table = file.len();
    let _ = writeln!(file, "xref\n0 {}\n0000000000 65535 f ", objects.len() + 1);
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let size = objects.len() + 1;
    let _ = write!(file, "trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    file.into_bytes()
}

fn kept(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

const ENGLISH: &str = "At least 9 people were killed in Jableh, residents said.";
const ARABIC: &str = "قتل مدنيون في مدينة الشاطئ";

fn pages() -> Vec<u8> {
    let backwards: String = ARABIC.chars().rev().collect();
    drawn(&[&[ENGLISH, "They were buried there."], &[backwards.as_str()]])
}

#[test]
fn pages_are_read_in_reading_order() {
    let (_folder, path) = kept(&pages());
    let mut told = Vec::new();
    let document = read(&path, &mut |_, why| told.push(why)).unwrap();
    // Without pdftotext one problem says so.
    assert!(told.iter().all(|why| why.contains("without pdftotext")), "{told:?}");
    check(&document.text);
    let at = document.text.find(ARABIC).unwrap();
    assert_eq!(document.page_of(document.text[..at].chars().count()), 2);
    assert_eq!(document.page_of(0), 1);
}

#[test]
fn pages_are_read_without_any_other_program() {
    let (_folder, path) = kept(&pages());
    let text = pure::text(&path, &mut |_, why| panic!("{why}")).unwrap();
    check(&order::logical(&text));
}

fn check(text: &str) {
    let pages: Vec<&str> = text.split(PAGE).collect();
    assert_eq!(pages.len(), 2, "{text:?}");
    assert!(pages[0].contains(ENGLISH), "{text:?}");
    assert!(pages[1].contains(ARABIC), "{text:?}");
}

#[test]
fn damaged_and_empty_files_are_problems() {
    let whole = pages();
    for bytes in [&whole[..whole.len() / 4], b"%PDF-1.7\n", b"no PDF at all", &drawn(&[&[]])] {
        let (_folder, path) = kept(bytes);
        let mut told = 0;
        assert!(read(&path, &mut |_, _| told += 1).is_none(), "{} bytes", bytes.len());
        assert!(told > 0, "{} bytes", bytes.len());
    }
    for bytes in [&whole[..whole.len() / 4], b"%PDF-1.7\n", b"no PDF at all"] {
        let (_folder, path) = kept(bytes);
        let mut told = 0;
        let text = pure::text(&path, &mut |_, _| told += 1);
        assert!(text.is_none_or(|text| text.trim().is_empty()), "{} bytes", bytes.len());
    }
}
