//! Amounts: numbers in digits and words, their qualifiers, ranges and vague words, with bounds.

use std::ops::Range;

use super::Page;
use super::other_number::is_other_number;
use super::singular::{few, singular};
use crate::lexicon::{Count, Tag};
use crate::text::Shape;
use crate::{Qualifier, Quantity};

/// An expression of how many, before anybody knows of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    /// Its tokens, qualifier and all.
    pub(super) tokens: Range<usize>,
    /// Its bounds.
    pub(super) quantity: Quantity,
    /// What it is written as.
    pub(super) kind: AmountKind,
}

/// How an amount is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AmountKind {
    /// A number in digits or words.
    Number,
    /// A vague word.
    Vague,
    /// A singular: "a woman"; the tokens hold the noun.
    Singular,
    /// A victim by name.
    Named,
    /// "A family of five"; the tokens hold all of it.
    Family,
}

/// All amounts of a sentence, in order, none within another. Dates are none.
pub(super) fn amounts(page: &Page<'_>, sentence: &Range<usize>) -> Vec<Amount> {
    let mut out = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        match amount(page, at, sentence.end) {
            Some(amount) => {
                at = amount.tokens.end;
                out.push(amount);
            }
            None => at += 1,
        }
    }
    out
}

fn amount(page: &Page<'_>, at: usize, end: usize) -> Option<Amount> {
    if page.is_date(at) {
        return None;
    }
    let vague = |t: usize| page.marks.has(t, |tag| matches!(tag, Tag::Vague(_)));
    // "عشرات آخرون" is one amount, and "آخرون" its noun.
    if page.arabic && at > 0 && vague(at) && (vague(at - 1) || page.number_at(at - 1).is_some()) {
        return None;
    }
    let found = if page.arabic {
        between(page, at)
            .or_else(|| qualified(page, at))
            .or_else(|| super::arabic::people(page, at))?
    } else {
        few(page, at)
            .or_else(|| between(page, at))
            .or_else(|| qualified(page, at))
            .or_else(|| singular(page, at))?
    };
    let tokens = found.tokens.clone();
    let clean = tokens.end <= end && !tokens.clone().any(|t| page.is_date(t));
    (clean && !is_other_number(page, &tokens)).then_some(found)
}

/// "Between 10 and 15".
fn between(page: &Page<'_>, at: usize) -> Option<Amount> {
    if page.cut.word(at) != "between" {
        return None;
    }
    let (middle, low) = number(page, at + 1)?;
    let (end, high) = (page.cut.word(middle) == "and").then(|| number(page, middle + 1))??;
    (low < high).then(|| made(at..end, low, Some(high), Qualifier::About, AmountKind::Number))
}

/// A number or a vague word, with the qualifiers before it.
fn qualified(page: &Page<'_>, at: usize) -> Option<Amount> {
    let mut from = at;
    let mut qualifier = None;
    for _ in 0..2 {
        let next = page.marks.at(from).iter().find_map(|mark| match mark.tag {
            Tag::Qualifier(q) => Some((mark.tokens.end, q)),
            _ => None,
        });
        let Some((end, q)) = next else { break };
        // "Some" before a noun is a vague amount and bounds nothing.
        if value(page, end).is_none() {
            break;
        }
        // "At least some 30": the first word bounds, the second softens.
        qualifier = qualifier.or(Some(q));
        from = end;
    }
    let below = page.marks.find(at, |m| (m.tag == Tag::Below).then_some(m.tokens.end));
    if let Some((end, top)) = below.and_then(|from| number(page, from))
        && qualifier.is_none()
    {
        let kind = AmountKind::Number;
        return Some(made(at..end, 0, Some(top.saturating_sub(1)), Qualifier::UpTo, kind));
    }
    let (mut end, low, high, kind) = value(page, from)?;
    if page.cut.word(end) == "+" && !page.cut.tokens[end].spaced {
        return Some(bounded(at..end + 1, low, high, Some(Qualifier::AtLeast), kind));
    }
    if let Some(end) = behind_odd(page, end).filter(|_| kind == AmountKind::Number) {
        return Some(bounded(at..end, low, high, qualifier.or(Some(Qualifier::About)), kind));
    }
    let word = page.cut.word(end);
    if word == "or" && matches!(page.cut.word(end + 1), "more" | "so") {
        let more = page.cut.word(end + 1) == "more";
        qualifier = Some(if more { Qualifier::AtLeast } else { Qualifier::About });
        end += 2;
    } else if qualifier.is_none() && kind == AmountKind::Number && joins_range(page, end) {
        if let Some((range_end, top)) = number(page, end + 1).filter(|(_, top)| *top > low)
            && !is_rise(page, at)
        {
            return Some(made(at..range_end, low, Some(top), Qualifier::About, kind));
        }
        if word == "to" && is_rise(page, at) && number(page, end + 1).is_some() {
            // "From 803 to 1,334": the old figure is no statement of this text.
            return None;
        }
    }
    if let Some((end, top)) = alternative(page, end, low).filter(|_| kind == AmountKind::Number) {
        return Some(made(at..end, low, Some(top), Qualifier::About, kind));
    }
    if qualifier.is_none() && ends_with_bound(page, end) {
        qualifier = Some(Qualifier::AtLeast);
    }
    // "Two brothers": the noun belongs to the expression.
    if let Some(kin) =
        page.marks.find(end, |m| (m.tag == Tag::Kin(Count::Many)).then_some(m.tokens.end))
    {
        return Some(bounded(at..kin, low, high, qualifier, AmountKind::Family));
    }
    Some(bounded(at..end, low, high, qualifier, kind))
}

