//! How a part of a name is cut before one script is read as the other.
//!
//! An Arabic part becomes a row of *signs*: its letters, each with its place in the word, since a
//! first *waw* is a consonant and a last *ha* is mostly silent. A Latin part becomes its letters,
//! of which up to three in a row answer one sign ("kh", "mou"). What answers what, and how often,
//! is learned (`learned`); this file only cuts, for the learner and for the program alike.

/// Arabic letters that names are written with, folded. The order is free: data name the letter.
pub const ARABIC: [char; 34] = [
    'ا', 'ب', 'ت', 'ث', 'ج', 'ح', 'خ', 'د', 'ذ', 'ر', 'ز', 'س', 'ش', 'ص', 'ض', 'ط', 'ظ', 'ع', 'غ',
    'ف', 'ق', 'ك', 'ل', 'م', 'ن', 'ه', 'و', 'ي', 'ء', 'پ', 'چ', 'ژ', 'گ', 'ڤ',
];

/// Where a letter stands. Before a weak letter (alef, waw, ya) no short vowel follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Place {
    /// The first letter.
    First,
    /// The first letter, before a weak one.
    FirstWeak,
    /// Neither first nor last.
    Inner,
    /// Neither first nor last, before a weak one.
    InnerWeak,
    /// The last letter.
    Last,
}

/// All places, in the order of their numbers.
pub const PLACES: [Place; 5] =
    [Place::First, Place::FirstWeak, Place::Inner, Place::InnerWeak, Place::Last];

impl Place {
    /// The word for it in data files.
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::FirstWeak => "first-weak",
            Self::Inner => "inner",
            Self::InnerWeak => "inner-weak",
            Self::Last => "last",
        }
    }
}

/// How many signs there are.
pub const SIGNS: usize = ARABIC.len() * PLACES.len();

/// Longest part that is cut, in letters; what follows is no name.
pub const LONGEST: usize = 24;

/// The number of a sign.
pub fn sign(letter: usize, place: Place) -> u8 {
    u8::try_from(letter * PLACES.len() + place as usize).unwrap_or(0)
}

/// The signs of a folded Arabic part; letters that names are not written with are passed over.
pub fn signs(text: &str) -> Vec<u8> {
    let letters: Vec<char> = text.chars().filter_map(letter_of).take(LONGEST).collect();
    let weak = |at: usize| letters.get(at).is_some_and(|c| matches!(c, 'ا' | 'و' | 'ي'));
    let last = letters.len().saturating_sub(1);
    let place = |at: usize| match (at, weak(at + 1)) {
        (at, _) if at == last => Place::Last,
        (0, true) => Place::FirstWeak,
        (0, false) => Place::First,
        (_, true) => Place::InnerWeak,
        (_, false) => Place::Inner,
    };
    let number = |letter: &char| ARABIC.iter().position(|c| c == letter);
    let numbered = letters.iter().enumerate();
    numbered.filter_map(|(at, letter)| Some(sign(number(letter)?, place(at)))).collect()
}

/// The letter of [`ARABIC`] that a letter of the Arabic script is taken for.
fn letter_of(letter: char) -> Option<char> {
    Some(match letter {
        'ڕ' | 'ڑ' => 'ر',
        'ڵ' => 'ل',
        'ۆ' | 'ۇ' | 'ۈ' => 'و',
        'ێ' | 'ے' | 'ې' => 'ي',
        'ھ' => 'ه',
        'ں' => 'ن',
        'ٹ' => 'ت',
        'ڈ' => 'د',
        'ڭ' => 'گ',
        'ڨ' => 'ق',
        letter if ARABIC.contains(&letter) => letter,
        _ => return None,
    })
}

/// The letters of a folded Latin part as numbers from 0 for a. A letter written twice counts once,
/// but for *ee* and *oo*, which are other vowels.
pub fn latin(text: &str) -> Vec<u8> {
    let mut letters: Vec<u8> = Vec::with_capacity(text.len());
    let mut push = |letter: u8| {
        let twice = letters.last() == Some(&letter);
        let thrice = twice && letters.len() > 1 && letters[letters.len() - 2] == letter;
        let vowel = letter == b'e' - b'a' || letter == b'o' - b'a';
        if letters.len() < LONGEST && (!twice || (vowel && !thrice)) {
            letters.push(letter);
        }
    };
    for letter in text.chars() {
        match letter {
            'a'..='z' => push(letter as u8 - b'a'),
            'ı' => push(b'i' - b'a'),
            'ł' => push(b'l' - b'a'),
            'ø' => push(b'o' - b'a'),
            'đ' | 'ð' => push(b'd' - b'a'),
            'ħ' => push(b'h' - b'a'),
            'ə' | 'æ' => push(0),
            'œ' => push(b'o' - b'a'),
            'ß' => push(b's' - b'a'),
            'þ' => [b't', b'h'].into_iter().for_each(|c| push(c - b'a')),
            _ => {}
        }
    }
    letters
}

/// How many rows of up to three Latin letters there are, the empty one among them.
pub const CHUNKS: usize = 1 + 26 + 26 * 26 + 26 * 26 * 26;

/// The number of a row of up to three Latin letters.
pub fn chunk(letters: &[u8]) -> usize {
    letters.iter().fold(0, |sum, letter| sum * 26 + usize::from(*letter) + 1)
}

/// The letters of a chunk, for data files.
pub fn chunk_text(mut number: usize) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        letters.push(char::from(b'a' + u8::try_from((number - 1) % 26).unwrap_or(0)));
        number = (number - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_chunks_are_apart_and_name_their_letters() {
        for text in ["", "a", "z", "aa", "zz", "kh", "aaa", "mou", "zzz"] {
            let number = chunk(&latin_plain(text));
            assert!(number < CHUNKS);
            assert_eq!(chunk_text(number), text);
        }
    }

    fn latin_plain(text: &str) -> Vec<u8> {
        text.bytes().map(|b| b - b'a').collect()
    }

    #[test]
    fn letters_written_twice_count_once() {
        assert_eq!(latin("hassan"), latin("hasan"));
        assert_eq!(latin("noor").len(), 4);
        assert_eq!(latin("ooo").len(), 2);
    }

    #[test]
    fn signs_know_their_place() {
        let wali: Vec<u8> = signs("والي");
        let number = |letter| ARABIC.iter().position(|c| *c == letter).unwrap();
        assert_eq!(wali[0], sign(number('و'), Place::FirstWeak));
        assert_eq!(wali[1], sign(number('ا'), Place::Inner));
        assert_eq!(wali[2], sign(number('ل'), Place::InnerWeak));
        assert_eq!(wali[3], sign(number('ي'), Place::Last));
    }
}
