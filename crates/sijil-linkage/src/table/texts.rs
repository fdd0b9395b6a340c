//! Distinct texts, each kept once: a number for every text, in the order in which they are met.

use crate::hash;

/// An empty slot.
const EMPTY: u32 = u32::MAX;

/// Texts and their numbers. All texts lie in one piece of memory, so that a million of them cost
/// little more than their letters.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    letters: String,
    /// Where each text ends.
    ends: Vec<usize>,
    /// Numbers of texts, at the places that their hashes say; open addressing.
    slots: Vec<u32>,
}

impl Texts {
    /// The number of a text, a new one where it is met for the first time.
    pub fn number(&mut self, text: &str) -> u32 {
        if self.ends.len() * 3 >= self.slots.len() * 2 {
            self.grow();
        }
        let mut slot = self.slot(text);
        loop {
            match self.slots[slot] {
                EMPTY => {
                    let number = u32::try_from(self.ends.len()).unwrap_or(EMPTY - 1);
                    self.slots[slot] = number;
                    self.letters.push_str(text);
                    self.ends.push(self.letters.len());
                    return number;
                }
                number if self.get(number) == text => return number,
                _ => slot = (slot + 1) % self.slots.len(),
            }
        }
    }

    /// The text of a number.
    pub fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.letters[start..self.ends[at]]
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    fn slot(&self, text: &str) -> usize {
        usize::try_from(hash::add_text(0, text) % self.slots.len() as u64).unwrap_or(0)
    }

    fn grow(&mut self) {
        self.slots = vec![EMPTY; (self.slots.len() * 2).max(64)];
        for number in (0..).take(self.ends.len()) {
            let mut slot = self.slot(self.get(number));
            while self.slots[slot] != EMPTY {
                slot = (slot + 1) % self.slots.len();
            }
            self.slots[slot] = number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number() {
        let mut texts = Texts::default();
        let words: Vec<String> = (0..1000).map(|n| format!("word {}", n % 300)).collect();
        let numbers: Vec<u32> = words.iter().map(|word| texts.number(word)).collect();
        assert_eq!(texts.len(), 300);
        assert!(words.iter().zip(&numbers).all(|(word, number)| texts.get(*number) == word));
        assert_eq!(numbers[..300], numbers[300..600]);
        assert_eq!(texts.number(""), 300, "an empty text is a text");
    }
}
