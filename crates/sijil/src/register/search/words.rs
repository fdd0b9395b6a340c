//! Words under which things are found: folded, without the Arabic article, and names by sound.

use jiff::civil::Date;
use sijil_claims::Claim;
use sijil_text::letters::{fold, is_arabic};
use sijil_text::names::Name;

use crate::model::entity::Incident;
use crate::model::{Document, Record};

/// Arabic articles, alone and with the words that are written together with them.
const ARTICLES: &[&str] = &["وال", "بال", "كال", "فال", "لل", "ال"];

/// Letters that must be left when an article is taken off.
const LEAST: usize = 3;

/// Words of one entry, a text for each column of the index.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) words: String,
    pub(super) keys: String,
    pub(super) place: String,
    pub(super) party: String,
    pub(super) days: String,
    /// First and last day that it speaks of.
    pub(super) window: Option<(Date, Date)>,
    /// Number of words.
    pub(super) length: i64,
}

/// Months of the longest window whose months are words each.
const LONGEST: usize = 24;

/// The word of longer windows.
const LONG: &str = "long";

/// The words of a text in the form in which they are compared.
pub fn tokens(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| bare(word).to_owned()).collect()
}

/// A word without the Arabic article.
fn bare(word: &str) -> &str {
    if !word.starts_with(is_arabic) {
        return word;
    }
    let rests = ARTICLES.iter().filter_map(|article| word.strip_prefix(article));
    rests.into_iter().find(|rest| rest.chars().count() >= LEAST).unwrap_or(word)
}

/// How the parts of a name sound, on which its spellings in both scripts mostly meet.
pub fn keys(name: &str) -> Vec<String> {
    let parts = Name::of(name).parts;
    parts.into_iter().map(|part| part.key).filter(|key| !key.is_empty()).collect()
}

/// Words for the year and the month of a day.
fn year(day: Date) -> String {
    format!("y{:04}", day.year())
}

fn month(day: Date) -> String {
    format!("m{:04}{:02}", day.year(), day.month())
}

/// First days of the months from one day to another.
fn months(from: Date, to: Date) -> impl Iterator<Item = Date> {
    let next = |day: &Date| day.last_of_month().tomorrow().ok();
    std::iter::successors(Some(from.first_of_month()), next).take_while(move |day| *day <= to)
}

/// Words one of which everything has that speaks of a day from `from` to `to`: whole years where
/// there are any, months else.
pub fn day_words(from: Date, to: Date) -> Vec<String> {
    let inside = |day: &Date| day.first_of_year() >= from && day.last_of_year() <= to;
    let words = months(from, to).map(|day| if inside(&day) { year(day) } else { month(day) });
    let mut words: Vec<String> = words.chain([LONG.to_owned()]).collect();
    words.dedup();
    words
}

fn put(to: &mut String, words: impl IntoIterator<Item = String>) {
    for word in words {
        if !to.is_empty() {
            to.push(' ');
        }
        to.push_str(&word);
    }
}

impl Words {
    /// Of an item: the names it came in under.
    pub(super) fn of_item(paths: &[String]) -> Self {
        let mut all = Self::default();
        for path in paths {
            put(&mut all.words, tokens(path));
        }
        all.counted()
    }

    /// Of a document: title, outlet and text, with the places and parties of its claims.
    pub(super) fn of_document(document: &Document, claims: &[Claim]) -> Self {
        let mut all = Self::default();
        for text in [&document.title, &document.outlet].into_iter().flatten() {
            put(&mut all.words, tokens(text));
        }
        put(&mut all.words, tokens(&document.text));
        for claim in claims {
            all.places_of(claim);
        }
        all.on(document.published, document.published);
        all.counted()
    }

    /// Of a claim: its sentence, who says so, whom it names.
    pub(super) fn of_claim(claim: &Claim, sentence: &str) -> Self {
        let mut all = Self::default();
        put(&mut all.words, tokens(sentence));
        for speaker in &claim.speaker_chain {
            put(&mut all.words, tokens(speaker));
        }
        for name in &claim.names {
            put(&mut all.keys, keys(name));
        }
        all.places_of(claim);
        all.on(claim.window.and_then(|w| w.start), claim.window.and_then(|w| w.end));
        all.counted()
    }

    /// Sets the days that it speaks of; of a window with one end known, that end.
    fn on(&mut self, start: Option<Date>, end: Option<Date>) {
        let (Some(first), Some(last)) = (start.or(end), end.or(start)) else { return };
        self.window = Some((first, last));
        if months(first, last).nth(LONGEST).is_some() {
            put(&mut self.days, [LONG.to_owned()]);
            return;
        }
        for day in months(first, last) {
            put(&mut self.days, [year(day), month(day)]);
        }
    }

    /// The same, with its words counted.
    fn counted(mut self) -> Self {
        self.length = i64::try_from(self.words.split(' ').count()).unwrap_or(i64::MAX);
        self
    }

