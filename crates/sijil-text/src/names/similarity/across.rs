//! An Arabic part read as a Latin one: log odds that it is one name, and what that weighs.
//!
//! What the cheapest reading shows (how far it is beyond chance, its worst letter, whether both are
//! known parts that were never met as one) becomes a row of numbers; a logistic model with learned
//! weights (`name_reading.csv`) makes log odds of them.

use std::sync::LazyLock;

use super::super::Part;
use super::super::crossed::{self, Cost, Spelling};
use super::super::learned::{learned, lines};
use super::{LAST_A, nats};

/// What a reading shows, in the order of the numbers.
pub const READING: [&str; 7] = [
    "constant",
    "beyond chance",
    "cost a sign",
    "worst letter",
    "worst letter above 3",
    "both known, never as one",
    "signs above 3",
];

/// A row of numbers for the model.
pub type Reading = [f32; READING.len()];

static WEIGHTS: LazyLock<Reading> = LazyLock::new(|| {
    let mut weights = Reading::default();
    for line in lines(include_str!("../../../data/name_reading.csv")) {
        let Some((what, value)) = line.split_once(',') else { continue };
        if let (Some(at), Ok(value)) = (READING.iter().position(|r| *r == what), value.parse()) {
            weights[at] = value;
        }
    }
    weights
});

/// A pair that is met at least this often is surely of one name.
const OFTEN: u32 = 64;
/// A kunya is another kind of name than the name within it: what that costs, in log odds.
const KUNYA: f32 = 6.0;
/// What a prefix taken off costs, in log odds.
const BARED: f32 = 0.7;
/// Of what cannot be a reading: odds and weight.
pub(super) const HOPELESS: (f32, f32) = (-6.0, -8.0);

/// One side of a reading.
struct Side<'a> {
    spelling: &'a Spelling,
    /// How rare its letters are as a row.
    letters: u32,
    /// How rare it is as a part.
    rarity: u32,
    number: Option<u32>,
}

impl<'a> Side<'a> {
    fn of(part: &'a Part) -> Self {
        let (letters, rarity, number) = (part.letters, part.rarity, part.number);
        Self { spelling: &part.spelling, letters, rarity, number }
    }

    /// Without a prefix that may be an article, of a kunya the whole.
    fn bare(part: &'a Part) -> Option<Self> {
        let (spelling, letters) = part.bare.as_ref()?;
        Some(Self { spelling, letters: *letters, rarity: *letters, number: None })
    }
}

/// What the reading of an Arabic part as a Latin one shows, none where it is hopeless: for learning.
/// Of a pair that was met often there is nothing to learn.
pub fn reading(a: &Part, b: &Part) -> Option<Reading> {
    let (a, b) = if a.phones.arabic { (a, b) } else { (b, a) };
    shown(&Side::of(a), &Side::of(b), super::FAR)
        .filter(|(_, _, often)| !often)
        .map(|(reading, _, _)| reading)
}

/// Odds and weight of a part in each script.
pub(super) fn read_across(a: &Part, b: &Part, far: u32) -> (f32, f32) {
    let (a, b) = if a.phones.arabic { (a, b) } else { (b, a) };
    let mut best = weighed(&Side::of(a), &Side::of(b), far);
    // A kunya that the other side does not know as one is compared as a whole.
    let half_kunya = a.kunya.is_some() != b.kunya.is_some();
    if half_kunya {
        best.0 -= KUNYA;
    } else if best.0 >= 2.0 || a.kunya.is_some() {
        return best;
    }
    let latin = Side::bare(b).and_then(|bare| by_letters(&Side::of(a), &bare, far));
    let arabic = Side::bare(a).and_then(|bare| by_letters(&bare, &Side::of(b), far));
    for (odds, weight) in latin.into_iter().chain(arabic) {
        if odds - BARED > best.0 {
            best = (odds - BARED, weight - BARED);
        }
    }
    best
}

/// What the letters alone say.
fn by_letters(a: &Side<'_>, b: &Side<'_>, far: u32) -> Option<(f32, f32)> {
    let b = Side { rarity: b.letters, number: None, ..*b };
    shown(a, &b, far).map(|(reading, weight, _)| (odds_of(&reading), weight))
}

fn odds_of(reading: &Reading) -> f32 {
    WEIGHTS.iter().zip(reading).map(|(w, x)| w * x).sum::<f32>().clamp(-6.0, 5.0)
}

/// What letters say and what is known of the two as names.
fn weighed(a: &Side<'_>, b: &Side<'_>, far: u32) -> (f32, f32) {
    let Some((reading, weight, often)) = shown(a, b, far) else { return HOPELESS };
    let mut odds = odds_of(&reading);
    if often {
        return (odds.max(4.0), weight);
    }
    // A spelling that is mostly another name's is hardly this one's: "Muhammad" of محمود.
    odds = odds.min(weight + 1.0);
    // A last a that Arabic does not write makes a woman's name of a man's: Samir, Samira.
    if b.spelling.ends_in_a() && !a.spelling.ends_in_a() {
        odds -= LAST_A;
    }
    (odds, weight)
}

/// The numbers, the weight, and whether the pair was met often.
fn shown(a: &Side<'_>, b: &Side<'_>, far: u32) -> Option<(Reading, f32, bool)> {
    let both_known = a.number.zip(b.number);
    let known = both_known.and_then(|(a, b)| learned().pair(a, b)).map(u32::from);
    let by_letters = crossed::cost(a.spelling, b.spelling, b.letters + far);
    let met = known.map(|sum| Cost { sum, worst: by_letters.map_or(0, |cost| cost.worst) });
    let cost = by_letters.into_iter().chain(met).min_by_key(|cost| cost.sum)?;
    let (sum, worst, signs) = (nats(cost.sum), nats(cost.worst), a.spelling.length());
    let strange = both_known.is_some() && known.is_none();
    let reading = [
        1.0,
        nats(b.letters) - sum,
        sum / f32::from(signs.max(2)),
        worst,
        (worst - 3.0).max(0.0),
        f32::from(u8::from(strange)),
        f32::from(signs.saturating_sub(3)),
    ];
    let weight = nats(b.rarity) - sum;
    Some((reading, weight, known.is_some_and(|known| known <= OFTEN)))
}
