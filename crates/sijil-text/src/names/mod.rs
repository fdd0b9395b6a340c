//! Personal names in Arabic and Latin script: split into parts, brought to one key, compared.
//!
//! A name is a row of parts: given name, father's, grandfather's, family name. Lists leave parts
//! out, join and split them, and write each in one of many romanisations. So a name is compared
//! part by part, in order, by how its letters sound and not by how they are written; the result
//! says which part answers which, and why. Vowels count little (Arabic does not write most of
//! them), consonants that romanisers confuse count less than others.
//!
//! What it does not do: it does not transliterate for display, and it does not decide that two
//! people are one. Same name is one piece of evidence; the linkage weighs it with the others.

mod align;
mod compare;
mod costs;
mod crossed;
mod features;
mod index;
mod learned;
mod phones;
mod similarity;
pub mod spelling;
mod split;
mod weigh;
mod words;

use std::sync::OnceLock;

use crossed::Spelling;
use phones::Phones;

pub use align::{Alignment, Link, align};
pub use compare::{compare, examined};
pub use features::{FEATURES, Features};
pub use index::{Found, NameIndex};
pub use similarity::{Evidence, How, Likeness, evidence, likeness};
pub use weigh::{Comparison, Scripts};

/// A part of a name: the folded letters that carry it, and how they sound.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Folded letters without the article; compounds with *Abd*, *Abu*, *al-Din* in one piece.
    pub text: String,
    /// Key on which spellings in both scripts mostly meet: the consonants that are hard to
    /// confuse. For finding candidates, not for deciding.
    pub key: String,
    /// Whether the part is a kunya (*Abu X*, *Umm X*), which is not the name X itself.
    pub kunya: Option<Kunya>,
    phones: Phones,
    forms: Vec<u16>,
    spelling: Spelling,
    /// The same without what may be an article or *ben* written into the word; of a kunya the whole.
    /// With how rare its letters are.
    bare: Option<(Spelling, u32)>,
    /// How rare its letters are as a row, in sixteenths of a nat.
    letters: u32,
    /// How rare the part is, in sixteenths of a nat.
    rarity: u32,
    /// Its number among the known parts.
    number: Option<u32>,
    servant: Servant,
    /// *Abd* and the word after it, where they may be two parts ("Abdel Khader").
    halves: Option<Box<[Part; 2]>>,
}

/// What *Abd*, servant, does in a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Servant {
    /// There is none.
    None,
    /// It stands alone: lists leave out whose servant.
    Alone,
    /// A servant of somebody.
    Of,
}

impl Servant {
    fn of(text: &str) -> Self {
        let rest = text.strip_prefix("abd").or_else(|| text.strip_prefix("عبد"));
        match rest {
            _ if words::role(text) == Some(words::Role::Servant) => Self::Alone,
            Some(rest) if !rest.is_empty() => Self::Of,
            _ => Self::None,
        }
    }
}

/// A name after a child: *Abu X* of a man, *Umm X* of a woman.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kunya {
    /// Father of.
    Father,
    /// Mother of.
    Mother,
}

/// A name in parts.
#[derive(Clone, Debug, Default)]
pub struct Name {
    /// The parts in their order, titles and *bin* left out. Empty for "unidentified" and the like.
    pub parts: Vec<Part>,
    /// `joined[i]` is parts `i` and `i + 1` written as one word, made when it is asked for.
    joined: Vec<OnceLock<Part>>,
}

impl Name {
    /// Splits `text` into the parts of a name. Never fails: a text without letters has no parts.
    pub fn of(text: &str) -> Self {
        let parts = split::parts(text);
        let joined = vec![OnceLock::new(); parts.len().saturating_sub(1)];
        Self { parts, joined }
    }

    /// Parts `at` and `at + 1` as one word.
    fn joined_at(&self, at: usize) -> &Part {
        self.joined[at].get_or_init(|| self.parts[at].joined(&self.parts[at + 1]))
    }

    /// Whether nobody is named.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

impl Part {
    /// The part that these folded letters are.
    pub(crate) fn of(text: String, kunya: Option<Kunya>) -> Self {
        let phones = Phones::of(&text);
        Self::with(text, kunya, phones)
    }

