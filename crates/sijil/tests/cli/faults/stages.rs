//! What a register goes through, step by step: each step with the register before it, the command,
//! and what must be there after it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use sijil::model::{HeadFile, ItemId};
use sijil::register::Register;
use sijil::work;

use super::strace::{Point, points};
use crate::columns::make_older;
use crate::fixture::{Place, stderr};

/// What rows say, table by table, without the entries that brought them and the times of day.
const CONTENT: &[&str] = &[
    "SELECT 'item', id, bytes FROM item ORDER BY id",
    "SELECT 'capture', path, item, format, by FROM capture WHERE until IS NULL ORDER BY path",
    "SELECT 'reading', item, reader, format FROM reading WHERE until IS NULL ORDER BY item",
    "SELECT 'statement', item, kind, ordinal, body FROM statement WHERE until IS NULL
     ORDER BY item, kind, ordinal",
    "SELECT 'record', item, sheet, row, body, cells FROM record WHERE until IS NULL
     ORDER BY item, sheet, row",
    "SELECT 'membership', item, sheet, row, person FROM membership WHERE until IS NULL
     ORDER BY item, sheet, row",
    "SELECT 'judgement', a_item, a_row, b_item, b_row, verdict, probability, rule, user
     FROM judgement WHERE until IS NULL ORDER BY a_item, a_row, b_item, b_row, rule, user",
    "SELECT 'problem', file, stage, place, message FROM problem WHERE until IS NULL
     ORDER BY file, stage, place, message",
    "SELECT 'entity', kind, id, body, basis, rule, user FROM entity WHERE until IS NULL
     ORDER BY kind, id, basis",
];

/// Everything that a register says now.
pub(super) type Content = Vec<Vec<Value>>;

/// One command on a register, to be disturbed.
pub(super) struct Stage {
    pub(super) name: &'static str,
    pub(super) arguments: Vec<String>,
    /// The register before it; `None` where the command makes it.
    before: Option<PathBuf>,
    /// A head from before it: whatever happens, history must go on from there.
    head: Option<HeadFile>,
    /// What the register says when the command was not disturbed.
    pub(super) after: Content,
    /// What the command says then.
    pub(super) said: String,
}

impl Stage {
    /// Puts the register as it was before into `folder`, emptied.
    pub(super) fn begin(&self, folder: &Path) {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).expect("can be made");
        if let Some(before) = &self.before {
            copy(before, &folder.join("register"));
        }
    }

    /// Every call of these kinds in an undisturbed run.
    pub(super) fn points(&self, folder: &Path, kinds: &[&'static str]) -> Vec<Point> {
        self.begin(folder);
        points(folder, kinds, &self.arguments)
    }

    /// Whether the output of a run tells that the command was done.
    pub(super) fn acknowledged(&self, output: &Output) -> bool {
        let said = String::from_utf8_lossy(&output.stdout);
        !self.said.is_empty() && steady(&said) == self.said
    }

    /// What is wrong with a register after a run that was disturbed, before it is repeated.
    pub(super) fn wrongs(&self, folder: &Path, acknowledged: bool) -> Vec<String> {
        let path = folder.join("register");
        if self.before.is_none() && !acknowledged && !Register::is_at(&path) {
            return Vec::new();
        }
        let register = match Register::read(&path) {
            Ok(register) => register,
            // A register that was only being made holds nothing yet that could be lost.
            Err(_) if self.before.is_none() && !acknowledged => return Vec::new(),
            Err(e) => return vec![format!("it does not open: {e}")],
        };
        let mut wrongs = verified(&register);
        if let Some(head) = &self.head {
            let lost = work::check_head(&register, head).expect("a head");
            wrongs.extend(lost.iter().map(|finding| finding.detail.clone()));
        }
        drop(register);
        if acknowledged && content(&path) != self.after {
            wrongs.push("what was acknowledged is not there".to_owned());
        }
        wrongs
    }

    /// Runs the command once more, undisturbed; what is wrong then.
    pub(super) fn finish(&self, place: &Place, folder: &Path) -> Vec<String> {
        let again = place.command().current_dir(folder).args(&self.arguments).output();
        let again = again.expect("the program starts");
        // What was done to its end before its end was told is not done twice.
        let done = self.before.is_none() && stderr(&again).contains("already holds a register");
        if !again.status.success() && !done {
            return vec![format!("the next run fails: {}", stderr(&again))];
        }
        let path = folder.join("register");
        let mut wrongs = match Register::read(&path) {
            Ok(register) => verified(&register),
            Err(e) => return vec![format!("it does not open after the next run: {e}")],
        };
        if content(&path) != self.after {
            wrongs.push("after the next run it is not what an undisturbed run gives".to_owned());
        }
        let swept = fs::read_dir(path.join("evidence")).expect("a folder").flatten();
        let left = swept.filter(|e| e.file_name().to_string_lossy().starts_with(".incoming"));
        wrongs.extend(left.map(|entry| format!("{:?} is left", entry.file_name())));
        wrongs
    }
}

