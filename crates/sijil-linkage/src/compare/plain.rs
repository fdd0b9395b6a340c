//! Comparing days, ages, places and texts.

use super::levels;
use super::likenesses::Likenesses;
use crate::Kind;
use crate::table::{Column, Day, Place};

/// Two ages in years.
pub(super) fn age(a: i64, b: i64) -> u8 {
    match a.abs_diff(b) {
        0 => 0,
        1 => 1,
        2..=3 => 2,
        4..=7 => 3,
        8..=15 => 4,
        _ => 5,
    }
}

/// Two days.
pub(super) fn day(column: &Column, x: u32, y: u32, a: Day, b: Day) -> (u8, f64) {
    let level = match a.number.abs_diff(b.number) {
        0 => return (0, column.rarity.ratio(x).max(column.rarity.ratio(y))),
        1 => 1,
        _ if exchanged(a, b) => 2,
        _ if slip(a, b) => 3,
        2..=5 => 4,
        6..=31 => 5,
        32..=366 => 6,
        _ => 7,
    };
    (level, 1.0)
}

/// Whether day and month are exchanged.
fn exchanged(a: Day, b: Day) -> bool {
    let (x, y) = (a.date, b.date);
    x.year() == y.year() && x.month() == y.day() && x.day() == y.month()
}

/// Whether one digit of a day is wrong.
fn slip(a: Day, b: Day) -> bool {
    // Four bits a digit: those of them that differ.
    let unlike = a.digits ^ b.digits;
    let any = unlike | unlike >> 1 | unlike >> 2 | unlike >> 3;
    (any & 0x1111_1111).count_ones() == 1
}

/// Two texts: categories and ids.
pub(super) fn text(column: &Column, x: u32, y: u32, a: &str, b: &str) -> (u8, f64) {
    let rarity = column.rarity.ratio(x).max(column.rarity.ratio(y));
    match column.kind {
        // Half of all are male: agreement on it is no rarer for the other half.
        Kind::Sex => (u8::from(x != y), 1.0),
        Kind::Id if x == y => (0, rarity),
        Kind::Id => (if one_slip(a, b) { 1 } else { 2 }, 1.0),
        _ if x == y => (0, rarity),
        _ => (1, 1.0),
    }
}

/// Whether two texts are one letter, or one exchange of neighbours, apart.
fn one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 || a.len().max(b.len()) < 3 {
        return false;
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    match (a, b) {
        ([_] | [], [_] | []) => true,
        ([x1, x2], [y1, y2]) => x1 == y2 && x2 == y1,
        _ => false,
    }
}

/// The level of two different places.
pub(super) fn place(likenesses: &Likenesses<'_>, a: &Place, b: &Place) -> u8 {
    if let (Some(own_a), Some(own_b)) = (a.areas.last(), b.areas.last()) {
        return if a.areas.contains(own_b) || b.areas.contains(own_a) {
            levels::PLACE_WITHIN
        } else if a.areas.first() == b.areas.first() {
            levels::PLACE_AREA
        } else {
            levels::PLACE_DIFFERENT
        };
    }
    match likenesses.align(&a.parts, &b.parts).1 {
        alike if alike >= 0.9 => levels::PLACE_SPELLED,
        alike if alike >= 0.75 => levels::PLACE_NEAR,
        _ => levels::PLACE_DIFFERENT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn ages_far_apart_are_told_from_ages_apart() {
        let levels: Vec<u8> = [30, 31, 32, 37, 45, 46].map(|other| age(30, other)).to_vec();
        assert_eq!(levels, [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn an_exchange_of_day_and_month_is_no_slip() {
        let day = |year, month, day| Day::of(date(year, month, day));
        assert!(exchanged(day(2031, 5, 7), day(2031, 7, 5)));
        assert!(!exchanged(day(2031, 5, 7), day(2031, 5, 8)));
        assert!(slip(day(2031, 5, 7), day(2031, 5, 8)));
        assert!(!slip(day(2031, 5, 7), day(2031, 6, 8)));
    }

    #[test]
    fn one_slip_is_one() {
        for (a, b) in [("12345", "12346"), ("12345", "1234"), ("12345", "13245"), ("abc", "abcd")] {
            assert!(one_slip(a, b), "{a} {b}");
        }
        for (a, b) in [("12345", "12354x"), ("12345", "54321"), ("1", "2")] {
            assert!(!one_slip(a, b), "{a} {b}");
        }
    }
}
