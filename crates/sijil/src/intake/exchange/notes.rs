//! What the notes of a table of statements say of how its figures hang together.
//!
//! Three things are read, each in few fixed words, and nothing else: whose figure a row repeats, who
//! took a row's figure over, and a sum written out that is not the number stated.

/// The row whose source `own` repeats: of the column `repeats`, else of a note that says "repeats …
/// U2", "not independent of U2" or "circular: … O14".
pub(super) fn repeated<'i>(
    repeats: &Option<String>,
    note: &str,
    own: &str,
    ids: &[&'i str],
) -> Option<&'i str> {
    if let Some(id) = repeats {
        return ids.iter().copied().find(|known| known == id);
    }
    let lower = note.to_lowercase();
    let says = ["repeats", "not independent of", "circular"];
    says.iter().any(|words| lower.contains(words)).then(|| named(note, own, ids))?
}

/// The row that took over the figure of `own`: "equals … in O11: not independent".
pub(super) fn taken_over_by<'i>(note: &str, own: &str, ids: &[&'i str]) -> Option<&'i str> {
    let lower = note.to_lowercase();
    let says = lower.contains("equals") && lower.contains("not independent");
    says.then(|| named(note, own, ids))?
}

/// The last row that a note names, which is not `own`.
fn named<'i>(note: &str, own: &str, ids: &[&'i str]) -> Option<&'i str> {
    let words = note.split(|c: char| !c.is_alphanumeric());
    words.filter_map(|word| ids.iter().copied().find(|id| *id == word && *id != own)).next_back()
}

/// A sum that a note writes out, recomputed, and the number that it should have been: "265+298=563,
/// not 550", "1334+227=1561, one short of 1562".
pub(super) fn open_sum(note: &str) -> Option<(u64, u64)> {
    let (terms, rest) = note.split_once('=')?;
    let terms = terms.rsplit(char::is_whitespace).next()?;
    let sum = terms.split('+').map(|term| term.parse::<u64>().ok()).sum::<Option<u64>>()?;
    let marks = ["not ", "short of "];
    let behind = marks.iter().find_map(|mark| rest.split_once(mark))?.1;
    let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
    let other: u64 = digits.parse().ok()?;
    (terms.contains('+') && sum != other).then_some((sum, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_notes_say() {
        let ids = ["A1", "B2", "C3"];
        let repeats = |note| repeated(&None, note, "A1", &ids);
        assert_eq!(repeats("repeats the office's figure: not independent of B2"), Some("B2"));
        assert_eq!(repeats("circular: Office C3 unnamed; adds nothing"), Some("C3"));
        assert_eq!(repeats("equals Office police 31 in C3: not independent"), None);
        assert_eq!(repeats("see B2"), None);
        assert_eq!(repeated(&Some("C3".to_owned()), "", "A1", &ids), Some("C3"));
        let note = "equals Office police 31 in C3: not independent";
        assert_eq!(taken_over_by(note, "A1", &ids), Some("C3"));
        assert_eq!(open_sum("65+98=163, not 150"), Some((163, 150)));
        assert_eq!(open_sum("TRAP: 334+27=361, one short of 362; women do"), Some((361, 362)));
        assert_eq!(open_sum("37+34+7=78"), None);
        assert_eq!(open_sum("684-39=645"), None);
    }
}
