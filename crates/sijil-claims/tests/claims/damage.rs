//! Damaged texts: whatever is cut, doubled or inserted, nothing panics and every span slices back.

use proptest::prelude::*;
use sijil_claims::{Article, Claim, Language, Reader, Span};

use crate::{DAY, reader};

/// What a file from the field may hold where nobody expects it.
const STRANGE: &[&str] = &[
    "\u{200F}",
    "\u{202E}",
    "\u{FEFF}",
    "\r\n",
    "\u{0}",
    "\u{301}",
    "َ",
    "ـ",
    "٤٠",
    "😀",
    "👨‍👩‍👧",
    "ﷺ",
    "'s",
    "’",
    "\"",
    "(",
    ")",
    ":",
    ";",
    "—",
    "-",
    "1,",
    ".5",
    "U.S.",
    " of ",
    " and ",
    " by ",
    "\n\n",
    "İ",
];

fn slice(points: &[char], span: Span) -> String {
    points[span.start..span.end].iter().collect()
}

fn check(reader: &Reader, text: &str) {
    for language in [Language::En, Language::Ar] {
        check_as(reader, text, language);
    }
}

fn check_as(reader: &Reader, text: &str, language: Language) {
    let points: Vec<char> = text.chars().collect();
    let article = Article { text, body: 0, published: Some(DAY), language: Some(language) };
    let reading = reader.read(&article);
    for claim in &reading.claims {
        assert_eq!(slice(&points, claim.span), claim.surface);
        fields_slice_back(&points, claim);
        assert!(claim.parent.is_none_or(|p| p < reading.claims.len()));
    }
    let starts: Vec<usize> = reading.claims.iter().map(|c| c.span.start).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    assert_eq!(reader.read(&article), reading, "the same text reads the same twice");
}

fn fields_slice_back(points: &[char], claim: &Claim) {
    for party in &claim.perpetrators {
        assert_eq!(slice(points, party.span), party.text);
    }
    for place in &claim.places {
        assert_eq!(slice(points, place.span), place.text);
    }
    if let Some(source) = &claim.source {
        // The name is the fullest form of the document; the span is where the words stand.
        assert!(!slice(points, source.span).is_empty());
    }
    assert!(claim.sentence.start <= claim.span.start && claim.span.end <= claim.sentence.end);
}

fn damage(text: &str, cuts: &[(usize, usize, usize)]) -> String {
    let mut points: Vec<char> = text.chars().collect();
    for (at, kind, what) in cuts {
        let at = at % (points.len() + 1);
        match kind % 3 {
            0 => {
                let end = (at + what % 40).min(points.len());
                points.drain(at..end);
            }
            1 => {
                let strange = STRANGE[what % STRANGE.len()];
                points.splice(at..at, strange.chars());
            }
            _ => {
                let end = (at + what % 60).min(points.len());
                let copy: Vec<char> = points[at..end].to_vec();
                points.splice(at..at, copy);
            }
        }
    }
    points.into_iter().collect()
}

/// The sentences and reports of the suite as one document, English and Arabic by turns.
fn document() -> String {
    let suite = include_str!("../suite/english.txt");
    let english: Vec<&str> = suite.lines().filter_map(|l| l.strip_prefix("> ")).collect();
    let reports = concat!(
        include_str!("../../../../tests/suite/claims/en_a.txt"),
        include_str!("../../../../tests/suite/claims/ar_a.txt"),
        include_str!("../../../../tests/suite/claims/ar_b.txt"),
    );
    format!("{} {}", english.join(" "), reports.replace(['{', '}'], ""))
}

/// How many damaged texts are read: more where `SIJIL_DAMAGED_TEXTS` says so.
fn cases() -> u32 {
    let wanted = std::env::var("SIJIL_DAMAGED_TEXTS").ok().and_then(|n| n.parse().ok());
    wanted.unwrap_or(200)
}

#[test]
fn every_field_of_the_suite_slices_back() {
    check(&reader(), &document());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn damaged_texts_are_read(
        from in 0..24_000_usize,
        cuts in prop::collection::vec((0..2000_usize, 0..3_usize, 0..1000_usize), 1..20),
    ) {
        let document = document();
        let part: String = document.chars().skip(from).take(700).collect();
        check(&reader(), &damage(&part, &cuts));
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        check(&reader(), &text);
    }
}
