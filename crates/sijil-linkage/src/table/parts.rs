//! Names as rows of numbered parts.

use std::collections::HashMap;

use sijil_text::names::{Name, Part};

use super::NONE;

/// All distinct parts of names, numbered as they are met.
#[derive(Default)]
pub(crate) struct Parts {
    /// The parts.
    pub(crate) all: Vec<Part>,
    /// The number of each part's key.
    pub(crate) keys: Vec<u32>,
    by_text: HashMap<(String, u8), u32>,
    by_key: HashMap<String, u32>,
}

/// A name as numbers of parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// Its parts.
    pub(crate) parts: Vec<u32>,
    /// Neighbouring parts written as one word.
    pub(crate) joined: Vec<u32>,
}

impl Parts {
    /// Reads a name.
    pub(crate) fn entry(&mut self, text: &str) -> Entry {
        let Name { parts, joined } = Name::of(text);
        Entry {
            parts: parts.into_iter().map(|part| self.number(part)).collect(),
            joined: joined.into_iter().map(|part| self.number(part)).collect(),
        }
    }

    /// The number of two parts written as one word.
    pub(crate) fn joined(&mut self, a: u32, b: u32) -> u32 {
        let part = self.all[a as usize].joined(&self.all[b as usize]);
        self.number(part)
    }

    fn number(&mut self, part: Part) -> u32 {
        let next = u32::try_from(self.all.len()).unwrap_or(NONE - 1);
        let kunya = u8::from(part.kunya.is_some());
        let number = *self.by_text.entry((part.text.clone(), kunya)).or_insert(next);
        if number == next {
            let key = u32::try_from(self.by_key.len()).unwrap_or(NONE - 1);
            self.keys.push(*self.by_key.entry(part.key.clone()).or_insert(key));
            self.all.push(part);
        }
        number
    }

    /// The number of a part's key.
    pub(crate) fn key(&self, part: u32) -> u32 {
        self.keys[part as usize]
    }
}
