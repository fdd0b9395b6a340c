//! Letters: which script a text is in, and a folded form under which spellings of one word meet.
//!
//! Folding follows the usual Arabic search normalisation (marks and tatweel off, alef forms to
//! bare alef, alef maqsura to ya, ta marbuta to ha, digits to ASCII) and for Latin takes accents
//! and case off. It is idempotent. It is for comparing, never for showing: the original stays.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The script that most letters of a text belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// Arabic and the languages written with its letters.
    Arabic,
    /// Latin letters.
    Latin,
    /// Any other script, or no letters at all.
    Other,
}

/// Returns the script that most letters of `text` belong to; Latin wins a tie.
pub fn script_of(text: &str) -> Script {
    let arabic = text.chars().filter(|c| is_arabic(*c)).count();
    let latin = text.chars().filter(|c| is_latin(*c)).count();
    match (arabic, latin) {
        (0, 0) => Script::Other,
        (a, l) if a > l => Script::Arabic,
        _ => Script::Latin,
    }
}

/// Whether `c` is a letter of the Arabic script, presentation forms included.
pub fn is_arabic(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}'
            | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c, 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// Folds `text` for comparison: see the module's description. Idempotent.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd() {
        fold_char(c, &mut out);
    }
    out
}

fn fold_char(c: char, out: &mut String) {
    match c {
        _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        _ if is_combining_mark(c) || is_invisible(c) => {}
        '\u{640}' => {}
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' | 'ی' | 'ئ' => out.push('ي'),
        'ؤ' => out.push('و'),
        'ة' | 'ۀ' | 'ە' | 'ہ' => out.push('ه'),
        'ک' => out.push('ك'),
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{02BB}' | '\u{02BE}' | '\u{02BF}' => {
            out.push('\'');
        }
        '\u{2010}'..='\u{2015}' => out.push('-'),
        '\u{201C}' | '\u{201D}' => out.push('"'),
        _ => match ascii_digit(c) {
            Some(d) => out.push(d),
            None => out.extend(c.to_lowercase().filter(|c| !is_combining_mark(*c))),
        },
    }
}

/// The ASCII digit that an Arabic-Indic or Persian digit stands for.
pub fn ascii_digit(c: char) -> Option<char> {
    let value = match c {
        '0'..='9' => return Some(c),
        '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
        '\u{6F0}'..='\u{6F9}' => u32::from(c) - 0x6F0,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// Whether `c` has no width and no meaning for comparison (joiners, direction marks, soft hyphen).
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{61C}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_word_meet() {
        for (a, b) in [
            ("أَحْمَد", "احمد"),
            ("فاطمة", "فاطمه"),
            ("مستشفى", "مستشفي"),
            ("محمـــد", "محمد"),
            ("١٢٣", "123"),
            ("Ḥamāh", "hamah"),
            ("al\u{2010}Ra\u{2019}i", "al-ra'i"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
    }

    #[test]
    fn the_script_is_the_one_of_most_letters() {
        assert_eq!(script_of("سجلّ Sij"), Script::Arabic);
        assert_eq!(script_of("Sijil سجل"), Script::Latin);
        assert_eq!(script_of("12 %"), Script::Other);
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
