//! How like two parts of names are, and why.
//!
//! The measure is an edit distance over sounds with the costs of `costs` and a cheap exchange of
//! neighbours, taken relative to the longer name. Known forms of one name (Joseph, Yusuf) are
//! like by rule.

use std::cmp::Ordering;

use super::Part;
use super::costs::{gap, last_gap, table};
use super::crossed;
use super::learned::{NAT, learned};
use super::phones::Phone;

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

/// How far beyond chance, in sixteenths of a nat, a reading is still looked for.
const FAR: u32 = 80;
/// What is further than this is not near.
pub(super) const CLOSE: u32 = 20;
/// A pair that is met at least this often is surely of one name.
const OFTEN: u32 = 64;

/// A kunya is another kind of name than the name within it: what that costs, in log odds.
const KUNYA: f32 = 6.0;
/// What a last a costs that stands on one side only.
const LAST_A: f32 = 3.0;
/// What a prefix taken off costs, in log odds.
const BARED: f32 = 0.7;

/// Odds and weight of a part in each script.
fn read_across(a: &Part, b: &Part, far: u32) -> (f32, f32) {
    let (a, b) = if a.phones.arabic { (a, b) } else { (b, a) };
    let known = match (a.number, b.number) {
        (Some(a), Some(b)) => learned().pair(a, b).map(u32::from),
        _ => None,
    };
    let by_letters = crossed::cost(&a.spelling, &b.spelling, b.letters + far);
    let mut best = by_letters.into_iter().chain(known).min().map_or((-6.0, -8.0), |cost| {
        let odds = odds_across(cost, a.spelling.length(), b.letters);
        (odds, nats(b.rarity) - nats(cost))
    });
    if known.is_some_and(|known| known <= OFTEN) {
        best.0 = best.0.max(4.0);
    } else {
        // A spelling that is mostly another name's is hardly this one's: "Muhammad" of محمود.
        best.0 = best.0.min(best.1 + 1.0);
        // A last a that Arabic does not write makes a woman's name of a man's: Samir, Samira.
        if b.spelling.ends_in_a() && !a.spelling.ends_in_a() {
            best.0 -= LAST_A;
        }
    }
    // A kunya that the other side does not know as one is compared as a whole.
    let half_kunya = a.kunya.is_some() != b.kunya.is_some();
    if half_kunya {
        best.0 -= KUNYA;
    } else if best.0 >= 2.0 || a.kunya.is_some() {
        return best;
    }
    let full = (&b.spelling, b.letters);
    let latin = b.bare.as_ref().map(|(spelling, letters)| (&a.spelling, (spelling, *letters)));
    let arabic = a.bare.as_ref().map(|(spelling, _)| (spelling, full));
    for (signs, (spelling, letters)) in latin.into_iter().chain(arabic) {
        if let Some(cost) = crossed::cost(signs, spelling, letters + far) {
            let odds = odds_across(cost, signs.length(), letters) - BARED;
            if odds > best.0 {
                best = (odds, nats(letters) - nats(cost) - BARED);
            }
        }
    }
    best
}

fn nats(sixteenths: u32) -> f32 {
    f32::from(u16::try_from(sixteenths).unwrap_or(u16::MAX)) / NAT
}

/// Log odds that letters of this rarity, which cost so much for so many signs, are of one name: a
/// logistic model of how far they are beyond chance, and of the cost of a sign.
fn odds_across(cost: u32, signs: u8, letters: u32) -> f32 {
    let cost_a_sign = nats(cost) / f32::from(signs.max(2));
    (-0.19 + 0.54 * (nats(letters) - nats(cost)) - 0.35 * cost_a_sign).clamp(-6.0, 5.0)
}

/// How much rarer a part is for each consonant that differs, in nats, within one script.
const SLIP: f32 = 7.0;

fn read_along(a: &Part, b: &Part) -> (f32, f32) {
    let likeness = if a.phones.is_empty() || b.phones.is_empty() {
        by_letters(&a.text, &b.text)
    } else {
        by_sounds(a, b).min(0.99)
    };
    #[expect(clippy::cast_possible_truncation, reason = "a weight needs no more digits")]
    let distance = (1.0 - likeness) as f32 * a.phones.length.max(b.phones.length);
    let rarity = nats(a.rarity.min(b.rarity));
    let weight = (rarity - SLIP * distance).max(-8.0);
    // Two names that many people bear are two names, and no slip.
    let mut odds = odds_of(likeness).min(weight + 2.5);
    if !a.phones.arabic && a.spelling.ends_in_a() != b.spelling.ends_in_a() {
        odds -= LAST_A;
    }
    match (a.number, b.number) {
        // Two known names in Arabic are two names; their letters are not spelled by ear.
        (Some(_), Some(_)) if a.phones.arabic => (odds.min(-1.0), weight.min(0.0)),
        (Some(x), Some(y)) if a.kunya == b.kunya => match learned().share_reading(x, y) {
            Some(true) => (odds.max(odds_of(FORM)), weight.max(0.5 * rarity)),
            Some(false) => (odds.min(0.0), weight.min(0.0)),
            None => (odds, weight),
        },
        _ => (odds, weight),
    }
}

/// Compares two parts of names. Symmetric.
pub fn evidence(a: &Part, b: &Part) -> Evidence {
    evidence_within(a, b, FAR)
}

