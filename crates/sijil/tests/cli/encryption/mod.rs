//! Encrypted registers: they do what plain ones do, open for whom they should, and give nothing else.

mod damage;
mod keys;
mod planted;
mod sources;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::fixture::{Place, stderr, stdout};

const WORDS: &str = "olive lantern seven stones";

/// A place whose register is encrypted with [`WORDS`], cheap to guess.
struct Locked {
    place: Place,
}

impl Locked {
    /// With an empty register.
    fn new(place: Place) -> Self {
        let locked = Self { place };
        locked.file("words", &format!("{WORDS}\n"));
        let made = locked.with("words", &["init", "--encrypt", "-R", "register"]);
        assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
        assert!(stderr(&made).contains("for tests only"), "{}", stderr(&made));
        locked
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.place.path(name);
        fs::write(&path, text).expect("can be written");
        path
    }

    /// Runs a command with the passphrase in a file of this name.
    fn with(&self, passphrase: &str, arguments: &[&str]) -> Output {
        let mut command = self.place.command();
        command.env("SIJIL_WEAK_KEYS", "1").env_remove("SIJIL_KEY_FILE");
        command.env("SIJIL_PASSPHRASE_FILE", self.place.path(passphrase));
        command.args(arguments).output().expect("the program starts")
    }

    /// Runs a command with the right passphrase; it must be done.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.with("words", arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
        stdout(&output)
    }
}

/// Every file below a folder, by its path below it.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below it").to_path_buf();
                files.insert(name, fs::read(&path).expect("readable"));
            }
        }
    }
    files
}

#[test]
fn an_encrypted_register_gives_what_a_plain_one_gives() {
    let locked = Locked::new(Place::with_material());
    let place = &locked.place;
    place.write("lists/scan.jpg", b"\xFF\xD8\xFF\xE0 an image that says nothing of itself ......");
    place.write("reports/old.zip", &zipped("note.txt", "At least 3 people were killed in Homs."));
    place.write(
        "reports/page.pdf",
        &pdf("At least 9 people were killed in Jableh, residents said."),
    );
    assert_eq!(place.report("plain", "plain-out").status.code(), Some(0));
    locked.done(&["report", "material", "-R", "register", "-o", "out"]);
    assert_eq!(place.files("out"), place.files("plain-out"));
    for command in [
        &["claims", "--format", "csv"][..],
        &["accounts", "--format", "csv"],
        &["count", "--by", "party,day", "--format", "csv"],
        &["incidents", "--format", "csv"],
        &["lists", "--format", "csv"],
        &["media", "--format", "csv"],
        &["sources", "--format", "csv"],
        &["search", "killed", "--format", "csv"],
        &["search", "الحداد", "--format", "csv"],
        &["trace", "documented:"],
    ] {
        let in_plain = place.run(&[command, &["-R", "plain"]].concat());
        assert_eq!(in_plain.status.code(), Some(0), "{command:?}: {}", stderr(&in_plain));
        let told = locked.done(&[command, &["-R", "register"]].concat());
        assert_eq!(told, stdout(&in_plain), "{command:?}");
    }
    locked.done(&["verify", "-R", "register"]);
    locked.done(&["publish", "-R", "register", "-o", "edition"]);
    locked.done(&["bundle", "documented:", "-o", "bundle.zip", "-R", "register"]);
    let told = sijil_verify::check(&place.path("bundle.zip")).expect("a bundle");
    assert!(told.findings.is_empty(), "{:?}", told.findings);
    assert!(told.checked.iter().all(|checked| *checked > 0), "{:?}", told.checked);
}

#[test]
fn a_backup_stays_encrypted_and_opens_with_the_same_passphrase() {
    let locked = Locked::new(Place::with_material());
    locked.done(&["add", "material", "-R", "register"]);
    locked.done(&["backup", "copy", "-R", "register"]);
    let without_lock = |name: &str| {
        let mut files = tree(&locked.place.path(name));
        files.remove(Path::new("evidence/.lock"));
        files
    };
    assert_eq!(without_lock("copy"), without_lock("register"));
    locked.done(&["verify", "-R", "copy"]);
    let refused = locked.place.run(&["verify", "-R", "copy"]);
    assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
}