/// Whether the word at `at` may join the ends of a range: "10 to 15", "10-15", "10 - 15", but not the long
/// dash of an aside.
fn joins_range(page: &Page<'_>, at: usize) -> bool {
    matches!(page.cut.word(at), "to" | "-")
        || page.cut.tokens.get(at).is_some_and(|t| matches!(t.text, "-" | "\u{2013}"))
}

/// End of what softens the number that ends at `end`: "20-odd", "fifty-odd".
fn behind_odd(page: &Page<'_>, end: usize) -> Option<usize> {
    let joined = page.cut.word(end - 1).ends_with("-odd");
    let dash = end + usize::from(page.cut.word(end) == "-" && !page.cut.tokens[end].spaced);
    if joined {
        return Some(end);
    }
    (page.cut.word(dash) == "odd").then_some(dash + 1)
}

/// How far apart the numbers of "two or three" may be.
const NEXT: u64 = 5;

/// "Two or three", "six or seven": end and value of the greater number.
fn alternative(page: &Page<'_>, end: usize, low: u64) -> Option<(usize, u64)> {
    let (to, top) = (page.cut.word(end) == "or").then(|| number(page, end + 1))??;
    (top > low && top - low <= NEXT.max(low / 2)).then_some((to, top))
}

/// "12 people at least": the bound stands behind the noun.
fn ends_with_bound(page: &Page<'_>, end: usize) -> bool {
    (end..end + 4).take_while(|t| *t == end || page.cut.shape(*t) != Shape::Mark).any(|t| {
        page.marks.at(t).iter().any(|m| {
            let bound = m.tag == Tag::Qualifier(Qualifier::AtLeast);
            bound && page.number_at(m.tokens.end).is_none()
        })
    })
}

/// "Rose from 803 to 1,334" rather than "from 10 to 15 people".
fn is_rise(page: &Page<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|b| page.cut.word(b) == "from")
}

/// The bounds that a qualifier gives, as the contract of `sijil claims` writes them down.
fn bounded(
    tokens: Range<usize>,
    value: u64,
    high: Option<u64>,
    qualifier: Option<Qualifier>,
    kind: AmountKind,
) -> Amount {
    let vague = kind == AmountKind::Vague;
    let (low, high, qualifier) = match qualifier {
        Some(Qualifier::AtLeast) => (value, None, Qualifier::AtLeast),
        Some(Qualifier::MoreThan) => (value.saturating_add(1), None, Qualifier::MoreThan),
        Some(Qualifier::UpTo) if !vague => (0, Some(value), Qualifier::UpTo),
        Some(q @ (Qualifier::About | Qualifier::Nearly)) if !vague => (value, high, q),
        _ if vague => (value, None, Qualifier::Vague),
        _ => (value, high, Qualifier::Exact),
    };
    made(tokens, low, high, qualifier, kind)
}

/// An amount with these bounds.
pub(super) fn made(
    tokens: Range<usize>,
    low: u64,
    high: Option<u64>,
    qualifier: Qualifier,
    kind: AmountKind,
) -> Amount {
    Amount { tokens, quantity: Quantity { low, high, qualifier }, kind }
}

/// End, low, high and kind of the number or vague word at `at`.
fn value(page: &Page<'_>, at: usize) -> Option<(usize, u64, Option<u64>, AmountKind)> {
    // The longer of the two: "several hundred" is no "several", "a hundred" is a number.
    let vague = page.marks.find(at, |mark| match mark.tag {
        Tag::Vague(least) => Some((mark.tokens.end, least)),
        _ => None,
    });
    if let Some((end, least)) = vague {
        // "Some 30": a qualifier.
        if number(page, end).is_some() {
            return None;
        }
        return Some((end, least, None, AmountKind::Vague));
    }
    number(page, at).map(|(end, value)| (end, value, Some(value), AmountKind::Number))
}

