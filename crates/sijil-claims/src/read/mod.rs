//! Reads a document: text in, claims, attributions, responses and flags out.
//!
//! The order of the passes: cut into tokens, find the lexicon's phrases, then days, places and
//! parties; per sentence the sayings, the frames of blame and the tolls; then the fields of each
//! claim, its total, and what holds over sentences. Rules only, no state between documents: the
//! same text gives the same reading on every machine. Only English has rules; a text in another
//! language gives a reading that says so, and no claims.

mod arabic;
mod attribution;
mod behind;
mod blame;
mod carry;
mod claims;
mod evidence;
mod flag;
mod found;
mod grammar;
mod handed;
mod headless;
mod label;
mod list;
mod manner;
mod named;
mod other_number;
mod parts;
mod party;
mod phrase;
mod place;
mod pointing;
mod quantity;
mod response;
mod responsible;
mod scene;
mod side;
mod singular;
mod speaker;
mod speaker_name;
mod spread;
mod sums;
mod time;
mod toll;
mod voices;
mod whence;
mod whom;

use std::ops::Range;

use sijil_text::places::Gazetteer;

use crate::lexicon::{Lexicon, Marks};
use crate::text::Cut;
use crate::{Article, Language, PartyClass, Reading};

/// Reads documents with one lexicon and one gazetteer.
#[derive(Clone, Debug)]
pub struct Reader {
    lexicon: Lexicon,
    gazetteer: Gazetteer,
}

impl Reader {
    /// A reader with these words and places.
    #[must_use]
    pub fn new(lexicon: Lexicon, gazetteer: Gazetteer) -> Self {
        Self { lexicon, gazetteer }
    }

    /// What a document says.
    #[must_use]
    pub fn read(&self, article: &Article<'_>) -> Reading {
        let mut page = Page::of(&self.lexicon, &self.gazetteer, article);
        let sentences = found::Sentences::of(&page);
        page.speakers = sentences.speakers.clone();
        let claims = claims::claims(&page, &sentences);
        let attributions = attribution::attributions(&page, &sentences);
        let responses = response::responses(&page, &sentences);
        let flags = flag::flags(&page, &sentences, &claims);
        Reading { claims, attributions, responses, flags }
    }
}

/// The side that words of a list stand for: their first party's.
pub(crate) fn classify(lexicon: &Lexicon, words: &str) -> PartyClass {
    let arabic = sijil_text::letters::script_of(words) == sijil_text::letters::Script::Arabic;
    let language = arabic.then_some(Language::Ar);
    let article = Article { text: words, body: 0, published: None, language };
    let page = Page::of(lexicon, &Gazetteer::default(), &article);
    page.parties.first().map_or(PartyClass::Unknown, |party| party.class)
}

/// A document with everything that was found in its words.
struct Page<'a> {
    cut: Cut<'a>,
    marks: Marks,
    lexicon: &'a Lexicon,
    days: Vec<time::DayMention>,
    places: Vec<place::Placed>,
    parties: Vec<party::Party>,
    /// The outlet that the head of the text names.
    outlet: Option<&'a str>,
    /// That outlet counts the dead itself.
    own_report: bool,
    /// The text is in Arabic.
    arabic: bool,
    /// Names of speakers.
    speakers: Vec<Range<usize>>,
    /// The country where the text plays, by its number in the lexicon.
    scene: Option<u16>,
    published: Option<jiff::civil::Date>,
}

impl<'a> Page<'a> {
    fn of(lexicon: &'a Lexicon, gazetteer: &Gazetteer, article: &Article<'a>) -> Self {
        let mut cut = Cut::of(article.text, article.body);
        let arabic = article.language == Some(Language::Ar);
        if arabic {
            let starts = place::starts(&cut, gazetteer);
            let words = lexicon.arabic();
            cut.finer(
                &starts,
                |token| words.pieces(token),
                |word| words.is_whole(word),
                |word| words.name(word),
            );
        }
        let marks = Marks::of(lexicon, &cut);
        let places = place::places(&cut, &marks, gazetteer, arabic);
        let (days, parties) = (Vec::new(), Vec::new());
        let published = article.published;
        let keys = ["source", "outlet", "publisher", "المصدر"];
        let outlet = crate::text::head_value(article.text, cut.body, &keys);
        let mut page = Self {
            cut,
            marks,
            lexicon,
            days,
            places,
            parties,
            outlet,
            own_report: outlet.is_some_and(|name| lexicon.is_monitor(name)),
            arabic,
            speakers: Vec::new(),
            scene: None,
            published,
        };
        page.scene = scene::scene(&page);
        page.days = time::days(&page, published);
        page.parties = party::parties(&page);
        page
    }

    /// Whether the token at `at` belongs to a day.
    fn is_date(&self, at: usize) -> bool {
        let number = self.days.partition_point(|d| d.tokens.end <= at);
        self.days.get(number).is_some_and(|d| d.tokens.start <= at)
    }

    /// Whether an amount begins at `at`.
    fn amount_starts(&self, at: usize, end: usize) -> bool {
        at < end && !self.is_date(at) && quantity::starts(self, at)
    }

    /// End and value of a number at `at`.
    fn number_at(&self, at: usize) -> Option<(usize, u64)> {
        quantity::number(self, at)
    }

    /// The value of a number word.
    fn number_word(&self, word: &str) -> Option<u64> {
        self.lexicon.number(word)
    }

    /// Number of the first party that begins from `at` up to `last`, before `end`.
    fn party_from(&self, at: usize, last: usize, end: usize) -> Option<usize> {
        let number = self.parties.partition_point(|p| p.head.start < at);
        self.parties.get(number).filter(|p| p.tokens.start <= last && p.head.end <= end)?;
        Some(number)
    }

    /// Number of the last party that ends before `at` and begins from `from` on.
    fn party_before(&self, at: usize, from: usize) -> Option<usize> {
        let number = self.parties.partition_point(|p| p.tokens.end <= at).checked_sub(1)?;
        (self.parties[number].tokens.start >= from).then_some(number)
    }

    /// Whether a party's words cover the token at `at`.
    fn party_covers(&self, at: usize) -> bool {
        let number = self.parties.partition_point(|p| p.tokens.end <= at);
        self.parties.get(number).is_some_and(|p| p.tokens.start <= at)
    }

    /// Whether the token at `at` belongs to a speaker's name.
    fn is_speaker(&self, at: usize) -> bool {
        self.speakers.iter().any(|s| s.contains(&at))
    }

    /// Number of the sentence that the token at `at` stands in.
    fn sentence_of(&self, at: usize) -> usize {
        self.cut.sentences.partition_point(|s| s.tokens.end <= at)
    }

    /// Whether a sentence begins with the token at `at`.
    fn begins_sentence(&self, at: usize) -> bool {
        self.cut.sentences.get(self.sentence_of(at)).is_some_and(|s| s.tokens.start == at)
    }

    /// The whole range of a sentence's tokens.
    fn tokens_of(&self, sentence: usize) -> Range<usize> {
        self.cut.sentences[sentence].tokens.clone()
    }
}
