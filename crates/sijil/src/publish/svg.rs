//! Small drawings as SVG text: escaping, coordinates, boxes of labels that must not meet.
//!
//! Widths of words are estimated, not measured: no font is known here. The estimate is generous,
//! so that labels keep apart in every common font.

use std::fmt::Write as _;

/// A coordinate with one decimal, without a decimal that says nothing.
pub(super) fn at(value: f64) -> String {
    let text = format!("{value:.1}");
    match text.strip_suffix(".0") {
        Some("-0") => "0".to_owned(),
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

/// Text made safe for an element or an attribute.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Width of a text of this size, a little too much rather than too little.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let units: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | 'I' | '.' | ',' | '\'' | '|' | ':' | ';' | ' ' | '(' | ')' => 0.33,
            'm' | 'w' | 'M' | 'W' | '—' => 0.88,
            'A'..='Z' => 0.7,
            _ => 0.57,
        })
        .sum();
    units * size
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    pub(super) fn lies_in(&self, outer: &Self) -> bool {
        self.x >= outer.x
            && self.y >= outer.y
            && self.x + self.width <= outer.x + outer.width
            && self.y + self.height <= outer.y + outer.height
    }
}

/// Moves centres of labels apart to at least `gap`, in their order, between `top` and `bottom`.
pub(super) fn apart(wanted: &[f64], gap: f64, top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]).then(a.cmp(b)));
    let mut placed = vec![0.0; wanted.len()];
    let mut last = top - gap;
    for nth in &order {
        last = wanted[*nth].max(last + gap);
        placed[*nth] = last;
    }
    let mut limit = bottom;
    for nth in order.iter().rev() {
        placed[*nth] = placed[*nth].min(limit);
        limit = placed[*nth] - gap;
    }
    placed
}

/// Round steps from 0 up to at least `most`, about `count` of them.
pub(super) fn ticks(most: u64, count: u64) -> Vec<u64> {
    let rough = most.div_ceil(count.max(1)).max(1);
    let mut unit: u64 = 1;
    while unit.saturating_mul(10) <= rough {
        unit = unit.saturating_mul(10);
    }
    let fits =
        [1, 2, 5, 10].into_iter().map(|n| unit.saturating_mul(n)).find(|step| *step >= rough);
    let step = fits.unwrap_or(rough);
    (0..=most.div_ceil(step)).map(|n| n.saturating_mul(step)).collect()
}

/// Low, best and high as a line with a dot, for a row of a table; `most` is the end of the scale.
pub(super) fn interval(
    low: Option<u64>,
    best: Option<u64>,
    high: Option<u64>,
    most: u64,
) -> String {
    const WIDTH: f64 = 100.0;
    let x = |n: u64| at(3.0 + n as f64 / most.max(1) as f64 * (WIDTH - 12.0));
    let mut out = String::from("<svg class=\"g\" viewBox=\"0 0 100 12\" aria-hidden=\"true\">");
    let from = x(low.or(best).unwrap_or(0));
    let to = high.or(best).or(low).map_or_else(|| from.clone(), x);
    let _ = write!(out, "<path class=\"gb\" d=\"M3 6H{}\"/>", at(WIDTH - 9.0));
    let _ = write!(out, "<path class=\"gl\" d=\"M{from} 6H{to}M{from} 3V9\"/>");
    if high.is_some() {
        let _ = write!(out, "<path class=\"gl\" d=\"M{to} 3V9\"/>");
    } else {
        // Open: the line runs on, with an arrow.
        let _ = write!(out, "<path class=\"gl\" d=\"M{to} 6H98M95 3L98 6L95 9\"/>");
    }
    if let Some(best) = best {
        let _ = write!(out, "<circle class=\"gd\" cx=\"{}\" cy=\"6\" r=\"3\"/>", x(best));
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ticks_are_round_and_reach_the_top() {
        assert_eq!(ticks(1_614, 6), [0, 500, 1_000, 1_500, 2_000]);
        assert_eq!(ticks(16, 4), [0, 5, 10, 15, 20]);
        assert_eq!(ticks(0, 4), [0]);
        assert_eq!(ticks(1, 4), [0, 1]);
    }

    proptest! {
        #[test]
        fn labels_that_have_room_keep_apart(wanted in prop::collection::vec(0.0..300.0, 1..9)) {
            let mut placed = apart(&wanted, 30.0, 0.0, 300.0);
            placed.sort_by(f64::total_cmp);
            prop_assert!(placed.windows(2).all(|two| two[1] - two[0] > 29.999));
            prop_assert!(placed.iter().all(|at| (-0.001..=300.001).contains(at)));
        }

        #[test]
        fn ticks_are_few(most in 1..u64::MAX / 16) {
            let ticks = ticks(most, 6);
            prop_assert!(ticks.len() <= 8 && ticks.last() >= Some(&most));
        }
    }
}