    fn places_of(&mut self, claim: &Claim) {
        for place in &claim.places {
            put(&mut self.place, tokens(&place.text));
            put(&mut self.place, place.id.as_deref().into_iter().flat_map(id));
        }
        for party in &claim.perpetrators {
            put(&mut self.party, tokens(&party.text));
            put(&mut self.party, tokens(party.class.code()));
        }
    }

    /// Of an incident: what it is called, where it was, whose it is said to be; of what a dataset
    /// has beside, the texts.
    pub(super) fn of_incident(incident: &Incident) -> Self {
        let mut all = Self::default();
        let place = &incident.place;
        for text in [&incident.title, &incident.dataset, &place.name]
            .into_iter()
            .chain(incident.extra.values().filter(|cell| cell.chars().any(char::is_alphabetic)))
        {
            put(&mut all.words, tokens(text));
        }
        for text in [&place.name, &place.province, &place.district, &place.country] {
            put(&mut all.place, tokens(text));
        }
        put(&mut all.place, place.id.as_deref().into_iter().flat_map(id));
        for involved in &incident.involved {
            put(&mut all.party, tokens(&involved.party.0));
        }
        all.on(incident.start, incident.end);
        all.counted()
    }

    /// Of a record: the names of a person as one list gives them.
    pub(super) fn of_record(record: &Record) -> Self {
        let mut all = Self::default();
        let names = [&record.name, &record.name_other, &record.father, &record.mother];
        for name in names.into_iter().flatten() {
            put(&mut all.words, tokens(name));
            put(&mut all.keys, keys(name));
        }
        for text in [&record.place, &record.province].into_iter().flatten() {
            put(&mut all.place, tokens(text));
        }
        put(&mut all.place, record.place_id.as_deref().into_iter().flat_map(id));
        if let Some(party) = &record.party {
            put(&mut all.party, tokens(&party.text));
            put(&mut all.party, tokens(party.class.code()));
        }
        all.on(record.date, record.date);
        all.counted()
    }
}

/// Letters of a country in a P-code.
const COUNTRY: usize = 2;

/// Whether an id is a P-code of OCHA: two letters of a country and digits, of which each pair or so
/// is a narrower area.
pub fn is_code(id: &str) -> bool {
    id.split_at_checked(COUNTRY).is_some_and(|(country, digits)| {
        country.bytes().all(|b| b.is_ascii_uppercase())
            && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

/// An id as one word of the index; before that of a P-code one for each area that it lies in by its
/// letters, so that `SY0603` is found in `SY06` and in `SY`.
fn id(id: &str) -> impl Iterator<Item = String> {
    let wider = (COUNTRY..id.len()).filter(move |to| *to != COUNTRY + 1 && is_code(id));
    wider.chain([id.len()]).map(|to| tokens(&id[..to]).concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_are_one_token() {
        for (a, b) in [
            ("المدنيين", "مدنيين"),
            ("والمُدُن", "مدن"),
            ("فاطمة", "فاطمه"),
            ("Tartous!", "tartous"),
            ("١٢", "12"),
        ] {
            assert_eq!(tokens(a), tokens(b), "{a} and {b}");
        }
        assert_eq!(tokens("ولد الياس"), ["ولد", "ياس"]);
        assert_eq!(tokens("a-b c"), ["a", "b", "c"]);
    }

    #[test]
    fn what_speaks_of_a_day_shares_a_word_with_every_span_around_it() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let of = |first: &str, last: &str| {
            let mut words = Words::default();
            words.on(Some(day(first)), Some(day(last)));
            words.days
        };
        let meet = |from: &str, to: &str, days: &str| {
            day_words(day(from), day(to)).iter().any(|word| days.split(' ').any(|d| d == word))
        };
        for (from, to) in [
            ("2031-05-07", "2031-05-07"),
            ("2031-01-01", "2031-12-31"),
            ("2029-11-30", "2033-02-01"),
            ("0001-01-01", "9999-12-31"),
        ] {
            assert!(meet(from, to, &of("2031-05-07", "2031-05-07")), "{from} {to}");
            assert!(meet(from, to, &of("2020-01-01", "2040-01-01")), "{from} {to}");
            assert!(meet(from, to, &of("2031-04-30", "2031-06-01")), "{from} {to}");
        }
        assert!(!meet("2031-06-01", "2032-12-31", &of("2031-05-07", "2031-05-31")));
        assert!(!meet("2030-01-01", "2030-12-31", &of("2031-05-07", "2031-05-07")));
    }

    #[test]
    fn a_place_is_found_in_the_areas_of_its_code() {
        let words = |code: &str| id(code).collect::<Vec<_>>();
        assert_eq!(words("SY0603"), ["sy", "sy06", "sy060", "sy0603"]);
        assert_eq!(words("SY"), ["sy"]);
        assert_eq!(words("hill-12"), ["hill12"]);
        assert_eq!(words("ض1"), ["ض1"]);
    }

    #[test]
    fn names_meet_across_the_scripts() {
        for (a, b) in [("Salim Haddad", "سليم الحداد"), ("Karim Sabbagh", "كريم صباغ")]
        {
            assert_eq!(keys(a), keys(b), "{a} and {b}");
        }
    }
}
