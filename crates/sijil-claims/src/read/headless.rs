//! Numbers without a noun: "Thirty-eight, and I fear we are not finished", "Homs, 22; Hama, 19", "the
//! council says 51", "the first wave killed twelve, the second twenty-five".
//!
//! Such a number counts whom the words before it speak of, if it stands where a figure stands and
//! if nothing follows that it could count.

use super::Page;
use super::grammar::{is_auxiliary, is_be, is_preposition};
use super::list::is_year_like;
use super::phrase::Phrase;
use super::quantity::{Amount, AmountKind};
use super::toll::Toll;
use crate::Act;
use crate::lexicon::{Form, Tag};
use crate::text::{Sentence, Shape};

/// Sentences behind a toll in which a number without a noun may count the same people.
const REACH: usize = 3;

/// Words of a question or of a label that says what the numbers behind it are of.
const LONGEST_LABEL: usize = 8;

/// The act of a number without a noun.
pub(super) fn headless(
    page: &Page<'_>,
    sentence: &Sentence,
    amount: &Amount,
    phrase: &Phrase,
    out: &[Toll],
    before: &[Toll],
) -> Option<Act> {
    let number = amount.kind == AmountKind::Number;
    if page.arabic || !number || !phrase.tokens.is_empty() || is_year_like(page, amount) {
        return None;
    }
    let labelled = is_labelled(page, sentence, amount);
    let stands = labelled || amount.quantity.low > 1 && stands(page, sentence, amount);
    if !stands || !ends(page, sentence, amount) {
        return None;
    }
    let act = topic(page, sentence, amount, out, before)?;
    // "Fifty-one have been let go": of people taken, and of nobody else.
    let behind = amount.tokens.end..(amount.tokens.end + 6).min(sentence.tokens.end);
    let free = page.marks.within(&behind).iter().any(|m| m.tag == Tag::Custody);
    (!free || matches!(act, Act::Detained | Act::Abducted)).then_some(act)
}

/// Whether an amount stands where a figure stands: at the head of a sentence, a quotation or a
/// clause, or behind what gives a figure.
fn stands(page: &Page<'_>, sentence: &Sentence, amount: &Amount) -> bool {
    let start = amount.tokens.start;
    let word = |t: usize| page.cut.word(t);
    if start == sentence.tokens.start {
        return true;
    }
    let figure = (start.saturating_sub(5).max(sentence.tokens.start)..start)
        .any(|t| page.marks.has(t, |tag| matches!(tag, Tag::Toll | Tag::Counts)));
    match word(start - 1) {
        "\"" | "\u{201C}" | "," | ";" => true,
        ":" => !is_other_label(page, sentence.tokens.start..start - 1),
        // "In the morning it was 53. Then a hundred."
        "then" | "makes" | "make" | "making" => true,
        "was" | "is" if start >= 2 && word(start - 2) == "it" => true,
        "is" | "was" | "to" | "at" | "of" | "now" => figure,
        // "The Office had 803 for the coast".
        "had" | "has" | "have" => page.cut.word(amount.tokens.end) == "for",
        _ => page.marks.has(start - 1, |tag| matches!(tag, Tag::Say | Tag::Counts | Tag::Gives)),
    }
}

/// "Labs destroyed: 110", "938 testimonies: 452": a label that names neither people nor what was done
/// to them, or things beside them.
fn is_other_label(page: &Page<'_>, label: std::ops::Range<usize>) -> bool {
    let from = label.end.saturating_sub(LONGEST_LABEL).max(label.start);
    let near = from..label.end;
    let has = |wanted: fn(Tag) -> bool| near.clone().any(|t| page.marks.has(t, wanted));
    let told = has(|tag| {
        matches!(tag, Tag::Act(..) | Tag::Toll | Tag::Victims(..) | Tag::Group(_) | Tag::Opens)
            || matches!(tag, Tag::Head(_) | Tag::Named(_) | Tag::Violation(_) | Tag::SpeakerNoun)
    });
    let placed = near.clone().any(|t| page.place_covers(t) || page.is_date(t));
    has(|tag| tag == Tag::Stop) || !(told || placed || near.len() <= 1)
}

