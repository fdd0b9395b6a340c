//! Ten thousand planted secrets, in every form that a search of a seized disk would try.
//!
//! The same material goes into a plain and into an encrypted register. In the plain one each secret
//! is found, so the search works; in the encrypted one none is.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use aho_corasick::AhoCorasick;
use sijil::model::FixedClock;
use sijil::register::{AsOf, Register};
use sijil::work::{self, Factors, Hand, PairVerdict};

use super::{Locked, WORDS, tree, zipped};
use crate::fixture::{Place, stderr};

/// Names, telephone numbers and places, in Latin and Arabic script.
pub(super) fn secret(number: usize) -> String {
    const LATIN: [&str; 16] = [
        "Ba", "Ked", "Mir", "To", "Sal", "Dun", "Ray", "Fih", "Zor", "Lam", "Ghu", "Neb", "Qas",
        "Wid", "Har", "Jel",
    ];
    const ARABIC: [&str; 16] = [
        "با", "كد", "مير", "تو", "سل", "دن", "ري", "فه", "زور", "لم", "غو", "نب", "قس", "ود", "هر",
        "جل",
    ];
    let digits = [number & 15, number >> 4 & 15, number >> 8 & 15, number >> 12 & 15];
    let word = |of: &[&str]| digits.map(|d| of[d]).concat();
    match number % 4 {
        0 => format!("{} al-Nusrawi", word(&LATIN)),
        1 => format!("{} النصروي", word(&ARABIC)),
        2 => format!("+9639{:08}", 10_000_019 + number * 7919),
        _ => format!("Qaryat {}", word(&LATIN)),
    }
}

/// Hands out secrets in order.
struct Secrets(usize);

impl Secrets {
    fn next(&mut self) -> String {
        self.0 += 1;
        secret(self.0 - 1)
    }

    /// So many in sentences.
    fn prose(&mut self, count: usize) -> String {
        (0..count).map(|n| format!("At least {} people knew {}.\n", n + 2, self.next())).collect()
    }
}

const ALL: usize = 10_000;

/// Reasons of judgements, which hold the last hundred.
const REASONS: usize = 10;

/// Plants all but those of the reasons; gives these.
fn plant(place: &Place) -> Vec<String> {
    let mut secrets = Secrets(0);
    for (list, rows) in [("lists/a.csv", 1000), ("lists/b.csv", 875)] {
        let mut text = String::from("Name,Other name,Place,Phone,Age\n");
        for row in 0..rows {
            let [a, b, c, d] = [(); 4].map(|()| secrets.next());
            text.push_str(&format!("{a},{b},{d},{c},{}\n", 18 + row % 60));
        }
        place.write(list, text.as_bytes());
    }
    for file in 0..60 {
        place.write(&format!("reports/{file}.txt"), secrets.prose(20).as_bytes());
    }
    for file in 0..10 {
        // Twice: what stands over the border of two pages of the database is not found.
        let text = secrets.prose(20).repeat(2);
        let xml = format!(
            "<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
        );
        place.write(&format!("word/{file}.docx"), &zipped("word/document.xml", &xml));
        let little: Vec<u8> = format!("\u{FEFF}{}", secrets.prose(20))
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        place.write(&format!("wide/little-{file}.txt"), &little);
        let big: Vec<u8> = format!("\u{FEFF}{}", secrets.prose(20))
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        place.write(&format!("wide/big-{file}.txt"), &big);
        let mail = format!(
            "Subject: note\nContent-Type: text/plain; charset=utf-8\n\
             Content-Transfer-Encoding: base64\n\n{}\n",
            base64(secrets.prose(10).as_bytes())
        );
        place.write(&format!("mail/{file}.eml"), mail.as_bytes());
        let backwards: String = secrets.prose(10).chars().rev().collect();
        place.write(&format!("back/{file}.txt"), backwards.as_bytes());
    }
    let mut sources = String::new();
    for number in 0..300 {
        sources
            .push_str(&format!("[[source]]\nid = \"s{number}\"\nname = \"{}\"\n", secrets.next()));
    }
    fs::write(place.path("sources.toml"), sources).expect("can be written");
    let each = (ALL - secrets.0) / REASONS;
    (0..REASONS).map(|_| secrets.prose(each)).collect()
}