fn verified(register: &Register) -> Vec<String> {
    match work::verify(register) {
        Ok(findings) => findings.iter().map(|f| format!("{}: {}", f.object, f.detail)).collect(),
        Err(e) => vec![format!("it cannot be verified: {e}")],
    }
}

/// What the rows of a register say now.
pub(super) fn content(register: &Path) -> Content {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(register.join("sijil.db"), flags).expect("opens");
    let mut all = Content::new();
    for sql in CONTENT {
        let mut query = db.prepare(sql).expect("a table");
        let columns = query.column_count();
        let rows = query.query_map([], |row| (0..columns).map(|at| row.get(at)).collect());
        all.extend(rows.expect("rows").map(|row| row.expect("a row")));
    }
    all
}

/// Output without what differs from run to run: keys, heads, sizes of ledgers.
fn steady(said: &str) -> String {
    let lines = said.lines().filter(|line| !line.starts_with("key "));
    lines.collect::<Vec<_>>().join("\n")
}

/// Copies a folder with what lies below it.
pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("can be made");
    for entry in fs::read_dir(from).expect("readable") {
        let entry = entry.expect("readable");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("has a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// The steps: a register is made, takes a folder in, takes it in anew with a changed list and an
/// entity file, has a pair judged, and is brought up from an older form.
pub(super) fn stages(place: &Place, texts: usize) -> Vec<Stage> {
    material(place, texts);
    let folder = place.path("undisturbed");
    fs::create_dir(&folder).expect("can be made");
    let path = folder.join("register");
    let mut stages = Vec::new();
    let mut step = |name: &'static str, words: &[&str]| {
        let before = Register::is_at(&path).then(|| {
            let kept = place.path(&format!("before-{name}"));
            copy(&path, &kept);
            kept
        });
        let head = before.as_ref().map(|_| {
            let register = Register::read(&path).expect("opens");
            work::head(&register, None).expect("a head")
        });
        let arguments: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let output = place.command().current_dir(&folder).args(&arguments).output();
        let output = output.expect("the program starts");
        assert!(output.status.success(), "{name}: {}", stderr(&output));
        let said = steady(&String::from_utf8_lossy(&output.stdout));
        stages.push(Stage { name, arguments, before, head, after: content(&path), said });
    };
    step("init", &["init", "register"]);
    step("add", &["add", "../material", "-R", "register"]);
    let pair = pair(&path);
    step("judge", &["judge", "same", &pair.0, &pair.1, "--why", "one family", "-R", "register"]);
    step("import", &["import", "../entities.toml", "-R", "register"]);
    step(
        "edition",
        &["add", "../newer/north.csv", "--edition-of", "lists/north.csv", "-R", "register"],
    );
    make_older(&path);
    step("migrate", &["add", "../material", "-R", "register"]);
    stages
}

fn material(place: &Place, texts: usize) {
    for nth in 0..texts {
        let text = format!(
            "Published: 2031-05-{:02}\n\nAt least {} people were killed in Jableh, residents said.\n",
            1 + nth % 28,
            2 + nth
        );
        place.write(&format!("reports/{nth:03}.txt"), text.as_bytes());
    }
    // Long enough that a write of it can be short.
    place.write("reports/long.txt", "The hills were green that year.\n".repeat(300).as_bytes());
    place.write("lists/east.csv", EAST);
    fs::write(place.path("entities.toml"), PARTY).expect("can be written");
    fs::create_dir(place.path("newer")).expect("can be made");
    let north = fs::read_to_string(place.material().join("lists/north.csv")).expect("a list");
    let newer = north.replace("Omar Rashid Qassab,Male,22", "Omar Rashid Qassab,Male,23");
    fs::write(place.path("newer/north.csv"), newer).expect("can be written");
}

/// Two records that are open, as the command line names them.
fn pair(register: &Path) -> (String, String) {
    let sql = "SELECT a_item, a_sheet, a_row, b_item, b_sheet, b_row FROM judgement
               WHERE until IS NULL AND verdict = 'open' LIMIT 1";
    let db = Connection::open(register.join("sijil.db")).expect("opens");
    db.query_row(sql, [], |row| {
        let name = |at: usize| -> rusqlite::Result<String> {
            let (item, sheet, number): (String, String, i64) =
                (row.get(at)?, row.get(at + 1)?, row.get(at + 2)?);
            Ok(format!("{}-{sheet}-{number}", ItemId(item).short()))
        };
        Ok((name(0)?, name(3)?))
    })
    .expect("an open pair")
}

const EAST: &[u8] = b"\
Name,Sex,Age,Date of death,Place
Omar,Male,22,2031-05-09,
Hala Saba,Female,,,Baniyas
Karim N. Sabag,Male,44,2031-05-12,
Mariam Yusuf,Female,35,2031-05-17,
Omar Rashid Qassab,Male,30,2031-05-15,Baniyas
";

const PARTY: &str = "[[party]]\nname = \"Brigade\"\nclass = \"state\"\n";
