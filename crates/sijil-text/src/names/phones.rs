//! Letters as sounds: one alphabet that both scripts are read into.
//!
//! Arabic letters map one to one (with a few read by their place in the word); Latin spellings
//! are read by their usual digraphs. The alphabet keeps apart what a script keeps apart, so that
//! `costs` can say how cheaply one romanisation passes for another.

use super::costs::{gap, weight};
use crate::letters::is_arabic;

/// A sound or a group of sounds that one letter or digraph stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
#[rustfmt::skip]
pub(super) enum Phone {
    B, P, T, Th, J, Ch, H, Kh, D, Dh, R, Z, Zh, S, Sh, Dad, Zah, Ain, Gh, F, V, Q, K, G, L, M, N,
    W, Y,
    /// Short or long vowels as Latin script writes them.
    A, E, I, O, U, Ai,
    /// Vowels that are long by their spelling: "ee", "ou".
    Ii, Uu,
    /// Arabic alef, waw and ya, each vowel or consonant.
    Alef, Waw, Ya,
    /// Arabic final ya or alef maqsura, and final ha or ta marbuta.
    FinalYa, FinalHa,
}

/// How many sounds there are.
pub(super) const SOUNDS: usize = 42;

/// The sounds of a part of a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Phones {
    pub(super) sounds: Vec<Phone>,
    /// Whether they were read from Arabic letters.
    pub(super) arabic: bool,
    /// The sum of their weights.
    pub(super) length: f32,
    /// How many are consonants, the weak ones among them.
    pub(super) consonants: u8,
    /// How many are consonants that are never left out lightly.
    pub(super) firm: u8,
    /// Which classes of consonants occur, weak ones left out: a bit a class.
    pub(super) classes: u32,
}

/// Longest name part that is read; what follows is no name.
const LONGEST: usize = 30;

impl Phones {
    /// Reads folded letters; of other scripts than the two it reads nothing.
    pub(super) fn of(text: &str) -> Self {
        let letters: Vec<char> = text.chars().take(LONGEST).collect();
        let arabic = letters.iter().any(|c| is_arabic(*c));
        Self::with(if arabic { read_arabic(&letters) } else { read_latin(&letters) }, arabic)
    }

    /// The sounds of two parts one after the other.
    pub(super) fn joined(&self, next: &Self) -> Self {
        let sounds = self.sounds.iter().chain(&next.sounds).take(LONGEST).copied().collect();
        Self::with(sounds, self.arabic)
    }

    fn with(mut sounds: Vec<Phone>, arabic: bool) -> Self {
        sounds.dedup();
        let count = |wanted: &dyn Fn(Phone) -> bool| {
            u8::try_from(sounds.iter().filter(|sound| wanted(**sound)).count()).unwrap_or(u8::MAX)
        };
        let vowel = |sound| sound >= Phone::A && !matches!(sound, Phone::Waw | Phone::Ya);
        let (consonants, firm) = (count(&|s| !vowel(s)), count(&|s| gap(s, true) >= 1.0));
        let length = sounds.iter().map(|sound| weight(*sound)).sum();
        let classes = sounds
            .iter()
            .filter(|s| gap(**s, true) >= 1.0)
            .fold(0, |all, sound| all | 1 << (class(*sound) as u32 % 32));
        Self { sounds, arabic, length, consonants, firm, classes }
    }

    /// Whether so many classes of consonants stand on one side only that the parts are surely two
    /// names. Quick, and wrong only where several consonants are written against habit.
    pub(super) fn are_far(&self, other: &Self) -> bool {
        let slack = match self.firm.max(other.firm) {
            0..=3 => 3,
            4 => 4,
            _ => 5,
        };
        let read = !self.is_empty() && !other.is_empty();
        read && (self.classes ^ other.classes).count_ones() > slack
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sounds.is_empty()
    }

    /// The consonants in classes that romanisations seldom cross; vowels, inner w and y, ayn and
    /// a final h are left out. A consonant twice stands twice where a vowel is between: Haddad is
    /// not Hoda.
    pub(super) fn key(&self) -> String {
        let mut key = String::with_capacity(self.sounds.len());
        let last = self.sounds.len().saturating_sub(1);
        let mut before = '-';
        for (at, sound) in self.sounds.iter().enumerate() {
            let class = class(*sound);
            let weak = match class {
                'h' => at == last && at > 0,
                'w' | 'y' => at > 0,
                class => class == '-',
            };
            if !weak && class != before {
                key.push(class);
            }
            before = class;
        }
        // A name of vowels only ("Aya") keeps them apart from other such names by its first.
        if key.is_empty() {
            self.sounds.first().map_or('-', |s| weak_class(*s)).into()
        } else {
            key
        }
    }
}