/// Base 64 as RFC 4648 has it.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number = three.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte));
        let number = number << (8 * (3 - three.len()));
        for at in 0..4 {
            let sign = char::from(SIGNS[number >> (18 - 6 * at) & 63]);
            text.push(if at > three.len() { '=' } else { sign });
        }
    }
    text
}

/// What of a secret's base 64 does not depend on what stands around it, `shift` bytes into three.
fn base64_within(secret: &str, shift: usize) -> String {
    let around = [&[0; 2][..shift], secret.as_bytes()].concat();
    let whole = base64(&around);
    let from = (shift * 8).div_ceil(6);
    whole[from..around.len() * 8 / 6].to_owned()
}

const FORMS: [&str; 7] =
    ["plain", "UTF-16LE", "UTF-16BE", "base64", "base64+1", "base64+2", "reversed"];

fn forms(secret: &str) -> [Vec<u8>; FORMS.len()] {
    [
        secret.as_bytes().to_vec(),
        secret.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        secret.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        base64_within(secret, 0).into_bytes(),
        base64_within(secret, 1).into_bytes(),
        base64_within(secret, 2).into_bytes(),
        secret.chars().rev().collect::<String>().into_bytes(),
    ]
}

/// Searches all names and bytes of a folder: the secrets found, and how many in each form.
pub(super) struct Search(AhoCorasick);

impl Search {
    pub(super) fn new() -> Self {
        let patterns = (0..ALL).flat_map(|number| forms(&secret(number)));
        Self(AhoCorasick::new(patterns).expect("patterns"))
    }

    pub(super) fn of(&self, folder: &Path) -> (BTreeSet<usize>, [usize; FORMS.len()]) {
        let mut found = BTreeSet::new();
        let mut in_form: [BTreeSet<usize>; FORMS.len()] = Default::default();
        for (name, bytes) in tree(folder) {
            for text in [name.to_string_lossy().as_bytes(), &bytes] {
                for hit in self.0.find_overlapping_iter(text) {
                    let (secret, form) = (
                        hit.pattern().as_usize() / FORMS.len(),
                        hit.pattern().as_usize() % FORMS.len(),
                    );
                    found.insert(secret);
                    in_form[form].insert(secret);
                }
            }
        }
        (found, in_form.map(|secrets| secrets.len()))
    }
}

/// Takes all in, and judges pairs with the reasons.
fn fill(locked: &Locked, register: &str, reasons: &[String]) {
    for arguments in
        [["add", "material", "-R", register], ["import", "sources.toml", "-R", register]]
    {
        let output = locked.with("words", &arguments);
        let code = output.status.code();
        assert!(matches!(code, Some(0 | 1)), "{arguments:?}: {}", stderr(&output));
    }
    let folder = locked.place.path(register);
    let factors = Factors { passphrases: vec![WORDS.to_owned().into()], key_file: None };
    let key = work::needs(&folder).expect("readable").map(|_| work::unlock(&folder, &factors));
    let key = key.transpose().expect("opens");
    let mut register = Register::open_with(&folder, key.as_ref()).expect("opens");
    let clock = FixedClock("2031-06-01T09:00:00Z".parse().expect("a time"));
    let hand = Hand { name: "Rana", clock: &clock };
    let records = register.records(AsOf::NOW).expect("readable");
    for (reason, pair) in reasons.iter().zip(records.chunks(2)) {
        let [a, b] = pair else { panic!("there are records enough") };
        let pair = (&a.record.at, &b.record.at);
        work::judge_records(&mut register, pair, PairVerdict::Different, reason, hand)
            .expect("judged");
    }
}

