//! Checks an evidence bundle, as `docs/bundle.md` describes it, without the program that wrote it.
//!
//! A bundle says: these bytes came in, were read so and decided on so, and all of it stands in a
//! ledger that a key has signed. [`check`] recomputes each of these and names what does not agree.
//! What it cannot know: whose key it is, and whether the register shows others another history. A
//! head that was published or cosigned elsewhere tells; [`Told::key`] and [`Told::root`] are what to
//! compare.

mod entry;
mod files;
mod rows;
mod tree;
mod way;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use entry::Entry;
use files::Files;
use rows::Rows;
pub use tree::Head;

/// The format that this program checks.
const FORMAT: &str = "sijil bundle 1";

/// What a bundle tells when it holds together.
#[derive(Debug, Default)]
pub struct Told {
    /// What it is about, as it says.
    pub about: String,
    /// Public key that signed the head, in hexadecimal digits.
    pub key: String,
    /// Number of entries under the head.
    pub size: u64,
    /// Root of the ledger, in hexadecimal digits.
    pub root: String,
    /// Entries, originals, rows and steps of the way that were checked.
    pub checked: [usize; 4],
    /// What does not agree; empty where all does.
    pub findings: Vec<String>,
}

/// The parts of a bundle once they are read.
struct Bundle<'f> {
    files: &'f mut Files,
    about: Value,
    entries: BTreeMap<u64, Entry>,
    rows: Vec<Rows>,
    named: BTreeSet<String>,
    told: Told,
}

/// Checks the bundle at `path`, a ZIP archive or the folder that it unpacks to.
///
/// # Errors
/// When it is no bundle of this format at all.
pub fn check(path: &Path) -> Result<Told, String> {
    let mut files = Files::open(path)?;
    let about = files.json("bundle.json")?;
    let format = about["format"].as_str().unwrap_or_default();
    if format != FORMAT {
        return Err(format!("it is of the format {format:?}; this program checks {FORMAT:?}"));
    }
    let named = BTreeSet::from(["bundle.json".to_owned()]);
    let told = Told { about: text(&about["about"]["id"]), ..Told::default() };
    let mut bundle = Bundle {
        files: &mut files,
        about,
        entries: BTreeMap::new(),
        rows: Vec::new(),
        named,
        told,
    };
    bundle.check_head_and_entries();
    bundle.check_items();
    bundle.check_rows();
    bundle.check_way();
    bundle.check_names();
    let mut told = bundle.told;
    told.findings.sort();
    Ok(told)
}

impl Bundle<'_> {
    fn find(&mut self, what: impl Into<String>) {
        self.told.findings.push(what.into());
    }

    /// The head by its signature, each entry by its proof, the key by the first entry.
    fn check_head_and_entries(&mut self) {
        let about = self.about.clone();
        let key = text(&about["public_key"]);
        let Some(head) = Head::of(&about["head"]) else {
            return self.find("bundle.json: the head is not given as size, root and signature");
        };
        (self.told.key, self.told.size, self.told.root) =
            (key.clone(), head.size, tree::hex(&head.root));
        if !head.is_signed_by(&key) {
            self.find("the signature is not one of this key over this head");
        }
        for listed in about["entries"].as_array().into_iter().flatten() {
            let Some(number) = listed["number"].as_u64() else {
                self.find("bundle.json: an entry has no number");
                continue;
            };
            let name = format!("entries/{number}");
            self.named.insert(name.clone());
            match self.files.bytes(&name).and_then(|bytes| Entry::parse(&bytes)) {
                Ok(entry) if entry.number != number => {
                    self.find(format!("{name}: says another number"));
                }
                Ok(entry) => {
                    if !head.includes(&entry.leaf, number, &listed["proof"]) {
                        self.find(format!("{name}: is not in the ledger under the head"));
                    }
                    self.entries.insert(number, entry);
                }
                Err(why) => self.find(format!("{name}: {why}")),
            }
        }
        self.told.checked[0] = self.entries.len();
        let first = self.entries.get(&0).map(|entry| (entry.kind.clone(), entry.body.clone()));
        match first {
            Some((kind, body)) if kind == "init" && text(&body["public_key"]) == key => {}
            Some(_) => self.find("entries/0: does not name the key that signed the head"),
            None => self.find("entries/0: is missing; it names the key of the register"),
        }
    }

    /// Each original by its hash, and by the entry that says when it came in.
    fn check_items(&mut self) {
        let items = self.about["items"].as_array().cloned().unwrap_or_default();
        for item in &items {
            let hash = text(&item["sha256"]);
            let name = format!("items/{hash}");
            self.named.insert(name.clone());
            match self.files.hash(&name) {
                Ok((found, _)) if found != hash => {
                    self.find(format!("{name}: these are other bytes (SHA-256 {found})"));
                }
                Ok((_, length)) if item["bytes"].as_u64() != Some(length) => {
                    self.find(format!("{name}: has {length} bytes, not as many as are listed"));
                }
                Ok(_) => self.told.checked[1] += 1,
                Err(why) => self.find(format!("{name}: {why}")),
            }
            let added =
                self.entries.values().any(|e| e.kind == "add" && text(&e.body["item"]) == hash);
            if !added {
                self.find(format!("{name}: no entry says when and from whom it came in"));
            }
        }
    }

    /// Rows by the digest that their entry carries.
    fn check_rows(&mut self) {
        let listed = self.about["rows"].as_array().cloned().unwrap_or_default();
        for part in &listed {
            let (number, table) =
                (part["entry"].as_u64().unwrap_or(u64::MAX), text(&part["table"]));
            let name = format!("rows/{number}-{table}.json");
            self.named.insert(name.clone());
            let rows = self.files.json(&name).and_then(|json| Rows::of(&table, &json));
            let carried =
                self.entries.get(&number).map(|entry| text(&entry.body["rows"][&table]["digest"]));
            match (rows, carried) {
                (Err(why), _) => self.find(format!("{name}: {why}")),
                (_, None) => self.find(format!("{name}: its entry is not in the bundle")),
                (Ok(rows), Some(digest)) if rows.digest() != digest => {
                    self.find(format!(
                        "{name}: these are not the rows that entry {number} brought"
                    ));
                }
                (Ok(rows), _) => {
                    self.told.checked[2] += rows.len();
                    self.rows.push(rows);
                }
            }
        }
    }

    /// The way from the number down: each step rests on a row or an original of the bundle.
    fn check_way(&mut self) {
        let items: BTreeSet<String> = self.about["items"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|item| text(&item["sha256"]))
            .collect();
        let (steps, findings) = way::check(&self.about["way"], &self.rows, &items);
        self.told.checked[3] = steps;
        self.told.findings.extend(findings);
    }

    /// Nothing lies in the bundle that it does not name.
    fn check_names(&mut self) {
        for name in self.files.names() {
            if !self.named.contains(&name) {
                self.find(format!("{name}: lies in the bundle and is named nowhere"));
            }
        }
    }
}

/// A JSON text, empty where it is none.
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
