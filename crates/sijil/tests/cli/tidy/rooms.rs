//! Who may know whom: crates by their manifests, rooms by the paths their code names.

use super::code::{Named, bare, module_of, named};
use super::{Written, expect_none, written};

/// Each crate of the workspace and the ones it may build on.
const CRATES: &[(&str, &[&str])] = &[
    ("sijil-text", &[]),
    ("sijil-claims", &["sijil-text"]),
    ("sijil-linkage", &["sijil-text"]),
    ("sijil-estimation", &[]),
    ("sijil-ledger", &[]),
    ("sijil-vault", &[]),
    ("sijil-verify", &[]),
    (
        "sijil",
        // The verifier in tests alone: it shares nothing with what it checks.
        &[
            "sijil-text",
            "sijil-claims",
            "sijil-linkage",
            "sijil-estimation",
            "sijil-ledger",
            "sijil-vault",
            "sijil-verify",
        ],
    ),
    // Fuzz targets, in a workspace of their own.
    ("sijil-fuzz", &["sijil", "sijil-claims", "sijil-text"]),
    ("xtask", &["sijil-text", "sijil-claims", "sijil-linkage", "sijil-estimation", "sijil-ledger"]),
];

/// Crates that see no file, clock, network, database or chance that they were not handed.
const PURE: &[&str] = &[
    "sijil-text",
    "sijil-claims",
    "sijil-linkage",
    "sijil-estimation",
    "sijil-ledger",
    "sijil-vault",
];

/// What of `std` a pure crate may not name: the part, or the item of a part.
const IMPURE_STD: &[&str] =
    &["fs", "net", "env", "process", "os", "thread", "time::SystemTime", "time::Instant"];

/// Words that a pure crate may not have.
const IMPURE_WORDS: &[&str] =
    &["thread_rng", "OsRng", "getrandom", "rusqlite", "Timestamp::now", "Zoned::now"];

/// Each room of `crates/sijil/src` and the ones it may know.
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("intake", &["model"]),
    ("register", &["model"]),
    ("publish", &["model"]),
    ("work", &["model", "intake", "register", "publish"]),
    ("web", &["model", "work"]),
    ("cli", &["model", "work"]),
];

/// What the edges may take from the register all the same. A command is told a folder and a point
/// of the history; it opens the one and names the other for the use case that it calls, and turns
/// the store's errors into exit codes. It begins no transaction.
const HANDLES: &[&str] = &["Register", "AsOf", "Error"];

/// Foreign crates that these rooms alone may name.
const FOREIGN: &[(&str, &str)] = &[
    ("rusqlite", "register"),
    ("askama", "publish"),
    ("calamine", "intake"),
    ("zip", "intake publish"),
    ("parquet", "intake publish"),
    ("scraper", "intake"),
    ("encoding_rs", "intake"),
    ("lopdf", "intake"),
    ("mail_parser", "intake"),
    ("quick_xml", "intake"),
    ("flate2", "intake"),
    ("exif", "intake"),
    ("clap", "cli"),
    ("rpassword", "cli"),
    ("indicatif", "cli"),
];

#[test]
fn crates_build_on_the_crates_they_may() {
    let files = written();
    let manifests = files.iter().filter(|f| f.name.ends_with("/Cargo.toml"));
    let findings: Vec<String> = manifests.flat_map(breaches_of_manifest).collect();
    expect_none("a crate builds on another that it may not know", &findings);
}

#[test]
fn pure_crates_are_handed_all_they_see() {
    let findings: Vec<String> = written().iter().flat_map(breaches_of_purity).collect();
    expect_none("a pure crate reaches for the world", &findings);
}

#[test]
fn rooms_know_the_rooms_below_them_only() {
    let findings: Vec<String> = written().iter().flat_map(breaches_of_rooms).collect();
    expect_none("a room reaches into another that it may not know", &findings);
}

#[test]
fn nothing_is_erased_and_no_connection_is_opened() {
    let findings: Vec<String> = written().iter().flat_map(breaches_of_promises).collect();
    expect_none("the code breaks a promise", &findings);
}

