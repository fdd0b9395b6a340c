//! The distance of two parts within one script: an edit distance over sounds, with the costs of `costs`
//! and a cheap exchange of neighbours (optimal string alignment).

use super::super::costs::{gap, last_gap, table};
use super::super::phones::Phone;

/// Longest row of sounds, so that the rows of the table can live on the stack.
const LONGEST: usize = 40;

/// Edit distance with exchange of neighbours (optimal string alignment), if not above `most`.
pub(super) fn distance(
    x: &[Phone],
    y: &[Phone],
    crossed: bool,
    damaged: bool,
    most: f32,
) -> Option<f32> {
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
