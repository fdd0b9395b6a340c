//! Reads an Arabic part as a Latin one: what it costs that the one is written as the other.
//!
//! The cheapest alignment of signs with rows of zero to three Latin letters, each at its learned
//! cost. The cost is `-ln P(latin | arabic)` of that alignment, in sixteenths of a nat.

use super::learned::{Learned, SILENT, learned};
use super::spelling::{ARABIC, LONGEST, PLACES, latin, signs};

/// A part cut for reading across scripts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Spelling {
    /// Signs of Arabic letters, and which letters occur.
    Arabic { signs: Vec<u8>, letters: u64 },
    /// For each Latin letter the numbers of the rows of one, two and three letters that end with
    /// it, and which letters occur.
    Latin { ends: Vec<[u16; 3]>, letters: u32, text: Vec<u8> },
    /// Letters of another script, or none.
    #[default]
    Other,
}

impl Spelling {
    /// Cuts a folded part.
    pub(super) fn of(text: &str, arabic: bool) -> Self {
        if arabic {
            let signs = signs(text);
            let letters =
                signs.iter().fold(0, |all, s| all | 1 << (usize::from(*s) / PLACES.len()));
            return if signs.is_empty() { Self::Other } else { Self::Arabic { signs, letters } };
        }
        let text = latin(text);
        if text.is_empty() {
            return Self::Other;
        }
        let learned = learned();
        let row = |end: usize, width: usize| match (end + 1).checked_sub(width) {
            Some(start) => learned.number(&text[start..=end]),
            None => 1,
        };
        let ends = (0..text.len()).map(|end| [row(end, 1), row(end, 2), row(end, 3)]).collect();
        let letters = text.iter().fold(0, |all, letter| all | 1 << letter);
        Self::Latin { ends, letters, text }
    }

    /// Whether it ends in an a, or in Arabic in a letter that may be read as one.
    pub(super) fn ends_in_a(&self) -> bool {
        match self {
            Self::Arabic { signs, .. } => signs.last().is_some_and(|sign| {
                let letter = ARABIC[usize::from(*sign) / PLACES.len()];
                matches!(letter, 'ا' | 'ه' | 'ي' | 'ع' | 'ء' | 'ح')
            }),
            Self::Latin { text, .. } => text.ends_with(&[0]) || text.ends_with(&[0, b'h' - b'a']),
            Self::Other => false,
        }
    }

    /// How many signs or letters there are.
    pub(super) fn length(&self) -> u8 {
        let length = match self {
            Self::Arabic { signs, .. } => signs.len(),
            Self::Latin { ends, .. } => ends.len(),
            Self::Other => 0,
        };
        u8::try_from(length).unwrap_or(u8::MAX)
    }

    /// The cost of the letters as a row: how rare the part is.
    pub(super) fn cost(&self) -> u32 {
        match self {
            Self::Arabic { signs, .. } => {
                let letters = signs.iter().map(|s| s / PLACES_U8);
                learned().cost_of_letters(letters, true)
            }
            Self::Latin { text, .. } => learned().cost_of_letters(text.iter().copied(), false),
            Self::Other => 0,
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "there are five")]
const PLACES_U8: u8 = PLACES.len() as u8;
/// What it costs that a Latin letter answers no sign, or that a sign is not written against habit.
const STRAY: u32 = 88;
/// Letters without any usual counterpart that are too many to go on.
const HOPELESS: u32 = 3;

/// The cost of the Latin part for the Arabic one, if not above `most`.
pub(super) fn cost(arabic: &Spelling, latin: &Spelling, most: u32) -> Option<u32> {
    let (Spelling::Arabic { signs, letters: a }, Spelling::Latin { ends, letters: b, text }) =
        (arabic, latin)
    else {
        return None;
    };
    let learned = learned();
    if strangers(learned, signs, *a, text, *b) >= HOPELESS {
        return None;
    }
    align(learned, signs, ends, most)
}

/// How many letters have no usual counterpart on the other side.
fn strangers(learned: &Learned, signs: &[u8], a: u64, text: &[u8], b: u32) -> u32 {
    let lone = |is_lone: bool| u32::from(is_lone);
    let lone_signs = signs.iter().map(|s| {
        lone(learned.letters_of.get(usize::from(*s)).is_some_and(|letters| letters & b == 0))
    });
    let lone_letters = text.iter().map(|l| {
        lone(learned.signs_of.get(usize::from(*l)).is_some_and(|letters| letters & a == 0))
    });
    lone_signs.sum::<u32>() + lone_letters.sum::<u32>()
}

fn align(learned: &Learned, signs: &[u8], ends: &[[u16; 3]], most: u32) -> Option<u32> {
    let width = ends.len().min(LONGEST);
    let mut before = [0_u32; LONGEST + 1];
    for at in 0..width {
        before[at + 1] = before[at] + STRAY;
    }
    for sign in signs {
        let costs = learned.costs_of(*sign);
        let price = |number: u16| u32::from(costs[usize::from(number)]);
        let silent = price(SILENT).min(STRAY);
        let mut now = [0_u32; LONGEST + 1];
        now[0] = before[0] + silent;
        let mut least = now[0];
        for (j, [one, two, three]) in (1..).zip(&ends[..width]) {
            let mut best = (before[j] + silent).min(now[j - 1] + STRAY);
            best = best.min(before[j - 1] + price(*one));
            if j > 1 {
                best = best.min(before[j - 2] + price(*two));
            }
            if j > 2 {
                best = best.min(before[j - 3] + price(*three));
            }
            now[j] = best;
            least = least.min(best);
        }
        if least > most {
            return None;
        }
        before = now;
    }
    Some(before[width]).filter(|cost| *cost <= most)
}
