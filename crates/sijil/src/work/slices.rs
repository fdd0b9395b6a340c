//! Stretches of a text by code points, without walking it from the start each time.

/// A text with the byte offset of every `STEP`th code point.
pub(super) struct Slices<'t> {
    text: &'t str,
    offsets: Vec<usize>,
}

const STEP: usize = 256;

impl<'t> Slices<'t> {
    /// Walks `text` once.
    pub(super) fn of(text: &'t str) -> Self {
        let offsets = text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect();
        Self { text, offsets }
    }

    /// The text from code point `start` to `end`; what lies beyond the text is left out.
    pub(super) fn get(&self, start: usize, end: usize) -> &'t str {
        let (from, to) = (self.byte(start), self.byte(end));
        self.text.get(from..to).unwrap_or_default()
    }

    fn byte(&self, point: usize) -> usize {
        let Some(base) = self.offsets.get(point / STEP) else { return self.text.len() };
        let rest = &self.text[*base..];
        rest.char_indices().nth(point % STEP).map_or(self.text.len(), |(byte, _)| base + byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_slice_is_what_walking_gives(text in "\\PC{0,700}", start in 0usize..800, length in 0usize..300) {
            let walked: String = text.chars().skip(start).take(length).collect();
            prop_assert_eq!(Slices::of(&text).get(start, start + length), walked);
        }
    }
}
