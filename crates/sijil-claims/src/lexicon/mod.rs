//! The lexicon: which words and phrases mean what. Data files, no rules.
//!
//! A phrase matches whole words in folded form. Where several phrases of one category begin at a
//! word the longest counts, and none of the category begins inside it: "security forces" is not
//! also "forces".

mod arabic;
mod files;
mod tag;

use std::collections::HashMap;
use std::mem::discriminant;
use std::ops::Range;
use std::sync::LazyLock;

pub(crate) use tag::{
    Beside, Blame, Count, Form, HeadKind, Link, NationWord, SideWord, Tag, WhereWord,
};

use crate::PartyClass;
use crate::text::{Cut, tokens};

/// Words and phrases and what they stand for.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// Phrases by their first word: the other words, and the meaning.
    phrases: HashMap<String, Vec<(Vec<String>, Tag)>>,
    /// Arabic words that are whole as they stand, and what the rules call small ones.
    arabic: arabic::Words,
    /// What [`Tag::Group`] and [`Tag::Nation`] count.
    numbered: files::Numbered,
}

static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon {
        phrases: HashMap::new(),
        arabic: arabic::Words::of(&files::small_words()),
        numbered: files::Numbered::default(),
    };
    let mut all: Vec<(String, Tag)> = Vec::new();
    lexicon.numbered = files::embedded(&mut |phrase, tag| all.push((phrase.to_owned(), tag)));
    let groups = lexicon.numbered.groups.clone();
    files::arabic(&groups, &mut |phrase, tag| all.push((phrase.to_owned(), tag)));
    for (phrase, tag) in &all {
        lexicon.enter(phrase, *tag);
    }
    lexicon
});

impl Lexicon {
    /// The words that come with the program.
    #[must_use]
    pub fn embedded() -> Self {
        EMBEDDED.clone()
    }

    /// These words and the names of more parties.
    #[must_use]
    pub fn extended(mut self, parties: impl IntoIterator<Item = (String, PartyClass)>) -> Self {
        for (name, class) in parties {
            self.enter(&name, Tag::Named(class));
        }
        self
    }

    /// Adds a phrase, cut as texts are.
    fn enter(&mut self, phrase: &str, tag: Tag) {
        let words: Vec<String> = tokens(phrase, 0, 0).into_iter().map(|t| t.folded).collect();
        self.arabic.learn(&words);
        let mut words = words.into_iter().map(|word| self.arabic.name(word));
        if let Some(first) = words.next() {
            let rest = words.collect();
            self.phrases.entry(first).or_default().push((rest, tag));
        }
    }

    /// What the rules call an Arabic text's words, and where joined letters are cut off.
    pub(crate) fn arabic(&self) -> &arabic::Words {
        &self.arabic
    }

    /// The side that the words of a list's column stand for.
    #[must_use]
    pub fn classify_party(&self, words: &str) -> PartyClass {
        crate::read::classify(self, words)
    }

    /// The ethnic or religious group that a word of `words` names first.
    #[must_use]
    pub fn group_in(&self, words: &str) -> Option<String> {
        tokens(words, 0, 0).into_iter().find_map(|token| {
            let phrases = self.phrases.get(&token.folded)?;
            phrases.iter().find_map(|(rest, tag)| match tag {
                Tag::Group(number) if rest.is_empty() => Some(self.group(*number).to_owned()),
                _ => None,
            })
        })
    }

    /// Whether a name of an outlet is that of a body which counts the dead, and of no news outlet.
    pub(crate) fn is_monitor(&self, name: &str) -> bool {
        let has = |tag: Tag| {
            tokens(name, 0, 0).iter().any(|token| {
                let phrases = self.phrases.get(&token.folded).into_iter().flatten();
                phrases.into_iter().any(|(rest, found)| rest.is_empty() && *found == tag)
            })
        };
        (has(Tag::Body) || has(Tag::SpeakerNoun)) && !has(Tag::News)
    }

    /// The value of a number word.
    pub(crate) fn number(&self, word: &str) -> Option<u64> {
        self.phrases.get(word)?.iter().find_map(|(rest, tag)| match tag {
            Tag::Number(value) if rest.is_empty() => Some(*value),
            _ => None,
        })
    }

    /// The name of a group.
    pub(crate) fn group(&self, number: u16) -> &str {
        self.numbered.groups.get(usize::from(number)).map_or("", String::as_str)
    }

    /// The number of the country with this ISO 3166 code.
    pub(crate) fn country(&self, code: &str) -> Option<u16> {
        let at = self.numbered.countries.iter().position(|c| c.code == code)?;
        u16::try_from(at).ok()
    }

