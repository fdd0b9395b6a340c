//! Names of speakers over a whole document: the fullest form, and whom "the network" stands for.

use std::ops::Range;

use super::Page;
use super::speaker::Saying;
use super::speaker_name::{name_start, trimmed};
use crate::Speaker;
use crate::accounts::canonical_source;
use crate::lexicon::Tag;
use crate::text::Shape;

/// Words that stand for the last speaker, whatever the speaker's name.
const ANAPHORA: &[&str] = &[
    "it",
    "they",
    "he",
    "she",
    "which",
    "who",
    "monitor",
    "group",
    "report",
    "statement",
    "organisation",
    "organization",
    "body",
    "watchdog",
    "ngo",
    "tally",
    "document",
    "study",
    "investigation",
    "inquiry",
    "war monitor",
    "monitoring group",
    "rights group",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "director",
    "agency",
];

/// The speakers of a document so far.
#[derive(Debug, Default)]
pub(super) struct Voices {
    /// Every speaker named, in order; the fullest form of each.
    named: Vec<String>,
    /// Number of the last one named.
    last: Option<usize>,
    /// The first name is the outlet's: "the group" may be it.
    outlet: bool,
    /// Short forms that the text gives in brackets, with the number of the name.
    short: Vec<(String, usize)>,
}

/// A saying with its speaker's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Voice {
    /// Who says so.
    pub(super) speaker: Speaker,
    /// The chain, last speaker first.
    pub(super) chain: Vec<String>,
    /// First token that is the speaker's.
    pub(super) from: usize,
    /// First token of the speaker's name.
    pub(super) at: usize,
    /// Whoever speaks behind the sentence wins.
    pub(super) weak: bool,
    /// The rule's name.
    pub(super) rule: &'static str,
}

