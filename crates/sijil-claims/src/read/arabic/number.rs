//! Arabic numbers in words and digits: "ثلاثة وعشرون", "مئة وخمسة", "6 آلاف", "خمسة عشر".

use super::super::Page;
use super::super::quantity::digits;
use crate::lexicon::Tag;
use crate::text::Shape;

/// End and value of the number at `at`.
pub(in super::super) fn number(page: &Page<'_>, at: usize) -> Option<(usize, u64)> {
    let (mut end, mut sum) = term(page, at)?;
    let mut last = sum;
    // "And" joins the terms of one number, from great to small, but the ones before the tens.
    while page.cut.word(end) == "and" && page.cut.shape(end + 1) != Shape::Number {
        let Some((next, value)) = term(page, end + 1) else { break };
        let tens = last < 10 && (20..100).contains(&value) && value.is_multiple_of(10);
        let smaller = last >= 100 && value < magnitude(last);
        if !(tens || smaller) {
            break;
        }
        (end, sum, last) = (next, sum.saturating_add(value), if tens { 100 } else { value });
    }
    Some((end, sum))
}

/// The greatest power of ten that a number reaches.
fn magnitude(value: u64) -> u64 {
    10_u64.pow(value.checked_ilog10().unwrap_or(0))
}

/// A word or digits, with the teens' "عشر" and a scale behind it.
fn term(page: &Page<'_>, at: usize) -> Option<(usize, u64)> {
    let (mut end, mut value) = single(page, at)?;
    let ten = matches!(single_word(page, end), Some(10));
    if value < 10 && ten && page.cut.shape(at) != Shape::Number {
        (end, value) = (end + 1, value + 10);
    }
    while let Some((next, scale)) = scale(page, end).filter(|(_, s)| *s > 1 && value < *s) {
        (end, value) = (next, value.saturating_mul(scale));
    }
    Some((end, value))
}

fn single(page: &Page<'_>, at: usize) -> Option<(usize, u64)> {
    if page.cut.shape(at) == Shape::Number {
        let (whole, tenths) = digits(page.cut.tokens[at].text)?;
        return match (tenths, scale(page, at + 1)) {
            (None, _) => Some((at + 1, whole)),
            (Some(tenths), Some((end, scale))) => {
                let part = tenths.saturating_mul(scale) / 10;
                Some((end, whole.saturating_mul(scale).saturating_add(part)))
            }
            (Some(_), None) => None,
        };
    }
    single_word(page, at).map(|value| (at + 1, value)).or_else(|| scale(page, at))
}

fn single_word(page: &Page<'_>, at: usize) -> Option<u64> {
    // "السبعين": an age or a rank, no count.
    if page.cut.word(at).starts_with("ال") {
        return None;
    }
    page.marks.find(at, |mark| match mark.tag {
        Tag::Number(value) if mark.tokens.len() == 1 => Some(value),
        _ => None,
    })
}

fn scale(page: &Page<'_>, at: usize) -> Option<(usize, u64)> {
    page.marks.find(at, |mark| match mark.tag {
        Tag::Scale(value) => Some((mark.tokens.end, value)),
        _ => None,
    })
}
