//! What an amount counts: the noun phrase behind it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Page;
use super::grammar::{ends_phrase, is_be, is_determiner};
use super::quantity::{Amount, AmountKind};
use crate::lexicon::{Count, Form, Tag};
use crate::text::Shape;
use crate::{Act, Victims};

/// Words that a phrase may have before it is taken for a clause.
const LONGEST: usize = 9;

/// The noun phrase behind an amount.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its tokens, from the amount's end; possibly none.
    pub(super) tokens: Range<usize>,
    /// Kinds of victims named.
    pub(super) victims: BTreeSet<Victims>,
    /// People are named, with or without a kind.
    pub(super) people: bool,
    /// Group named, by its number in the lexicon.
    pub(super) group: Option<u16>,
    /// An act that a noun of the phrase stands for ("deaths"), with its token.
    pub(super) act: Option<(Act, usize)>,
    /// Its last noun makes the number no toll.
    pub(super) stop: bool,
    /// It counts suspects: a toll only of the detained.
    pub(super) suspects: bool,
    /// It points back at people counted before: "12 of them", "32 of the killings".
    pub(super) points_back: bool,
    /// The number that it is out of: nine in "two of the nine".
    pub(super) out_of: Option<u64>,
    /// Its words are none that the lexicon knows.
    pub(super) unknown: bool,
    /// An "of" has been passed: what follows owns the people counted.
    pub(super) owned: bool,
}

impl Phrase {
    /// The phrase behind `amount`, up to `end`.
    pub(super) fn behind(page: &Page<'_>, amount: &Amount, end: usize) -> Self {
        let mut phrase = Self { tokens: amount.tokens.end..amount.tokens.end, ..Self::default() };
        if matches!(amount.kind, AmountKind::Singular | AmountKind::Family) {
            phrase.within(page, &amount.tokens);
        }
        // "(17) martyrs": the bracket belongs to the number.
        let bracket = page.cut.word(amount.tokens.end) == ")"
            && amount.tokens.start.checked_sub(1).is_some_and(|b| page.cut.word(b) == "(")
            && page.cut.shape(amount.tokens.end + 1) == Shape::Lower;
        let start = amount.tokens.end + usize::from(bracket);
        let limit = end.min(start + LONGEST);
        let mut at = start;
        while at < limit {
            match phrase.step(page, at, start, limit) {
                Some(next) => at = next,
                None => break,
            }
        }
        phrase.tokens = start.min(at)..at;
        phrase
    }

    /// Takes the noun that stands within the amount: "a woman", "two brothers"; of "the woman's
    /// grandson" the one counted.
    fn within(&mut self, page: &Page<'_>, tokens: &Range<usize>) {
        self.people = true;
        let owner = |t: &usize| matches!(page.cut.word(*t), "'s" | "\u{2019}s");
        let from = tokens.clone().rev().find(owner).unwrap_or(tokens.start);
        for mark in page.marks.within(&(from..tokens.end)) {
            self.take(mark.tag, mark.tokens.start);
        }
    }

    /// The token after what is taken at `at`; `None` where the phrase ends.
    fn step(&mut self, page: &Page<'_>, at: usize, start: usize, limit: usize) -> Option<usize> {
        let word = page.cut.word(at);
        if page.is_date(at) || page.amount_starts(at, limit) {
            return None;
        }
        if word == "of" {
            return self.of(page, at, start);
        }
        if word == "from" && self.has_members(page, start..at) && page.place_at(at + 1).is_none() {
            return Some(at + 1);
        }
        if page.arabic && at == start && matches!(word, "منهم" | "منها" | "منهن") {
            self.points_back = true;
            return Some(at + 1);
        }
        if matches!(word, "them" | "whom" | "those" | "these") && at == start + 1 {
            self.points_back = true;
            return Some(at + 1);
        }
        // "12 of them were women", "9 were children".
        let described = self.counts_people(page, at + 1)
            || page.cut.shape(at + 1) == Shape::Lower
                && !ends_phrase(page.cut.word(at + 1))
                && !is_determiner(page.cut.word(at + 1))
                && act_of(page, at + 1).is_none()
                && self.counts_people(page, at + 2);
        if (self.points_back || at == start) && is_be(word) && described {
            return Some(at + 1);
        }
        // "'At least 60' on the government side": the quotation ends with the number.
        let closes = matches!(word, "\"" | "\u{201D}" | "\u{2019}")
            && at == start
            && (page.cut.shape(at + 1) == Shape::Mark || ends_phrase(page.cut.word(at + 1)));
        if closes {
            return None;
        }
        if matches!(word, "and" | "or" | ",") && at > start && self.continues(page, at + 1, start) {
            return Some(at + 1);
        }
        let glue = matches!(word, "'s" | "\u{2019}s" | "\"" | "\u{201C}" | "\u{201D}" | "\u{2018}")
            || (word == "-" && !page.cut.tokens[at].spaced);
        if (page.cut.shape(at) == Shape::Mark && !glue)
            || (ends_phrase(word) && !is_determiner(word))
        {
            return None;
        }
        self.word(page, at)
    }

