//! Which part of one name answers which part of the other.
//!
//! Parts keep their order; a part may be left out (the grandfather is missing), two may be written
//! as one word. Lists that put the family name first are met by turning one of the names round.

use super::similarity::{NEAR, SPELLING};
use super::{How, Likeness};

/// Parts of two names that answer each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Index of the part of the first name.
    pub a: usize,
    /// How many of its parts are written as one word in the other.
    pub a_parts: usize,
    /// Index of the part of the second name.
    pub b: usize,
    /// How many of its parts are written as one word in the other.
    pub b_parts: usize,
    /// How like they are.
    pub likeness: Likeness,
}

/// How two names answer each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// The answering parts, in the order of the first name.
    pub links: Vec<Link>,
    /// Whether one name had to be turned round (family name first).
    pub turned: bool,
    /// How like the names are as a whole: 0 nothing in common, 1 the same.
    pub score: f64,
}

impl Alignment {
    /// Makes the first name the second.
    pub(super) fn swap(&mut self) {
        for link in &mut self.links {
            (link.a, link.b) = (link.b, link.a);
            (link.a_parts, link.b_parts) = (link.b_parts, link.a_parts);
        }
        self.links.sort_by_key(|link| link.a);
    }
}

/// More parts than this are not aligned: no name has them.
const MOST: usize = 8;
/// A turned name is a little less like.
const TURNED: f64 = 0.97;

/// Aligns names of `a` and `b` parts; `like(i, i_parts, j, j_parts)` compares part `i` of the first
/// name (or parts `i` and `i + 1` as one word) with part `j` of the second.
pub fn align(
    a: usize,
    b: usize,
    mut like: impl FnMut(usize, usize, usize, usize) -> Likeness,
) -> Alignment {
    let (a, b) = (a.min(MOST), b.min(MOST));
    if a == 0 || b == 0 {
        return Alignment::default();
    }
    let straight = ordered(a, b, &mut |i, n, j, m| Some(like(i, n, j, m)));
    let begins = straight.links.first().is_some_and(|link| link.a == 0 && link.b == 0);
    if begins || a < 2 || b < 2 {
        return straight;
    }
    // Family name first: part j of the turned name is part j - 1 of the name as written.
    let mut best = straight;
    let shifts: &[usize] = if b == 2 { &[1] } else { &[1, b - 1] };
    for shift in shifts {
        let at = |j: usize| (j + shift) % b;
        let turned = ordered(a, b, &mut |i, n, j, m| {
            // Joined words are not looked for in a turned name.
            (n + m == 2).then(|| like(i, n, at(j), m))
        });
        // Links that keep the order as written only leave out the first part: no turning.
        let crossing = turned.links.windows(2).any(|two| at(two[0].b) > at(two[1].b));
        if crossing && turned.links.len() >= a.min(b) && turned.score * TURNED > best.score + 0.05 {
            let links =
                turned.links.into_iter().map(|link| Link { b: at(link.b), ..link }).collect();
            best = Alignment { links, turned: true, score: turned.score * TURNED };
        }
    }
    best
}

type Like<'a> = dyn FnMut(usize, usize, usize, usize) -> Option<Likeness> + 'a;

/// The best alignment that keeps the order: the greatest sum of likeness over links.
fn ordered(a: usize, b: usize, like: &mut Like<'_>) -> Alignment {
    let mut best = [[0.0_f64; MOST + 1]; MOST + 1];
    let mut step: [[Option<Link>; MOST + 1]; MOST + 1] = [[None; MOST + 1]; MOST + 1];
    for i in 1..=a {
        for j in 1..=b {
            best[i][j] = best[i - 1][j].max(best[i][j - 1]);
            // Joined words show in the number of parts.
            let shapes: &[(usize, usize)] =
                if a == b { &[(1, 1)] } else { &[(1, 1), (2, 1), (1, 2)] };
            for &(n, m) in shapes {
                if n > i || m > j {
                    continue;
                }
                let Some(likeness) = like(i - n, n, j - m, m) else { continue };
                // Two parts pass for one only when they are surely the same word.
                if likeness.score < NEAR || (n + m > 2 && likeness.score < SPELLING) {
                    continue;
                }
                // Parts count by how like they are above what chance gives, and joined parts by
                // how many they are; of two ways the one with more single links is better.
                let gain = (likeness.score - 0.5) * if n + m > 2 { 1.5 } else { 1.0 };
                let sum = best[i - n][j - m] + gain;
                if sum > best[i][j] + 1e-9 {
                    best[i][j] = sum;
                    step[i][j] =
                        Some(Link { a: i - n, a_parts: n, b: j - m, b_parts: m, likeness });
                }
            }
        }
    }
    let links = walk_back(a, b, &best, &step);
    let score = score(a, b, &links);
    Alignment { links, turned: false, score }
}

fn walk_back(
    a: usize,
    b: usize,
    best: &[[f64; MOST + 1]; MOST + 1],
    step: &[[Option<Link>; MOST + 1]; MOST + 1],
) -> Vec<Link> {
    let (mut i, mut j) = (a, b);
    let mut links = Vec::with_capacity(a.min(b));
    while i > 0 && j > 0 {
        match step[i][j] {
            Some(link) => {
                (i, j) = (link.a, link.b);
                links.push(link);
            }
            None if best[i - 1][j] >= best[i][j - 1] => i -= 1,
            None => j -= 1,
        }
    }
    links.reverse();
    links
}

/// The likeness of the whole: that of the answering parts, less for parts that should answer and
/// do not. A part left out by the shorter name costs little, a given name that differs almost all.
fn score(a: usize, b: usize, links: &[Link]) -> f64 {
    if links.is_empty() {
        return 0.0;
    }
    let (mut sum, mut used) = (0.0, [0_usize; 2]);
    for link in links {
        sum += link.likeness.score;
        used[0] += link.a_parts;
        used[1] += link.b_parts;
    }
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let mean = sum / count(links.len());
    let (open_a, open_b) = (count(a - used[0]), count(b - used[1]));
    // Open parts on both sides contradict each other; on one side they are only left out.
    let contradicting = open_a.min(open_b);
    let left_out = open_a.max(open_b) - contradicting;
    let share = count(links.len()) / (count(links.len()) + contradicting);
    // A given name nearly the same is often another's: Samir and Samira.
    let given = match links.iter().find(|link| link.a == 0 && link.b == 0) {
        Some(link) if link.likeness.is_same_name() => 1.0,
        Some(link) => link.likeness.score,
        None => 0.4,
    };
    mean * share
        * given
        * 0.96_f64
            .powi(i32::try_from(a.max(b)).unwrap_or(0).min(8))
            .powf(left_out / count(a.max(b)))
}

/// Whether a likeness is of one and the same name.
impl Likeness {
    /// Whether the two parts are taken to be spellings of one name.
    pub fn is_same_name(self) -> bool {
        self.how < How::Near
    }
}
