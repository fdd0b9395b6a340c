//! Pieces of text put together with what lies between them: blocks, lines, cells.

/// A text that grows word by word; blanks within pieces count as one.
#[derive(Default)]
pub(super) struct Flow {
    /// What was written.
    pub(super) text: String,
    /// What to write before the next word: nothing, a space, a line break, a blank line.
    gap: &'static str,
}

impl Flow {
    /// A block of text begins or ends here.
    pub(super) fn block(&mut self) {
        self.gap = "\n\n";
    }

    /// A line ends here.
    pub(super) fn line(&mut self) {
        if self.gap.len() < 2 {
            self.gap = "\n";
        }
    }

    /// A cell of a table ends here.
    pub(super) fn cell(&mut self) {
        if self.gap.is_empty() {
            self.gap = " ";
        }
    }

    /// Words with the blanks around them.
    pub(super) fn words(&mut self, piece: &str) {
        let mut rest = piece;
        while !rest.is_empty() {
            let space = rest.len() - rest.trim_start().len();
            if space > 0 && self.gap.is_empty() {
                self.gap = " ";
            }
            rest = &rest[space..];
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            if end > 0 {
                if !self.text.is_empty() {
                    self.text.push_str(self.gap);
                }
                self.gap = "";
                self.text.push_str(&rest[..end]);
                rest = &rest[end..];
            }
        }
    }
}