#[test]
fn of_ten_thousand_planted_secrets_none_is_found_in_a_closed_encrypted_register() {
    let locked = Locked::new(Place::new());
    let reasons = plant(&locked.place);
    let plain = locked.place.run(&["init", "-R", "plain"]);
    assert_eq!(plain.status.code(), Some(0), "{}", stderr(&plain));
    let search = Search::new();

    fill(&locked, "plain", &reasons);
    let (found, in_form) = search.of(&locked.place.path("plain"));
    let missing: Vec<String> = (0..ALL).filter(|n| !found.contains(n)).map(secret).collect();
    assert!(missing.is_empty(), "not found where it is plain: {}: {missing:?}", missing.len());
    for (form, count) in FORMS.iter().zip(in_form) {
        assert!(count >= 20, "{form}: only {count} found where it is plain");
    }

    fill(&locked, "register", &reasons);
    let (found, _) = search.of(&locked.place.path("register"));
    let found: Vec<String> = found.into_iter().map(secret).collect();
    assert!(found.is_empty(), "{} found: {found:?}", found.len());
    locked.done(&["verify", "-R", "register"]);
}

#[test]
fn a_run_that_is_killed_leaves_nothing_in_plain() {
    let locked = Locked::new(Place::new());
    for file in 0..40 {
        let text: String =
            (0..200).map(|n| format!("{}\n", secret(file * 200 + n)).repeat(20)).collect();
        locked.place.write(&format!("{file}.txt"), text.as_bytes());
    }
    let search = Search::new();
    let mut in_plain = 0;
    for (turn, milliseconds) in [20, 40, 60, 90, 120, 180, 250].into_iter().enumerate() {
        for kind in ["plain", "sealed", "passing"] {
            let name = format!("{kind}{turn}");
            let mut child = locked.place.command();
            match kind {
                "plain" => drop(locked.done(&["init", "-R", &name])),
                "sealed" => drop(locked.done(&["init", "--encrypt", "-R", &name])),
                _ => fs::create_dir(locked.place.path(&name)).expect("made"),
            }
            if kind == "passing" {
                // A report that names no register makes one where temporary files are.
                child.args(["report", "material", "-o", "out"]);
                child.env("TMPDIR", locked.place.path(&name));
            } else {
                child.args(["add", "material", "-R", &name]);
                child.env("SIJIL_PASSPHRASE_FILE", locked.place.path("words"));
            }
            let child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
            let mut child = child.expect("starts");
            sleep(Duration::from_millis(milliseconds));
            let _ = child.kill();
            child.wait().expect("ends");
            let (found, _) = search.of(&locked.place.path(&name));
            if kind == "plain" {
                in_plain += found.len();
            } else {
                assert!(found.is_empty(), "{kind}: {} after {milliseconds} ms", found.len());
            }
        }
    }
    assert!(in_plain > 0, "no run was killed in the middle of its work");
}

#[test]
fn what_is_staged_and_never_kept_lies_there_encrypted() {
    let locked = Locked::new(Place::new());
    locked.done(&["init", "-R", "plain"]);
    let search = Search::new();
    let factors = Factors { passphrases: vec![WORDS.to_owned().into()], key_file: None };
    let sealed = locked.place.path("register");
    let key = work::unlock(&sealed, &factors).expect("opens");
    for (folder, key, expected) in
        [(locked.place.path("plain"), None, 900), (sealed, Some(&key), 0)]
    {
        let register = Register::open_with(&folder, key).expect("opens");
        let mut staged = register.evidence().stage().expect("staged");
        for number in 0..900 {
            writeln!(staged, "{} {:>200}", secret(number), number).expect("written");
        }
        // As if the program ended here: nothing sweeps.
        std::mem::forget(staged);
        let (found, _) = search.of(&folder);
        assert_eq!(found.len(), expected);
        assert!(tree(&folder).iter().any(|(name, bytes)| {
            name.to_string_lossy().contains("incoming") && bytes.len() > 100_000
        }));
    }
}