    /// Whether a country's forces act abroad more often than reports play in it.
    pub(crate) fn acts_abroad(&self, country: u16) -> bool {
        self.numbered.countries.get(usize::from(country)).is_some_and(|c| c.abroad)
    }

    /// Whether nobody's armed people in a country are a state's.
    pub(crate) fn is_stateless(&self, country: u16) -> bool {
        self.numbered.countries.get(usize::from(country)).is_some_and(|c| c.stateless)
    }
}

/// A phrase found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// What it stands for.
    pub(crate) tag: Tag,
}

/// All phrases of a text, by where they begin.
#[derive(Debug)]
pub(crate) struct Marks {
    all: Vec<Mark>,
    /// For each token, the first mark that begins at or after it.
    first: Vec<usize>,
}

impl Marks {
    /// Finds the phrases of `lexicon` in a text.
    pub(crate) fn of(lexicon: &Lexicon, cut: &Cut<'_>) -> Self {
        let mut all: Vec<Mark> = Vec::with_capacity(cut.tokens.len());
        let mut first = Vec::with_capacity(cut.tokens.len() + 1);
        // Ends of the marks that a category may not begin within.
        let mut covered: Vec<(std::mem::Discriminant<Tag>, usize)> = Vec::new();
        for at in 0..cut.tokens.len() {
            first.push(all.len());
            covered.retain(|(_, end)| *end > at);
            // An Arabic word means the same with its article.
            let bare = arabic::bare(cut.word(at));
            let phrases = lexicon.phrases.get(cut.word(at)).into_iter().flatten();
            let phrases = phrases
                .chain(bare.and_then(|word| lexicon.phrases.get(word)).into_iter().flatten());
            let mut here: Vec<Mark> = Vec::new();
            for (rest, tag) in phrases {
                let category = discriminant(tag);
                let end = at + 1 + rest.len();
                let same = |m: &Mark| discriminant(&m.tag) == category;
                let is_free = !covered.iter().any(|(c, _)| *c == category)
                    && !here.iter().any(|m| same(m) && m.tokens.end > end);
                if is_free
                    && rest.iter().enumerate().all(|(n, w)| arabic::same(cut.word(at + 1 + n), w))
                {
                    here.retain(|m| !same(m) || m.tokens.end == end);
                    here.push(Mark { tokens: at..end, tag: *tag });
                }
            }
            covered.extend(here.iter().map(|m| (discriminant(&m.tag), m.tokens.end)));
            all.append(&mut here);
        }
        first.push(all.len());
        Self { all, first }
    }

    /// Marks that begin at token `at`.
    pub(crate) fn at(&self, at: usize) -> &[Mark] {
        match (self.first.get(at), self.first.get(at + 1)) {
            (Some(from), Some(to)) => &self.all[*from..*to],
            _ => &[],
        }
    }

    /// Marks that begin within a range of tokens, in order.
    pub(crate) fn within(&self, tokens: &Range<usize>) -> &[Mark] {
        match (self.first.get(tokens.start), self.first.get(tokens.end)) {
            (Some(from), Some(to)) if from <= to => &self.all[*from..*to],
            _ => &[],
        }
    }

    /// The first answer that `read` gives for a mark that begins at `at`.
    pub(crate) fn find<T>(&self, at: usize, read: impl Fn(&Mark) -> Option<T>) -> Option<T> {
        self.at(at).iter().find_map(read)
    }

    /// Whether a mark that begins at `at` is one of these.
    pub(crate) fn has(&self, at: usize, is: impl Fn(Tag) -> bool) -> bool {
        self.at(at).iter().any(|mark| is(mark.tag))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> Vec<(String, Tag)> {
        let cut = Cut::of(text, 0);
        let marks = Marks::of(&EMBEDDED, &cut);
        marks.all.iter().map(|m| (cut.slice(&m.tokens).to_owned(), m.tag)).collect()
    }

    #[test]
    fn the_longest_phrase_of_a_category_counts() {
        let found = tags("security forces");
        assert!(found.contains(&("security forces".to_owned(), Tag::Head(HeadKind::State))));
        assert!(!found.iter().any(|(text, tag)| text == "forces" && matches!(tag, Tag::Head(_))));
    }

    #[test]
    fn a_word_may_mean_several_things() {
        let found = tags("executed");
        assert!(found.iter().any(|(_, tag)| matches!(tag, Tag::Act(..))));
        assert!(found.iter().any(|(_, tag)| matches!(tag, Tag::Violation(_))));
    }

    #[test]
    fn a_users_party_is_found() {
        let lexicon =
            Lexicon::embedded().extended([("Hill Wardens".to_owned(), PartyClass::StateAligned)]);
        assert_eq!(lexicon.classify_party("the Hill Wardens"), PartyClass::StateAligned);
    }
}
