//! `tests/suite/english.txt`: what the file says is what the reader must say.

use std::fmt::Write as _;

use sijil_claims::{Claim, Reading};

use crate::{DAY, read, reader};

const SUITE: &str = include_str!("../suite/english.txt");

struct Case<'s> {
    line: usize,
    text: &'s str,
    expected: Vec<&'s str>,
}

fn cases() -> Vec<Case<'static>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    for (number, line) in SUITE.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match (line.strip_prefix("> "), cases.last_mut()) {
            (Some(text), _) => cases.push(Case { line: number + 1, text, expected: Vec::new() }),
            (None, Some(case)) => case.expected.push(line),
            (None, None) => panic!("line {}: a toll without a text", number + 1),
        }
    }
    cases
}

#[test]
fn every_sentence_reads_as_the_file_says() {
    let reader = reader();
    let mut wrong = String::new();
    for case in cases() {
        let reading = read(&reader, case.text, DAY);
        for problem in check(&case, &reading) {
            writeln!(wrong, "line {}: {}\n    {problem}", case.line, case.text).expect("a string");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn check(case: &Case<'_>, reading: &Reading) -> Vec<String> {
    let found: Vec<&str> = reading.claims.iter().map(|c| c.surface.as_str()).collect();
    if found.len() != case.expected.len() {
        return vec![format!("{} tolls expected, found {found:?}", case.expected.len())];
    }
    let pairs = case.expected.iter().zip(&reading.claims);
    pairs.flat_map(|(expected, claim)| compare(expected, claim, reading)).collect()
}

fn compare(expected: &str, claim: &Claim, reading: &Reading) -> Vec<String> {
    let mut fields = expected.split('|').map(str::trim);
    let mut next = || fields.next().unwrap_or_default();
    let (surface, act, bounds, further) = (next(), next(), next(), next());
    let high = claim.quantity.high.map(|h| h.to_string()).unwrap_or_default();
    let mut pairs = vec![
        ("surface".to_owned(), surface.to_owned(), claim.surface.clone()),
        ("act".to_owned(), act.to_owned(), claim.act.code().to_owned()),
        ("bounds".to_owned(), bounds.to_owned(), format!("{}..{high}", claim.quantity.low)),
    ];
    for field in further.split_whitespace() {
        let (name, value) = field.split_once('=').expect("name=value");
        pairs.push((name.to_owned(), value.replace('~', " "), value_of(name, claim, reading)));
    }
    pairs
        .into_iter()
        .filter(|(_, expected, found)| expected != found)
        .map(|(name, expected, found)| format!("{surface}: {name} {expected:?}, found {found:?}"))
        .collect()
}

fn value_of(name: &str, claim: &Claim, reading: &Reading) -> String {
    let join = |codes: Vec<&str>| codes.join(",");
    match name {
        "q" => claim.quantity.qualifier.code().to_owned(),
        "s" => claim.scope.code().to_owned(),
        "v" => join(claim.victims.iter().map(|v| v.code()).collect()),
        "g" => claim.group.clone().unwrap_or_default(),
        "by" => join(claim.perpetrators.iter().map(|p| p.class.code()).collect()),
        "src" => claim.source.as_ref().map_or("-".to_owned(), |s| s.text.clone()),
        "m" => claim.modality.code().to_owned(),
        "at" => join(claim.places.iter().map(|p| p.text.as_str()).collect()),
        "day" => {
            let window = claim.window.map(|w| (w.start, w.end)).unwrap_or_default();
            let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
            format!("{}..{}", day(window.0), day(window.1))
        }
        "in" => {
            let parent = claim.parent.and_then(|p| reading.claims.get(p));
            parent.map(|p| p.surface.clone()).unwrap_or_default()
        }
        "vi" => join(claim.violations.iter().map(|v| v.code()).collect()),
        "mo" => join(claim.motives.iter().map(|m| m.code()).collect()),
        "name" => claim.names.join(","),
        _ => panic!("the suite has no field {name}"),
    }
}