impl Voices {
    /// All names that a document's sayings use, so that the fullest form is known beforehand.
    pub(super) fn of<'s>(page: &Page<'_>, sayings: impl Iterator<Item = &'s Saying>) -> Self {
        let mut voices = Self::default();
        if let Some(outlet) = page.outlet {
            voices.enter(outlet);
            voices.outlet = true;
        }
        voices.in_brackets(page);
        for saying in sayings.filter(|s| !s.stands_for) {
            voices.enter(page.cut.slice(&saying.speaker));
        }
        voices.last = None;
        voices
    }

    /// "The Syrian Observatory for Human Rights (SOHR)": the name, and the short form of it.
    fn in_brackets(&mut self, page: &Page<'_>) {
        for at in 1..page.cut.tokens.len().saturating_sub(2) {
            let bracket = page.cut.word(at) == "(" && page.cut.word(at + 2) == ")";
            let short = page.cut.tokens[at + 1].text;
            if page.arabic || !bracket || !is_acronym(short) {
                continue;
            }
            let start = page.tokens_of(page.sentence_of(at)).start;
            let name = trimmed(page, name_start(page, start, at)..at);
            if name.len() > 1 && page.cut.shape(name.start) == Shape::Capital {
                let number = self.enter(page.cut.slice(&name));
                self.short.push((short.to_owned(), number));
            }
        }
    }

    /// The speaker of a saying; remembered as the last one named. `None` where a pronoun stands
    /// for nobody who was named.
    pub(super) fn hear(&mut self, page: &Page<'_>, saying: &Saying) -> Option<Voice> {
        let words = page.cut.slice(&saying.speaker);
        let number = if saying.stands_for && (page.arabic || saying.rule == "source/by his account")
        {
            // The verb alone: whoever spoke last.
            self.last
        } else if saying.stands_for {
            self.meant(words)
        } else {
            Some(self.enter(words))
        };
        // "The regional governor", spoken of for the first time.
        let pronoun = page.marks.has(saying.speaker.start, |tag| tag == Tag::Pronoun)
            || saying.rule == "source/by his account";
        let number = number.or_else(|| (!pronoun && !page.arabic).then(|| self.enter(words)));
        let text = number.map_or_else(|| words.to_owned(), |n| self.named[n].clone());
        let pronoun = |tag: Tag| tag == Tag::Pronoun || page.arabic && tag == Tag::Say;
        let unknown =
            page.marks.has(saying.speaker.start, pronoun) || saying.rule == "source/by his account";
        if number.is_none() && unknown {
            return None;
        }
        if number.is_some() {
            self.last = number;
        }
        let carrier = saying.carrier.as_ref().map(|c| self.name(page, c));
        let chain = carrier.into_iter().chain([text.clone()]).collect();
        let span = page.cut.span(&saying.speaker);
        let at = saying.speaker.start;
        let speaker = Speaker { text, span };
        let Saying { from, weak, rule, .. } = *saying;
        Some(Voice { speaker, chain, from, at, weak, rule })
    }

    fn name(&mut self, page: &Page<'_>, tokens: &Range<usize>) -> String {
        let words = page.cut.slice(tokens);
        self.full(words).map_or_else(|| words.to_owned(), |n| self.named[n].clone())
    }

    /// Whom a pronoun or "the network" stands for: the last speaker whose name has the noun, else
    /// for a general noun or a pronoun the last speaker.
    fn meant(&self, words: &str) -> Option<usize> {
        let noun = words.to_lowercase();
        let has = |n: &usize| {
            let name = self.named[*n].to_lowercase();
            format!(" {name} ").contains(&format!(" {noun} "))
        };
        if self.outlet && has(&0) && ANAPHORA.contains(&noun.as_str()) {
            return Some(0);
        }
        let heard = self.last?;
        let named = (0..self.named.len()).rev().filter(|n| *n <= heard).find(has);
        // "The report", "it" lean on whoever spoke last; "the president" is somebody of his own.
        named.or_else(|| ANAPHORA.contains(&noun.as_str()).then_some(heard))
    }

    fn enter(&mut self, words: &str) -> usize {
        let number = self.full(words).unwrap_or_else(|| {
            self.named.push(words.to_owned());
            self.named.len() - 1
        });
        let known = &self.named[number];
        let fuller = words.chars().count() > known.chars().count();
        if fuller && !is_acronym(words) {
            self.named[number] = words.to_owned();
        }
        self.last = Some(number);
        number
    }

    /// Number of the speaker that `words` name in another form.
    fn full(&self, words: &str) -> Option<usize> {
        if let Some((_, number)) = self.short.iter().find(|(short, _)| short == words) {
            return Some(*number);
        }
        if let Some(number) = self.named.iter().rposition(|name| is_the(name, words)) {
            return Some(number);
        }
        self.named.iter().position(|name| same_speaker(name, words))
    }
}

/// "المرصد" for "مرصد التلال": the noun with its article for a name that it begins.
fn is_the(name: &str, words: &str) -> bool {
    let bare = words.strip_prefix("ال").filter(|bare| !bare.contains(' '));
    bare.is_some_and(|bare| {
        name.strip_prefix(bare).is_some_and(|rest| rest.starts_with(' '))
            || name.strip_prefix(words).is_some_and(|rest| rest.starts_with(' '))
    })
}

/// Whether two names are forms of one: equal, of one origin in the lexicon, an acronym of the
/// other, or its last word ("Amal Nasser", "Nasser").
pub(super) fn same_speaker(a: &str, b: &str) -> bool {
    let (short, long) = if a.chars().count() < b.chars().count() { (a, b) } else { (b, a) };
    if short.eq_ignore_ascii_case(long) {
        return true;
    }
    match (canonical_source(a), canonical_source(b)) {
        (Some(a), Some(b)) => return a == b,
        (None, None) => {}
        _ => return false,
    }
    let words: Vec<&str> = long.split_whitespace().collect();
    let initials: String =
        words.iter().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    let is_name = short.starts_with(char::is_uppercase)
        && words.iter().all(|w| w.starts_with(char::is_uppercase));
    (is_acronym(short) && initials == short.replace('.', ""))
        || (is_name && words.len() > 1 && words.last() == Some(&short))
}

fn is_acronym(words: &str) -> bool {
    let letters = words.chars().filter(|c| c.is_alphabetic());
    words.chars().count() <= 6
        && letters.clone().count() >= 2
        && letters.clone().all(char::is_uppercase)
}