/// "Hama, 19", "the National Council 76", "the second twenty-five": whose figure it is stands right
/// before it, in a list of such pairs.
fn is_labelled(page: &Page<'_>, sentence: &Sentence, amount: &Amount) -> bool {
    let Some(mut last) = amount.tokens.start.checked_sub(1) else { return false };
    last -= usize::from(matches!(page.cut.word(last), "," | ":") && last > sentence.tokens.start);
    if last < sentence.tokens.start {
        return false;
    }
    let capital = page.cut.shape(last) == Shape::Capital;
    let named = capital && (page.place_covers(last) || page.party_covers(last))
        || page.party_covers(last)
        || capital && page.marks.has(last, |tag| tag == Tag::SpeakerNoun);
    let nth =
        |t: usize| matches!(page.cut.word(t), "first" | "second" | "third" | "last" | "other");
    // "The second twenty-five", "the second wave twenty-five".
    let noun = usize::from(!nth(last) && page.cut.shape(last) == Shape::Lower);
    let ordinal = last > sentence.tokens.start + noun && nth(last - noun);
    let last = last - noun.min(last);
    let closed = matches!(page.cut.word(amount.tokens.end), ";" | "." | "," | "and" | ")");
    (named || ordinal && page.cut.word(last.saturating_sub(1)) == "the") && closed
}

/// Whether nothing follows that the number could count.
fn ends(page: &Page<'_>, sentence: &Sentence, amount: &Amount) -> bool {
    let (start, end) = (amount.tokens.start, amount.tokens.end);
    let next = page.cut.word(end);
    let opens = start == sentence.tokens.start;
    let alone = page.cut.shape(end) == Shape::Mark
        && !matches!(next, "-" | "/" | "%" | "(" | "'s" | "\u{2019}s" | ":");
    // A list's own numbers stand alone at the head of a line: "1. The first".
    let numbering = opens && page.cut.shape(start) == Shape::Number && alone;
    let verb = is_be(next) && !matches!(next, "got" | "get")
        || matches!(next, "have" | "had" | "has")
            && matches!(page.cut.word(end + 1), "been" | "their" | "no" | "not" | "died")
        || is_auxiliary(next) && !is_be(next) && !matches!(next, "have" | "had" | "has" | "got");
    let asked = page.cut.word(sentence.tokens.end - 1) == "?";
    let goes_on = verb
        || matches!(next, "still" | "more" | "so" | "and" | "but" | "or")
        || is_preposition(next) && !matches!(next, "of" | "to" | "per" | "than" | "as");
    // "In 2 of", "for six": at the head of a sentence a number before these is another's.
    let unit = matches!(next, "in" | "for") && opens;
    (alone || goes_on) && !unit && !numbering && !asked
}

/// What the words before an amount speak of: the last toll, or a question or label nearer than it.
fn topic(
    page: &Page<'_>,
    sentence: &Sentence,
    amount: &Amount,
    out: &[Toll],
    before: &[Toll],
) -> Option<Act> {
    if let Some(last) = out.last() {
        return Some(paired(amount, last, out, before));
    }
    let here = page.sentence_of(amount.tokens.start);
    let from = sentence.tokens.start;
    for number in (here.saturating_sub(REACH)..here).rev() {
        // Of "12 killed and 30 wounded" a number speaks of the killed first.
        let mut there = before.iter().filter(|t| t.sentence == number);
        if let Some(first) = there.clone().find(|t| t.act == Act::Killed).or_else(|| there.next()) {
            return Some(first.act);
        }
        let tokens = page.tokens_of(number);
        let asks = page.cut.word(tokens.end - 1) == "?" || tokens.len() <= LONGEST_LABEL;
        if asks
            && tokens.end <= from
            && let Some(act) = act_of(page, tokens)
        {
            return Some(act);
        }
    }
    None
}

/// "The day before it had said 22 and 59": the second number behind "12 killed and 30 wounded".
fn paired(amount: &Amount, last: &Toll, out: &[Toll], before: &[Toll]) -> Act {
    let bare = last.trigger.is_none() && last.phrase.tokens.is_empty() && out.len() == 1;
    let joined = last.amount.tokens.end + 1 == amount.tokens.start;
    let pair = before.iter().rev().take(2).map(|t| (t.act, t.sentence)).collect::<Vec<_>>();
    match pair[..] {
        [(second, a), (first, b)] if bare && joined && a == b && first == last.act => second,
        _ => last.act,
    }
}

fn act_of(page: &Page<'_>, tokens: std::ops::Range<usize>) -> Option<Act> {
    page.marks.within(&tokens).iter().rev().find_map(|mark| match mark.tag {
        Tag::Act(act, form) if form != Form::Active => Some(act),
        _ => None,
    })
}
