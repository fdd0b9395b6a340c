//! Words under which things are found: folded, without the Arabic article, and names by sound.

use sijil_claims::Claim;
use sijil_text::letters::{fold, is_arabic};
use sijil_text::names::Name;

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
}

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
        all
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
        all
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
        all
    }

    fn places_of(&mut self, claim: &Claim) {
        for place in &claim.places {
            put(&mut self.place, tokens(&place.text));
            put(&mut self.place, place.id.as_deref().map(id));
        }
        for party in &claim.perpetrators {
            put(&mut self.party, tokens(&party.text));
            put(&mut self.party, tokens(party.class.code()));
        }
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
        put(&mut all.place, record.place_id.as_deref().map(id));
        if let Some(party) = &record.party {
            put(&mut all.party, tokens(&party.text));
            put(&mut all.party, tokens(party.class.code()));
        }
        all
    }
}

/// An id as one word of the index.
pub(super) fn id(id: &str) -> String {
    tokens(id).concat()
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
    fn names_meet_across_the_scripts() {
        for (a, b) in [("Salim Haddad", "سليم الحداد"), ("Karim Sabbagh", "كريم صباغ")]
        {
            assert_eq!(keys(a), keys(b), "{a} and {b}");
        }
    }
}
