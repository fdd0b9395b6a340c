//! `tests/suite/claims/`: invented reports in two languages, scored field by field.
//!
//! The reports were written before the rules that read them and looked at since: the bounds here
//! guard against getting worse and say nothing about other texts (`bench/claims.md` does).

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::civil::Date;
use sijil_claims::{Article, Claim, Language, Reader, Reading};

use crate::reader;

/// What a line below a report says of one expression.
struct Gold {
    start: usize,
    end: usize,
    act: String,
    low: u64,
    high: Option<u64>,
    /// Number of the total among the report's lines, from 0.
    parent: Option<usize>,
    classes: BTreeSet<String>,
    /// Names that count as the source; an empty one is the outlet itself.
    sources: Vec<String>,
    places: BTreeSet<String>,
}

/// One report with what a careful reader finds in it.
struct Report {
    name: String,
    published: Date,
    text: String,
    gold: Vec<Gold>,
}

fn reports(language: &str) -> Vec<Report> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite/claims");
    let files = fs::read_dir(&folder).expect("the suite is there");
    let mut files: Vec<_> = files.map(|f| f.expect("readable").path()).collect();
    files.sort();
    let of_language = files.iter().filter(|path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(language))
    });
    of_language.flat_map(|path| parse(&fs::read_to_string(path).expect("UTF-8"))).collect()
}

fn parse(file: &str) -> Vec<Report> {
    file.split("\n== ")
        .flat_map(|part| part.strip_prefix("== ").or(Some(part)))
        .map(|part| {
            let (head, rest) = part.split_once('\n').expect("a head");
            let (name, day) = head.split_once(' ').expect("name and day");
            let (marked, lines) = rest.split_once("\n--\n").expect("lines below the text");
            let (text, spans) = unmark(marked);
            let lines: Vec<&str> = lines.lines().filter(|line| !line.is_empty()).collect();
            assert_eq!(lines.len(), spans.len(), "{name}: a line for each expression");
            let gold = lines.iter().zip(spans).map(|(line, span)| gold(line, span)).collect();
            let published = day.trim().parse().expect("a day");
            Report { name: name.to_owned(), published, text, gold }
        })
        .collect()
}

/// A text without its braces, and where the expressions between them stand, in code points.
fn unmark(marked: &str) -> (String, Vec<(usize, usize)>) {
    let (mut text, mut spans, mut start, mut at) = (String::new(), Vec::new(), 0, 0);
    for c in marked.chars() {
        match c {
            '{' => start = at,
            '}' => spans.push((start, at)),
            c => {
                text.push(c);
                at += 1;
            }
        }
    }
    (text, spans)
}

fn gold(line: &str, (start, end): (usize, usize)) -> Gold {
    let fields: Vec<&str> = line.split('|').map(str::trim).collect();
    let [act, bounds, _scope, parent, _victims, classes, sources, places, _days] = fields[..]
    else {
        panic!("nine fields: {line}")
    };
    let given = |text: &str| (text != "-").then(|| text.to_owned());
    let number = |text: &str| text.parse().expect("a number");
    let (low, high) = match bounds.split_once("..") {
        Some((low, "")) => (number(low), None),
        Some((low, high)) => (number(low), Some(number(high))),
        None => (number(bounds), Some(number(bounds))),
    };
    Gold {
        start,
        end,
        act: act.to_owned(),
        low,
        high,
        parent: given(parent).map(|n| n.parse::<usize>().expect("a line's number") - 1),
        classes: given(classes).map(|c| set(&c, ',')).unwrap_or_default(),
        sources: sources.split('/').map(|s| given(s.trim()).unwrap_or_default()).collect(),
        places: given(places).map(|p| set(&p, ';')).unwrap_or_default(),
    }
}

fn set(text: &str, separator: char) -> BTreeSet<String> {
    text.split(separator).map(|part| part.trim().to_lowercase()).collect()
}

/// Counts over reports; each pair is of both readers, of the program and of the gold.
#[derive(Default)]
struct Score {
    found: usize,
    read: usize,
    gold: usize,
    bounds: usize,
    source: usize,
    classes: usize,
    places: [usize; 3],
    parents: [usize; 3],
}

fn f1([both, read, gold]: [usize; 3]) -> f64 {
    2.0 * both as f64 / (read + gold).max(1) as f64
}

