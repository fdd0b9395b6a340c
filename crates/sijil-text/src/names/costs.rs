//! What it costs to take one sound for another, or to leave one out.
//!
//! The costs say how often romanisers and list makers confuse two sounds: near nothing for q and
//! k, a third for th and s, one for b and r. They were set by hand from the letter pairs that
//! occur in public name lists and are the same for every register.

use std::sync::LazyLock;

use super::phones::{Phone, SOUNDS};

/// Costs of taking one sound for another.
static SUBSTITUTION: LazyLock<[[f32; SOUNDS]; SOUNDS]> = LazyLock::new(substitutions);

/// Pairs of sounds that pass for each other.
#[rustfmt::skip]
const CONFUSED: &[(Phone, Phone, f32)] = {
    use Phone::*;
    &[
        (T, Th, 0.3), (Th, S, 0.3), (T, D, 0.6), (D, Dh, 0.25), (Dh, Z, 0.25), (D, Dad, 0.05),
        (Dad, Dh, 0.15), (Dad, Z, 0.3), (Zah, Z, 0.05), (Zah, Dh, 0.1), (Zah, D, 0.4),
        (Zah, Dad, 0.3), (Z, S, 0.5), (Zh, J, 0.15), (Zh, Z, 0.3), (J, G, 0.3), (J, Ch, 0.35),
        (J, Y, 0.6), (Ch, Sh, 0.15), (Ch, K, 0.5), (Sh, S, 0.4), (Kh, H, 0.3), (Kh, K, 0.35),
        (Kh, Gh, 0.6), (Gh, G, 0.15), (G, K, 0.45), (G, Q, 0.3), (Q, K, 0.05), (B, P, 0.1),
        (P, F, 0.4), (F, V, 0.15), (B, V, 0.5), (V, W, 0.15), (M, N, 0.7), (Kh, J, 0.7),
        (H, J, 0.8), (Ain, Gh, 0.7), (R, Z, 0.8), (S, K, 0.7),
        (A, E, 0.1), (A, I, 0.35), (A, O, 0.35), (A, U, 0.4), (E, I, 0.1), (E, O, 0.4),
        (E, U, 0.4), (I, O, 0.45), (I, U, 0.45), (O, U, 0.05), (Ai, A, 0.3), (Ai, E, 0.1),
        (Ai, I, 0.15), (Ai, O, 0.45), (Ai, U, 0.45),
        (Alef, A, 0.0), (Alef, E, 0.1), (Alef, I, 0.4), (Alef, O, 0.3), (Alef, U, 0.45),
        (Alef, Ai, 0.3), (Alef, Ain, 0.6), (Alef, Waw, 0.8), (Alef, Ya, 0.8),
        (Alef, FinalYa, 0.15), (Alef, FinalHa, 0.15),
        (Waw, U, 0.0), (Waw, O, 0.0), (Waw, W, 0.0), (Waw, V, 0.1), (Waw, A, 0.65),
        (Waw, E, 0.65), (Waw, I, 0.65), (Waw, Ai, 0.65), (Waw, Ya, 0.8),
        (Ya, I, 0.0), (Ya, E, 0.1), (Ya, Y, 0.0), (Ya, Ai, 0.0), (Ya, A, 0.5), (Ya, O, 0.65),
        (Ya, U, 0.65), (Ya, FinalYa, 0.0),
        (FinalYa, I, 0.0), (FinalYa, A, 0.1), (FinalYa, E, 0.05), (FinalYa, Y, 0.0),
        (FinalYa, Ai, 0.0), (FinalYa, FinalHa, 0.5), (FinalYa, O, 0.5), (FinalYa, U, 0.5),
        (FinalHa, A, 0.0), (FinalHa, E, 0.0), (FinalHa, H, 0.05), (FinalHa, I, 0.35),
        (FinalHa, O, 0.35), (FinalHa, U, 0.4),
        (Ain, A, 0.05), (Ain, E, 0.05), (Ain, I, 0.1), (Ain, O, 0.1), (Ain, U, 0.1),
        (Ii, I, 0.0), (Ii, E, 0.1), (Ii, Ai, 0.15), (Ii, Ya, 0.0), (Ii, FinalYa, 0.0), (Ii, Y, 0.05),
        (Ii, A, 0.4), (Ii, O, 0.5), (Ii, U, 0.5), (Ii, Uu, 0.6), (Ii, Alef, 0.6), (Ii, Ain, 0.2),
        (Ii, FinalHa, 0.35), (Uu, U, 0.0), (Uu, O, 0.05), (Uu, Waw, 0.0), (Uu, W, 0.05),
        (Uu, A, 0.45), (Uu, E, 0.45), (Uu, I, 0.5), (Uu, Ai, 0.5), (Uu, Alef, 0.6), (Uu, Ain, 0.2),
        (Y, I, 0.05), (Y, E, 0.15), (Y, Ai, 0.1), (W, U, 0.05), (W, O, 0.1), (H, A, 0.9),
    ]
};

fn substitutions() -> [[f32; SOUNDS]; SOUNDS] {
    let mut costs = [[1.0; SOUNDS]; SOUNDS];
    for (at, row) in costs.iter_mut().enumerate() {
        row[at] = 0.0;
    }
    for (a, b, cost) in CONFUSED {
        costs[*a as usize][*b as usize] = *cost;
        costs[*b as usize][*a as usize] = *cost;
    }
    costs
}

/// The table of costs of taking one sound for another, by sound.
pub(super) fn table() -> &'static [[f32; SOUNDS]; SOUNDS] {
    &SUBSTITUTION
}

/// What it costs that a sound has no counterpart; `crossed` when the other name is in the other
/// script.
pub(super) fn gap(sound: Phone, crossed: bool) -> f32 {
    use Phone as P;
    match (sound, crossed) {
        // Arabic does not write short vowels; a long one is as good as a consonant.
        (P::A | P::E, true) => 0.06,
        (P::I | P::O | P::U, true) => 0.1,
        (P::A | P::E, false) => 0.22,
        (P::I | P::O | P::U, false) => 0.3,
        (P::Ai, _) => 0.5,
        (P::Ii | P::Uu, true) => 0.3,
        (P::Ii | P::Uu, false) => 0.4,
        (P::Alef, true) => 0.35,
        (P::Alef, false) => 0.5,
        (P::Waw | P::Ya, _) => 0.5,
        (P::FinalYa, _) => 0.35,
        (P::FinalHa, _) => 0.12,
        (P::Ain, true) => 0.08,
        (P::Ain, false) => 0.7,
        (P::Y, _) => 0.35,
        (P::W, _) | (P::H, _) => 0.55,
        _ => 1.0,
    }
}

/// What it costs that the last sound has no counterpart: a last *a* makes a woman's name of a man's
/// (Samir, Samira).
pub(super) fn last_gap(sound: Phone, crossed: bool) -> f32 {
    match sound {
        Phone::A | Phone::Alef | Phone::FinalHa => 0.5,
        _ => gap(sound, crossed),
    }
}

/// What a sound adds to the length that a distance is measured against.
pub(super) fn weight(sound: Phone) -> f32 {
    use Phone as P;
    match sound {
        P::A | P::E | P::I | P::O | P::U | P::Ai | P::Ii | P::Uu | P::FinalHa | P::FinalYa => 0.35,
        P::Alef => 0.4,
        P::Ain | P::Waw | P::Ya => 0.5,
        _ => 1.0,
    }
}
