//! What Arabic puts in another order than English: the verb before its subject, the owner behind
//! what is owned, the speaker behind the verb of saying. All else is read by the common rules.

mod evidence;
mod frame;
mod number;
mod party;
mod person;
mod place;
mod speaker;

pub(super) use evidence::{ahead, noun_or_verb};
pub(super) use frame::frames;
pub(super) use number::number;
pub(super) use party::party;
pub(super) use person::{name_at, people};
pub(super) use place::worded;
pub(super) use speaker::sayings;

use super::Page;
use crate::text::Shape;

/// Whether the token at `at` ends whatever stands before it: a mark, or the end of the text.
fn is_mark(page: &Page<'_>, at: usize) -> bool {
    page.cut.shape(at) == Shape::Mark
}

/// Whether a word of a text has a name of the rules: a small word, not a noun or a verb.
fn is_small(page: &Page<'_>, at: usize) -> bool {
    let word = page.cut.word(at);
    word.is_ascii() && page.cut.shape(at) != Shape::Number
}