fn breaches_of_manifest(file: &Written) -> Vec<String> {
    let manifest: toml::Table = file.text.parse().expect("a manifest is TOML");
    let name = manifest["package"]["name"].as_str().unwrap_or_default();
    let Some((_, allowed)) = CRATES.iter().find(|(of, _)| *of == name) else {
        return vec![format!("{}: {name} has no row in CRATES", file.name)];
    };
    let ours = |other: &str| CRATES.iter().any(|(of, _)| *of == other);
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    let known = tables.iter().filter_map(|t| manifest.get(*t)?.as_table()).flat_map(|t| t.keys());
    known
        .filter(|other| ours(other) && !allowed.contains(&other.as_str()))
        .map(|other| format!("{}: {name} builds on {other}", file.name))
        .collect()
}

fn breaches_of_purity(file: &Written) -> Vec<String> {
    let pure = PURE.iter().any(|name| file.name.starts_with(&format!("crates/{name}/src/")));
    if !pure || !file.is("rs") || file.is_test() {
        return Vec::new();
    }
    let code = bare(&file.text);
    let mut findings: Vec<String> = named(&code, &[], &["std"])
        .iter()
        .filter(|n| n.part(0) == "std")
        .filter(|n| {
            let item = format!("{}::{}", n.part(1), n.part(2));
            IMPURE_STD.iter().any(|bad| *bad == n.part(1) || *bad == item)
        })
        .map(|n| format!("{}:{}: {}", file.name, n.line, n.path.join("::")))
        .collect();
    let words = IMPURE_WORDS.iter().filter(|word| code.contains(*word));
    findings.extend(words.map(|word| format!("{}: {word}", file.name)));
    findings
}

/// The statements that take rows away: columns and the index of words are derived, and are emptied
/// to be built anew from the rows. Their files have a list of the tables, all of them derived.
const EMPTIES: (&[&str], &str) = (
    &["crates/sijil/src/register/columns/check.rs", "crates/sijil/src/register/search/check.rs"],
    "&format!(\"DELETE FROM {table}\")",
);

/// Statements that take rows away, and the part of `std` that opens connections.
fn breaches_of_promises(file: &Written) -> Vec<String> {
    let ours = file.name.starts_with("crates/") && file.name.contains("/src/");
    if !ours || file.is_test() || !(file.is("rs") || file.is("sql")) {
        return Vec::new();
    }
    let erasing = ["DELETE FROM", "DROP TABLE", "REPLACE INTO item", "REPLACE INTO ledger"];
    let (names, statement) = EMPTIES;
    let text = match names.contains(&file.name.as_str()) {
        true => file.text.replacen(statement, "", 1),
        false => file.text.clone(),
    };
    let mut findings: Vec<String> = erasing
        .iter()
        .filter(|words| text.contains(*words))
        .map(|words| format!("{}: {words}", file.name))
        .collect();
    let net = named(&bare(&file.text), &[], &["std"]);
    let net = net.iter().filter(|n| n.part(0) == "std" && n.part(1) == "net");
    findings.extend(net.map(|n| format!("{}:{}: {}", file.name, n.line, n.path.join("::"))));
    findings
}

fn breaches_of_rooms(file: &Written) -> Vec<String> {
    let Some(path) = file.name.strip_prefix("crates/sijil/src/") else { return Vec::new() };
    if !file.is("rs") || file.is_test() {
        return Vec::new();
    }
    let module = module_of(path);
    let code = bare(&file.text);
    let roots: Vec<&str> = FOREIGN.iter().map(|(foreign, _)| *foreign).chain(["sijil"]).collect();
    let mut findings: Vec<String> = named(&code, &module, &roots)
        .iter()
        .filter_map(|n| Some((n, breach(&module, n)?)))
        .map(|(n, why)| format!("{}:{}: {}: {why}", file.name, n.line, n.path.join("::")))
        .collect();
    let room = module.first().map_or("", String::as_str);
    if !matches!(room, "work" | "register") && code.contains(".commit()") {
        findings.push(format!("{}: ends a transaction; only `work` does", file.name));
    }
    findings
}

/// Why code of `module` may not name a path; `None` where it may.
fn breach(module: &[String], named: &Named) -> Option<String> {
    let own = module.first().map_or("", String::as_str);
    if let Some((foreign, rooms)) = FOREIGN.iter().find(|(foreign, _)| *foreign == named.part(0)) {
        let may = rooms.split(' ').any(|room| room == own);
        return (!may).then(|| format!("{foreign} belongs to `{rooms}` alone"));
    }
    // The command line names the library by its name, the library its own rooms by `crate`.
    let from = usize::from(named.part(0) == "sijil");
    let other = named.part(from);
    if other == own || !ROOMS.iter().any(|(room, _)| *room == other) {
        return None;
    }
    let Some((_, allowed)) = ROOMS.iter().find(|(room, _)| *room == own) else {
        // `main.rs` hands over to the command line; `lib.rs` only declares.
        return (other != "cli").then(|| format!("the root does not use `{other}`"));
    };
    let is_edge = matches!(own, "cli" | "web");
    if allowed.contains(&other) {
        None
    } else if is_edge && other == "register" {
        let item = named.part(from + 1);
        let fine = item.is_empty() || item == "self" || HANDLES.contains(&item);
        (!fine).then(|| format!("`{own}` may take {} of the register", HANDLES.join(", ")))
    } else {
        Some(format!("`{own}` may not know `{other}`"))
    }
}