impl Score {
    fn add(&mut self, report: &Report, reading: &Reading) {
        let claims = &reading.claims;
        let pairs = pairs(&report.gold, claims);
        self.gold += report.gold.len();
        self.read += claims.len();
        self.parents[1] += claims.iter().filter(|c| c.parent.is_some()).count();
        self.parents[2] += report.gold.iter().filter(|g| g.parent.is_some()).count();
        for (g, r) in &pairs {
            let (gold, claim) = (&report.gold[*g], &claims[*r]);
            let quantity = (claim.quantity.low, claim.quantity.high);
            let classes: BTreeSet<String> =
                claim.perpetrators.iter().map(|p| p.class.code().to_owned()).collect();
            let places: BTreeSet<String> =
                claim.places.iter().map(|p| p.text.to_lowercase()).collect();
            self.found += 1;
            self.bounds += usize::from(quantity == (gold.low, gold.high));
            self.classes += usize::from(classes == gold.classes);
            self.source += usize::from(same_source(gold, claim));
            self.places[0] += places.intersection(&gold.places).count();
            self.places[1] += places.len();
            self.places[2] += gold.places.len();
            let parent = claim.parent.and_then(|p| pairs.iter().find(|(_, r)| *r == p));
            let parent = parent.map(|(g, _)| *g);
            self.parents[0] += usize::from(parent.is_some() && parent == gold.parent);
        }
    }

    fn shares(&self) -> [(&'static str, f64); 6] {
        let share = |n: usize| n as f64 / self.found.max(1) as f64;
        [
            ("found", f1([self.found, self.read, self.gold])),
            ("bounds", share(self.bounds)),
            ("source", share(self.source)),
            ("classes", share(self.classes)),
            ("places", f1(self.places)),
            ("parents", f1(self.parents)),
        ]
    }
}

/// Each gold expression with the claim of its act that overlaps it most, each claim once.
fn pairs(gold: &[Gold], claims: &[Claim]) -> Vec<(usize, usize)> {
    let mut left: Vec<usize> = (0..claims.len()).collect();
    let mut out = Vec::new();
    for (g, expected) in gold.iter().enumerate() {
        let overlap = |r: &usize| {
            let claim = &claims[*r];
            let start = claim.span.start.max(expected.start);
            claim.span.end.min(expected.end).saturating_sub(start)
        };
        let same = left.iter().filter(|r| claims[**r].act.code() == expected.act);
        let best =
            same.copied().filter(|r| overlap(r) > 0).max_by_key(|r| (overlap(r), usize::MAX - r));
        if let Some(r) = best {
            left.retain(|other| *other != r);
            out.push((g, r));
        }
    }
    out
}

fn same_source(gold: &Gold, claim: &Claim) -> bool {
    let said = claim.source.as_ref().map(|s| s.text.to_lowercase()).unwrap_or_default();
    gold.sources.iter().map(|name| name.to_lowercase()).any(|name| {
        if name.is_empty() || said.is_empty() {
            return name.is_empty() && said.is_empty();
        }
        name.contains(said.as_str()) || said.contains(name.as_str())
    })
}

fn score(reader: &Reader, language: &str, as_language: Language) -> Score {
    let mut score = Score::default();
    let reports = reports(language);
    for report in &reports {
        let published = Some(report.published);
        let article =
            Article { text: &report.text, body: 0, published, language: Some(as_language) };
        score.add(report, &reader.read(&article));
    }
    let mut names: Vec<&str> = reports.iter().map(|r| r.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), reports.len(), "every report has a name of its own");
    score
}

fn check(language: &str, as_language: Language, least: [f64; 6]) {
    let score = score(&reader(), language, as_language);
    for ((name, found), least) in score.shares().into_iter().zip(least) {
        assert!(found >= least, "{language}: {name} {found:.3}, was at least {least}");
    }
}

#[test]
fn english_reports_are_read_field_by_field() {
    check("en", Language::En, [0.91, 0.99, 0.95, 0.57, 0.78, 0.70]);
}

#[test]
fn arabic_reports_are_read_field_by_field() {
    check("ar", Language::Ar, [0.94, 0.99, 0.98, 0.83, 0.83, 0.64]);
}
