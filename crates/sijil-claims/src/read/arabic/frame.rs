//! Who is held responsible in an Arabic sentence: the party behind the verb, behind "على يد", or
//! behind what kills.

use super::super::Page;
use super::super::blame::Frame;
use super::is_mark;
use crate::lexicon::{Beside, Blame, Form, Tag};
use crate::text::Sentence;

/// Words between a verb and its subject.
const NEAR: usize = 2;

/// Words between "على يد" or a weapon and the party.
const FAR: usize = 6;

/// All frames of a sentence, in order of their anchors.
pub(in super::super) fn frames(page: &Page<'_>, sentence: &Sentence) -> Vec<Frame> {
    let mut out: Vec<Frame> = Vec::new();
    for at in sentence.tokens.clone() {
        for mark in page.marks.at(at) {
            let (reach, rule) = match mark.tag {
                Tag::Act(_, Form::Past) => (NEAR, "party/subject of act"),
                Tag::Attack(_) => (NEAR, "party/attacker"),
                Tag::Blame(Blame::By) => (FAR, "party/by"),
                Tag::Blame(Blame::On) => (FAR, "party/blamed on"),
                Tag::Blame(Blame::Object) => (FAR + FAR, "party/object of blame"),
                Tag::Beside(Beside::Weapon) | Tag::Event(_) => (FAR, "party/whose attack"),
                _ => continue,
            };
            let from = mark.tokens.end;
            let first = page.party_from(from, from + reach, sentence.tokens.end);
            let object = mark.tag == Tag::Blame(Blame::Object);
            let first =
                first.filter(|n| object || is_clear(page, from, page.parties[*n].tokens.start));
            let Some(first) = first else { continue };
            let parties = coordinated(page, first);
            let anchor = mark.tokens.clone();
            out.push(Frame { anchor, parties, target: None, rule });
        }
    }
    out.dedup();
    out
}

/// Whether nothing but words that describe lies between a verb and a party.
fn is_clear(page: &Page<'_>, from: usize, to: usize) -> bool {
    !(from..to).any(|t| {
        is_mark(page, t)
            || page.amount_starts(t, to)
            || matches!(page.cut.word(t), "on" | "that" | "to" | "with" | "between")
            || page.marks.has(t, |tag| matches!(tag, Tag::Act(..) | Tag::Say))
    })
}

/// The party and those that follow it with "and".
fn coordinated(page: &Page<'_>, first: usize) -> Vec<usize> {
    let mut last = first;
    while let Some(next) = page.parties.get(last + 1) {
        let between = page.parties[last].tokens.end..next.tokens.start;
        let joined = between.len() == 1 && page.cut.word(between.start) == "and";
        if !joined {
            break;
        }
        last += 1;
    }
    (first..=last).collect()
}