/// End and value of a number in digits or words.
pub(super) fn number(page: &Page<'_>, at: usize) -> Option<(usize, u64)> {
    let cut = &page.cut;
    if page.arabic {
        return super::arabic::number(page, at);
    }
    if cut.shape(at) == Shape::Number {
        let (whole, tenths) = digits(cut.tokens[at].text)?;
        return match scale(page, at + 1) {
            Some((end, scale)) => {
                let tenths = tenths.unwrap_or(0).saturating_mul(scale) / 10;
                Some((end, whole.saturating_mul(scale).saturating_add(tenths)))
            }
            None if tenths.is_none() => Some((at + 1, whole)),
            None => None,
        };
    }
    in_words(page, at)
}

/// The value of digits with separators of thousands; a decimal part of one digit apart.
pub(super) fn digits(text: &str) -> Option<(u64, Option<u64>)> {
    let plain: String =
        text.chars().map(|c| sijil_text::letters::ascii_digit(c).unwrap_or(c)).collect();
    let groups: Vec<&str> = plain.split([',', '.', '\u{66C}', '\u{66B}']).collect();
    if groups.iter().any(|g| g.is_empty() || !g.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    // "1,383", and "1.018" from a text whose comma was lost.
    let thousands = groups[1..].iter().all(|g| g.len() == 3) && groups[0].len() <= 3;
    match groups.as_slice() {
        [one] => Some((one.parse().ok()?, None)),
        _ if thousands => Some((groups.concat().parse().ok()?, None)),
        [whole, tenths] if tenths.len() == 1 => {
            Some((whole.parse().ok()?, Some(tenths.parse().ok()?)))
        }
        _ => None,
    }
}

fn scale(page: &Page<'_>, at: usize) -> Option<(usize, u64)> {
    page.marks.find(at, |mark| match mark.tag {
        Tag::Scale(value) => Some((mark.tokens.end, value)),
        _ => None,
    })
}

fn in_words(page: &Page<'_>, at: usize) -> Option<(usize, u64)> {
    let word = page.cut.word(at);
    let article = match word {
        "a" | "an" => Some(1),
        _ => None,
    };
    if word == "half" && page.cut.word(at + 1) == "a" && page.cut.word(at + 2) == "dozen" {
        return Some((at + 3, 6));
    }
    let (mut end, mut sum) = match article {
        Some(one) if scale(page, at + 1).is_some() => (at + 1, one),
        Some(_) => return None,
        None => (at + 1, small(page, at)?),
    };
    // "One hundred and twenty-five", "two thousand three hundred".
    let mut total = 0_u64;
    loop {
        if let Some((next, scale)) = scale(page, end) {
            sum = sum.saturating_mul(scale);
            end = next;
            if scale >= 1000 {
                total = total.saturating_add(sum);
                sum = 0;
            }
            continue;
        }
        let joint = end + usize::from(page.cut.word(end) == "and" && (sum >= 100 || total > 0));
        match small(page, joint) {
            Some(value) if value < 100 && sum.is_multiple_of(10) && (sum >= 20 || total > 0) => {
                // "Twenty five" yes, "two and three" no.
                if sum < 100 && (value > 9 || joint != end) {
                    break;
                }
                (end, sum) = (joint + 1, sum.saturating_add(value));
            }
            _ => break,
        }
    }
    Some((end, total.saturating_add(sum)))
}

/// A number word below a hundred, "twenty-five" included.
fn small(page: &Page<'_>, at: usize) -> Option<u64> {
    let named = |word: &str| page.number_word(word);
    let word = page.cut.word(at);
    if page.cut.shape(at) == Shape::Mark {
        return None;
    }
    match word.split_once('-') {
        // "Fifty-odd".
        Some((tens, "odd")) => named(tens),
        Some((tens, ones)) => {
            let (tens, ones) = (named(tens)?, named(ones)?);
            (tens >= 20 && ones < 10).then_some(tens + ones)
        }
        None => named(word),
    }
}

/// Whether a number or a vague word, with or without a qualifier, begins at `at`.
pub(super) fn starts(page: &Page<'_>, at: usize) -> bool {
    // Most words begin none: look at the cheap signs first.
    let sign = page.cut.shape(at) == Shape::Number
        || page.marks.has(at, |tag| {
            matches!(tag, Tag::Qualifier(_) | Tag::Vague(_) | Tag::Number(_) | Tag::Scale(_))
                || matches!(tag, Tag::Below | Tag::Victims(_, Count::Two) | Tag::Kin(Count::Two))
        })
        || matches!(page.cut.word(at), "a" | "an" | "half")
        || page.cut.word(at).contains('-');
    sign && (qualified(page, at).is_some()
        || page.arabic && super::arabic::people(page, at).is_some())
}