/// The same, but what is further than `far` beyond chance may be given as hopeless.
pub(super) fn evidence_within(a: &Part, b: &Part, far: u32) -> Evidence {
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
    let (mut odds, weight) = if crossed { read_across(a, b, far) } else { read_along(a, b) };
    let known = a.forms.iter().any(|form| b.forms.contains(form));
    let by_form = known && odds < odds_of(FORM);
    if by_form {
        odds = odds_of(FORM);
    }
    let weight = if by_form { weight.max(3.0) } else { weight };
    odds = match (a.kunya, b.kunya) {
        (a, b) if a == b => odds,
        // Nobody is father and mother.
        (Some(_), Some(_)) => odds.min(-4.0),
        // Within one script wholes were compared, across scripts it has been reckoned with.
        _ => odds,
    };
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

fn is_initial_of(initial: &str, name: &str) -> bool {
    let mut letters = initial.chars();
    letters.next().is_some() && letters.next().is_none() && name.starts_with(initial)
}

fn by_sounds(a: &Part, b: &Part) -> f64 {
    // The order of arguments must not matter to the last bit.
    let key = |part: &'_ Part| (part.phones.sounds.len(), part.phones.arabic);
    let ordered = match key(a).cmp(&key(b)) {
        Ordering::Equal => a.phones.sounds <= b.phones.sounds,
        order => order == Ordering::Less,
    };
    let (x, y) = if ordered { (&a.phones, &b.phones) } else { (&b.phones, &a.phones) };
    let crossed = x.arabic != y.arabic;
    // What all such compounds share says nothing: "Abd al-Rahman" is not "Abd al-Rahim".
    let shared = if servant(a) && servant(b) { SERVANT } else { 0.0 };
    let longer = (x.length.max(y.length) - shared).max(1.0);
    #[expect(clippy::cast_possible_truncation, reason = "a bound needs no more digits")]
    let most = (1.0 - LEAST as f32) * longer;
    // Every consonant too many has to be left out, at full cost.
    let too_many = x.firm.saturating_sub(y.consonants).max(y.firm.saturating_sub(x.consonants));
    if f32::from(too_many) > most {
        return 0.0;
    }
    let damaged = x.arabic && y.arabic;
    match distance(&x.sounds, &y.sounds, crossed, damaged, most) {
        Some(distance) => f64::from((1.0 - distance / longer).clamp(0.0, 1.0)),
        None => 0.0,
    }
}

/// The length of "Abd" in sounds.
const SERVANT: f32 = 2.4;

fn servant(part: &Part) -> bool {
    let rest = part.text.strip_prefix("abd").or_else(|| part.text.strip_prefix("عبد"));
    rest.is_some_and(|rest| !rest.is_empty())
}

/// Longest row of sounds, so that the rows of the table can live on the stack.
const LONGEST: usize = 40;

/// Edit distance with exchange of neighbours (optimal string alignment), if not above `most`.
fn distance(x: &[Phone], y: &[Phone], crossed: bool, damaged: bool, most: f32) -> Option<f32> {
    let costs = table();
    let mut gaps = [0.0_f32; LONGEST];
    for (gap_b, sound) in gaps.iter_mut().zip(y) {
        *gap_b = gap(*sound, crossed);
    }
    if let Some(last) = y.last() {
        gaps[y.len() - 1] = last_gap(*last, crossed);
    }
    let mut before_least = 0.0_f32;
    let (x, y) = (&x[..x.len().min(LONGEST)], &y[..y.len().min(LONGEST)]);
    let mut rows = [[0.0_f32; LONGEST + 1]; 3];
    for at in 0..y.len() {
        rows[0][at + 1] = rows[0][at] + gaps[at];
    }
    for (i, a) in x.iter().enumerate() {
        let (now, last, before) = ((i + 1) % 3, i % 3, (i + 2) % 3);
        let gap_a = if i + 1 == x.len() { last_gap(*a, crossed) } else { gap(*a, crossed) };
        let row_costs = &costs[*a as usize];
        rows[now][0] = rows[last][0] + gap_a;
        let mut least = rows[now][0];
        for (j, b) in y.iter().enumerate() {
            let mut best = rows[last][j] + row_costs[*b as usize];
            best = best.min(rows[last][j + 1] + gap_a);
            best = best.min(rows[now][j] + gaps[j]);
            if i > 0 && j > 0 && x[i - 1] == *b && *a == y[j - 1] && a != b {
                best = best.min(rows[before][j - 1] + exchange(*a, *b, damaged));
            }
            rows[now][j + 1] = best;
            least = least.min(best);
        }
        // An exchange reaches back two rows, so both must be hopeless.
        if least > most && before_least > most {
            return None;
        }
        before_least = least;
    }
    Some(rows[x.len() % 3][y.len()]).filter(|distance| *distance <= most)
}

/// What it costs that two neighbours stand in the other order.
fn exchange(a: Phone, b: Phone, damaged: bool) -> f32 {
    match (a, b) {
        // The ligature lam-alef is turned round when text is taken out of some PDF files.
        (Phone::L, Phone::Alef) | (Phone::Alef, Phone::L) if damaged => 0.3,
        (a, b) if a >= Phone::A || b >= Phone::A => 0.4,
        _ => 0.7,
    }
}

/// Letters in common at the same distance from the ends: for scripts that are not read as sounds.
fn by_letters(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let longer = a.len().max(b.len());
    if longer == 0 {
        return 0.0;
    }
    let shorter = a.len().min(b.len());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    #[expect(clippy::cast_precision_loss, reason = "lengths of names are small")]
    let share = (head + tail).min(shorter) as f64 / longer as f64;
    share.min(0.99)
}
