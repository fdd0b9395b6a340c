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

/// Distinct names, each a row of numbers of parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    parts: Vec<u32>,
    /// Where each name ends.
    ends: Vec<usize>,
}

impl Names {
    /// The parts of a name.
    pub(crate) fn get(&self, name: u32) -> &[u32] {
        let at = name as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.parts[start..self.ends[at]]
    }

    /// All names, in the order of their numbers.
    pub(crate) fn each(&self) -> impl Iterator<Item = &[u32]> {
        (0..).take(self.ends.len()).map(|name| self.get(name))
    }

    /// Adds a name and gives its number.
    pub(crate) fn push(&mut self, parts: impl IntoIterator<Item = u32>) -> u32 {
        self.parts.extend(parts);
        self.ends.push(self.parts.len());
        u32::try_from(self.ends.len() - 1).unwrap_or(NONE - 1)
    }
}

impl Parts {
    /// Reads a name.
    pub(crate) fn read(&mut self, text: &str) -> Vec<u32> {
        Name::of(text).parts.into_iter().map(|part| self.number(part)).collect()
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

    /// Frees what only reading needs.
    pub(super) fn forget_texts(&mut self) {
        (self.by_text, self.by_key) = (HashMap::new(), HashMap::new());
    }
}
