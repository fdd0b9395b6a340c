//! Parts of a total as a table of statements writes them in one cell: "Latakia 658; Tartus 384",
//! "889 (51 ch, 63 w) by factions; 445 by armed groups", "172 security + 211 civilians".
//!
//! A part has a number, a label and perhaps parts of its own in brackets. What is counted and is no
//! person (massacres, sites, videos) is left out. Whether the parts make up the total is decided
//! where sums are checked, not here.

use std::ops::Range;

/// One part of a total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The number.
    pub(super) number: u64,
    /// Where its digits stand in the cell.
    pub(super) at: Range<usize>,
    /// Who or where, without the number.
    pub(super) label: String,
    /// Who did it, where the part says so.
    pub(super) by: String,
    /// Words before the number: at least, about.
    pub(super) qualifier: String,
    /// How the part stands to the total.
    pub(super) kind: PartKind,
    /// Parts of the part.
    pub(super) parts: Vec<Part>,
}

/// How a part stands to its total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartKind {
    /// One of those that may make it up.
    Share,
    /// Among it ("of these 486"): never added to the others.
    Among,
    /// What came to it on one day.
    OfDay,
}

/// Things that are counted and are no people.
const NO_PEOPLE: &[&str] = &[
    "massacres",
    "massacre",
    "sites",
    "videos",
    "testimonies",
    "localities",
    "towns",
    "villages",
    "incidents",
    "suspects",
];

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const QUALIFIERS: &[&str] =
    &["at", "least", "about", "around", "nearly", "over", "more", "than", "some", "up", "to"];

/// The parts that `cell` lists.
pub(super) fn parts(cell: &str) -> Vec<Part> {
    listed(cell, 0..cell.len(), &[';'])
}

/// A word with where it stands.
type Word<'c> = (&'c str, Range<usize>);