fn class(sound: Phone) -> char {
    use Phone as P;
    match sound {
        P::B | P::P => 'b',
        P::T | P::Th => 't',
        P::J | P::G | P::Gh | P::Zh => 'g',
        P::H | P::Kh => 'h',
        P::D | P::Dh | P::Dad => 'd',
        P::R => 'r',
        P::Z | P::Zah => 'z',
        P::S | P::Sh | P::Ch => 's',
        P::F | P::V => 'f',
        P::Q | P::K => 'k',
        P::L => 'l',
        P::M => 'm',
        P::N => 'n',
        P::W | P::Waw => 'w',
        P::Y | P::Ya => 'y',
        _ => '-',
    }
}

fn weak_class(sound: Phone) -> char {
    match sound {
        Phone::I | Phone::Ii | Phone::FinalYa => 'i',
        Phone::O | Phone::U | Phone::Uu => 'u',
        _ => 'a',
    }
}

fn read_arabic(letters: &[char]) -> Vec<Phone> {
    use Phone as P;
    let last = letters.len().saturating_sub(1);
    let sound = |(at, letter): (usize, &char)| {
        Some(match letter {
            'ا' => P::Alef,
            'ب' => P::B,
            'پ' => P::P,
            'ت' | 'ط' | 'ٹ' => P::T,
            'ث' => P::Th,
            'ج' => P::J,
            'چ' => P::Ch,
            'ه' if at == last && at > 0 => P::FinalHa,
            'ح' | 'ه' | 'ھ' => P::H,
            'خ' => P::Kh,
            'د' | 'ڈ' => P::D,
            'ذ' => P::Dh,
            'ر' | 'ڕ' | 'ڑ' => P::R,
            'ز' => P::Z,
            'ژ' => P::Zh,
            'س' | 'ص' => P::S,
            'ش' => P::Sh,
            'ض' => P::Dad,
            'ظ' => P::Zah,
            'ع' => P::Ain,
            'غ' => P::Gh,
            'ف' => P::F,
            'ڤ' => P::V,
            'ق' => P::Q,
            'ك' => P::K,
            'گ' | 'ڭ' => P::G,
            'ل' | 'ڵ' => P::L,
            'م' => P::M,
            'ن' | 'ں' => P::N,
            'و' | 'ۆ' | 'ۇ' | 'ۈ' => P::Waw,
            'ي' | 'ێ' | 'ے' if at == last && at > 0 => P::FinalYa,
            'ي' | 'ێ' | 'ے' => P::Ya,
            _ => return None,
        })
    };
    letters.iter().enumerate().filter_map(sound).collect()
}

fn read_latin(letters: &[char]) -> Vec<Phone> {
    let mut sounds = Vec::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        if let Some(sound) = digraph(letters[at], next) {
            sounds.push(sound);
            at += 2;
            continue;
        }
        let last = at + 1 == letters.len();
        let after_vowel = sounds.last().is_some_and(|s| *s >= Phone::A);
        match letters[at] {
            // "Fatimah", "Houcine": a final h after a vowel and a final e are not sounded.
            'h' if last && after_vowel => {}
            'x' => sounds.extend([Phone::K, Phone::S]),
            letter => sounds.extend(single(letter, next)),
        }
        at += 1;
    }
    sounds
}

fn digraph(letter: char, next: char) -> Option<Phone> {
    use Phone as P;
    Some(match (letter, next) {
        ('t', 'h') => P::Th,
        ('s', 'h') => P::Sh,
        ('c', 'h') => P::Ch,
        ('k', 'h') => P::Kh,
        ('d', 'h') => P::Dh,
        ('g', 'h') => P::Gh,
        ('p', 'h') => P::F,
        ('z', 'h') => P::Zh,
        ('d', 'j') => P::J,
        ('c', 'k') => P::K,
        ('q', 'u') => P::Q,
        ('o', 'u' | 'o') | ('u', 'u') => P::Uu,
        ('e', 'e') | ('i', 'e' | 'i') => P::Ii,
        ('a', 'i' | 'y') | ('e', 'i' | 'y') => P::Ai,
        ('a', 'a') => P::A,
        _ => return None,
    })
}

fn single(letter: char, next: char) -> Option<Phone> {
    use Phone as P;
    Some(match letter {
        'b' => P::B,
        'p' => P::P,
        't' => P::T,
        'j' => P::J,
        'h' => P::H,
        'd' => P::D,
        'ð' => P::Dh,
        'r' => P::R,
        'z' => P::Z,
        'c' if matches!(next, 'e' | 'i' | 'y') => P::S,
        's' | 'ß' => P::S,
        'f' => P::F,
        'v' => P::V,
        'q' => P::Q,
        'k' | 'c' => P::K,
        'g' => P::G,
        'l' | 'ł' => P::L,
        'm' => P::M,
        'n' => P::N,
        'w' => P::W,
        'y' => P::Y,
        'a' | 'æ' => P::A,
        'e' | 'ə' => P::E,
        'i' | 'ı' => P::I,
        'o' | 'ø' | 'œ' => P::O,
        'u' => P::U,
        _ => return None,
    })
}
