//! Which distinct parts of a list may be near a part: by keys that differ in one consonant at most.
//!
//! Each key is kept whole and with each consonant left out once; two keys meet in what is left when
//! one of them has a consonant more, or one is exchanged for another (the deletion neighbourhood of
//! Mor and Fraenkel 1982). Short keys must not lose a consonant both: too many would meet. What keys cannot see is looked
//! up by itself: usual spellings that were learned, known forms, initials, *Abd* alone. A query of one or two parts has
//! nothing else to be found by; for it all parts are looked at whose consonants nearly agree.

use std::collections::{BTreeSet, HashMap};

use super::super::learned::learned;
use super::super::{Part, Servant};

/// Distinct parts by what they may be found by.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    /// By key, whole or shortened.
    keys: HashMap<String, Vec<Entry>>,
    /// By text.
    texts: HashMap<String, Vec<u32>>,
    /// The classes of consonants of each part, in the order they were added.
    classes: Vec<Classes>,
    /// By known form.
    forms: HashMap<u16, Vec<u32>>,
    /// *Abd* alone, and names with it.
    servants: [Vec<u32>; 2],
}

/// Which classes of consonants a part has, and how many may differ.
#[derive(Clone, Copy, Debug)]
struct Classes {
    classes: u32,
    slack: u32,
}

impl Classes {
    fn of(part: &Part) -> Self {
        let slack = match (part.phones.is_empty(), part.phones.firm) {
            (true, _) => u32::MAX,
            (false, 0..=3) => 2,
            (false, 4) => 3,
            _ => 4,
        };
        Self { classes: part.phones.classes, slack }
    }

    fn nearly_agree(self, other: &Self) -> bool {
        (self.classes ^ other.classes).count_ones() <= self.slack.max(other.slack)
    }
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    part: u32,
    /// Whether a consonant is left out of the key.
    shortened: bool,
    /// Whether the key has so many consonants that both may lose one.
    long: bool,
}

/// Keys of at least so many consonants may be met with one exchanged.
const LONG: usize = 3;

impl Neighbours {
    /// Adds a part.
    pub(super) fn add(&mut self, part: &Part, number: u32) {
        self.classes.push(Classes::of(part));
        self.add_keys(&part.key, number);
        if let Some(halves) = &part.halves {
            self.add_keys(&halves[1].key, number);
        }
        self.texts.entry(part.text.clone()).or_default().push(number);
        for form in &part.forms {
            self.forms.entry(*form).or_default().push(number);
        }
        match part.servant {
            Servant::Alone => self.servants[0].push(number),
            Servant::Of => self.servants[1].push(number),
            Servant::None => {}
        }
    }

    fn add_keys(&mut self, key: &str, part: u32) {
        let long = key.chars().count() >= LONG;
        for (key, shortened) in shortened(key) {
            self.keys.entry(key).or_default().push(Entry { part, shortened, long });
        }
    }

    /// Numbers of parts that may be near, in their order; `widely`, also those whose consonants only
    /// nearly agree.
    pub(super) fn of(&self, part: &Part, widely: bool) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        if widely {
            let own = Classes::of(part);
            let near = (0..).zip(&self.classes).filter(|(_, classes)| own.nearly_agree(classes));
            found.extend(near.map(|(number, _)| number));
        }
        let is_long = part.key.chars().count() >= LONG;
        for (key, shortened) in shortened(&part.key) {
            for entry in self.keys.get(&key).into_iter().flatten() {
                if !(shortened && entry.shortened) || (is_long && entry.long) {
                    found.insert(entry.part);
                }
            }
        }
        let akin = part.number.into_iter().flat_map(|number| learned().akin(number));
        let initial = part.text.char_indices().nth(1).map(|(end, _)| &part.text[..end]);
        found.extend(akin.filter_map(|text| self.texts.get(text)).flatten());
        let own = initial.into_iter().chain([part.text.as_str()]);
        found.extend(own.filter_map(|text| self.texts.get(text)).flatten());
        found.extend(part.forms.iter().filter_map(|form| self.forms.get(form)).flatten());
        match part.servant {
            Servant::Alone => found.extend(&self.servants[1]),
            Servant::Of => found.extend(&self.servants[0]),
            Servant::None => {}
        }
        found
    }
}

/// A key, and the same with each of its consonants left out.
fn shortened(key: &str) -> impl Iterator<Item = (String, bool)> + '_ {
    let without = key.char_indices().map(|(at, c)| {
        let short = format!("{}{}", &key[..at], &key[at + c.len_utf8()..]);
        (short, true)
    });
    without.chain([(key.to_owned(), false)]).filter(|(key, _)| !key.is_empty())
}
