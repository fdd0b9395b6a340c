//! Every format in, and no file that can do harm: archives, mails, feeds, bombs.

use std::fs::File;
use std::process::Command;

use crate::fixture::{Place, gzipped, stderr, stdout, zipped};

const REPORT: &str = "At least 9 people were killed in Jableh, residents said.\n";

fn word(text: &str) -> Vec<u8> {
    let xml = format!(
        "<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    );
    zipped(&[("word/document.xml", xml.as_bytes())])
}

/// Paths of the items of a report, in their order.
fn paths(place: &Place, out: &str) -> Vec<String> {
    let json = place.json(out);
    let items = json["items"].as_array().expect("a list");
    items.iter().map(|item| item["path"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn claims_reads_word_files_beside_texts() {
    let place = Place::new();
    place.write("a.docx", &word(REPORT));
    let output = place.run(&["claims", "material/a.docx", "--format", "csv"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains(",At least 9,killed,9,"), "{}", stdout(&output));
    let damaged = &word(REPORT)[..60];
    place.write("b.docx", damaged);
    let output = place.run(&["claims", "material/b.docx"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("b.docx"), "{}", stderr(&output));
}

#[test]
fn what_lies_within_archives_and_mails_becomes_items() {
    let place = Place::new();
    let list = "الاسم,العمر,الجنس\nسليم يوسف الحداد,34,ذكر\nليلى فؤاد نجار,40,أنثى\n";
    let inner = zipped(&[("deep/report.txt", REPORT.as_bytes())]);
    place.write("all.zip", &zipped(&[("قائمة.csv", list.as_bytes()), ("inner.zip", &inner)]));
    place.write("south.csv.gz", &gzipped(list.replace("34", "35").as_bytes()));
    let mail = "From: Hills Office <a@example.org>\r\nSubject: toll\r\nMIME-Version: 1.0\r\n\
        Date: Mon, 12 May 2031 08:00:00 +0300\r\n\
        Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
        At least 4 people were killed in Baniyas, residents said.\r\n--b\r\n\
        Content-Type: text/html\r\nContent-Disposition: attachment; filename=page.html\r\n\r\n\
        <p>Two people were killed in Tartus, the office said.</p>\r\n--b--\r\n";
    place.write("mail.eml", mail.as_bytes());
    let output = place.report("register", "out");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        paths(&place, "out"),
        [
            "all.zip",
            "all.zip/inner.zip",
            "all.zip/inner.zip/deep/report.txt",
            "all.zip/قائمة.csv",
            "mail.eml",
            "mail.eml/page.html",
            "south.csv.gz",
            "south.csv.gz/south.csv",
        ]
    );
    let totals = place.json("out")["totals"].clone();
    assert_eq!((totals["documents"].as_u64(), totals["records"].as_u64()), (Some(3), Some(4)));
    // The same again adds nothing and writes the same bytes.
    let first = place.files("out");
    assert_eq!(place.report("register", "again").status.code(), Some(0));
    assert_eq!(first, place.files("again"));
    assert_eq!(place.run(&["verify", "-R", "register"]).status.code(), Some(0));
}

#[test]
fn a_newer_program_reads_what_an_older_one_only_kept() {
    // Under this name the bytes are told by what they are, as they would be by a newer program.
    let place = Place::new();
    place.write("report.bin", &word(REPORT));
    assert_eq!(place.report("register", "out").status.code(), Some(0));
    assert_eq!(place.json("out")["totals"]["claims"], 1);
}

/// Runs the command with 512 MiB of address space at most; tells where limits cannot be set.
#[expect(clippy::print_stdout, reason = "a test that skips itself says so")]
fn limited(place: &Place, arguments: &[&str]) -> Option<std::process::Output> {
    let probe = Command::new("prlimit").arg("--version").output();
    if probe.is_err() {
        println!("skipped: prlimit is not on this machine");
        return None;
    }
    let mut command = Command::new("prlimit");
    command.args(["--as=536870912", "--cpu=60", env!("CARGO_BIN_EXE_sijil")]).args(arguments);
    command.current_dir(place.path("")).env_remove("SIJIL_REGISTER").env("RAYON_NUM_THREADS", "1");
    Some(command.output().expect("prlimit starts"))
}

#[test]
fn bombs_are_kept_and_refused_in_little_memory() {
    let place = Place::new();
    let zeros = vec![0; 64 << 20];
    place.write("flat.zip", &zipped(&[("zeros.txt", &zeros)]));
    place.write("flat.csv.gz", &gzipped(&zeros));
    let mut nested = zipped(&[("zeros.txt", &zeros[..1 << 20])]);
    for _ in 0..6 {
        nested = zipped(&[("inner.zip", &nested)]);
    }
    place.write("nested.zip", &nested);
    let laughs = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;'>]><a><t>&c;</t></a>";
    place.write("laughs.docx", &zipped(&[("word/document.xml", laughs.as_bytes())]));
    place.write("deep.odt", &zipped(&[("content.xml", "<a>".repeat(1 << 20).as_bytes())]));
    let wide = format!("{}\n{}\n", "a,".repeat(1 << 20), "1,".repeat(1 << 20));
    place.write("wide.csv", wide.as_bytes());
    place.write("deep.json", "[".repeat(1 << 20).as_bytes());
    place.write("escape.zip", &zipped(&[("../../out.txt", b"x")]));
    place.write(
        "loop.pdf",
        b"%PDF-1.4\n1 0 obj\n<< /Type /Pages /Kids [1 0 R] /Count 1 >>\nendobj\n\
        trailer << /Root << /Type /Catalog /Pages 1 0 R >> >>\n%%EOF\n",
    );
    // A gigabyte in one line, without its place on the disk.
    let line = File::create(place.material().join("line.txt")).expect("can be made");
    line.set_len(1 << 30).expect("can be sparse");
    drop(line);
    assert_eq!(place.run(&["init", "register"]).status.code(), Some(0));
    let Some(output) = limited(&place, &["add", "material", "-R", "register"]) else { return };
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let told = stderr(&output);
    for name in [
        "flat.zip",
        "flat.csv.gz",
        "nested.zip",
        "laughs.docx",
        "deep.odt",
        "wide.csv",
        "deep.json",
        "escape.zip",
        "loop.pdf",
        "line.txt",
    ] {
        assert!(told.contains(&format!("problem: {name}")), "{name}: {told}");
    }
    assert!(!place.path("out.txt").exists());
    // All ten originals are evidence, beside what the nested archive gave before it was too deep.
    let kept = std::fs::read_dir(place.path("register/evidence")).expect("a folder");
    let kept = kept.flatten().filter(|entry| entry.file_name().len() == 64).count();
    assert!(kept >= 10, "{kept}");
    assert_eq!(place.run(&["verify", "-R", "register"]).status.code(), Some(0));
}
