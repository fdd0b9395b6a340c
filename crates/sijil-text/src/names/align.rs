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
    let mut near = 0;
    let straight = ordered(a, b, &mut |i, n, j, m| {
        let found = like(i, n, j, m);
        near += usize::from(n + m == 2 && found.score >= NEAR);
        Some(found)
    });
    let begins = straight.links.first().is_some_and(|link| link.a == 0 && link.b == 0);
    // Turned, all parts of the shorter name must have an answer.
    if begins || a < 2 || b < 2 || near < a.min(b) {
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

/// The parts one to one, if no other alignment can be better: any other has a link less, and a link
/// gains a half at most.
fn one_to_one(count: usize, like: &mut Like<'_>) -> Option<Vec<Link>> {
    let mut gain = 0.0;
    let mut likeness = [Likeness { score: 0.0, how: How::Different }; MOST];
    for (at, found) in likeness.iter_mut().enumerate().take(count) {
        *found = like(at, 1, at, 1).filter(|found| found.score >= NEAR)?;
        gain += found.score - 0.5;
        // What is still to come gains a half each at most.
        let lost = 0.5 * f64::from(u8::try_from(at + 1).unwrap_or(u8::MAX)) - gain;
        if lost >= 0.5 {
            return None;
        }
    }
    let link = |at: usize| Link { a: at, a_parts: 1, b: at, b_parts: 1, likeness: likeness[at] };
    Some((0..count).map(link).collect())
}

/// How a cell of the table was reached: so many parts of each name answer each other; none, one was
/// left out.
type Step = (u8, u8);

/// The best alignment that keeps the order: the greatest sum of likeness over links.
fn ordered(a: usize, b: usize, like: &mut Like<'_>) -> Alignment {
    if a == b
        && let Some(links) = one_to_one(a, like)
    {
        let score = score(a, b, &links);
        return Alignment { links, turned: false, score };
    }
    let mut best = [[0.0_f64; MOST + 1]; MOST + 1];
    let mut step = [[(0, 0); MOST + 1]; MOST + 1];
    // Joined words show in the number of parts.
    let shapes: &[Step] = if a == b { &[(1, 1)] } else { &[(1, 1), (2, 1), (1, 2)] };
    for i in 1..=a {
        for j in 1..=b {
            best[i][j] = best[i - 1][j].max(best[i][j - 1]);
            for &(n, m) in shapes {
                let (i_parts, j_parts) = (usize::from(n), usize::from(m));
                if i_parts > i || j_parts > j {
                    continue;
                }
                let Some(likeness) = like(i - i_parts, i_parts, j - j_parts, j_parts) else {
                    continue;
                };
                // Two parts pass for one only when they are surely the same word.
                if likeness.score < NEAR || (n + m > 2 && likeness.score < SPELLING) {
                    continue;
                }
                // Parts count by how like they are above what chance gives, and joined parts by
                // how many they are; of two ways the one with more single links is better.
                let gain = (likeness.score - 0.5) * if n + m > 2 { 1.5 } else { 1.0 };
                let sum = best[i - i_parts][j - j_parts] + gain;
                if sum > best[i][j] + 1e-9 {
                    best[i][j] = sum;
                    step[i][j] = (n, m);
                }
            }
        }
    }
    let links = walk_back(a, b, &best, &step, like);
    let score = score(a, b, &links);
    Alignment { links, turned: false, score }
}

fn walk_back(
    a: usize,
    b: usize,
    best: &[[f64; MOST + 1]; MOST + 1],
    step: &[[Step; MOST + 1]; MOST + 1],
    like: &mut Like<'_>,
) -> Vec<Link> {
    let (mut i, mut j) = (a, b);
    let mut links = Vec::new();
    while i > 0 && j > 0 {
        let (a_parts, b_parts) = (usize::from(step[i][j].0), usize::from(step[i][j].1));
        if a_parts == 0 {
            if best[i - 1][j] >= best[i][j - 1] {
                i -= 1;
            } else {
                j -= 1;
            }
            continue;
        }
        (i, j) = (i - a_parts, j - b_parts);
        if let Some(likeness) = like(i, a_parts, j, b_parts) {
            links.push(Link { a: i, a_parts, b: j, b_parts, likeness });
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
    let (open_a, open_b) = (a - used[0], b - used[1]);
    // Open parts on both sides contradict each other; on one side they are only left out.
    let left_out = i32::try_from(open_a.abs_diff(open_b)).unwrap_or(0);
    let share = count(links.len()) / count(links.len() + open_a.min(open_b));
    // A given name nearly the same is often another's: Samir and Samira.
    let given = match links.iter().find(|link| link.a == 0 && link.b == 0) {
        Some(link) if link.likeness.is_same_name() => 1.0,
        Some(link) => link.likeness.score,
        None => 0.4,
    };
    mean * share * given * 0.96_f64.powi(left_out)
}

/// Whether a likeness is of one and the same name.
impl Likeness {
    /// Whether the two parts are taken to be spellings of one name.
    pub fn is_same_name(self) -> bool {
        self.how < How::Near
    }
}
