//! How like two parts of names are, and why.
//!
//! Parts in two scripts are read one as the other by learned costs (`across`); parts in one script
//! are compared by their sounds (`along`). Known forms of one name (Joseph, Yusuf) are like by rule,
//! and so are *Abd* alone and a name with *Abd*.

mod across;
mod along;
mod distance;

use super::learned::NAT;
use super::{Part, Servant};

/// In what way two parts of names answer each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The same letters.
    Same,
    /// The same sounds in the other script.
    OtherScript,
    /// The same sounds in another spelling.
    OtherSpelling,
    /// Known forms of one name.
    KnownForm,
    /// Much the same sounds: a slip, or a near name.
    Near,
    /// Different names.
    Different,
}

impl How {
    /// The way in plain words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::OtherScript => "same in the other script",
            Self::OtherSpelling => "same in another spelling",
            Self::KnownForm => "known form of the same name",
            Self::Near => "nearly the same",
            Self::Different => "different",
        }
    }
}

/// How like two parts are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// 0 nothing in common, 1 the same. What is less than half alike is given as 0.
    pub score: f64,
    /// In what way.
    pub how: How,
}

/// What two parts of names say about whether the names are one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// How like the parts are.
    pub likeness: Likeness,
    /// The logarithm of the odds that they are spellings of one name, from -6 to 6.
    pub odds: f32,
    /// `ln P(b | a) / P(b)`: how much likelier the parts are to meet in one name than by chance, in
    /// nats. Parts that many people bear say little.
    pub weight: f32,
}

impl Evidence {
    /// Of two parts that have nothing in common.
    pub(super) const NONE: Self = Self {
        likeness: Likeness { score: 0.0, how: How::Different },
        odds: across::HOPELESS.0,
        weight: across::HOPELESS.1,
    };
}

/// From here on two spellings are taken to be of one name.
pub(super) const SPELLING: f64 = 0.88;
/// From here on two parts are near.
pub(super) const NEAR: f64 = 0.72;
/// Below this, how unlike two parts are is not worked out.
const LEAST: f64 = 0.5;
/// An initial is this like a name that begins with it.
const INITIAL: f64 = 0.75;
/// Known forms of a name are this like.
const FORM: f64 = 0.93;

/// Odds and the likeness that they are told as; between them it runs straight.
const SCALE: [(f32, f64); 7] = [
    (-6.0, 0.0),
    (-2.0, LEAST),
    (-0.5, NEAR),
    (1.5, SPELLING),
    (3.0, 0.95),
    (5.0, 0.99),
    (6.0, 1.0),
];

fn likeness_of(odds: f32) -> f64 {
    let odds = odds.clamp(SCALE[0].0, SCALE[6].0);
    let at = SCALE[1..6].iter().take_while(|(o, _)| *o < odds).count();
    let ((o, l), (p, m)) = (SCALE[at], SCALE[at + 1]);
    l + f64::from((odds - o) / (p - o)) * (m - l)
}

fn odds_of(likeness: f64) -> f32 {
    let at = SCALE[1..6].iter().take_while(|(_, l)| *l < likeness).count();
    let ((o, l), (p, m)) = (SCALE[at], SCALE[at + 1]);
    #[expect(clippy::cast_possible_truncation, reason = "odds need no more digits")]
    let share = ((likeness - l) / (m - l)) as f32;
    o + share * (p - o)
}

/// What a last a costs that stands on one side only.
const LAST_A: f32 = 3.0;
/// Log odds that *Abd* alone is short for a name with it.
const SHORT: f32 = 1.6;

/// Compares two parts of names. Symmetric.
pub fn evidence(a: &Part, b: &Part) -> Evidence {
    if a.text == b.text {
        let likeness = Likeness { score: 1.0, how: How::Same };
        return Evidence { likeness, odds: 6.0, weight: nats(a.rarity) };
    }
    if is_initial_of(&a.text, &b.text) || is_initial_of(&b.text, &a.text) {
        let likeness = Likeness { score: INITIAL, how: How::Near };
        return Evidence { likeness, odds: odds_of(INITIAL), weight: 1.0 };
    }
    let crossed =
        a.phones.arabic != b.phones.arabic && !a.phones.is_empty() && !b.phones.is_empty();
    let (mut odds, weight) = match (a.servant, b.servant) {
        (Servant::Alone, Servant::Of) | (Servant::Of, Servant::Alone) => (SHORT, 1.0),
        _ if a.phones.are_far(&b.phones) => across::HOPELESS,
        _ if crossed => across::read_across(a, b),
        _ => along::read_along(a, b),
    };
    let known = a.forms.iter().any(|form| b.forms.contains(form));
    let by_form = known && odds < odds_of(FORM);
    if by_form {
        odds = odds_of(FORM);
    }
    let weight = if by_form { weight.max(3.0) } else { weight };
    // Nobody is father and mother. That only one is a kunya has been reckoned with.
    if a.kunya.is_some() && b.kunya.is_some() && a.kunya != b.kunya {
        odds = odds.min(-4.0);
    }
    let score = likeness_of(odds);
    let how = match score {
        _ if by_form && a.kunya == b.kunya => How::KnownForm,
        s if s >= SPELLING && crossed => How::OtherScript,
        s if s >= SPELLING => How::OtherSpelling,
        s if s >= NEAR => How::Near,
        _ => How::Different,
    };
    let score = if score < LEAST { 0.0 } else { score };
    Evidence { likeness: Likeness { score, how }, odds, weight }
}

/// How like two parts of names are. Symmetric.
pub fn likeness(a: &Part, b: &Part) -> Likeness {
    evidence(a, b).likeness
}

fn nats(sixteenths: u32) -> f32 {
    f32::from(u16::try_from(sixteenths).unwrap_or(u16::MAX)) / NAT
}

fn is_initial_of(initial: &str, name: &str) -> bool {
    let mut letters = initial.chars();
    letters.next().is_some() && letters.next().is_none() && name.starts_with(initial)
}