    fn with(text: String, kunya: Option<Kunya>, phones: Phones) -> Self {
        let key = if phones.is_empty() { text.clone() } else { phones.key() };
        let forms = words::forms(&text).to_vec();
        // Of a kunya it is the child's name that is read; that it is one is compared apart.
        let own = if kunya.is_some() { words::child(&text) } else { &text };
        let spelling = Spelling::of(own, phones.arabic);
        let known = learned::learned().part(own);
        let letters = spelling.cost() * 7 / 10;
        let other = if kunya.is_some() { Some(text.as_str()) } else { split::without_prefix(own) };
        let bare = other.map(|text| Spelling::of(text, phones.arabic));
        let bare = bare.map(|bare| {
            let letters = bare.cost() * 7 / 10;
            (bare, letters)
        });
        let rarity = letters.min(known.map_or(u32::MAX, |(_, cost)| cost.into()));
        let number = known.map(|(number, _)| number);
        let (servant, halves) = (Servant::of(&text), None);
        Self {
            text,
            key,
            kunya,
            phones,
            forms,
            spelling,
            bare,
            letters,
            rarity,
            number,
            servant,
            halves,
        }
    }

    /// Whether this part and the next may be the word that another part is. Most are not, and their
    /// consonants tell without the word being made.
    fn may_be_one_word_with(&self, next: &Self, one: &Self) -> bool {
        let classes = self.phones.classes | next.phones.classes;
        let firm = self.phones.firm + next.phones.firm;
        (classes ^ one.phones.classes).count_ones() <= 3 && firm.abs_diff(one.phones.firm) <= 2
    }

    /// This part and the next, written as one word.
    #[must_use]
    pub fn joined(&self, next: &Self) -> Self {
        // Sounds are not read anew: no digraph may arise over the seam.
        let phones = self.phones.joined(&next.phones);
        let one = Self::with(format!("{}{}", self.text, next.text), self.kunya, phones);
        // What looks like an article in it is a part: "Ali Mahmoud" is not Mahmoud.
        Self { bare: None, ..one }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(name: &str) -> Vec<String> {
        Name::of(name).parts.into_iter().map(|part| part.text).collect()
    }

    #[test]
    fn articles_titles_and_nasab_are_no_parts() {
        assert_eq!(texts("Dr. Omar bin Rashid al-Qassab"), ["omar", "rashid", "qassab"]);
        assert_eq!(texts("الشهيد عمر بن راشد القصاب"), ["عمر", "راشد", "قصاب"]);
        assert_eq!(texts("Omar Alqassab"), ["omar", "qassab"]);
        assert_eq!(texts("Elias Alma"), ["elias", "alma"]);
    }

    #[test]
    fn compounds_are_one_part() {
        for name in ["Abd al-Rahman", "Abdulrahman", "Abdurrahman", "Abdel Rahman", "Abd-ur-Rahman"]
        {
            assert_eq!(texts(name), ["abdrahman"], "{name}");
        }
        assert_eq!(texts("عبد الرحمن"), texts("عبدالرحمن"));
        assert_eq!(texts("نور الدين"), texts("نورالدين"));
        assert_eq!(texts("نصر الله"), texts("نصرالله"));
        assert_eq!(Name::of("Abu Omar Qassab").parts[0].kunya, Some(Kunya::Father));
    }

    #[test]
    fn nobody_has_no_parts() {
        for name in ["unidentified", "مجهول الهوية", "unnamed infant", "12", "", "-"] {
            assert!(Name::of(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn keys_meet_across_scripts() {
        for (latin, arabic) in [
            ("Salim Yusuf al-Haddad", "سليم يوسف الحداد"),
            ("Karim Nabil Sabbagh", "كريم نبيل صباغ"),
            ("Abdullah", "عبد الله"),
            ("Noureddine", "نور الدين"),
            ("Walid", "وليد"),
            ("Fatimah", "فاطمة"),
            ("Khadija", "خديجة"),
        ] {
            let keys = |name| Name::of(name).parts.into_iter().map(|p| p.key).collect::<Vec<_>>();
            assert_eq!(keys(latin), keys(arabic), "{latin}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_split_and_compared(a in "\\PC{0,30}", b in "\\PC{0,30}") {
            let (a, b) = (Name::of(&a), Name::of(&b));
            let (ab, ba) = (compare(&a, &b), compare(&b, &a));
            prop_assert!((0.0..=1.0).contains(&ab.probability));
            prop_assert_eq!(ab.odds, ba.odds);
        }

        #[test]
        fn a_name_is_like_itself(a in "[a-zءاحدرسعفقلمنوي ]{0,20}") {
            let name = Name::of(&a);
            if !name.is_empty() {
                prop_assert!(compare(&name, &name).probability > 0.999);
            }
        }
    }
}
