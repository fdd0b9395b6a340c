//! Two parts in one script: how far apart their sounds are, and what is known of the two as names.
//!
//! Costs are set by hand, not learned. Scripts that are not read as sounds are compared by letters.

use std::cmp::Ordering;

use super::super::learned::learned;
use super::super::{Part, Servant};
use super::distance::distance;
use super::{FORM, LAST_A, LEAST, nats, odds_of};

/// How much rarer a part is for each consonant that differs, in nats, within one script.
const SLIP: f32 = 7.0;

/// Odds and weight of two parts in one script.
pub(super) fn read_along(a: &Part, b: &Part) -> (f32, f32) {
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
            Some(false) => (odds.min(-0.5), weight.min(0.0)),
            None => (odds, weight),
        },
        _ => (odds, weight),
    }
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
    let shared = if a.servant == Servant::Of && b.servant == Servant::Of { SERVANT } else { 0.0 };
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
