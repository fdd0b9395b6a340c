//! An Arabic part read as a Latin one: log odds that it is one name, and what that weighs.
//!
//! The odds come from how far the cheapest reading is beyond chance and what it costs a sign; what is
//! known of the two as names then corrects them.

use super::super::Part;
use super::super::crossed::{self, Spelling};
use super::super::learned::learned;
use super::{LAST_A, nats};

/// How far beyond chance, in sixteenths of a nat, a reading is still looked for.
const FAR: u32 = 80;
/// A pair that is met at least this often is surely of one name.
const OFTEN: u32 = 64;
/// A kunya is another kind of name than the name within it: what that costs, in log odds.
const KUNYA: f32 = 6.0;
/// What a prefix taken off costs, in log odds.
const BARED: f32 = 0.7;
/// Of what cannot be a reading: odds and weight.
pub(super) const HOPELESS: (f32, f32) = (-6.0, -8.0);

/// Odds and weight of a part in each script.
pub(super) fn read_across(a: &Part, b: &Part) -> (f32, f32) {
    let (a, b) = if a.phones.arabic { (a, b) } else { (b, a) };
    let mut best = as_names(a, b);
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
        if let Some(cost) = crossed::cost(signs, spelling, letters + FAR) {
            let odds = odds(cost, signs, letters) - BARED;
            if odds > best.0 {
                best = (odds, nats(letters) - nats(cost) - BARED);
            }
        }
    }
    best
}

/// What the letters say, and what is known of the two as names.
fn as_names(a: &Part, b: &Part) -> (f32, f32) {
    let known = match (a.number, b.number) {
        (Some(a), Some(b)) => learned().pair(a, b).map(u32::from),
        _ => None,
    };
    let by_letters = crossed::cost(&a.spelling, &b.spelling, b.letters + FAR);
    let Some(cost) = by_letters.into_iter().chain(known).min() else { return HOPELESS };
    let (odds, weight) = (odds(cost, &a.spelling, b.letters), nats(b.rarity) - nats(cost));
    if known.is_some_and(|known| known <= OFTEN) {
        return (odds.max(4.0), weight);
    }
    // A spelling that is mostly another name's is hardly this one's: "Muhammad" of محمود.
    let odds = odds.min(weight + 1.0);
    // A last a that Arabic does not write makes a woman's name of a man's: Samir, Samira.
    let last_a = b.spelling.ends_in_a() && !a.spelling.ends_in_a();
    (if last_a { odds - LAST_A } else { odds }, weight)
}

/// Log odds that letters of this rarity, which cost so much for these signs, are of one name: a
/// logistic model of how far they are beyond chance, and of the cost of a sign.
fn odds(cost: u32, signs: &Spelling, letters: u32) -> f32 {
    let cost_a_sign = nats(cost) / f32::from(signs.length().max(2));
    (-0.19 + 0.54 * (nats(letters) - nats(cost)) - 0.35 * cost_a_sign).clamp(-6.0, 5.0)
}