fn listed(cell: &str, range: Range<usize>, signs: &[char]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut start = range.start;
    let mut depth = 0_usize;
    for (at, c) in cell[range.clone()].char_indices().map(|(at, c)| (range.start + at, c)) {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            // A comma within a number parts nothing.
            _ if depth == 0 && signs.contains(&c) && !within_number(cell, at) => {
                segment(cell, start..at, &mut parts);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    segment(cell, start..range.end, &mut parts);
    parts
}

fn within_number(cell: &str, at: usize) -> bool {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = cell.as_bytes();
    bytes[at] == b',' && at > 0 && digit(bytes.get(at - 1)) && digit(bytes.get(at + 1))
}

/// One segment between semicolons: pieces joined by "and" or "+", and who did all of it.
fn segment(cell: &str, range: Range<usize>, parts: &mut Vec<Part>) {
    let (words, inner) = outside_brackets(cell, range);
    let lower: Vec<String> = words.iter().map(|(word, _)| word.to_lowercase()).collect();
    let last_number = lower.iter().rposition(|word| number(word).is_some());
    let by_at = last_number.and_then(|last| (last..lower.len()).find(|at| lower[*at] == "by"));
    let by = by_at.map_or(String::new(), |at| joined(&words[at + 1..]));
    let own = &words[..by_at.unwrap_or(words.len())];
    let among = lower.first().is_some_and(|word| word == "of" || word == "including");
    let before = parts.len();
    let mut from = 0;
    for at in 0..=own.len() {
        let cut = at == own.len()
            || (matches!(lower[at].as_str(), "and" | "+")
                && [&own[from..at], &own[at + 1..]].iter().all(|side| has_number(side)));
        if cut {
            parts.extend(piece(&own[from..at], &by, among));
            from = at + 1;
        }
    }
    // Brackets speak of the last piece.
    let met = parts.len() > before;
    if let Some(last) = parts.last_mut().filter(|_| met) {
        for range in inner {
            last.parts.extend(listed(cell, range, &[',', ';']));
        }
    }
}

fn has_number(words: &[Word<'_>]) -> bool {
    words.iter().any(|(word, _)| number(word).is_some())
}

fn joined(words: &[Word<'_>]) -> String {
    words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" ")
}

/// The words of a segment outside its brackets, and the brackets that hold numbers. A bracket that
/// is nothing but a number is the number of its segment.
fn outside_brackets(cell: &str, range: Range<usize>) -> (Vec<Word<'_>>, Vec<Range<usize>>) {
    let (mut words, mut inner) = (Vec::new(), Vec::new());
    let mut at = range.start;
    while at < range.end {
        let rest = &cell[at..range.end];
        let Some(c) = rest.chars().next() else { break };
        if c == '(' {
            let end = rest.find(')').map_or(range.end, |close| at + close);
            let content = &cell[at + 1..end];
            if number(content).is_some() {
                words.push((content, at + 1..end));
            } else if content.bytes().any(|byte| byte.is_ascii_digit()) {
                inner.push(at + 1..end);
            }
            at = (end + 1).min(range.end);
        } else if c.is_whitespace() {
            at += c.len_utf8();
        } else {
            let length = rest.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(rest.len());
            words.push((&rest[..length], at..at + length));
            at += length;
        }
    }
    (words, inner)
}

/// A whole number, with commas between thousands or not.
fn number(word: &str) -> Option<u64> {
    let word = word.trim_end_matches([':', ',', '.']);
    let sound = word.starts_with(|c: char| c.is_ascii_digit())
        && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    sound.then(|| word.replace(',', "").parse().ok())?
}

fn piece(words: &[Word<'_>], by: &str, among: bool) -> Option<Part> {
    let is_qualifier = |word: &str| QUALIFIERS.contains(&word.to_lowercase().as_str());
    let is_month = |nth: usize| {
        words.get(nth).is_some_and(|(word, _)| MONTHS.contains(&word.to_lowercase().as_str()))
    };
    let first = words.iter().position(|(word, _)| !is_qualifier(word))?;
    let leads = number(words[first].0).is_some();
    let of_day = (leads && is_month(first + 1)) || is_month(first);
    let at = if leads && !of_day {
        first
    } else {
        words.iter().rposition(|(word, _)| number(word).is_some())?
    };
    let (digits, range) = &words[at];
    let value = number(digits)?;
    let is_label = |(nth, word): &(usize, &Word<'_>)| *nth != at && !is_qualifier(word.0);
    let label: Vec<Word<'_>> =
        words.iter().enumerate().filter(is_label).map(|(_, word)| word.clone()).collect();
    let label = joined(&label);
    // "900 at sites where" counts people; "40 sites" and "massacres 47" do not.
    if NO_PEOPLE.contains(&label.to_lowercase().as_str()) {
        return None;
    }
    let before = words[..at].iter().filter(|(word, _)| is_qualifier(word));
    let kind = match (among, of_day) {
        (true, _) => PartKind::Among,
        (_, true) => PartKind::OfDay,
        _ => PartKind::Share,
    };
    Some(Part {
        number: value,
        at: range.start..range.start + digits.trim_end_matches([':', ',', '.']).len(),
        label,
        by: by.to_owned(),
        qualifier: before.map(|(word, _)| *word).collect::<Vec<_>>().join(" "),
        kind,
        parts: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Number, label and doer of each part, nested ones in brackets behind.
    fn shown(cell: &str) -> String {
        fn one(part: &Part) -> String {
            let by = if part.by.is_empty() { String::new() } else { format!("/{}", part.by) };
            let nested: Vec<String> = part.parts.iter().map(one).collect();
            let nested =
                if nested.is_empty() { String::new() } else { format!("({})", nested.join(",")) };
            format!("{}:{}{by}{nested}", part.number, part.label)
        }
        parts(cell).iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_ways_that_tables_list_parts() {
        for (cell, expected) in [
            ("North 658; South 1,384; massacres 47", "658:North 1384:South"),
            ("102 children; 99 women; 40 sites", "102:children 99:women"),
            (
                "172 police + 211 civilians by gunmen; at least 420 by the army",
                "172:police/gunmen 211:civilians/gunmen 420:/the army",
            ),
            ("889 (51 ch, 63 w) by factions", "889:/factions(51:ch,63:w)"),
            ("639 by the army; remainder (445) by gunmen", "639:/the army 445:remainder/gunmen"),
            ("elsewhere 227 civilians (42 ch, 15 w)", "227:elsewhere civilians(42:ch,15:w)"),
            ("13 May 93; 14 May 24 (North 14, South 10)", "93:13 May 24:14 May(14:North,10:South)"),
            (
                "nearly 900 at places where Unit 400 took part",
                "900:places where Unit 400 took part",
            ),
            ("1,217 + 445", "1217: 445:"),
            ("dozens missing", ""),
            ("", ""),
        ] {
            assert_eq!(shown(cell), expected, "{cell}");
        }
    }

    #[test]
    fn what_is_among_the_total_and_what_came_on_a_day() {
        let kinds = |cell: &str| parts(cell).iter().map(|p| p.kind).collect::<Vec<_>>();
        assert_eq!(
            kinds("North 225; of these 86 outside the town"),
            [PartKind::Share, PartKind::Among]
        );
        assert_eq!(kinds("13 May 93"), [PartKind::OfDay]);
        let cell = "at least 1,420: in all";
        let part = &parts(cell)[0];
        assert_eq!((&cell[part.at.clone()], part.qualifier.as_str()), ("1,420", "at least"));
    }
}