    /// The token after an "of" at `at`: "of them", "of the dead", "of the nine", "of theirs".
    fn of(&mut self, page: &Page<'_>, at: usize, start: usize) -> Option<usize> {
        let next = page.cut.word(at + 1);
        if at == start {
            // "Four stand accused of rape and one of murder": a charge, and nobody's death.
            if page.marks.has(at + 1, |tag| tag == Tag::Charge) {
                self.stop = true;
                return None;
            }
            if matches!(next, "theirs" | "ours" | "his" | "hers") {
                let alone = page.cut.shape(at + 2) == Shape::Mark;
                self.points_back |= alone;
                return alone.then_some(at + 2);
            }
            let again = matches!(next, "the" | "these" | "those");
            if let Some(act) = again.then(|| act_of(page, at + 2)).flatten() {
                self.act = Some((act, at + 2));
                (self.points_back, self.owned) = (true, true);
                return Some(at + 3);
            }
            // "Two of the nine".
            if let Some((end, whole)) = again.then(|| page.number_at(at + 2)).flatten() {
                self.out_of = Some(whole);
                (self.points_back, self.owned) = (true, true);
                return Some(end);
            }
        }
        let leads =
            at == start || self.people || self.act.is_some() || self.has_members(page, start..at);
        self.owned |= self.people || self.points_back;
        (leads && page.place_at(at + 1).is_none()).then_some(at + 1)
    }

    fn counts_people(&self, page: &Page<'_>, at: usize) -> bool {
        page.marks.has(at, |tag| matches!(tag, Tag::Victims(..) | Tag::Group(_)))
    }

    fn has_members(&self, page: &Page<'_>, tokens: Range<usize>) -> bool {
        page.marks.within(&tokens).iter().any(|m| m.tag == Tag::Members)
    }

    /// "Women and children", "security, police and army personnel": more nouns for one number.
    fn continues(&self, page: &Page<'_>, at: usize, start: usize) -> bool {
        let noun = |at: usize| {
            page.marks.has(at, |tag| {
                matches!(tag, Tag::Victims(_, Count::Many) | Tag::Members)
                    || matches!(tag, Tag::Group(_))
            })
        };
        let knows = start < at - 1 && (self.people || !self.victims.is_empty());
        knows
            && !page.amount_starts(at, page.cut.tokens.len())
            && (noun(at) && !self.is_subject(page, at))
    }

    /// Whether the noun at `at` is the subject of a clause of its own: "…, gunmen killed".
    fn is_subject(&self, page: &Page<'_>, at: usize) -> bool {
        (at..at + 4).any(|t| page.marks.has(t, |tag| matches!(tag, Tag::Attack(_) | Tag::Say)))
    }

