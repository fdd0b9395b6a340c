//! The levels of each comparison, in plain words, with what is expected of them beforehand.
//!
//! `same` and `other` are the shares of the level among pairs of one person and among pairs of two
//! unrelated persons. On long lists the rows themselves decide; on lists of ten names these are
//! most of what there is to go by.

/// One level of agreement.
pub(crate) struct Level {
    /// What it means, in plain words.
    pub(crate) words: &'static str,
    /// Its share among pairs of one person, expected beforehand.
    pub(crate) same: f64,
    /// Its share among pairs of unrelated persons, expected beforehand.
    pub(crate) other: f64,
    /// What its share among pairs of one person cannot exceed, unless pairs that something else of
    /// the person's own ties together (day of birth, id) say so.
    pub(crate) most: f64,
}

const fn level(words: &'static str, same: f64, other: f64) -> Level {
    Level { words, same, other, most: 1.0 }
}

const fn rare(words: &'static str, same: f64, other: f64, most: f64) -> Level {
    Level { words, same, other, most }
}

/// Names of levels that the comparisons set.
pub(super) const SAME: u8 = 0;
pub(super) const SOUNDS: u8 = 1;
pub(super) const SPELLED: u8 = 2;
pub(super) const NEAR: u8 = 3;
pub(super) const WEAK: u8 = 4;
pub(super) const DIFFERENT: u8 = 5;
pub(super) const ELSEWHERE: u8 = 6;

/// First part of the person's own name. One person's given name is written in many ways but does
/// not become another name; it is what tells siblings apart, so its last level is held down.
pub(super) const FIRST: &[Level] = &[
    level("given name the same", 0.62, 0.012),
    level("given name the same in another spelling", 0.2, 0.008),
    level("given name much the same, or a known form of it", 0.09, 0.01),
    level("given name nearly the same", 0.05, 0.03),
    rare("given name somewhat alike", 0.03, 0.08, 0.05),
    rare("given name different", 0.0005, 0.84, 0.0005),
    level("given name stands elsewhere in the other name", 0.01, 0.02),
];

/// Further parts of the person's name. On a list that names nobody twice, learning looks for the
/// next best thing and finds namesakes: one given name, one grandfather's, ages that happen to
/// agree. So the levels that contradict are held down too.
pub(super) const FURTHER: &[Level] = &[
    level("two or more further names agree", 0.37, 0.0002),
    level("the one further name agrees", 0.3, 0.006),
    level("a further name agrees, others are left out", 0.13, 0.008),
    level("further names nearly agree", 0.12, 0.03),
    rare("the last name agrees, others contradict", 0.03, 0.006, 0.03),
    rare("some further names agree, the last does not", 0.01, 0.02, 0.01),
    rare("further names differ", 0.04, 0.926, 0.04),
];
pub(super) const TWO_AGREE: u8 = 0;
pub(super) const ONLY_ONE: u8 = 1;
pub(super) const LEFT_OUT: u8 = 2;
pub(super) const NEARLY: u8 = 3;
pub(super) const LAST_ONLY: u8 = 4;
pub(super) const SOME: u8 = 5;
pub(super) const NONE_AGREE: u8 = 6;

/// Another person's name (father, mother), or a part kept apart (family name).
pub(super) const PART: &[Level] = &[
    level("the same", 0.58, 0.015),
    level("the same in another spelling", 0.2, 0.01),
    level("much the same, or a known form of it", 0.09, 0.01),
    level("nearly the same", 0.06, 0.03),
    level("somewhat alike", 0.03, 0.08),
    level("different", 0.04, 0.855),
];

pub(super) const SEX: &[Level] = &[level("the same", 0.98, 0.6), level("different", 0.02, 0.4)];

pub(super) const AGE: &[Level] = &[
    level("the same", 0.65, 0.02),
    level("one year apart", 0.15, 0.04),
    level("two or three years apart", 0.12, 0.08),
    level("four to seven years apart", 0.05, 0.14),
    level("eight to fifteen years apart", 0.022, 0.22),
    level("further apart", 0.008, 0.5),
];

pub(super) const DAY: &[Level] = &[
    level("the same day", 0.7, 0.05),
    level("one day apart", 0.1, 0.03),
    level("day and month exchanged", 0.02, 0.002),
    level("one slip apart", 0.03, 0.028),
    level("within five days", 0.06, 0.05),
    level("within a month", 0.05, 0.09),
    level("within a year", 0.02, 0.25),
    level("further apart", 0.02, 0.5),
];

pub(super) const BIRTH: &[Level] = &[
    level("the same day", 0.75, 0.0005),
    level("one day apart", 0.03, 0.0005),
    level("day and month exchanged", 0.03, 0.0005),
    level("one slip apart", 0.07, 0.0045),
    level("within five days", 0.01, 0.002),
    level("within a month", 0.03, 0.008),
    level("within a year", 0.05, 0.04),
    level("further apart", 0.03, 0.944),
];

pub(super) const PLACE: &[Level] = &[
    level("the same place", 0.7, 0.08),
    level("the same place in another spelling", 0.1, 0.01),
    level("one place lies in the other", 0.06, 0.05),
    level("names nearly the same", 0.04, 0.02),
    level("places in one area", 0.05, 0.1),
    level("different places", 0.05, 0.74),
];
pub(super) const PLACE_SPELLED: u8 = 1;
pub(super) const PLACE_WITHIN: u8 = 2;
pub(super) const PLACE_NEAR: u8 = 3;
pub(super) const PLACE_AREA: u8 = 4;
pub(super) const PLACE_DIFFERENT: u8 = 5;

pub(super) const CATEGORY: &[Level] =
    &[level("the same", 0.85, 0.25), level("different", 0.15, 0.75)];

pub(super) const ID: &[Level] = &[
    level("the same", 0.85, 0.002),
    level("one slip apart", 0.07, 0.01),
    level("different", 0.08, 0.988),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expectations_are_shares() {
        for levels in [FIRST, FURTHER, PART, SEX, AGE, DAY, BIRTH, PLACE, CATEGORY, ID] {
            for share in [|l: &Level| l.same, |l: &Level| l.other] {
                let sum: f64 = levels.iter().map(share).sum();
                assert!((sum - 1.0).abs() < 0.01, "{}: {sum}", levels[0].words);
            }
        }
    }
}