#[test]
fn while_a_register_is_open_no_crash_can_write_memory_to_the_disk() {
    if Command::new("strace").arg("-V").output().is_err() {
        println!("skipped: strace is not on this machine");
        return;
    }
    let locked = Locked::new(Place::new());
    let mut command = Command::new("strace");
    command.args(["-f", "-q", "-e", "trace=prlimit64,prctl,openat", "-o"]);
    command.arg(locked.place.path("trace")).arg(env!("CARGO_BIN_EXE_sijil"));
    command.current_dir(locked.place.root.path()).stdin(Stdio::null());
    let output = command.args(["verify", "-R", "register", "--passphrase-file", "words"]).output();
    let output = output.expect("strace starts");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let trace = fs::read_to_string(locked.place.path("trace")).expect("a trace");
    let at = |what: &str| trace.lines().position(|line| line.contains(what));
    let words = at("\"words\"").expect("the passphrase is read");
    for limit in ["RLIMIT_CORE, {rlim_cur=0, rlim_max=0}", "PR_SET_DUMPABLE, SUID_DUMP_DISABLE"] {
        assert!(at(limit).is_some_and(|at| at < words), "{limit}: {trace}");
    }
}

#[test]
fn nothing_is_written_anywhere_but_into_the_register() {
    if Command::new("strace").arg("-V").output().is_err() {
        println!("skipped: strace is not on this machine");
        return;
    }
    let locked = Locked::new(Place::with_material());
    let place = &locked.place;
    place.write(
        "reports/page.pdf",
        &pdf("At least 9 people were killed in Jableh, residents said."),
    );
    place.write("reports/old.zip", &zipped("note.txt", "At least 3 people were killed in Homs."));
    let mut command = Command::new("strace");
    command.args(["-f", "-q", "-e", "trace=openat,open,creat,memfd_create,mkdir", "-o"]);
    command.arg(place.path("trace")).arg(env!("CARGO_BIN_EXE_sijil"));
    command.current_dir(place.root.path()).stdin(Stdio::null());
    let output = command
        .args(["add", "material", "-R", "register", "--passphrase-file", "words"])
        .output()
        .expect("strace starts");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", stderr(&output));
    let trace = fs::read_to_string(place.path("trace")).expect("a trace");
    let made = ["O_CREAT", "O_TMPFILE", "creat(", "memfd_create(", "mkdir("];
    let made: Vec<&str> =
        trace.lines().filter(|line| made.iter().any(|call| line.contains(call))).collect();
    assert!(made.iter().any(|line| line.contains(".incoming-")), "{made:#?}");
    let elsewhere: Vec<&&str> =
        made.iter().filter(|line| !line.contains("register") && !line.contains("/dev/")).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
}

/// A file of one page with one line.
fn pdf(line: &str) -> Vec<u8> {
    let text = format!("BT /F1 12 Tf 72 700 Td ({line}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R\
         /Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{text}\nendstream", text.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let (mut file, mut table) = ("%PDF-1.4\n".to_owned(), "0000000000 65535 f \n".to_owned());
    for (number, object) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj{object}endobj\n"));
    }
    let end = file.len();
    file.push_str(&format!("xref\n0 6\n{table}trailer<</Size 6/Root 1 0 R>>\n"));
    file.push_str(&format!("startxref\n{end}\n%%EOF"));
    file.into_bytes()
}

#[test]
fn a_backup_can_be_encrypted_or_get_another_key() {
    let locked = Locked::new(Place::with_material());
    let place = &locked.place;
    assert_eq!(place.report("plain", "out").status.code(), Some(0));
    locked.file("next", "another row of seven words");
    let root = |text: &str| text.trim_end().rsplit(' ').next().map(str::to_owned);
    let encrypt = |from: &str, to: &str| {
        let words = ["backup", to, "-R", from, "--encrypt", "--new-passphrase-file", "next"];
        let said = locked.done(&words);
        assert!(said.contains("recovery  "), "{said}");
    };
    encrypt("plain", "sealed");
    let verified = locked.with("next", &["verify", "-R", "sealed"]);
    assert_eq!(verified.status.code(), Some(0), "{}", stderr(&verified));
    assert_eq!(root(&stdout(&verified)), root(&locked.done(&["verify", "-R", "plain"])));
    let again = locked.with("next", &["report", "material", "-R", "sealed", "-o", "again"]);
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
    assert_eq!(place.files("again"), place.files("out"));
    let (sealed, plain) = (tree(&place.path("sealed")), tree(&place.path("plain")));
    let shared: Vec<&PathBuf> = plain.keys().filter(|name| sealed.contains_key(*name)).collect();
    assert_eq!(shared, ["evidence/.lock", "sijil.db"].map(Path::new));

    locked.done(&["add", "material", "-R", "register"]);
    encrypt("register", "renewed");
    assert_eq!(locked.with("words", &["verify", "-R", "renewed"]).status.code(), Some(2));
    let verified = locked.with("next", &["verify", "-R", "renewed"]);
    assert_eq!(verified.status.code(), Some(0), "{}", stderr(&verified));
    locked.done(&["verify", "-R", "register"]);
}

fn zipped(name: &str, text: &str) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::write::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("a name");
    writer.write_all(text.as_bytes()).expect("in memory");
    writer.finish().expect("in memory").into_inner()
}