    fn word(&mut self, page: &Page<'_>, at: usize) -> Option<usize> {
        let marks = page.marks.at(at);
        // "16 شخصا من أبناء مدينة": what the people are of is not what is counted.
        let of = page.arabic && self.people && marks.iter().any(|m| m.tag == Tag::Stop);
        if of || marks.iter().any(|m| m.tag == Tag::Before) {
            return None;
        }
        let verb = marks
            .iter()
            .any(|m| matches!(m.tag, Tag::Act(_, Form::Past | Form::Active | Form::State)));
        let noun = marks.iter().any(|m| {
            matches!(
                m.tag,
                Tag::Victims(..)
                    | Tag::Kin(_)
                    | Tag::Act(_, Form::Noun)
                    | Tag::Stop
                    | Tag::Suspect
                    | Tag::Members
            )
        });
        // "12 killed": the act follows and is no noun; "12 wounded people" goes on to the noun.
        if verb && !noun && !leads_to_noun(page, at) {
            return None;
        }
        // "Two documented incidents", but "12 reported by the Office".
        let says = marks.iter().any(|m| matches!(m.tag, Tag::Say | Tag::Counts));
        let participle = says && page.cut.word(at).ends_with("ed") && leads_to_noun(page, at);
        let opens = marks.iter().any(|m| m.tag == Tag::Opens);
        if (opens || says && !participle) && !noun {
            return None;
        }
        // "118 missing men", "11 detained men": the participle is the act if no verb says another.
        if verb && !noun && !page.arabic {
            let act = marks.iter().find_map(|m| match m.tag {
                Tag::Act(act, Form::Past | Form::State) => Some(act),
                _ => None,
            });
            self.act = self.act.or(act.map(|act| (act, at)));
        }
        let mut end = at + 1;
        let mut known = false;
        for mark in marks {
            known |= self.take(mark.tag, at);
            if matches!(mark.tag, Tag::Victims(..) | Tag::Stop | Tag::Act(_, Form::Noun)) {
                end = end.max(mark.tokens.end);
            }
        }
        if !known && !is_determiner(page.cut.word(at)) && page.cut.shape(at) != Shape::Mark {
            self.unknown = true;
        }
        Some(end)
    }

    fn take(&mut self, tag: Tag, at: usize) -> bool {
        match tag {
            Tag::Victims(kind, _) => {
                self.victims.extend(kind);
                self.people = true;
                self.stop = false;
                self.unknown = false;
            }
            // "Three families" count no people; "a family of five" is read elsewhere.
            Tag::Family if !self.people => self.stop = true,
            Tag::Kin(_) | Tag::Family | Tag::Members => {
                self.people = true;
                self.stop = false;
                self.unknown = false;
            }
            Tag::Group(number) => {
                self.group = self.group.or(Some(number));
                self.people = true;
            }
            Tag::Suspect => {
                self.suspects = true;
                self.unknown = false;
            }
            Tag::Act(act, Form::Noun) => {
                self.act = self.act.or(Some((act, at)));
                self.stop = false;
            }
            // "Two of the dead were employees of the city": what owns them is not counted.
            Tag::Stop if self.owned && (self.people || self.points_back) => return true,
            Tag::Stop => {
                self.stop = true;
                self.unknown = false;
            }
            _ => return false,
        }
        true
    }

    /// Whether nothing stands behind the amount that could be counted.
    pub(super) fn is_empty(&self) -> bool {
        (self.tokens.is_empty() || self.points_back) && !self.people
    }
}

/// The act that a word for the people of a toll stands for: "nine of the dead".
fn act_of(page: &Page<'_>, at: usize) -> Option<Act> {
    page.marks.find(at, |m| match m.tag {
        Tag::Act(act, form) if form != Form::Active => Some(act),
        _ => None,
    })
}

/// Whether the participle at `at` stands before a noun: "12 wounded people".
fn leads_to_noun(page: &Page<'_>, at: usize) -> bool {
    let verb = page.marks.at(at).iter().filter(|m| matches!(m.tag, Tag::Act(..)));
    let end = verb.map(|m| m.tokens.end).max().unwrap_or(at + 1);
    let noun = |tag: Tag| matches!(tag, Tag::Victims(..) | Tag::Members | Tag::Stop);
    (end..end + 2).any(|t| page.marks.has(t, noun))
        && !ends_phrase(page.cut.word(end))
        && page.cut.shape(end) != Shape::Mark
}
