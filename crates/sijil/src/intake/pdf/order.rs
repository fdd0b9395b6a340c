//! Arabic as it is drawn, put into the order in which it is read.
//!
//! Programs that write PDF draw letters from left to right, in the shapes that they have within a
//! word. Readers that do not know it give each line backwards. Whether a text is backwards is told
//! by what no Arabic text has: words that begin with the letter that only ends words, and articles
//! at the ends of words. Then each line is turned by the Unicode algorithm, which is its own reverse
//! where brackets and nested runs are left aside (method: bidirectional algorithm, UAX 9).

use sijil_text::letters::is_arabic;
use unicode_bidi::{BidiInfo, Level};
use unicode_normalization::UnicodeNormalization;

/// Signs that steer the direction of text and say nothing.
const STEERING: &[char] = &[
    '\u{200E}', '\u{200F}', '\u{202A}', '\u{202B}', '\u{202C}', '\u{202D}', '\u{202E}', '\u{2066}',
    '\u{2067}', '\u{2068}', '\u{2069}',
];

/// The text in reading order, letters in their plain shapes.
pub(super) fn logical(text: &str) -> String {
    let text: String = text.chars().filter(|c| !STEERING.contains(c)).collect();
    let lines = text.split_inclusive(['\n', super::PAGE]);
    if is_backwards(&text) {
        lines.map(|line| plain(&turned(line))).collect()
    } else {
        lines.map(plain).collect()
    }
}

/// Shapes of letters within a word, and letters joined into one sign, as plain letters.
fn plain(text: &str) -> String {
    let shaped = |c: char| matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if shaped(c) { out.extend(std::iter::once(c).nfkc()) } else { out.push(c) }
    }
    out
}

/// Whether more words tell that they are backwards than that they are not.
fn is_backwards(text: &str) -> bool {
    let (mut forwards, mut backwards) = (0_usize, 0_usize);
    for word in text.split(|c: char| !is_arabic(c)).filter(|word| word.chars().count() >= 3) {
        let word = plain(word);
        forwards += usize::from(word.starts_with("ال")) + usize::from(word.ends_with('ة'));
        backwards += usize::from(word.ends_with("لا")) + usize::from(word.starts_with('ة'));
    }
    backwards > forwards
}

/// A line the other way round, but for the numbers and foreign words in it.
fn turned(line: &str) -> String {
    let end = line.len() - line.trim_end_matches(['\n', '\r', super::PAGE]).len();
    let (words, end) = line.split_at(line.len() - end);
    let letters = |arabic: bool| {
        words.chars().filter(|c| c.is_alphabetic() && is_arabic(*c) == arabic).count()
    };
    let base = if letters(true) >= letters(false) { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(words, Some(base));
    let turned = info.paragraphs.iter().map(|p| info.reorder_line(p, p.range.clone()));
    turned.chain(std::iter::once(end.into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backward_lines_are_turned_and_forward_ones_stay() {
        let read = "قتل 12 مدنياً في مدينة الشاطئ يوم الأحد\nقال المكتب إن العدد 1,250\n";
        let drawn: String = read
            .lines()
            .map(|line| {
                // As a PDF draws it: the line from its end, numbers as they are.
                let words = line.split(' ').rev().map(|word| {
                    let number = word.chars().all(|c| !is_arabic(c));
                    if number { word.to_owned() } else { word.chars().rev().collect() }
                });
                words.collect::<Vec<_>>().join(" ") + "\n"
            })
            .collect();
        assert_ne!(drawn, read);
        assert_eq!(logical(&drawn), read);
        assert_eq!(logical(read), read);
        assert_eq!(logical("\u{202B}قال\u{202C} Nine people"), "قال Nine people");
    }

    #[test]
    fn shapes_become_letters() {
        assert_eq!(logical("\u{FEFB}\u{FE94}"), "لاة");
    }
}