fn invented(name: &str, text: &str) -> Written {
    Written { name: name.to_owned(), text: text.to_owned() }
}

#[test]
fn a_breach_of_the_rooms_is_found() {
    for (file, text) in [
        ("intake/csv.rs", "use crate::register::Register;"),
        ("intake/mapping/mod.rs", "use super::super::work::add;"),
        ("model/item.rs", "fn f() { crate::{intake, model::Item} }"),
        ("register/open.rs", "use crate::publish::render;"),
        ("publish/mod.rs", "use crate::model::Report;\nuse crate::work;"),
        ("cli/add.rs", "use sijil::register::{AsOf, Write};"),
        ("cli/add.rs", "use sijil::intake;"),
        ("cli/init.rs", "fn f() { write.commit()?; }"),
        ("main.rs", "fn main() { sijil::work::add() }"),
        ("work/add.rs", "use rusqlite::Connection;"),
    ] {
        let found = breaches_of_rooms(&invented(&format!("crates/sijil/src/{file}"), text));
        assert_eq!(found.len(), 1, "{file}: {text}: {found:?}");
    }
    for (file, text) in [
        ("work/error.rs", "use crate::{publish, register};"),
        ("cli/count.rs", "use sijil::register::AsOf;\nuse super::place::Place;"),
        ("cli/failure.rs", "use sijil::{register, work};"),
        ("intake/csv.rs", "// crate::register\nconst S: &str = \"crate::work\";"),
        ("register/open.rs", "#[cfg(test)]\nmod tests { use crate::work::add; }"),
        ("main.rs", "mod cli;\nfn main() { cli::main() }"),
        ("publish/tests.rs", "use crate::work::assemble;"),
    ] {
        let found = breaches_of_rooms(&invented(&format!("crates/sijil/src/{file}"), text));
        assert!(found.is_empty(), "{file}: {text}: {found:?}");
    }
}

#[test]
fn a_broken_promise_is_found() {
    for text in ["tx.execute(\"DELETE FROM record\", [])", "use std::net::TcpStream;"] {
        let found = breaches_of_promises(&invented("crates/sijil/src/register/items.rs", text));
        assert_eq!(found.len(), 1, "{text}: {found:?}");
    }
}

#[test]
fn a_breach_of_purity_or_of_a_manifest_is_found() {
    for text in [
        "use std::fs;",
        "use std::{collections::BTreeMap, fs::File};",
        "fn f() { std::env::var(\"HOME\") }",
        "use std::time::{Duration, Instant};",
        "fn f() { rand::thread_rng() }",
        "fn f() { jiff::Timestamp::now() }",
    ] {
        let found = breaches_of_purity(&invented("crates/sijil-text/src/letters.rs", text));
        assert_eq!(found.len(), 1, "{text}: {found:?}");
    }
    for (name, text) in [
        ("crates/sijil-text/src/lib.rs", "use std::{fmt, time::Duration};"),
        ("crates/sijil/src/intake/folder.rs", "use std::fs::File;"),
        ("crates/sijil-text/tests/read.rs", "use std::fs::File;"),
    ] {
        assert!(breaches_of_purity(&invented(name, text)).is_empty(), "{name}: {text}");
    }
    for (name, on, count) in [
        ("sijil-ledger", "sijil-text", 1),
        ("sijil-text", "sijil-claims", 1),
        ("sijil-claims", "sijil-text", 0),
        ("sijil-unheard-of", "serde", 1),
    ] {
        for table in ["dependencies", "dev-dependencies"] {
            let text = format!("[package]\nname = \"{name}\"\n[{table}]\n{on}.workspace = true\n");
            let found = breaches_of_manifest(&invented("crates/x/Cargo.toml", &text));
            assert_eq!(found.len(), count, "{name} on {on} in {table}: {found:?}");
        }
    }
}
