//! What every file must have, and what none may.

use super::{Written, expect_none, written};

/// Lines above which a file is two files.
const LONGEST: usize = 800;

/// Lines that `ARCHITECTURE.md` may have: a newcomer reads it to its end.
const LONGEST_MAP: usize = 300;

/// Files that people write by hand.
const BY_HAND: &[&str] = &["rs", "toml", "sql", "html", "css", "js", "sh", "md"];

/// The two commands of the README: the main job, and the proof that it works.
const COMMANDS: [&str; 2] = ["cargo run --release -- report examples/coast-2025", "cargo test"];

/// Roots of paths that name one machine. In halves, so that this file passes its own test.
const MACHINE: &[(&str, &str)] =
    &[("/wo", "rk/"), ("/ho", "me/"), ("/ro", "ot/"), ("/Us", "ers/"), ("C:\\Us", "ers\\")];

/// What stands where something is missing. In halves as well.
const PLACEHOLDERS: &[(&str, &str)] = &[
    ("to", "do!("),
    ("unimplem", "ented!("),
    ("db", "g!("),
    ("FIX", "ME"),
    ("#[ig", "nore"),
    ("not yet imple", "mented"),
];

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut findings = Vec::new();
    for file in written().iter().filter(|f| BY_HAND.iter().any(|e| f.is(e))) {
        let lines = file.text.lines().count();
        let most = if file.name == "ARCHITECTURE.md" { LONGEST_MAP } else { LONGEST };
        if lines > most {
            findings.push(format!("{}: {lines} lines, more than {most}", file.name));
        }
        if file.is("rs") && !file.text.starts_with("//!") {
            findings.push(format!("{}: does not begin with what it is for", file.name));
        }
    }
    expect_none("a file breaks the rules of form", &findings);
}

#[test]
fn nothing_is_left_unfinished_and_no_machine_is_named() {
    let findings: Vec<String> = written().iter().flat_map(leftovers).collect();
    expect_none("what does not belong into the repository", &findings);
}

fn leftovers(file: &Written) -> Vec<String> {
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(file.text.lines()) {
        let named = MACHINE.iter().map(|(a, b)| [*a, *b].concat());
        findings.extend(
            named
                .filter(|path| begins_path(line, path))
                .map(|path| format!("{}:{number}: path of a machine, {path}", file.name)),
        );
        let placeholders = PLACEHOLDERS.iter().map(|(a, b)| [*a, *b].concat());
        findings.extend(
            placeholders
                .filter(|word| file.is("rs") && line.contains(word.as_str()))
                .map(|word| format!("{}:{number}: {word}", file.name)),
        );
    }
    findings
}

/// Whether `root` stands in `line` as the beginning of a path, not in the middle of one.
fn begins_path(line: &str, root: &str) -> bool {
    line.match_indices(root).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|c| !(c.is_alphanumeric() || "./-_~*})".contains(c)))
    })
}

#[test]
fn the_readme_has_exactly_the_two_commands() {
    let files = written();
    assert_eq!(commands(&text_of(&files, "README.md")), COMMANDS);
}

#[test]
fn the_changelog_has_a_place_for_what_comes() {
    let text = text_of(&written(), "CHANGELOG.md");
    assert!(text.lines().any(|line| line == "## [Unreleased]"), "no \"## [Unreleased]\"");
}

#[test]
fn the_map_names_every_crate_and_every_room() {
    let files = written();
    let map = text_of(&files, "ARCHITECTURE.md");
    let rooms = files.iter().filter_map(|f| f.name.strip_suffix("/mod.rs"));
    let rooms = rooms.filter_map(|name| name.strip_prefix("crates/sijil/src/"));
    let rooms = rooms.filter(|room| !room.contains('/')).map(|room| format!("`{room}/`"));
    let crates = files.iter().filter_map(|f| f.name.strip_suffix("/Cargo.toml"));
    let crates = crates.map(|folder| format!("`{folder}`"));
    let missing: Vec<String> = rooms.chain(crates).filter(|name| !map.contains(name)).collect();
    expect_none("ARCHITECTURE.md does not name", &missing);
}

fn text_of(files: &[Written], name: &str) -> String {
    let file = files.iter().find(|f| f.name == name);
    file.map(|f| f.text.clone()).unwrap_or_else(|| panic!("{name} is missing"))
}

/// The lines of the shell blocks of a Markdown text: what its reader is told to run.
fn commands(markdown: &str) -> Vec<&str> {
    let mut inside = false;
    let mut lines = Vec::new();
    for line in markdown.lines() {
        match line.trim() {
            "```sh" => inside = true,
            "```" => inside = false,
            command if inside => lines.push(command),
            _ => {}
        }
    }
    lines
}

#[test]
fn leftovers_and_commands_are_found() {
    let file = |text: String| Written { name: "a.rs".to_owned(), text };
    for (a, b) in MACHINE.iter().chain(PLACEHOLDERS) {
        let found = leftovers(&file(format!("let x = \"{a}{b}x\";")));
        assert_eq!(found.len(), 1, "{a}{b}: {found:?}");
    }
    let inside = format!("https://example.org{}{}x", MACHINE[0].0, MACHINE[0].1);
    assert!(leftovers(&file(inside)).is_empty());
    let text = "Run\n```sh\na b\n```\nor\n```text\nc\n```\n```sh\nd\n```\n";
    assert_eq!(commands(text), ["a b", "d"]);
}
